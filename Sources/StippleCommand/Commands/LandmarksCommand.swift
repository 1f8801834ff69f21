import ArgumentParser
import Stipple

struct LandmarksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "landmarks",
    abstract: "Draws a scan from five sides with a grid, for reading off the landmarks that a design needs.",
    discussion: """
      The grid is in the scan's own coordinates and units; where the head stands askew to them, in millimetres along the axes
      of the head that was found, which are printed for the design. Where a head is found, its landmarks are marked as a
      first guess and printed as they stand in a design; they are to be corrected by eye. Writes landmarks.png.
      """)

  @Argument(help: "The scan.")
  var scan: String

  @OptionGroup var files: FileOptions

  @Flag(help: "Show all of the scan along its own axes, not the head that was found.")
  var whole = false

  @OptionGroup var threads: ThreadsOption

  @OptionGroup var memory: MemoryOption

  @OptionGroup var answer: AnswerOptions

  func run() throws {
    let clock = Stopwatch(answer)
    let sheet = try writeLandmarkSheet(
      of: scan, to: files.file("landmarks.png", for: scan), isWhole: whole, writing: files.writing,
      threads: threads.threads)
    clock.lap("sheet made")
    try answer.give(sheet, files: files.output, isRehearsal: files.dryRun)
  }
}
