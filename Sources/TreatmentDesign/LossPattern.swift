// Patterns of hair loss as smooth fields over the scalp.
//
// Each grade is a few closed outlines in coordinates that carry over between heads: s, the share of the midline from
// sellion to inion, and t, the share of the way from the midline to the tragion. Inside an outline the hair keeps a
// share of its density and of its calibre; the border is a smooth step of stated width.
//
// Grades: Hamilton 1951, Norwood 1975 (men), Ludwig 1977 (women). No table of areas is published; outlines were drawn
// so that the bald or thin area on the mean man lies in the ranges that practitioners plan with (II 5-25 cm²,
// III 25-60, III vertex 40-90, IV 60-120, V 100-170, VI 150-240, VII 220-330). Type II stays in front of a line 2 cm
// before the ears, III passes it. Density ratios after Courtois 1995 and the trade's reading of each grade; design
// values, to be matched by eye.
import HeadGeometry

/// What is left of the hair, and how wide the parting is.
struct LossPattern: Sendable {
  /// Per vertex: share of the natural density that remains, 0 to 1.
  let residual: [Float]
  /// Per vertex: share of the natural calibre that remains.
  let calibre: [Float]
  /// Area inside the outlines that count as bald or thin, cm².
  let area: Float
  /// A woman's parting, if there is one.
  private let parting: LineField?
  let partingWidth: Float

  init(_ hair: ExistingHair, seed: UInt64, on scalp: Scalp, threads: Int?) throws(CompileError) {
    let positions = scalp.head.mesh.positions
    let pattern = outlines(of: hair.loss)
    let ragged = SpaceIrregularity(random: CounterRandom(seed: seed, stream: RandomStream.lossEdge), spacing: 16)
    var kept = [SIMD2<Float>](
      repeating: SIMD2(pattern.elsewhere, mix(1, pattern.elsewhere, 0.3)), count: positions.count)
    // Distance inside the nearest outline that counts, or outside all.
    var bare = [Float](repeating: hair.loss == .total ? ScalpRegion.band : -ScalpRegion.band, count: positions.count)
    for region in pattern.regions {
      let outline = SurfaceCurve(through: region.outline(on: scalp), closed: true, on: scalp.frame)
      let distances = scalp.signedDistance(inside: outline, band: 60, threads: threads)
      let taken = SIMD2(1 - region.residual, 1 - region.calibre)
      let reach = region.edge
      let before = kept
      kept = tabulate(positions.count, initial: .zero, threads: threads) { i in
        if distances[i] < -2 * reach { return before[i] }
        let share = risen(distances[i] + 0.2 * reach * ragged(positions[i]), feather: reach)
        return before[i] * (SIMD2(1, 1) - taken * share)
      }
      if region.counts {
        for i in bare.indices where distances[i] > bare[i] { bare[i] = distances[i] }
      }
    }
    residual = kept.map(\.x)
    calibre = kept.map(\.y)
    let inside = scalp.region.distances
    area = scalp.area(above: bare.indices.map { min(bare[$0], inside[$0]) })

    // The parting of a woman's hair: along the midline from the hairline to the crown.
    let width = hair.partWidth ?? pattern.partingWidth
    try check(width, in: 0...60, "mm", layer: nil, "hair.partWidth")
    partingWidth = Float(width)
    guard width > 0 else {
      parting = nil
      return
    }
    let path = [0.15, 0.25, 0.35, 0.45, 0.55, 0.64].map { (s: Float) -> SIMD3<Float> in
      let tape = scalp.frame.tape(s: s, t: 0.012)
      return scalp.frame.place(up: tape.up, side: tape.side)?.position ?? .zero
    }
    let line = SurfaceCurve(through: path, on: scalp.frame)
    parting = LineField(line, reach: Float(width) + 2, on: scalp, threads: threads)
  }

  /// Share of hair that stands at a place as far as the parting goes: near 0 in it.
  @inline(__always)
  func besideParting(_ corners: FieldCorners) -> Float {
    guard let parting else { return 1 }
    let place = parting.read(corners)
    // It narrows towards the crown and ends there.
    let run = place.along / parting.length
    let half = 0.5 * partingWidth * (1 - 0.65 * run * run)
    return 1 - 0.92 * risen(half - place.distance, feather: max(1.2, 0.35 * partingWidth))
  }
}

