import ArgumentParser
import Stipple

struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Measures a design (areas, impressions, sessions) or a scan.",
    discussion: """
      An OBJ, PLY, STL, glTF or GLB, known by its content, is measured as a mesh: its format and colours, what is \
      wrong with it and what repair makes of it. Other formats of meshes are named, with what to export instead. \
      Anything else is read as a design.
      """)

  @Argument(help: "A design document or a mesh; '-' reads a design from standard input.")
  var file: String

  @Flag(
    help: ArgumentHelp(
      "Measure the design's head only.",
      discussion: "For a mannequin each length beside the one asked for, and how true its mesh is."))
  var head = false

  @OptionGroup var changes: ChangeOption

  @OptionGroup var threads: ThreadsOption

  @OptionGroup var memory: MemoryOption

  @OptionGroup var answer: AnswerOptions

  func run() throws {
    let clock = Stopwatch(answer)
    let report =
      head
      ? try describeHead(OpenedDesign(file, changes: changes.made(), threads: threads.threads))
      : try describe(file, changes: changes.made(), threads: threads.threads)
    clock.lap("measured")
    try answer.give(report)
  }
}
