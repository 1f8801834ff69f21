// How pigment leaves the skin.
//
// Three parts of what was deposited leave on three clocks: pigment in the epidermis and scab is shed around day nine,
// a settling part leaves within the first year, and the rest leaks away over decades as the cells that hold it die
// and are replaced (Baranska et al. Unveiling skin macrophage dynamics explains both tattoo persistence and
// strenuous removal. 2018). The form and every number are design values (grade D): nothing published measures scalp
// micropigmentation beyond six months. They were fitted to a third lost by day 42, as extraction from tattooed mouse
// skin found for another pigment (Engel et al. 2010), and to touch-ups after 3 to 5 years, as clinics advise.

import Arithmetic

/// Days in a year of this model.
public let daysPerYear = 365.25

/// Age of an impression at which it counts as healed, and against which all later pictures are measured, years.
public let healedAge = 30 / daysPerYear

/// How one impression in one kind of skin loses pigment and spreads.
public struct FadeModel: Sendable, Equatable {
  /// Share of the deposit in the epidermis and scab, shed in the first weeks. Default 0.30, range 0.15 to 0.50.
  public var shedShare: Double
  /// Share that settles out over the first year or so. Default 0.15, range 0.05 to 0.30.
  public var settlingShare: Double
  /// Time constant of the settling share, years. Default 0.75, range 0.4 to 1.5.
  public var settlingYears: Double
  /// Slow loss of the lasting share, per year. Default 0.10, range 0.04 to 0.25.
  public var lossRate: Double
  /// Lateral spread, mm² per year. Default 3e-4, range 1e-4 to 6e-3: the least supported number of the model.
  public var diffusion: Double
  /// Day by which half of the shed share is gone. Default 9, range 7 to 12.
  public var sheddingDay: Double
  /// Width of the shedding in time, days. Default 2.5, range 1.5 to 4.
  public var sheddingWidth: Double
  /// How strongly perceived darkness saturates with mass. Default 1, range 0.7 to 1.6.
  public var saturation: Double

  /// Shares are held within 0 to 1, and the settling share gives way if they exceed the deposit together.
  public init(
    shedShare: Double = 0.30, settlingShare: Double = 0.15, settlingYears: Double = 0.75, lossRate: Double = 0.10,
    diffusion: Double = 3e-4, sheddingDay: Double = 9, sheddingWidth: Double = 2.5, saturation: Double = 1
  ) {
    self.shedShare = min(max(shedShare, 0), 1)
    self.settlingShare = min(max(settlingShare, 0), 1 - self.shedShare)
    self.settlingYears = settlingYears
    self.lossRate = lossRate
    self.diffusion = diffusion
    self.sheddingDay = sheddingDay
    self.sheddingWidth = sheddingWidth
    self.saturation = saturation
  }

  /// Share of the deposit that only the slow loss takes.
  public var lastingShare: Double { 1 - shedShare - settlingShare }

  /// Where the deposit is after `years`; the four parts add up to 1.
  public struct Balance: Sendable, Equatable {
    /// Still in the epidermis and scab.
    public var epidermal: Double
    /// Still settling.
    public var settling: Double
    /// Held for the long term.
    public var lasting: Double
    /// Gone from the skin.
    public var lost: Double

    /// What is left in the skin.
    public var mass: Double { epidermal + settling + lasting }
  }

  /// The pigment budget of one impression, `years` after it was made; earlier times count as 0.
  ///
  /// The shedding curve is subtracted from its value at day 0 and not stretched to reach 1, as the model was fitted:
  /// 2.7 % of the shed share never leaves, which is a residue of the form and not a finding.
  public func balance(years: Double) -> Balance {
    let t = max(years, 0)
    let shed =
      logistic((daysPerYear * t - sheddingDay) / sheddingWidth) - logistic(-sheddingDay / sheddingWidth)
    let epidermal = shedShare * (1 - shed)
    let settling = settlingShare * exponential(-t / settlingYears)
    let lasting = lastingShare * exponential(-lossRate * t)
    return Balance(
      epidermal: epidermal, settling: settling, lasting: lasting, lost: 1 - epidermal - settling - lasting)
  }

  /// Mass left over mass deposited, `years` after the impression: m(t).
  public func mass(years: Double) -> Double { balance(years: years).mass }

  /// Mass left over the mass of the healed state: R(t) = m(t) / m(30 d). 1 at day 30, above 1 before.
  public func retention(years: Double) -> Double { mass(years: years) / mass(years: healedAge) }

  /// Perceived darkness over that of the healed state: V(t). It falls more slowly than the mass, because a dark dot
  /// that loses a little pigment is still dark.
  public func darkness(years: Double) -> Double { darkness(retention: retention(years: years)) }

  /// Perceived darkness at a given retention.
  public func darkness(retention: Double) -> Double {
    (1 - exponential(-saturation * retention)) / (1 - exponential(-saturation))
  }
}

/// 1 / (1 + e⁻ˣ)
func logistic(_ x: Double) -> Double { 1 / (1 + exponential(-x)) }
