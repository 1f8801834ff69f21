// Who borders on whom. Half-edges are grouped by their lower vertex with a counting sort and matched inside each
// group, so no hashing is involved and the cost is linear, but for vertices with very many edges: n log n.

extension TriangleMesh {
  /// For each triangle its three neighbours: component k lies across the edge from corner k to corner k + 1.
  ///
  /// -1 at a border, and wherever more than two triangles or two equally directed ones share an edge. Linear time, n log n where a vertex has very many edges.
  public func triangleNeighbours() -> [SIMD3<Int32>] {
    var neighbours = [SIMD3<Int32>](repeating: SIMD3(repeating: -1), count: triangles.count)
    forEachEdge { group in
      guard group.count == 2, group[0].forward != group[1].forward else { return }
      neighbours[group[0].triangle][group[0].side] = Int32(group[1].triangle)
      neighbours[group[1].triangle][group[1].side] = Int32(group[0].triangle)
    }
    return neighbours
  }

  package struct HalfEdge {
    package var triangle: Int
    package var side: Int
    /// Whether it runs from the lower to the higher vertex.
    package var forward: Bool
    var high: UInt32
  }

  /// Calls `body` once for every undirected edge with the half-edges on it, in order of their vertices.
  package func forEachEdge(_ body: ([HalfEdge]) -> Void) {
    // Count and place half-edges by their lower vertex
    var start = [Int](repeating: 0, count: positions.count + 1)
    for t in triangles {
      start[Int(min(t.x, t.y)) + 1] += 1
      start[Int(min(t.y, t.z)) + 1] += 1
      start[Int(min(t.z, t.x)) + 1] += 1
    }
    for v in 0..<positions.count { start[v + 1] += start[v] }
    var next = start
    var edges = [HalfEdge](
      repeating: HalfEdge(triangle: 0, side: 0, forward: true, high: 0), count: 3 * triangles.count)
    for (i, t) in triangles.enumerated() {
      for side in 0..<3 {
        let a = t[side]
        let b = t[side == 2 ? 0 : side + 1]
        let low = Int(min(a, b))
        edges[next[low]] = HalfEdge(triangle: i, side: side, forward: a < b, high: max(a, b))
        next[low] += 1
      }
    }
    // Match them within each group
    var group: [HalfEdge] = []
    for v in 0..<positions.count where start[v] < start[v + 1] {
      let range = start[v]..<start[v + 1]
      // By the higher vertex, those of one edge in the order of triangles. A vertex has about six edges, for which
      // insertion is fastest; but the pole of a turned shape has any number.
      if range.count > EdgeSurvey.fewEdges {
        edges[range].sort { ($0.high, $0.triangle, $0.side) < ($1.high, $1.triangle, $1.side) }
      } else {
        for i in range.dropFirst() {
          let e = edges[i]
          var j = i
          while j > range.lowerBound && edges[j - 1].high > e.high {
            edges[j] = edges[j - 1]
            j -= 1
          }
          edges[j] = e
        }
      }
      var i = range.lowerBound
      while i < range.upperBound {
        group.removeAll(keepingCapacity: true)
        let high = edges[i].high
        while i < range.upperBound && edges[i].high == high {
          group.append(edges[i])
          i += 1
        }
        body(group)
      }
    }
  }
}
