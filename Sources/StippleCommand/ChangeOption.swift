import ArgumentParser
import Stipple
import TreatmentDesign

/// `-D` of every command that takes a design.
struct ChangeOption: ParsableArguments {
  @Option(
    name: .customShort("D"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Put a value in place of the design's, checked as what is written there: -D layers[0].hairline.height=68. May be "
        + "given several times.", valueName: "path=value"))
  var changes: [String] = []

  /// Throws `StippleError` of kind `usage` for text that is no change.
  func made() throws(StippleError) -> [DocumentChange] {
    var made: [DocumentChange] = []
    for text in changes {
      do {
        made.append(try DocumentChange(text))
      } catch {
        throw StippleError(.usage, error.description)
      }
    }
    return made
  }
}
