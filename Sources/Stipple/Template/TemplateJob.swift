// The template on disk, and what is said of it.

import Arithmetic
import Files

/// A template that was written.
public struct TemplateResult: Sendable, Equatable, Report {
  public var file: String
  /// 0 where nothing was written.
  public var bytes: Int
  public var pages: Int
  public var pieces: [MadeTemplate.Piece]
  public var tapes: [MadeTemplate.Tape]

  public var text: String {
    var lines = tapes.map { tape in
      "\(tape.name): \(fixed(tape.skin, 1)) mm by tape, \(fixed(tape.paper, 1)) mm on paper"
    }
    lines += pieces.enumerated().map { i, piece in
      "piece \(i + 1), \(piece.name): greatest stretch \(fixed(100 * piece.stretch, 1)) %, of its lines "
        + "\(fixed(100 * piece.stretchOfLines, 1)) %"
    }
    lines.append(bytes == 0 ? file : "\(file): \(pages) \(pages == 1 ? "page" : "pages"), print at 100 %")
    return lines.joined(separator: "\n") + "\n"
  }

  public var json: String {
    func rounded(_ value: Double, _ scale: Double) -> JSONValue { .number((value * scale).rounded() / scale) }
    return JSONValue.object(
      answer("template") + [
        ("files", .list([.text(file)])), ("bytes", .integer(bytes)), ("pages", .integer(pages)),
        (
          "pieces",
          .list(
            pieces.map {
              .object([
                ("name", .text($0.name)), ("stretch", rounded($0.stretch, 10_000)),
                ("stretchOfLines", rounded($0.stretchOfLines, 10_000)),
              ])
            })
        ),
        (
          "tapes",
          .list(
            tapes.map {
              .object([("name", .text($0.name)), ("skin", rounded($0.skin, 100)), ("paper", rounded($0.paper, 100))])
            })
        ),
      ]
    ).written() + "\n"
  }
}

/// Writes a template, whole or not at all.
///
/// Throws `StippleError` as `template` does; `cannotCreate` or `inputOutput` for a file that cannot be written.
public func writeTemplate(
  of opened: OpenedDesign, to file: String, options: TemplateOptions = TemplateOptions()
) throws(StippleError) -> TemplateResult {
  try checkOutputs([file], options.writing)
  if options.writing.isRehearsal {
    _ = try opened.fields()
    return TemplateResult(file: file, bytes: 0, pages: 0, pieces: [], tapes: [])
  }
  let made = try template(opened, options: options)
  try writeFiles([OutputFile(path: file, bytes: made.bytes)], options.writing)
  return TemplateResult(
    file: file, bytes: made.bytes.count, pages: made.pages, pieces: made.pieces, tapes: made.tapes)
}
