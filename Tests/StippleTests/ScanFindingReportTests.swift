import Arithmetic
import Meshes
import ScalpGeometry
import Testing

@testable import Stipple

/// What was found out about a scan reaches whoever reads `check`, `plan` and the warnings of a preview.
@Suite struct ScanFindingReports {
  /// A coarse mannequin at some place in metres, with some of its triangles, and a design on it.
  private static func scratch(
    origin: SIMD3<Double> = .zero, without isLeftOut: (SIMD3<Float>) -> Bool = { _ in false }
  ) throws -> (folder: Scratch, design: String) {
    let head = try coarseHead.get()
    let folder = try Scratch()
    func place(_ p: SIMD3<Float>) -> [String] {
      let q = SIMD3<Double>(p) / 1000 + origin
      return [q.x, q.y, q.z].map { "\(($0 * 1e6).rounded() / 1e6)" }
    }
    var text = ""
    for p in head.mesh.positions { text += "v \(place(p).joined(separator: " "))\n" }
    for t in head.mesh.triangles where !isLeftOut(head.mesh.positions[Int(t.x)]) {
      text += "f \(t.x + 1) \(t.y + 1) \(t.z + 1)\n"
    }
    _ = try folder.write(text, "scan.obj")
    let l = head.landmarks
    let design = try folder.write(
      """
      schemaVersion: 1
      head:
        scan: scan.obj
        landmarks:
          glabella: [\(place(l.glabella).joined(separator: ", "))]
          leftTragion: [\(place(l.leftTragion).joined(separator: ", "))]
          rightTragion: [\(place(l.rightTragion).joined(separator: ", "))]
      hair: {loss: total, density: 30}
      layers: [{zone: {ellipse: {centre: {up: 120, side: 0}, length: 20, width: 20}, density: 30}}]
      """, "design.yaml")
    return (folder, design)
  }

  @Test func anOpenHoleIsAFindingAndAWarning() throws {
    // Across the border of hair: what lies on the scalp alone is filled, or completed.
    let temple = SIMD3<Float>(46, 66, 68)
    let (folder, design) = try Self.scratch { length($0 - temple) < 36 }
    let opened = try OpenedDesign(design)
    let report = try checkDesign(opened)
    let found = try #require(report.findings.first { $0.finding.id == "S1" })
    #expect(found.finding.level == .error && found.place.contains("design.yaml:3"))
    #expect(try WorkPlan(opened).warnings.contains { $0.contains("S1 error: hole left open in the scalp") })
    #expect(try opened.warnings().contains { $0.contains("S1 error") })
    _ = folder
  }

  @Test func aScanFarFromItsOriginGivesTheSameCounts() throws {
    let near = try Self.scratch()
    let far = try Self.scratch(origin: SIMD3(123_456, -400_000, 52))
    let a = try OpenedDesign(near.design).work()
    let b = try OpenedDesign(far.design).work()
    #expect(a.impressions > 20 && abs(a.treatedArea - b.treatedArea) < 0.02 * a.treatedArea)
    #expect(abs(a.impressions - b.impressions) <= max(2, a.impressions / 30))
    #expect(try WorkPlan(OpenedDesign(far.design)).warnings.isEmpty)
  }
}
