import ArgumentParser
import Stipple
import TreatmentDesign

extension Clinic.Language: ExpressibleByArgument {}

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract:
      "Writes what a client takes home: one HTML file with before and after, the years, plan, aftercare, price.",
    discussion: """
      The file needs no network and nothing beside it: it opens on a tablet, prints on A4 and Letter, and works without
      scripts. It names no client. Name, logo, contact and language of the clinic and its rates come from the design:

        clinic: {name: Scalp Studio, logo: logo.png, contact: +44 20 7946 0000, language: en}
        rates: {currency: GBP, stages: {norwood-3: 1200}, deposit: 200}
      """)

  @Argument(help: designHelp)
  var design: String

  @Option(name: [.customShort("o"), .long], help: "The HTML file to write.")
  var output: String = "report.html"

  @Option(help: "Language of the texts. Default: the clinic's, or English.")
  var language: Clinic.Language?

  @Option(
    help: "A file with the keys of 'clinic' and, if it is to show prices, 'rates': in place of what the design says.")
  var clinic: String?

  @Option(
    help: ArgumentHelp(
      "Compare hairlines on a second slider, as drafts: heights in mm, as 66,70,74.", valueName: "mm,mm,..."))
  var heights: String?

  @Option(help: "Date of the first session, as 2026-03-02; the plan then carries dates.")
  var start: CalendarDate?

  @Option(help: "The side that the slider shows. Default: the design's.")
  var view: Pictures.View?

  @Option(help: "Lamps of all pictures but those in harsh light. Default: the design's.")
  var light: Pictures.Light?

  @Option(
    help: "Side of the slider's pictures in pixels, 64 to 2048; the others have five eighths of it. Default: 1024.")
  var size: Int = 1024

  @Option(help: "How much work a picture is worth. Default: the design's.")
  var quality: Pictures.Quality?

  @Option(help: "Seed instead of the design's: another arrangement of the same density.")
  var seed: UInt64?

  @Option(help: "Threads to use. Default: one per processor core. The report does not depend on it.")
  var threads: Int?

  @Flag(help: "Print what was written as JSON.")
  var json = false

  @OptionGroup var change: ChangeOption

  @OptionGroup var memory: MemoryOption

  func validate() throws {
    if let threads, !(1...256).contains(threads) { throw ValidationError("--threads \(threads) is outside 1 to 256") }
    if !(64...2048).contains(size) { throw ValidationError("--size \(size) is outside 64 to 2048 pixels") }
  }

  func run() throws {
    try orExit {
      var overrides = DesignOverrides()
      (overrides.size, overrides.view, overrides.light) = (size, view, light)
      (overrides.quality, overrides.seed) = (quality, seed)
      var options = ReportOptions()
      (options.language, options.start, options.clinicFile) = (language, start, clinic)
      if let heights { options.heights = try hairlineHeights(heights) }
      if isInteractive {
        options.progress = { done, total in
          printError("\r\(done) of \(total) pictures", terminator: done == total ? "\n" : "")
        }
      }
      let opened = try OpenedDesign(design, changes: change.made(), overrides: overrides, threads: threads)
      let result = try writeReport(of: opened, to: output, options: options)
      try emit(json ? result.json : result.text)
    }
  }
}
