import Arithmetic
import Foundation
import MeshFiles
import Meshes
import ScalpGeometry
import ScalpRendering
import TestSupport
import Testing

@testable import Stipple

/// What was completed of a scan is said wherever work may lie on it.
@Suite struct CompletedScanTests {
  /// A coarse mannequin without its back, reddish at its vertices, and a design with a round zone at some height on the tape.
  private static func scratch(up: Int, isWhole: Bool = false) throws -> (folder: Scratch, design: String) {
    let head = try coarseHead.get()
    let folder = try Scratch()
    var text = ""
    for p in head.mesh.positions { text += "v \(p.x) \(p.y) \(p.z) 0.8 \(0.55 + 0.0008 * p.y) 0.5\n" }
    for t in head.mesh.triangles where isWhole || head.mesh.positions[Int(t.x)].z > -30 {
      text += "f \(t.x + 1) \(t.y + 1) \(t.z + 1)\n"
    }
    _ = try folder.write(text, "scan.obj")
    let l = head.landmarks
    func place(_ p: SIMD3<Float>) -> String { "[\(p.x), \(p.y), \(p.z)]" }
    let design = try folder.write(
      """
      schemaVersion: 1
      head:
        scan: scan.obj
        units: mm
        sex: male
        landmarks:
          glabella: \(place(l.glabella))
          leftTragion: \(place(l.leftTragion))
          rightTragion: \(place(l.rightTragion))
      hair: {loss: total, density: 30}
      layers: [{zone: {ellipse: {centre: {up: \(up), side: 0}, length: 40, width: 40}, density: 60}}]
      """, "design.yaml")
    return (folder, design)
  }

  /// At 240 mm on the tape work lies on the back of the head, which was not scanned; at 100 mm on the forelock, which was.
  @Test func workOnCompletedSkinIsAWarning() throws {
    let (folder, design) = try Self.scratch(up: 240)
    let opened = try OpenedDesign(design)
    let report = try checkDesign(opened)
    let found = try #require(report.findings.first { $0.finding.id == "S6" })
    #expect(found.finding.level == .warning && found.place.contains("design.yaml:3"))
    let work = try opened.work()
    #expect(found.finding.subject.contains("\(work.impressions) of \(work.impressions) impressions"))
    #expect(abs(found.finding.measured / work.treatedArea - 1) < 0.1)
    #expect(try WorkPlan(opened).warnings.contains { $0.contains("S6 warning") })
    #expect(try opened.warnings().contains { $0.contains("S6 warning") })
    let summary = PatternSummary(work: work, file: "points.csv", warnings: try opened.scanWarnings())
    #expect(summary.text.contains("S6 warning") && summary.json.contains("S6 warning"))
    _ = folder
  }

  @Test func withoutWorkOnItThereIsARemark() throws {
    let (folder, design) = try Self.scratch(up: 100)
    let opened = try OpenedDesign(design)
    let report = try checkDesign(opened)
    #expect(!report.findings.contains { $0.finding.id.hasPrefix("S") }, "\(report.findings)")
    #expect(report.notes.contains { $0.contains("are completed from the mean head") })
    _ = folder
  }

  @Test func infoSaysHowMuchWasCompletedAndWhatIsEstimated() throws {
    let (folder, design) = try Self.scratch(up: 100)
    let sheet = try describe(design)
    let area = try #require(sheet.facts.first { $0.name == "completed skin" })
    #expect(area.value > 250 && area.value < 600 && area.unit == "cm2")
    #expect(sheet.statements.contains { $0.name == "completed" && $0.text.contains("back of the head") })
    let estimated = try #require(sheet.statements.first { $0.name == "estimated" })
    #expect(estimated.text.contains("head length, head circumference") && !estimated.text.contains("breadth"))
    let whole = try Self.scratch(up: 100, isWhole: true)
    let plain = try describe(whole.design)
    #expect(plain.statements.isEmpty && !plain.facts.contains { $0.name.contains("completed") })
    _ = folder
  }

  /// The completed skin takes over the rim's colours: nowhere on it another tone than the scan has.
  @Test func coloursGoOnFromTheRim() throws {
    let (folder, design) = try Self.scratch(up: 100)
    let head = try OpenedDesign(design).head()
    let completed = try #require(head.completed)
    let colour = try #require(head.colour)
    #expect(colour.continued?.first == completed.firstTriangle)
    #expect(colour.continued?.triangles.count == head.mesh.triangles.count - completed.firstTriangle)
    #expect(try #require(colour.continued).rim.count > 50)
    _ = folder
  }

  @Test func theLandmarkSheetShadesIt() throws {
    let (folder, _) = try Self.scratch(up: 100)
    let file = try loadMesh(folder.path + "/scan.obj")
    let sheet = try landmarkSheet(of: file.shape, named: "scan.obj")
    let completed = try #require(sheet.completed)
    #expect(completed.sides == ["back of the head"] && completed.share > 0.15)
    #expect(sheet.guess?.landmarks[.inion] == nil && sheet.guess?.landmarks[.leftTragion] != nil)
    #expect(sheet.notes.contains { $0.contains("inion") && $0.contains("not shown by the scan") })
    #expect(sheet.json.contains("\"completed\""))
    // Blue in the view of the back (below the first), and not in the front view
    func bluish(_ x: Range<Int>, _ y: Range<Int>) -> Double {
      var count = 0
      for row in y {
        for column in x where Int(sheet.image[column, row].z) > Int(sheet.image[column, row].x) + 25 { count += 1 }
      }
      return Double(count) / Double(x.count * y.count)
    }
    #expect(bluish(1200..<1600, 1250..<1500) > 0.9)
    #expect(bluish(350..<600, 350..<600) < 0.35)
    _ = folder
  }
}
