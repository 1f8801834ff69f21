import Arithmetic
import Meshes

/// Small meshes with known properties.
enum MeshFixture {
  /// The octahedron |x| + |y| + |z| = 1, each face split `level` times into four and pushed onto the unit sphere.
  static func sphere(_ level: Int) -> TriangleMesh {
    var positions: [SIMD3<Float>] = [
      SIMD3(1, 0, 0), SIMD3(-1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, -1, 0), SIMD3(0, 0, 1), SIMD3(0, 0, -1),
    ]
    var triangles: [SIMD3<UInt32>] = [
      SIMD3(0, 2, 4), SIMD3(2, 1, 4), SIMD3(1, 3, 4), SIMD3(3, 0, 4), SIMD3(2, 0, 5), SIMD3(1, 2, 5), SIMD3(3, 1, 5),
      SIMD3(0, 3, 5),
    ]
    for _ in 0..<level {
      var middles: [SIMD2<UInt32>: UInt32] = [:]
      func middle(_ a: UInt32, _ b: UInt32) -> UInt32 {
        let key = SIMD2(min(a, b), max(a, b))
        if let known = middles[key] { return known }
        positions.append(normalized(positions[Int(a)] + positions[Int(b)]))
        middles[key] = UInt32(positions.count - 1)
        return UInt32(positions.count - 1)
      }
      var finer: [SIMD3<UInt32>] = []
      for t in triangles {
        let (ab, bc, ca) = (middle(t.x, t.y), middle(t.y, t.z), middle(t.z, t.x))
        finer += [SIMD3(t.x, ab, ca), SIMD3(t.y, bc, ab), SIMD3(t.z, ca, bc), SIMD3(ab, bc, ca)]
      }
      triangles = finer
    }
    return TriangleMesh(positions: positions, triangles: triangles)
  }

  /// A torus of `n` by `n` quads.
  static func torus(_ n: Int) -> TriangleMesh {
    var positions: [SIMD3<Float>] = []
    var triangles: [SIMD3<UInt32>] = []
    // Rational points of a circle: no trigonometry needed.
    func circle(_ k: Int) -> SIMD2<Float> {
      let t = Float(k % n) / Float(n) * 8
      let q = Int(t / 2)
      let s = t / 2 - Float(q)
      let p = SIMD2((1 - s * s) / (1 + s * s), 2 * s / (1 + s * s))
      return [p, SIMD2(-p.y, p.x), -p, SIMD2(p.y, -p.x)][q % 4]
    }
    for i in 0..<n {
      for j in 0..<n {
        let (a, b) = (circle(i), circle(j))
        positions.append(SIMD3(a.x * (3 + b.x), a.y * (3 + b.x), b.y))
        let (i1, j1) = ((i + 1) % n, (j + 1) % n)
        let (p, q, r, s) = (
          UInt32(i * n + j), UInt32(i1 * n + j), UInt32(i1 * n + j1), UInt32(i * n + j1)
        )
        triangles += [SIMD3(p, q, r), SIMD3(p, r, s)]
      }
    }
    return TriangleMesh(positions: positions, triangles: triangles)
  }
}
