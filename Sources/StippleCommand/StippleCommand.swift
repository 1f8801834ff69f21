import ArgumentParser
import Files
import Stipple
import TreatmentDesign

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
      PreviewCommand.self, SheetCommand.self, ReportCommand.self, TemplateCommand.self, CheckCommand.self,
      InitCommand.self, InfoCommand.self, PatternCommand.self, PlanCommand.self, TimelineCommand.self,
      AnimateCommand.self, MatchCommand.self, FieldCommand.self, DotCommand.self, SchemaCommand.self,
      LandmarksCommand.self, BatchCommand.self, CollectCommand.self,
    ])
}

extension StippleCommand {
  /// Runs the command that the arguments name. Help and the version go the way of all output, so that losing them is an
  /// error as well.
  static func main() {
    endOrderlyOnSignals()
    do {
      try checkArguments()
      var command = try parseAsRoot()
      try command.run()
    } catch {
      exit(withError: ExitCode(told(error)))
    }
  }

  /// Tells what ended a command, to people, and to programs that asked for JSON; returns the exit code.
  private static func told(_ error: any Error) -> Int32 {
    let message: String
    let code: Int32
    if let error = error as? StippleError {
      (message, code) = ("stipple: " + error.message, error.kind.rawValue)
    } else {
      (message, code) = (meant(fullMessage(for: error)), exitCode(for: error).rawValue)
      if code == 0 {
        do {
          try emit(message + "\n")
          return 0
        } catch let lost {
          return told(lost)
        }
      }
      // What has been told already, such as findings.
      if message.isEmpty { return code }
    }
    printError(message)
    if CommandLine.arguments.contains("--json"), code != StippleError.Kind.inputOutput.rawValue {
      try? emit(refusalJSON((error as? StippleError)?.message ?? Self.message(for: error), exitCode: code))
    }
    return code
  }

  /// Names that are not UTF-8 would be changed on their way to a file, so they are refused.
  private static func checkArguments() throws(StippleError) {
    for i in 1..<max(1, Int(CommandLine.argc)) {
      guard let bytes = CommandLine.unsafeArgv[i], String(validatingCString: bytes) == nil else { continue }
      throw StippleError(
        .usage, "argument \(i), \(String(cString: bytes)), is not UTF-8: rename the file, or name it otherwise")
    }
  }

  /// A refusal of an option's value with what was probably meant: 'norwood-5' for NW5, 2026-03-02 for 2 March 2026.
  private static func meant(_ message: String) -> String {
    let parts = message.split(separator: "'", omittingEmptySubsequences: false)
    guard parts.count > 4, parts[0].hasSuffix("The value "), parts[2] == " is invalid for " else { return message }
    let (value, option) = (String(parts[1]), parts[3])
    let hint: String?
    if option.hasPrefix("--start") {
      hint = CalendarDate(meantBy: value).map { "write it as \($0)" } ?? "dates are written as 2026-03-02"
    } else if option.hasPrefix("--at"), (try? TimelineMoment.list(value)) != nil {
      hint = "--at is a place; times are --times \(value)"
    } else {
      // The names that are allowed stand in quotes behind the option, or on lines of their own.
      let names =
        stride(from: 5, to: parts.count, by: 2).map { String(parts[$0]) }
        + message.split(separator: "\n").filter { $0.hasPrefix("  - ") }.map { String($0.dropFirst(4)) }
      hint = meantName(by: value, among: names).map { "did you mean '\($0)'?" }
    }
    guard let hint, let end = message.firstRange(of: "is invalid for '\(option)'")?.upperBound else { return message }
    return message[..<end] + ". " + hint.prefix(1).uppercased() + hint.dropFirst() + message[end...].drop { $0 == "." }
  }
}
