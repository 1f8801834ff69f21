import Files

/// Why a design document was refused: one problem per line, each with its place and what is allowed there.
public struct DesignDocumentError: Error, Sendable, Equatable, CustomStringConvertible {
  /// One thing that is wrong.
  public struct Problem: Error, Sendable, Equatable {
    /// Line in the document, counted from 1; below zero for what a `DocumentChange` brought.
    public let line: Int
    /// Column, counted from 1 in Unicode scalars.
    public let column: Int
    /// What was found and what is allowed.
    public let message: String

    public init(line: Int, column: Int, message: String) {
      self.line = line
      self.column = column
      self.message = shown(message, atMost: 600)
    }
  }

  /// More problems than this are counted, not listed.
  public static let listed = 12

  /// Name of the document as the caller gave it.
  public let file: String
  /// The problems, in order of line and column; at least one, at most `listed`.
  public let problems: [Problem]
  /// How many further problems were found and left out of the list.
  public let omitted: Int

  /// What was changed in the document, as it was written.
  let changes: [String]

  /// Sorts the problems by place and keeps the first `listed` of them.
  public init(file: String, problems: [Problem]) { self.init(file: file, problems: problems, changes: []) }

  init(file: String, problems: [Problem], changes: [String]) {
    self.file = shown(file)
    self.changes = changes
    let sorted = problems.enumerated().sorted { a, b in
      (a.element.line, a.element.column, a.offset) < (b.element.line, b.element.column, b.offset)
    }
    self.problems = sorted.prefix(Self.listed).map(\.element)
    omitted = max(0, problems.count - Self.listed)
  }

  /// `file:line:column: message` for each problem, one per line; `option -D path=value: message` for one that a change brought.
  public var description: String {
    var lines = problems.map {
      "\(DocumentLocations.prefix(file, .init(line: $0.line, column: $0.column), changes)): \($0.message)"
    }
    if omitted > 0 { lines.append("\(file): and \(omitted) more \(omitted == 1 ? "problem" : "problems")") }
    return lines.joined(separator: "\n")
  }
}
