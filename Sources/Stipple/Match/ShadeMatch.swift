// Which shade and needle make treated scalp look like shaved hair.
//
// Every needle is tried with every shade; the mixture's optical density follows from the shade, the healed core from the
// needle. A patch of treated scalp is compared with one of shaved hair: root mean square of CIEDE2000 under daylight,
// tungsten and LED light. Candidates must keep the contrast rule: single dots not darker against the skin than it
// bears (18 to 30 L* on types I to III, 12 to 20 on IV, 8 to 14 on V and VI), and the skin not darker than the shaved
// hair makes it, within one L*. Of a needle's shades within half a unit of the
// nearest of all the most dilute is taken: a later session can darken, none can lighten. The usual needle is proposed if it
// comes that near, else the one that comes nearest.

import Arithmetic
import PigmentAging
import SkinOptics
import TreatmentDesign

/// What a match is asked for.
public struct MatchQuery: Sendable, Equatable {
  /// Skin type or tone, age and habits.
  public var client = Client()
  public var hair = HairTarget()
  /// Impressions per cm²; `nil` takes as many as there are hairs.
  public var impressions: Double?
  public var kind = Pigment.Kind.carbon
  /// mm
  public var needleDepth = 0.8
  /// The needle to keep to if it serves.
  public var needle = Needle(diameter: 0.25, points: 3)
  public var aging = AgingParameters.standard

  public init() {}

  /// What a design says of skin, hair and pigment.
  public init(_ design: Design) {
    client = design.client
    hair.colour = design.hair.colour
    hair.grey = design.hair.grey
    hair.density = design.hair.density
    hair.calibre = design.hair.calibre
    hair.length = design.hair.length
    kind = design.pigment.kind
    needleDepth = design.pigment.needleDepth
    needle = design.pigment.needle
    aging = design.aging
  }

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
    try check("needle depth", needleDepth, 0.4...3, " mm")
    if let impressions { try check("impressions", impressions, 10...400, " per cm2") }
  }
}

/// A mixture and a needle, and how they look.
public struct ShadeCandidate: Sendable, Equatable {
  public var needle: Needle
  /// Water per part of pigment, ml per ml.
  public var shade: Double
  /// Optical density and core of the healed impression.
  public var opticalDensity: Double
  public var coreDiameter: Double
  /// CIEDE2000 from shaved hair under each light, in the order of `Illuminant.allCases`; and their root mean square.
  public var differences: [Double]
  public var difference: Double
  /// How much darker than bare skin: treated skin, and a single dot as the eye resolves it, L*.
  public var patchStep: Double
  public var dotStep: Double
}

/// A match with what it will look like.
public struct ShadeMatch: Sendable, Equatable {
  /// Differences from shaved hair at one time.
  public struct Moment: Sendable, Equatable {
    public var years: Double
    /// Per light at the typical pace, and the least and greatest over slow, typical and fast.
    public var differences: [Double]
    public var least: [Double]
    public var greatest: [Double]
  }
  public var query: MatchQuery
  /// How much darker than bare skin the shaved hair makes it, L*.
  public var hairStep: Double
  public var best: ShadeCandidate
  /// The shade proposed for every needle, nearest to the hair first.
  public var byNeedle: [ShadeCandidate]
  /// Whether the best keeps the contrast rule.
  public var isWithinContrast: Bool
  /// Healed, 1, 3 and 5 years after the last session.
  public var moments: [Moment]
  public var warnings: [String]
}

/// What a single dot may step from the skin, L* (healed; design values, grade D).
func dotContrast(_ skin: Client.SkinType) -> ClosedRange<Double> {
  switch skin {
  case .i, .ii, .iii: 18...30
  case .iv: 12...20
  case .v, .vi: 8...14
  }
}

/// Needles that are tried.
private let needles = [
  Needle(diameter: 0.18, points: 1), Needle(diameter: 0.20, points: 1), Needle(diameter: 0.25, points: 1),
  Needle(diameter: 0.20, points: 3), Needle(diameter: 0.25, points: 3), Needle(diameter: 0.30, points: 3),
  Needle(diameter: 0.35, points: 3),
]

