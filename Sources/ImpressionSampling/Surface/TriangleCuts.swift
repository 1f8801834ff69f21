// Triangles cut into pieces, by quartering, that are small enough to follow the density.

import Meshes

/// What a triangle is cut into when it is quartered once, twice and so on: the same for all triangles.
struct QuarteredTriangle: Sendable {
  /// Pieces of level 0, then of level 1, and so on. Their triangle is 0.
  private(set) var pieces = [Piece(triangle: 0, v: 0, w: 0, size: 1)]
  /// Weights of their centroids.
  private(set) var centroids: [SIMD2<Float>] = []

  /// - Parameter levels: quartered at most so often.
  init(levels: Int) {
    pieces.reserveCapacity(QuarteredTriangle.range(levels).upperBound)
    for level in 0..<levels {
      for p in QuarteredTriangle.range(level) {
        let piece = pieces[p]
        for k in 0..<4 { pieces.append(piece.quarter(k)) }
      }
    }
    centroids = pieces.map { piece in
      let (v, w) = piece.weights(1 / 3, 1 / 3)
      return SIMD2(v, w)
    }
  }

  /// Where the pieces of a level stand.
  @inline(__always)
  static func range(_ level: Int) -> Range<Int> {
    // (4^level - 1) / 3 come before
    let count = 1 << (2 * level)
    return (count - 1) / 3..<(count - 1) / 3 + count
  }
}

/// Triangles over which the density varies, or may, with what they are cut into.
struct TriangleCuts: Sendable {
  /// How often each marked triangle is quartered, along the curve.
  private(set) var levels: [UInt8] = []
  /// Number of all parts.
  private(set) var partCount = 0
  private(set) var quarters = QuarteredTriangle(levels: 0)
  /// The triangles that are quartered at least once, along the curve.
  private var triangles: [UInt32] = []
  /// Number of parts before each of them, and its level.
  private var starts: [(part: Int, level: Int)] = []

  init(of curve: CurveOrder, _ coarse: CoarseDemand, on surface: PreparedSurface, scale: Double) {
    if !coarse.isCut { return }
    let marked = TriangleCuts.marked(curve.records.span)
    if marked.isEmpty { return }
    let longestEdges = surface.longestEdges.span
    let marks = coarse.marks.span
    levels = marked.map { k in
      UInt8(
        truncatingIfNeeded: ImpressionSampling.levels(
          longestEdges[Int(k)] / CoarseDemand.pieceEdge(marks[Int(k)])))
    }

    // Choose how finely to cut each
    var cap = 7
    while cap > 0 {
      var extra = 0
      for level in levels { extra += 1 << (2 * min(cap, Int(level))) }
      if extra <= Demand.pieceBudget { break }
      cap -= 1
    }
    triangles.reserveCapacity(levels.count)
    starts.reserveCapacity(levels.count)
    let demands = coarse.demands.span
    let live = surface.live.span
    var highest = 0
    for k in marked.indices {
      let i = Int(marked[k])
      let level = max(Demand.level(of: Double(demands[i]) * scale), min(cap, Int(levels[k])))
      levels[k] = UInt8(truncatingIfNeeded: level)
      if level == 0 { continue }
      triangles.append(live[i])
      starts.append((partCount, level))
      partCount += 1 << (2 * level)
      highest = max(highest, level)
    }
    quarters = QuarteredTriangle(levels: highest)
  }

  /// Numbers of the marked triangles, along the curve.
  private static func marked(_ records: Span<UInt64>) -> [UInt32] {
    var marked = [UInt32](unwritten: records.count)
    var out = marked.mutableSpan
    var count = 0
    for k in 0..<records.count {
      let record = records[unchecked: k]
      out[unchecked: count] = UInt32(truncatingIfNeeded: record)
      count &+= record & CurveOrder.mark != 0 ? 1 : 0
    }
    marked.removeLast(records.count - count)
    return marked
  }

  /// Writes a surface point at the centroid of each of some parts.
  func writePoints(
    _ range: Range<Int>, on surface: PreparedSurface, to points: UnsafeMutableBufferPointer<SurfacePoint>
  ) {
    let positions = surface.mesh.positions.span
    let corners = surface.mesh.triangles.span
    let centroids = quarters.centroids.span
    // The last triangle that does not begin after the first part
    var low = 0
    var high = starts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle].part <= range.lowerBound { low = middle } else { high = middle - 1 }
    }
    var part = range.lowerBound
    while part < range.upperBound {
      let (start, level) = starts[low]
      let triangle = triangles[low]
      let t = corners[Int(triangle)]
      let a = positions[Int(t.x)]
      let ab = positions[Int(t.y)] - a
      let ac = positions[Int(t.z)] - a
      let pieces = QuarteredTriangle.range(level)
      let end = min(range.upperBound, start + pieces.count)
      let first = pieces.lowerBound - start
      for p in part..<end {
        let weights = centroids[first + p]
        points[p - range.lowerBound] = SurfacePoint(
          position: a + ab * weights.x + ac * weights.y, triangle: triangle, v: weights.x, w: weights.y)
      }
      part = end
      low += 1
    }
  }
}
