// Which mixture, needle, depth and density make treated scalp look like the hair beside it, in a practitioner's words, how
// near that comes, and what stands in the way.

import Arithmetic
import PigmentAging
import SkinOptics
import TreatmentDesign

/// What work is set into: skin, a mature strip or patch scar, the round scars that extraction leaves.
public enum MatchGround: Sendable { case skin, scar, extractionScar }

extension SkinTone {
  /// This skin, or what a scar has made of it.
  func tone(of ground: MatchGround) -> SkinTone {
    switch ground {
    case .skin: self
    case .scar: scarred
    case .extractionScar: punched
    }
  }
}

/// What a match is asked for.
public struct MatchQuery: Sendable, Equatable {
  /// Skin type or tone, age and habits.
  public var client = Client()
  public var hair = HairTarget()
  /// How dark the work is to be, times the hair.
  public var darkness = 1.0
  /// How dark the hair beside the work is, times hair on the sides: see `HairBeside`.
  public var beside = 1.0
  /// How dark the hair is seen to be, as minus the logarithm of the luminance ratio to bare skin, instead of what `hair` would
  /// be; 0.02 to 2.5.
  public var seenDarkness: Double?
  /// Impressions per cm² where all hair is lost; `nil` is found.
  public var impressions: Double?
  public var kind = Pigment.Kind.carbon
  /// Numbers that stand; what is `nil` is found.
  public var stated = StatedDose()
  /// What the work is set into, and what share of the pigment it keeps.
  public var ground = MatchGround.skin
  public var take = 1.0
  public var aging = AgingParameters.standard

  public init() {}

  /// Throws `StippleError` (`usage`) that names what lies outside its range.
  func validate() throws(StippleError) {
    func check(_ name: String, _ value: Double, _ range: ClosedRange<Double>, _ unit: String) throws(StippleError) {
      guard range.contains(value) else {
        throw StippleError(
          .usage, "\(name) \(short(value)) is outside \(short(range.lowerBound)) to \(short(range.upperBound))\(unit)")
      }
    }
    try check("grey", hair.grey, 0...1, "")
    try check("hair density", hair.density, 30...400, " per cm2")
    try check("hair calibre", hair.calibre, 0.02...0.15, " mm")
    try check("hair length", hair.length, 0.1...6, " mm")
    try check("darkness", darkness, 0.3...1.2, " times the hair's")
    try check("darkness of the hair beside the work", beside, 0.5...2, " times that on the sides")
    if let seenDarkness { try check("seen darkness", seenDarkness, SeenDarkness.range, "") }
    if let depth = stated.needleDepth { try check("needle depth", depth, 0.2...3, " mm") }
    if let impressions { try check("impressions", impressions, 10...400, " per cm2") }
  }
}

/// A dose and how it looks.
public struct ShadeCandidate: Sendable, Equatable {
  public var dose: Dose
  /// The needle whose healed core is nearest.
  public var needle: Needle
  /// Water per part of pigment, ml per ml.
  public var shade: Double
  /// How often the area is gone over.
  public var passes: Int
  /// CIEDE2000 from the hair under each light, in the order of `Illuminant.allCases`; and their root mean square.
  public var differences: [Double]
  public var difference: Double
  /// How much darker than bare skin: treated skin, and a single dot as the eye resolves it, L*.
  public var patchStep: Double
  public var dotStep: Double
  /// The same as minus the logarithm of the luminance that treated skin keeps.
  public var darkness: Double
}

/// A match with what it will look like.
public struct ShadeMatch: Sendable, Equatable {
  /// Differences from the hair at one time.
  public struct Moment: Sendable, Equatable {
    public var years: Double
    /// Per light at the typical pace, and the least and greatest over slow, typical and fast.
    public var differences: [Double]
    public var least: [Double]
    public var greatest: [Double]
  }
  public var query: MatchQuery
  /// How much darker than bare skin the hair makes it, L*, and as minus the logarithm of luminance.
  public var hairStep: Double
  public var hairDarkness: Double
  public var best: ShadeCandidate
  /// What the design states instead, judged by the same measure; `nil` where it states none.
  public var stated: ShadeCandidate?
  /// The best mixture with each needle, nearest to the hair first.
  public var byNeedle: [ShadeCandidate]
  /// Healed, 1, 3 and 5 years after the last session.
  public var moments: [Moment]
  public var warnings: [String]
}

