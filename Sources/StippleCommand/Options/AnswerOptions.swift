// How much a command says, in which form, and where.

import ArgumentParser
import Stipple

/// `--json`, `--quiet`, `--verbose` of every command.
struct AnswerOptions: ParsableArguments {
  @Flag(help: "Print the answer as JSON, as 'stipple schema --answers' describes it; what is refused as well.")
  var json = false

  @Flag(help: "Print nothing but errors, and JSON where it is asked for.")
  var quiet = false

  @Flag(help: "Say on standard error what is done, and how long each part takes.")
  var verbose = false

  func validate() throws {
    if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other") }
  }

  /// Prints an answer.
  ///
  /// - Parameters:
  ///   - output: where the files went; where that is standard output the answer goes to standard error.
  ///   - isRehearsal: whether nothing was written.
  func give(_ report: some Report, files output: String? = nil, isRehearsal: Bool = false) throws {
    let text = json ? report.json : quiet ? "" : report.text
    if text.isEmpty { return }
    if output == standardStream {
      printError(text, terminator: "")
    } else {
      try emit(text)
    }
    if isRehearsal && !quiet { printError("stipple: --dry-run: nothing was drawn or written") }
  }

  /// Tells a person at a terminal how far it is; `nil` where nobody looks.
  var progress: (@Sendable (Int, Int) -> Void)? {
    guard isInteractive, !quiet else { return nil }
    let start = ContinuousClock.now
    return { done, total in
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      let left = done > 0 && done < total ? ", \(timeLeft(seconds * Double(total - done) / Double(done))) left" : ""
      printError("\r\(done) of \(total) pictures\(left)\u{1B}[K", terminator: done == total ? "\n" : "")
    }
  }
}

private func timeLeft(_ seconds: Double) -> String {
  let whole = max(1, Int(seconds.rounded(.up)))
  return whole < 100 ? "\(whole) s" : "\((whole + 59) / 60) min"
}

/// Tells on standard error how long each part of the work took, where that is asked for.
final class Stopwatch {
  private let isHeard: Bool
  private var last = ContinuousClock.now

  init(_ answer: AnswerOptions) { isHeard = answer.verbose }

  func lap(_ what: String) {
    guard isHeard else { return }
    let now = ContinuousClock.now
    let milliseconds = Int(((now - last) / .milliseconds(1)).rounded())
    printError("stipple: \(what), \(milliseconds) ms")
    last = now
  }
}
