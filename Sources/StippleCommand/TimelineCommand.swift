import ArgumentParser
import PigmentAging
import Stipple
import TreatmentDesign

struct TimelineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline",
    abstract: "Shows how the work heals and fades: a table, a plot, and pictures at any time, each with its range.",
    discussion: """
      Prints darkness, pigment left and dot width from the last session to 20 years after it, with the range from slow to
      fast. With --at, draws a picture for each time and pace into the output folder, and timeline.png with all of
      them; 0d is fresh from the needle.

        stipple timeline design.yaml --at 0d,7d,30d,1y,3y,5y,10y --pace slow,typical,fast --plot plot.png
      """)

  @Argument(help: designHelp)
  var design: String

  @Option(
    name: .customLong("at"), parsing: .unconditional,
    help: "Times to draw: days, months or years after the last session, 0d to 20y.")
  var times: String?

  @Option(help: "Paces to draw: slow, typical, fast, or percentiles such as p10. Default: the client's.")
  var pace: String?

  @Option(help: "The PNG to draw the plot into.")
  var plot: String?

  @Option(name: [.customShort("o"), .long], help: "Folder for the pictures.")
  var output: String = "out"

  @Option(help: "Date of the first session, as 2026-03-02; touch-ups then carry dates.")
  var start: CalendarDate?

  @Option(help: "The side to show. Default: the design's.")
  var view: Pictures.View?

  @Option(help: "Side of a picture in pixels, 64 to 8192. Default: the design's.")
  var size: Int?

  @Option(help: "Width of the plot in pixels, 480 to 4096.")
  var plotWidth: Int = 1200

  @Option(
    help: "Colour of skin: the scan's own, or the optical model's by the design's skin type. Default: the design's.")
  var skin: Pictures.SkinSource?

  @Option(help: "Threads to use. Default: one per processor core. Pictures do not depend on it.")
  var threads: Int?

  @Flag(help: "Leave the design out of the pictures' metadata.")
  var noMetadata = false

  @Flag(help: "Print the timeline as JSON.")
  var json = false

  @OptionGroup var change: ChangeOption

  @OptionGroup var memory: MemoryOption

  func validate() throws {
    if let threads, !(1...256).contains(threads) { throw ValidationError("--threads \(threads) is outside 1 to 256") }
    if let size, !Pictures.sizes.contains(size) {
      throw ValidationError("--size \(size) is outside 64 to 8192 pixels")
    }
    if !plotWidths.contains(plotWidth) {
      throw ValidationError("--plot-width \(plotWidth) is outside 480 to 4096 pixels")
    }
  }

  func run() throws {
    try orExit {
      var overrides = DesignOverrides()
      (overrides.size, overrides.view, overrides.skin) = (size, view, skin)
      let opened = try OpenedDesign(design, changes: change.made(), overrides: overrides, threads: threads)
      var options = TimelineOptions()
      if let times { options.moments = try TimelineMoment.list(times) }
      if let pace { options.paces = try Pace.list(pace) }
      options.start = start
      options.plot = plot
      options.plotWidth = plotWidth
      options.metadata = !noMetadata
      if isInteractive {
        options.progress = { done, total in
          printError("\r\(done) of \(total) pictures", terminator: done == total ? "\n" : "")
        }
      }
      let result = try writeTimeline(of: opened, to: output, options: options)
      try emit(json ? result.json : result.text)
    }
  }
}
