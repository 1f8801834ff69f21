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
    var filling = bucketList.mutableSpan
    for i in 0..<list.count {
      let triangle = list[unchecked: i]
      let t = corners[unchecked: Int(triangle)]
      let first = triangle &* 3
      put(first, t.x, t.y, &starts, &filling)
      put(first &+ 1, t.y, t.z, &starts, &filling)
      put(first &+ 2, t.z, t.x, &starts, &filling)
    }
    sortLargeBuckets(starts.span, &bucketList)
    let bucket = bucketList.span

    var twin = twinList.mutableSpan
    for i in 0..<list.count {
      let triangle = Int(list[unchecked: i])
      let t = corners[unchecked: triangle]
      let first = triangle &* 3
      join(first, t.x, t.y, starts.span, bucket, &twin)
      join(first &+ 1, t.y, t.z, starts.span, bucket, &twin)
      join(first &+ 2, t.z, t.x, starts.span, bucket, &twin)
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

  /// Buckets up to this size are looked through from end to end. A vertex has about three edges that run upwards; the pole
  /// of a turned shape has any number.
  private static let smallBucket = 32

  /// Sorts the buckets that are too large to be looked through by upper vertex; half-edges of one edge stay in order.
  private static func sortLargeBuckets(_ starts: Span<Int32>, _ bucket: inout [SIMD2<UInt32>]) {
    for v in 0..<starts.count - 2 where Int(starts[unchecked: v + 1] &- starts[unchecked: v]) > smallBucket {
      bucket[Int(starts[v])..<Int(starts[v + 1])].sort { ($0.x, $0.y) < ($1.x, $1.y) }
    }
  }

  /// The part of a sorted bucket that begins with the first entry for an upper vertex.
  private static func part(_ bucket: Span<SIMD2<UInt32>>, _ range: Range<Int>, from vertex: UInt32) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if bucket[middle].x < vertex { low = middle + 1 } else { high = middle }
    }
    return low
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
    var start = Int(starts[unchecked: Int(a)])
    let end = Int(starts[unchecked: Int(a) &+ 1])
    let isSorted = end &- start > smallBucket
    if isSorted { start = part(bucket, start..<end, from: b) }
    var match = -1
    var isCrowded = false
    var k = start
    while k < end {
      let entry = bucket[unchecked: k]
      k &+= 1
      if entry.x != b {
        if isSorted { break }
        continue
      }
      isCrowded = isCrowded || match >= 0
      match = Int(entry.y)
      // Where one half-edge of an edge is known to be crowded, all are
      if twin[unchecked: match] == crowded {
        twin[edge] = crowded
        return
      }
      isCrowded = isCrowded || twin[unchecked: match] != unmatched
    }
    if match < 0 { return }
    if !isCrowded {
      twin[unchecked: edge] = Int32(truncatingIfNeeded: match)
      twin[unchecked: match] = Int32(truncatingIfNeeded: edge)
      return
    }
    twin[edge] = crowded
    for k in start..<end {
      if bucket[k].x != b {
        if isSorted { break }
        continue
      }
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
      // By edge, those of one direction first: an edge with one half-edge of each is joined
      let sorted = (starts[v]..<starts[v + 1]).map { UInt64(others[Int($0)]) << 32 | UInt64(edges[Int($0)]) }.sorted()
      var i = 0
      while i < sorted.count {
        var j = i + 1
        while j < sorted.count && sorted[j] >> 33 == sorted[i] >> 33 { j += 1 }
        if j == i + 2 && sorted[i] >> 32 != sorted[i + 1] >> 32 {
          let one = Int(UInt32(truncatingIfNeeded: sorted[i]))
          let other = Int(UInt32(truncatingIfNeeded: sorted[i + 1]))
          twin[one] = Int32(other)
          twin[other] = Int32(one)
        }
        i = j
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
