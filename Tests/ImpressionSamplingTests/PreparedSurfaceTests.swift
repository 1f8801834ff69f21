import Arithmetic
import Meshes
import Testing

@testable import ImpressionSampling

@Suite struct PreparedSurfaceTests {
  /// A sheet with triangles without area among the others, and a number of triangles that is no multiple of four.
  private func mesh(dead: [Int]) -> TriangleMesh {
    var mesh = sheet(30, 20, 5, 3)
    for i in mesh.positions.indices { mesh.positions[i].z = Float(i * 37 % 11) * 0.3 }
    for i in dead { mesh.triangles.insert(SIMD3(7, 7, 2), at: i) }
    mesh.triangles.append(SIMD3(0, 5, 9))
    return mesh
  }

  @Test(arguments: [[], [0], [3, 4, 5, 9], [30]])
  func measuresAreThoseOfEachTriangleAlone(dead: [Int]) throws {
    let mesh = mesh(dead: dead)
    let surface = try PreparedSurface(mesh)
    #expect(surface.live.count == mesh.triangles.count - dead.count)
    var low = SIMD3<Float>(repeating: .infinity)
    var high = -low
    for (i, triangle) in surface.live.enumerated() {
      let t = mesh.triangles[Int(triangle)]
      let (a, b, c) = (mesh.positions[Int(t.x)], mesh.positions[Int(t.y)], mesh.positions[Int(t.z)])
      #expect(surface.areas[i] == length(cross(b - a, c - a)) * 0.5)
      #expect(surface.areas[i] == surface.area(of: triangle))
      #expect(surface.longestEdges[i] == max(length(b - a), length(c - a), length(c - b)))
      let sum = a + b + c
      #expect(SIMD3(surface.cornerSums.x[i], surface.cornerSums.y[i], surface.cornerSums.z[i]) == sum)
      low.replace(with: sum, where: sum .< low)
      high.replace(with: sum, where: sum .> high)
    }
    #expect(surface.low == low)
    #expect(surface.high == high)
  }

  @Test func vertexPointsStandInOrderOfFirstUse() throws {
    let mesh = mesh(dead: [1, 8])
    let surface = try PreparedSurface(mesh)
    var expected: [SurfacePoint] = []
    var seen = Set<UInt32>()
    for triangle in surface.live {
      let t = mesh.triangles[Int(triangle)]
      for corner in 0..<3 where seen.insert(t[corner]).inserted {
        #expect(surface.vertexPoints.index[Int(t[corner])] == Int32(expected.count))
        expected.append(
          SurfacePoint(
            position: mesh.positions[Int(t[corner])], triangle: triangle, v: corner == 1 ? 1 : 0,
            w: corner == 2 ? 1 : 0))
      }
    }
    let points = withUnsafeTemporaryAllocation(of: SurfacePoint.self, capacity: surface.vertexPoints.count) { buffer in
      surface.vertexPoints.write(0..<buffer.count, of: mesh, to: buffer)
      return Array(buffer)
    }
    #expect(points == expected)
  }

  /// Of two faults the one of the earlier triangle is named, wherever it stands among four.
  @Test(arguments: 0..<6)
  func theFirstFaultIsNamed(first: Int) throws {
    var mesh = mesh(dead: [])
    let corner = mesh.triangles[first].y
    mesh.positions[Int(corner)].x = .infinity
    let notFinite = try #require(mesh.triangles.firstIndex { $0.x == corner || $0.y == corner || $0.z == corner })
    mesh.triangles[first + 1].z = 900
    let expected: SamplingError =
      notFinite < first + 1
      ? .vertexNotFinite(vertex: Int(corner), position: mesh.positions[Int(corner)])
      : .missingVertex(triangle: first + 1, vertex: 900, vertexCount: mesh.positions.count)
    #expect(throws: expected) { try PreparedSurface(mesh) }
  }

  @Test(arguments: 0..<5)
  func quartersAreThoseOfQuarters(level: Int) {
    func parts(_ piece: Piece, _ level: Int) -> [Piece] {
      level == 0 ? [piece] : (0..<4).flatMap { parts(piece.quarter($0), level - 1) }
    }
    let expected = parts(Piece(triangle: 0, v: 0, w: 0, size: 1), level)
    let found = QuarteredTriangle(levels: 4).pieces[QuarteredTriangle.range(level)]
    #expect(found.map { [$0.v, $0.w, $0.size] } == expected.map { [$0.v, $0.w, $0.size] })
  }

  /// Vertices are asked first, then centroids, then the parts of triangles that are cut.
  @Test(arguments: [0, 1, 2])
  func theFirstBadDensityIsNamed(kind: Int) throws {
    let square = sheet(20, 20, 4, 4)
    let bad = SurfacePointDensity { point in
      let isVertex = point.v + point.w == 0 || point.v == 1 || point.w == 1
      let isCentroid = point.v == 1 / 3 && point.w == 1 / 3
      let own = isVertex ? 0 : isCentroid ? 1 : 2
      return own >= kind && point.triangle >= 5 ? -1 : 40
    }
    let error = try #require(throws: SamplingError.self) { try samplePoissonDisc(on: square, density: bad, seed: 1) }
    guard case .badDensity(let value, let triangle, let position) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(value == -1)
    // Triangle 5 is the first to use one of its vertices; parts are asked along the curve
    if kind < 2 { #expect(triangle == 5) }
    let t = square.triangles[triangle]
    let corners = [square.positions[Int(t.x)], square.positions[Int(t.y)], square.positions[Int(t.z)]]
    let nearest = corners.map { length($0 - position) }.min() ?? 0
    #expect((nearest == 0) == (kind == 0))
  }
}

private struct SurfacePointDensity: SurfaceDensity {
  let value: @Sendable (SurfacePoint) -> Float

  func evaluate(_ points: Span<SurfacePoint>, into densities: inout MutableSpan<Float>) {
    for i in 0..<points.count { densities[i] = value(points[i]) }
  }
}
