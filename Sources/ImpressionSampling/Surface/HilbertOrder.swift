// Order of triangles along a Hilbert curve through their bounding box, so that neighbours in the list are
// neighbours on the head.
//
// Based on: Hamilton. Compact Hilbert Indices. 2006 (section 2: the transform of entry point and direction),
// with the 24 states of three dimensions laid out as a table.

import Arithmetic
import CLanes

/// For each state and octant (x + 2y + 4z), the position along the curve and the next state.
private struct HilbertTable: Sendable {
  /// Index is state * 8 + octant; the value is next state * 8 + position.
  var steps = [UInt16](repeating: 0, count: 24 * 8)

  init() {
    func gray(_ i: Int) -> Int { i ^ (i >> 1) }
    func rotateLeft(_ b: Int, _ by: Int) -> Int { ((b << by) | (b >> (3 - by))) & 7 }
    func rotateRight(_ b: Int, _ by: Int) -> Int { ((b >> by) | (b << (3 - by))) & 7 }
    func entry(_ w: Int) -> Int { w == 0 ? 0 : gray(2 * ((w - 1) / 2)) }
    func direction(_ w: Int) -> Int {
      if w == 0 { return 0 }
      let i = w % 2 == 0 ? w - 1 : w
      return (~i).trailingZeroBitCount % 3
    }
    var grayInverse = [Int](repeating: 0, count: 8)
    for i in 0..<8 { grayInverse[gray(i)] = i }
    for e in 0..<8 {
      for d in 0..<3 {
        for octant in 0..<8 {
          let shift = (d + 1) % 3
          let w = grayInverse[rotateRight(octant ^ e, shift)]
          let nextEntry = e ^ rotateLeft(entry(w), shift)
          let nextDirection = (d + direction(w) + 1) % 3
          steps[(e * 3 + d) * 8 + octant] = UInt16((nextEntry * 3 + nextDirection) * 8 + w)
        }
      }
    }
  }

  static let shared = HilbertTable()

  /// Two levels at once, for an octant of each (x + 4y + 16z of the two bits): next state * 64 + position.
  static let pairs: [UInt16] = {
    let steps = shared.steps
    return (0..<24 * 64).map { index in
      let (x, y, z) = (index & 3, index >> 2 & 3, index >> 4 & 3)
      let first = steps[index / 64 * 8 + (x >> 1 | (y >> 1) << 1 | (z >> 1) << 2)]
      let second = steps[Int(first >> 3) * 8 + (x & 1 | (y & 1) << 1 | (z & 1) << 2)]
      return (second >> 3) * 64 + (first & 7) * 8 + (second & 7)
    }
  }()
}

/// Position of a cell along the Hilbert curve of a cube of 2^bits cells per side; an even number of bits, at most 10.
func hilbertKey(x: UInt32, y: UInt32, z: UInt32, bits: Int) -> UInt32 {
  let cell = lane_cells4(SIMD4(repeating: Int32(x)), SIMD4(repeating: Int32(y)), SIMD4(repeating: Int32(z)))
  return hilbertKey(cell: UInt32(cell.x), bits: bits, pairs: HilbertTable.pairs.span)
}

/// - Parameter cell: two bits of each of the cell's coordinates in turn, x lowest.
@inline(__always)
private func hilbertKey(cell: UInt32, bits: Int, pairs: Span<UInt16>) -> UInt32 {
  var key: UInt32 = 0
  var step: UInt32 = 0
  var shift = UInt32(bits) * 3
  while shift > 0 {
    shift &-= 6
    // The next state's row begins at its number times 64
    step = UInt32(pairs[unchecked: Int(step & ~63 | (cell &>> shift) & 63)])
    key = key &<< 6 | step & 63
  }
  return key
}

/// Triangles in the order of a curve.
struct CurveOrder: Sendable {
  /// For each triangle its place along the curve (30 bits), its mark (2 bits), and its number (32 bits).
  var records: [UInt64] = []
  /// Box around the centroids of the triangles, mm.
  var low = SIMD3<Float>.zero
  var high = SIMD3<Float>.zero

  static let keyShift: UInt64 = 34
  static let mark: UInt64 = 3 << 32

  @inline(__always)
  static func index(_ record: UInt64) -> Int { Int(record & 0xFFFF_FFFF) }
}

