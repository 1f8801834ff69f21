// Smooth noise in three dimensions: random values on the integer lattice, blended by cubics (value noise; Perlin's
// lattice construction, 1985, with values instead of gradients). A hash of the lattice point gives the value, so that
// there is no table and no seam.

/// Noise in -1...1 with features about one unit wide; `seed` picks the pattern.
@inline(__always)
func valueNoise(_ p: SIMD3<Float>, seed: UInt32) -> Float {
  let ix = floorInt(p.x)
  let iy = floorInt(p.y)
  let iz = floorInt(p.z)
  let fx = p.x - Float(ix)
  let fy = p.y - Float(iy)
  let fz = p.z - Float(iz)
  let ux = fx * fx * (3 - 2 * fx)
  let uy = fy * fy * (3 - 2 * fy)
  let uz = fz * fz * (3 - 2 * fz)
  let x0 = UInt32(bitPattern: ix) &* 0x8DA6_B343
  let x1 = UInt32(bitPattern: ix &+ 1) &* 0x8DA6_B343
  let y0 = UInt32(bitPattern: iy) &* 0xD816_3841
  let y1 = UInt32(bitPattern: iy &+ 1) &* 0xD816_3841
  let z0 = UInt32(bitPattern: iz) &* 0xCB1A_B31F &+ seed
  let z1 = UInt32(bitPattern: iz &+ 1) &* 0xCB1A_B31F &+ seed
  let a = blend(lattice(x0 ^ y0 ^ z0), lattice(x1 ^ y0 ^ z0), ux)
  let b = blend(lattice(x0 ^ y1 ^ z0), lattice(x1 ^ y1 ^ z0), ux)
  let c = blend(lattice(x0 ^ y0 ^ z1), lattice(x1 ^ y0 ^ z1), ux)
  let d = blend(lattice(x0 ^ y1 ^ z1), lattice(x1 ^ y1 ^ z1), ux)
  return blend(blend(a, b, uy), blend(c, d, uy), uz)
}

@inline(__always)
private func blend(_ a: Float, _ b: Float, _ t: Float) -> Float { a + (b - a) * t }

/// A value in -1...1 from a mixed lattice index.
@inline(__always)
private func lattice(_ h: UInt32) -> Float {
  var x = h
  x = (x ^ (x >> 15)) &* 0x2C1B_3C6D
  x = (x ^ (x >> 12)) &* 0x297A_2D39
  x ^= x >> 15
  return Float(Int32(bitPattern: x)) * 0x1p-31
}

/// Three noises in -1...1 at once, from one hash per lattice point: for directions and displacements.
@inline(__always)
func valueNoise3(_ p: SIMD3<Float>, seed: UInt32) -> SIMD3<Float> {
  let ix = floorInt(p.x)
  let iy = floorInt(p.y)
  let iz = floorInt(p.z)
  let fx = p.x - Float(ix)
  let fy = p.y - Float(iy)
  let fz = p.z - Float(iz)
  let ux = fx * fx * (3 - 2 * fx)
  let uy = fy * fy * (3 - 2 * fy)
  let uz = fz * fz * (3 - 2 * fz)
  let x0 = UInt32(bitPattern: ix) &* 0x8DA6_B343
  let x1 = UInt32(bitPattern: ix &+ 1) &* 0x8DA6_B343
  let y0 = UInt32(bitPattern: iy) &* 0xD816_3841
  let y1 = UInt32(bitPattern: iy &+ 1) &* 0xD816_3841
  let z0 = UInt32(bitPattern: iz) &* 0xCB1A_B31F &+ seed
  let z1 = UInt32(bitPattern: iz &+ 1) &* 0xCB1A_B31F &+ seed
  let a = blend(lattice3(x0 ^ y0 ^ z0), lattice3(x1 ^ y0 ^ z0), ux)
  let b = blend(lattice3(x0 ^ y1 ^ z0), lattice3(x1 ^ y1 ^ z0), ux)
  let c = blend(lattice3(x0 ^ y0 ^ z1), lattice3(x1 ^ y0 ^ z1), ux)
  let d = blend(lattice3(x0 ^ y1 ^ z1), lattice3(x1 ^ y1 ^ z1), ux)
  return blend(blend(a, b, uy), blend(c, d, uy), uz)
}

@inline(__always)
private func blend(_ a: SIMD3<Float>, _ b: SIMD3<Float>, _ t: Float) -> SIMD3<Float> { a + (b - a) * t }

/// Three values in -1...1 from a mixed lattice index, ten bits each.
@inline(__always)
private func lattice3(_ h: UInt32) -> SIMD3<Float> {
  var x = h
  x = (x ^ (x >> 15)) &* 0x2C1B_3C6D
  x = (x ^ (x >> 12)) &* 0x297A_2D39
  x ^= x >> 15
  return SIMD3(
    Float(Int32(truncatingIfNeeded: x & 1023)), Float(Int32(truncatingIfNeeded: (x >> 10) & 1023)),
    Float(Int32(truncatingIfNeeded: (x >> 20) & 1023))) * (1 / 511.5) - 1
}
