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

  @Argument(help: "A design document or a mesh.")
  var file: String

  @Flag(
    help: ArgumentHelp(
      "Measure the design's head only.",
      discussion: "For a mannequin each length beside the one asked for, and how true its mesh is."))
  var head = false

  @Flag(help: "Print the figures as JSON.")
  var json = false

  @OptionGroup var change: ChangeOption

  @OptionGroup var memory: MemoryOption

  func run() throws {
    try orExit {
      let report =
        head
        ? try describeHead(OpenedDesign(file, changes: change.made()))
        : try describe(file, changes: change.made())
      try emit(json ? report.json : report.text)
    }
  }
}