/// Live triangles sorted so that they follow a Hilbert curve of 1024 cells per side through their common bounding box;
/// those of one cell keep their order.
///
/// - Parameters:
///   - active: numbers of the live triangles to sort; `nil` for all.
///   - marks: for each live triangle a number of two bits to write into its record; higher bits are left out.
func hilbertOrder(of surface: PreparedSurface, active: [UInt32]?, marks: [UInt8]) -> CurveOrder {
  let count = active?.count ?? surface.live.count
  guard count > 0 else { return CurveOrder() }
  let x = surface.cornerSums.x.span
  let y = surface.cornerSums.y.span
  let z = surface.cornerSums.z.span

  // Sums of the three corners stand for the centroids: only their order matters.
  var low = surface.low
  var high = surface.high
  if let active {
    let list = active.span
    low = SIMD3(repeating: .infinity)
    high = SIMD3(repeating: -.infinity)
    for k in 0..<list.count {
      let i = Int(list[k])
      low = SIMD3(min(low.x, x[i]), min(low.y, y[i]), min(low.z, z[i]))
      high = SIMD3(max(high.x, x[i]), max(high.y, y[i]), max(high.z, z[i]))
    }
  }
  let extent = high - low
  let side = max(extent.x, extent.y, extent.z)
  let scale: Float = side > 0 ? 1023.99 / side : 0

  var records = [UInt64](unwritten: count)
  if let active {
    writeRecords(surface, active, marks, low, scale, &records)
  } else {
    writeRecords(surface, marks, low, scale, &records)
  }
  radixSort(&records, bits: Int(CurveOrder.keyShift)..<64)
  return CurveOrder(records: records, low: low * (1 / 3), high: high * (1 / 3))
}

/// Records of all live triangles.
private func writeRecords(
  _ surface: PreparedSurface, _ marks: [UInt8], _ low: SIMD3<Float>, _ scale: Float, _ records: inout [UInt64]
) {
  let x = surface.cornerSums.x.span
  let y = surface.cornerSums.y.span
  let z = surface.cornerSums.z.span
  let marks = marks.span
  let pairs = HilbertTable.pairs.span
  var records = records.mutableSpan
  let count = records.count
  var i = 0
  while i + 4 <= count {
    let found = cells(
      PointLanes(x.lanes(at: i), y.lanes(at: i), z.lanes(at: i)), low, scale)
    records[unchecked: i] = record(i, found.x, marks, pairs)
    records[unchecked: i + 1] = record(i + 1, found.y, marks, pairs)
    records[unchecked: i + 2] = record(i + 2, found.z, marks, pairs)
    records[unchecked: i + 3] = record(i + 3, found.w, marks, pairs)
    i += 4
  }
  while i < count {
    let point = SIMD3(x[i], y[i], z[i])
    records[i] = record(i, cells(PointLanes(point, point, point, point), low, scale).x, marks, pairs)
    i += 1
  }
}

/// Records of some live triangles.
private func writeRecords(
  _ surface: PreparedSurface, _ active: [UInt32], _ marks: [UInt8], _ low: SIMD3<Float>, _ scale: Float,
  _ records: inout [UInt64]
) {
  let x = surface.cornerSums.x.span
  let y = surface.cornerSums.y.span
  let z = surface.cornerSums.z.span
  let marks = marks.span
  let list = active.span
  let pairs = HilbertTable.pairs.span
  var records = records.mutableSpan
  let last = list.count - 1
  for k in stride(from: 0, through: last, by: 4) {
    // The last lanes may repeat a triangle
    let i = SIMD4(list[k], list[min(k + 1, last)], list[min(k + 2, last)], list[min(k + 3, last)])
    let (a, b, c, d) = (Int(i.x), Int(i.y), Int(i.z), Int(i.w))
    let found = cells(
      PointLanes(SIMD4(x[a], x[b], x[c], x[d]), SIMD4(y[a], y[b], y[c], y[d]), SIMD4(z[a], z[b], z[c], z[d])), low,
      scale)
    records[k] = record(a, found.x, marks, pairs)
    records[min(k + 1, last)] = record(b, found.y, marks, pairs)
    records[min(k + 2, last)] = record(c, found.z, marks, pairs)
    records[min(k + 3, last)] = record(d, found.w, marks, pairs)
  }
}

/// Numbers of the cells in which points lie.
@inline(__always)
private func cells(_ p: PointLanes, _ low: SIMD3<Float>, _ scale: Float) -> SIMD4<UInt32> {
  let numbers = lane_cells4(cells(p.x, low.x, scale), cells(p.y, low.y, scale), cells(p.z, low.z, scale))
  return unsafeBitCast(numbers, to: SIMD4<UInt32>.self)
}

/// `lane_max4` makes 0 of what is no number.
@inline(__always)
private func cells(_ values: SIMD4<Float>, _ low: Float, _ scale: Float) -> SIMD4<Int32> {
  lane_int4(lane_min4(lane_max4((values - low) * scale, SIMD4(repeating: 0)), SIMD4(repeating: 1023)))
}

@inline(__always)
private func record(_ i: Int, _ cell: UInt32, _ marks: Span<UInt8>, _ pairs: Span<UInt16>) -> UInt64 {
  let key = UInt64(hilbertKey(cell: cell, bits: 10, pairs: pairs))
  return key << CurveOrder.keyShift | UInt64(marks[unchecked: i] & 3) << 32 | UInt64(truncatingIfNeeded: i)
}
