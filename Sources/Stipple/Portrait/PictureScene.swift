// From where, under which light and before what a picture is taken: the design's wishes and the caller's, checked.

import Files
import PNGImage
import ScalpGeometry
import ScalpRendering
import TreatmentDesign

/// What a caller of `preview` may set in place of the design's `pictures`; `nil` leaves the design's.
public struct PictureChoices: Sendable, Equatable {
  /// The side to show.
  public var view: Pictures.View?
  /// A camera of one's own in place of a named view.
  public var camera: Pictures.OwnCamera?
  /// Parallel rays, for templates.
  public var orthographic = false
  /// Where the close-up, or a camera of one's own, looks.
  public var at: Pictures.Place?
  public var light: Pictures.Light?
  public var background: Pictures.Background?
  public var quality: Pictures.Quality?
  /// Sebum on the skin, 0 matt to 1 oily.
  public var oil: Double?
  /// 8 or 16.
  public var bits: Int?

  public init() {}
}

/// What pictures of a design are taken with.
struct PictureScene {
  var pictures: Pictures
  var orthographic: Bool
  /// Whether a place was asked for, so that a camera of one's own looks there and not at the middle of the head.
  var looksAtPlace: Bool

  /// Throws `StippleError` of kind `usage` for a value outside its range.
  init(_ design: Design, _ choices: PictureChoices, size: Int?) throws(StippleError) {
    pictures = design.pictures
    if let size { pictures.size = size }
    if !Pictures.sizes.contains(pictures.size) {
      throw StippleError(
        .usage,
        "picture size \(pictures.size) is outside \(Pictures.sizes.lowerBound) to \(Pictures.sizes.upperBound) pixels")
    }
    if let view = choices.view {
      pictures.view = view
      pictures.camera = nil
    }
    if let camera = choices.camera { pictures.camera = camera }
    looksAtPlace = choices.at != nil || pictures.at != nil
    if let at = choices.at {
      pictures.at = at
      pictures.macroPlace = nil
    }
    if let light = choices.light { pictures.light = light }
    if let background = choices.background { pictures.background = background }
    if let quality = choices.quality { pictures.quality = quality }
    if let oil = choices.oil { pictures.oil = oil }
    if let bits = choices.bits {
      guard bits == 8 || bits == 16 else { throw StippleError(.usage, "\(bits) bits per sample; allowed are 8 and 16") }
      pictures.sixteenBit = bits == 16
    }
    orthographic = choices.orthographic || pictures.camera?.orthographic == true
    guard pictures.oil >= 0, pictures.oil <= 1 else {
      throw StippleError(.usage, "oil \(pictures.oil) is outside 0 (matt) to 1 (oily)")
    }
    if let camera = pictures.camera { try camera.check() }
  }

  var light: StudioLight { (LightSetup(rawValue: pictures.light.rawValue) ?? .clinic).light }
  var background: Background { Background(rawValue: pictures.background.rawValue) ?? .clinic }
  var quality: PictureQuality { PictureQuality(rawValue: pictures.quality.rawValue) ?? .standard }
  /// Whether 8-bit opaque pictures do not hold all that is asked for.
  var needsSamples: Bool { pictures.sixteenBit || background == .transparent }

  /// What a row of the sheet is called.
  func title(of view: Pictures.View?) -> String {
    guard let view else {
      let camera = pictures.camera ?? Pictures.OwnCamera()
      return "from \(short(camera.azimuth))°, \(short(camera.elevation))°"
    }
    return viewTitle(view)
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

// MARK: - Memory

extension PictureScene {
  /// The windows that pictures of `size` are drawn in.
  func windows(size: Int) -> [PictureWindow] { PictureWindow.bands(size: size, quality: quality) }

  /// Throws `StippleError` of kind `limit` where the pictures would take more memory than the machine has free.
  func checkMemory(pictures count: Int, free: Int? = freeMemory()) throws(StippleError) {
    let need = memory(pictures: count)
    guard let free, need > free else { return }
    func gigabytes(_ bytes: Int) -> String { "\(short(Double(bytes / 10_000_000) / 100)) GB" }
    throw StippleError(
      .limit,
      "\(count) pictures of \(pictures.size) x \(pictures.size) pixels need about \(gigabytes(need)) and "
        + "\(gigabytes(free)) are free; ask for a smaller size, fewer years or 8 bits")
  }

  /// Bytes that `count` pictures and the window being drawn take at most.
  func memory(pictures count: Int) -> Int {
    let pixels = pictures.size * pictures.size
    let deep = needsSamples ? (background == .transparent ? 4 : 3) * (pictures.sixteenBit ? 2 : 1) : 0
    // The finished picture, its samples, and about half of either as a file.
    let kept = count * pixels * (3 + deep) * 3 / 2
    let samples = windows(size: pictures.size).map { $0.width * $0.height }.max() ?? 0
    return kept + samples * (quality == .final ? 4 : 1) * 100 + 150_000_000
  }
}
