import Arithmetic
import Meshes

/// The unit sphere as a subdivided icosahedron with `frequency` steps to an edge, 20 frequency² triangles.
package func icosphere(_ frequency: Int) -> TriangleMesh {
  let g: Float = 1.618_034
  let corners: [SIMD3<Float>] = [
    SIMD3(-1, g, 0), SIMD3(1, g, 0), SIMD3(-1, -g, 0), SIMD3(1, -g, 0), SIMD3(0, -1, g), SIMD3(0, 1, g),
    SIMD3(0, -1, -g), SIMD3(0, 1, -g), SIMD3(g, 0, -1), SIMD3(g, 0, 1), SIMD3(-g, 0, -1), SIMD3(-g, 0, 1),
  ]
  let faces: [SIMD3<Int>] = [
    SIMD3(0, 11, 5), SIMD3(0, 5, 1), SIMD3(0, 1, 7), SIMD3(0, 7, 10), SIMD3(0, 10, 11), SIMD3(1, 5, 9),
    SIMD3(5, 11, 4), SIMD3(11, 10, 2), SIMD3(10, 7, 6), SIMD3(7, 1, 8), SIMD3(3, 9, 4), SIMD3(3, 4, 2),
    SIMD3(3, 2, 6), SIMD3(3, 6, 8), SIMD3(3, 8, 9), SIMD3(4, 9, 5), SIMD3(2, 4, 11), SIMD3(6, 2, 10),
    SIMD3(8, 6, 7), SIMD3(9, 8, 1),
  ]
  var positions = [SIMD3<Float>]()
  var triangles = [SIMD3<UInt32>]()
  // Vertices shared by faces are found again by their integer coordinates: weights of the twelve corners.
  var known = [[Int]: UInt32]()
  func vertex(_ f: SIMD3<Int>, _ i: Int, _ j: Int) -> UInt32 {
    let k = frequency - i - j
    let key = [(f.x, k), (f.y, i), (f.z, j)].filter { $0.1 > 0 }.sorted { $0.0 < $1.0 }.flatMap { [$0.0, $0.1] }
    if let index = known[key] { return index }
    let p = corners[f.x] * Float(k) + corners[f.y] * Float(i) + corners[f.z] * Float(j)
    known[key] = UInt32(positions.count)
    positions.append(normalized(p))
    return UInt32(positions.count - 1)
  }
  for f in faces {
    for i in 0..<frequency {
      for j in 0..<frequency - i {
        triangles.append(SIMD3(vertex(f, i, j), vertex(f, i + 1, j), vertex(f, i, j + 1)))
        if i + j < frequency - 1 {
          triangles.append(SIMD3(vertex(f, i + 1, j), vertex(f, i + 1, j + 1), vertex(f, i, j + 1)))
        }
      }
    }
  }
  return TriangleMesh(positions: positions, triangles: triangles)
}

/// Closed ellipsoid with the proportions of a head at a third of its size, 20 × k² nearly equal triangles.
package func ellipsoid(_ k: Int, axes: SIMD3<Float> = SIMD3(26, 37, 33)) -> TriangleMesh {
  let sphere = icosphere(k)
  return TriangleMesh(positions: sphere.positions.map { $0 * axes }, triangles: sphere.triangles)
}
