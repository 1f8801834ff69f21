import Meshes
import ScalpGeometry

/// An egg of a head with landmarks where a head has them: enough for a camera, and made in no time, which matters
/// under valgrind.
func eggHead() -> Head {
  let (rings, spokes) = (48, 64)
  let radii = SIMD3<Float>(75, 110, 95)
  // The circle in rational form: t from 0 to 1 is a quarter turn.
  func quarter(_ t: Float) -> SIMD2<Float> { SIMD2(1 - t * t, 2 * t) / (1 + t * t) }
  var positions: [SIMD3<Float>] = [SIMD3(0, radii.y, 0)]
  for ring in 1..<rings {
    let t = 2 * Float(ring) / Float(rings)
    let q = t <= 1 ? quarter(t) : SIMD2(-quarter(2 - t).x, quarter(2 - t).y)
    for spoke in 0..<spokes {
      let c = quarter(Float(spoke % (spokes / 4)) / Float(spokes / 4))
      let around = [c, SIMD2(-c.y, c.x), -c, SIMD2(c.y, -c.x)][spoke / (spokes / 4)]
      positions.append(radii * SIMD3(q.y * around.x, q.x, q.y * around.y))
    }
  }
  positions.append(SIMD3(0, -radii.y, 0))
  func vertex(_ ring: Int, _ spoke: Int) -> UInt32 {
    if ring == 0 { return 0 }
    return ring == rings ? UInt32(positions.count - 1) : UInt32(1 + (ring - 1) * spokes + spoke % spokes)
  }
  var triangles: [SIMD3<UInt32>] = []
  for ring in 0..<rings {
    for spoke in 0..<spokes {
      let (a, b) = (vertex(ring, spoke), vertex(ring, spoke + 1))
      let (c, d) = (vertex(ring + 1, spoke), vertex(ring + 1, spoke + 1))
      if ring > 0 { triangles.append(SIMD3(a, b, d)) }
      if ring < rings - 1 { triangles.append(SIMD3(a, d, c)) }
    }
  }
  return Head(
    mesh: TriangleMesh(positions: positions, triangles: triangles),
    landmarks: HeadLandmarks(
      glabella: SIMD3(0, 30, 90), sellion: SIMD3(0, 15, 93), leftTragion: SIMD3(75, 0, 0),
      rightTragion: SIMD3(-75, 0, 0), vertex: SIMD3(0, 110, 0), inion: SIMD3(0, 15, -93),
      leftCanthus: SIMD3(45, 10, 75), rightCanthus: SIMD3(-45, 10, 75)))
}
