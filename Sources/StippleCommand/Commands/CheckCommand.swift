import ArgumentParser
import Stipple

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Reads a design, tries it on its head, and says what a careful practitioner would question.",
    discussion: """
      Exit code 0: sound, perhaps with warnings. 65: the document is wrong, or a rule of good practice is broken
      (with --strict, a warning counts as broken).
      """)

  @OptionGroup var input: DesignOptions

  @Flag(help: "Warnings count as errors.")
  var strict = false

  @OptionGroup var answer: AnswerOptions

  func run() throws {
    let report = try checkDesign(input.open(saying: answer))
    try answer.give(report)
    if report.isBroken(strict: strict) { throw ExitCode(StippleError.Kind.data.rawValue) }
  }
}
