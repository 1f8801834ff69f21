import CLanes

/// Four points with minimum distances, side by side; places without a point lie at infinity.
struct DotQuad: Sendable {
  var x = SIMD4<Float>(repeating: .infinity)
  var y = SIMD4<Float>(repeating: .infinity)
  var z = SIMD4<Float>(repeating: .infinity)
  /// Minimum distance, mm.
  var radius = SIMD4<Float>.zero
  var labels = SIMD4<Int32>.zero

  /// One bit for each point whose distance from `p` is below `base` + `scale` times its minimum distance.
  @inline(__always)
  func near(_ p: SIMD3<Float>, base: Float, scale: Float) -> UInt32 {
    let reach = radius * scale + base
    let dx = x - p.x
    let dy = y - p.y
    let dz = z - p.z
    return lane_below4(dx * dx + dy * dy + dz * dz, reach * reach)
  }

  @inline(__always)
  func entry(_ lane: Int) -> SIMD4<Float> { SIMD4(x[lane], y[lane], z[lane], radius[lane]) }

  /// Calls `visit(entry, label)` for the entries whose bits are set until it returns true; returns whether it did.
  @inline(__always)
  func contains(_ bits: UInt32, where visit: (SIMD4<Float>, Int32) -> Bool) -> Bool {
    var rest = bits
    while rest != 0 {
      let lane = rest.trailingZeroBitCount
      rest &= rest &- 1
      if visit(entry(lane), labels[lane]) { return true }
    }
    return false
  }

  @inline(__always)
  mutating func set(_ lane: Int, _ entry: SIMD4<Float>, label: Int32) {
    x[lane] = entry.x
    y[lane] = entry.y
    z[lane] = entry.z
    radius[lane] = entry.w
    labels[lane] = label
  }
}

/// A uniform grid that takes one entry after another. Cells are linked lists of quads, newest first.
///
///     heads     64 per existing block of `cells`, -1 or the newest quad of a cell
///     next      one per quad, -1 or the next quad of the same cell
struct SparseGrid: Sendable {
  private(set) var cells: BlockedCells
  private var heads: [Int32] = []
  private var next: [Int32] = []
  private var quads: [DotQuad] = []
  /// Number of entries in each quad.
  private var counts: [Int32] = []

  /// A grid over a box; see `BlockedCells`.
  init(low: SIMD3<Float>, high: SIMD3<Float>, cell: Float) {
    cells = BlockedCells(low: low, high: high, side: cell)
  }

  mutating func insert(_ entry: SIMD4<Float>, label: Int32) {
    let cell = cells.cell(for: SIMD3(entry.x, entry.y, entry.z))
    while cell >= heads.count { heads.append(-1) }
    var quad = Int(heads[cell])
    if quad < 0 || counts[quad] == 4 {
      next.append(heads[cell])
      quad = quads.count
      heads[cell] = Int32(quad)
      quads.append(DotQuad())
      counts.append(0)
    }
    quads[quad].set(Int(counts[quad]), entry, label: label)
    counts[quad] += 1
  }

  mutating func removeAll() {
    heads = [Int32](repeating: -1, count: heads.count)
    next.removeAll()
    quads.removeAll()
    counts.removeAll()
  }

  /// Calls `visit(entry, label)` for every entry nearer to `p` than `reach`, until it returns true; returns whether it
  /// did.
  @inline(__always)
  func contains(near p: SIMD3<Float>, within reach: Float, where visit: (SIMD4<Float>, Int32) -> Bool) -> Bool {
    containsQuad(near: p, within: reach, base: reach, scale: 0) { quad, near in quad.contains(near, where: visit) }
  }

  /// Calls `visit` for every quad with entries whose distance from `p` is below `base` + `scale` times their minimum
  /// distance, with one bit for each of these, until it returns true; returns whether it did.
  ///
  /// - Parameter within: not less than the greatest of these distances.
  @inline(__always)
  func containsQuad(
    near p: SIMD3<Float>, within reach: Float, base: Float, scale: Float, where visit: (DotQuad, UInt32) -> Bool
  ) -> Bool {
    let heads = heads.span
    let next = next.span
    let quads = quads.span
    return cells.containsCell(near: p, within: reach) { cell in
      // Cells of the newest block may lie past the end
      if cell >= heads.count { return false }
      var q = heads[unchecked: cell]
      while q >= 0 {
        let near = quads[unchecked: Int(q)].near(p, base: base, scale: scale)
        if near != 0 && visit(quads[unchecked: Int(q)], near) { return true }
        q = next[unchecked: Int(q)]
      }
      return false
    }
  }
}
