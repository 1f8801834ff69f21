// Later visits: when they fall due, how much they put in, and what has gone into the skin by then.

import Arithmetic
import PigmentAging
import SkinOptics
import TreatmentDesign

/// A touch-up as it works out at one pace.
public struct PlannedTouchUp: Sendable, Equatable {
  /// Years after the last session; `nil` when the darkness asked about is not reached within 40 years.
  public var years: Double?
  /// For visits that wait for a darkness: years for clients who fade fast and slowly.
  public var earliest: Double?
  public var latest: Double?
  /// Darkness before it, healed work = 1.
  public var darkness: Double
  /// For visits in a given year: the least and greatest darkness before it, over slow, typical and fast.
  public var leastDarkness: Double?
  public var greatestDarkness: Double?
  /// What it puts in to be as dark as healed work again, as a share of the original deposit.
  public var dose: Double
  /// All pigment put in so far, this visit included, over the original deposit.
  public var lifetimeDose: Double
}

extension Pigment.Kind {
  /// The same kind as ageing knows it.
  var aging: PigmentKind {
    switch self {
    case .carbon: .carbon
    case .ironOxide: .ironOxide
    case .azo: .azo
    case .temporary: .temporary
    }
  }
}

extension Pigment.Kind {
  /// The same kind as light meets it.
  var ink: Ink {
    switch self {
    case .carbon: .carbon
    case .ironOxide: .ironOxide
    case .azo: .azo
    case .temporary: .temporary
    }
  }
}

extension Client {
  /// Product of the client's loss factors for a pigment.
  func lossMultiplier(_ kind: PigmentKind, _ parameters: AgingParameters) -> Double {
    lossFactors.reduce(1) { $0 * $1.multiplier(kind, parameters) }
  }
}

extension Design {
  /// Product of the client's loss factors.
  var lossMultiplier: Double { client.lossMultiplier(pigment.kind.aging, aging) }

  /// What laser leaves at each visit, in the order of time.
  var removals: [Removal] {
    laser.map { visit in
      let share = laserRetention(pigment.kind.aging, aging)
      return Removal(years: visit.year, share: (0..<visit.sessions).reduce(1) { left, _ in left * share })
    }
  }

  /// The first treatment's course at a pace, with the design's laser and without its touch-ups.
  func firstCourse(_ pace: Pace, tissue: PigmentAging.Tissue = .skin) -> TreatmentCourse {
    var course = ImpressionCourse(
      pace: pace, tissue: tissue, kind: pigment.kind.aging, depth: DepthClass(needleDepth: pigment.needleDepth),
      lossMultiplier: lossMultiplier, parameters: aging)
    course.removals = removals
    var before = 0.0
    return TreatmentCourse(
      course,
      sessions: sessions.map { session in
        defer { before = session.share }
        return (session.day, session.share - before)
      })
  }
}

/// The touch-ups of a design in order, each with what those before it left, at a pace (`nil` is the client's own) and with
/// the range: visits that wait for a darkness with the years at the fast and the slow pace, visits in a year with the least
/// and the greatest darkness.
public func plannedTouchUps(_ design: Design, pace: Pace? = nil) -> [PlannedTouchUp] {
  var planned = courseOfTreatment(design, pace: pace ?? design.client.pace).touchUps
  let band = Pace.allCases.map { courseOfTreatment(design, pace: $0).touchUps }
  for (i, wish) in design.touchUps.enumerated() {
    switch wish {
    case .below:
      planned[i].earliest = band[2][i].years
      planned[i].latest = band[0][i].years
    case .year:
      let darkness = [planned[i].darkness] + band.map { $0[i].darkness }
      planned[i].leastDarkness = darkness.min()
      planned[i].greatestDarkness = darkness.max()
    }
  }
  return planned
}

extension PlannedTouchUp {
  /// "after 4.4 years, 2030-05-01 (3.1 fast, 6.0 slow), at 65 % of healed darkness"; `nil` where it does not fall due.
  func due(_ date: CalendarDate?) -> String? {
    guard let years else { return nil }
    var text = "after \(fixed(years, 1)) years"
    if let date { text += ", \(date)" }
    if earliest != nil || latest != nil {
      text += " (\(earliest.map { fixed($0, 1) } ?? "-") fast, \(latest.map { fixed($0, 1) } ?? "-") slow)"
    }
    return text + ", at \(darknessText) of healed darkness"
  }

