// What makes a face a person's at the scale of tenths of a millimetre: the folds of lids, mouth and brow, deeper with
// age, and the places where skin is redder or darker. Folds are Gaussian furrows along curves drawn in the front view of
// the template face; the mesh has their broad part, this the sharp one. Courses follow the anatomy of the mannequin's
// own strokes (the Mannequin target); depths are set by eye against portraits (grade D).

import Arithmetic

/// Fine folds and colour of a face over paint coordinates, prepared for one age.
struct FaceDetail: Sendable {
  /// One place of the face.
  struct Place {
    /// What the folds add to the normal before it is made unit, paint coordinates.
    var tilt = SIMD3<Float>.zero
    /// Share of the light that a fold keeps from its own bottom, 0 to 1.
    var shade: Float = 0
    /// Logarithms of melanin and blood over the base skin's.
    var melanin: Float = 0
    var blood: Float = 0
    /// Added to the oil.
    var oil: Float = 0
    /// How much wider pores are than elsewhere, 0 to 1.
    var pores: Float = 0
  }

  /// A straight piece of a fold.
  private struct Piece: Sendable {
    var a: SIMD2<Float>
    var b: SIMD2<Float>
    /// Depth at either end, mm.
    var depthA: Float
    var depthB: Float
    var sigma: Float
    var fold: Int32
  }

  private static let cell: Float = 4
  private static let columns = 18
  private static let rows = 46
  private static let lowest: Float = -100
  /// Width of a pixel from which on folds are left out, mm: drafts.
  private static let coarsest: Float = 1.5
  /// Pieces near each cell of a grid over |x| and y, those of one fold together.
  private let start: [Int32]
  private let pieces: [Piece]
  private let seed: UInt32

  /// - Parameter age: years, 18 to 80; folds of expression deepen from 25 on.
  init(age: Float, seed: UInt32) {
    self.seed = seed
    let decades = clamp((age - 25) / 10, 0, 5.5)
    var all: [Piece] = []
    for (index, fold) in faceFolds.enumerated() {
      let depth = fold.depth + fold.perDecade * decades
      if depth < 0.008 { continue }
      let curve = smoothCurve(fold.points)
      let last = Float(curve.count - 1)
      for i in 0..<curve.count - 1 {
        // Folds run out at their ends, but go on across the midline.
        func fade(_ k: Int) -> Float {
          let t = Float(k) / last
          let first = fold.points[0].x == 0 ? 1 : smoothstep(0, 0.25, t)
          return depth * first * smoothstep(0, 0.5, 1 - t)
        }
        all.append(
          Piece(
            a: curve[i], b: curve[i + 1], depthA: fade(i), depthB: fade(i + 1), sigma: fold.sigma, fold: Int32(index)))
      }
    }
    var lists = [[Piece]](repeating: [], count: Self.columns * Self.rows)
    for piece in all {
      // Wander included; folds are at most 1 mm wide, or 1.5 pixels.
      let reach = 3 * piece.sigma + 2.5
      let x0 = max(0, Int((min(piece.a.x, piece.b.x) - reach) / Self.cell))
      let x1 = min(Self.columns - 1, Int((max(piece.a.x, piece.b.x) + reach) / Self.cell))
      let y0 = max(0, Int((min(piece.a.y, piece.b.y) - reach - Self.lowest) / Self.cell))
      let y1 = min(Self.rows - 1, Int((max(piece.a.y, piece.b.y) + reach - Self.lowest) / Self.cell))
      if x0 > x1 || y0 > y1 { continue }
      for y in y0...y1 {
        for x in x0...x1 { lists[y * Self.columns + x].append(piece) }
      }
    }
    var start: [Int32] = [0]
    for list in lists { start.append(start[start.count - 1] + Int32(list.count)) }
    self.start = start
    pieces = lists.flatMap { $0 }
  }

