import Foundation
import ImpressionSampling
import Meshes
import PNGImage
import PigmentAging
import Testing
import TreatmentDesign

@testable import Stipple

typealias PigmentPace = PigmentAging.Pace

/// A folder that is removed when the test ends.
final class Scratch: Sendable {
  let path: String
  init() throws {
    path = NSTemporaryDirectory() + "stipple-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, _ name: String) throws -> String {
    let file = path + "/" + name
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    return file
  }
}

private func kind(_ body: () throws -> Void) -> StippleError.Kind? {
  do {
    try body()
    return nil
  } catch {
    return (error as? StippleError)?.kind
  }
}

@Suite struct Jobs {
  @Test func missingFilesAreNoInput() throws {
    let scratch = try Scratch()
    #expect(kind { _ = try OpenedDesign(scratch.path + "/none.yaml") } == .noInput)
    #expect(kind { _ = try OpenedDesign(scratch.path) } == .noInput)
    #expect(kind { _ = try loadMesh(scratch.path + "/none.obj") } == .noInput)
  }

  @Test func aDesignThatIsNoneNamesItsPlace() throws {
    let scratch = try Scratch()
    let file = try scratch.write("schemaVersion: 1\nsede: 3\nlayers: []\n", "bad.yaml")
    let error = #expect(throws: StippleError.self) { try OpenedDesign(file) }
    #expect(error?.kind == .data)
    #expect(error?.message.contains("bad.yaml:2:1") == true)
    #expect(error?.message.contains("did you mean 'seed'") == true)
  }

  @Test func aLayerOffTheHeadNamesItsLine() throws {
    let scratch = try Scratch()
    let file = try scratch.write(
      """
      schemaVersion: 1
      layers:
        - zone:
            ellipse: {centre: {up: 449, side: 0}, length: 20, width: 20}
            density: 100
      """, "off.yaml")
    let error = #expect(throws: StippleError.self) { try checkDesign(OpenedDesign(file)) }
    #expect(error?.kind == .data)
    #expect(error?.message.contains("off.yaml:4:") == true)
  }

  @Test(arguments: ["/etc/hosts", "../scan.obj", "a/../../scan.obj"])
  func scansStayInTheDesignsFolder(path: String) {
    var scan = ScanChoice()
    scan.file = path
    let error = #expect(throws: StippleError.self) { try loadHead(.scan(scan), folder: "designs") }
    #expect(error?.kind == .data)
    #expect(error?.message.contains("leaves the design's folder") == true)
  }

  @Test func aTruncatedScanIsRefused() throws {
    let scratch = try Scratch()
    _ = try scratch.write("v 0 0 0\nv 1 0 0\nv 0 1", "scan.obj")
    var scan = ScanChoice()
    scan.file = "scan.obj"
    let error = #expect(throws: StippleError.self) { try loadHead(.scan(scan), folder: scratch.path) }
    #expect(error?.kind == .data)
    #expect(error?.message.contains("scan.obj:3") == true)
  }

  @Test func picturesCarryTheDesignAndNothingElse() throws {
    let scratch = try Scratch()
    let file = try scratch.write(
      """
      # For Jane Doe, born 1980
      schemaVersion: 1
      head:
        scan: jane-doe.obj
        landmarks: {glabella: [0, 34, 106], rightTragion: [-74, 0, 0], leftTragion: [74, 0, 0]}
      layers: [{zone: {area: scalp, density: 100}}]   # as she asked
      """, "jane.yaml")
    let text = try OpenedDesign(file).canonical
    #expect(text.contains("schemaVersion"))
    #expect(!text.lowercased().contains("jane"))
    #expect(!text.contains("asked"))
  }

