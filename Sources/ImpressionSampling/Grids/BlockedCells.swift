import Arithmetic

/// Cells of a box in blocks of 4 × 4 × 4, so that a grid needs memory only for blocks in which something lies.
///
///     blockOf   one per block of the box, -1 or the number of a block     (dense, small)
///     cell      64 × number of the block + place of the cell in it; cells of a row follow each other
struct BlockedCells: Sendable {
  let origin: SIMD3<Float>
  /// Side of a cell, mm.
  let side: Float
  private let inverseSide: Float
  /// Greatest cell number per axis.
  let last: SIMD3<Int32>
  private let blocks: SIMD3<Int32>
  private var blockOf: [Int32]
  /// Number of blocks in which something lies.
  private(set) var blockCount: Int32 = 0

  /// Cells over a box. Positions outside fall into the cells at its border. Cells grow where the box would hold more than
  /// about two million blocks.
  init(low: SIMD3<Float>, high: SIMD3<Float>, side wanted: Float) {
    var side = wanted
    let extent = high - low
    func blockCounts(_ side: Float) -> SIMD3<Float> {
      var n = extent / (side * 4)
      for k in 0..<3 { n[k] = n[k].isFinite && n[k] < 1e6 ? n[k].rounded(.down) + 1 : 1e6 }
      return n
    }
    var n = blockCounts(side)
    while n.x * n.y * n.z > 2_097_152 {
      side *= 1.5
      n = blockCounts(side)
    }
    origin = low
    self.side = side
    inverseSide = 1 / side
    // Each is at most a million, and all are numbers.
    blocks = SIMD3(Int32(n.x), Int32(n.y), Int32(n.z))
    last = blocks &* 4 &- 1
    blockOf = [Int32](repeating: -1, count: Int(blocks.x) * Int(blocks.y) * Int(blocks.z))
  }

  /// The numbers per axis of the cell that holds a position. Monotone in each coordinate, also outside the box; 0 for
  /// what is no number.
  @inline(__always)
  private func numbers(_ p: SIMD3<Float>) -> SIMD3<Int32> {
    let q = (p - origin) * inverseSide
    return SIMD3(
      Int32(held(q.x, 0, Float(last.x))), Int32(held(q.y, 0, Float(last.y))), Int32(held(q.z, 0, Float(last.z))))
  }

  @inline(__always)
  private func blockIndex(_ x: Int32, _ y: Int32, _ z: Int32) -> Int {
    Int((z &* blocks.y &+ y) &* blocks.x &+ x)
  }

  @inline(__always)
  private func placeInBlock(_ x: Int32, _ y: Int32, _ z: Int32) -> Int {
    Int((x & 3) | ((y & 3) << 2) | ((z & 3) << 4))
  }

  /// The cell of a position; its block is counted if it is new.
  @inline(__always)
  mutating func cell(for p: SIMD3<Float>) -> Int {
    let c = numbers(p)
    let b = blockIndex(c.x >> 2, c.y >> 2, c.z >> 2)
    if blockOf[b] < 0 {
      blockOf[b] = blockCount
      blockCount += 1
    }
    return Int(blockOf[b]) << 6 | placeInBlock(c.x, c.y, c.z)
  }

  /// Calls `visit` with every cell within `reach` of `p` whose block exists, until it returns true; returns whether it
  /// did.
  @inline(__always)
  func containsCell(near p: SIMD3<Float>, within reach: Float, where visit: (Int) -> Bool) -> Bool {
    let low = numbers(p - reach)
    let high = numbers(p + reach)
    let span = high &- low
    // Far more cells than lie on a surface: whole blocks first
    if max(span.x, span.y, span.z) > 3 {
      return containsRow(near: p, within: reach) { first, last in
        var cell = first
        while cell <= last {
          if visit(cell) { return true }
          cell &+= 1
        }
        return false
      }
    }
    let blockOf = blockOf.span
    var z = low.z
    while z <= high.z {
      var y = low.y
      while y <= high.y {
        let row = blockIndex(0, y >> 2, z >> 2)
        let place = placeInBlock(0, y, z)
        var x = low.x
        while x <= high.x {
          let block = blockOf[row &+ Int(x >> 2)]
          if block >= 0 && visit(Int(block) << 6 | place | Int(x & 3)) { return true }
          x &+= 1
        }
        y &+= 1
      }
      z &+= 1
    }
    return false
  }

  /// Calls `visit` with the first and the last cell of every row of cells within `reach` of `p`, until it returns true;
  /// returns whether it did.
  @inline(__always)
  func containsRow(near p: SIMD3<Float>, within reach: Float, where visit: (Int, Int) -> Bool) -> Bool {
    let low = numbers(p - reach)
    let high = numbers(p + reach)
    let blockOf = blockOf.span
    // Whole blocks first: most of the blocks near a surface do not exist
    var bz = low.z >> 2
    while bz <= high.z >> 2 {
      var by = low.y >> 2
      while by <= high.y >> 2 {
        var bx = low.x >> 2
        while bx <= high.x >> 2 {
          let block = blockOf[blockIndex(bx, by, bz)]
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
                if visit(base | placeInBlock(x0, y, z), base | placeInBlock(x1, y, z)) { return true }
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
