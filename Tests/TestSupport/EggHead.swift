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