  @Test func aPlainFileIsNoFolder() throws {
    let scratch = try Scratch()
    let file = try scratch.write("x", "file")
    #expect(
      kind { _ = try writePreview(of: OpenedDesign(samplesFolder + "/crown.yaml"), to: file) } == .cannotCreate)
    #expect(
      kind { _ = try writePreview(of: OpenedDesign(samplesFolder + "/crown.yaml"), to: file + "/out") } == .cannotCreate
    )
  }

  @Test func aStarterIsNotWrittenOverAFile() throws {
    let scratch = try Scratch()
    let file = try scratch.write("mine", "design.yaml")
    #expect(kind { try writeStarter("new", to: file) } == .cannotCreate)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
  }

  @Test func pointFilesHoldEveryImpression() throws {
    let plan = try coarse("crown").placement()
    let csv = String(decoding: patternFile(plan, format: .csv), as: UTF8.self).split(separator: "\n")
    #expect(csv.count == plan.impressions.count + 1)
    let fields = csv[1].split(separator: ",")
    #expect(fields.count == 8)
    #expect(Float(fields[0]) == plan.impressions.points[0].position.x)
    let report = try PatternReport(plan)
    #expect(report.statistics.minimumDistanceOverRadius >= 1)
    #expect(abs(Double(plan.impressions.count) / report.statistics.wanted - 1) < 0.02)
    #expect((try JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])?["rho"] != nil)
    let ply = String(decoding: patternFile(plan, format: .ply), as: UTF8.self)
    #expect(ply.hasPrefix("ply\nformat ascii 1.0\ncomment Stipple \(stippleVersion), impressions in mm\n"))
    #expect(ply.contains("\nelement vertex \(plan.impressions.count)\n"))
  }

  @Test func zonesWithoutImpressionsAreLeftOut() throws {
    var report = try PatternReport(coarse("crown").placement())
    let counts: [(wanted: Double, placed: Int)] = [(0.2, 0), (0.4, 1), (200, 210)]
    try #require(report.statistics.zones.count == counts.count)
    for (i, count) in counts.enumerated() {
      report.statistics.zones[i].wanted = count.wanted
      report.statistics.zones[i].placed = count.placed
    }
    let lines = report.text.split(separator: "\n").filter { $0.contains("placed for") }
    #expect(lines.count == 2)
    #expect(lines.first?.hasSuffix("placed for 0.4") == true)
    #expect(lines.last?.hasSuffix("placed for 200, 5 %") == true)
  }

  @Test func reportsAreJSON() throws {
    let result = PreviewResult(
      files: ["a \"b\"\n.png"], work: WorkFigures(impressions: 3, treatedArea: 1), hairs: 4, warnings: ["L4\t\u{1}"])
    let object = try JSONSerialization.jsonObject(with: Data(result.json.utf8)) as? [String: Any]
    #expect(object?["impressions"] as? Int == 3)
    #expect((object?["files"] as? [String])?.first == "a \"b\"\n.png")
    #expect((object?["warnings"] as? [String])?.first == "L4\t\u{1}")
  }
}

struct ScanJobTests {
  /// An octahedron with a fin, a flipped face and a shard: what `info` must count.
  @Test func infoSaysWhatRepairDid() throws {
    let scratch = try Scratch()
    let file = try scratch.write(
      """
      v 1 0 0
      v -1 0 0
      v 0 1 0
      v 0 -1 0
      v 0 0 1
      v 0 0 -1
      v 1.4 1.4 0.2
      v 9 9 9
      v 9 9 8
      v 9 8 9
      f 1 3 5
      f 3 2 5
      f 2 4 5
      f 4 1 5
      f 3 1 6
      f 2 3 6
      f 4 6 2
      f 1 4 6
      f 1 3 7
      f 8 9 10
      """, "ball.obj")
    let sheet = try describe(file)
    func value(_ name: String) -> Double? { sheet.facts.first { $0.name == name }?.value }
    // Each part is more than a fiftieth of so small a mesh, so none is a crumb.
    #expect(value("triangles") == 10 && value("triangles after repair") == 10)
    #expect(value("edges with more than two triangles") == 1 && value("triangles turned over") ?? 0 >= 1)
    #expect(value("vertices added where sheets were cut apart") == 2)
    #expect(value("parts") == 3 && value("dropped parts") == 0 && value("holes") == 2 && value("filled holes") == 0)
    #expect(value("manifold (1 yes)") == 1 && value("closed (1 yes)") == 0)
    #expect(sheet.facts.contains { $0.name.hasPrefix("kept part at (9.0, 8.5, 8.5)") && $0.value == 1 })
    #expect(sheet.json.contains("\"vertices added where sheets were cut apart\""))
  }

  @Test func landmarkErrorsPointIntoTheDesign() throws {
    let scratch = try Scratch()
    _ = try scratch.write("v 0 0 0\nv 9 0 0\nv 0 9 0\nf 1 2 3\n", "scan.obj")
    let file = try scratch.write(
      """
      schemaVersion: 1
      head:
        scan: scan.obj
        landmarks:
          glabella: [0, 34, 106]
          rightTragion: [-74, 0, 0]
          leftTragion: [7400, 0, 0]
      layers: [{zone: {area: scalp, density: 100}}]
      """, "design.yaml")
    let error = #expect(throws: StippleError.self) { try checkDesign(OpenedDesign(file)) }
    #expect(error?.kind == .data)
    #expect(error?.message.contains("design.yaml:7:5: scan.obj: the scan has no scale: the tragions are") == true)
  }
}
