import ArgumentParser
import PigmentAging
import Stipple
import TreatmentDesign

struct PreviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Draws before, after, and years 1, 3 and 5, and one sheet with all of them.",
    discussion: """
      Writes before.png, after.png, year-1.png, year-3.png, year-5.png and sheet.png into the output folder, which is
      made if it is not there. The same design and seed give the same pictures, byte for byte; a picture carries its design, so it can stand
      in the design's place:

        stipple preview out/after.png -o again
      """)

  @Argument(help: designHelp)
  var design: String

  @Option(name: [.customShort("o"), .long], help: "Folder for the pictures.")
  var output: String = "out"

  @Option(help: "The side to show. Default: the design's.")
  var view: Pictures.View?

  @Option(
    help: ArgumentHelp(
      "A camera of your own in place of a view: azimuth=30,elevation=10,distance=900,focal=85 (degrees, mm; what is left "
        + "out: 0, 10, 1200, 95).", valueName: "name=number,..."))
  var camera: String?

  @Flag(help: "Parallel rays, true to scale: for templates.")
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
      "Pace of fading in the year pictures: slow, typical, fast, or a percentile such as p10. Default: the client's.")
  var pace: Pace?

  @Option(
    help: "Colour of skin: the scan's own, or the optical model's by the design's skin type. Default: the design's.")
  var skin: Pictures.SkinSource?

  @Option(help: "Seed instead of the design's: another arrangement of the same density.")
  var seed: UInt64?

  @Option(help: "Threads to use. Default: one per processor core. Pictures do not depend on it.")
  var threads: Int?

  @Flag(help: "Leave the design out of the pictures' metadata.")
  var noMetadata = false

  @Flag(help: "Draw nothing; print how dark hair and work are, and how far they differ, as JSON.")
  var measure = false

  @Flag(help: "Print what was drawn as JSON.")
  var json = false

  @OptionGroup var change: ChangeOption

  @OptionGroup var memory: MemoryOption

  func validate() throws {
    if let threads, !(1...256).contains(threads) { throw ValidationError("--threads \(threads) is outside 1 to 256") }
    if let size, !Pictures.sizes.contains(size) {
      throw ValidationError("--size \(size) is outside 64 to 8192 pixels")
    }
    if view != nil, camera != nil { throw ValidationError("--view and --camera exclude each other") }
    if let oil, !(oil >= 0 && oil <= 1) { throw ValidationError("--oil \(oil) is outside 0 (matt) to 1 (oily)") }
    if let bits, bits != 8, bits != 16 { throw ValidationError("--bits \(bits): allowed are 8 and 16") }
  }

  func run() throws {
    try orExit {
      var overrides = DesignOverrides()
      overrides.size = size
      overrides.view = view
      if let camera { overrides.camera = try Pictures.OwnCamera(parsing: camera) }
      if orthographic { overrides.orthographic = true }
      overrides.at = at
      overrides.light = light
      overrides.background = background
      overrides.quality = quality
      overrides.oil = oil
      overrides.bits = bits
      overrides.pace = pace
      overrides.skin = skin
      overrides.seed = seed
      let opened = try OpenedDesign(design, changes: change.made(), overrides: overrides, threads: threads)
      if measure {
        try emit(measurePicture(opened).json)
        return
      }
      var options = PreviewOptions()
      if isInteractive {
        options.progress = { done, total in
          printError("\r\(done) of \(total) pictures", terminator: done == total ? "\n" : "")
        }
      }
      let result = try writePreview(of: opened, to: output, options: options, metadata: !noMetadata)
      try emit(json ? result.json : result.text)
    }
  }
}
