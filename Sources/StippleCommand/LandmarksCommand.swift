import ArgumentParser
import Stipple

struct LandmarksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "landmarks",
    abstract: "Draws a scan from five sides with a grid, for reading off the landmarks that a design needs.",
    discussion: """
      The grid is in the scan's own coordinates and units; where the head stands askew to them, in millimetres along the axes
      of the head that was found, which are printed for the design. Where a head is found, its landmarks are marked as a
      first guess and printed as they stand in a design; they are to be corrected by eye.
      """)

  @Argument(help: "The scan.")
  var scan: String

  @Option(name: [.customShort("o"), .long], help: "The PNG to write.")
  var output: String

  @Option(help: "Threads to use. Default: one per processor core. The sheet does not depend on it.")
  var threads: Int?

  @Flag(help: "Show all of the scan along its own axes, not the head that was found.")
  var whole = false

  @Flag(help: "Print views and guess as JSON.")
  var json = false

  @OptionGroup var memory: MemoryOption

  func validate() throws {
    if let threads, !(1...256).contains(threads) { throw ValidationError("--threads \(threads) is outside 1 to 256") }
  }

  func run() throws {
    try orExit {
      let sheet = try writeLandmarkSheet(of: scan, to: output, isWhole: whole, threads: threads)
      try emit(json ? sheet.json : sheet.text)
    }
  }
}
