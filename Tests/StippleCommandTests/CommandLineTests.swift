import Foundation
import PNGImage
import Testing

@Suite struct CommandLine_ {
  @Test func helpNamesTheCommands() throws {
    let help = try run("--help")
    #expect(help.status == 0)
    for name in [
      "preview", "check", "init", "info", "pattern", "schema", "landmarks", "dot", "timeline", "match", "batch",
      "collect", "report", "template",
    ] {
      #expect(help.out.contains(name))
    }
    // The newest dated version of the list of changes is the program's.
    let changes = try String(contentsOfFile: root.path + "/CHANGELOG.md", encoding: .utf8)
    let version = try #require(changes.split(separator: "\n").first { $0.hasPrefix("## ") }?.split(separator: " ")[1])
    #expect(try run("--version").out == "\(version)\n")
  }

  @Test(arguments: [
    "preview", "check", "init", "info", "pattern", "schema", "landmarks", "dot", "timeline", "match", "batch",
    "collect", "report", "template",
  ])
  func everyCommandHasHelp(name: String) throws {
    let help = try run(name, "--help")
    #expect(help.status == 0)
    #expect(help.out.contains("OVERVIEW"))
  }

  @Test func timelinePrintsAndPlots() throws {
    let folder = try scratch()
    let plot = folder + "/plot.png"
    let line = try run("timeline", sample, "--plot", plot, "--plot-width", "480", "--start", "2026-03-02")
    #expect(line.status == 0 && line.error == "")
    #expect(line.out.contains("slow to fast") == false || line.out.contains("5y"))
    #expect(line.out.contains("no study") && line.out.hasSuffix(plot + "\n"))
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: plot)))
    #expect(try decodePNG(bytes).raster.width == 480)
    let json = try run("timeline", sample, "--json")
    let object = try #require(JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any])
    #expect((object["times"] as? [Any])?.count == 14 && (object["pictures"] as? [Any])?.isEmpty == true)
  }

  @Test(arguments: [
    (["--times", "-1d"], "outside 0d to 20y"), (["--times", "30d,25y"], "outside 0d to 20y"),
    (["--times", "soon"], "is no time"),
    (["--pace", "slow,brisk"], "slow, typical, fast"), (["--pace", "p0"], "p1"),
    (["--times", "1y", "--size", "1"], "64 to 8192"),
    (["--plot", "x.png", "--plot-width", "1"], "480 to 4096"),
  ])
  func timelinesOfOtherTimesAreRefused(arguments: [String], message: String) throws {
    let result = try run(["timeline", sample] + arguments)
    #expect(result.status == 64 && result.error.contains(message) && result.out == "")
  }

  @Test func aReportIsOneFile() throws {
    let folder = try scratch()
    let file = folder + "/r.html"
    let made = try run(
      "report", sample, "-o", file, "--size", "64", "--quality", "draft", "--heights", "66,74", "--json")
    #expect(made.status == 0 && made.error == "", "\(made.error)")
    let object = try #require(JSONSerialization.jsonObject(with: Data(made.out.utf8)) as? [String: Any])
    #expect(object["language"] as? String == "en" && (object["pictures"] as? Int ?? 0) > 20)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["r.html"])
    #expect(try String(contentsOfFile: file, encoding: .utf8).hasSuffix("</html>\n"))
  }

  @Test(arguments: [
    (["--language", "xx"], Int32(64), "en"), (["--heights", "70"], 64, "2 to 9"),
    (["--size", "9000"], 64, "64 to 2048"),
    (["-o", "/proc/nowhere/r.html"], 73, "/proc/nowhere/r.html"),
    (["--clinic", "/nowhere.yaml"], 66, "/nowhere.yaml"),
  ])
  func reportsThatCannotBeAreRefused(arguments: [String], status: Int32, message: String) throws {
    let result = try run(["report", sample] + arguments)
    #expect(result.status == status && result.error.contains(message) && result.out == "", "\(result)")
  }

  @Test func aTemplateIsOneFile() throws {
    let folder = try scratch()
    let file = folder + "/t.pdf"
    let made = try run("template", sample, "-o", file, "--json")
    #expect(made.status == 0 && made.error == "", "\(made.error)")
    let object = try #require(JSONSerialization.jsonObject(with: Data(made.out.utf8)) as? [String: Any])
    #expect(object["files"] as? [String] == [file] && (object["pages"] as? Int ?? 0) >= 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["t.pdf"])
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    #expect(bytes.starts(with: Array("%PDF-1".utf8)))
    // Neither the clock nor the threads.
    #expect(try run("template", sample, "-o", folder + "/u.pdf", "--threads", "1").status == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/u.pdf")) == bytes)
    let dated = try run(
      ["template", sample, "-o", folder + "/d.pdf", "--mirror", "--paper", "letter"],
      environment: ["SOURCE_DATE_EPOCH": "1772409600"])
    #expect(dated.status == 0 && dated.out.contains("print at 100 %"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/d.pdf")).range(of: Data("D:20260302".utf8)) != nil)
    let odd = try run(
      ["template", sample, "-o", folder + "/e.pdf"], environment: ["SOURCE_DATE_EPOCH": "yesterday"])
    #expect(odd.status == 64 && odd.error.contains("SOURCE_DATE_EPOCH"))
  }

  @Test(arguments: [
    (["--paper", "a5"], Int32(64), "letter"), (["--threads", "0"], 64, "1 to 256"),
    (["-o", "/proc/none/t.pdf"], 73, "/proc/none"),
    (["-D", "layers=[{zone: {area: scalp, blend: multiply, factor: 0.5}}]"], 65, "no line to trace"),
  ])
  func templatesThatCannotBeAreRefused(arguments: [String], status: Int32, message: String) throws {
    let result = try run(["template", sample] + arguments)
    #expect(result.status == status && result.error.contains(message) && result.out == "", "\(result)")
  }

  @Test func matchProposesAMixture() throws {
    let match = try run("match", "--skin", "II", "--hair", "dark-brown", "--grey", "0.3", "--json")
    let object = try #require(JSONSerialization.jsonObject(with: Data(match.out.utf8)) as? [String: Any])
    #expect(match.status == 0 && (object["proposal"] as? [String: Any])?["shade"] is NSNumber)
    #expect(try run("match", sample).out.contains("ml of water"))
    for (arguments, message) in [
      (["match"], "--skin and --hair"), (["match", "--skin", "VII", "--hair", "brown"], "VI"),
      (["match", "--skin", "II", "--hair", "brown", "--grey", "2"], "0 to 1"),
      (["match", "--skin", "II", "--hair", "brown", "--grey", "-1"], "0 to 1"),
      (["match", "--skin", "II", "--hair", "brown", "--needle-depth", "9"], "0.2 to 3"),
      (["match", "--skin", "II", "--hair", "brown", "--pigment", "soot"], "carbon"),
    ] {
      let wrong = try run(arguments)
      #expect(wrong.status == 64 && wrong.error.contains(message), "\(arguments)")
    }
  }

  @Test func wrongUseExitsWith64() throws {
    #expect(try run("preview").status == 64)
    #expect(try run("nonsense").status == 64)
    #expect(try run("preview", sample, "--size", "1").status == 64)
    #expect(try run("preview", sample, "--view", "inside").status == 64)
    #expect(try run("preview", sample, "--threads", "0").status == 64)
    #expect(try run("pattern", sample, "--points", "dots.txt").status == 64)
    #expect(try run("field", sample, "--points", "field.csv").status == 64)
    #expect(try run("plan", sample, "--start", "2026-02-30").status == 64)
    let dot = try run("dot", "--depth", "-1")
    #expect(dot.status == 64 && dot.error == "stipple: depth -1.0 is outside 0.12 to 1.5 mm\n")
  }

  @Test func aMissingDesignExitsWith66AndOneLine() throws {
    let result = try run("preview", "/nowhere/design.yaml")
    #expect(result.status == 66)
    #expect(result.out.isEmpty)
    #expect(result.error == "stipple: cannot read /nowhere/design.yaml: no such file\n")
  }

  @Test func aBrokenDesignExitsWith65AndItsPlace() throws {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/bad.yaml"
    try "schemaVersion: 1\nlayers:\n  - hairline: {height: 72, densty: 100}\n".write(
      toFile: file, atomically: true, encoding: .utf8)
    let result = try run("check", file)
    #expect(result.status == 65)
    #expect(result.error.contains("bad.yaml:3:28"))
    #expect(result.error.contains("density"))
  }

  @Test func aFolderThatCannotBeMadeExitsWith73AndLeavesNothing() throws {
    let result = try run("preview", sample, "-o", "/proc/nowhere/out")
    #expect(result.status == 73)
    #expect(result.error.contains("/proc/nowhere/out"))
  }

  @Test func aStarterChecksOut() throws {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/design.yaml"
    #expect(try run("init", file, "--loss", "norwood-4", "--skin", "IV").status == 0)
    #expect(try run("init", file).status == 73)
    #expect(try run("init").out.contains("schemaVersion: 1"))
    let check = try run("check", file, "--json")
    #expect(check.status == 0, "\(check.out) \(check.error)")
    let object = try JSONSerialization.jsonObject(with: Data(check.out.utf8)) as? [String: Any]
    #expect((object?["impressions"] as? Int ?? 0) > 1000)
  }

  @Test func strictCountsWarningsAndWaiversDoNotCount() throws {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // Sessions ten days apart: one warning, L11.
    let text = """
      schemaVersion: 1
      layers:
        - zone: {ellipse: {centre: {up: 250}, length: 20, width: 20}, density: 150}
      sessions: [{day: 0, share: 0.5}, {day: 10, share: 1}]

      """
    let file = folder + "/d.yaml"
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    #expect(try run("check", file).status == 0)
    let strict = try run("check", file, "--strict")
    #expect(strict.status == 65)
    #expect(strict.out.contains("d.yaml:4:35: L11 warning"))
    try (text + "waive: [{rule: L11, reason: he flies home}]\n").write(toFile: file, atomically: true, encoding: .utf8)
    let waived = try run("check", file, "--strict")
    #expect(waived.status == 0)
    #expect(waived.out.contains("L11 waived (he flies home)"))
    // Under full hair, 150 per cm2 in all are there already.
    #expect(waived.out.contains("d.yaml:3:5: this layer changes nothing"))
    let plan = try run("plan", file, "--start", "2026-03-02")
    #expect(plan.status == 0)
    #expect(plan.out.contains("2026-03-12"))
  }

  @Test(arguments: [
    "{ellipse: {centre: {up: 265}, length: 160, width: 160}, blend: exclude}",
    "{ellipse: {centre: {up: 265}, length: 160, width: 160}, density: 180, blend: set}",
    "{ellipse: {centre: {up: 265}, length: 160, width: 160}, density: 180}",
  ])
  func aLayerThatALaterOneUndoesIsNamed(later: String) throws {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = """
      schemaVersion: 1
      hair: {loss: total}
      layers:
        - zone: {ellipse: {centre: {up: 265}, length: 60, width: 60}, density: 100}
        - zone: \(later)

      """
    try text.write(toFile: folder + "/d.yaml", atomically: true, encoding: .utf8)
    let checked = try run("check", folder + "/d.yaml")
    #expect(checked.out.contains("d.yaml:4:5: the layers after this one undo it"))
    #expect(!checked.out.contains("d.yaml:5:5"))
  }

  @Test func aNewerDesignGetsOneAnswer() throws {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/d.yaml"
    try "schemaVersion: 2\nnewKey: 3\n".write(toFile: file, atomically: true, encoding: .utf8)
    let result = try run("check", file)
    #expect(result.status == 65)
    #expect(result.error.contains("d.yaml:1:16"))
    #expect(result.error.contains("version 2") && result.error.contains("reads version 1"))
    #expect(!result.error.contains("newKey"))
    #expect(try run("schema").out.contains("\"schemaVersion\""))
  }

  @Test func infoMeasuresAMesh() throws {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/tent.obj"
    try "v 0 0 0\nv 10 0 0\nv 0 10 0\nv 0 0 10\nf 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n".write(
      toFile: file, atomically: true, encoding: .utf8)
    let result = try run("info", file)
    #expect(result.status == 0)
    #expect(result.out.contains("triangles"))
    #expect(result.out.contains("10 units"))
  }
}