/// Healed core of a needle, mm: holes shrink to about half (clinics, grade C), and three points that share one make it a
/// fifth wider (by judgement, grade D).
func healedCore(_ needle: Needle) -> Double { 0.52 * needle.diameter * (1 + 0.1 * Double(min(needle.points, 3) - 1)) }

/// A difference that is seen side by side at arm's length, CIEDE2000.
let visibleDifference = 2.0

/// The mixture and needle that make treated scalp look most like shaved hair.
///
/// Deterministic; a few milliseconds. Throws `StippleError` (`usage`) for a query outside its ranges.
public func matchShade(_ query: MatchQuery) throws(StippleError) -> ShadeMatch {
  try query.validate()
  let search = ShadeSearch(query: query, skin: query.client.tone)
  let tried = needles.contains(query.needle) ? needles : needles + [query.needle]
  let nearest = tried.map { search.nearest($0) }.sorted { search.precedes($0, $1) }
  guard let first = nearest.first else { throw StippleError(.data, "no needle to try") }
  let allowance = first.difference + 0.5
  let byNeedle = nearest.map { search.excess($0) > 0 ? $0 : search.mostDilute($0, within: allowance) }
    .sorted { search.precedes($0, $1) }
  let usual = byNeedle.first { $0.needle == query.needle }
  let best =
    if let usual, search.excess(usual) == 0, usual.difference <= allowance { usual } else {
      search.excess(first) > 0 ? first : byNeedle.first { $0.needle == first.needle } ?? first
    }
  return ShadeMatch(
    query: query, hairStep: search.hairStep, best: best, byNeedle: byNeedle,
    isWithinContrast: search.excess(best) == 0, moments: [0, 1, 3, 5].map { search.moment(best, years: $0) },
    warnings: search.warnings(best))
}

private struct ShadeSearch {
  let query: MatchQuery
  let skin: SkinTone
  let target: [Lab]
  let bare: Lab
  let hairStep: Double

  var impressions: Double { query.impressions ?? query.hair.density }

  init(query: MatchQuery, skin: SkinTone) {
    (self.query, self.skin) = (query, skin)
    let reflectance = query.hair.reflectance(on: skin)
    target = Illuminant.allCases.map { $0.lab(of: reflectance) }
    bare = Illuminant.daylight.lab(of: skin.reflectance)
    hairStep = bare.lightness - target[0].lightness
  }

  func body(_ candidate: ShadeCandidate) -> PigmentBody {
    PigmentBody(
      diameter: candidate.coreDiameter, depth: PigmentBody.restingDepth(needleDepth: query.needleDepth),
      opticalDensity: candidate.opticalDensity, ink: query.kind.ink)
  }

  func differences(_ body: PigmentBody) -> [Double] {
    let treated = treatedReflectance(body, density: impressions, on: skin)
    return zip(Illuminant.allCases, target).map { light, wanted in light.lab(of: treated).difference(from: wanted) }
  }

  /// The whole shade of a needle, 0 to 40, that comes nearest to the hair. The difference has one least value over shades,
  /// so every fourth is tried first.
  func nearest(_ needle: Needle) -> ShadeCandidate {
    func best(_ shades: [Int]) -> ShadeCandidate? {
      let all = shades.map { candidate(needle, shade: Double($0)) }
      return all.dropFirst().reduce(all.first) { best, next in best.map { precedes(next, $0) ? next : $0 } }
    }
    let coarse = best(Array(stride(from: 0, through: 40, by: 4))) ?? candidate(needle, shade: 0)
    let near = Int(coarse.shade)
    let fine = best((max(0, near - 3)...min(40, near + 3)).filter { $0 != near }) ?? coarse
    return precedes(fine, coarse) ? fine : coarse
  }

  /// The most dilute shade of a needle from `nearest` on that differs by no more than `difference` and keeps the rule.
  func mostDilute(_ nearest: ShadeCandidate, within difference: Double) -> ShadeCandidate {
    var best = nearest
    while best.shade < 40 {
      let next = candidate(nearest.needle, shade: best.shade + 1)
      guard next.difference <= difference, excess(next) == 0 else { break }
      best = next
    }
    return best
  }

