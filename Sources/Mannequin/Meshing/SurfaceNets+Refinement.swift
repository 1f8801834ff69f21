// Where the skin bends more sharply than the cells are fine, as in the bowl of the ear, triangles are halved over their
// longest edge until their middles lie on the field.
//
// M.-C. Rivara. Algorithms for refining triangular grids suitable for adaptive and multigrid techniques. 1984: an edge
// is split only where it is nearly the longest of both its triangles, so that angles stay as they are.

import Arithmetic

/// The left half of the skin: a negative corner -1 - v is the mirror image of vertex v.
struct HalfMesh {
  var positions: [SIMD3<Float>]
  var normals: [SIMD3<Float>]
  /// Triangles that have a mirror image.
  var triangles: [SIMD3<Int32>]
  /// Triangles of quads across the midline, which are their own mirror images.
  var central: [SIMD3<Int32>]

  /// Farthest that the middle of a triangle may lie from the surface, mm, for fine cells of 1.28 mm, those of 100,000
  /// triangles; it goes with the square of the cell. The head's error stays below 0.3 mm with room for the scaling to a
  /// large head.
  static func tolerance(_ cell: Float) -> Float { max(0.11 * cell * cell, 0.1) }
  private static let rounds = 8

  /// Halves the triangles whose middles lie farther from the surface than the tolerance.
  mutating func refine(on field: MannequinField, cell: Float) {
    for _ in 0..<Self.rounds {
      let coarse = triangles.indices.filter { isCoarse($0, on: field, Self.tolerance(cell)) }
      if coarse.isEmpty { return }
      halve(coarse, on: field, cell: cell)
    }
  }

  private func isCoarse(_ i: Int, on field: MannequinField, _ tolerance: Float) -> Bool {
    let t = triangles[i]
    if t.x < 0 || t.y < 0 || t.z < 0 { return false }
    let (a, b, c) = (Int(t.x), Int(t.y), Int(t.z))
    // An arc over an edge whose ends' normals differ by an angle stands off by about an eighth of angle times edge.
    // Most triangles are flat by that, and need no look at the field.
    func sagitta(_ i: Int, _ j: Int) -> Float { abs(dot(positions[j] - positions[i], normals[j] - normals[i])) / 8 }
    if max(sagitta(a, b), max(sagitta(b, c), sagitta(c, a))) < 0.4 * tolerance { return false }
    let middle = (positions[a] + positions[b] + positions[c]) / 3
    // The rim of the cut is sharp by intent.
    if middle.y < field.cutHeight + 4 { return false }
    let (value, gradient) = field.valueAndGradient(middle)
    return abs(value) > tolerance * max(length(gradient), 0.5)
  }

  private func span(_ i: Int32, _ j: Int32) -> Float { length(positions[Int(j)] - positions[Int(i)]) }

  /// The side of a triangle that is its longest edge.
  private func longestSide(_ t: SIMD3<Int32>) -> Int {
    var best = 0
    for k in 1..<3 where span(t[k], t[(k + 1) % 3]) > span(t[best], t[(best + 1) % 3]) { best = k }
    return best
  }

  private mutating func halve(_ coarse: [Int], on field: MannequinField, cell: Float) {
    // Neighbours are wanted around coarse triangles only.
    var isNear = [Bool](repeating: false, count: positions.count)
    for i in coarse { for k in 0..<3 { isNear[Int(triangles[i][k])] = true } }
    var edges: [(low: Int32, high: Int32, triangle: Int, side: Int)] = []
    for (i, t) in triangles.enumerated() where t.x >= 0 && t.y >= 0 && t.z >= 0 {
      if !isNear[Int(t.x)] && !isNear[Int(t.y)] && !isNear[Int(t.z)] { continue }
      for k in 0..<3 {
        let (p, q) = (t[k], t[(k + 1) % 3])
        edges.append((min(p, q), max(p, q), i, k))
      }
    }
    edges.sort { ($0.low, $0.high, $0.triangle) < ($1.low, $1.high, $1.triangle) }
    func across(_ i: Int, _ side: Int) -> (triangle: Int, side: Int)? {
      let (p, q) = (triangles[i][side], triangles[i][(side + 1) % 3])
      let (low, high) = (min(p, q), max(p, q))
      var (from, to) = (0, edges.count)
      while from < to {
        let middle = (from + to) / 2
        if (edges[middle].low, edges[middle].high) < (low, high) { from = middle + 1 } else { to = middle }
      }
      var found: (triangle: Int, side: Int)?
      var count = 0
      while from < edges.count, edges[from].low == low, edges[from].high == high {
        if edges[from].triangle != i { found = (edges[from].triangle, edges[from].side) }
        count += 1
        from += 1
      }
      return count == 2 ? found : nil
    }

    var isTaken = [Bool](repeating: false, count: triangles.count)
    for first in coarse {
      // From the coarse triangle to one whose longest edge is its neighbour's too
      var (i, side) = (first, longestSide(triangles[first]))
      var partner = across(i, side)
      var steps = 0
      while let next = partner, steps < 6 {
        let other = longestSide(triangles[next.triangle])
        let t = triangles[next.triangle]
        if span(t[other], t[(other + 1) % 3]) <= 1.2 * span(t[next.side], t[(next.side + 1) % 3]) { break }
        (i, side) = (next.triangle, other)
        partner = across(i, side)
        steps += 1
      }
      guard let partner, !isTaken[i], !isTaken[partner.triangle] else { continue }
      isTaken[i] = true
      isTaken[partner.triangle] = true
      let (p, q) = (triangles[i][side], triangles[i][(side + 1) % 3])
      let vertex = projectedVertex(near: (positions[Int(p)] + positions[Int(q)]) / 2, cell: cell, of: field)
      let m = Int32(positions.count)
      positions.append(vertex.position)
      normals.append(vertex.normal)
      for (t, k) in [(i, side), (partner.triangle, partner.side)] {
        var second = triangles[t]
        triangles[t][(k + 1) % 3] = m
        second[k] = m
        triangles.append(second)
      }
    }
  }

  /// Both halves.
  func whole() -> TemplateMesh {
    let half = positions.count
    func name(_ id: Int32) -> UInt32 { id >= 0 ? UInt32(id) : UInt32(half + Int(-1 - id)) }
    var all: [SIMD3<UInt32>] = []
    all.reserveCapacity(triangles.count * 2 + central.count)
    for t in triangles {
      all.append(SIMD3(name(t.x), name(t.y), name(t.z)))
      all.append(SIMD3(name(-1 - t.x), name(-1 - t.z), name(-1 - t.y)))
    }
    all += central.map { SIMD3(name($0.x), name($0.y), name($0.z)) }
    return TemplateMesh(
      positions: positions + positions.map { SIMD3(-$0.x, $0.y, $0.z) },
      normals: normals + normals.map { SIMD3(-$0.x, $0.y, $0.z) }, triangles: all)
  }
}
