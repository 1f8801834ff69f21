import CLanes
import HeadGeometry

/// A mesh checked and measured for sampling: what does not depend on the density.
struct PreparedSurface: Sendable {
  let mesh: TriangleMesh
  /// Triangles that have an area, in mesh order.
  var live: [UInt32]
  /// Area of each live triangle, mm².
  var areas: [Float]
  /// Longest edge of each live triangle, mm.
  var longestEdges: [Float]
  /// The vertices that live triangles use, in order of first use, each with the triangle that uses it first: a vertex
  /// point is that corner of it.
  fileprivate var vertexUses: [VertexUse]
  /// For each vertex, the number of its vertex point; -1 for vertices that no live triangle uses.
  var vertexPointIndex: [Int32]
  /// Sum of the corners of each live triangle, three times its centroid, mm.
  var cornerSums: PointColumns
  /// Box around `cornerSums`, mm.
  var low: SIMD3<Float>
  var high: SIMD3<Float>

  /// - Throws: `missingVertex` and `vertexNotFinite`. Triangles without area are skipped.
  init(_ source: TriangleMesh) throws(SamplingError) {
    var mesh = source
    let vertexCount = mesh.positions.count
    if mesh.normals.count != vertexCount {
      try PreparedSurface.checkIndices(mesh)
      mesh.normals = areaWeightedNormals(positions: mesh.positions, triangles: mesh.triangles)
    }
    self.mesh = mesh
    let measures = try Measures(of: mesh)
    live = measures.live
    areas = measures.areas
    longestEdges = measures.longestEdges
    cornerSums = measures.cornerSums
    low = measures.low
    high = measures.high
    vertexUses = measures.uses
    vertexPointIndex = measures.index
  }

  /// What is wrong with the first triangle, from one on, with which something is wrong.
  fileprivate static func firstFault(_ mesh: TriangleMesh, from first: Int) -> SamplingError {
    var i = first
    while true {
      let t = mesh.triangles[i]
      let highest = max(t.x, t.y, t.z)
      if Int(highest) >= mesh.positions.count {
        return .missingVertex(triangle: i, vertex: Int(highest), vertexCount: mesh.positions.count)
      }
      let a = mesh.positions[Int(t.x)]
      let area = length(cross(mesh.positions[Int(t.y)] - a, mesh.positions[Int(t.z)] - a)) * 0.5
      if !(area < .infinity) { return notFinite(mesh, i) }
      i += 1
    }
  }

  private static func checkIndices(_ mesh: TriangleMesh) throws(SamplingError) {
    for (i, t) in mesh.triangles.enumerated() {
      let highest = max(t.x, t.y, t.z)
      if Int(highest) >= mesh.positions.count {
        throw .missingVertex(triangle: i, vertex: Int(highest), vertexCount: mesh.positions.count)
      }
    }
  }

  /// The first corner of a triangle that is not finite, or else the farthest from the origin: an area that
  /// overflows is as useless as one that is not a number.
  private static func notFinite(_ mesh: TriangleMesh, _ triangle: Int) -> SamplingError {
    let t = mesh.triangles[triangle]
    var worst = Int(t.x)
    for corner in 0..<3 {
      let p = mesh.positions[Int(t[corner])]
      if !(p.x.isFinite && p.y.isFinite && p.z.isFinite) {
        return .vertexNotFinite(vertex: Int(t[corner]), position: p)
      }
      let q = mesh.positions[worst]
      if max(abs(p.x), abs(p.y), abs(p.z)) > max(abs(q.x), abs(q.y), abs(q.z)) { worst = Int(t[corner]) }
    }
    return .vertexNotFinite(vertex: worst, position: mesh.positions[worst])
  }

  /// Number of vertex points.
  var vertexPointCount: Int { vertexUses.count }

  /// Writes a surface point at each of some of the vertices that live triangles use, in order of first use.
  func writeVertexPoints(_ range: Range<Int>, to points: UnsafeMutableBufferPointer<SurfacePoint>) {
    let uses = vertexUses.span.extracting(range)
    let positions = mesh.positions.span
    let triangles = mesh.triangles.span
    for i in 0..<uses.count {
      let use = uses[unchecked: i]
      let t = triangles[unchecked: Int(use.triangle)]
      points[i] = SurfacePoint(
        position: positions[unchecked: Int(use.vertex)], triangle: use.triangle, v: t.y == use.vertex ? 1 : 0,
        w: t.z == use.vertex ? 1 : 0)
    }
  }

