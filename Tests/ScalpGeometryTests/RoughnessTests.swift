import Arithmetic
import Meshes
import ScalpGeometry
import TestSupport
import Testing

/// A head of fine triangles whose vertices are moved.
private struct RoughHead {
  let head: Head
  let marks: ScanLandmarks

  init() throws {
    head = try SimpleHead.get()
    var marks = ScanLandmarks()
    marks[.glabella] = SIMD3<Double>(head.landmarks.glabella)
    marks[.leftTragion] = SIMD3<Double>(head.landmarks.leftTragion)
    marks[.rightTragion] = SIMD3<Double>(head.landmarks.rightTragion)
    self.marks = marks
  }

  func prepared(_ move: (Int, SIMD3<Float>) -> SIMD3<Float>) throws -> PreparedScan {
    let positions = head.mesh.positions.enumerated().map { move($0.offset, $0.element) }
    return try prepareScan(
      TriangleMesh(positions: positions, triangles: head.mesh.triangles), landmarks: marks, millimetresPerUnit: 1)
  }

  /// A displacement whose coordinates vary by `amount` mm either way.
  static func noise(_ i: Int, _ amount: Float) -> SIMD3<Float> {
    let random = CounterRandom(seed: 5, stream: 9)
    let u = SIMD3(random.uniform(UInt64(3 * i)), random.uniform(UInt64(3 * i + 1)), random.uniform(UInt64(3 * i + 2)))
    return (u * 2 - SIMD3(repeating: 1)) * amount
  }
}

struct RoughnessTests {
  @Test func aSmoothScalpStaysAsItIs() throws {
    let rough = try RoughHead()
    let scan = try rough.prepared { _, p in p }
    #expect(scan.notes.isEmpty && scan.head.findings.isEmpty)
    for (p, source) in zip(scan.head.mesh.positions, scan.vertexSources) where source >= 0 {
      #expect(length(p - scan.frame.place(rough.head.mesh.positions[Int(source)])) < 1e-3)
    }
  }

  @Test(arguments: [1.1, 2.5] as [Float])
  func areaIsThatOfTheSkinUnderTheNoise(_ share: Float) throws {
    let rough = try RoughHead()
    let mesh = rough.head.mesh
    var area: Float = 0
    for t in mesh.triangles {
      let p = mesh.positions[Int(t.x)]
      area += 0.5 * length(cross(mesh.positions[Int(t.y)] - p, mesh.positions[Int(t.z)] - p))
    }
    // Noise in terms of the triangles: what it does to area depends on that.
    let edge = (area / Float(mesh.triangles.count) * 2.309).squareRoot()
    let clean = try Scalp(rough.prepared { _, p in p }.head).area
    let scan = try rough.prepared { i, p in p + RoughHead.noise(i, 0.25 * share * edge) }
    let found = try Scalp(scan.head).area
    #expect(abs(found / clean - 1) < 0.04, "\(found) \(clean)")
    if share > 2 {
      let finding = try #require(scan.head.findings.first)
      #expect(finding.rule == .roughness && finding.measured > 1.1)
    } else {
      #expect(scan.notes.count == 1 && scan.notes[0].contains("rough"))
    }
  }

  /// A crumb shrinks to nothing when it is smoothed: it is no head, and no number is made of that.
  @Test func aCrumbIsNoScalp() {
    var marks = ScanLandmarks()
    (marks[.glabella], marks[.leftTragion], marks[.rightTragion]) = ([0, 30, 100], [72, 0, 0], [-72, 0, 0])
    let mesh = TriangleMesh(
      positions: [[0, 60, 0], [1, 60, 0], [1, 61, 0], [0, 60, 1]],
      triangles: [[0, 2, 1], [0, 1, 2], [1, 2, 3], [0, 3, 2], [0, 3, 1]])
    #expect(throws: ScanError.self) { try prepareScan(mesh, landmarks: marks) }
  }
}
