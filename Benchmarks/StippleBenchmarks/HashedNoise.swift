/// Repeatable numbers for made-up inputs, by the finaliser of SplitMix64.
struct HashedNoise {
  let seed: UInt64

  func bits(_ index: UInt64) -> UInt64 {
    var z = seed &* 0xD134_2543_DE82_EF95 &+ index &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// In [0, 1).
  func uniform(_ index: UInt64) -> Float { Float(bits(index) >> 40) * 0x1p-24 }

  /// Mean 0, standard deviation 1.
  func normal(_ index: UInt64) -> Float { (0..<12).reduce(-6) { $0 + uniform(index &* 12 &+ UInt64($1)) } }
}
