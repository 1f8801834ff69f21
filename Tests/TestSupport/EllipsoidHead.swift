import Arithmetic
import Meshes
import ScalpGeometry

/// A head-sized ellipsoid with landmarks: enough to render on, and quick to make.
package func ellipsoidHead(rings: Int = 40) -> Head {
  let radii = SIMD3<Float>(77, 131, 100)
  var positions: [SIMD3<Float>] = []
  var triangles: [SIMD3<UInt32>] = []
  let columns = rings * 2
  for i in 0...rings {
    for j in 0..<columns {
      let theta = Float(i) / Float(rings) * Float.pi
      let phi = Float(j) / Float(columns) * 2 * Float.pi
      let (s, c) = sineCosine(theta)
      let (sp, cp) = sineCosine(phi)
      positions.append(SIMD3(s * sp, c, s * cp) * radii)
    }
  }
  for i in 0..<rings {
    for j in 0..<columns {
      let a = UInt32(i * columns + j)
      let b = UInt32(i * columns + (j + 1) % columns)
      let c = UInt32((i + 1) * columns + j)
      let d = UInt32((i + 1) * columns + (j + 1) % columns)
      if i > 0 { triangles.append(SIMD3(a, c, b)) }
      if i < rings - 1 { triangles.append(SIMD3(b, c, d)) }
    }
  }
  let normals = positions.map { normalized($0 / (radii * radii)) }
  let mesh = TriangleMesh(positions: positions, triangles: triangles, normals: normals)
  let marks = HeadLandmarks(
    glabella: SIMD3(0, 34, 97), sellion: SIMD3(0, 20, 99), leftTragion: SIMD3(77, 0, 0), rightTragion: SIMD3(-77, 0, 0),
    vertex: SIMD3(0, 131, 0), inion: SIMD3(0, -12, -99), leftCanthus: SIMD3(46, 10, 79),
    rightCanthus: SIMD3(-46, 10, 79))
  return Head(mesh: mesh, landmarks: marks)
}

private func sineCosine(_ x: Float) -> (Float, Float) {
  // Halve the angle until a short series is exact enough, then double back.
  let h = x / 64
  var s = h - h * h * h / 6
  var c = 1 - h * h / 2 + h * h * h * h / 24
  for _ in 0..<6 { (s, c) = (2 * s * c, c * c - s * s) }
  let n = (s * s + c * c).squareRoot()
  return (s / n, c / n)
}