  /// Folds and colour at `p`.
  ///
  /// - Parameter pixel: width of a pixel, mm: narrower folds are drawn as wide, and as much shallower.
  @inline(__always)
  func callAsFunction(_ p: SIMD3<Float>, pixel: Float, memo: NoiseMemo? = nil) -> Place {
    var place = Place()
    let x = abs(p.x)
    // What is no number passes none of these.
    guard p.z >= 40, p.y < 84, p.y >= Self.lowest, x < 72 else { return place }
    colour(&place, x: x, y: p.y, z: p.z)
    // A division by four is exact: below 72 it stays below 18. A sum is not: just below 84 it is rounded up to 184.
    let column = Int(x / Self.cell)
    let row = min(Int((p.y - Self.lowest) / Self.cell), Self.rows - 1)
    let cell = row * Self.columns + column
    let range = Int(start[cell])..<Int(start[cell + 1])
    if range.isEmpty || pixel >= Self.coarsest { return place }

    // No two halves of a face are alike, and no fold is drawn with a ruler.
    let wander =
      valueNoise3(p * 0.13, seed: seed &+ 51, memo: memo) * 0.9 + valueNoise3(p * 0.6, seed: seed &+ 53, memo: memo)
      * 0.25
    let strength = clamp(0.8 + 0.75 * valueNoise(p * 0.21, seed: seed &+ 57, memo: memo), 0, 1.4)
    let q = SIMD2(x + wander.x, p.y + wander.y)
    var slope = SIMD2<Float>.zero
    var shade: Float = 0
    var i = range.lowerBound
    while i < range.upperBound {
      // The nearest piece of a fold stands for it.
      let fold = pieces[i].fold
      var nearest = Float.infinity
      var across = SIMD2<Float>.zero
      var depth: Float = 0
      let sigma = pieces[i].sigma
      while i < range.upperBound, pieces[i].fold == fold {
        let piece = pieces[i]
        let ab = piece.b - piece.a
        let aq = q - piece.a
        let t = clamp((aq.x * ab.x + aq.y * ab.y) / max(ab.x * ab.x + ab.y * ab.y, 1e-6), 0, 1)
        let d = aq - ab * t
        let squared = d.x * d.x + d.y * d.y
        if squared < nearest {
          nearest = squared
          across = d
          depth = piece.depthA + (piece.depthB - piece.depthA) * t
        }
        i += 1
      }
      // Averaged over a pixel
      let variance = sigma * sigma + 0.25 * min(pixel, 2) * min(pixel, 2)
      if nearest > 9 * variance { continue }
      let form = depth * strength * sigma / variance * exponential(-0.5 * nearest / variance)
      slope -= across * (form / variance.squareRoot())
      shade += 0.65 * form
    }
    place.tilt = SIMD3(p.x < 0 ? -slope.x : slope.x, slope.y, 0)
    place.shade = min(shade, 0.5)
    return place
  }

  /// Lids are thin and red, skin under the eye darker, wings of the nose and its tip red and oily.
  @inline(__always)
  private func colour(_ place: inout Place, x: Float, y: Float, z: Float) {
    if z > 62 && y > -18 && y < 26 && x > 8 && x < 54 {
      let under = bump((x - 29) / 11, (y + 3) / 5.5)
      let lid = bump((x - 31) / 10, (y - 12) / 6)
      let corner = bump((x - 17) / 4, (y - 8) / 5)
      place.melanin += 0.22 * under + 0.10 * lid + 0.12 * corner
      place.blood += 0.28 * under + 0.30 * lid + 0.25 * corner
      place.oil += 0.18 * lid
    }
    if z > 80 && y < 14 && y > -46 && x < 30 {
      let tip = bump(x / 11, (y + 20) / 8)
      let wing = bump((x - 17) / 5, (y + 25) / 8)
      place.blood += 0.22 * tip + 0.45 * wing
      place.oil += 0.25 * tip + 0.12 * bump(x / 7, (y - 2) / 14)
    }
    if z > 60 && y > -70 && y < 20 {
      place.pores = min(
        1, bump(x / 14, (y + 16) / 16) + 0.8 * bump((x - 28) / 13, (y + 22) / 14) + 0.5 * bump(x / 20, (y + 78) / 12))
    }
    if y > 30 { place.oil += 0.10 * bump(x / 24, (y - 52) / 16) }
  }

  @inline(__always)
  private func bump(_ u: Float, _ v: Float) -> Float {
    let q = u * u + v * v
    return q > 12 ? 0 : exponential(-0.5 * q)
  }
}

/// A fold of the left half of a face.
private struct FaceFold {
  /// (x, y) in the front view, mm; from x = 0 on it runs on mirrored.
  var points: [SIMD2<Float>]
  /// Half-width (one deviation), mm.
  var sigma: Float
  /// mm at the age of 25, and what a decade adds.
  var depth: Float
  var perDecade: Float
}

