import Files

/// A failure in words, with the class of failure that decides a program's exit code.
public struct StippleError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of failure, after sysexits.
  public enum Kind: Int32, Sendable {
    /// The command was used wrongly (EX_USAGE).
    case usage = 64
    /// A document or mesh says something that cannot be (EX_DATAERR).
    case data = 65
    /// A file is not there or cannot be read (EX_NOINPUT).
    case noInput = 66
    /// An output cannot be created (EX_CANTCREAT).
    case cannotCreate = 73
    /// Reading or writing failed part-way (EX_IOERR).
    case inputOutput = 74
    /// A stated limit is exceeded. (77 is EX_NOPERM in sysexits.h; batch systems read it as "do not retry".)
    case limit = 77
  }
  public var kind: Kind
  /// One line: what was wrong, where, and what is allowed.
  public var message: String

  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = shown(message, atMost: 1000, keepingLines: true)
  }

  public var description: String { message }
}

/// The bytes of a regular file of at most `limit` bytes.
///
/// - Parameter memory: bytes of memory that a file of a size will take in all.
///
/// Throws `noInput` if it is missing, unreadable or no file, `limit` if it is larger or memory would not do.
func readInput(_ path: String, limit: Int, memory: (Int) -> Int = { $0 }) throws(StippleError) -> [UInt8] {
  do {
    return try readFile(path, limit: limit, memory: memory)
  } catch {
    switch error.kind {
    case .unreadable: throw StippleError(.noInput, error.message)
    case .tooLarge: throw StippleError(.limit, error.message)
    case .failed: throw StippleError(.inputOutput, error.message)
    }
  }
}
