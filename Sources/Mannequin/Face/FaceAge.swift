// What years do to a face, from the age of 30 that the surveys' heads have on average. Growth and loss are mm or shares
// per decade; depths of folds and creases are set by eye (grade D), and people of one age differ by more than decades do.
//
// Ears:  0.22 mm a year in length. J. A. Heathcote. Why do old men have big ears? BMJ. 1995.
// Nose:  1.7 mm (men) and 1.4 mm (women) in length over 12 years, with the tip turning down. Differences in nasal shapes
//        and the degree of changes over a decade or more: a paired analysis. Clinical and Experimental
//        Otorhinolaryngology. 2023.
// Lips:  the upper lip 18 to 19 % longer and 33 % (men) to 41 % (women) thinner after 47 years. L. Ramaut et al. Aging of
//        the upper lip, part I. Plastic and Reconstructive Surgery. 2019.
// Brows: the inner end stays, the tail sinks. L. R. D. Glass et al. The lateral brow. Ophthalmic Plastic and
//        Reconstructive Surgery. 2014. J. Park et al. Changes in eyebrow position and movement with aging. 2017.
// Volume: temples, cheek and the notch before the jowl hollow. S. R. Coleman, R. Grover. The anatomy of the aging face.
//        Aesthetic Surgery Journal. 2006.

import Arithmetic
import ScalpGeometry

/// The years from which growth counts: the template's own age.
enum TemplateAge {
  static let years = 30.0
  static let range = 18.0...80.0
}

extension MannequinRecipe {
  /// Makes the numbers of a 30-year-old head of a sex those of another age.
  mutating func age(to years: Double, sex: Sex) {
    let decades = (years - TemplateAge.years) / 10
    if decades == 0 { return }
    // Growth also runs backwards to 18; sagging and creases begin at 30.
    let past = max(decades, 0)
    let isMale = sex == .male
    self.decades = past

    let earLength = isMale ? 64.2 : 59.4
    ear.scale(length: 1 + 2.2 * decades / earLength, breadth: 1 + 0.012 * decades)
    let growth = (isMale ? 1.4 : 1.2) * decades
    nose.push(forward: 0.35 * growth, down: 0.75 * growth)
    nose.widen(by: 1 + 0.018 * decades)
    // Thickness goes by 7 to 9 % a decade; the height of the red follows it by about two thirds.
    lips.scale(by: max(1 - (isMale ? 0.046 : 0.058) * decades, 0.6))
    for i in lips.line.indices { lips.line[i][1] -= 0.2 * past * cornerShare(lips.line[i][0]) }
    for i in lips.upper.indices { lips.upper[i][1] -= 0.2 * past * cornerShare(lips.upper[i][0]) }
    for i in lips.lower.indices { lips.lower[i][1] -= 0.2 * past * cornerShare(lips.lower[i][0]) }

    // Volume lost from temple, cheek and under the eye, gathered along the jaw
    raise(brush: "temporal fossa", by: -0.4 * past)
    raise(brush: "temporal plane", by: -0.2 * past)
    raise(brush: "buccal fullness", by: -0.42 * past)
    raise(brush: "infraorbital", by: -0.2 * past)
    raise(brush: "canine fossa", by: -0.15 * past)
    raise(brush: "orbit", by: -0.25 * past)
    raise(brush: "prejowl", by: -0.38 * past)
    raise(brush: "submental", by: 0.5 * past)
    raise(stroke: "jaw line", by: -0.1 * past)
    raise(stroke: "tear trough", by: -0.2 * past)
    raise(stroke: "nasolabial fold", by: -0.3 * past)
    raise(stroke: "cheek above fold", by: 0.18 * past)
    raise(stroke: "labiomental corner", by: -0.28 * past)
    if past == 0 { return }
    brushes.append(Brush("jowl", at: [45, -80, 44], spread: [9, 8, 11], height: 0.55 * past))
    brushes.append(Brush("lid hood", at: [44, 19, 76], spread: [7, 4, 9], height: 0.2 * past))
    brushes.append(Brush("lid bag", at: [31, -4.5, 88], spread: [10, 3.5, 8], height: 0.16 * past))

    // Creases, in the front view
    creases = [
      Crease(
        along: [[0, 50], [12, 51.5], [26, 53.5], [42, 52]], sigma: 2.2, depth: 0.16 * past, around: [0, 51],
        reach: [24, 30]),
      Crease(
        along: [[0, 60.5], [14, 61], [28, 62.5], [44, 61]], sigma: 2.4, depth: 0.19 * past, around: [0, 60],
        reach: [24, 30]),
      Crease(
        along: [[0, 71], [14, 71.5], [28, 72], [42, 70]], sigma: 2.4, depth: 0.14 * past, around: [0, 70],
        reach: [20, 30]),
      Crease(
        along: [[6.5, 26], [7.2, 33], [8.5, 41]], sigma: 1.9, depth: 0.14 * past, around: [7, 33], reach: [6, 5]),
      Crease(
        along: [[50, 11], [57, 14.5], [62, 18]], sigma: 1.8, depth: 0.16 * past, around: [56, 14], reach: [5, 5]),
      Crease(
        along: [[50, 8.5], [57, 7.5], [63, 6]], sigma: 1.8, depth: 0.18 * past, around: [56, 7], reach: [5, 4]),
      Crease(
        along: [[49, 5.5], [55, 1.5], [60, -4]], sigma: 1.8, depth: 0.14 * past, around: [55, 1], reach: [5, 5]),
      Crease(
        along: [[20, -2.5], [28, -8], [38, -7.5], [45, -2]], sigma: 2, depth: 0.14 * past, around: [32, -6],
        reach: [10, 6]),
    ]
  }

  private func cornerShare(_ x: Double) -> Double { min(max((x - 8) / 16, 0), 1) }
}

/// Where features have moved against the places at which they are painted: from the template to paint coordinates.
struct PaintPlace: Sendable {
  private let lipScale: Float
  private let lipLine: Float
  private let earScale: Float
  private let decades: Float

  init(_ recipe: MannequinRecipe) {
    lipScale = Float(recipe.lips.redScale)
    lipLine = Float(recipe.lips.line[0][1])
    earScale = Float(recipe.ear.lengthScale)
    decades = Float(recipe.decades)
  }

  var isIdentity: Bool { lipScale == 1 && earScale == 1 && decades == 0 }

  /// Paint coordinates of a place of the template frame.
  func callAsFunction(_ p: SIMD3<Float>) -> SIMD3<Float> {
    var q = p
    let x = abs(p.x)
    if x > 70 && p.z < 14 {
      q.y = p.y / earScale
    } else if p.z > 70 && x < 34 && p.y < -32 && p.y > -80 {
      // The red scales about the line between the lips; 20 mm away from it nothing moves.
      let line = lipLine - 0.2 * decades * clamp((x - 8) / 16, 0, 1)
      let d = p.y - line
      let edge = 10 * lipScale
      let size = abs(d)
      let painted = size <= edge ? size / lipScale : 10 + (size - edge) * 10 / max(20 - edge, 1)
      if size < 20 { q.y = lipLine + (d < 0 ? -painted : painted) + (line - lipLine) * clamp(size / 10 - 1, 0, 1) }
    } else if p.z > 40 && p.y > 10 && p.y < 56 {
      // The tail of the brow sinks by 0.5 mm a decade.
      let here = smoothstep(10, 24, p.y) * (1 - smoothstep(42, 56, p.y))
      q.y += 0.5 * decades * smoothstep(24, 50, x) * here
    }
    return q
  }
}
