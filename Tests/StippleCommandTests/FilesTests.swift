import Foundation
import PNGImage
import Testing

/// Where files go, and what they may take the place of.
@Suite struct FilesTests {
  private func size(_ file: String) throws -> Int {
    try decodePNG([UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))).raster.width
  }

  @Test func filesGoToAFolderOfTheDesign() throws {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let made = try shell(
      """
      cd '\(folder)' && cp '\(sample)' anna.yaml && $S preview anna.yaml --size 64 && $S sheet anna.yaml --size 64 \
      --vary years=0,5 && $S animate anna.yaml --size 64 --until 0.5 && $S field anna.yaml --size 256 && $S pattern anna.yaml \
      && $S preview anna.yaml --size 64 -o deep/er && $S sheet anna.yaml --size 64 --vary years=0,5 -o deep/
      """)
    #expect(made.status == 0, "\(made.error)")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder + "/out/anna").sorted() == [
        "after.png", "before.png", "fade.png", "field.png", "points.csv", "sheet.png", "variants.png", "year-1.png",
        "year-3.png", "year-5.png",
      ])
    #expect(FileManager.default.fileExists(atPath: folder + "/deep/er/year-5.png"))
    #expect(FileManager.default.fileExists(atPath: folder + "/deep/variants.png"))
  }

  /// A picture, a page or a table of somebody else is not written over; Stipple's own is.
  @Test(arguments: [
    ("preview D --size 64 -o F", "after.png"), ("sheet D --size 64 --vary years=0,5 -o F/v.png", "v.png"),
    ("animate D --size 64 --until 0.5 -o F/a.png", "a.png"), ("field D --size 256 -o F/f.png", "f.png"),
    ("pattern D -o F/p.csv", "p.csv"), ("pattern D -o F/p.ply", "p.ply"),
    ("field D --size 256 --points F/p.ply -o F/f.png", "p.ply"),
    ("report D --size 64 --quality draft -o F/r.html", "r.html"), ("template D -o F/t.pdf", "t.pdf"),
    ("timeline D --times 1y --size 64 -o F --plot F/plot.png", "plot.png"),
    ("preview D --size 64 --no-metadata -o F", "sheet.png"),
  ])
  func whatStippleDidNotWriteStays(command: String, file: String) throws {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let line =
      "$S " + command.replacingOccurrences(of: "D", with: "'\(sample)'").replacingOccurrences(of: "F", with: folder)
    let path = folder + "/" + file
    // Each kind of file as another program would write it.
    let foreign = file.hasSuffix(".html") ? "<!DOCTYPE html>\n<title>a</title>" : file.hasSuffix(".ply") ? "ply\n" : "x"
    try foreign.write(toFile: path, atomically: true, encoding: .utf8)
    let refused = try shell(line)
    #expect(refused.status == 73 && refused.error.contains("--force") && refused.error.contains(file), "\(refused)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [file])
    let forced = try shell(line + " --force")
    #expect(forced.status == 0, "\(forced.error)")
    // What it wrote it knows again.
    let again = try shell(line + " --dry-run")
    #expect(again.status == 0, "\(again.error)")
  }

  @Test(arguments: [
    "preview D", "sheet D --vary years=0,5", "animate D", "field D", "pattern D", "report D", "timeline D --times 1y",
    "template D",
  ])
  func aRehearsalWritesNothing(command: String) throws {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let line = "cd '\(folder)' && $S " + command.replacingOccurrences(of: "D", with: "'\(sample)'") + " --dry-run"
    let told = try shell(line)
    #expect(told.status == 0 && told.error.contains("nothing was drawn or written"), "\(told.error)")
    #expect(told.out.contains("out/norwood-3/"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    // What cannot be is refused all the same.
    #expect(try shell(line + " -D layers[0].hairline.height=1").status == 65)
  }

  @Test func aDesignComesThroughAPipeAndAPictureLeavesByOne() throws {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let made = try shell(
      """
      cd '\(folder)' && $S init | $S check - && $S init | $S preview - --size 64 -o - > sheet.png \
      && $S check /dev/stdin < '\(sample)' && cat '\(sample)' | $S check /dev/stdin && $S report '\(sample)' --size 64 -o - > r.html
      """)
    #expect(made.status == 0, "\(made.error)")
    #expect(made.error.contains("impressions over"))
    #expect(try size(folder + "/sheet.png") > 64)
    #expect(try String(contentsOfFile: folder + "/r.html", encoding: .utf8).hasSuffix("</html>\n"))
    let wrong = try shell("echo 'layerz: 1' | $S check -")
    #expect(wrong.status == 65 && wrong.error.contains("standard input:1:1"), "\(wrong.error)")
    #expect(try shell("head -c 3000000 /dev/zero | $S check -").status == 77)
    #expect(try shell("cd '\(folder)' && $S init | $S preview - --size 64").status == 0)
    #expect(FileManager.default.fileExists(atPath: folder + "/out/design/after.png"))
  }

  @Test(arguments: [
    ("preview D -o x.png", 64, "names a folder"), ("preview D -o ''", 64, "names nothing"),
    ("sheet D --vary years=0,5 -o /proc/x/v.png", 73, "/proc/x/v.png"), ("preview D --watch -o -", 64, "-o -"),
    ("preview - --watch", 64, "standard input"), ("preview D --quiet --verbose", 64, "exclude"),
    ("preview D --watch --measure", 64, "--measure"), ("timeline D --at 1y", 64, "--times 1y"),
    ("report D --variant 'Softer' --variant 'b: a=1'", 64, "no name"),
    ("report D --variant 'a: hair.length=1'", 64, "2 to 9"),
    ("report D --variant 'a: hair.length=1' --variant 'b: hair.length=99'", 65, "option -D hair.length=99"),
    ("init --loss NW5", 64, "'norwood-5'"), ("init --skin 2", 64, "'II'"), ("init --units mm", 64, "--scan"),
    ("plan D --start '2 March 2026'", 64, "2026-03-02"), ("plan D --start 02/03/2026", 64, "written as"),
    ("init --scan /nowhere.obj", 64, "outside the design's folder"), ("match --skin VII --hair brown", 64, "VI"),
  ])
  func whatIsRefusedSaysWhatIsMeant(command: String, status: Int32, message: String) throws {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let line = "cd '\(folder)' && $S " + command.replacingOccurrences(of: " D ", with: " '\(sample)' ")
    let refused = try shell(line.hasSuffix(" D") ? line.dropLast(1) + "'\(sample)'" : line)
    #expect(refused.status == status && refused.error.contains(message), "\(refused)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
  }

  @Test func lengthsCarryUnits() throws {
    let metric = try run("info", sample, "-D", "layers[0].hairline.height=72", "--json")
    #expect(try run("info", sample, "-D", "layers[0].hairline.height=7.2cm", "--json").out == metric.out)
    #expect(try run("info", sample, "-D", "layers[0].hairline.height=0.072 m", "--json").out == metric.out)
    let tall = try run("check", sample, "-D", "layers[0].hairline.height=8.9in")
    #expect(tall.status == 65 && tall.error.contains("8.9in, 226.06 mm, is outside 40 to 120 mm"), "\(tall.error)")
    let dot = try run("dot", "--depth", "0.3", "--json")
    #expect(try run("dot", "--depth", "0.03cm", "--json").out == dot.out)
  }

  @Test func aStarterTakesWhatIsKnownOfTheClient() throws {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/d.yaml"
    let made = try run(
      "init", file, "--loss", "norwood-3-vertex", "--skin", "IV", "--hair", "black", "--grey", "0.2", "--density",
      "180",
      "--calibre", "0.08", "--length", "0.05cm", "--darkness", "0.9", "--needle-depth", "0.6", "--impressions", "230",
      "--pigment", "carbon")
    #expect(made.status == 0, "\(made.error)")
    let text = try String(contentsOfFile: file, encoding: .utf8)
    for line in [
      "$schema: stipple.schema.json", "grey: 0.2", "density: 180", "calibre: 0.08", "length: 0.5", "darkness: 0.9",
      "needleDepth: 0.6", "kind: carbon",
    ] { #expect(text.contains(line), "\(line)") }
    #expect(text.components(separatedBy: "density: 230").count == 3)
    #expect(try run("check", file).status == 0)
    #expect(try run("init", file).status == 73)
    #expect(try run("init", file, "--force").status == 0)
  }

  /// A save that is a change draws a draft and the pictures; one that cannot be read leaves them.
  @Test func watchingDrawsAfterEachSave() throws {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/d.yaml"
    let text = try String(contentsOfFile: sample, encoding: .utf8)
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let watch = command(["preview", file, "--watch", "--size", "64", "-o", folder + "/o"])
    let heard = Pipe()
    watch.standardError = heard
    watch.standardOutput = FileHandle.nullDevice
    try watch.run()
    var said = ""
    /// Reads until a line has been said so many times.
    func wait(for word: String, times: Int) {
      while said.components(separatedBy: word).count <= times {
        let data = heard.fileHandleForReading.availableData
        if data.isEmpty { return }
        said += String(decoding: data, as: UTF8.self)
      }
    }
    func live() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: folder + "/o/live.png")) }
    wait(for: "watching 1 files", times: 1)
    let first = try live()
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/o/after.png")) == first)
    try text.replacingOccurrences(of: "height: 70", with: "height: 60").write(
      toFile: file, atomically: true, encoding: .utf8)
    wait(for: "watching 1 files", times: 2)
    let second = try live()
    #expect(second != first)
    try (text + "layers: [").write(toFile: file, atomically: true, encoding: .utf8)
    wait(for: "d.yaml:", times: 1)
    #expect(try live() == second)
    watch.interrupt()
    watch.waitUntilExit()
    // As shells see it, 130.
    #expect(watch.terminationReason == .uncaughtSignal && watch.terminationStatus == SIGINT)
    #expect(said.components(separatedBy: "draft after").count == 3, "\(said)")
  }
}