private let faceFolds: [FaceFold] = [
  // Upper lid: its crease, and a finer one below
  FaceFold(
    points: [SIMD2(15.5, 12), SIMD2(19, 16), SIMD2(25, 19.4), SIMD2(31, 20.4), SIMD2(38, 19.4), SIMD2(47, 13.5)],
    sigma: 0.45, depth: 0.30, perDecade: 0.03),
  FaceFold(
    points: [SIMD2(20, 14.4), SIMD2(27, 17.2), SIMD2(34, 17.4), SIMD2(42, 14)], sigma: 0.35, depth: 0.05,
    perDecade: 0.015),
  // Lower lid and the groove under it
  FaceFold(
    points: [SIMD2(16, 6), SIMD2(20, 2.4), SIMD2(27, -1), SIMD2(35, -1.4), SIMD2(42, 1.8)], sigma: 0.5, depth: 0.07,
    perDecade: 0.03),
  FaceFold(
    points: [SIMD2(17, 3), SIMD2(22, -2), SIMD2(30, -5), SIMD2(39, -4)], sigma: 0.6, depth: 0.05, perDecade: 0.03),
  FaceFold(
    points: [SIMD2(24, 1.2), SIMD2(30, -0.6), SIMD2(36, 0.4)], sigma: 0.3, depth: 0.025, perDecade: 0.015),
  // Corner of the eye
  FaceFold(points: [SIMD2(47.5, 10.5), SIMD2(54, 13.5), SIMD2(61, 17)], sigma: 0.45, depth: 0.015, perDecade: 0.05),
  FaceFold(points: [SIMD2(48.5, 8.6), SIMD2(56, 8), SIMD2(64, 7)], sigma: 0.5, depth: 0.02, perDecade: 0.055),
  FaceFold(points: [SIMD2(48, 6), SIMD2(54, 2.5), SIMD2(61, -3)], sigma: 0.45, depth: 0.015, perDecade: 0.045),
  FaceFold(points: [SIMD2(46, 4), SIMD2(51, -1.5), SIMD2(56, -8)], sigma: 0.4, depth: 0.0, perDecade: 0.04),
  // Forehead
  FaceFold(
    points: [SIMD2(0, 47), SIMD2(12, 48.5), SIMD2(26, 51), SIMD2(42, 50)], sigma: 0.65, depth: 0.05, perDecade: 0.055),
  FaceFold(points: [SIMD2(3, 53.5), SIMD2(14, 54.2), SIMD2(24, 56)], sigma: 0.4, depth: 0.02, perDecade: 0.025),
  FaceFold(
    points: [SIMD2(0, 60), SIMD2(14, 60.8), SIMD2(28, 62.5), SIMD2(46, 61)], sigma: 0.7, depth: 0.06, perDecade: 0.06),
  FaceFold(
    points: [SIMD2(0, 71), SIMD2(14, 71.5), SIMD2(28, 72), SIMD2(42, 70)], sigma: 0.65, depth: 0.03, perDecade: 0.05),
  // Between the brows, and across the root of the nose
  FaceFold(points: [SIMD2(6.3, 25), SIMD2(7, 32), SIMD2(8.8, 41)], sigma: 0.55, depth: 0.05, perDecade: 0.05),
  FaceFold(points: [SIMD2(0, 19), SIMD2(5, 18.4), SIMD2(9, 16.5)], sigma: 0.5, depth: 0.03, perDecade: 0.035),
  // From the wing of the nose to the corner of the mouth, and below that
  FaceFold(
    points: [SIMD2(18.5, -19), SIMD2(24, -31), SIMD2(29.5, -43), SIMD2(33, -55)], sigma: 1.5, depth: 0.22,
    perDecade: 0.12),
  FaceFold(points: [SIMD2(28.5, -56), SIMD2(30.5, -64), SIMD2(31, -73)], sigma: 1.0, depth: 0.02, perDecade: 0.07),
  // Corner of the mouth; the parting of the lips
  FaceFold(points: [SIMD2(22, -53.7), SIMD2(25.5, -53.7), SIMD2(27.5, -55)], sigma: 0.7, depth: 0.26, perDecade: 0.03),
  FaceFold(
    points: [SIMD2(0, -54.6), SIMD2(5, -54.1), SIMD2(10, -54.4), SIMD2(18, -54), SIMD2(27, -53.6)], sigma: 0.45,
    depth: 0.34, perDecade: 0),
  // Under the lip
  FaceFold(points: [SIMD2(0, -70), SIMD2(8, -69.4), SIMD2(16, -67)], sigma: 0.8, depth: 0.07, perDecade: 0.03),
]

/// A curve through the points (Catmull and Rom. A class of local interpolating splines. 1974), four pieces between two.
private func smoothCurve(_ points: [SIMD2<Float>]) -> [SIMD2<Float>] {
  let pieces = 4
  var curve: [SIMD2<Float>] = []
  for i in 0..<points.count - 1 {
    let p1 = points[i]
    let p2 = points[i + 1]
    // Across the midline a fold is its own mirror image.
    let mirrored = SIMD2(-points[1].x, points[1].y)
    let p0 = i > 0 ? points[i - 1] : (p1.x == 0 ? mirrored : p1 * 2 - p2)
    let p3 = i + 2 < points.count ? points[i + 2] : p2 * 2 - p1
    for k in 0..<pieces {
      let t = Float(k) / Float(pieces)
      let cubic = (p1 * 3 - p0 - p2 * 3 + p3) * (t * t * t)
      let square = (p0 * 2 - p1 * 5 + p2 * 4 - p3) * (t * t)
      curve.append((p1 * 2 + (p2 - p0) * t + square + cubic) * 0.5)
    }
  }
  curve.append(points[points.count - 1])
  return curve
}
