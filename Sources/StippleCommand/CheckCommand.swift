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

  @Argument(help: designHelp)
  var design: String

  @Flag(help: "Warnings count as errors.")
  var strict = false

  @Flag(help: "Print the findings as JSON.")
  var json = false

  @OptionGroup var change: ChangeOption

  @OptionGroup var memory: MemoryOption

  func run() throws {
    try orExit {
      let report = try checkDesign(OpenedDesign(design, changes: change.made()))
      try emit(json ? report.json : report.text)
      if report.isBroken(strict: strict) { throw ExitCode(StippleError.Kind.data.rawValue) }
    }
  }
}
