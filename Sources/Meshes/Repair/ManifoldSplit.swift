// Making a mesh manifold: where more than two triangles share an edge, the two that run on most smoothly stay joined
// and the others are cut off; where several fans meet in a vertex, each gets a vertex of its own.
//
// A. Guéziec, G. Taubin, F. Lazarus, W. Horn. Cutting and stitching: converting sets of polygons to manifold
// surfaces. 2001 (the cutting, and why it always ends).

import Arithmetic

extension MeshUnderRepair {
  /// After so many rounds of splitting all crowded edges are cut apart. Scans need one or two.
  private static let mostRounds = 16

  /// Splits edges and vertices; afterwards every edge has at most two triangles and every vertex one fan.
  ///
  /// Winding plays no part.
  mutating func splitNonManifold(_ report: inout ScanRepairReport) {
    let survey = EdgeSurvey(triangles, vertexCount: positions.count)
    report.crowdedEdges = survey.crowded.count
    // The sides that stay joined at each crowded edge
    var joined = survey.crowded.map(smoothestPairs)
    var regular = cornerGroups(survey.neighbours)
    var rounds = 0
    while true {
      // Each round may undo a single edge's pairs and costs as much as the mesh is large
      rounds += 1
      if rounds > Self.mostRounds { joined = [[(Int, Int)]](repeating: [], count: joined.count) }
      var groups = regular
      for pairs in joined {
        for (a, b) in pairs { joinAcross(a, b, &groups) }
      }
      let fans = fanVertices(&groups)
      // With its pairs an edge may come out with more than two triangles again, when sheets meet at both its ends;
      // without them it cannot.
      var isDone = true
      for (e, sides) in survey.crowded.enumerated() where !joined[e].isEmpty {
        var counts: [SIMD2<Int>: Int] = [:]
        for side in sides {
          let i = side / 3
          let k = side % 3
          let a = fans.vertex[3 * i + k]
          let b = fans.vertex[3 * i + (k + 1) % 3]
          counts[SIMD2(min(a, b), max(a, b)), default: 0] += 1
        }
        if counts.values.contains(where: { $0 > 2 }) {
          joined[e] = []
          isDone = false
        }
      }
      if isDone {
        report.splitVertices += apply(fans)
        return
      }
      regular = cornerGroups(survey.neighbours)
    }
  }

  /// Cuts the mesh open along some sides of triangles, whose neighbours then have vertices of their own.
  mutating func cut(_ neighbours: [SIMD3<Int32>], _ report: inout ScanRepairReport) {
    var groups = cornerGroups(neighbours)
    report.splitVertices += apply(fanVertices(&groups))
  }

  /// Pairs of sides at a crowded edge, the flattest pair first.
  private func smoothestPairs(_ sides: [Int]) -> [(Int, Int)] {
    let t = triangles[sides[0] / 3]
    let a = positions[Int(t[sides[0] % 3])]
    let axis = normalized(positions[Int(t[(sides[0] % 3 + 1) % 3])] - a)
    let directions = sides.map { side -> SIMD3<Float> in
      let apex = positions[Int(triangles[side / 3][(side % 3 + 2) % 3])] - a
      return normalized(apex - axis * dot(apex, axis))
    }
    return oppositePairs(directions, around: axis).map { (sides[$0], sides[$1]) }
  }

  /// Corners of one vertex that hang together across edges with two triangles.
  private func cornerGroups(_ neighbours: [SIMD3<Int32>]) -> DisjointSets {
    var groups = DisjointSets(3 * triangles.count)
    for i in triangles.indices {
      for k in 0..<3 {
        let j = Int(neighbours[i][k])
        guard j > i else { continue }
        joinAcross(3 * i + k, sideOf(j, sharing: i, k), &groups)
      }
    }
    return groups
  }

  /// The side of triangle `j` that has the same two vertices as side `k` of triangle `i`.
  func sideOf(_ j: Int, sharing i: Int, _ k: Int) -> Int {
    let a = triangles[i][k]
    let b = triangles[i][(k + 1) % 3]
    let t = triangles[j]
    for m in 0..<3 {
      let c = t[m]
      let d = t[(m + 1) % 3]
      if (c == b && d == a) || (c == a && d == b) { return 3 * j + m }
    }
    return 3 * j
  }

  private func joinAcross(_ a: Int, _ b: Int, _ groups: inout DisjointSets) {
    for end in 0..<2 {
      let corner = a / 3 * 3 + (a % 3 + end) % 3
      let vertex = triangles[a / 3][(a % 3 + end) % 3]
      let t = triangles[b / 3]
      let other = t.x == vertex ? 0 : (t.y == vertex ? 1 : 2)
      groups.join(corner, b / 3 * 3 + other)
    }
  }

  private struct Fans {
    /// Vertex of each corner.
    var vertex: [Int]
    /// The old vertex of each vertex that is added.
    var added: [UInt32] = []
  }

  /// The first fan of a vertex keeps it, others get new ones.
  private func fanVertices(_ groups: inout DisjointSets) -> Fans {
    var fans = Fans(vertex: [Int](repeating: -1, count: 3 * triangles.count))
    var taken = [Bool](repeating: false, count: positions.count)
    for i in triangles.indices {
      for k in 0..<3 {
        let corner = 3 * i + k
        let root = groups.root(corner)
        // The root of a group is its first corner.
        if root != corner {
          fans.vertex[corner] = fans.vertex[root]
          continue
        }
        let vertex = triangles[i][k]
        if taken[Int(vertex)] {
          fans.vertex[corner] = positions.count + fans.added.count
          fans.added.append(vertex)
        } else {
          taken[Int(vertex)] = true
          fans.vertex[corner] = Int(vertex)
        }
      }
    }
    return fans
  }

  private mutating func apply(_ fans: Fans) -> Int {
    for vertex in fans.added { _ = append(vertex: positions[Int(vertex)], source: vertexSources[Int(vertex)]) }
    if !fans.added.isEmpty {
      for i in triangles.indices {
        triangles[i] = SIMD3(
          UInt32(fans.vertex[3 * i]), UInt32(fans.vertex[3 * i + 1]), UInt32(fans.vertex[3 * i + 2]))
      }
    }
    return fans.added.count
  }
}
