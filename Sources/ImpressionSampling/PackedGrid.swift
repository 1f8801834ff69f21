import HeadGeometry

/// Points sorted into the cells of a grid, for many searches of points that stay where they are.
///
/// As in `SparseGrid`, blocks of 4 × 4 × 4 cells exist only where a point fell, and there is one level per factor 2 of
/// spacing. Here the points of a row of cells follow each other in memory, so that a search reads a few short runs.
struct PackedGrid: Sendable {
  private var levels: [Level] = []

  fileprivate struct Level {
    let origin: SIMD3<Float>
    let inverseCell: Float
    /// Greatest cell number per axis.
    let last: SIMD3<Int32>
    let blocks: SIMD3<Int32>
    /// Greatest spacing of the level, mm.
    let greatest: Float
    /// One per block of the box: -1 or the number of a block.
    var blockOf: [Int32]
    /// First entry of each cell of each existing block, and the end.
    var starts: [Int32]
    /// Position and spacing.
    var entries: [SIMD4<Float>]
    /// The caller's number of each entry.
    var labels: [Int32]
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
    var cell = greatest * reach
    let extent = high - low
    func blockCounts(_ cell: Float) -> SIMD3<Float> {
      var n = extent / (cell * 4)
      for k in 0..<3 { n[k] = n[k].isFinite && n[k] < 1e6 ? n[k].rounded(.down) + 1 : 1e6 }
      return n
    }
    var n = blockCounts(cell)
    while n.x * n.y * n.z > 2_097_152 {
      cell *= 1.5
      n = blockCounts(cell)
    }
    let blocks = SIMD3(Int32(n.x), Int32(n.y), Int32(n.z))
    let last = blocks &* 4 &- 1
    let inverseCell = 1 / cell
    var blockOf = [Int32](repeating: -1, count: Int(blocks.x) * Int(blocks.y) * Int(blocks.z))
    var blockCount: Int32 = 0
    var cells = [Int32](repeating: 0, count: members.count)
    for k in 0..<members.count {
      let p = places[Int(members[k])]
      let c = cellOf(SIMD3(p.x, p.y, p.z), low, inverseCell, last)
      let b = Int(((c.z >> 2) &* blocks.y &+ (c.y >> 2)) &* blocks.x &+ (c.x >> 2))
      if blockOf[b] < 0 {
        blockOf[b] = blockCount
        blockCount += 1
      }
      cells[k] = blockOf[b] << 6 | cellIndex(c.x, c.y, c.z)
    }
    var starts = [Int32](repeating: 0, count: Int(blockCount) * 64 + 1)
    for k in 0..<cells.count { starts[Int(cells[k]) + 1] += 1 }
    for c in 1..<starts.count { starts[c] += starts[c - 1] }
    var next = starts
    var entries = [SIMD4<Float>](repeating: .zero, count: members.count)
    var labels = [Int32](repeating: 0, count: members.count)
    for k in 0..<cells.count {
      let place = Int(next[Int(cells[k])])
      next[Int(cells[k])] += 1
      entries[place] = places[Int(members[k])]
      labels[place] = members[k]
    }
    return Level(
      origin: low, inverseCell: inverseCell, last: last, blocks: blocks, greatest: greatest, blockOf: blockOf,
      starts: starts, entries: entries, labels: labels)
  }

  /// The cell that holds a position. Monotone in each coordinate, also outside the box.
  @inline(__always)
  fileprivate static func cellOf(
    _ p: SIMD3<Float>, _ origin: SIMD3<Float>, _ inverseCell: Float, _ last: SIMD3<Int32>
  ) -> SIMD3<Int32> {
    let q = (p - origin) * inverseCell
    return SIMD3(
      Int32(clamp(q.x, 0, Float(last.x))), Int32(clamp(q.y, 0, Float(last.y))), Int32(clamp(q.z, 0, Float(last.z))))
  }

