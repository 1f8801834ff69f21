import ArgumentParser
import PigmentAging
import Stipple
import TreatmentDesign

extension AnimationOptions.Subject: ExpressibleByArgument {}

struct AnimateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "animate",
    abstract: "Draws the years, or the views, one after the other in one animated picture.",
    discussion: """
      Writes fade.png, an animated PNG, which browsers and picture viewers play; others show its first picture. Every picture
      of it has its year burned in.

        stipple animate design.yaml -o fade.png
        stipple animate design.yaml --show views -o around.png
      """)

  @OptionGroup var input: DesignOptions

  @OptionGroup var files: FileOptions

  @Option(help: "What moves: the years, or the view.")
  var show: AnimationOptions.Subject = .years

  @Option(help: "Years after the last session at which the years end, 0.5 to 20.")
  var until: Double = 5

  @Option(help: "The side to show. Default: the design's.")
  var view: Pictures.View?

  @Option(help: "Lamps: soft and even, a portrait's, the sun, raking, or from above. Default: the design's.")
  var light: Pictures.Light?

  @Option(help: "Side of the picture in pixels, 64 to 2048.")
  var size: Int = 512

  @Option(help: "Pace of fading: slow, typical, fast, or a percentile such as p10. Default: the client's.")
  var pace: Pace?

  @OptionGroup var metadata: MetadataOption

  @OptionGroup var answer: AnswerOptions

  func validate() throws {
    if !(64...2048).contains(size) { throw ValidationError("--size \(size) is outside 64 to 2048 pixels") }
    if show == .views, view != nil { throw ValidationError("--show views shows every side; leave --view out") }
  }

  func run() throws {
    var overrides = DesignOverrides()
    (overrides.view, overrides.light, overrides.pace, overrides.size) = (view, light, pace, size)
    var options = AnimationOptions()
    (options.subject, options.until) = (show, until)
    (options.metadata, options.writing) = (!metadata.noMetadata, files.writing)
    if let progress = answer.progress { options.progress = progress }
    let opened = try input.open(overrides, saying: answer)
    let clock = Stopwatch(answer)
    let result = try writeAnimation(
      of: opened, to: files.file(show == .years ? "fade.png" : "around.png", for: input.design), options: options)
    clock.lap("animation made")
    try answer.give(result, files: files.output, isRehearsal: files.dryRun)
  }
}
