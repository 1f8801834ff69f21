import ArgumentParser
import Stipple
import TreatmentDesign

extension FieldQuantity: ExpressibleByArgument {}

struct FieldCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "field",
    abstract: "Draws the density that a design asks for, in false colour on the head.",
    discussion:
      "What was asked for, before dots are placed: colours per cm2 with their scale, and lines of equal density.")

  @Argument(help: designHelp)
  var design: String

  @Option(name: [.customShort("o"), .long], help: "The picture to write.")
  var output: String = "field.png"

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

  @Option(help: "Threads to use. Default: one per processor core. Pictures do not depend on it.")
  var threads: Int?

  @Flag(help: "Leave the design out of the picture's metadata.")
  var noMetadata = false

  @Flag(help: "Print what was written as JSON.")
  var json = false

  @OptionGroup var change: ChangeOption

  @OptionGroup var memory: MemoryOption

  func validate() throws {
    if let threads, !(1...256).contains(threads) { throw ValidationError("--threads \(threads) is outside 1 to 256") }
    if !(256...4096).contains(size) { throw ValidationError("--size \(size) is outside 256 to 4096 pixels") }
  }

  func run() throws {
    try orExit {
      var options = FieldOptions()
      (options.quantity, options.view, options.size) = (show, view, size)
      let result = try writeField(
        of: OpenedDesign(design, changes: change.made(), threads: threads), to: output, points: points, chart: chart,
        options: options,
        metadata: !noMetadata)
      try emit(json ? result.json : result.text)
    }
  }
}
