import Arithmetic
import CLanes
import Meshes

/// A mesh checked and measured for sampling: what does not depend on the density.
struct PreparedSurface: Sendable {
  let mesh: TriangleMesh
  /// Triangles that have an area, in mesh order.
  var live: [UInt32]
  /// Area of each live triangle, mm².
  var areas: [Float]
  /// Longest edge of each live triangle, mm.
  var longestEdges: [Float]
  /// The vertices where a density is asked for.
  var vertexPoints: VertexPoints
  /// Sum of the corners of each live triangle, three times its centroid, mm.
  var cornerSums: PointColumns
  /// Box around `cornerSums`, mm.
  var low: SIMD3<Float>
  var high: SIMD3<Float>

  /// Triangles without area are skipped.
  ///
  /// - Parameter withVertexPoints: a density that is the same everywhere does without.
  /// - Throws: `missingVertex` and `vertexNotFinite`.
  init(_ source: TriangleMesh, withVertexPoints: Bool = true) throws(SamplingError) {
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
    vertexPoints = withVertexPoints ? VertexPoints(of: mesh, measures.live.span) : VertexPoints()
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

  /// Area of a triangle, live or not, mm².
  func area(of triangle: UInt32) -> Float {
    let t = mesh.triangles[Int(triangle)]
    let a = mesh.positions[Int(t.x)]
    return length(cross(mesh.positions[Int(t.y)] - a, mesh.positions[Int(t.z)] - a)) * 0.5
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

/// What a `PreparedSurface` holds of a mesh.
private struct Measures {
  let live: [UInt32]
  let areas: [Float]
  let longestEdges: [Float]
  let cornerSums: PointColumns
  let low: SIMD3<Float>
  let high: SIMD3<Float>

  init(of mesh: TriangleMesh) throws(SamplingError) {
    let triangleCount = mesh.triangles.count
    var live = [UInt32](unwritten: triangleCount)
    var areas = [Float](unwritten: triangleCount)
    var longestEdges = [Float](unwritten: triangleCount)
    var x = [Float](unwritten: triangleCount)
    var y = [Float](unwritten: triangleCount)
    var z = [Float](unwritten: triangleCount)
    var box = (low: SIMD3<Float>(repeating: .infinity), high: SIMD3<Float>(repeating: -.infinity))
    let count = try Measures.measure(mesh, &live, &areas, &longestEdges, &x, &y, &z, &box)
    live.removeLast(triangleCount - count)
    areas.removeLast(triangleCount - count)
    longestEdges.removeLast(triangleCount - count)
    x.removeLast(triangleCount - count)
    y.removeLast(triangleCount - count)
    z.removeLast(triangleCount - count)
    self.live = live
    self.areas = areas
    self.longestEdges = longestEdges
    cornerSums = PointColumns(x: x, y: y, z: z)
    low = box.low
    high = box.high
  }

  /// Measures the triangles, four at a time, and lists those that have an area.
  ///
  /// - Returns: how many have.
  private static func measure(
    _ mesh: TriangleMesh, _ liveList: inout [UInt32], _ areaList: inout [Float], _ edgeList: inout [Float],
    _ xList: inout [Float], _ yList: inout [Float], _ zList: inout [Float],
    _ box: inout (low: SIMD3<Float>, high: SIMD3<Float>)
  ) throws(SamplingError) -> Int {
    let positions = mesh.positions.span
    let triangles = mesh.triangles.span
    let vertexCount = UInt32(clamping: positions.count)
    var live = liveList.mutableSpan
    var areas = areaList.mutableSpan
    var edges = edgeList.mutableSpan
    var x = xList.mutableSpan
    var y = yList.mutableSpan
    var z = zList.mutableSpan
    var low = PointLanes(repeating: .infinity)
    var high = PointLanes(repeating: -.infinity)
    var count = 0
    var first = 0
    while first < triangles.count {
      // The last lanes may repeat a triangle; they are left out below
      let lanes = min(4, triangles.count &- first)
      let (i, j, k) = (first &+ min(1, lanes &- 1), first &+ min(2, lanes &- 1), first &+ lanes &- 1)
      guard let a = corners(0, first, i, j, k, triangles, positions, vertexCount),
        let b = corners(1, first, i, j, k, triangles, positions, vertexCount),
        let c = corners(2, first, i, j, k, triangles, positions, vertexCount)
      else { throw PreparedSurface.firstFault(mesh, from: first) }
      let ab = b - a
      let ac = c - a
      let bc = c - b
      let normal = cross(ab, ac)
      let area = lane_sqrt4(dot(normal, normal)) * 0.5
      let longest = lane_sqrt4(lane_larger4(lane_larger4(dot(ab, ab), dot(ac, ac)), dot(bc, bc)))
      let sum = a + b + c
      if lanes == 4 && arePositiveAndFinite(area) {
        live.store(SIMD4(0, 1, 2, 3) &+ UInt32(truncatingIfNeeded: first), at: count)
        areas.store(area, at: count)
        edges.store(longest, at: count)
        x.store(sum.x, at: count)
        y.store(sum.y, at: count)
        z.store(sum.z, at: count)
        low = PointLanes(lane_smaller4(sum.x, low.x), lane_smaller4(sum.y, low.y), lane_smaller4(sum.z, low.z))
        high = PointLanes(lane_larger4(sum.x, high.x), lane_larger4(sum.y, high.y), lane_larger4(sum.z, high.z))
        count &+= 4
      } else {
        for lane in 0..<lanes {
          if !(area[lane] < .infinity) { throw PreparedSurface.firstFault(mesh, from: first) }
          if !(area[lane] > 0) { continue }
          live[count] = UInt32(first + lane)
          areas[count] = area[lane]
          edges[count] = longest[lane]
          x[count] = sum.x[lane]
          y[count] = sum.y[lane]
          z[count] = sum.z[lane]
          let centre = SIMD3(sum.x[lane], sum.y[lane], sum.z[lane])
          box.low.replace(with: centre, where: centre .< box.low)
          box.high.replace(with: centre, where: centre .> box.high)
          count += 1
        }
      }
      first &+= 4
    }
    for lane in 0..<4 {
      let (l, h) = (SIMD3(low.x[lane], low.y[lane], low.z[lane]), SIMD3(high.x[lane], high.y[lane], high.z[lane]))
      box.low.replace(with: l, where: l .< box.low)
      box.high.replace(with: h, where: h .> box.high)
    }
    return count
  }

  /// One corner of each of four triangles; `nil` where a vertex is missing.
  @inline(__always)
  private static func corners(
    _ corner: Int, _ h: Int, _ i: Int, _ j: Int, _ k: Int, _ triangles: Span<SIMD3<UInt32>>,
    _ positions: Span<SIMD3<Float>>, _ vertexCount: UInt32
  ) -> PointLanes? {
    let a = vertex(corner, of: h, triangles)
    let b = vertex(corner, of: i, triangles)
    let c = vertex(corner, of: j, triangles)
    let d = vertex(corner, of: k, triangles)
    guard a < vertexCount && b < vertexCount && c < vertexCount && d < vertexCount else { return nil }
    return PointLanes(
      positions[unchecked: Int(a)], positions[unchecked: Int(b)], positions[unchecked: Int(c)],
      positions[unchecked: Int(d)])
  }
}
