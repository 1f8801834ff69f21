import ArgumentParser
import Stipple
import TreatmentDesign

extension FieldQuantity: ExpressibleByArgument {}

struct FieldCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "field",
    abstract: "Draws the density that a design asks for, in false colour on the head.",
    discussion:
      "What was asked for, before dots are placed: colours per cm2 with their scale, and lines of equal density. Writes field.png."
  )

  @OptionGroup var input: DesignOptions

  @OptionGroup var files: FileOptions

  @Option(help: "Also write the mesh with a density at each vertex; the name ends in .ply.")
  var points: String?

  @Option(help: "Also write the unrolled scalp, 3 pixels per mm: the chart that masks are painted on.")
  var chart: String?

  @Option(help: "What to draw: impressions, hair (that shows now) or cover (both).")
  var show: FieldQuantity = .impressions

  @Option(help: "One view instead of front, left45, top and back.")
  var view: Pictures.View?

  @Option(help: "Height of the picture in pixels, 256 to 4096.")
  var size = 1200

  @OptionGroup var metadata: MetadataOption

  @OptionGroup var answer: AnswerOptions

  func validate() throws {
    if !(256...4096).contains(size) { throw ValidationError("--size \(size) is outside 256 to 4096 pixels") }
  }

  func run() throws {
    var options = FieldOptions()
    (options.quantity, options.view, options.size) = (show, view, size)
    let opened = try input.open(saying: answer)
    let clock = Stopwatch(answer)
    let result = try writeField(
      of: opened, to: files.file("field.png", for: input.design), points: points, chart: chart, options: options,
      metadata: !metadata.noMetadata, writing: files.writing)
    clock.lap("field drawn")
    try answer.give(result, files: files.output, isRehearsal: files.dryRun)
  }
}
