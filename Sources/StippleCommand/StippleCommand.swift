import ArgumentParser
import Stipple

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@main
struct StippleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stipple",
    abstract: "Shows how scalp micropigmentation will look: before, after, and as it fades.",
    discussion: """
      Write a design (or start from 'stipple init'), check it, and draw it:

        stipple init > design.yaml
        stipple check design.yaml
        stipple preview design.yaml -o pictures

      Every picture is a simulation and says so. Nothing leaves this machine.
      """,
    version: stippleVersion,
    subcommands: [
      PreviewCommand.self, CheckCommand.self, InitCommand.self, InfoCommand.self, PatternCommand.self,
      PlanCommand.self, TimelineCommand.self, MatchCommand.self, FieldCommand.self, DotCommand.self,
      SchemaCommand.self, LandmarksCommand.self,
    ])
}

/// What every command that takes a design says of it.
let designHelp: ArgumentHelp = "The design: a document, YAML or JSON, or a picture that carries its design."

/// Runs the body of a command; a failure becomes one line on standard error and its exit code.
func orExit(_ body: () throws -> Void) throws {
  do {
    try body()
  } catch let error as StippleError {
    printError("stipple: " + error.message)
    throw ExitCode(error.kind.rawValue)
  }
}

/// Writes a line to standard error.
func printError(_ text: String, terminator: String = "\n") {
  let bytes = Array((text + terminator).utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
}

/// Whether standard error is a terminal with a person before it.
var isInteractive: Bool { isatty(STDERR_FILENO) == 1 && getenv("CI") == nil }
