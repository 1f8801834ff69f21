// `stipple template`: the lines of a design at true scale on paper, for tracing onto the client's head.

import Arithmetic
import PDFDocument
import ScalpGeometry
import TreatmentDesign

/// How a template is to be made.
public struct TemplateOptions: Sendable {
  public var paper = TemplatePaper.a4
  /// Drawn the other way round, for film whose printed side lies on the skin.
  public var isMirrored = false
  /// Stands in the file; none unless it is given.
  public var date: CalendarDate?
  /// What may be replaced, and whether anything is drawn and written at all.
  public var writing = WriteOptions()

  public init() {}
}

/// A template as it was made.
public struct MadeTemplate: Sendable {
  /// A piece to cut out.
  public struct Piece: Sendable, Equatable {
    /// What lines it bears.
    public var name: String
    /// Greatest stretch anywhere on it, a share.
    public var stretch: Double
    /// The same along what is drawn on it, over lengths of 20 mm and more.
    public var stretchOfLines: Double
  }
  /// A length that a tape gives on the client, beside what is drawn for it.
  public struct Tape: Sendable, Equatable {
    public var name: String
    /// On the skin, mm.
    public var skin: Double
    /// On paper, mm.
    public var paper: Double
  }
  /// The PDF file.
  public var bytes: [UInt8]
  public var pages: Int
  public var pieces: [Piece]
  public var tapes: [Tape]
}

/// The greatest stretch that a piece may have, a share: 5 mm in 100.
public let greatestTemplateStretch = 0.05

/// How far paper reaches beside a line, mm.
private let paperMargin: Float = 12

/// A template as the bytes of a PDF file: hairlines, borders of zones and scars on unrolled skin, at true scale, in pieces that
/// stretch by at most `greatestTemplateStretch`.
///
/// It names no client, file, user or machine, and no date but `options.date`. The same design and options give the same bytes for any
/// number of threads.
///
/// Throws `StippleError` as `OpenedDesign.fields` does; `data` for a design without a line to trace, and where skin cannot be
/// laid flat within the stretch that is allowed.
public func template(_ opened: OpenedDesign, options: TemplateOptions = TemplateOptions()) throws(StippleError)
  -> MadeTemplate
{
  let fields = try opened.fields()
  let grid = SkinGrid(fields.scalp.frame, threads: opened.threads)
  let lines = TemplateLines(fields, on: grid)
  guard lines.lines.contains(where: { $0.kind != .course }) else {
    throw StippleError(
      .data,
      "the design has no line to trace: a template shows hairlines, borders of zones, gradients and masks, and scars; "
        + "add such a layer")
  }
  let sheets: [ScalpSheet]
  do {
    sheets = try scalpSheets(for: lines.paper, on: grid, margin: paperMargin, limit: greatestTemplateStretch)
  } catch {
    let found = error.stretch.isFinite ? "stretches by \(percent(error.stretch)) %" : "folds over itself"
    throw StippleError(
      .data,
      "the skin around up \(fixed(Double(error.up), 0)), side \(fixed(Double(error.side), 0)) mm cannot be laid flat: cut "
        + "into 32 parts it still \(found), and at most \(percent(greatestTemplateStretch)) % is allowed; see what 'stipple "
        + "check' says of the scan there, or smooth it")
  }
  let drawing = TemplateDrawing(opened.design, fields, lines, sheets, options)
  do {
    return try drawing.made()
  } catch {
    throw StippleError(.inputOutput, error.description)
  }
}
