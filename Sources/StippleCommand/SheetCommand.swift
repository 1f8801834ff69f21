import ArgumentParser
import Stipple
import TreatmentDesign

struct SheetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sheet",
    abstract: "Draws variants of a design, or several designs, side by side in one picture.",
    discussion: """
      Across stand the values of the first --vary, down those of the second; or several designs, lettered in the order in
      which they are named. Years are written as years=before,0,1,5: 0 is healed.

        stipple sheet design.yaml --vary layers[0].hairline.height=60,70,80 -o heights.png
        stipple sheet design.yaml --vary hair.length=0.3,1 --vary years=0,5 -o lengths.png
        stipple sheet calm.yaml bold.yaml --view front --view left45 -o drafts.png
      """)

  @Argument(help: "Designs: documents, YAML or JSON, or pictures that carry their design.")
  var designs: [String]

  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A key of the design and values to try in it; at most twice.", valueName: "path=value,..."))
  var vary: [String] = []

  @Option(name: [.customShort("o"), .long], help: "The PNG to draw.")
  var output: String = "variants.png"

  @Option(name: .long, parsing: .singleValue, help: "Sides to show, each a row. Default: the design's.")
  var view: [Pictures.View] = []

  @Option(help: "Lamps: soft and even, a portrait's, the sun, raking, or from above. Default: the design's.")
  var light: Pictures.Light?

  @Option(help: "Side of one picture in pixels, 64 to 1024.")
  var size: Int = 400

  @Option(help: "Seed instead of the design's: another arrangement of the same density.")
  var seed: UInt64?

  @Option(help: "Threads to use. Default: one per processor core. Pictures do not depend on it.")
  var threads: Int?

  @Flag(help: "Print what was drawn as JSON.")
  var json = false

  @OptionGroup var change: ChangeOption

  @OptionGroup var memory: MemoryOption

  func validate() throws {
    if let threads, !(1...256).contains(threads) { throw ValidationError("--threads \(threads) is outside 1 to 256") }
    if !(64...1024).contains(size) { throw ValidationError("--size \(size) is outside 64 to 1024 pixels") }
    if vary.count > 2 { throw ValidationError("--vary is given \(vary.count) times; a sheet has two sides") }
  }

  func run() throws {
    try orExit {
      var options = VariantSheetOptions()
      options.variations = try vary.map { try Variation($0) }
      options.views = view
      options.cell = size
      if isInteractive {
        options.progress = { done, total in
          printError("\r\(done) of \(total) pictures", terminator: done == total ? "\n" : "")
        }
      }
      var overrides = DesignOverrides()
      (overrides.light, overrides.seed) = (light, seed)
      let result = try writeVariantSheet(
        of: designs, to: output, changes: change.made(), overrides: overrides, options: options, threads: threads)
      try emit(json ? result.json : result.text)
    }
  }
}
