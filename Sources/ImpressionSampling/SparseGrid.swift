import HeadGeometry

/// A uniform grid in space whose memory follows the surface: blocks of 4 × 4 × 4 cells exist only where an entry
/// fell. Cells are linked lists, newest first.
///
///     blockOf   one per block of the box, -1 or the number of a block   (dense, small)
///     heads     64 per existing block, -1 or the newest entry of a cell
///     next      one per entry, -1 or the next entry of the same cell
struct SparseGrid: Sendable {
  let origin: SIMD3<Float>
  let cell: Float
  let inverseCell: Float
  /// Greatest cell number per axis.
  let last: SIMD3<Int32>
  let blocks: SIMD3<Int32>
  var blockOf: [Int32]
  var heads: [Int32] = []
  var next: [Int32] = []
  /// Position and minimum distance of each entry.
  var entries: [SIMD4<Float>] = []
  /// The caller's number of each entry.
  var labels: [Int32] = []

  /// A grid over a box. Positions outside fall into the cells at its border. The cell grows where the box would
  /// hold more than about two million blocks.
  init(low: SIMD3<Float>, high: SIMD3<Float>, cell wanted: Float) {
    var size = wanted
    let extent = high - low
    func blockCounts(_ size: Float) -> SIMD3<Float> {
      var n = extent / (size * 4)
      for k in 0..<3 { n[k] = n[k].isFinite && n[k] < 1e6 ? n[k].rounded(.down) + 1 : 1e6 }
      return n
    }
    var n = blockCounts(size)
    while n.x * n.y * n.z > 2_097_152 {
      size *= 1.5
      n = blockCounts(size)
    }
    origin = low
    cell = size
    inverseCell = 1 / size
    blocks = SIMD3(Int32(n.x), Int32(n.y), Int32(n.z))
    last = blocks &* 4 &- 1
    blockOf = [Int32](repeating: -1, count: Int(blocks.x) * Int(blocks.y) * Int(blocks.z))
  }

  /// The cell that holds a position. Monotone in each coordinate, also outside the box.
  @inline(__always)
  func cellOf(_ p: SIMD3<Float>) -> SIMD3<Int32> {
    let q = (p - origin) * inverseCell
    return SIMD3(
      Int32(clamp(q.x, 0, Float(last.x))), Int32(clamp(q.y, 0, Float(last.y))), Int32(clamp(q.z, 0, Float(last.z))))
  }

  @inline(__always)
  func blockIndex(_ x: Int32, _ y: Int32, _ z: Int32) -> Int {
    Int(((z >> 2) &* blocks.y &+ (y >> 2)) &* blocks.x &+ (x >> 2))
  }

  @inline(__always)
  func cellIndex(_ x: Int32, _ y: Int32, _ z: Int32) -> Int { Int((x & 3) | ((y & 3) << 2) | ((z & 3) << 4)) }

  mutating func insert(_ entry: SIMD4<Float>, label: Int32) {
    let c = cellOf(SIMD3(entry.x, entry.y, entry.z))
    let b = blockIndex(c.x, c.y, c.z)
    var block = blockOf[b]
    if block < 0 {
      block = Int32(heads.count >> 6)
      blockOf[b] = block
      for _ in 0..<64 { heads.append(-1) }
    }
    let h = Int(block) << 6 | cellIndex(c.x, c.y, c.z)
    next.append(heads[h])
    heads[h] = Int32(entries.count)
    entries.append(entry)
    labels.append(label)
  }

  /// Calls `visit(entry, label)` for every entry in a cell within `reach` of `p`, until it returns true; returns
  /// whether it did. Entries outside the reach may be visited too.
  @inline(__always)
  func contains(
    near p: SIMD3<Float>, within reach: Float, where visit: (SIMD4<Float>, Int32) -> Bool
  ) -> Bool {
    let low = cellOf(p - reach)
    let high = cellOf(p + reach)
    let blockOf = blockOf.span
    let heads = heads.span
    let next = next.span
    let entries = entries.span
    let labels = labels.span
    // Whole blocks first: most of the blocks near a surface do not exist
    var bz = low.z >> 2
    while bz <= high.z >> 2 {
      var by = low.y >> 2
      while by <= high.y >> 2 {
        var bx = low.x >> 2
        while bx <= high.x >> 2 {
          let block = blockOf[Int((bz &* blocks.y &+ by) &* blocks.x &+ bx)]
          if block >= 0 {
            let base = Int(block) << 6
            let x0 = max(low.x, bx << 2)
            let x1 = min(high.x, bx << 2 | 3)
            let y1 = min(high.y, by << 2 | 3)
            let z1 = min(high.z, bz << 2 | 3)
            var z = max(low.z, bz << 2)
            while z <= z1 {
              var y = max(low.y, by << 2)
              while y <= y1 {
                var x = x0
                while x <= x1 {
                  var e = heads[base | cellIndex(x, y, z)]
                  while e >= 0 {
                    if visit(entries[Int(e)], labels[Int(e)]) { return true }
                    e = next[Int(e)]
                  }
                  x &+= 1
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
