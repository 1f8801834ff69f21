// Touch-ups: an added impression with its own clock, on top of what the older ones have left. Nothing is reset. The
// old impressions' spread stays, so every cycle widens the dots.

/// One dot's impressions over its life.
public struct DotHistory: Sendable, Equatable {
  public struct Impression: Sendable, Equatable {
    /// When, years after the first session.
    public var years: Double
    /// Pigment put in, as a share of the original deposit of all sessions together.
    public var amount: Double

    public init(years: Double, amount: Double) {
      self.years = years
      self.amount = amount
    }
  }

  /// In the order of time.
  public var impressions: [Impression]

  public init(impressions: [Impression]) { self.impressions = impressions }

  /// The first treatment: what each session adds, on its day.
  public init(sessions: [(day: Double, amount: Double)]) {
    impressions = sessions.map { Impression(years: $0.day / daysPerYear, amount: $0.amount) }
  }

  /// All pigment ever put in, as a multiple of the original deposit; see `lifetimeDoseLimit`.
  public var lifetimeDose: Double { impressions.reduce(0) { $0 + $1.amount } }

  /// Mass in the skin at a time, years after the first session, as a share of the original deposit.
  public func mass(at years: Double, _ model: FadeModel) -> Double {
    impressions.reduce(0) { $1.years <= years ? $0 + $1.amount * model.mass(years: years - $1.years) : $0 }
  }

  /// Mass against that of the healed first treatment, which is taken at day 60 when the last sessions have healed.
  public func relativeDose(at years: Double, _ model: FadeModel) -> Double {
    mass(at: years, model) / healedMass(model)
  }

  /// Full width at half maximum of the dot, mm: variances of its impressions, weighed by their mass.
  public func width(core: Double, at years: Double, _ model: FadeModel) -> Double {
    var (mass, squares) = (0.0, 0.0)
    for impression in impressions where impression.years <= years {
      let age = years - impression.years
      let left = impression.amount * model.mass(years: age)
      mass += left
      squares += left * (core * core + model.squaredGrowth(years: age))
    }
    return mass > 0 ? (squares / mass).squareRoot() : core
  }

  /// The share of the original deposit that brings the healed dose back to 1 when put in at `years`; 0 if nothing is
  /// missing.
  public func touchUpAmount(at years: Double, _ model: FadeModel) -> Double {
    let missing = 1 - relativeDose(at: years, model)
    return max(0, missing) * healedMass(model) / model.mass(years: healedAge)
  }

  private func healedMass(_ model: FadeModel) -> Double {
    let start = impressions.filter { $0.years <= 60 / daysPerYear }
    return DotHistory(impressions: start).massOfAll(at: 60 / daysPerYear, model)
  }

  private func massOfAll(at years: Double, _ model: FadeModel) -> Double {
    impressions.reduce(0) { $0 + $1.amount * model.mass(years: years - $1.years) }
  }
}

/// Perceived darkness under which clients ask for a touch-up (grade D, set so that the typical client comes after 4.4
/// years); 0.55 to 0.75.
public let touchUpDarkness = 0.65

/// When healed work becomes darker than `darkness` no longer, years after the impression; `nil` if not within fifty
/// years.
public func touchUpDue(_ model: FadeModel, darkness: Double = touchUpDarkness) -> Double? {
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

/// Lifetime dose beyond which a scalp tends to smear, as a multiple of the original deposit (grade D); 1.4 to 2.2. A
/// routine client gets there with the second touch-up, after about ten years.
public let lifetimeDoseLimit = 1.8

/// Share of the pigment that one laser session leaves; correct micropigmentation clears in 1 to 3 (grade C).
public let retentionPerLaserSession = 0.3
