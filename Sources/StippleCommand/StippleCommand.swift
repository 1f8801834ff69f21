import ArgumentParser
import Files
import Stipple

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

/// What every command that takes a design says of it.
let designHelp: ArgumentHelp = "The design: a document, YAML or JSON, or a picture that carries its design."

extension StippleCommand {
  /// Runs the command that the arguments name. Help and the version go the way of all output, so that losing them is an
  /// error as well.
  static func main() {
    endOrderlyOnSignals()
    do {
      try orExit(checkArguments)
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let message = fullMessage(for: error)
      var code = exitCode(for: error)
      if code == .success {
        do { try orExit { try emit(message + "\n") } } catch let lost { code = exitCode(for: lost) }
      } else if !message.isEmpty {
        printError(message)
      }
      exit(withError: code)
    }
  }

  /// Names that are not UTF-8 would be changed on their way to a file, so they are refused.
  private static func checkArguments() throws(StippleError) {
    for i in 1..<max(1, Int(CommandLine.argc)) {
      guard let bytes = CommandLine.unsafeArgv[i], String(validatingCString: bytes) == nil else { continue }
      throw StippleError(
        .usage, "argument \(i), \(String(cString: bytes)), is not UTF-8: rename the file, or name it otherwise")
    }
  }
}