/// Needles that are tried.
private let needles = [
  Needle(diameter: 0.20, points: 1), Needle(diameter: 0.25, points: 1), Needle(diameter: 0.25, points: 3),
  Needle(diameter: 0.30, points: 3), Needle(diameter: 0.35, points: 3), Needle(diameter: 0.40, points: 3),
  Needle(diameter: 0.45, points: 5), Needle(diameter: 0.50, points: 5),
]

/// Healed core of a needle, mm: holes shrink to about half (clinics, grade C), and three points that share one make it a
/// fifth wider (by judgement, grade D).
func healedCore(_ needle: Needle) -> Double { 0.52 * needle.diameter * (1 + 0.1 * Double(min(needle.points, 3) - 1)) }

/// The needle that leaves a core of this width.
func nearestNeedle(core: Double) -> Needle {
  needles.min { abs(healedCore($0) - core) < abs(healedCore($1) - core) } ?? Needle(diameter: 0.25, points: 3)
}

/// A difference that is seen side by side at arm's length, CIEDE2000.
let visibleDifference = 2.5

/// Darkness of hair below which no work can pass for it.
let leastHairDarkness = 0.04

/// The mixture and needle that make treated scalp look most like the hair beside it.
///
/// Deterministic; about ten milliseconds. Throws `StippleError` (`usage`) for a query outside its ranges.
///
/// - Parameters:
///   - query: what is asked for.
///   - stated: numbers that a design states instead, to be judged beside it.
public func matchShade(_ query: MatchQuery, against stated: StatedDose = StatedDose()) throws(StippleError)
  -> ShadeMatch
{
  try query.validate()
  let target = MatchTarget(query)
  let best = target.candidate(target.search(query.stated).best())
  let byNeedle = needles.compactMap { needle -> ShadeCandidate? in
    let core = healedCore(needle)
    guard core <= DoseHabits.coreDiameter.upperBound else { return nil }
    var stated = query.stated
    stated.coreDiameter = core
    var candidate = target.candidate(target.search(stated).best())
    candidate.needle = needle
    return candidate
  }.sorted { $0.difference < $1.difference }
  return ShadeMatch(
    query: query, hairStep: target.hairStep, hairDarkness: target.hairDarkness, best: best,
    stated: stated.opticalDensity == nil ? nil : target.candidate(target.search(stated).best()), byNeedle: byNeedle,
    moments: [0, 1, 3, 5].map { target.moment(best, years: $0) }, warnings: target.warnings(best))
}

/// The dose alone, in about a millisecond.
func matchedDose(_ query: MatchQuery) -> Dose { MatchTarget(query).search(query.stated).best() }

/// What a query's work is to look like, and how a dose compares with it.
struct MatchTarget {
  let query: MatchQuery
  let skin: SkinTone
  let target: [Lab]
  let bare: Lab
  let hairStep: Double
  let hairDarkness: Double
  /// Power of the share of light that `query.hair` leaves: 1 for that hair itself.
  let exponent: Double

  init(_ query: MatchQuery) {
    self.query = query
    let healthy = query.client.tone
    skin = healthy.tone(of: query.ground)
    // A scar is to look like the hair in the skin around it.
    let hair = query.hair.reflectance(on: healthy)
    let ground = bareReflectance(healthy)
    func darkened(_ by: Double) -> [Double] {
      zip(hair, ground).map { hair, bare in bare * power(max(hair, 1e-6) / max(bare, 1e-6), by) }
    }
    bare = Illuminant.daylight.lab(of: ground)
    // Hair that was seen has the hue of the hair that the design tells of, at the darkness that was seen.
    var beside = query.beside
    if let seen = query.seenDarkness {
      let told = -logarithm(luminanceShare(Illuminant.daylight.lab(of: darkened(1))) / max(luminanceShare(bare), 1e-9))
      beside *= clampedRatio(seen, over: told)
    }
    exponent = query.darkness * beside
    target = Illuminant.allCases.map { $0.lab(of: darkened(query.darkness * beside)) }
    let shown = Illuminant.daylight.lab(of: darkened(beside))
    hairStep = bare.lightness - shown.lightness
    hairDarkness = -logarithm(luminanceShare(shown) / max(luminanceShare(bare), 1e-9))
  }

  func search(_ stated: StatedDose) -> DoseSearch {
    DoseSearch(
      skin: skin, ink: query.kind.ink, target: target, ground: query.ground, take: query.take,
      calibre: query.hair.calibre, length: query.hair.length,
      hairs: query.hair.density, stated: stated, statedDensity: query.impressions)
  }