/// One outline of a grade.
private struct LossRegion {
  /// Left half from the front of the midline to its back, as (s, t).
  let left: [SIMD2<Float>]
  /// Share of density and of calibre left inside.
  let residual: Float
  let calibre: Float
  /// 10 to 90 % width of the border, mm.
  let edge: Float
  /// Whether its area counts as bald or thin.
  var counts = true

  func outline(on scalp: Scalp) -> [SIMD3<Float>] {
    func skin(_ p: SIMD2<Float>, _ sign: Float) -> SIMD3<Float>? {
      let tape = scalp.frame.tape(s: p.x, t: sign * p.y)
      return scalp.frame.place(up: max(tape.up, 0), side: tape.side)?.position
    }
    let leftSide = left.compactMap { skin($0, 1) }
    // Back along the right, without the ends that lie on the midline.
    let rightSide = left.reversed().filter { $0.y > 0.001 }.compactMap { skin($0, -1) }
    return leftSide + rightSide
  }
}

private struct LossOutlines {
  var regions: [LossRegion] = []
  /// Share of density left outside all outlines.
  var elsewhere: Float = 1
  /// Width of the parting, mm; 0 for none.
  var partingWidth: Double = 0
}

/// An oval around (s, 0): half lengths in s and t.
private func oval(_ s: Float, _ halfS: Float, _ halfT: Float) -> [SIMD2<Float>] {
  [-1, -0.9, -0.62, -0.22, 0.22, 0.62, 0.9, 1].map { x in
    SIMD2(s + halfS * x, halfT * max(1 - x * x, 0).squareRoot())
  }
}

/// A line of recession, told from the midline to the temple, closed over the forehead.
private func receded(_ line: [SIMD2<Float>]) -> [SIMD2<Float>] {
  let end = line[line.count - 1]
  let forehead = [SIMD2(0.06, 0), SIMD2(0.06, 0.2), SIMD2(0.065, 0.42), SIMD2(0.5 * (end.x + 0.07), end.y + 0.05)]
  return forehead + line.reversed()
}

private func outlines(of loss: ExistingHair.Loss) -> LossOutlines {
  switch loss {
  case .none: return LossOutlines()
  case .total: return LossOutlines(elsewhere: 0)
  case .norwoodII:
    return LossOutlines(regions: [LossRegion(left: receded(frontII), residual: 0.3, calibre: 0.7, edge: 10)])
  case .norwoodIII:
    return LossOutlines(regions: [LossRegion(left: receded(frontIII), residual: 0.08, calibre: 0.5, edge: 11)])
  case .norwoodIIIVertex:
    return LossOutlines(regions: [
      LossRegion(left: receded(frontIIIVertex), residual: 0.15, calibre: 0.6, edge: 11),
      LossRegion(left: oval(0.725, 0.083, 0.205), residual: 0.4, calibre: 0.6, edge: 20),
    ])
  case .crown:
    return LossOutlines(regions: [LossRegion(left: oval(0.725, 0.1, 0.245), residual: 0.2, calibre: 0.55, edge: 20)])
  case .norwoodIV:
    return LossOutlines(regions: [
      LossRegion(left: receded(frontIV), residual: 0.08, calibre: 0.5, edge: 13),
      LossRegion(left: oval(0.725, 0.09, 0.225), residual: 0.25, calibre: 0.5, edge: 20),
      LossRegion(left: oval(0.48, 0.24, 0.36), residual: 0.7, calibre: 0.75, edge: 25, counts: false),
    ])
  case .norwoodV:
    return LossOutlines(regions: [
      LossRegion(left: receded(frontV), residual: 0.05, calibre: 0.45, edge: 14),
      LossRegion(left: oval(0.715, 0.112, 0.285), residual: 0.08, calibre: 0.45, edge: 18),
      LossRegion(left: oval(0.49, 0.27, 0.4), residual: 0.42, calibre: 0.6, edge: 25, counts: false),
    ])
  case .norwoodVI:
    return LossOutlines(regions: [LossRegion(left: receded(topVI), residual: 0.04, calibre: 0.45, edge: 15)])
  case .norwoodVII:
    return LossOutlines(
      regions: [LossRegion(left: receded(topVII), residual: 0.02, calibre: 0.4, edge: 16)], elsewhere: 0.72)
  case .ludwigI: return ludwig(residual: 0.75, calibre: 0.85, parting: 3)
  case .ludwigII: return ludwig(residual: 0.5, calibre: 0.7, parting: 8)
  case .ludwigIII: return ludwig(residual: 0.25, calibre: 0.6, parting: 20)
  }
}