  /// "67 %", with the range where it differs by pace.
  var darknessText: String {
    guard let leastDarkness, let greatestDarkness else { return "\(percent(darkness)) %" }
    return "\(percent(darkness)) % (\(percentRange(leastDarkness, greatestDarkness)))"
  }
}

/// A design's work at one pace: its course with all later visits, and those visits.
func courseOfTreatment(_ design: Design, pace: Pace) -> (course: TreatmentCourse, touchUps: [PlannedTouchUp]) {
  var treatment = design.firstCourse(pace)
  let end = 40.0
  let planned = design.touchUps.map { wish in
    let earliest = (treatment.course.renewals.last?.years ?? 0) + healedAge
    var time: Double?
    switch wish {
    case .year(let years): time = years
    case .below(let share):
      // Visits in order: what a later one adds does not show before it.
      time = firstTime(after: earliest, until: end) { treatment.darkness(at: $0) < share }
    }
    guard let time else {
      return PlannedTouchUp(
        years: nil, darkness: treatment.darkness(at: end), dose: 0, lifetimeDose: treatment.lifetimeDose)
    }
    let darkness = treatment.darkness(at: time)
    let dose = treatment.touchUpAmount(at: time)
    treatment.course.renewals.append(Renewal(years: time, amount: dose))
    return PlannedTouchUp(years: time, darkness: darkness, dose: dose, lifetimeDose: treatment.lifetimeDose)
  }
  return (treatment, planned)
}

extension Design {
  /// When a picture of a year is taken. In the month in which a touch-up heals the scalp is red and scabbed: a picture that would
  /// fall into it shows the day before the visit.
  ///
  /// - Parameters:
  ///   - years: after the last session.
  ///   - pace: of fading.
  /// - Returns: the time, years, and what to say of it where it was moved.
  func timeAtRest(_ years: Double, pace: Pace) -> (years: Double, note: String?) {
    let visits = courseOfTreatment(self, pace: pace).course.course.renewals.map(\.years)
    guard let visit = visits.first(where: { $0 <= years && years < $0 + healedAge }) else { return (years, nil) }
    return (max(visit - 1 / daysPerYear, healedAge), "the day before the touch-up")
  }

  /// A picture of a year as it fades: title, caption with its range, and the time at which the skin is at rest.
  func fadedMoment(_ years: Double, pace: Pace, band: DarknessBand, file: String = "") -> PictureMoment {
    let (rest, note) = timeAtRest(years, pace: pace)
    return PictureMoment(
      file: file, title: years == 1 ? "After 1 year" : "After \(short(years)) years",
      caption: "\(pace.name) fading\(note.map { ", " + $0 } ?? ""); \(band.caption(at: rest, pace: pace))", years: rest,
      pace: pace)
  }
}

/// The first time at which `holds`, to a day; it goes on to hold once it does.
private func firstTime(after start: Double, until end: Double, _ holds: (Double) -> Bool) -> Double? {
  guard holds(end) else { return nil }
  var (early, late) = (start, end)
  if holds(early) { return early }
  while late - early > 1 / daysPerYear {
    let middle = (early + late) / 2
    if holds(middle) { late = middle } else { early = middle }
  }
  return late
}

/// L17: all that goes into the skin over the years stays under 1.8 times the original deposit. Old dots never narrow
/// again, and repeated touch-ups over nine years gave one client a smeared scalp (grade D).
func touchUpRule(_ design: Design) -> [LintFinding] {
  let planned = plannedTouchUps(design)
  guard
    let i = planned.firstIndex(where: { !LintFinding.Advice.atMost(design.aging.lifetimeDose).allows($0.lifetimeDose) })
  else { return [] }
  return [
    LintFinding(
      id: "L17", level: .warning, subject: "pigment over a lifetime, first treatment = 1,",
      measured: planned[i].lifetimeDose, advised: .atMost(design.aging.lifetimeDose), unit: "",
      reason: "what has spread stays; more on top of it smears", keyPath: "touchUps[\(i)]")
  ]
}
