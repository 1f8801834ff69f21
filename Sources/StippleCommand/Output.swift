// What commands print. Output that is lost is an error: every command prints through here.

import Files
import Stipple

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes text to standard output. A reader that has gone, as `head` does, is no error.
///
/// Throws `StippleError` (`inputOutput`, 74) where it could not be written: a full disk, a closed descriptor.
func emit(_ text: String) throws {
  do {
    try writeToStandardOutput(shown(text, atMost: .max - 1, keepingLines: true))
  } catch {
    throw StippleError(.inputOutput, error.description)
  }
}

/// Writes a line to standard error.
func printError(_ text: String, terminator: String = "\n") {
  let bytes = Array((text + terminator).utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
}

/// Whether standard error is a terminal with a person before it.
var isInteractive: Bool { isatty(STDERR_FILENO) == 1 && getenv("CI") == nil }
