// The colour of skin from place to place: blotches, redness, small vessels, moles and sun spots.
//
// Blotches are sums of noises whose spread is known, so that the mean albedo stays the tone's. On photographs of shaved
// scalps a* wanders by 0.5 to 2.7 and b* by 1.1 to 3.3 (standard deviations, after a blur of 3 pixels on a head of about
// 500), and L* by 0.4 to 1.3 from pixel to pixel.

import Arithmetic
import SkinOptics

/// How a skin's colour wanders.
struct SkinMottle: Sendable {
  /// Logarithms of melanin and blood over the tone's.
  struct Place {
    var melanin: Float = 0
    var blood: Float = 0
    /// Slow variation over about 5 mm, for the sheen to share.
    var sheen: Float = 0
  }

  /// Of one noise of each size: factors on the logarithms of melanin and blood.
  private struct Weights {
    var broad: SIMD2<Float>
    var wide: SIMD2<Float>
    var middle: SIMD2<Float>
    var small: SIMD2<Float>
    var fine: SIMD2<Float>

    var all: [SIMD2<Float>] { [broad, wide, middle, small, fine] }
  }
  private let weights: Weights
  /// Logarithm of albedo to take off, so that the blotches leave the mean as it is.
  let excess: SIMD3<Float>
  private let vessels: Float
  private let spots: SkinSpots
  private let seed: UInt32

  /// Variance of a value noise: a third of its lattice's, times what blending leaves along each axis (26/35).
  static let variance: Float = 1.0 / 3 * 0.4099

  /// - Parameters:
  ///   - melaninTint: change of log albedo with the logarithm of melanin; bloodTint: of blood.
  ///   - fairness: 1 for the fairest skins to 0 for the darkest: fair skin shows its blood and its sun spots.
  init(melaninTint: SIMD3<Float>, bloodTint: SIMD3<Float>, fairness: Float, age: Float, seed: UInt32) {
    // A swing of 1 takes a tenth of the green light, by melanin or by blood, whatever the tone.
    let melanin = min(1.5, 0.105 / max(abs(melaninTint.y), 1e-3))
    let blood = min(1.5, 0.105 / max(abs(bloodTint.y), 1e-3))
    let swing = SIMD2(melanin, blood)
    weights = Weights(
      broad: swing * SIMD2(1.30, 0.35), wide: swing * SIMD2(0.50, 1.35), middle: swing * SIMD2(0.55, 0.62),
      small: swing * SIMD2(0.30, 0.36), fine: swing * SIMD2(0.62, 0.42))
    var excess = SIMD3<Float>.zero
    for weight in weights.all {
      let tint = melaninTint * weight.x + bloodTint * weight.y
      excess += tint * tint * (0.5 * Self.variance)
    }
    self.excess = excess
    vessels = (0.5 + 0.5 * fairness) * min(0.8, 0.10 / max(abs(bloodTint.y), 1e-3))
    spots = SkinSpots(
      melanin: 1 / max(abs(melaninTint.y), 1e-3), blood: 1 / max(abs(bloodTint.y), 1e-3), fairness: fairness, age: age,
      seed: seed &+ 71)
    self.seed = seed
  }

  /// - Parameter pixel: width of a pixel, mm.
  @inline(__always)
  func callAsFunction(_ p: SIMD3<Float>, pixel: Float, memo: NoiseMemo?) -> Place {
    // Blotches 30, 16, 5, 2.4 and 1.3 mm wide
    let broad = valueNoise(p * 0.033, seed: seed &+ 23, memo: memo)
    let wide = valueNoise(p * 0.06, seed: seed, memo: memo)
    let middle = valueNoise(p * 0.21, seed: seed &+ 1, memo: memo)
    var sum = weights.broad * broad + weights.wide * wide + weights.middle * middle
    var edge: Float = 0
    var grain: Float = 0
    if pixel < 2 {
      edge = valueNoise(p * 0.41, seed: seed &+ 13, memo: memo)
      sum += weights.small * (edge * smoothstep(1.2, 3.5, 2.4 / pixel))
      let shown = smoothstep(1.2, 3.0, 1.4 / pixel)
      if shown > 0 {
        grain = valueNoise(p * 0.8, seed: seed &+ 2, memo: memo) * shown
        sum += weights.fine * grain
      }
    }
    // Small vessels: where a slow noise passes through zero, in the redder parts
    let there = smoothstep(0.05, 0.35, wide)
    if there > 0 {
      let course = abs(valueNoise(p * 0.13 + SIMD3(repeating: 0.35 * edge), seed: seed &+ 18, memo: memo))
      // 0.3 mm wide; what a pixel cannot show that narrow it shows wider and weaker.
      let width = 0.035 + 0.05 * min(pixel, 1)
      if course < width { sum.y += vessels * there * (0.035 / width) * (1 - course / width) }
    }
    spots.add(to: &sum, at: p, edge: edge + 0.6 * grain, pixel: pixel)
    return Place(melanin: sum.x, blood: sum.y, sheen: middle)
  }
}

