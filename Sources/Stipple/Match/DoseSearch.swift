// The dose that makes treated scalp look like the hair beside it.
//
// Four numbers are looked for: optical density, core, needle depth, and impressions per cm²; those that are stated stand.
// The sum of squares is least of
//
//   the colour difference between treated skin and hair under three lights (L*, a* and b*, chroma weighed down as
//   CIEDE2000 does), and, a good deal weaker,
//   the distance of each number from what practitioners usually do.
//
// The second part makes the answer one answer: of all doses that look alike, the usual one. All is smooth, so that
// neighbouring hair gets neighbouring doses. Levenberg-Marquardt with differences for derivatives, held to the ranges
// (Marquardt. An algorithm for least-squares estimation of nonlinear parameters. 1963).

import Arithmetic
import SkinOptics
import TreatmentDesign

/// What practitioners can do, and what they usually do.
enum DoseHabits {
  static let opticalDensity = 0.3...10.0
  static let coreDiameter = 0.10...widestCore
  static let needleDepth = 0.5...1.1
  static let density = 80.0...350.0
  /// Scars keep less and are paler to begin with.
  static let darkestInScars = 16.0
  /// Three or four dots to the white disc that a punch of 0.85 mm leaves.
  static let densestInScars = 600.0

  /// Under longer hair wide, pale dots: the scalp takes the hair's tone, and dark points would show between the strands.
  static func usualOpticalDensity(underHair: Double) -> Double { 5 * power(0.3, underHair) }
  static func usualCore(underHair: Double) -> Double { 0.20 + 0.12 * underHair }
  static let usualDepth = 0.8
  /// Impressions for each hair that is missing.
  static let usualPerHair = 1.05
}

/// A search for one patch of skin.
struct DoseSearch {
  let skin: SkinTone
  let ink: Ink
  /// What the treated skin is to look like under each light.
  let target: [Lab]
  /// What the work is set into.
  let ground: MatchGround
  /// Share of the pigment that the tissue keeps.
  let take: Double
  let calibre: Double
  let length: Double
  let hairs: Double
  /// Numbers that stand; `nil` is looked for.
  let stated: StatedDose
  let statedDensity: Double?

  private var isScar: Bool { ground != .skin }

  /// Optical density (logarithm), core, depth, density (logarithm).
  private typealias Place = SIMD4<Double>

  private var low: Place {
    Place(
      logarithm(DoseHabits.opticalDensity.lowerBound), DoseHabits.coreDiameter.lowerBound,
      DoseHabits.needleDepth.lowerBound, logarithm(DoseHabits.density.lowerBound))
  }
  private var high: Place {
    Place(
      logarithm(isScar ? DoseHabits.darkestInScars : DoseHabits.opticalDensity.upperBound),
      max(widestCore(calibre: calibre, length: length), DoseHabits.coreDiameter.lowerBound + 0.02),
      DoseHabits.needleDepth.upperBound,
      logarithm(isScar ? DoseHabits.densestInScars : DoseHabits.density.upperBound))
  }
  private var usual: Place {
    let under = underHair(length: length)
    return Place(
      logarithm(DoseHabits.usualOpticalDensity(underHair: under)), DoseHabits.usualCore(underHair: under),
      DoseHabits.usualDepth,
      logarithm(min(max(DoseHabits.usualPerHair * hairs, 120), 300)))
  }
  /// How far from the usual costs as much as one unit of colour difference times `pull`.
  private let spread = Place(0.35, 0.05, 0.20, 0.25)
  private var pull: Double { isScar ? 0.2 : 0.5 }

  func body(_ dose: Dose) -> PigmentBody {
    PigmentBody(
      diameter: dose.coreDiameter, depth: PigmentBody.restingDepth(needleDepth: dose.needleDepth),
      opticalDensity: min(dose.opticalDensity * take, PigmentBody.opticalDensityRange.upperBound), ink: ink)
  }

  /// Colours of the treated skin under each light.
  func colours(_ dose: Dose) -> [Lab] {
    let treated = treatedReflectance(body(dose), density: dose.density, on: skin, ground)
    return Illuminant.allCases.map { $0.lab(of: treated) }
  }

