import Arithmetic
import CLanes

/// Points sorted into the cells of a grid, for many searches of points that stay where they are.
///
/// One level per factor 2 of spacing. The points of a row of cells follow each other in memory, so that a search reads a
/// few short runs.
struct PackedGrid: Sendable {
  private(set) var levels: [Level] = []

  /// The points of a level, never changed once it is made. Plain memory, because searches read it a few numbers at a time.
  final class Level: @unchecked Sendable {
    let cells: BlockedCells
    /// Greatest spacing of the level, mm.
    let greatest: Float
    /// First entry of each cell of each existing block, and the end.
    let starts: UnsafeMutablePointer<Int32>
    /// The caller's number of each entry.
    let labels: UnsafeMutablePointer<Int32>
    /// Position and spacing of each entry; each list has three entries more, so that four can be read from any.
    let x: UnsafeMutablePointer<Float>
    let y: UnsafeMutablePointer<Float>
    let z: UnsafeMutablePointer<Float>
    let spacing: UnsafeMutablePointer<Float>

    init(cells: BlockedCells, greatest: Float, count: Int) {
      self.cells = cells
      self.greatest = greatest
      let cellCount = Int(cells.blockCount) * 64 + 1
      starts = .allocate(capacity: cellCount)
      starts.initialize(repeating: 0, count: cellCount)
      labels = .allocate(capacity: count + 3)
      labels.initialize(repeating: 0, count: count + 3)
      x = .allocate(capacity: 4 * (count + 3))
      x.initialize(repeating: 0, count: 4 * (count + 3))
      y = x + (count + 3)
      z = y + (count + 3)
      spacing = z + (count + 3)
    }

    deinit {
      starts.deallocate()
      labels.deallocate()
      x.deallocate()
    }
  }

  /// - Parameters:
  ///   - places: position and spacing of each point, mm.
  ///   - reach: that of most searches; cells are as wide as it at the greatest spacing of their level.
  init(_ places: [SIMD4<Float>], reach: Float, low: SIMD3<Float>, high: SIMD3<Float>) {
    let span = places.span
    var smallest = Float.infinity
    var largest: Float = 0
    for i in 0..<span.count {
      smallest = min(smallest, span[i].w)
      largest = max(largest, span[i].w)
    }
    if span.count == 0 { return }
    if largest <= 2 * smallest {
      levels = [PackedGrid.level(span, (0..<Int32(span.count)).map { $0 }, reach, low, high)]
      return
    }
    var members = [[Int32]](repeating: [], count: 24)
    for i in 0..<span.count {
      var limit = smallest * 2
      var l = 0
      while span[i].w > limit && l < 23 {
        limit *= 2
        l += 1
      }
      members[l].append(Int32(i))
    }
    for labels in members where !labels.isEmpty {
      levels.append(PackedGrid.level(span, labels, reach, low, high))
    }
  }

  /// Sorts the points of a level by cell: a counting sort.
  private static func level(
    _ places: Span<SIMD4<Float>>, _ members: [Int32], _ reach: Float, _ low: SIMD3<Float>, _ high: SIMD3<Float>
  ) -> Level {
    let members = members.span
    var greatest: Float = 0
    for k in 0..<members.count { greatest = max(greatest, places[Int(members[k])].w) }
    var cells = BlockedCells(low: low, high: high, side: greatest * reach)
    var cellOf = [Int32](repeating: 0, count: members.count)
    for k in 0..<members.count {
      let p = places[Int(members[k])]
      cellOf[k] = Int32(cells.cell(for: SIMD3(p.x, p.y, p.z)))
    }
    let level = Level(cells: cells, greatest: greatest, count: members.count)
    let cellCount = Int(cells.blockCount) * 64
    for k in 0..<cellOf.count { level.starts[Int(cellOf[k]) + 1] += 1 }
    for c in 0..<cellCount { level.starts[c + 1] += level.starts[c] }
    // Filled from the back, so that the starts end where they began
    for k in (0..<cellOf.count).reversed() {
      let cell = Int(cellOf[k]) + 1
      level.starts[cell] -= 1
      let place = Int(level.starts[cell])
      let p = places[Int(members[k])]
      level.x[place] = p.x
      level.y[place] = p.y
      level.z[place] = p.z
      level.spacing[place] = p.w
      level.labels[place] = members[k]
    }
    for c in 0..<cellCount { level.starts[c] = level.starts[c + 1] }
    level.starts[cellCount] = Int32(members.count)
    return level
  }

  /// Calls `visit` with the number, place and squared distance of every point whose distance from `p` is below `reach`
  /// times the mean of both spacings, itself included, until it returns true; returns whether it did.
  @inline(__always)
  func contains(near p: SIMD4<Float>, reach: Float, where visit: (Int32, SIMD4<Float>, Float) -> Bool) -> Bool {
    for l in 0..<levels.count {
      if levels[l].contains(near: p, reach: reach, where: visit) { return true }
    }
    return false
  }
}

extension PackedGrid.Level {
  @inline(__always)
  func contains(near p: SIMD4<Float>, reach: Float, where visit: (Int32, SIMD4<Float>, Float) -> Bool) -> Bool {
    containsNear(p, reach) { e, bits in
      var rest = bits
      while rest != 0 {
        let k = e + rest.trailingZeroBitCount
        rest &= rest &- 1
        let d = SIMD3(x[k] - p.x, y[k] - p.y, z[k] - p.z)
        if visit(labels[k], SIMD4(x[k], y[k], z[k], spacing[k]), dot(d, d)) { return true }
      }
      return false
    }
  }

  /// Calls `visit` with runs of four entries from a first one on, and bits for those of them that are within reach,
  /// until it returns true; returns whether it did. Runs without any are left out.
  @inline(__always)
  func containsNear(_ p: SIMD4<Float>, _ reach: Float, where visit: (Int, UInt32) -> Bool) -> Bool {
    let half = reach * 0.5
    return cells.containsRow(near: SIMD3(p.x, p.y, p.z), within: (p.w + greatest) * half) { first, last in
      var e = Int(starts[first])
      let end = Int(starts[last &+ 1])
      while e < end {
        let dx = PackedGrid.four(x, e) - p.x
        let dy = PackedGrid.four(y, e) - p.y
        let dz = PackedGrid.four(z, e) - p.z
        let r = (PackedGrid.four(spacing, e) + p.w) * half
        var bits = lane_below4(dx * dx + dy * dy + dz * dz, r * r)
        let rest = end &- e
        if rest < 4 { bits &= 15 &>> UInt32(truncatingIfNeeded: 4 &- rest) }
        if bits != 0 && visit(e, bits) { return true }
        e &+= 4
      }
      return false
    }
  }
}

extension PackedGrid {
  /// Four numbers that follow each other.
  @inline(__always)
  fileprivate static func four(_ list: UnsafeMutablePointer<Float>, _ first: Int) -> SIMD4<Float> {
    UnsafeRawPointer(list + first).loadUnaligned(as: SIMD4<Float>.self)
  }
}
