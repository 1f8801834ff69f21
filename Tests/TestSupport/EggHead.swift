import Arithmetic
import Meshes
import ScalpGeometry

/// A head without face or ears, of which everything is known: an ellipsoid 77 mm to the sides, 131 up, 150 down and
/// 100 forward and back, with landmarks on it.
package enum EggHead {
  package static let sides: Float = 77
  package static let up: Float = 131
  package static let down: Float = 150
  package static let depth: Float = 100

  package static func point(_ direction: SIMD3<Float>) -> SIMD3<Float> {
    let height = direction.y > 0 ? up : down
    let q = direction / SIMD3(sides, height, depth)
    return direction / length(q)
  }

  /// - Parameter noise: radial noise on the vertices, mm.
  package static func make(frequency: Int = 24, noise: Float = 0, scale: Float = 1) -> Head {
    var mesh = icosphere(frequency)
    let random = CounterRandom(seed: 7, stream: 1)
    for i in mesh.positions.indices {
      let p = point(mesh.positions[i]) * scale
      mesh.positions[i] = p + normalized(p) * (noise * (2 * random.uniform(UInt64(i)) - 1))
    }
    mesh = TriangleMesh(positions: mesh.positions, triangles: mesh.triangles)
    let marks = HeadLandmarks(
      glabella: point(SIMD3(0, 0.3, 1)) * scale, sellion: point(SIMD3(0, 0.15, 1)) * scale,
      leftTragion: SIMD3(sides, 0, 0) * scale, rightTragion: SIMD3(-sides, 0, 0) * scale,
      vertex: SIMD3(0, up, 0) * scale, inion: point(SIMD3(0, -0.15, -1)) * scale,
      leftCanthus: point(SIMD3(0.5, 0.1, 0.8)) * scale, rightCanthus: point(SIMD3(-0.5, 0.1, 0.8)) * scale)
    return Head(mesh: mesh, landmarks: marks)
  }
}

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

/// Length of the plane curve `point(angle)` between two angles, by fine steps.
package func arcLength(from: Double, to: Double, _ point: (Double) -> SIMD2<Double>) -> Double {
  let steps = 4000
  var total = 0.0
  var last = point(from)
  for k in 1...steps {
    let next = point(from + (to - from) * Double(k) / Double(steps))
    let d = next - last
    total += (d.x * d.x + d.y * d.y).squareRoot()
    last = next
  }
  return total
}
