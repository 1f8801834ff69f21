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
  /// A surface point at each vertex that a live triangle uses, in order of first use.
  var vertexPoints: [SurfacePoint]
  /// For each vertex, its index in `vertexPoints`; -1 for vertices that no live triangle uses.
  var vertexPointIndex: [Int32]
  /// A surface point at the centroid of each live triangle.
  var centroidPoints: [SurfacePoint]

  /// - Throws: `missingVertex` and `vertexNotFinite`. Triangles without area are skipped.
  init(_ source: TriangleMesh) throws(SamplingError) {
    var mesh = source
    let vertexCount = mesh.positions.count
    if mesh.normals.count != vertexCount {
      try PreparedSurface.checkIndices(mesh)
      mesh.normals = areaWeightedNormals(positions: mesh.positions, triangles: mesh.triangles)
    }
    self.mesh = mesh
    let triangleCount = mesh.triangles.count
    live = []
    areas = []
    longestEdges = []
    vertexPoints = []
    centroidPoints = []
    live.reserveCapacity(triangleCount)
    areas.reserveCapacity(triangleCount)
    longestEdges.reserveCapacity(triangleCount)
    centroidPoints.reserveCapacity(triangleCount)
    vertexPoints.reserveCapacity(vertexCount)
    vertexPointIndex = [Int32](repeating: -1, count: vertexCount)

    let positions = mesh.positions.span
    let triangles = mesh.triangles.span
    for i in 0..<triangleCount {
      let t = triangles[i]
      let highest = max(t.x, t.y, t.z)
      if Int(highest) >= vertexCount {
        throw .missingVertex(triangle: i, vertex: Int(highest), vertexCount: vertexCount)
      }
      let a = positions[Int(t.x)]
      let b = positions[Int(t.y)]
      let c = positions[Int(t.z)]
      let ab = b - a
      let ac = c - a
      let bc = c - b
      let normal = cross(ab, ac)
      let area = dot(normal, normal).squareRoot() * 0.5
      if !(area < .infinity) {
        throw PreparedSurface.notFinite(mesh, i)
      }
      if !(area > 0) { continue }
      live.append(UInt32(i))
      areas.append(area)
      longestEdges.append(max(dot(ab, ab), dot(ac, ac), dot(bc, bc)).squareRoot())
      centroidPoints.append(
        SurfacePoint(position: (a + b + c) * (1 / 3), triangle: UInt32(i), v: 1 / 3, w: 1 / 3))
      for corner in 0..<3 where vertexPointIndex[Int(t[corner])] < 0 {
        vertexPointIndex[Int(t[corner])] = Int32(vertexPoints.count)
        vertexPoints.append(
          SurfacePoint(
            position: positions[Int(t[corner])], triangle: UInt32(i), v: corner == 1 ? 1 : 0, w: corner == 2 ? 1 : 0))
      }
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