  /// The best dose.
  func best() -> Dose {
    var place = usual
    fix(&place)
    var residuals = self.residuals(place)
    var error = dot(residuals)
    var damping = 1e-2
    for _ in 0..<40 {
      let free = (0..<4).filter { isFree($0) }
      if free.isEmpty { break }
      // Derivatives by differences, away from the nearer end of the range.
      let columns = free.map { k -> [Double] in
        var moved = place
        let step = (place[k] > (low[k] + high[k]) / 2 ? -1 : 1) * 0.002 * (high[k] - low[k])
        moved[k] += step
        return zip(self.residuals(moved), residuals).map { ($0 - $1) / step }
      }
      var better = false
      for _ in 0..<8 {
        let step = solve(columns, residuals, damping)
        var next = place
        for (i, k) in free.enumerated() { next[k] = min(max(place[k] - step[i], low[k]), high[k]) }
        let found = self.residuals(next)
        let sum = dot(found)
        if sum < error {
          let gain = error - sum
          (place, residuals, error) = (next, found, sum)
          damping = max(damping / 4, 1e-9)
          better = gain > 1e-10 * (1 + error)
          break
        }
        damping *= 5
      }
      if !better { break }
    }
    var best = rounded(dose(place))
    if statedDensity == nil { best.reach = reach(of: best) }
    return best
  }

  /// See `Dose.reach`.
  private func reach(of dose: Dose) -> Double {
    let one = removedAreas(body(dose), in: skin)
    let share = lightShare(skin, ground)
    func lightness(_ times: Double) -> Double {
      let treated = patchReflectance(of: skin, removing: one.map { $0 * times * dose.density / 100 * share })
      return Illuminant.daylight.lab(of: treated.map { $0 + surfaceReflectance }).lightness
    }
    var (low, high) = (1.0, 2.0)
    guard let wanted = target.first?.lightness, lightness(low) > wanted else { return low }
    for _ in 0..<12 {
      let middle = (low + high) / 2
      if lightness(middle) > wanted { low = middle } else { high = middle }
    }
    return low
  }

  private func isFree(_ k: Int) -> Bool {
    switch k {
    case 0: stated.opticalDensity == nil
    case 1: stated.coreDiameter == nil
    case 2: stated.needleDepth == nil
    default: statedDensity == nil
    }
  }

  private func fix(_ place: inout Place) {
    for k in 0..<4 { place[k] = min(max(place[k], low[k]), high[k]) }
    if let value = stated.opticalDensity { place[0] = logarithm(value) }
    if let value = stated.coreDiameter { place[1] = value }
    if let value = stated.needleDepth { place[2] = value }
    if let value = statedDensity { place[3] = logarithm(max(value, 1)) }
  }

  private func dose(_ place: Place) -> Dose {
    var dose = Dose()
    dose.opticalDensity = exponential(place[0])
    dose.coreDiameter = place[1]
    dose.needleDepth = place[2]
    dose.density = exponential(place[3])
    return dose
  }

  /// As a person would write it down: what a picture carries is what was drawn.
  private func rounded(_ dose: Dose) -> Dose {
    func round(_ value: Double, _ perUnit: Double) -> Double { (value * perUnit).rounded() / perUnit }
    var dose = dose
    dose.opticalDensity = round(dose.opticalDensity, 100)
    dose.coreDiameter = round(dose.coreDiameter, 1000)
    dose.needleDepth = round(dose.needleDepth, 100)
    dose.density = round(dose.density, 1)
    return dose
  }

  private func residuals(_ place: Place) -> [Double] {
    var residuals: [Double] = []
    residuals.reserveCapacity(13)
    for (shown, wanted) in zip(colours(dose(place)), target) {
      let chroma = (wanted.a * wanted.a + wanted.b * wanted.b).squareRoot()
      // White tissue has lost a redness that no dark pigment brings back; there darkness decides.
      let weight = (isScar ? 0.3 : 1) / (1 + 0.045 * chroma)
      // Darkness is what is seen first, and across a room alone.
      residuals.append((shown.lightness - wanted.lightness) * 1.4)
      residuals.append((shown.a - wanted.a) * weight)
      residuals.append((shown.b - wanted.b) * weight)
    }
    for k in 0..<4 { residuals.append(pull * (place[k] - usual[k]) / spread[k]) }
    return residuals
  }

  private func dot(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }

  /// The damped normal equations, by elimination.
  private func solve(_ columns: [[Double]], _ residuals: [Double], _ damping: Double) -> [Double] {
    let n = columns.count
    var matrix = (0..<n).map { i in
      (0..<n).map { j in zip(columns[i], columns[j]).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    var right = columns.map { zip($0, residuals).reduce(0) { $0 + $1.0 * $1.1 } }
    for i in 0..<n { matrix[i][i] *= 1 + damping }
    for i in 0..<n {
      let pivot = max(matrix[i][i], 1e-12)
      for j in i + 1..<max(n, i + 1) {
        let factor = matrix[j][i] / pivot
        for k in i..<n { matrix[j][k] -= factor * matrix[i][k] }
        right[j] -= factor * right[i]
      }
    }
    for i in stride(from: n - 1, through: 0, by: -1) {
      for j in i + 1..<max(n, i + 1) { right[i] -= matrix[i][j] * right[j] }
      right[i] /= max(matrix[i][i], 1e-12)
    }
    return right
  }
}
