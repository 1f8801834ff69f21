// A whole treatment over time: sessions, then touch-ups and laser. A touch-up is an added impression with its own
// clock, on top of what the older ones have left. Nothing is reset. The old impressions' spread stays, so every cycle
// widens the dots.

/// One course of work: who, in what, with which later visits, and how the first treatment was spread over sessions.
///
/// Times are years after the last session of the first treatment. The treatment counts as healed 30 days after that
/// session, however many sessions there were, and dose and darkness are measured against what is there then.
public struct TreatmentCourse: Sendable, Equatable {
  public var course: ImpressionCourse
  /// Years before the last session, and share of the impressions, of each session.
  public let sessions: [Session]

  public struct Session: Sendable, Equatable {
    public var lead: Double
    public var share: Double
  }

  /// - Parameters:
  ///   - course: how one of its impressions goes.
  ///   - sessions: day of each session, and the share of the impressions that it adds.
  public init(_ course: ImpressionCourse, sessions: [(day: Double, share: Double)]) {
    self.course = course
    let last = sessions.map(\.day).max() ?? 0
    self.sessions =
      sessions.isEmpty
      ? [Session(lead: 0, share: 1)] : sessions.map { Session(lead: (last - $0.day) / daysPerYear, share: $0.share) }
  }

  /// Pigment in the skin over that of the healed treatment.
  public func dose(at years: Double) -> Double { mean(at: years, \.retained) / healed(\.retained) }

  /// Darkness of the treated skin, healed = 1: the step in lightness between treated and bare skin, over that of the
  /// healed treatment.
  public func darkness(at years: Double) -> Double { mean(at: years, \.darkness) / healed(\.darkness) }

  /// Full width at half maximum of a dot, mm: variances of its impressions, weighed by their mass, and swollen while
  /// they heal.
  public func width(core: Double, at years: Double) -> Double {
    var (squares, weight) = (0.0, 0.0)
    for session in sessions {
      let state = course.state(years: years, lead: session.lead)
      let width = state.width(core: core)
      squares += session.share * max(state.retained, 1e-12) * width * width
      weight += session.share * max(state.retained, 1e-12)
    }
    return weight > 0 ? (squares / weight).squareRoot() : core
  }

  /// Greatest redness of the skin, 0 to 1.
  public func redness(at years: Double) -> Double {
    sessions.reduce(0) { max($0, course.state(years: years, lead: $1.lead).redness) }
  }

  /// The share of the original deposit that brings the dose back to 1 when put in at `years`; 0 if nothing is missing.
  public func touchUpAmount(at years: Double) -> Double {
    max(0, healed(\.retained) - mean(at: years, \.retained))
  }

  /// All pigment ever put in, as a multiple of the original deposit; see `AgingParameters.lifetimeDose`.
  public var lifetimeDose: Double { 1 + course.renewals.reduce(0) { $0 + $1.amount } }

  /// The first treatment's own mean when it has healed, without later visits.
  private func healed(_ value: KeyPath<ImpressionState, Double>) -> Double {
    var first = self
    first.course.renewals = []
    first.course.removals = []
    return first.mean(at: healedAge, value)
  }

  private func mean(at years: Double, _ value: KeyPath<ImpressionState, Double>) -> Double {
    var (sum, shares) = (0.0, 0.0)
    for session in sessions {
      sum += session.share * course.state(years: years, lead: session.lead)[keyPath: value]
      shares += session.share
    }
    return shares > 0 ? sum / shares : 0
  }
}

/// When healed work becomes darker than `darkness` no longer, years after the impression; `nil` if not within fifty
/// years.
public func touchUpDue(_ model: FadeModel, darkness: Double = AgingParameters.standard.touchUpDarkness) -> Double? {
  var (early, late) = (healedAge, 50.0)
  guard model.darkness(years: late) < darkness, model.darkness(years: early) > darkness else {
    return model.darkness(years: early) <= darkness ? early : nil
  }
  // Darkness falls throughout, so halving the interval finds the one crossing.
  for _ in 0..<50 {
    let middle = (early + late) / 2
    if model.darkness(years: middle) > darkness { early = middle } else { late = middle }
  }
  return (early + late) / 2
}

/// Share of the pigment that one laser session leaves. Correct micropigmentation clears in 1 to 3 sessions (practices,
/// grade C), which 0.3 describes for carbon; the other pigments take more (grade D). Laser breaks up what is there and
/// leaves its width alone.
public func laserRetention(_ kind: PigmentKind, _ parameters: AgingParameters = .standard) -> Double {
  switch kind {
  case .carbon: parameters.laserCarbon
  case .ironOxide: parameters.laserIronOxide
  case .azo: parameters.laserAzo
  case .temporary: parameters.laserTemporary
  }
}
