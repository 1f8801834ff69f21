// The grades of hair loss as tables: outlines, what is left inside them, how soft their borders are.
//
// Sources of the grades: Hamilton 1951, Norwood 1975 with its A variants, in which the whole front edge goes back and no
// island or crown patch forms (men); Ludwig 1977, Sinclair 2004 by the width of the midline parting (women); alopecia
// areata as bald patches of 1 to 5 cm with an edge of 1 to 2 mm, ophiasis as a band of 2 to 4 cm along the margin of
// nape and temples; traction as a band of 1 to 3 cm behind the front that keeps its rim of short hairs, seen in 85 % of
// cases (Samrao et al. 2011).
//
// No table of areas is published; outlines were drawn so that the bald or thin area on the mean man lies in the ranges
// that practitioners plan with (II 5-25 cm², III 25-60, III vertex 40-90, IV 60-120, V 100-170, VI 150-240,
// VII 220-330). Type II stays in front of a line 2 cm before the ears, III passes it. Density ratios after Courtois 1995
// and the trade's reading of each grade; design values, to be matched by eye.
import Meshes
import ScalpGeometry

/// One area of a grade.
struct LossRegion {
  enum Outline {
    /// A closed line from its left half, front of the midline to its back, as (s, t); mirrored to the right.
    case mirrored([SIMD2<Float>])
    /// An ellipse on the skin around (s, t): front to back and side to side in mm, turned in degrees.
    case ellipse(SIMD2<Float>, length: Float, width: Float, turn: Float)
    /// A band behind the border where hair grows: so many mm from it, along that part of it.
    case margin(ClosedRange<Float>, Margin)
  }
  enum Margin { case front, napeAndEars }

  let outline: Outline
  /// Share of density and of calibre left inside.
  let residual: Float
  let calibre: Float
  /// 10 to 90 % width of the border, mm.
  let edge: Float
  /// Whether its area counts as bald or thin.
  var counts = true
  /// How far the border wanders, mm; `nil` is a fifth of its width.
  var wander: Float?

  init(
    left: [SIMD2<Float>], residual: Float, calibre: Float, edge: Float, counts: Bool = true
  ) {
    self.init(.mirrored(left), residual: residual, calibre: calibre, edge: edge)
    self.counts = counts
  }

  init(_ outline: Outline, residual: Float, calibre: Float, edge: Float, wander: Float? = nil) {
    self.outline = outline
    self.residual = residual
    self.calibre = calibre
    self.edge = edge
    self.wander = wander
  }

  /// Distance inside the border, mm, per vertex.
  func distances(on scalp: Scalp, threads: Int?) -> [Float] {
    switch outline {
    case .mirrored(let left):
      let line = SurfaceCurve(through: mirrored(left, on: scalp), closed: true, on: scalp.frame)
      return scalp.signedDistance(inside: line, band: 60, threads: threads)
    case .ellipse(let centre, let length, let width, let turn):
      let tape = scalp.frame.tape(s: centre.x, t: centre.y)
      guard let middle = scalp.frame.place(up: max(tape.up, 0), side: tape.side) else {
        return [Float](repeating: -60, count: scalp.head.mesh.positions.count)
      }
      let line = TreatmentDesign.ellipse(around: middle, length: length, width: width, turn: turn, on: scalp.frame)
      return scalp.signedDistance(inside: line, band: 60, threads: threads)
    case .margin(let range, let margin):
      let region = scalp.region
      return region.distances.indices.map { i in
        let band = min(region.distances[i] - range.lowerBound, range.upperBound - region.distances[i])
        // Where the border changes from front to ear, the band runs out.
        let own = margin == .front ? 1 - region.closure[i] : region.closure[i]
        return min(band, 30 * (own - 0.5))
      }
    }
  }

