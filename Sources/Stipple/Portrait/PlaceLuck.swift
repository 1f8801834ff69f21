// Luck that neighbours share: how well a place took, from the skin and the practitioner's hand there.

import Arithmetic
import PigmentAging

/// Standard normal numbers that change over the scalp.
struct PlaceLuck {
  private let random: CounterRandom
  /// Distance between independent places, mm.
  private let cell: Float

  init(seed: UInt64, cell: Float) {
    random = CounterRandom(seed: seed &+ UInt64(cell), stream: RandomStream.placeLuck)
    self.cell = cell
  }

  /// Interpolated between the corners of a cube, its variance brought back to 1.
  func normal(at p: SIMD3<Float>) -> Double {
    let q = p / cell
    let base = SIMD3(q.x.rounded(.down), q.y.rounded(.down), q.z.rounded(.down))
    let t = q - base
    let corner = SIMD3<Int32>(base)
    var (sum, variance) = (0.0, 0.0)
    for k in 0..<8 {
      let (i, j, l) = (k & 1, k >> 1 & 1, k >> 2)
      let weight = Double((i == 1 ? t.x : 1 - t.x) * (j == 1 ? t.y : 1 - t.y) * (l == 1 ? t.z : 1 - t.z))
      let x = UInt64(UInt32(bitPattern: corner.x &+ Int32(i)) & 0x1F_FFFF)
      let y = UInt64(UInt32(bitPattern: corner.y &+ Int32(j)) & 0x1F_FFFF)
      let z = UInt64(UInt32(bitPattern: corner.z &+ Int32(l)) & 0x1F_FFFF)
      sum += weight * Double(random.normal(x | y << 21 | z << 42))
      variance += weight * weight
    }
    return sum / variance.squareRoot()
  }
}
