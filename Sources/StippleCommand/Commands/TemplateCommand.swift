import ArgumentParser
import Stipple
import TreatmentDesign

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension TemplatePaper: ExpressibleByArgument {}

struct TemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "Draws hairline, zone borders and scars at true scale on unrolled skin, to print and trace.",
    discussion: """
      Print at 100 % (actual size) and measure the rulers on every page: 100 mm. Cut a piece out along its outer line, lay
      its marks on the client's, and check it with a tape: the lengths are printed beside it. With --mirror for transfer
      film, whose printed side lies on the skin. Writes template.pdf.
      """)

  @OptionGroup var input: DesignOptions

  @OptionGroup var files: FileOptions

  @Option(help: "Paper to print on.")
  var paper: TemplatePaper = .a4

  @Flag(help: "Draw it the other way round, for transfer film; words on the drawing are then read through the film.")
  var mirror = false

  @Option(help: "Seed instead of the design's: another irregularity of the hairline.")
  var seed: UInt64?

  @OptionGroup var answer: AnswerOptions

  func run() throws {
    var overrides = DesignOverrides()
    overrides.seed = seed
    var options = TemplateOptions()
    (options.paper, options.isMirrored, options.date) = (paper, mirror, try sourceDate())
    options.writing = files.writing
    let opened = try input.open(overrides, saying: answer)
    let clock = Stopwatch(answer)
    let result = try writeTemplate(of: opened, to: files.file("template.pdf", for: input.design), options: options)
    clock.lap("template made")
    try answer.give(result, files: files.output, isRehearsal: files.dryRun)
  }
}

/// The day that SOURCE_DATE_EPOCH names (seconds since 1970, reproducible-builds.org); `nil` where it is not set.
private func sourceDate() throws(StippleError) -> CalendarDate? {
  guard let value = getenv("SOURCE_DATE_EPOCH") else { return nil }
  let text = String(cString: value)
  guard let seconds = Int(text), let date = CalendarDate(secondsSince1970: seconds) else {
    throw StippleError(.usage, "SOURCE_DATE_EPOCH is \(text); it takes seconds since 1970, until 2200")
  }
  return date
}
