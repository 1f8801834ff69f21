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
      fast. With --times, draws a picture for each time and pace into the output folder, and timeline.png with all of
      them; 0d is fresh from the needle.

        stipple timeline design.yaml --times 0d,7d,30d,1y,3y,5y,10y --pace slow,typical,fast --plot plot.png
      """)

  @OptionGroup var input: DesignOptions

  @OptionGroup var files: FileOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Times to draw: days, months or years after the last session, 0d to 20y.", valueName: "time,..."))
  var times: String?

  @Option(
    help: ArgumentHelp(
      "Paces to draw: slow, typical, fast, or percentiles such as p10. Default: the client's.", valueName: "pace,..."))
  var pace: String?

  @Option(help: "The PNG to draw the plot into.")
  var plot: String?

  @Option(help: "Date of the first session, as 2026-03-02; touch-ups then carry dates.")
  var start: CalendarDate?

  @Option(help: "Width of the plot in pixels, 480 to 4096.")
  var plotWidth: Int = 1200

  @OptionGroup(title: "Pictures") var pictures: PictureOptions

  @OptionGroup var metadata: MetadataOption

  @OptionGroup var answer: AnswerOptions

  func validate() throws {
    if !plotWidths.contains(plotWidth) {
      throw ValidationError("--plot-width \(plotWidth) is outside 480 to 4096 pixels")
    }
    if plot == standardStream, files.output == standardStream, times != nil {
      throw ValidationError("one picture goes to standard output: the plot or the sheet, not both")
    }
  }

  func run() throws {
    var options = TimelineOptions()
    if let times { options.moments = try TimelineMoment.list(times) }
    if let pace { options.paces = try Pace.list(pace) }
    (options.start, options.plot, options.plotWidth) = (start, plot, plotWidth)
    (options.metadata, options.writing) = (!metadata.noMetadata, files.writing)
    if let progress = answer.progress { options.progress = progress }
    let folder = try files.folder(for: input.design)
    let opened = try input.open(pictures.overrides(), saying: answer)
    let clock = Stopwatch(answer)
    let result = try writeTimeline(of: opened, to: folder, options: options)
    clock.lap("timeline made")
    try answer.give(
      result, files: plot == standardStream ? plot : times == nil ? nil : files.output, isRehearsal: files.dryRun)
  }
}