  /// Writes a surface point at the centroid of each of some live triangles.
  func writeCentroids(_ range: Range<Int>, to points: UnsafeMutableBufferPointer<SurfacePoint>) {
    let x = cornerSums.x.span.extracting(range)
    let y = cornerSums.y.span.extracting(range)
    let z = cornerSums.z.span.extracting(range)
    let live = live.span.extracting(range)
    for i in 0..<range.count {
      let sum = SIMD3(x[unchecked: i], y[unchecked: i], z[unchecked: i])
      points[i] = SurfacePoint(position: sum * (1 / 3), triangle: live[unchecked: i], v: 1 / 3, w: 1 / 3)
    }
  }

  /// The point of a triangle with weights v and w on its second and third corners.
  @inline(__always)
  func position(_ triangle: UInt32, _ v: Float, _ w: Float) -> SIMD3<Float> {
    let t = mesh.triangles[Int(triangle)]
    let a = mesh.positions[Int(t.x)]
    return a + (mesh.positions[Int(t.y)] - a) * v + (mesh.positions[Int(t.z)] - a) * w
  }

  /// The interpolated unit normal; the triangle's own where the vertex normals cancel.
  @inline(__always)
  func normal(_ triangle: UInt32, _ v: Float, _ w: Float) -> SIMD3<Float> {
    let t = mesh.triangles[Int(triangle)]
    let n =
      mesh.normals[Int(t.x)] * (1 - v - w) + mesh.normals[Int(t.y)] * v + mesh.normals[Int(t.z)] * w
    let l = dot(n, n)
    if l > 1e-12 { return n / l.squareRoot() }
    let a = mesh.positions[Int(t.x)]
    return normalized(cross(mesh.positions[Int(t.y)] - a, mesh.positions[Int(t.z)] - a))
  }
}

/// A vertex and the triangle that uses it first.
private struct VertexUse {
  var vertex: UInt32
  var triangle: UInt32
}

/// What a `PreparedSurface` holds of a mesh.
private struct Measures {
  let live: [UInt32]
  let areas: [Float]
  let longestEdges: [Float]
  let cornerSums: PointColumns
  let low: SIMD3<Float>
  let high: SIMD3<Float>
  let uses: [VertexUse]
  let index: [Int32]

