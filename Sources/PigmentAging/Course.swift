// One kind of impression at one time: what its own session and all later visits to the same place leave to be seen.
//
// Visits add up, each by its own clock:
//   R = Σ a r(t - T) ∏ laser      mass, healed first impression = 1
//   V = (1 - e^(-εR)) / (1 - e^(-ε)) + Σ a (h - 1)      darkness
// with r the retention of a visit (1 while it heals) and h the healing curve's darkness (1 from day 30 on). While
// work heals the curve is drawn, afterwards the mass; both are 1 on day 30 and never multiplied.

/// A later visit that puts pigment into every impression again.
public struct Renewal: Sendable, Equatable {
  /// When, years after the last session.
  public var years: Double
  /// Pigment put in, as a share of an impression's original deposit.
  public var amount: Double

  public init(years: Double, amount: Double) {
    self.years = years
    self.amount = amount
  }
}

/// Laser that breaks up what is in the skin at the time.
public struct Removal: Sendable, Equatable {
  /// When, years after the last session.
  public var years: Double
  /// What it leaves, 0 to 1: see `laserRetention`.
  public var share: Double

  public init(years: Double, share: Double) {
    self.years = years
    self.share = share
  }
}

/// What is seen of one kind of impression at one time.
public struct ImpressionState: Sendable, Equatable {
  /// Pigment left, healed = 1; more while it is fresh.
  public var retained: Double
  /// Darkness to draw, healed = 1.
  public var darkness: Double
  /// What spreading has added to the square of the core's width, mm².
  public var squaredGrowth: Double
  /// Factor on the width while it heals.
  public var swelling: Double
  /// Redness of the skin around, 0 to 1.
  public var redness: Double
  /// Share of the dot that is scab, 0 to 1.
  public var scab: Double

  /// Full width at half maximum of a healed core of this diameter, mm, swollen while it heals.
  public func width(core: Double) -> Double { (core * core + squaredGrowth).squareRoot() * swelling }
}

/// The life of one kind of impression: pace, tissue, pigment and depth, its renewals and its laser sessions.
public struct ImpressionCourse: Sendable, Equatable {
  public var renewals: [Renewal] = []
  public var removals: [Removal] = []
  public let pace: Pace
  public let model: FadeModel
  private let range: FadeRange
  private let healingTime: Double

  public init(
    pace: Pace, tissue: Tissue = .skin, kind: PigmentKind = .carbon, depth: DepthClass = .upperDermis,
    lossMultiplier: Double = 1, parameters: AgingParameters = .standard
  ) {
    range = FadeRange(
      tissue: tissue, kind: kind, depth: depth, lossMultiplier: lossMultiplier, parameters: parameters)
    self.pace = pace
    model = range.model(pace)
    healingTime = parameters.healingTime
  }

  /// The state `years` after the last session of an impression made `lead` years before that session.
  ///
  /// - Parameters:
  ///   - years: since the last session.
  ///   - lead: years between its own session and the last one.
  ///   - clock: how much faster than the average the impression's time runs.
  public func state(years: Double, lead: Double = 0, clock: Double = 1) -> ImpressionState {
    var state = ImpressionState(retained: 0, darkness: 0, squaredGrowth: 0, swelling: 0, redness: 0, scab: 0)
    var (held, extra, weight) = (0.0, 0.0, 0.0)
    func add(_ visit: Double, _ amount: Double) {
      let age = max(0, years - visit) * clock
      var amount = amount
      for removal in removals where removal.years > visit && removal.years <= years { amount *= removal.share }
      let mass = range.retention(pace, model, years: age) * amount
      state.retained += mass
      held += age < healedAge ? amount : mass
      let fresh = age < healedAge ? healing(days: age * daysPerYear / healingTime) : .healed
      extra += amount * (fresh.darkness - 1)
      state.squaredGrowth += mass * model.squaredGrowth(years: age)
      state.swelling += mass * fresh.diameter
      state.scab += mass * fresh.scab
      state.redness = max(state.redness, fresh.redness)
      weight += mass
    }
    add(-lead, 1)
    for renewal in renewals where renewal.years <= years { add(renewal.years, renewal.amount) }
    guard weight > 0 else { return state }
    state.squaredGrowth /= weight
    state.swelling /= weight
    state.scab /= weight
    state.darkness = model.darkness(retention: held) + extra
    return state
  }
}