  private func candidate(_ needle: Needle, shade: Double) -> ShadeCandidate {
    var candidate = ShadeCandidate(
      needle: needle, shade: shade,
      opticalDensity: min(Ink.opticalDensity(shade: shade), PigmentBody.opticalDensityRange.upperBound),
      coreDiameter: healedCore(needle), differences: [], difference: 0, patchStep: 0, dotStep: 0)
    let body = body(candidate)
    candidate.differences = differences(body)
    candidate.difference = rootMeanSquare(candidate.differences)
    let treated = treatedReflectance(body, density: impressions, on: skin)
    candidate.patchStep = bare.lightness - Illuminant.daylight.lab(of: treated).lightness
    // The eye's blur on a dot at arm's length: σ 0.04 mm (see `apparentDiameter`).
    let peak = lossProfile(body, in: skin).blurred(sigma: 0.04).loss(at: 0)
    let rgb = skin.linearRGB
    candidate.dotStep = Lab(linearRGB: rgb).lightness - Lab(linearRGB: rgb * (SIMD3(repeating: 1) - peak)).lightness
    return candidate
  }

  private func rootMeanSquare(_ values: [Double]) -> Double {
    (values.reduce(0) { $0 + $1 * $1 } / Double(max(values.count, 1))).squareRoot()
  }

  /// By how much a candidate is darker than the contrast rule allows, L*.
  func excess(_ candidate: ShadeCandidate) -> Double {
    max(0, candidate.dotStep - dotContrast(query.client.skin).upperBound, candidate.patchStep - max(hairStep, 0) - 1)
  }

  /// Those within the rule come first, and of them the nearest to the hair; of the others the one least beyond.
  func precedes(_ a: ShadeCandidate, _ b: ShadeCandidate) -> Bool {
    let (x, y) = (excess(a), excess(b))
    if x > 0 || y > 0 { return x != y ? x < y : a.difference < b.difference }
    return a.difference < b.difference
  }

  /// Differences some years after the last session; 0 is healed.
  func moment(_ candidate: ShadeCandidate, years: Double) -> ShadeMatch.Moment {
    let healed = body(candidate)
    let byPace = Pace.allCases.map { pace in
      let course = TreatmentCourse(
        ImpressionCourse(
          pace: pace, kind: query.kind.aging, depth: DepthClass(needleDepth: query.needleDepth),
          lossMultiplier: query.client.lossMultiplier(query.kind.aging, query.aging), parameters: query.aging),
        sessions: [])
      let t = max(years, healedAge)
      return differences(
        agedBody(
          healed, darkness: course.darkness(at: t), width: course.width(core: healed.diameter, at: t),
          depth: healed.depth, density: impressions, in: skin))
    }
    let lights = Illuminant.allCases.indices
    return ShadeMatch.Moment(
      years: years, differences: byPace[1], least: lights.map { i in byPace.map { $0[i] }.min() ?? 0 },
      greatest: lights.map { i in byPace.map { $0[i] }.max() ?? 0 })
  }

  func warnings(_ best: ShadeCandidate) -> [String] {
    var warnings: [String] = []
    let contrast = dotContrast(query.client.skin)
    if hairStep < 1.5 {
      warnings.append(
        "no shade serves: this hair, shaved, "
          + (hairStep <= 0 ? "is no darker than the skin" : "darkens the skin by \(fixed(hairStep, 1)) L* only")
          + "; pigment can only darken, so any dot stands out")
    } else if best.difference > visibleDifference {
      warnings.append(
        "no shade serves well: the best still differs by \(fixed(best.difference, 1)), more than is seen side by side "
          + "(\(fixed(visibleDifference, 0)))")
    }
    if excess(best) > 0 {
      warnings.append(
        "every mixture is darker than this skin bears: a dot of the palest differs by \(fixed(best.dotStep, 1)) L*, "
          + "at most \(fixed(contrast.upperBound, 0)) is advised")
    } else if best.dotStep < contrast.lowerBound / 2 {
      warnings.append(
        "single dots are fainter than is usual on this skin (\(fixed(best.dotStep, 1)) L*, usual is "
          + "\(fixed(contrast.lowerBound, 0)) to \(fixed(contrast.upperBound, 0))): seen close they look softer than stubs"
      )
    }
    if best.patchStep > 8 {
      warnings.append(
        "treated skin is \(fixed(best.patchStep, 1)) L* darker than bare skin; over 8 reads as a painted cap")
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