  /// Measures the triangles, four at a time, and lists what has an area.
  init(of mesh: TriangleMesh) throws(SamplingError) {
    let triangleCount = mesh.triangles.count
    let vertexCount = UInt32(clamping: mesh.positions.count)
    var liveList = [UInt32](unwritten: triangleCount)
    var areaList = [Float](unwritten: triangleCount)
    var edgeList = [Float](unwritten: triangleCount)
    var xList = [Float](unwritten: triangleCount)
    var yList = [Float](unwritten: triangleCount)
    var zList = [Float](unwritten: triangleCount)
    // One more, so that a use may be written before it is known to be the first
    var useList = [VertexUse](unwritten: mesh.positions.count + 1)
    var indexList = [Int32](repeating: -1, count: mesh.positions.count)
    let positions = mesh.positions.span
    let triangles = mesh.triangles.span
    var live = liveList.mutableSpan
    var areas = areaList.mutableSpan
    var edges = edgeList.mutableSpan
    var x = xList.mutableSpan
    var y = yList.mutableSpan
    var z = zList.mutableSpan
    var uses = useList.mutableSpan
    var index = indexList.mutableSpan
    var low = SIMD3<Float>(repeating: .infinity)
    var high = SIMD3<Float>(repeating: -.infinity)
    var lows = PointLanes(repeating: .infinity)
    var highs = PointLanes(repeating: -.infinity)
    var count = 0
    var useCount: Int32 = 0
    for first in stride(from: 0, to: triangleCount, by: 4) {
      // The last lanes may repeat a triangle; they are left out below
      let lanes = min(4, triangleCount - first)
      let t0 = triangles[unchecked: first]
      let t1 = triangles[unchecked: first + min(1, lanes - 1)]
      let t2 = triangles[unchecked: first + min(2, lanes - 1)]
      let t3 = triangles[unchecked: first + lanes - 1]
      if !(Measures.isInside(t0, vertexCount) && Measures.isInside(t1, vertexCount)
        && Measures.isInside(t2, vertexCount) && Measures.isInside(t3, vertexCount))
      {
        throw PreparedSurface.firstFault(mesh, from: first)
      }
      let a = PointLanes(
        positions[unchecked: Int(t0.x)], positions[unchecked: Int(t1.x)], positions[unchecked: Int(t2.x)],
        positions[unchecked: Int(t3.x)])
      let b = PointLanes(
        positions[unchecked: Int(t0.y)], positions[unchecked: Int(t1.y)], positions[unchecked: Int(t2.y)],
        positions[unchecked: Int(t3.y)])
      let c = PointLanes(
        positions[unchecked: Int(t0.z)], positions[unchecked: Int(t1.z)], positions[unchecked: Int(t2.z)],
        positions[unchecked: Int(t3.z)])
      let ab = b - a
      let ac = c - a
      let bc = c - b
      let normal = cross(ab, ac)
      let area = lane_sqrt4(dot(normal, normal)) * 0.5
      let longest = lane_sqrt4(lane_max4(lane_max4(dot(ab, ab), dot(ac, ac)), dot(bc, bc)))
      let sum = a + b + c
      if lanes == 4 && arePositiveAndFinite(area) {
        live.store(SIMD4(0, 1, 2, 3) &+ UInt32(truncatingIfNeeded: first), at: count)
        areas.store(area, at: count)
        edges.store(longest, at: count)
        x.store(sum.x, at: count)
        y.store(sum.y, at: count)
        z.store(sum.z, at: count)
        lows = PointLanes(lane_min4(lows.x, sum.x), lane_min4(lows.y, sum.y), lane_min4(lows.z, sum.z))
        highs = PointLanes(lane_max4(highs.x, sum.x), lane_max4(highs.y, sum.y), lane_max4(highs.z, sum.z))
        count += 4
        Measures.use(t0, first, &uses, &index, &useCount)
        Measures.use(t1, first + 1, &uses, &index, &useCount)
        Measures.use(t2, first + 2, &uses, &index, &useCount)
        Measures.use(t3, first + 3, &uses, &index, &useCount)
        continue
      }
      for lane in 0..<lanes {
        if !(area[lane] < .infinity) { throw PreparedSurface.firstFault(mesh, from: first) }
        if !(area[lane] > 0) { continue }
        live[count] = UInt32(first + lane)
        areas[count] = area[lane]
        edges[count] = longest[lane]
        x[count] = sum.x[lane]
        y[count] = sum.y[lane]
        z[count] = sum.z[lane]
        low = SIMD3(min(low.x, sum.x[lane]), min(low.y, sum.y[lane]), min(low.z, sum.z[lane]))
        high = SIMD3(max(high.x, sum.x[lane]), max(high.y, sum.y[lane]), max(high.z, sum.z[lane]))
        count += 1
        Measures.use(triangles[first + lane], first + lane, &uses, &index, &useCount)
      }
    }
    for lane in 0..<4 {
      low = SIMD3(min(low.x, lows.x[lane]), min(low.y, lows.y[lane]), min(low.z, lows.z[lane]))
      high = SIMD3(max(high.x, highs.x[lane]), max(high.y, highs.y[lane]), max(high.z, highs.z[lane]))
    }
    self.low = low
    self.high = high
    liveList.removeLast(triangleCount - count)
    areaList.removeLast(triangleCount - count)
    edgeList.removeLast(triangleCount - count)
    xList.removeLast(triangleCount - count)
    yList.removeLast(triangleCount - count)
    zList.removeLast(triangleCount - count)
    useList.removeLast(useList.count - Int(useCount))
    self.live = liveList
    self.areas = areaList
    longestEdges = edgeList
    cornerSums = PointColumns(x: xList, y: yList, z: zList)
    self.uses = useList
    self.index = indexList
  }

  @inline(__always)
  private static func isInside(_ t: SIMD3<UInt32>, _ vertexCount: UInt32) -> Bool {
    t.x < vertexCount && t.y < vertexCount && t.z < vertexCount
  }

  /// Lists the corners of a triangle that no triangle before it has.
  @inline(__always)
  private static func use(
    _ t: SIMD3<UInt32>, _ triangle: Int, _ uses: inout MutableSpan<VertexUse>, _ index: inout MutableSpan<Int32>,
    _ count: inout Int32
  ) {
    use(t.x, triangle, &uses, &index, &count)
    use(t.y, triangle, &uses, &index, &count)
    use(t.z, triangle, &uses, &index, &count)
  }

  @inline(__always)
  private static func use(
    _ vertex: UInt32, _ triangle: Int, _ uses: inout MutableSpan<VertexUse>, _ index: inout MutableSpan<Int32>,
    _ count: inout Int32
  ) {
    // Without branches: half of the triangles of a mesh bring a new vertex, and no one can tell which
    let known = index[unchecked: Int(vertex)]
    uses[unchecked: Int(count)] = VertexUse(vertex: vertex, triangle: UInt32(truncatingIfNeeded: triangle))
    index[unchecked: Int(vertex)] = known < 0 ? count : known
    count &+= known < 0 ? 1 : 0
  }
}