  func differences(_ body: PigmentBody, density: Double) -> [Double] {
    let treated = treatedReflectance(body, density: density, on: skin, query.ground)
    return zip(Illuminant.allCases, target).map { light, wanted in light.lab(of: treated).difference(from: wanted) }
  }

  func candidate(_ dose: Dose) -> ShadeCandidate {
    let body = search(query.stated).body(dose)
    let differences = differences(body, density: dose.density)
    let treated = Illuminant.daylight.lab(of: treatedReflectance(body, density: dose.density, on: skin, query.ground))
    // The eye's blur on a dot at arm's length: σ 0.04 mm (see `apparentDiameter`).
    let peak = lossProfile(body, in: skin).blurred(sigma: 0.04).loss(at: 0)
    let rgb = skin.linearRGB
    return ShadeCandidate(
      dose: dose, needle: nearestNeedle(core: dose.coreDiameter), shade: Ink.shade(opticalDensity: dose.opticalDensity),
      passes: passes(density: dose.density), differences: differences, difference: rootMeanSquare(differences),
      patchStep: bare.lightness - treated.lightness,
      dotStep: Lab(linearRGB: rgb).lightness - Lab(linearRGB: rgb * (SIMD3(repeating: 1) - peak)).lightness,
      darkness: -logarithm(luminanceShare(treated) / max(luminanceShare(bare), 1e-9)))
  }

  private func rootMeanSquare(_ values: [Double]) -> Double {
    (values.reduce(0) { $0 + $1 * $1 } / Double(max(values.count, 1))).squareRoot()
  }

  /// Differences some years after the last session; 0 is healed.
  func moment(_ candidate: ShadeCandidate, years: Double) -> ShadeMatch.Moment {
    let healed = search(query.stated).body(candidate.dose)
    let byPace = Pace.allCases.map { pace in
      let course = TreatmentCourse(
        ImpressionCourse(
          pace: pace, kind: query.kind.aging, depth: DepthClass(needleDepth: candidate.dose.needleDepth),
          lossMultiplier: query.client.lossMultiplier(query.kind.aging, query.aging), parameters: query.aging),
        sessions: [])
      let t = max(years, healedAge)
      return differences(
        agedBody(
          healed, darkness: course.darkness(at: t), width: course.width(core: healed.diameter, at: t),
          depth: healed.depth, density: candidate.dose.density, in: skin), density: candidate.dose.density)
    }
    let lights = Illuminant.allCases.indices
    return ShadeMatch.Moment(
      years: years, differences: byPace[1], least: lights.map { i in byPace.map { $0[i] }.min() ?? 0 },
      greatest: lights.map { i in byPace.map { $0[i] }.max() ?? 0 })
  }

  /// What stands in the way of a match.
  func warnings(_ best: ShadeCandidate) -> [String] {
    var warnings: [String] = []
    if hairDarkness < leastHairDarkness {
      warnings.append(
        "no mixture serves: this hair "
          + (hairDarkness <= 0 ? "is no darker than the skin" : "darkens the skin by \(fixed(hairStep, 1)) L* only")
          + "; pigment can only darken, so any work stands out")
    } else if best.difference > visibleDifference {
      let gap = (target.first?.lightness ?? 0) - (bare.lightness - best.patchStep)
      let darker = gap > 0
      let stated = query.stated != StatedDose() || query.impressions != nil
      // As dark as the hair, the rest is hue.
      let isHue = abs(gap) < 0.5 * best.difference
      warnings.append(
        "the work is \(isHue ? "greyer" : darker ? "darker" : "lighter") than the hair beside it, by "
          + "\(fixed(best.difference, 1)) in colour where \(fixed(visibleDifference, 1)) is seen side by side: "
          + (stated
            ? "the numbers that are stated leave no room; take one out and it is found"
            : isHue || darker
              ? "the hair has a hue that dark pigment in skin has not"
              : "more than \(fixed(DoseHabits.density.upperBound, 0)) impressions per cm2, wider or darker ones, would grow together")
      )
    }
    if query.hair.grey > 0.5 {
      warnings.append("more than half of the hair is grey: dark dots stay when the hair around them grows white")
    }
    let spread = (best.differences.max() ?? 0) - (best.differences.min() ?? 0)
    if spread > 1 {
      warnings.append("the match depends on the light by \(fixed(spread, 1)); look at a test patch under all of them")
    }
    return warnings
  }
}

/// Relative luminance of a colour.
private func luminanceShare(_ lab: Lab) -> Double {
  let f = (lab.lightness + 16) / 116
  return f * f * f > 0.008856 ? f * f * f : (f - 16.0 / 116) / 7.787
}
