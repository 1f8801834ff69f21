// Triangles that lie exactly on an earlier one and face the same way: counted twice they would double the density.

import Meshes

extension CurveOrder {
  /// Takes twins of earlier triangles out. Twins have equal keys, so only runs of equal keys are compared.
  ///
  /// - Returns: whether there were any.
  mutating func removeTwins(_ surface: PreparedSurface) -> Bool {
    let found = CurveOrder.twins(records.span, surface)
    if found.isEmpty { return false }
    var next = 0
    var kept = found[0]
    for k in found[0]..<records.count {
      if next < found.count && found[next] == k {
        next += 1
      } else {
        records[kept] = records[k]
        kept += 1
      }
    }
    records.removeLast(records.count - kept)
    return true
  }

  /// Places in the order where a twin of an earlier triangle stands, ascending.
  private static func twins(_ records: Span<UInt64>, _ surface: PreparedSurface) -> [Int] {
    var found: [Int] = []
    let count = records.count
    var start = 0
    while start &+ 1 < count {
      // Most triangles are alone in their cell
      if (records[unchecked: start] ^ records[unchecked: start &+ 1]) &>> keyShift != 0 {
        start &+= 1
        continue
      }
      var end = start + 2
      while end < count && (records[end] ^ records[start]) >> keyShift == 0 { end += 1 }
      search(records.extracting(start..<end), first: start, surface, &found)
      start = end
    }
    return found
  }

  /// Twins among the triangles of one cell.
  private static func search(
    _ run: Span<UInt64>, first: Int, _ surface: PreparedSurface, _ found: inout [Int]
  ) {
    if run.count > 16 {
      searchMany(run, first: first, surface, &found)
      return
    }
    if !mayHoldTwins(run, surface.areas.span) { return }
    for j in 1..<run.count {
      let own = Corners(index(run[j]), surface)
      if (0..<j).contains(where: { Corners(index(run[$0]), surface) == own }) { found.append(first + j) }
    }
  }

  private static func searchMany(
    _ run: Span<UInt64>, first: Int, _ surface: PreparedSurface, _ found: inout [Int]
  ) {
    let corners = run.indices.map { Corners(index(run[$0]), surface) }
    let sorted = corners.indices.sorted { corners[$0] == corners[$1] ? $0 < $1 : corners[$0] < corners[$1] }
    let twins = zip(sorted, sorted.dropFirst()).filter { corners[$0] == corners[$1] }.map { first + $1 }
    found += twins.sorted()
  }

  /// Whether two triangles of a run have the same area: twins do.
  private static func mayHoldTwins(_ run: Span<UInt64>, _ areas: Span<Float>) -> Bool {
    for i in 0..<run.count - 1 {
      let area = areas[index(run[i])]
      for j in i + 1..<run.count where abs(area - areas[index(run[j])]) <= 1e-5 * area { return true }
    }
    return false
  }
}

/// Corner positions of a triangle, turned so that the smallest comes first: equal for twins, different for opposite
/// faces.
private struct Corners: Comparable {
  var a: SIMD3<Float>
  var b: SIMD3<Float>
  var c: SIMD3<Float>

  init(_ i: Int, _ surface: PreparedSurface) {
    let t = surface.mesh.triangles[Int(surface.live[i])]
    a = surface.mesh.positions[Int(t.x)]
    b = surface.mesh.positions[Int(t.y)]
    c = surface.mesh.positions[Int(t.z)]
    if precedes(b, a) && !precedes(c, b) {
      (a, b, c) = (b, c, a)
    } else if precedes(c, a) {
      (a, b, c) = (c, a, b)
    }
  }

  static func < (one: Corners, other: Corners) -> Bool {
    if one.a != other.a { return precedes(one.a, other.a) }
    if one.b != other.b { return precedes(one.b, other.b) }
    return precedes(one.c, other.c)
  }
}

private func precedes(_ p: SIMD3<Float>, _ q: SIMD3<Float>) -> Bool {
  if p.x != q.x { return p.x < q.x }
  if p.y != q.y { return p.y < q.y }
  return p.z < q.z
}
