import HeadGeometry

/// Points sorted into the cells of a grid, for many searches of points that stay where they are.
///
/// One level per factor 2 of spacing. The points of a row of cells follow each other in memory, so that a search reads a
/// few short runs.
struct PackedGrid: Sendable {
  private var levels: [Level] = []

  fileprivate struct Level {
    let cells: BlockedCells
    /// Greatest spacing of the level, mm.
    let greatest: Float
    /// First entry of each cell of each existing block, and the end.
    let starts: [Int32]
    /// Position and spacing.
    let entries: [SIMD4<Float>]
    /// The caller's number of each entry.
    let labels: [Int32]
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
    var starts = [Int32](repeating: 0, count: Int(cells.blockCount) * 64 + 1)
    for k in 0..<cellOf.count { starts[Int(cellOf[k]) + 1] += 1 }
    for c in 1..<starts.count { starts[c] += starts[c - 1] }
    var next = starts
    var entries = [SIMD4<Float>](repeating: .zero, count: members.count)
    var labels = [Int32](repeating: 0, count: members.count)
    for k in 0..<cellOf.count {
      let place = Int(next[Int(cellOf[k])])
      next[Int(cellOf[k])] += 1
      entries[place] = places[Int(members[k])]
      labels[place] = members[k]
    }
    return Level(cells: cells, greatest: greatest, starts: starts, entries: entries, labels: labels)
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
    let starts = starts.span
    let entries = entries.span
    let labels = labels.span
    let half = reach * 0.5
    return cells.containsRow(near: SIMD3(p.x, p.y, p.z), within: (p.w + greatest) * half) { first, last in
      var e = Int(starts[first])
      let end = Int(starts[last + 1])
      while e < end {
        let q = entries[e]
        let dx = q.x - p.x
        let dy = q.y - p.y
        let dz = q.z - p.z
        let squared = dx * dx + dy * dy + dz * dz
        let r = (p.w + q.w) * half
        if squared < r * r && visit(labels[e], q, squared) { return true }
        e += 1
      }
      return false
    }
  }
}

/// Neighbours of every dot: those of dot i are `list[starts[i]..<starts[i + 1]]`, filled up to a multiple of four with
/// i itself. Dots whose normals are more than 120° apart are no neighbours.
struct NeighbourLists: Sendable {
  private(set) var starts: [Int32] = [0]
  private(set) var list: [Int32] = []
  /// Whether the surface around a dot is nearly flat: no neighbour's normal is more than 26° off its own.
  private(set) var isFlat: [Bool] = []

  /// Dots per task.
  static let tile = 512

  /// The neighbours of the first `count` of the grid's points.
  ///
  /// - Parameter normals: of all of the grid's points.
  init(
    of places: [SIMD4<Float>], normals: [SIMD3<Float>], count: Int, in grid: PackedGrid, reach: Float, threads: Int?
  ) {
    let tile = NeighbourLists.tile
    let parts = mapTiles((count + tile - 1) / tile, threads: threads) { t in
      var ends: [Int32] = []
      var list: [Int32] = []
      var isFlat: [Bool] = []
      ends.reserveCapacity(tile)
      isFlat.reserveCapacity(tile)
      list.reserveCapacity(tile * 20)
      let places = places.span
      let normals = normals.span
      for i in t * tile..<min(count, (t + 1) * tile) {
        let normal = normals[i]
        var least: Float = 1
        _ = grid.contains(near: places[i], reach: reach) { j, _, _ in
          let agreement = dot(normals[Int(j)], normal)
          if Int(j) != i && agreement >= -0.5 {
            list.append(j)
            least = min(least, agreement)
          }
          return false
        }
        isFlat.append(least > 0.9)
        // Fours at a time: a dot has no force on itself
        while list.count & 3 != 0 { list.append(Int32(i)) }
        ends.append(Int32(list.count))
      }
      return (ends, list, isFlat)
    }
    join(parts)
  }

  /// Puts the lists of consecutive tiles one after another.
  private mutating func join(_ parts: [(ends: [Int32], list: [Int32], isFlat: [Bool])]) {
    starts.reserveCapacity(parts.reduce(1) { $0 + $1.ends.count })
    list.reserveCapacity(parts.reduce(0) { $0 + $1.list.count })
    for part in parts {
      let base = Int32(list.count)
      list += part.list
      isFlat += part.isFlat
      for end in part.ends { starts.append(base + end) }
    }
  }
}
