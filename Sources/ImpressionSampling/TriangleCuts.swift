// Triangles over which the density varies, cut into pieces that are small enough to follow it.

import HeadGeometry

struct TriangleCuts: Sendable {
  /// How often each marked triangle is quartered, along the curve.
  var levels: [UInt8] = []
  /// What the quartered ones are cut into, along the curve.
  var parts: [Piece] = []

  init(of curve: CurveOrder, _ coarse: CoarseDemand, on surface: PreparedSurface, scale: Double) {
    let records = curve.records.span
    let longestEdges = surface.longestEdges.span
    for k in 0..<records.count where records[unchecked: k] & CurveOrder.mark != 0 {
      let i = CurveOrder.index(records[k])
      levels.append(
        UInt8(truncatingIfNeeded: ImpressionSampling.levels(longestEdges[i] / CoarseDemand.pieceEdge(coarse.marks[i]))))
    }
    if levels.isEmpty { return }

    // Choose how finely to cut each
    var cap = 7
    while cap > 0 {
      var extra = 0
      for level in levels { extra += 1 << (2 * min(cap, Int(level))) }
      if extra <= Demand.pieceBudget { break }
      cap -= 1
    }
    var total = 0
    var next = 0
    for k in 0..<records.count where records[unchecked: k] & CurveOrder.mark != 0 {
      let wanted = Double(coarse.demands[CurveOrder.index(records[k])]) * scale
      let level = max(Demand.level(of: wanted), min(cap, Int(levels[next])))
      levels[next] = UInt8(truncatingIfNeeded: level)
      if level > 0 { total += 1 << (2 * level) }
      next += 1
    }

    parts.reserveCapacity(total)
    next = 0
    for k in 0..<records.count where records[unchecked: k] & CurveOrder.mark != 0 {
      let level = Int(levels[next])
      next += 1
      if level == 0 { continue }
      let triangle = surface.live[CurveOrder.index(records[k])]
      Piece(triangle: triangle, v: 0, w: 0, size: 1).appendParts(level, to: &parts)
    }
  }

  /// Writes a surface point at the centroid of each of some parts.
  func writePoints(_ range: Range<Int>, on surface: PreparedSurface, to points: UnsafeMutableBufferPointer<SurfacePoint>)
  {
    let parts = parts.span.extracting(range)
    for i in 0..<parts.count {
      let part = parts[unchecked: i]
      let (v, w) = part.weights(1 / 3, 1 / 3)
      points[i] = SurfacePoint(
        position: surface.position(part.triangle, v, w), triangle: part.triangle, v: v, w: w)
    }
  }
}
