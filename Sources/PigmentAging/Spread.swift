// How a dot widens: diffusion-like, held back because the cells that take pigment up again sit where it was let go
// (Baranska et al. 2018; Eames, The dynamics of tattoo ink, 2011). The rate is a design value (grade D): the doubling
// of tattooed fine lines in 10 to 15 years gives the upper end, crisp dots in healed work the lower.

/// Full width at half maximum over standard deviation of a Gaussian, as the model's tables round it.
public let widthPerDeviation = 2.355

extension FadeModel {
  /// Full width at half maximum of a healed core after `years`, mm. Without fresh swelling and without the halo that
  /// scattered light adds.
  /// - Parameters:
  ///   - core: diameter of the healed core, mm.
  ///   - years: since the impression was made.
  public func width(core: Double, years: Double) -> Double {
    (core * core + squaredGrowth(years: years)).squareRoot()
  }

  /// What spreading adds to the square of a core's width, mm²; the same for every core.
  public func squaredGrowth(years: Double) -> Double {
    widthPerDeviation * widthPerDeviation * 2 * diffusion * max(years, 0)
  }

  /// Height of the dot's profile over that of the healed core before any spreading: less mass over more area.
  public func peak(core: Double, years: Double) -> Double {
    let width = width(core: core, years: years)
    return retention(years: years) * (core / width) * (core / width)
  }
}

/// What the eye sees of a core `width` mm wide, mm: optical blur of σ 0.04 mm and a halo of 0.20 mm added in
/// quadrature (grade D, to be matched on photographs). 0.13 mm gives 0.26 mm.
public func apparentDiameter(width: Double) -> Double { (width * width + blurAndHaloSquared).squareRoot() }

/// mm²
let blurAndHaloSquared = (widthPerDeviation * 0.04) * (widthPerDeviation * 0.04) + 0.20 * 0.20
