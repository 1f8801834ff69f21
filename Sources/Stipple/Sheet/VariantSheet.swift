// `stipple sheet`: variants of a design, or several designs, side by side in one picture.

import Arithmetic
import Files
import PNGImage
import PigmentAging
import ScalpRendering
import TreatmentDesign

/// What a sheet of variants shows.
public struct VariantSheetOptions: Sendable {
  /// Across, and down. At most two, of which one may be years.
  public var variations: [Variation] = []
  /// Sides to show, each a row; empty is the design's own.
  public var views: [Pictures.View] = []
  /// Side of one picture, pixels, 64 to 1024.
  public var cell = 400
  /// What may be replaced, and whether anything is drawn and written at all.
  public var writing = WriteOptions()
  /// Called as pictures are finished, with how many of how many.
  public var progress: @Sendable (Int, Int) -> Void = { _, _ in }

  public init() {}
}

/// What `writeVariantSheet` drew.
public struct VariantSheetResult: Sendable, Report {
  /// A variant by the name it has on the sheet.
  public struct Variant: Sendable, Equatable {
    public var title: String
    public var work: WorkFigures
  }
  public var file: String
  public var variants: [Variant]

  public var text: String {
    (variants.map { "\($0.title): \($0.work.text)" } + [file]).joined(separator: "\n") + "\n"
  }

  public var json: String {
    JSONValue.object(
      answer("sheet") + [
        ("variants", .list(variants.map { .object([("title", .text($0.title))] + $0.work.members) })),
        ("files", .list([.text(file)])),
      ]
    ).written() + "\n"
  }
}

/// Most pixels that the pictures of one sheet have together.
private let mostPixels = 64_000_000

/// Draws variants of designs side by side and writes them as one PNG.
///
/// Across stand the designs, or the values of the first variation; down the values of the next variation, or the views. A
/// head that variants share is made once. The same input gives the same pixels for any number of threads.
///
/// - Parameters:
///   - paths: design documents, or pictures that carry a design.
///   - file: the PNG.
///   - changes: made in every design before the variations.
///   - overrides: what the caller sets in place of what the designs say.
///   - options: what varies, and how it is drawn.
///   - threads: worker threads; `nil` is one per core. The result does not depend on it.
///
/// Throws `StippleError` as `OpenedDesign` and `preview` do, and `usage` for what cannot be laid out.
public func writeVariantSheet(
  of paths: [String], to file: String, changes: [DocumentChange] = [], overrides: DesignOverrides = .init(),
  options: VariantSheetOptions = .init(), threads: Int? = nil
) throws(StippleError) -> VariantSheetResult {
  let layout = try VariantLayout(paths: paths, options: options)
  let count = layout.columns.count * layout.rows.count
  guard count * options.cell * options.cell <= mostPixels else {
    throw StippleError(
      .limit,
      "\(count) pictures of \(options.cell) pixels are more than the \(mostPixels / 1_000_000) million pixels of a sheet; "
        + "draw fewer, or smaller ones")
  }
  try checkOutputs([file], options.writing)
  // All are read before the first is drawn.
  var opened: [OpenedDesign] = []
  for design in layout.designs {
    opened.append(
      try OpenedDesign(paths[design.path], changes: changes + design.changes, overrides: overrides, threads: threads))
  }
  if options.writing.isRehearsal {
    var variants: [VariantSheetResult.Variant] = []
    for (design, opened) in zip(layout.designs, opened) {
      variants.append(.init(title: design.title, work: try opened.work()))
    }
    return VariantSheetResult(file: file, variants: variants)
  }
  // One design at a time: each takes as much memory as a preview.
  let shelf = HeadShelf()
  var cells = layout.rows.map { _ in layout.columns.map { _ in RasterImage(width: 1, height: 1) } }
  var variants: [VariantSheetResult.Variant] = []
  var drawn = 0
  for number in opened.indices {
    opened[number] = try shelf.placed(opened[number])
    let portrait = try Portrait(opened[number])
    let pace = portrait.design.client.pace
    for place in layout.places(of: number) {
      let marks = try portrait.appearance(
        atYears: place.moment.years.map { max(portrait.design.timeAtRest($0, pace: pace).years, healedAge) }, pace: pace
      )
      let view = place.view ?? portrait.scene.mainView
      cells[place.row][place.column] = try portrait.cells([marks], view, size: options.cell)[0]
      drawn += 1
      options.progress(drawn, count)
    }
    variants.append(.init(title: layout.designs[number].title, work: try opened[number].work()))
  }
  let sheet = ContactSheet.compose(
    cells, titles: layout.rows.map { $0.title ?? viewTitle(opened[0].design.pictures.view) },
    moments: layout.columns.map { column in
      let number = layout.design(of: column)
      let name = paths.count > 1 ? number.flatMap { opened[$0].design.title } : nil
      return PictureMoment(
        file: "", title: (column.title ?? "") + (name.map { ": " + shown($0, atMost: 24) } ?? ""),
        caption: number.map { variants[$0].work.text } ?? "")
    },
    footer: [
      "Fading is shown at the pace of each client, before a touch-up of the same month. No study has followed this treatment for more than six months: the "
        + "years are an estimate."
    ], heading: paths.count == 1 ? opened[0].design.title : nil)
  try writeFiles(
    [try OutputFile(sheet, path: file, options: PNGOptions(dotsPerInch: 300, texts: [versionText]))], options.writing)
  return VariantSheetResult(file: file, variants: variants)
}
