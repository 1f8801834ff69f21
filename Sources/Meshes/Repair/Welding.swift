// Welding: vertices that lie within rounding of each other become one, and triangles that thereby have fewer than
// three corners, or the same three as another, go.

import Arithmetic

extension MeshUnderRepair {
  /// Share of the bounding box's diagonal within which vertices are one: what single-precision text loses.
  static let weldShare: Float = 1e-6

  /// Welds and drops; linear time.
  mutating func weld(_ report: inout ScanRepairReport) {
    // Triangles with a corner that is no number cannot be placed.
    let finite = positions.map { $0.x.isFinite && $0.y.isFinite && $0.z.isFinite }
    if finite.contains(false) {
      let before = triangles.count
      filterTriangles { _, t in finite[Int(t.x)] && finite[Int(t.y)] && finite[Int(t.z)] }
      report.nonFiniteTriangles = before - triangles.count
    }

    var low = SIMD3<Float>(repeating: .infinity)
    var high = -low
    for i in positions.indices where finite[i] {
      low = low.replacing(with: positions[i], where: positions[i] .< low)
      high = high.replacing(with: positions[i], where: positions[i] .> high)
    }
    var first = firstVertices(low: low, reach: length(high - low) * Self.weldShare, finite: finite)
    if let wider = joiningApart(first, from: length(high - low) * Self.weldShare, low: low, finite: finite) {
      (first, report.closedGap) = wider
    }
    for i in first.indices where first[i] != UInt32(i) { report.weldedVertices += 1 }

    // Keep triangles with three corners that did not occur before.
    var known = FirstOccurrence(capacity: triangles.count)
    var kept: UInt32 = 0
    var degenerate = 0
    var duplicate = 0
    for i in triangles.indices {
      let t = triangles[i]
      triangles[i] = SIMD3(first[Int(t.x)], first[Int(t.y)], first[Int(t.z)])
    }
    filterTriangles { _, t in
      if t.x == t.y || t.y == t.z || t.z == t.x {
        degenerate += 1
        return false
      }
      let least = min(t.x, min(t.y, t.z))
      let most = max(t.x, max(t.y, t.z))
      if known.index(of: SIMD3(least, t.x ^ t.y ^ t.z ^ least ^ most, most), orInsert: kept) != kept {
        duplicate += 1
        return false
      }
      kept += 1
      return true
    }
    report.degenerateTriangles = degenerate
    report.duplicateTriangles = duplicate
    report.unusedVertices = max(0, dropUnusedVertices() - report.weldedVertices)
  }

  /// A wider reach where nearly every triangle stands alone, as in files of corners that were rounded or moved one by one: the
  /// least that joins them, up to a fifth of an edge. nil where they hang together, or nothing joins them.
  private func joiningApart(
    _ first: [UInt32], from reach: Float, low: SIMD3<Float>, finite: [Bool]
  ) -> (first: [UInt32], reach: Float)? {
    // Closed surfaces have half as many vertices as triangles, triangles apart three times as many.
    func isApart(_ first: [UInt32]) -> Bool {
      var isUsed = [Bool](repeating: false, count: positions.count)
      for t in triangles { for k in 0..<3 { isUsed[Int(first[Int(t[k])])] = true } }
      return isUsed.count { $0 } * 10 > 9 * triangles.count
    }
    if triangles.count < 16 || positions.count * 10 <= 9 * triangles.count || !isApart(first) { return nil }
    let most = 0.2 * typicalEdge()
    var wider = max(reach, most * 1e-5)
    while wider < most {
      wider = min(2.5 * wider, most)
      let joined = firstVertices(low: low, reach: wider, finite: finite)
      if !isApart(joined) {
        // Corners of one place may lie up to twice as far apart as those that were joined first.
        let safe = min(2 * wider, most)
        return (firstVertices(low: low, reach: safe, finite: finite), safe)
      }
    }
    return nil
  }

  /// For each vertex the first one within `reach` of it.
  private func firstVertices(low: SIMD3<Float>, reach: Float, finite: [Bool]) -> [UInt32] {
    // Cells much larger than the reach: a vertex looks into a neighbouring cell only when it lies at a wall.
    let cell = 16 * Double(reach)
    let scale = cell > 0 ? 1 / cell : 0
    var buckets = VertexBuckets(capacity: positions.count)
    var first = [UInt32](repeating: 0, count: positions.count)
    for i in positions.indices {
      first[i] = UInt32(i)
      guard finite[i] else { continue }
      let p = positions[i]
      var q = SIMD3<Double>(p - low) * scale
      // Between the ends of the number line differences are infinite; else there are 62,500 cells to a side.
      for k in 0..<3 where !(q[k] < 1e6) { q[k] = 0 }
      let base = SIMD3<Int64>(q.rounded(.down))
      let inside = q - SIMD3<Double>(base)
      var from = SIMD3<Int64>(repeating: 0)
      var to = from
      for k in 0..<3 {
        if inside[k] < 1.0 / 16 { from[k] = -1 }
        if inside[k] > 15.0 / 16 { to[k] = 1 }
      }
      var nearest = UInt32.max
      for z in from.z...to.z {
        for y in from.y...to.y {
          for x in from.x...to.x {
            buckets.forEach(in: base &+ SIMD3(x, y, z)) { other in
              if other < nearest, length(positions[Int(other)] - p) <= reach { nearest = other }
            }
          }
        }
      }
      if nearest != .max { first[i] = nearest } else { buckets.insert(UInt32(i), in: base) }
    }
    return first
  }
}

/// Vertices by cell of a grid: chains in a table that is addressed by a hash of the cell.
private struct VertexBuckets {
  private var heads: [UInt32]
  private var nexts: [UInt32]
  private let mask: UInt64

  init(capacity: Int) {
    var size = 16
    while size < 2 * capacity { size *= 2 }
    heads = [UInt32](repeating: .max, count: size)
    nexts = [UInt32](repeating: .max, count: capacity)
    mask = UInt64(size - 1)
  }

  private func slot(_ cell: SIMD3<Int64>) -> Int {
    let x = UInt64(bitPattern: cell.x)
    let y = UInt64(bitPattern: cell.y)
    let z = UInt64(bitPattern: cell.z)
    return Int(mix64(x ^ (y << 21) ^ (z << 42)) & mask)
  }

  /// Calls `body` with every vertex of the cell, and perhaps some of others.
  func forEach(in cell: SIMD3<Int64>, _ body: (UInt32) -> Void) {
    var i = heads[slot(cell)]
    while i != .max {
      body(i)
      i = nexts[Int(i)]
    }
  }

  mutating func insert(_ vertex: UInt32, in cell: SIMD3<Int64>) {
    let s = slot(cell)
    nexts[Int(vertex)] = heads[s]
    heads[s] = vertex
  }
}
