// Which design, moment and view stands where on a sheet of variants.

import TreatmentDesign

/// A column or a row: what it sets, and what it is called.
struct VariantStrip: Equatable {
  /// `nil` where it has nothing of its own to say.
  var title: String?
  var path: Int?
  var change: DocumentChange?
  var moment: SheetMoment?
  var view: Pictures.View?
}

struct VariantLayout {
  /// A design that is drawn, once for all of its places.
  struct Variant: Equatable {
    var path: Int
    var changes: [DocumentChange]
    var title: String
  }

  struct Place {
    var row: Int
    var column: Int
    var moment: SheetMoment
    /// `nil` is the design's own.
    var view: Pictures.View?
  }

  let columns: [VariantStrip]
  let rows: [VariantStrip]
  private(set) var designs: [Variant] = []

  /// Throws `StippleError` of kind `usage` where nothing varies, or more than two things do.
  init(paths: [String], options: VariantSheetOptions) throws(StippleError) {
    func strips(_ variation: Variation) -> [VariantStrip] {
      variation.values.map { VariantStrip(title: $0.title, change: $0.change, moment: $0.moment) }
    }
    guard paths.count <= Variation.most else {
      throw StippleError(.usage, "\(paths.count) designs; at most \(Variation.most) are drawn side by side")
    }
    // Names of files may be names of clients: designs are lettered.
    let letters = Array("ABCDEFGHIJKL")
    var axes: [[VariantStrip]] = []
    if paths.count > 1 {
      axes.append(paths.indices.map { VariantStrip(title: "Design \(letters[$0])", path: $0) })
    }
    axes += options.variations.map(strips)
    if options.views.count > 1 || (!options.views.isEmpty && axes.count < 2) {
      axes.append(options.views.map { VariantStrip(title: viewTitle($0), view: $0) })
    }
    guard let first = axes.first, paths.count > 1 || !options.variations.isEmpty else {
      throw StippleError(.usage, "nothing varies: name several designs, or --vary path=value,value")
    }
    guard axes.count <= 2 else {
      throw StippleError(
        .usage, "a sheet has two sides: designs, --vary and several --view are more than two things that vary")
    }
    columns = first
    rows = axes.count == 2 ? axes[1] : [VariantStrip(view: options.views.first)]
    if columns.contains(where: { $0.moment != nil }), rows.contains(where: { $0.moment != nil }) {
      throw StippleError(.usage, "years vary twice")
    }
    for column in columns {
      for row in rows {
        let variant = variant(column, row)
        if !designs.contains(variant) { designs.append(variant) }
      }
    }
  }

  private func variant(_ column: VariantStrip, _ row: VariantStrip) -> Variant {
    let parts = [column, row].filter { $0.path != nil || $0.change != nil }
    return Variant(
      path: column.path ?? row.path ?? 0, changes: [column.change, row.change].compactMap(\.self),
      title: parts.isEmpty ? "Design" : parts.compactMap(\.title).joined(separator: ", "))
  }

  /// Where a design stands, row by row.
  func places(of design: Int) -> [Place] {
    rows.indices.flatMap { r in
      columns.indices.compactMap { c in
        guard variant(columns[c], rows[r]) == designs[design] else { return nil }
        return Place(
          row: r, column: c, moment: columns[c].moment ?? rows[r].moment ?? SheetMoment(years: 0),
          view: rows[r].view ?? columns[c].view)
      }
    }
  }

  /// The one design of a column; `nil` where its rows have several.
  func design(of column: VariantStrip) -> Int? {
    let all = rows.map { variant(column, $0) }
    return all.allSatisfy { $0 == all[0] } ? designs.firstIndex(of: all[0]) : nil
  }
}
