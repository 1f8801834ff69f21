import HeadGeometry

/// Which triangles meet at which edges, so that a point can walk over the surface.
///
/// Half-edge k of triangle t runs from its corner k to corner (k + 1) % 3 and has the number 3 t + k. Edges are joined
/// by their vertices; those that are left over then by the places of their vertices, so that seams of a scan do not
/// stop a walk.
struct TriangleAdjacency: Sendable {
  /// For each half-edge, the one that runs back along the same edge in the neighbouring triangle; -1 where there is
  /// none, where more than two triangles meet, and around triangles that were left out.
  let twin: [Int32]

  /// Half-edges that no other has matched.
  private static let unmatched: Int32 = -1
  /// Half-edges of an edge at which more than two triangles meet.
  private static let crowded: Int32 = -2

  /// - Parameter triangles: indices of the triangles to join; the others are as if they were not there.
  init(of mesh: TriangleMesh, joining triangles: [UInt32]) {
    var twin = [Int32](repeating: TriangleAdjacency.unmatched, count: mesh.triangles.count * 3)
    let left = TriangleAdjacency.joinVertices(&twin, of: mesh, triangles)
    if !left.isEmpty { TriangleAdjacency.joinPlaces(&twin, of: mesh, left) }
    self.twin = twin
  }

  /// Joins half-edges with the same vertices. Returns those that found none.
  private static func joinVertices(
    _ twin: inout [Int32], of mesh: TriangleMesh, _ triangles: [UInt32]
  ) -> [Int32] {
    let corners = mesh.triangles.span
    // Neighbours in the mesh's own order are mostly neighbours in memory
    var isJoined = [Bool](repeating: false, count: corners.count)
    for k in triangles { isJoined[Int(k)] = true }
    let ordered = (0..<UInt32(corners.count)).filter { isJoined[Int($0)] }
    let list = ordered.span
    // Buckets by the lower vertex for the half-edges that run upwards
    var starts = [Int32](repeating: 0, count: mesh.positions.count + 1)
    for i in 0..<list.count {
      let t = corners[Int(list[i])]
      if t.x < t.y { starts[Int(t.x) + 1] += 1 }
      if t.y < t.z { starts[Int(t.y) + 1] += 1 }
      if t.z < t.x { starts[Int(t.z) + 1] += 1 }
    }
    for v in 0..<mesh.positions.count { starts[v + 1] += starts[v] }
    var next = starts
    // Upper vertex and number of each of them
    var bucket = [SIMD2<UInt32>](repeating: .zero, count: Int(starts[mesh.positions.count]))

    for i in 0..<list.count {
      let t = corners[Int(list[i])]
      let first = list[i] * 3
      put(first, t.x, t.y, &next, &bucket)
      put(first + 1, t.y, t.z, &next, &bucket)
      put(first + 2, t.z, t.x, &next, &bucket)
    }

    for i in 0..<list.count {
      let t = corners[Int(list[i])]
      let first = Int(list[i]) * 3
      join(first, t.x, t.y, starts.span, bucket.span, &twin)
      join(first + 1, t.y, t.z, starts.span, bucket.span, &twin)
      join(first + 2, t.z, t.x, starts.span, bucket.span, &twin)
    }

    var left: [Int32] = []
    for i in 0..<list.count {
      let first = Int(list[i]) * 3
      for k in first..<first + 3 where twin[k] < 0 {
        if twin[k] == unmatched { left.append(Int32(k)) }
        twin[k] = unmatched
      }
    }
    return left
  }

  /// Puts a half-edge that runs upwards from a to b into the bucket of a.
  @inline(__always)
  private static func put(
    _ edge: UInt32, _ a: UInt32, _ b: UInt32, _ next: inout [Int32], _ bucket: inout [SIMD2<UInt32>]
  ) {
    guard a < b else { return }
    let place = Int(next[Int(a)])
    next[Int(a)] += 1
    bucket[place] = SIMD2(b, edge)
  }

