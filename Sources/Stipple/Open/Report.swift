/// An answer for people (`text`) and for programs (`json`); both end with a line break.
public protocol Report {
  var text: String { get }
  var json: String { get }
}