  private func mirrored(_ left: [SIMD2<Float>], on scalp: Scalp) -> [SIMD3<Float>] {
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

struct LossOutlines {
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

/// The table of a grade.
func outlines(of loss: ExistingHair.Loss) -> LossOutlines {
  switch loss {
  case .none: return LossOutlines()
  case .total, .totalis: return LossOutlines(elsewhere: 0)
  case .norwoodII:
    return LossOutlines(regions: [LossRegion(left: receded(frontII), residual: 0.3, calibre: 0.7, edge: 10)])
  case .norwoodIIa:
    return LossOutlines(regions: [LossRegion(left: receded(frontIIa), residual: 0.35, calibre: 0.7, edge: 11)])
  case .norwoodIII:
    return LossOutlines(regions: [LossRegion(left: receded(frontIII), residual: 0.08, calibre: 0.5, edge: 11)])
  case .norwoodIIIa:
    return LossOutlines(regions: [LossRegion(left: receded(frontIIIa), residual: 0.15, calibre: 0.55, edge: 13)])
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
  case .norwoodIVa:
    return LossOutlines(regions: [LossRegion(left: receded(frontIVa), residual: 0.1, calibre: 0.5, edge: 15)])
  case .norwoodV:
    return LossOutlines(regions: [
      LossRegion(left: receded(frontV), residual: 0.05, calibre: 0.45, edge: 14),
      LossRegion(left: oval(0.715, 0.112, 0.285), residual: 0.08, calibre: 0.45, edge: 18),
      LossRegion(left: oval(0.49, 0.27, 0.4), residual: 0.42, calibre: 0.6, edge: 25, counts: false),
    ])
  case .norwoodVa:
    return LossOutlines(regions: [LossRegion(left: receded(frontVa), residual: 0.05, calibre: 0.45, edge: 16)])
  case .norwoodVI:
    return LossOutlines(regions: [LossRegion(left: receded(topVI), residual: 0.04, calibre: 0.45, edge: 15)])
  case .norwoodVII:
    return LossOutlines(
      regions: [LossRegion(left: receded(topVII), residual: 0.02, calibre: 0.4, edge: 16)], elsewhere: 0.72)
  case .ludwigI: return ludwig(residual: 0.75, calibre: 0.85, parting: 3)
  case .ludwigII: return ludwig(residual: 0.5, calibre: 0.7, parting: 8)
  case .ludwigIII: return ludwig(residual: 0.25, calibre: 0.6, parting: 20)
  // Sinclair by the parting: 1 as it should be, 2 wider, 3 wider and thin beside it, 4 thin over the top, 5 advanced.
  case .sinclair1: return LossOutlines(partingWidth: 1.5)
  case .sinclair2: return ludwig(residual: 0.85, calibre: 0.9, parting: 3)
  case .sinclair3: return ludwig(residual: 0.62, calibre: 0.78, parting: 8)
  case .sinclair4: return ludwig(residual: 0.4, calibre: 0.66, parting: 20)
  case .sinclair5: return ludwig(residual: 0.2, calibre: 0.55, parting: 32)
  case .areataSingle: return LossOutlines(regions: [patch(0.66, -0.22, 38, 33, 20)])
  case .areataMultiple:
    return LossOutlines(regions: [
      patch(0.42, 0.26, 42, 34, 30), patch(0.6, -0.3, 34, 30, -15), patch(0.78, 0.12, 46, 38, 60),
      patch(0.86, -0.4, 26, 22, 10), patch(0.5, -0.62, 22, 20, 0), patch(0.33, -0.12, 18, 16, 40),
    ])
  case .ophiasis:
    return LossOutlines(regions: [
      LossRegion(.margin(-20...30, .napeAndEars), residual: 0.02, calibre: 0.6, edge: 5, wander: 3)
    ])
  case .traction:
    // The rim in front of the band keeps its short hairs.
    return LossOutlines(regions: [
      LossRegion(.margin(5...24, .front), residual: 0.25, calibre: 0.6, edge: 8, wander: 3)
    ])
  case .diffuse: return LossOutlines(elsewhere: 0.6)
  }
}

/// A bald patch of alopecia areata.
private func patch(_ s: Float, _ t: Float, _ length: Float, _ width: Float, _ turn: Float) -> LossRegion {
  LossRegion(
    .ellipse(SIMD2(s, t), length: length, width: width, turn: turn), residual: 0.01, calibre: 0.6, edge: 2, wander: 2)
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

// A variants: the whole front edge goes back, without a forelock.
private let frontIIa: [SIMD2<Float>] = [
  SIMD2(0.225, 0), SIMD2(0.228, 0.08), SIMD2(0.243, 0.16), SIMD2(0.263, 0.23), SIMD2(0.272, 0.29), SIMD2(0.262, 0.35),
  SIMD2(0.235, 0.42), SIMD2(0.2, 0.49), SIMD2(0.17, 0.54),
]
private let frontIIIa: [SIMD2<Float>] = [
  SIMD2(0.275, 0), SIMD2(0.28, 0.08), SIMD2(0.3, 0.16), SIMD2(0.328, 0.23), SIMD2(0.338, 0.29), SIMD2(0.322, 0.36),
  SIMD2(0.28, 0.42), SIMD2(0.225, 0.49), SIMD2(0.175, 0.55),
]
private let frontIVa: [SIMD2<Float>] = [
  SIMD2(0.375, 0), SIMD2(0.38, 0.09), SIMD2(0.4, 0.17), SIMD2(0.42, 0.24), SIMD2(0.418, 0.3), SIMD2(0.385, 0.36),
  SIMD2(0.32, 0.42), SIMD2(0.25, 0.48), SIMD2(0.2, 0.53), SIMD2(0.173, 0.57),
]
private let frontVa: [SIMD2<Float>] = [
  SIMD2(0.53, 0), SIMD2(0.525, 0.09), SIMD2(0.51, 0.17), SIMD2(0.48, 0.23), SIMD2(0.44, 0.28), SIMD2(0.385, 0.345),
  SIMD2(0.315, 0.41), SIMD2(0.245, 0.47), SIMD2(0.195, 0.53), SIMD2(0.173, 0.57),
]
