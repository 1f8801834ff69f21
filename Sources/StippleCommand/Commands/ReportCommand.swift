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
      The file, report.html, needs no network and nothing beside it: it opens on a tablet, prints on A4 and Letter, and works
      without scripts. It names no client. Name, logo, contact and language of the clinic and its rates come from the design:

        clinic: {name: Scalp Studio, logo: logo.png, contact: +44 20 7946 0000, language: en}
        rates: {currency: GBP, stages: {norwood-3: 1200}, deposit: 200}
      """)

  @OptionGroup var input: DesignOptions

  @OptionGroup var files: FileOptions

  @Option(help: "Language of the texts. Default: the clinic's, or English.")
  var language: Clinic.Language?

  @Option(
    help: "A file with the keys of 'clinic' and, if it is to show prices, 'rates': in place of what the design says.")
  var clinic: String?

  @Option(
    help: ArgumentHelp(
      "Compare hairlines on a second slider, as drafts: heights, as 66,70,74 (mm) or 6.6cm,7cm.",
      valueName: "length,..."))
  var heights: String?

  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Compare drafts of other kinds on the second slider: a name and what is changed for it, as "
        + "'Softer: pigment.darkness=0.8; layers[0].hairline.style=broken'. Once for each.",
      valueName: "name: path=value; ..."))
  var variant: [String] = []

  @Option(help: "Date of the first session, as 2026-03-02; the plan then carries dates.")
  var start: CalendarDate?

  @Option(help: "The side that the slider shows. Default: the design's.")
  var view: Pictures.View?

  @Option(help: "Lamps of all pictures but those in harsh light. Default: the design's.")
  var light: Pictures.Light?

  @Option(
    help: "Side of the slider's pictures in pixels, 64 to 2048; the others have five eighths of it.")
  var size: Int = 1024

  @Option(help: "How much work a picture is worth. Default: the design's.")
  var quality: Pictures.Quality?

  @Option(help: "Seed instead of the design's: another arrangement of the same density.")
  var seed: UInt64?

  @Flag(help: "Write it again whenever the design, the clinic's file or a file that they name is saved.")
  var watch = false

  @Flag(help: "Show the report in the system's browser.")
  var open = false

  @OptionGroup var answer: AnswerOptions

  func validate() throws {
    if !(64...2048).contains(size) { throw ValidationError("--size \(size) is outside 64 to 2048 pixels") }
    if watch && files.dryRun { throw ValidationError("--watch writes; leave --dry-run out") }
    if watch || open, files.output == standardStream {
      throw ValidationError("'-o -' writes no file that could be \(watch ? "watched" : "shown")")
    }
    if watch || !variant.isEmpty, input.design == standardStream {
      throw ValidationError("standard input can be read once: name the design's file")
    }
    if heights != nil && !variant.isEmpty {
      throw ValidationError("--heights and --variant exclude each other: the second slider shows one or the other")
    }
  }

  func run() throws {
    let file = files.file("report.html", for: input.design)
    var isShown = !open
    func make() throws -> [String] {
      let opened = try write(to: file)
      if !isShown {
        show(file)
        isShown = true
      }
      return opened.watchedFiles + [clinic].compactMap(\.self)
    }
    if watch { try watching(document: input.design, make) } else { _ = try make() }
  }

  private func write(to file: String) throws -> OpenedDesign {
    var overrides = DesignOverrides()
    (overrides.size, overrides.view, overrides.light) = (size, view, light)
    (overrides.quality, overrides.seed) = (quality, seed)
    var options = ReportOptions()
    (options.language, options.start, options.clinicFile, options.writing) = (language, start, clinic, files.writing)
    if let heights { options.heights = try hairlineHeights(heights) }
    options.variants = try variant.map { text in
      let (name, changes) = try reportVariant(text)
      return (
        name,
        try OpenedDesign(
          input.design, changes: input.changes.made() + changes, overrides: overrides, threads: input.threads.threads)
      )
    }
    if let progress = answer.progress { options.progress = progress }
    let opened = try input.open(overrides, saying: answer)
    let clock = Stopwatch(answer)
    let result = try writeReport(of: opened, to: file, options: options)
    clock.lap("report made")
    try answer.give(result, files: files.output, isRehearsal: files.dryRun)
    return opened
  }
}
