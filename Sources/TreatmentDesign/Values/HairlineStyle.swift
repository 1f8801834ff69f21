/// The figures behind a hairline style: how soft, how irregular, how light at the edge.
///
/// Style names are the trade's; the figures are design values (no published measurement), within the reported
/// transition zone of 0.5 to 1 cm of single hairs (Shapiro 2013; Rassman) for the natural styles.
public struct HairlineFigures: Sendable, Equatable {
  /// Width over which the density rises from 10 to 90 %, mm.
  public var feather: Double
  /// Density on the line over the density behind it.
  public var edgeShare: Double
  /// Amplitude of slow undulation, mm, and its wavelength, mm.
  public var undulation: Double
  public var wavelength: Double
  /// Standard deviation of the fine irregularity, mm.
  public var jitter: Double
  /// Shade steps by which impressions at the edge are lighter.
  public var shadeSteps: Int
  /// Density of the isolated impressions ahead of the line over the density behind it, and how far ahead they lie, mm.
  public var sentinelShare: Double
  public var sentinelReach: Double
  /// Whether short stretches of the line fall back by a few millimetres.
  public var hasGaps: Bool
  /// Whether the corner at the temple is rounded away.
  public var isRounded: Bool
}

extension HairlineLayer.Style {
  /// The style's own figures.
  public var figures: HairlineFigures {
    var figures = HairlineFigures(
      feather: 8, edgeShare: 0.3, undulation: 3, wavelength: 35, jitter: 1.2, shadeSteps: 2, sentinelShare: 0.04,
      sentinelReach: 9, hasGaps: false, isRounded: false)
    switch self {
    case .edgeUp:
      figures.feather = 2
      figures.edgeShare = 0.7
      figures.undulation = 0.5
      figures.wavelength = 60
      figures.jitter = 0.4
      // A barber's line is as dark at its edge as behind it (photographs of short cuts on dark skin).
      figures.shadeSteps = 0
      figures.sentinelShare = 0
    case .medium:
      figures.feather = 5
      figures.edgeShare = 0.45
      figures.undulation = 2
      figures.wavelength = 40
      figures.jitter = 0.8
      figures.shadeSteps = 1
      figures.sentinelShare = 0.025
      figures.sentinelReach = 6
    case .natural: break
    case .soft:
      figures.feather = 12
      figures.edgeShare = 0.2
      figures.jitter = 1.6
      figures.sentinelReach = 12
    case .broken:
      figures.feather = 15
      figures.edgeShare = 0.15
      figures.undulation = 4
      figures.wavelength = 25
      figures.jitter = 2.2
      figures.sentinelReach = 14
      figures.hasGaps = true
    case .female:
      figures.feather = 9
      figures.edgeShare = 0.25
      figures.undulation = 2
      figures.wavelength = 30
      figures.isRounded = true
    }
    return figures
  }
}

extension HairlineLayer {
  /// The style's figures with those the layer states itself.
  public var figures: HairlineFigures {
    var figures = style.figures
    if let feather { figures.feather = feather }
    if let edgeShare { figures.edgeShare = edgeShare }
    if let undulation { figures.undulation = undulation }
    if let jitter { figures.jitter = jitter }
    return figures
  }
}
