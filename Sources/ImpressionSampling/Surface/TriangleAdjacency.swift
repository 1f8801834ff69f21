import Arithmetic
import Meshes

/// Which triangles meet at which edges, so that a point can walk over the surface.
///
/// Half-edge k of triangle t runs from its corner k to corner (k + 1) % 3 and has the number 3 t + k. Edges are joined
/// by their vertices; those that are left over then by the places of their vertices, so that seams of a scan do not
/// stop a walk.
struct TriangleAdjacency: Sendable {
  /// For each half-edge, the one that runs back along the same edge in the neighbouring triangle; -1 where there is
  /// none, where more than two triangles meet, and around triangles that were left out.
  let twin: [Int32]
  /// Whether every half-edge has found its twin by its vertices: there are no borders and no seams.
  let isClosed: Bool

  /// Half-edges that no other has matched.
  private static let unmatched: Int32 = -1
  /// Half-edges of an edge at which more than two triangles meet.
  private static let crowded: Int32 = -2

  /// - Parameter triangles: indices of the triangles to join; the others are as if they were not there.
  init(of mesh: TriangleMesh, joining triangles: [UInt32]) {
    var twin = [Int32](repeating: TriangleAdjacency.unmatched, count: mesh.triangles.count * 3)
    let (left, isClosed) = TriangleAdjacency.joinVertices(&twin, of: mesh, triangles)
    self.isClosed = isClosed
    if !left.isEmpty { TriangleAdjacency.joinPlaces(&twin, of: mesh, left) }
    self.twin = twin
  }

  /// Joins half-edges with the same vertices. Returns those that found none, and whether all have a twin.
  private static func joinVertices(
    _ twinList: inout [Int32], of mesh: TriangleMesh, _ triangles: [UInt32]
  ) -> (left: [Int32], isClosed: Bool) {
    let corners = mesh.triangles.span
    // Neighbours in the mesh's own order are mostly neighbours in memory
    let ordered = ascending(triangles, below: corners.count)
    let list = ordered.span
    let vertexCount = mesh.positions.count
    // Buckets by the lower vertex for the half-edges that run upwards. The bucket of v will lie from starts[v] to
    // starts[v + 1]; until it is filled, starts[v + 1] is where its next one goes.
    var startList = [Int32](repeating: 0, count: vertexCount + 2)
    var starts = startList.mutableSpan
    for i in 0..<list.count {
      let t = corners[unchecked: Int(list[unchecked: i])]
      // A half-edge that does not run upwards adds nothing
      starts[unchecked: Int(t.x) &+ 2] &+= t.x < t.y ? 1 : 0
      starts[unchecked: Int(t.y) &+ 2] &+= t.y < t.z ? 1 : 0
      starts[unchecked: Int(t.z) &+ 2] &+= t.z < t.x ? 1 : 0
    }
    for v in 1..<starts.count { starts[v] &+= starts[v &- 1] }
    // Upper vertex and number of each of them
    let upwards = Int(starts[vertexCount + 1])
    var bucketList = [SIMD2<UInt32>](unwritten: upwards)
    var bucket = bucketList.mutableSpan
    for i in 0..<list.count {
      let triangle = list[unchecked: i]
      let t = corners[unchecked: Int(triangle)]
      let first = triangle &* 3
      put(first, t.x, t.y, &starts, &bucket)
      put(first &+ 1, t.y, t.z, &starts, &bucket)
      put(first &+ 2, t.z, t.x, &starts, &bucket)
    }

    var twin = twinList.mutableSpan
    for i in 0..<list.count {
      let triangle = Int(list[unchecked: i])
      let t = corners[unchecked: triangle]
      let first = triangle &* 3
      join(first, t.x, t.y, starts.span, bucket.span, &twin)
      join(first &+ 1, t.y, t.z, starts.span, bucket.span, &twin)
      join(first &+ 2, t.z, t.x, starts.span, bucket.span, &twin)
    }

    var left: [Int32] = []
    var isClosed = true
    for i in 0..<list.count {
      let first = Int(list[unchecked: i]) &* 3
      for k in first..<first &+ 3 where twin[unchecked: k] < 0 {
        if twin[unchecked: k] == unmatched { left.append(Int32(k)) }
        twin[unchecked: k] = unmatched
        isClosed = false
      }
    }
    return (left, isClosed)
  }

  /// Different numbers below a limit, in ascending order.
  private static func ascending(_ numbers: [UInt32], below limit: Int) -> [UInt32] {
    var isListed = [Bool](repeating: false, count: limit)
    var listed = isListed.mutableSpan
    for k in numbers { listed[Int(k)] = true }
    var result = [UInt32](unwritten: limit)
    var out = result.mutableSpan
    var count = 0
    for k in 0..<limit {
      out[unchecked: count] = UInt32(truncatingIfNeeded: k)
      count &+= listed[unchecked: k] ? 1 : 0
    }
    result.removeLast(limit - count)
    return result
  }

  /// Puts a half-edge that runs upwards from a to b into the bucket of a.
  @inline(__always)
  private static func put(
    _ edge: UInt32, _ a: UInt32, _ b: UInt32, _ starts: inout MutableSpan<Int32>,
    _ bucket: inout MutableSpan<SIMD2<UInt32>>
  ) {
    guard a < b else { return }
    let place = starts[unchecked: Int(a) &+ 1]
    starts[unchecked: Int(a) &+ 1] = place &+ 1
    bucket[unchecked: Int(place)] = SIMD2(b, edge)
  }

  /// Joins a half-edge that runs downwards from b to a with the one that runs upwards.
  @inline(__always)
  private static func join(
    _ edge: Int, _ b: UInt32, _ a: UInt32, _ starts: Span<Int32>, _ bucket: Span<SIMD2<UInt32>>,
    _ twin: inout MutableSpan<Int32>
  ) {
    guard a < b else { return }
    let start = Int(starts[unchecked: Int(a)])
    let end = Int(starts[unchecked: Int(a) &+ 1])
    var match = -1
    var isCrowded = false
    var k = start
    while k < end {
      let entry = bucket[unchecked: k]
      k &+= 1
      if entry.x != b { continue }
      isCrowded = isCrowded || match >= 0
      match = Int(entry.y)
      isCrowded = isCrowded || twin[unchecked: match] != unmatched
    }
    if match < 0 { return }
    if !isCrowded {
      twin[unchecked: edge] = Int32(truncatingIfNeeded: match)
      twin[unchecked: match] = Int32(truncatingIfNeeded: edge)
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
