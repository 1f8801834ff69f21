// Later visits: when they fall due, how much they put in, and what has gone into the skin by then.

import PigmentAging
import TreatmentDesign

/// A touch-up as it works out for the typical client.
public struct PlannedTouchUp: Sendable, Equatable {
  /// Years after the last session; `nil` when the darkness asked about is not reached within 40 years.
  public var years: Double?
  /// For visits that wait for a darkness: years for clients who fade fast and slowly.
  public var earliest: Double?
  public var latest: Double?
  /// Darkness before it, healed work = 1.
  public var darkness: Double
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

/// The touch-ups of a design in order, each with what those before it left.
public func plannedTouchUps(_ design: Design) -> [PlannedTouchUp] {
  func course(_ pace: Pace) -> [PlannedTouchUp] { touchUps(of: design, pace: pace) }
  var planned = course(.typical)
  let fast = course(.fast)
  let slow = course(.slow)
  for (i, wish) in design.touchUps.enumerated() {
    guard case .below = wish else { continue }
    planned[i].earliest = fast[i].years
    planned[i].latest = slow[i].years
  }
  return planned
}

private func touchUps(of design: Design, pace: Pace) -> [PlannedTouchUp] {
  let depth = DepthClass(needleDepth: design.pigment.needleDepth)
  let model = FadeModel(pace: pace, kind: design.pigment.kind.aging, depth: depth)
  var before = 0.0
  var history = DotHistory(
    sessions: design.sessions.map { session in
      defer { before = session.share }
      return (session.day, session.share - before)
    })
  let last = (design.sessions.last?.day ?? 0) / daysPerYear
  let healed = history.mass(at: last + healedAge, model)
  func darkness(_ years: Double) -> Double { model.darkness(retention: history.mass(at: years, model) / healed) }

  return design.touchUps.map { wish in
    let earliest = (history.impressions.last?.years ?? 0) + healedAge
    var time: Double?
    switch wish {
    case .year(let years): time = last + years
    case .below(let share): time = firstTime(after: earliest, until: last + 40) { darkness($0) < share }
    }
    guard let time else {
      return PlannedTouchUp(years: nil, darkness: darkness(last + 40), dose: 0, lifetimeDose: history.lifetimeDose)
    }
    let left = history.mass(at: time, model) / healed
    let dose = max(0, 1 - left) * healed / model.mass(years: healedAge)
    let dark = darkness(time)
    history.impressions.append(.init(years: time, amount: dose))
    return PlannedTouchUp(years: time - last, darkness: dark, dose: dose, lifetimeDose: history.lifetimeDose)
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
  guard let i = planned.firstIndex(where: { !LintFinding.Advice.atMost(lifetimeDoseLimit).allows($0.lifetimeDose) })
  else { return [] }
  return [
    LintFinding(
      id: "L17", level: .warning, subject: "pigment over a lifetime, first treatment = 1,",
      measured: planned[i].lifetimeDose, advised: .atMost(lifetimeDoseLimit), unit: "",
      reason: "what has spread stays; more on top of it smears", keyPath: "touchUps[\(i)]")
  ]
}
