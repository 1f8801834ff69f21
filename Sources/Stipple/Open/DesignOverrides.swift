import Arithmetic
import PigmentAging
import TreatmentDesign

/// What a caller sets in place of what a design says; `nil` leaves the design's.
public struct DesignOverrides: Sendable, Equatable {
  /// Another arrangement of the same density.
  public var seed: UInt64?
  /// Pace of fading; also that of the year pictures.
  public var pace: Pace?
  /// Side of a square picture, pixels, 64 to 8192.
  public var size: Int?
  /// The side to show; takes the place of a camera.
  public var view: Pictures.View?
  /// A camera of one's own; takes the place of a named view.
  public var camera: Pictures.OwnCamera?
  /// Parallel rays, for templates.
  public var orthographic: Bool?
  /// Where the close-up, or a camera of one's own, looks.
  public var at: Pictures.Place?
  public var light: Pictures.Light?
  public var background: Pictures.Background?
  public var quality: Pictures.Quality?
  /// Sebum on the skin, 0 matt to 1 oily.
  public var oil: Double?
  /// Bits per sample, 8 or 16.
  public var bits: Int?
  /// Where the colour of skin comes from.
  public var skin: Pictures.SkinSource?

  /// Who hands a report over.
  public var clinic: Clinic?
  /// The clinic's prices.
  public var rates: RateCard?

  public init() {}
}

extension Design {
  /// The design with everything that a caller set put in its place: what is drawn from then on, and what a picture carries.
  ///
  /// Throws `StippleError` of kind `usage` for a value outside its range.
  public func applying(_ overrides: DesignOverrides) throws(StippleError) -> Design {
    var design = self
    if let seed = overrides.seed { design.seed = seed }
    if let pace = overrides.pace { design.client.pace = pace }
    if let size = overrides.size { design.pictures.size = size }
    if let view = overrides.view {
      design.pictures.view = view
      design.pictures.camera = nil
    }
    if let camera = overrides.camera {
      design.pictures.camera = camera
      design.pictures.view = Pictures().view
    }
    if let orthographic = overrides.orthographic { design.pictures.orthographic = orthographic }
    if let at = overrides.at {
      design.pictures.at = at
      design.pictures.macroPlace = nil
    }
    if let light = overrides.light { design.pictures.light = light }
    if let background = overrides.background { design.pictures.background = background }
    if let quality = overrides.quality { design.pictures.quality = quality }
    if let oil = overrides.oil { design.pictures.oil = oil }
    if let bits = overrides.bits {
      guard bits == 8 || bits == 16 else { throw StippleError(.usage, "\(bits) bits per sample; allowed are 8 and 16") }
      design.pictures.sixteenBit = bits == 16
    }
    if let skin = overrides.skin { design.pictures.skin = skin }
    if let clinic = overrides.clinic { design.clinic = clinic }
    if let rates = overrides.rates { design.rates = rates }
    try design.pictures.check()
    return design
  }
}

extension Pictures {
  /// Throws `StippleError` of kind `usage` for a value outside its range.
  func check() throws(StippleError) {
    if !Pictures.sizes.contains(size) {
      throw StippleError(
        .usage,
        "picture size \(size) is outside \(Pictures.sizes.lowerBound) to \(Pictures.sizes.upperBound) pixels")
    }
    guard oil >= 0, oil <= 1 else { throw StippleError(.usage, "oil \(oil) is outside 0 (matt) to 1 (oily)") }
    if let camera { try camera.check() }
  }
}

extension Pictures.OwnCamera {
  func check() throws(StippleError) {
    func check(_ name: String, _ value: Double, _ range: ClosedRange<Double>, _ unit: String) throws(StippleError) {
      if !range.contains(value) {
        throw StippleError(
          .usage,
          "camera \(name) \(short(value)) is outside \(short(range.lowerBound)) to \(short(range.upperBound)) \(unit)")
      }
    }
    try check("azimuth", azimuth, Self.azimuths, "degrees")
    try check("elevation", elevation, Self.elevations, "degrees")
    try check("distance", distance, Self.distances, "mm")
    try check("focal", focal, Self.focals, "mm")
  }

  /// A camera written as `azimuth=30,elevation=10,distance=900,focal=85`; what is left out keeps its default.
  ///
  /// Throws `StippleError` of kind `usage`, naming what is allowed.
  public init(parsing text: String) throws(StippleError) {
    self.init()
    let names = "azimuth (degrees), elevation (degrees), distance (mm), focal (mm)"
    for part in text.split(separator: ",", omittingEmptySubsequences: true) {
      let pair = part.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
      guard pair.count == 2, let value = Double(pair[1]), value.isFinite else {
        throw StippleError(.usage, "camera '\(part)' is not name=number; allowed are \(names)")
      }
      switch pair[0] {
      case "azimuth": azimuth = value
      case "elevation": elevation = value
      case "distance": distance = value
      case "focal": focal = value
      default: throw StippleError(.usage, "camera '\(pair[0])' is unknown; allowed are \(names)")
      }
    }
    try check()
  }
}
