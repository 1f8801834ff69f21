// The fine pattern of skin: plates of about half a millimetre with furrows between, as cellular noise (Worley. A cellular
// texture basis function. 1996). Only close-ups resolve it.

import HeadGeometry

/// Furrows near a point.
struct SkinFurrow {
  /// Direction across the nearest furrow, unit.
  var across: SIMD3<Float>
  /// 1 in the middle of a furrow, 0 on a plate.
  var depth: Float
}

/// The furrow pattern at `p`, given in plates (one unit is the size of a plate).
@inline(__always)
func skinFurrow(_ p: SIMD3<Float>, seed: UInt32) -> SkinFurrow {
  let ix = floorInt(p.x)
  let iy = floorInt(p.y)
  let iz = floorInt(p.z)
  var first = Float.infinity
  var second = Float.infinity
  var nearest = SIMD3<Float>.zero
  var other = SIMD3<Float>.zero
  for dz: Int32 in -1...1 {
    for dy: Int32 in -1...1 {
      for dx: Int32 in -1...1 {
        let x = ix &+ dx
        let y = iy &+ dy
        let z = iz &+ dz
        var h =
          (UInt32(bitPattern: x) &* 0x8DA6_B343) ^ (UInt32(bitPattern: y) &* 0xD816_3841)
          ^ (UInt32(bitPattern: z) &* 0xCB1A_B31F) &+ seed
        h = (h ^ (h >> 15)) &* 0x2C1B_3C6D
        h = (h ^ (h >> 12)) &* 0x297A_2D39
        h ^= h >> 15
        let centre = SIMD3(
          Float(x) + Float(h & 1023) * 0x1p-10, Float(y) + Float((h >> 10) & 1023) * 0x1p-10,
          Float(z) + Float((h >> 20) & 1023) * 0x1p-10)
        let d = centre - p
        let d2 = dot(d, d)
        if d2 < first {
          second = first
          other = nearest
          first = d2
          nearest = centre
        } else if d2 < second {
          second = d2
          other = centre
        }
      }
    }
  }
  let gap = second.squareRoot() - first.squareRoot()
  return SkinFurrow(across: normalized(other - nearest), depth: 1 - smoothstep(0, 0.42, gap))
}
