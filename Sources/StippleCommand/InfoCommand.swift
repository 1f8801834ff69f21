import ArgumentParser
import Stipple

struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Measures a design (areas, impressions, sessions) or a scan (OBJ).",
    discussion: "A file that ends in .obj is measured as a mesh; anything else is read as a design.")

  @Argument(help: "A design document or an OBJ mesh.")
  var file: String

  @Flag(help: "Print the figures as JSON.")
  var json = false

  func run() throws {
    try orExit {
      let report = try describe(file)
      print(json ? report.json : report.text, terminator: "")
    }
  }
}
