import Files

/// An answer for people (`text`) and for programs (`json`); both end with a line break.
public protocol Report {
  var text: String { get }
  /// An object as `answersJSONSchema` describes it.
  var json: String { get }
}

/// Version of what commands answer as JSON. A member that goes or changes its meaning makes a new one.
public let answerVersion = 1

/// The first members of every answer.
func answer(_ kind: String) -> [(String, JSONValue)] {
  [("answerVersion", .integer(answerVersion)), ("answer", .text(kind))]
}
