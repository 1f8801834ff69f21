import ArgumentParser
import Stipple
import TreatmentDesign

struct SheetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sheet",
    abstract: "Draws variants of a design, or several designs, side by side in one picture.",
    discussion: """
      Across stand the values of the first --vary, down those of the second; or several designs, lettered in the order in
      which they are named. Years are written as years=before,0,1,5: 0 is healed. Writes variants.png.

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

  @OptionGroup var files: FileOptions

  @Option(name: .long, parsing: .singleValue, help: "Sides to show, each a row. Default: the design's.")
  var view: [Pictures.View] = []

  @Option(help: "Lamps: soft and even, a portrait's, the sun, raking, or from above. Default: the design's.")
  var light: Pictures.Light?

  @Option(help: "Side of one picture in pixels, 64 to 1024.")
  var size: Int = 400

  @Option(help: "Seed instead of the design's: another arrangement of the same density.")
  var seed: UInt64?

  @OptionGroup var changes: ChangeOption

  @OptionGroup var threads: ThreadsOption

  @OptionGroup var memory: MemoryOption

  @OptionGroup var answer: AnswerOptions

  func validate() throws {
    if !(64...1024).contains(size) { throw ValidationError("--size \(size) is outside 64 to 1024 pixels") }
    if vary.count > 2 { throw ValidationError("--vary is given \(vary.count) times; a sheet has two sides") }
  }

  func run() throws {
    var options = VariantSheetOptions()
    options.variations = try vary.map { try Variation($0) }
    (options.views, options.cell, options.writing) = (view, size, files.writing)
    if let progress = answer.progress { options.progress = progress }
    var overrides = DesignOverrides()
    (overrides.light, overrides.seed) = (light, seed)
    let clock = Stopwatch(answer)
    let result = try writeVariantSheet(
      of: designs, to: files.file("variants.png", for: designs[0]), changes: changes.made(), overrides: overrides,
      options: options, threads: threads.threads)
    clock.lap("sheet made")
    try answer.give(result, files: files.output, isRehearsal: files.dryRun)
  }
}
