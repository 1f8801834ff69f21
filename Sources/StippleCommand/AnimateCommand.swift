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
      Writes an animated PNG, which browsers and picture viewers play; others show its first picture. Every picture of it
      has its year burned in.

        stipple animate design.yaml -o fade.png
        stipple animate design.yaml --show views -o around.png
      """)

  @Argument(help: designHelp)
  var design: String

  @Option(name: [.customShort("o"), .long], help: "The animated PNG to draw.")
  var output: String = "fade.png"

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

  @Option(help: "Threads to use. Default: one per processor core. Pictures do not depend on it.")
  var threads: Int?

  @Flag(help: "Leave the design out of the picture's metadata.")
  var noMetadata = false

  @Flag(help: "Print what was drawn as JSON.")
  var json = false

  @OptionGroup var change: ChangeOption

  @OptionGroup var memory: MemoryOption

  func validate() throws {
    if let threads, !(1...256).contains(threads) { throw ValidationError("--threads \(threads) is outside 1 to 256") }
    if !(64...2048).contains(size) { throw ValidationError("--size \(size) is outside 64 to 2048 pixels") }
    if show == .views, view != nil { throw ValidationError("--show views shows every side; leave --view out") }
  }

  func run() throws {
    try orExit {
      var overrides = DesignOverrides()
      (overrides.view, overrides.light, overrides.pace, overrides.size) = (view, light, pace, size)
      let opened = try OpenedDesign(design, changes: change.made(), overrides: overrides, threads: threads)
      var options = AnimationOptions()
      (options.subject, options.until, options.metadata) = (show, until, !noMetadata)
      if isInteractive {
        options.progress = { done, total in
          printError("\r\(done) of \(total) pictures", terminator: done == total ? "\n" : "")
        }
      }
      let result = try writeAnimation(of: opened, to: output, options: options)
      try emit(json ? result.json : result.text)
    }
  }
}