/// Moles, sun spots (lentigines) and cherry spots: balls on a lattice, shown where the skin cuts them. A ball lies so far
/// from its cell's faces that no other cell matters.
struct SkinSpots: Sendable {
  private static let cell: Float = 10
  /// Logarithms of melanin and blood that take all but 1/e of the green light.
  private let melanin: Float
  private let blood: Float
  /// Shares of cells with a mole and with a sun spot.
  private let moles: Float
  private let sunSpots: Float
  /// Share of moles that are red.
  private let cherries: Float
  private let seed: UInt32

  init(melanin: Float, blood: Float, fairness: Float, age: Float, seed: UInt32) {
    self.melanin = melanin
    self.blood = blood
    // About 20 moles on a head of 700 cm²; sun spots from 30 on, a hundred on the fair skin of 75 (by eye, grade D).
    moles = 0.045
    sunSpots = clamp((age - 28) / 50, 0.02, 1) * (0.08 + 0.42 * fairness)
    cherries = clamp((age - 35) / 80, 0, 0.4)
    self.seed = seed
  }

  /// - Parameter edge: a noise about -1...1 that makes outlines ragged and their inside uneven.
  @inline(__always)
  func add(to sum: inout SIMD2<Float>, at p: SIMD3<Float>, edge: Float, pixel: Float) {
    let q = p * (1 / Self.cell)
    let cell = SIMD3(floorInt(q.x), floorInt(q.y), floorInt(q.z))
    var h = latticeX(cell.x) ^ latticeY(cell.y) ^ (latticeZ(cell.z) &+ seed)
    h = (h ^ (h >> 15)) &* 0x2C1B_3C6D
    h = (h ^ (h >> 12)) &* 0x297A_2D39
    h ^= h >> 15
    let rank = Float(h >> 20) * (1 / 4096 as Float)
    if rank >= moles + sunSpots { return }
    let g = (h &* 0x9E37_79B1) ^ (h >> 13)
    // From 0.3 to 0.7 of the cell
    let middle =
      SIMD3(Float(cell.x), Float(cell.y), Float(cell.z)) + 0.3
      + SIMD3(Float(g & 511), Float((g >> 9) & 511), Float((g >> 18) & 511)) * (0.4 / 511)
    let away = length(q - middle) * Self.cell
    let isMole = rank < moles
    let luck = isMole ? rank / moles : (rank - moles) / sunSpots
    let radius = isMole ? 0.7 + 1.1 * luck : 0.8 + 1.0 * luck
    if away > radius * 1.21 + 0.6 + pixel { return }
    let soft = max(isMole ? 0.3 : 0.6, pixel * 0.6)
    let inside = radius * (1 + (isMole ? 0.12 : 0.35) * clamp(edge, -0.6, 0.6)) - away
    let share = smoothstep(-soft, soft, inside) * (1 + 0.5 * edge)
    if !isMole {
      // Not olive: what is under a sun spot is a little redder as well.
      sum.x += share * melanin * (0.14 + 0.13 * luck)
      sum.y += share * blood * 0.07
    } else if Float(g >> 27) * (1 / 32) < cherries {
      sum.y += share * blood * 0.6
    } else {
      sum.x += share * melanin * (0.45 + 0.45 * Float((g >> 22) & 31) * (1 / 31))
    }
  }
}
