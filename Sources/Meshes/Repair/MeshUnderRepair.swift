// The mesh between two steps of its repair. Every step keeps, for each vertex and each corner, where in the file it
// came from, so that colours and texture coordinates can follow.

import Arithmetic

/// A mesh that repair works on.
struct MeshUnderRepair {
  var positions: [SIMD3<Float>]
  var triangles: [SIMD3<UInt32>]
  /// For each vertex the vertex of the file that it came from, -1 for one that repair made.
  var vertexSources: [Int32]
  /// For each corner of each triangle, `3 * triangle + corner` in the file, -1 for one that repair made.
  var cornerSources: [SIMD3<Int32>]

  init(_ mesh: TriangleMesh) {
    positions = mesh.positions
    triangles = mesh.triangles
    vertexSources = positions.indices.map { Int32($0) }
    cornerSources = triangles.indices.map { Int32(3 * $0) &+ SIMD3(0, 1, 2) }
  }

  mutating func append(triangle: SIMD3<UInt32>, sources: SIMD3<Int32> = SIMD3(repeating: -1)) {
    triangles.append(triangle)
    cornerSources.append(sources)
  }

  mutating func append(vertex: SIMD3<Float>, source: Int32 = -1) -> UInt32 {
    positions.append(vertex)
    vertexSources.append(source)
    return UInt32(positions.count - 1)
  }

  /// Keeps the triangles that `keep` accepts, given their index and vertices, in order.
  mutating func filterTriangles(_ keep: (Int, SIMD3<UInt32>) -> Bool) {
    var write = 0
    for i in triangles.indices where keep(i, triangles[i]) {
      triangles[write] = triangles[i]
      cornerSources[write] = cornerSources[i]
      write += 1
    }
    triangles.removeLast(triangles.count - write)
    cornerSources.removeLast(cornerSources.count - write)
  }

  /// Drops vertices that no triangle uses, in order; says how many.
  @discardableResult
  mutating func dropUnusedVertices() -> Int {
    var number = [UInt32](repeating: .max, count: positions.count)
    for t in triangles {
      number[Int(t.x)] = 0
      number[Int(t.y)] = 0
      number[Int(t.z)] = 0
    }
    var write = 0
    for i in positions.indices where number[i] == 0 {
      number[i] = UInt32(write)
      positions[write] = positions[i]
      vertexSources[write] = vertexSources[i]
      write += 1
    }
    let dropped = positions.count - write
    if dropped == 0 { return 0 }
    positions.removeLast(dropped)
    vertexSources.removeLast(dropped)
    for i in triangles.indices {
      let t = triangles[i]
      triangles[i] = SIMD3(number[Int(t.x)], number[Int(t.y)], number[Int(t.z)])
    }
    return dropped
  }

  var mesh: TriangleMesh { TriangleMesh(positions: positions, triangles: triangles) }

  /// Area of a triangle, squared units.
  func area(_ triangle: Int) -> Float { 0.5 * length(doubledNormal(triangle)) }

  /// The normal of a triangle with twice its area as length.
  func doubledNormal(_ triangle: Int) -> SIMD3<Float> {
    let t = triangles[triangle]
    let a = positions[Int(t.x)]
    return cross(positions[Int(t.y)] - a, positions[Int(t.z)] - a)
  }

  func centre(_ triangle: Int) -> SIMD3<Float> {
    let t = triangles[triangle]
    return (positions[Int(t.x)] + positions[Int(t.y)] + positions[Int(t.z)]) * (1 / 3 as Float)
  }
}

/// What lies across each edge of each triangle.
struct EdgeSurvey {
  /// Per triangle and side: the neighbour where exactly two triangles share the edge, -1 at a border, -2 where
  /// more than two share it. Neighbours count whichever way they are wound.
  var neighbours: [SIMD3<Int32>]
  /// Every edge with more than two triangles, as `3 * triangle + side` of each.
  var crowded: [[Int]] = []
  var borderEdges = 0

  /// Groups up to this size are sorted by insertion, whose cost is a square: a vertex has about six edges, and the pole of
  /// a turned shape any number.
  static let fewEdges = 32

  /// Sorts the sides of one group by their higher vertex, and those of one edge by their number.
  private static func sort(_ sides: inout [UInt32], _ highs: inout [UInt32], _ group: Range<Int>) {
    if group.count > fewEdges {
      let sorted = group.map { UInt64(highs[$0]) << 32 | UInt64(sides[$0]) }.sorted()
      for (i, entry) in zip(group, sorted) {
        sides[i] = UInt32(truncatingIfNeeded: entry)
        highs[i] = UInt32(entry >> 32)
      }
      return
    }
    for i in group.dropFirst() {
      let (s, h) = (sides[i], highs[i])
      var j = i
      while j > group.lowerBound && highs[j - 1] > h {
        sides[j] = sides[j - 1]
        highs[j] = highs[j - 1]
        j -= 1
      }
      sides[j] = s
      highs[j] = h
    }
  }

  init(_ triangles: [SIMD3<UInt32>], vertexCount: Int) {
    neighbours = [SIMD3<Int32>](repeating: SIMD3(repeating: -1), count: triangles.count)
    // Half-edges sorted by their lower vertex (counting sort), then matched inside each short group.
    var start = [UInt32](repeating: 0, count: vertexCount + 1)
    for t in triangles {
      start[Int(min(t.x, t.y)) + 1] += 1
      start[Int(min(t.y, t.z)) + 1] += 1
      start[Int(min(t.z, t.x)) + 1] += 1
    }
    for v in 0..<vertexCount { start[v + 1] += start[v] }
    var next = start
    var sides = [UInt32](repeating: 0, count: 3 * triangles.count)
    var highs = [UInt32](repeating: 0, count: 3 * triangles.count)
    for (i, t) in triangles.enumerated() {
      for side in 0..<3 {
        let a = t[side]
        let b = t[side == 2 ? 0 : side + 1]
        let low = Int(min(a, b))
        let slot = Int(next[low])
        sides[slot] = UInt32(3 * i + side)
        highs[slot] = max(a, b)
        next[low] += 1
      }
    }
    for v in 0..<vertexCount {
      let low = Int(start[v])
      let high = Int(start[v + 1])
      if high - low < 1 { continue }
      Self.sort(&sides, &highs, low..<high)
      var i = low
      while i < high {
        var j = i + 1
        while j < high && highs[j] == highs[i] { j += 1 }
        let a = Int(sides[i])
        switch j - i {
        case 1: borderEdges += 1
        case 2:
          let b = Int(sides[i + 1])
          neighbours[a / 3][a % 3] = Int32(b / 3)
          neighbours[b / 3][b % 3] = Int32(a / 3)
        default:
          crowded.append((i..<j).map { Int(sides[$0]) })
          for k in i..<j { neighbours[Int(sides[k]) / 3][Int(sides[k]) % 3] = -2 }
        }
        i = j
      }
    }
  }
}
