import Arithmetic
import Meshes
import ScalpGeometry
import TestSupport
import Testing

/// The judge itself, on surfaces whose shortest ways are known.
@Suite("Exact geodesics")
struct ExactGeodesicsTests {
  /// A box of the given sides, each face in squares of two triangles.
  static func box(_ sides: SIMD3<Float>, squares n: Int) -> TriangleMesh {
    var positions: [SIMD3<Float>] = []
    var triangles: [SIMD3<UInt32>] = []
    var known: [SIMD3<Int>: UInt32] = [:]
    func vertex(_ c: SIMD3<Int>) -> UInt32 {
      if let v = known[c] { return v }
      known[c] = UInt32(positions.count)
      positions.append(SIMD3<Float>(SIMD3<Double>(Double(c.x), Double(c.y), Double(c.z)) / Double(n)) * sides)
      return UInt32(positions.count - 1)
    }
    for axis in 0..<3 {
      let (u, v) = ((axis + 1) % 3, (axis + 2) % 3)
      for side in [0, n] {
        for i in 0..<n {
          for j in 0..<n {
            func corner(_ du: Int, _ dv: Int) -> UInt32 {
              var c = SIMD3<Int>.zero
              c[axis] = side
              c[u] = i + du
              c[v] = j + dv
              return vertex(c)
            }
            let (a, b, c, d) = (corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1))
            triangles += side == 0 ? [SIMD3(a, c, b), SIMD3(a, d, c)] : [SIMD3(a, b, c), SIMD3(a, c, d)]
          }
        }
      }
    }
    return TriangleMesh(positions: positions, triangles: triangles)
  }

  /// Around one corner of a box the shortest way is a straight line on two or three unfolded faces. In a 12 x 4 x 4 box
  /// the spider at the end wall, a twelfth below the ceiling, is not where it seems (H. E. Dudeney. 1903), so all
  /// unfoldings are tried here.
  @Test func overABoxItIsTheBestUnfolding() throws {
    let mesh = Self.box(SIMD3(12, 4, 4), squares: 4)
    let start = SIMD3<Float>(0, 0, 0)
    let triangle = try #require(
      mesh.triangles.firstIndex { t in (0..<3).contains { mesh.positions[Int(t[$0])] == start } })
    let found = ExactGeodesics(mesh, from: [(triangle, start)], band: 40)
    for (v, p) in mesh.positions.enumerated() {
      let (x, y, z) = (Double(p.x), Double(p.y), Double(p.z))
      func root(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
      // On a face through the corner the way is straight; to the opposite faces it runs over one of two edges, to the
      // far wall also over a third face.
      var best = Double.infinity
      if z == 0 { best = min(best, root(x, y)) }
      if y == 0 { best = min(best, root(x, z)) }
      if x == 0 { best = min(best, root(y, z)) }
      if x == 12 { best = min(best, root(12 + y, z), root(12 + z, y), root(16 - y, 4 + z), root(16 - z, 4 + y)) }
      if y == 4 { best = min(best, root(4 + x, z), root(x, 4 + z)) }
      if z == 4 { best = min(best, root(4 + x, y), root(x, 4 + y)) }
      #expect(abs(found.distances[v] - best) < 1e-5, "to \(p): \(found.distances[v]), \(best)")
    }
  }

  /// Never below the straight line, never above the way along edges, and symmetric.
  @Test func onAnEggItKeepsTheLawsOfDistance() {
    let mesh = EggHead.make(frequency: 10, noise: 3).mesh
    let sources = [0, 77, 300]
    let fields = sources.map { s in
      let t = mesh.triangles.firstIndex { Int($0.x) == s || Int($0.y) == s || Int($0.z) == s } ?? 0
      return ExactGeodesics(mesh, from: [(t, mesh.positions[s])], band: 1000).distances
    }
    for (i, s) in sources.enumerated() {
      for (j, r) in sources.enumerated() { #expect(abs(fields[i][r] - fields[j][s]) < 1e-4) }
      for v in mesh.positions.indices {
        #expect(fields[i][v] >= Double(length(mesh.positions[v] - mesh.positions[s])) - 1e-4)
        for j in sources.indices where j != i {
          #expect(fields[i][v] <= fields[j][v] + fields[j][s] + 1e-4)
        }
      }
      // Along an edge the distance changes by no more than the edge.
      for t in mesh.triangles {
        let edge = Double(length(mesh.positions[Int(t.x)] - mesh.positions[Int(t.y)]))
        #expect(abs(fields[i][Int(t.x)] - fields[i][Int(t.y)]) <= edge + 1e-4)
      }
    }
  }
}
