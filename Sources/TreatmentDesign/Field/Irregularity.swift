// Smooth random variation: along a line, and through space. Values on a lattice from the counter hash, between them
// a cubic B-spline (along a line) or a smoothed trilinear blend (through space; Perlin. An image synthesizer. 1985).
import Arithmetic

/// A smooth random function of length along a line with mean 0 and standard deviation 1.
struct LineIrregularity {
  let random: CounterRandom
  /// Lattice spacing, mm. The variation's own wavelengths are about 3 times that and longer.
  let spacing: Float

  func callAsFunction(_ along: Float) -> Float {
    let x = along / spacing + 1024
    let i = x.rounded(.down)
    let t = x - i
    let k = UInt64(held(i, 1, 0x1p40))
    let u = 1 - t
    let w0 = u * u * u / 6
    let w1 = (3 * t * t * t - 6 * t * t + 4) / 6
    let w2 = (3 * u * u * u - 6 * u * u + 4) / 6
    let w3 = t * t * t / 6
    let sum =
      w0 * random.normal(k - 1) + w1 * random.normal(k) + w2 * random.normal(k + 1) + w3 * random.normal(k + 2)
    // Mean square of a cubic B-spline of unit white noise: 151/315.
    return sum / Float(151.0 / 315).squareRoot()
  }
}

/// A smooth random function of space, between -1 and 1.
struct SpaceIrregularity: Sendable {
  let random: CounterRandom
  /// Lattice spacing, mm.
  let spacing: Float

  @inline(__always)
  func callAsFunction(_ p: SIMD3<Float>) -> Float {
    // Shift into positive numbers, where truncation is floor.
    let q = p / spacing + SIMD3(repeating: 512)
    let i = SIMD3<Int32>(Int32(held(q.x, 0, 1023)), Int32(held(q.y, 0, 1023)), Int32(held(q.z, 0, 1023)))
    let f = q - SIMD3<Float>(Float(i.x), Float(i.y), Float(i.z))
    let t = f * f * (SIMD3(repeating: 3) - 2 * f)
    @inline(__always) func lattice(_ dx: Int32, _ dy: Int32, _ dz: Int32) -> Float {
      let x = UInt64(i.x + dx)
      let y = UInt64(i.y + dy)
      let z = UInt64(i.z + dz)
      return 2 * random.uniform(x << 22 | y << 11 | z) - 1
    }
    let a = mix(mix(lattice(0, 0, 0), lattice(1, 0, 0), t.x), mix(lattice(0, 1, 0), lattice(1, 1, 0), t.x), t.y)
    let b = mix(mix(lattice(0, 0, 1), lattice(1, 0, 1), t.x), mix(lattice(0, 1, 1), lattice(1, 1, 1), t.x), t.y)
    return mix(a, b, t.z)
  }
}
