import HeadGeometry

/// Which triangles meet at which edges, so that a point can walk over the surface.
///
/// Half-edge k of triangle t runs from its corner k to corner (k + 1) % 3 and has the number 3 t + k. Vertices at
/// the same place count as one, so that seams of a scan do not stop a walk.
struct TriangleAdjacency: Sendable {
  /// For each half-edge, the one that runs back along the same edge in the neighbouring triangle; -1 where there is
  /// none, where more than two triangles meet, and around triangles that were left out.
  let twin: [Int32]

  /// - Parameter triangles: indices of the triangles to join; the others are as if they were not there.
  init(of mesh: TriangleMesh, joining triangles: [UInt32]) {
    let welded = TriangleAdjacency.weldedVertices(of: mesh, used: triangles)
    let corners = mesh.triangles.span
    let list = triangles.span
    let names = welded.span

    // Sort half-edges into buckets by their lower vertex
    var starts = [Int32](repeating: 0, count: mesh.positions.count + 1)
    for i in 0..<list.count {
      let t = corners[Int(list[i])]
      let a = names[Int(t.x)]
      let b = names[Int(t.y)]
      let c = names[Int(t.z)]
      starts[Int(min(a, b)) + 1] += 1
      starts[Int(min(b, c)) + 1] += 1
      starts[Int(min(c, a)) + 1] += 1
    }
    for v in 0..<mesh.positions.count { starts[v + 1] += starts[v] }
    var next = starts
    var edges = [Int32](repeating: -1, count: triangles.count * 3)
    var others = [UInt32](repeating: 0, count: triangles.count * 3)

    func put(_ edge: Int32, _ a: UInt32, _ b: UInt32) {
      let low = Int(min(a, b))
      let place = Int(next[low])
      next[low] += 1
      edges[place] = edge
      // The upper vertex, with the direction in the lowest bit
      others[place] = max(a, b) << 1 | (a < b ? 0 : 1)
    }

    for i in 0..<list.count {
      let t = corners[Int(list[i])]
      let first = Int32(list[i]) * 3
      let a = names[Int(t.x)]
      let b = names[Int(t.y)]
      let c = names[Int(t.z)]
      put(first, a, b)
      put(first + 1, b, c)
      put(first + 2, c, a)
    }

    // Join the two directions of an edge that has just these two
    var twin = [Int32](repeating: -1, count: mesh.triangles.count * 3)
    for v in 0..<mesh.positions.count {
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
    self.twin = twin
  }

  /// For each vertex, the first vertex at the same place.
  private static func weldedVertices(of mesh: TriangleMesh, used triangles: [UInt32]) -> [UInt32] {
    var names = [UInt32](repeating: 0, count: mesh.positions.count)
    for i in names.indices { names[i] = UInt32(i) }
    var isUsed = [Bool](repeating: false, count: mesh.positions.count)
    for k in triangles {
      let t = mesh.triangles[Int(k)]
      isUsed[Int(t.x)] = true
      isUsed[Int(t.y)] = true
      isUsed[Int(t.z)] = true
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
