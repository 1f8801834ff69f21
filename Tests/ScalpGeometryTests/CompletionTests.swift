import Arithmetic
import Mannequin
import Meshes
import TestSupport
import Testing

@testable import ScalpGeometry

/// Scans of part of a head, completed from the mean head and held against the whole one that they were cut from.
struct CompletionTests {
  /// A way in which scanners leave out part of a head.
  struct Cut: Sendable, CustomTestStringConvertible {
    var name: String
    /// Which places, mm in the head frame, are not scanned.
    var isMissing: @Sendable (SIMD3<Float>) -> Bool
    /// Largest median and 95th percentile of the distance from the whole head's skin, mm, down to the nape.
    var median: Float
    var most: Float
    /// Largest difference of the tape around the head, and of the scalp's area, in per cent of the whole head's.
    var circumference: Float
    var area: Float
    var testDescription: String { name }

    static let all = [
      Cut(name: "back", isMissing: { $0.z < -25 }, median: 3, most: 8, circumference: 2, area: 3),
      Cut(name: "little of the back", isMissing: { $0.z < -62 }, median: 3, most: 8, circumference: 2, area: 3),
      Cut(name: "behind the ears", isMissing: { $0.z < 4 }, median: 3, most: 8, circumference: 2, area: 3),
      Cut(
        name: "slanting", isMissing: { 0.5 * $0.y - 0.87 * $0.z > 60 }, median: 3, most: 8, circumference: 2, area: 3),
      Cut(name: "left side", isMissing: { $0.x > 30 && $0.z < 70 }, median: 3, most: 8, circumference: 2, area: 3),
      Cut(
        name: "face and top only", isMissing: { $0.z < 30 && ($0.y < 95 || $0.z < -50) }, median: 3, most: 8,
        circumference: 2, area: 3),
      Cut(
        name: "ragged", isMissing: { $0.z < -25 + 6 * Float(Int(($0.y + 300) * 0.4 + $0.x * 0.3) % 3) }, median: 3,
        most: 8, circumference: 2, area: 3),
      Cut(name: "crown and back", isMissing: { length($0 - SIMD3(0, 100, -100)) < 105 }, median: 3, most: 8, circumference: 2, area: 3),
    ]
  }

  static func cut(_ head: Head, _ isMissing: (SIMD3<Float>) -> Bool) -> (mesh: TriangleMesh, marks: ScanLandmarks) {
    var mesh = head.mesh
    mesh.triangles.removeAll { isMissing(head.mesh.positions[Int($0.x)]) }
    var marks = ScanLandmarks()
    for name in [ScanLandmarks.Name.leftTragion, .rightTragion, .sellion] {
      marks[name] = SIMD3<Double>(head.landmarks[name])
    }
    return (mesh, marks)
  }

  static func template(_ sex: Sex) throws -> Head {
    try (sex == .male ? MeanHeads.man : MeanHeads.woman).get().head
  }

  @Test(arguments: Cut.all, 0..<6) func theWholeHeadIsMet(cut: Cut, index: Int) throws {
    let whole = try MannequinSamples.head(index)
    let (mesh, marks) = Self.cut(whole, cut.isMissing)
    let template = try Self.template(whole.sex ?? .male)
    let clock = ContinuousClock()
    let plain = try prepareScan(whole.mesh, landmarks: marks).head
    let start = clock.now
    let prepared = try prepareScan(mesh, landmarks: marks, template: { template })
    let time = clock.now - start
    let head = prepared.head
    let completed = try #require(head.completed)
    let form = head.mesh.invariants()
    #expect(form.isManifold && form.isConsistentlyOriented && form.isFinite && form.componentCount == 1)
    // Heads that no scanner turns: where the scan's skin is, it is the file's.
    let tree = BoundingVolumeHierarchy(plain.mesh)
    var misses: [Float] = []
    for (i, t) in head.mesh.triangles.enumerated() where completed.contains(i) {
      let p = (head.mesh.positions[Int(t.x)] + head.mesh.positions[Int(t.y)] + head.mesh.positions[Int(t.z)]) / 3
      let isEar = abs(p.x) > 62 && p.y < 45 && p.y > -45 && p.z < 25 && p.z > -45
      if p.y > -40 && !isEar { misses.append(length(tree.closestPoint(to: p).position - p)) }
    }
    misses.sort()
    let median = misses[misses.count / 2]
    let most = misses[misses.count * 95 / 100]
    let a = try #require(HeadMeasurements(of: head))
    let b = try #require(HeadMeasurements(of: plain))
    let around = 100 * (a.headCircumference / b.headCircumference - 1)
    let area = try 100 * (Scalp(head).area / Scalp(plain).area - 1)
    print(
      "RESULT", cut.name, index, "median", median, "p95", most, "around", around, "area", area, "length",
      a.headLength - b.headLength, "breadth", a.headBreadth - b.headBreadth, "closed", form.isClosed, "euler", form.eulerNumber, "gap", completed.gap, completed.share, completed.sides, time, prepared.notes, head.findings.map(\.subject))
    #expect(median < cut.median && most < cut.most && abs(around) < cut.circumference && abs(area) < cut.area)
  }
}
