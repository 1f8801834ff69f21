// Folds across the nape of the mannequin: where the head is carried, skin is pushed together below the occipital bone. Flat
// furrows, deeper with age, that run out at the sides (courses and depths by eye, grade D).

import Arithmetic

struct NapeFolds: Sendable {
  private struct Fold: Sendable {
    /// Height at the midline, mm, and how far it rises at the sides, per mm² of x.
    var y: Float
    var rise: Float
    var depth: Float
    var sigma: Float
    /// Half its length, mm.
    var reach: Float
  }
  private let folds: [Fold]
  private let seed: UInt32

  init(age: Float, seed: UInt32) {
    let decades = clamp((age - 25) / 10, 0, 5.5)
    folds = [
      Fold(y: -46, rise: 0.0016, depth: 0.10 + 0.10 * decades, sigma: 1.3, reach: 34),
      Fold(y: -59, rise: 0.0024, depth: 0.25 + 0.09 * decades, sigma: 1.1, reach: 42),
      Fold(y: -72, rise: 0.0020, depth: 0.14 + 0.07 * decades, sigma: 1.0, reach: 38),
    ]
    self.seed = seed
  }

  /// Adds tilt and shade of the folds at `p`, paint coordinates.
  @inline(__always)
  func add(to place: inout FaceDetail.Place, at p: SIMD3<Float>, pixel: Float, memo: NoiseMemo?) {
    guard p.z < -15, p.y < -38, p.y > -86, abs(p.x) < 48, pixel < 2 else { return }
    let wander = valueNoise(p * 0.09, seed: seed &+ 52, memo: memo)
    let strength = 0.75 + 0.6 * valueNoise(p * 0.05, seed: seed &+ 54, memo: memo)
    for fold in folds {
      let variance = fold.sigma * fold.sigma + 0.25 * pixel * pixel
      let away = p.y - fold.y - fold.rise * p.x * p.x - 2.2 * wander
      if away * away > 9 * variance { continue }
      let end = 1 - smoothstep(0.35 * fold.reach, fold.reach, abs(p.x))
      let form = fold.depth * strength * end * fold.sigma / variance * exponential(-0.5 * away * away / variance)
      place.tilt.y += away * form / variance.squareRoot()
      place.shade += min(0.45 * form, 0.4)
    }
  }
}
