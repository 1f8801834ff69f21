// Random numbers by hashing (seed, stream, index): the same number for the same three, whatever the order
// of calls or the number of threads. The mixing function is the finaliser of SplitMix64
// (Steele, Lea, Flood. Fast splittable pseudorandom number generators. 2014).

/// A stateless source of random numbers, keyed by a seed and a stream name.
@frozen
package struct CounterRandom: Sendable, Equatable {
  @usableFromInline let key: UInt64

  /// A source for one purpose. Different `stream` numbers give unrelated sequences for the same seed.
  @inlinable
  package init(seed: UInt64, stream: UInt64) {
    key = mix64(mix64(seed ^ 0x5371_7070_6C65_0001) ^ mix64(stream &+ 0x9E37_79B9))
  }

  /// 64 random bits for `index`.
  @inlinable @inline(__always)
  package func bits(_ index: UInt64) -> UInt64 { mix64(key &+ index) }

  /// A number in [0, 1) with 24 random bits.
  @inlinable @inline(__always)
  package func uniform(_ index: UInt64) -> Float { Float(bits(index) >> 40) * 0x1p-24 }

  /// Two independent numbers in [0, 1) with 24 random bits each.
  @inlinable @inline(__always)
  package func uniformPair(_ index: UInt64) -> SIMD2<Float> {
    let b = bits(index)
    return SIMD2(Float(b >> 40) * 0x1p-24, Float((b >> 8) & 0xFF_FFFF) * 0x1p-24)
  }

  /// A standard normal deviate from the sum of twelve uniform numbers (exact mean and variance, tails cut at ±6).
  /// Additions only, so that the result is the same on every machine.
  @inlinable
  package func normal(_ index: UInt64) -> Float {
    var sum: Float = -6
    for k in 0..<6 {
      let pair = uniformPair(index &* 6 &+ UInt64(k))
      sum += pair.x + pair.y
    }
    return sum
  }
}

/// The finaliser of SplitMix64.
@inlinable @inline(__always)
package func mix64(_ x: UInt64) -> UInt64 {
  var z = x &+ 0x9E37_79B9_7F4A_7C15
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}