  @inline(__always)
  fileprivate static func cellIndex(_ x: Int32, _ y: Int32, _ z: Int32) -> Int32 {
    (x & 3) | ((y & 3) << 2) | ((z & 3) << 4)
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
    let blockOf = blockOf.span
    let starts = starts.span
    let entries = entries.span
    let labels = labels.span
    let here = SIMD3(p.x, p.y, p.z)
    let half = reach * 0.5
    let far = (p.w + greatest) * half
    let low = PackedGrid.cellOf(here - far, origin, inverseCell, last)
    let high = PackedGrid.cellOf(here + far, origin, inverseCell, last)
    var bz = low.z >> 2
    while bz <= high.z >> 2 {
      var by = low.y >> 2
      while by <= high.y >> 2 {
        var bx = low.x >> 2
        while bx <= high.x >> 2 {
          let block = blockOf[Int((bz &* blocks.y &+ by) &* blocks.x &+ bx)]
          if block >= 0 {
            let base = block << 6
            let x0 = max(low.x, bx << 2)
            let x1 = min(high.x, bx << 2 | 3)
            let y1 = min(high.y, by << 2 | 3)
            let z1 = min(high.z, bz << 2 | 3)
            var z = max(low.z, bz << 2)
            while z <= z1 {
              var y = max(low.y, by << 2)
              while y <= y1 {
                var e = Int(starts[Int(base | PackedGrid.cellIndex(x0, y, z))])
                let end = Int(starts[Int(base | PackedGrid.cellIndex(x1, y, z)) + 1])
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
                y &+= 1
              }
              z &+= 1
            }
          }
          bx &+= 1
        }
        by &+= 1
      }
      bz &+= 1
    }
    return false
  }
}

/// Neighbours of every dot: those of dot i are `list[starts[i]..<starts[i + 1]]`, filled up to a multiple of four with
/// i itself. Dots whose normals are more than 120° apart are no neighbours.
struct NeighbourLists: Sendable {
  private(set) var starts: [Int32] = [0]
  private(set) var list: [Int32] = []

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
      ends.reserveCapacity(tile)
      list.reserveCapacity(tile * 20)
      let places = places.span
      let normals = normals.span
      for i in t * tile..<min(count, (t + 1) * tile) {
        let normal = normals[i]
        _ = grid.contains(near: places[i], reach: reach) { j, _, _ in
          if Int(j) != i && dot(normals[Int(j)], normal) >= -0.5 { list.append(j) }
          return false
        }
        // Fours at a time: a dot has no force on itself
        while list.count & 3 != 0 { list.append(Int32(i)) }
        ends.append(Int32(list.count))
      }
      return (ends, list)
    }
    join(parts)
  }

  /// The neighbours that are now within a smaller reach.
  func within(_ reach: Float, of places: [SIMD4<Float>], threads: Int?) -> NeighbourLists {
    let tile = NeighbourLists.tile
    let count = starts.count - 1
    let parts = mapTiles((count + tile - 1) / tile, threads: threads) { t in
      var ends: [Int32] = []
      var kept: [Int32] = []
      ends.reserveCapacity(tile)
      kept.reserveCapacity(tile * 10)
      let places = places.span
      let starts = starts.span
      let list = list.span
      let half = reach * 0.5
      for i in t * tile..<min(count, (t + 1) * tile) {
        let p = places[i]
        for k in Int(starts[i])..<Int(starts[i + 1]) {
          let q = places[Int(list[k])]
          let d = SIMD3(p.x - q.x, p.y - q.y, p.z - q.z)
          let r = (p.w + q.w) * half
          if dot(d, d) < r * r && Int(list[k]) != i { kept.append(list[k]) }
        }
        ends.append(Int32(kept.count))
      }
      return (ends, kept)
    }
    var lists = NeighbourLists()
    lists.join(parts)
    return lists
  }

  private init() {}

  /// Puts the lists of consecutive tiles one after another.
  private mutating func join(_ parts: [(ends: [Int32], list: [Int32])]) {
    starts.reserveCapacity(parts.reduce(1) { $0 + $1.ends.count })
    list.reserveCapacity(parts.reduce(0) { $0 + $1.list.count })
    for part in parts {
      let base = Int32(list.count)
      list += part.list
      for end in part.ends { starts.append(base + end) }
    }
  }
}
