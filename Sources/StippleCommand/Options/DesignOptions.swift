// What every command that takes a design is asked in the same way.

import ArgumentParser
import Stipple
import TreatmentDesign

/// The design, and what is put in place of what it says.
struct DesignOptions: ParsableArguments {
  @Argument(
    help:
      "The design: a document, YAML or JSON, or a picture that carries its design; '-' reads it from standard input.")
  var design: String

  @OptionGroup var changes: ChangeOption

  @OptionGroup var threads: ThreadsOption

  @OptionGroup var memory: MemoryOption

  /// Throws `StippleError` as `OpenedDesign` does.
  func open(_ overrides: DesignOverrides = .init(), saying answer: AnswerOptions) throws -> OpenedDesign {
    let clock = Stopwatch(answer)
    let opened = try OpenedDesign(design, changes: changes.made(), overrides: overrides, threads: threads.threads)
    clock.lap("design read")
    // Made now so that each can be told; whoever asks later finds them.
    if answer.verbose {
      let head = try opened.head()
      clock.lap("head of \(head.mesh.triangles.count) triangles")
      _ = try opened.fields()
      clock.lap("layers laid on it")
      let placement = try opened.placement()
      clock.lap("\(placement.impressions.count) impressions and \(placement.hair.count) hairs placed")
    }
    return opened
  }
}

/// `-D`.
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

/// `--threads`.
struct ThreadsOption: ParsableArguments {
  @Option(help: "Threads to use, 1 to 256. Default: one per processor core. What comes out does not depend on it.")
  var threads: Int?

  func validate() throws {
    if let threads, !(1...256).contains(threads) { throw ValidationError("--threads \(threads) is outside 1 to 256") }
  }
}
