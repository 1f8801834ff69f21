import HeadGeometry

/// A uniform grid that takes one entry after another. Cells are linked lists, newest first.
///
///     heads     64 per existing block of `cells`, -1 or the newest entry of a cell
///     next      one per entry, -1 or the next entry of the same cell
struct SparseGrid: Sendable {
  private(set) var cells: BlockedCells
  private var heads: [Int32] = []
  private var next: [Int32] = []
  /// Position and minimum distance of each entry.
  private var entries: [SIMD4<Float>] = []
  /// The caller's number of each entry.
  private var labels: [Int32] = []

  /// A grid over a box; see `BlockedCells`.
  init(low: SIMD3<Float>, high: SIMD3<Float>, cell: Float) {
    cells = BlockedCells(low: low, high: high, side: cell)
  }

  mutating func insert(_ entry: SIMD4<Float>, label: Int32) {
    let cell = cells.cell(for: SIMD3(entry.x, entry.y, entry.z))
    while cell >= heads.count { heads.append(-1) }
    next.append(heads[cell])
    heads[cell] = Int32(entries.count)
    entries.append(entry)
    labels.append(label)
  }

  /// Calls `visit(entry, label)` for every entry in a cell within `reach` of `p`, until it returns true; returns
  /// whether it did. Entries outside the reach may be visited too.
  @inline(__always)
  func contains(
    near p: SIMD3<Float>, within reach: Float, where visit: (SIMD4<Float>, Int32) -> Bool
  ) -> Bool {
    let heads = heads.span
    let next = next.span
    let entries = entries.span
    let labels = labels.span
    return cells.containsRow(near: p, within: reach) { first, last in
      var cell = first
      while cell <= last && cell < heads.count {
        var e = heads[cell]
        while e >= 0 {
          if visit(entries[Int(e)], labels[Int(e)]) { return true }
          e = next[Int(e)]
        }
        cell += 1
      }
      return false
    }
  }
}
