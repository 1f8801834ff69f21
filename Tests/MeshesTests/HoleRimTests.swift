import Arithmetic
import Meshes
import TestSupport
import Testing

/// A ball of 90 mm without a cap of 25 degrees, whose rim is cut up in some way.
private struct OpenBall {
  var mesh: TriangleMesh

  /// - Parameter cuts: shares at which an edge of this length, mm, gets further points.
  init(_ cuts: (Float) -> [Float]) {
    mesh = icosphere(28)
    mesh.positions = mesh.positions.map { $0 * 90 }
    let pole = normalized(SIMD3<Float>(0.3, 1, 0.2)) * 90
    let positions = mesh.positions
    mesh.triangles.removeAll { t in length(positions[Int(t.x)] - pole) < 39 }
    let neighbours = mesh.triangleNeighbours()
    var triangles: [SIMD3<UInt32>] = []
    for (i, t) in mesh.triangles.enumerated() {
      var corners: [UInt32] = []
      for k in 0..<3 {
        corners.append(t[k])
        if neighbours[i][k] >= 0 { continue }
        let a = mesh.positions[Int(t[k])]
        let b = mesh.positions[Int(t[(k + 1) % 3])]
        for share in cuts(length(b - a)) {
          corners.append(UInt32(mesh.positions.count))
          mesh.positions.append(a + (b - a) * share)
        }
      }
      if corners.count == 3 {
        triangles.append(t)
        continue
      }
      let middle = UInt32(mesh.positions.count)
      mesh.positions.append((positions[Int(t.x)] + positions[Int(t.y)] + positions[Int(t.z)]) / 3)
      for k in corners.indices { triangles.append(SIMD3(corners[k], corners[(k + 1) % corners.count], middle)) }
    }
    mesh = TriangleMesh(positions: mesh.positions, triangles: triangles)
  }

  static let options: RepairOptions = {
    var options = RepairOptions()
    options.holeLimit = 60
    options.scalpHoleLimit = 400
    options.isScalp = { _ in true }
    return options
  }()
}

struct HoleRimTests {
  @Test(arguments: [0, 1, 2, 3, 4])
  func aHoleIsFilledTheSameHoweverItsRimIsCutUp(_ kind: Int) throws {
    let ball = OpenBall { edge in
      switch kind {
      case 1: (1..<max(2, Int(edge / 0.08))).map { 0.08 * Float($0) / edge }
      case 2: [0.5, 0.5 + 0.0012 / edge, 0.5 + 0.0024 / edge]
      case 3: [0.3, 0.3 + 0.012 / edge, 0.3 + 0.024 / edge]
      case 4: [0.002, 0.37]
      default: []
      }
    }
    let result = repairScan(ball.mesh, OpenBall.options)
    #expect(result.report.holes.map(\.fate) == [.filledOnScalp])
    let form = result.mesh.invariants()
    #expect(form.isClosed && form.isManifold && form.isConsistentlyOriented && form.eulerNumber == 2)
    var worst: Float = 0
    var area: Float = 0
    for p in result.mesh.positions { worst = max(worst, abs(length(p) - 90)) }
    for t in result.mesh.triangles {
      let p = result.mesh.positions
      area += 0.5 * length(cross(p[Int(t.y)] - p[Int(t.x)], p[Int(t.z)] - p[Int(t.x)]))
    }
    #expect(worst < 2, "\(worst)")
    #expect(abs(area / (4 * Float.pi * 8100) - 1) < 0.005, "\(area)")
    // Bounded whatever the rim: the cap has some 4700 mm².
    #expect(result.mesh.triangles.count < ball.mesh.triangles.count + 2 * 4000)
  }

  @Test func theLimitIsHeldAgainstTheSmoothedRim() throws {
    // Every other triangle along the rim is missing: half as long again, and no larger.
    var ball = OpenBall { _ in [] }.mesh
    let neighbours = ball.triangleNeighbours()
    var k = 0
    let kept = ball.triangles.indices.filter { i in
      if !(0..<3).contains(where: { neighbours[i][$0] < 0 }) { return true }
      k += 1
      return k % 2 == 0
    }
    ball.triangles = kept.map { ball.triangles[$0] }
    var options = OpenBall.options
    options.scalpHoleLimit = 280
    let result = repairScan(ball, options)
    let hole = try #require(result.report.holes.max { $0.perimeter < $1.perimeter })
    #expect(hole.perimeter > 1.15 * hole.smoothPerimeter)
    #expect(hole.smoothPerimeter > 225 && hole.smoothPerimeter < 275)
    #expect(hole.fate == .filledOnScalp)
  }
}
