// How pictures are taken: the same options wherever pictures are drawn, each in place of what the design says.

import ArgumentParser
import Stipple
import TreatmentDesign

/// Camera, lamps and all else that `preview` and `timeline` take.
struct PictureOptions: ParsableArguments {
  @Option(help: "The side to show. Default: the design's.")
  var view: Pictures.View?

  @Option(
    help: ArgumentHelp(
      "A camera of your own in place of a view: azimuth=30,elevation=10,distance=900,focal=85 (degrees, mm; what is left "
        + "out: 0, 10, 1200, 95).", valueName: "name=number,..."))
  var camera: String?

  @Flag(help: "Parallel rays, true to scale, with a ruler; the pictures print in true size.")
  var orthographic = false

  @Option(help: "Where the close-up, or your own camera, looks. Default: the design's.")
  var at: Pictures.Place?

  @Option(help: "Lamps: soft and even, a portrait's, the sun, raking, or from above. Default: the design's.")
  var light: Pictures.Light?

  @Option(help: "What is behind the head. Default: the design's.")
  var background: Pictures.Background?

  @Option(help: "Shine of the skin, 0 matt to 1 oily. Default: the design's.")
  var oil: Double?

  @Option(help: "How much work a picture is worth. Default: the design's.")
  var quality: Pictures.Quality?

  @Option(help: "Bits per sample, 8 or 16. Default: the design's.")
  var bits: Int?

  @Option(help: "Side of a picture in pixels, 64 to 8192. Default: the design's.")
  var size: Int?

  @Option(
    help:
      "Where the colour of skin comes from: the scan, or the optical model by the design's skin type. Default: the design's."
  )
  var skinColour: Pictures.SkinSource?

  @Option(help: "Seed instead of the design's: another arrangement of the same density.")
  var seed: UInt64?

  func validate() throws {
    if let size, !Pictures.sizes.contains(size) {
      throw ValidationError("--size \(size) is outside 64 to 8192 pixels")
    }
    if view != nil, camera != nil { throw ValidationError("--view and --camera exclude each other") }
    if let oil, !(oil >= 0 && oil <= 1) { throw ValidationError("--oil \(oil) is outside 0 (matt) to 1 (oily)") }
    if let bits, bits != 8, bits != 16 { throw ValidationError("--bits \(bits): allowed are 8 and 16") }
  }

  /// Throws `StippleError` of kind `usage` for a camera that cannot be.
  func overrides() throws(StippleError) -> DesignOverrides {
    var overrides = DesignOverrides()
    if let camera { overrides.camera = try Pictures.OwnCamera(parsing: camera) }
    if orthographic { overrides.orthographic = true }
    (overrides.size, overrides.view, overrides.at, overrides.light) = (size, view, at, light)
    (overrides.background, overrides.quality, overrides.oil, overrides.bits) = (background, quality, oil, bits)
    (overrides.skin, overrides.seed) = (skinColour, seed)
    return overrides
  }
}