/// Thinning of the top behind a kept front of 1 to 3 cm: an oval of about 9 by 14 cm around the parting.
private func ludwig(residual: Float, calibre: Float, parting: Double) -> LossOutlines {
  LossOutlines(
    regions: [LossRegion(left: oval(0.445, 0.185, 0.28), residual: residual, calibre: calibre, edge: 25)],
    partingWidth: parting)
}

// Receded hairlines, from the midline to where they meet the adult border at the temple.
private let frontII: [SIMD2<Float>] = [
  SIMD2(0.186, 0), SIMD2(0.188, 0.07), SIMD2(0.202, 0.125), SIMD2(0.236, 0.18), SIMD2(0.278, 0.23),
  SIMD2(0.304, 0.28), SIMD2(0.303, 0.325), SIMD2(0.276, 0.38), SIMD2(0.238, 0.435), SIMD2(0.202, 0.49),
  SIMD2(0.17, 0.54),
]
private let frontIII: [SIMD2<Float>] = [
  SIMD2(0.197, 0), SIMD2(0.2, 0.06), SIMD2(0.215, 0.11), SIMD2(0.258, 0.155), SIMD2(0.32, 0.2), SIMD2(0.372, 0.25),
  SIMD2(0.392, 0.3), SIMD2(0.375, 0.36), SIMD2(0.318, 0.42), SIMD2(0.252, 0.475), SIMD2(0.2, 0.53), SIMD2(0.17, 0.57),
]
private let frontIIIVertex: [SIMD2<Float>] = [
  SIMD2(0.192, 0), SIMD2(0.195, 0.06), SIMD2(0.21, 0.115), SIMD2(0.25, 0.17), SIMD2(0.305, 0.22), SIMD2(0.34, 0.265),
  SIMD2(0.348, 0.31), SIMD2(0.325, 0.365), SIMD2(0.276, 0.425), SIMD2(0.225, 0.48), SIMD2(0.18, 0.54),
]
private let frontIV: [SIMD2<Float>] = [
  SIMD2(0.222, 0), SIMD2(0.226, 0.06), SIMD2(0.245, 0.11), SIMD2(0.295, 0.155), SIMD2(0.358, 0.2), SIMD2(0.41, 0.25),
  SIMD2(0.428, 0.3), SIMD2(0.405, 0.36), SIMD2(0.342, 0.42), SIMD2(0.27, 0.475), SIMD2(0.21, 0.53),
  SIMD2(0.173, 0.58),
]
private let frontV: [SIMD2<Float>] = [
  SIMD2(0.285, 0), SIMD2(0.29, 0.06), SIMD2(0.318, 0.12), SIMD2(0.372, 0.18), SIMD2(0.422, 0.235), SIMD2(0.442, 0.29),
  SIMD2(0.425, 0.35), SIMD2(0.368, 0.41), SIMD2(0.295, 0.465), SIMD2(0.228, 0.52), SIMD2(0.178, 0.58),
]
private let topVI: [SIMD2<Float>] = [
  SIMD2(0.825, 0), SIMD2(0.817, 0.074), SIMD2(0.79, 0.153), SIMD2(0.74, 0.219), SIMD2(0.67, 0.26), SIMD2(0.59, 0.277),
  SIMD2(0.51, 0.284), SIMD2(0.43, 0.302), SIMD2(0.355, 0.344), SIMD2(0.28, 0.409), SIMD2(0.215, 0.484),
  SIMD2(0.175, 0.549),
]
private let topVII: [SIMD2<Float>] = [
  SIMD2(0.9, 0), SIMD2(0.892, 0.099), SIMD2(0.865, 0.198), SIMD2(0.815, 0.284), SIMD2(0.74, 0.338), SIMD2(0.65, 0.365),
  SIMD2(0.56, 0.378), SIMD2(0.47, 0.401), SIMD2(0.39, 0.441), SIMD2(0.315, 0.491), SIMD2(0.25, 0.54), SIMD2(0.2, 0.594),
]