  /// Joins a half-edge that runs downwards from b to a with the one that runs upwards.
  @inline(__always)
  private static func join(
    _ edge: Int, _ b: UInt32, _ a: UInt32, _ starts: Span<Int32>, _ bucket: Span<SIMD2<UInt32>>, _ twin: inout [Int32]
  ) {
    guard a < b else { return }
    let start = Int(starts[Int(a)])
    let end = Int(starts[Int(a) + 1])
    var match = -1
    var isCrowded = false
    for k in start..<end where bucket[k].x == b {
      if match >= 0 { isCrowded = true }
      match = Int(bucket[k].y)
      if twin[match] != unmatched { isCrowded = true }
    }
    if match < 0 { return }
    if !isCrowded {
      twin[edge] = Int32(match)
      twin[match] = Int32(edge)
      return
    }
    twin[edge] = crowded
    for k in start..<end where bucket[k].x == b {
      let other = Int(bucket[k].y)
      if twin[other] >= 0 { twin[Int(twin[other])] = crowded }
      twin[other] = crowded
    }
  }

  /// Joins half-edges whose vertices lie at the same places, where there are just two.
  private static func joinPlaces(_ twin: inout [Int32], of mesh: TriangleMesh, _ halfEdges: [Int32]) {
    var ends: [SIMD2<UInt32>] = []
    ends.reserveCapacity(halfEdges.count)
    for edge in halfEdges {
      let t = mesh.triangles[Int(edge) / 3]
      let k = Int(edge) % 3
      ends.append(SIMD2(t[k], t[(k + 1) % 3]))
    }
    let names = weldedVertices(of: mesh, used: ends)

    // Buckets by the lower vertex
    var starts = [Int32](repeating: 0, count: mesh.positions.count + 1)
    for i in ends.indices {
      ends[i] = SIMD2(names[Int(ends[i].x)], names[Int(ends[i].y)])
      starts[Int(min(ends[i].x, ends[i].y)) + 1] += 1
    }
    for v in 0..<mesh.positions.count { starts[v + 1] += starts[v] }
    var next = starts
    var edges = [Int32](repeating: -1, count: halfEdges.count)
    var others = [UInt32](repeating: 0, count: halfEdges.count)
    for i in ends.indices {
      let low = Int(min(ends[i].x, ends[i].y))
      let place = Int(next[low])
      next[low] += 1
      edges[place] = halfEdges[i]
      // The upper vertex, with the direction in the lowest bit
      others[place] = max(ends[i].x, ends[i].y) << 1 | (ends[i].x < ends[i].y ? 0 : 1)
    }

    for v in 0..<mesh.positions.count where starts[v + 1] > starts[v] + 1 {
      let start = Int(starts[v])
      let end = Int(starts[v + 1])
      for i in start..<end {
        let other = others[i]
        var match = -1
        var copies = 0
        for j in start..<end {
          if others[j] == other ^ 1 { match = match < 0 ? j : -2 }
          if others[j] == other { copies += 1 }
          if match == -2 { break }
        }
        if match >= 0 && copies == 1 { twin[Int(edges[i])] = edges[match] }
      }
    }
  }

  /// For each vertex, the first of the used vertices at the same place.
  private static func weldedVertices(of mesh: TriangleMesh, used ends: [SIMD2<UInt32>]) -> [UInt32] {
    var names = [UInt32](repeating: 0, count: mesh.positions.count)
    for i in names.indices { names[i] = UInt32(i) }
    var isUsed = [Bool](repeating: false, count: mesh.positions.count)
    for pair in ends {
      isUsed[Int(pair.x)] = true
      isUsed[Int(pair.y)] = true
    }
    var used: [UInt32] = []
    var keys: [UInt32] = []
    for i in isUsed.indices where isUsed[i] {
      // Adding zero makes -0 and 0 the same place
      let p = mesh.positions[i] + 0
      let hash = mix64(UInt64(p.x.bitPattern) << 32 | UInt64(p.y.bitPattern)) ^ UInt64(p.z.bitPattern)
      used.append(UInt32(i))
      keys.append(UInt32(truncatingIfNeeded: mix64(hash) >> 44))
    }
    let sorted = radixSorted(keys: keys, values: used, keyBits: 20)
    var i = 0
    while i < sorted.order.count {
      var j = i + 1
      while j < sorted.order.count && sorted.keys[j] == sorted.keys[i] {
        for first in i..<j
        where mesh.positions[Int(sorted.order[first])] == mesh.positions[Int(sorted.order[j])] {
          names[Int(sorted.order[j])] = names[Int(sorted.order[first])]
          break
        }
        j += 1
      }
      i = j
    }
    return names
  }
}
