import Meshes
import Testing

@testable import ImpressionSampling

@Suite struct BadInputTests {
  private let square = sheet(20, 20, 4, 4)
  private let density = UniformDensity(perSquareCentimetre: 50)

  @Test func zeroDensityGivesNoPointsAndNoError() throws {
    #expect(try samplePoissonDisc(on: square, density: UniformDensity(perSquareCentimetre: 0), seed: 1) == .empty)
  }

  @Test func anEmptyMeshGivesNoPoints() throws {
    let mesh = TriangleMesh(positions: [], triangles: [])
    #expect(try samplePoissonDisc(on: mesh, density: density, seed: 1) == .empty)
  }

  @Test(arguments: [Float.nan, .infinity, -1])
  func aBadDensityIsRefusedWithItsPlace(value: Float) throws {
    let bad = PositionDensity { p in p.x > 15 ? value : 50 }
    let error = try #require(throws: SamplingError.self) {
      try samplePoissonDisc(on: square, density: bad, seed: 1)
    }
    guard case .badDensity(_, let triangle, let position) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(position.x > 15)
    #expect(triangle < square.triangles.count)
    #expect("\(error)".contains("finite and not negative"))
  }

  @Test func tooManyIsRefusedBeforeMemoryIsTaken() throws {
    let error = try #require(throws: SamplingError.self) {
      try samplePoissonDisc(on: square, density: UniformDensity(perSquareCentimetre: 1e12), seed: 1)
    }
    // 4 cm² of 1e12, as single precision sums it
    #expect("\(error)".contains("40000002"))
    #expect("\(error)".contains("5000000"))
    #expect(throws: SamplingError.tooMany(asked: 200, maximum: 100)) {
      try samplePoissonDisc(on: square, density: density, seed: 1, options: .init(maximumCount: 100))
    }
    #expect(throws: SamplingError.tooMany(asked: 101, maximum: 100)) {
      try samplePoissonDisc(on: square, density: density, seed: 1, options: .init(count: 101, maximumCount: 100))
    }
  }

  @Test func badMeshesAreRefusedWithTheirPlace() throws {
    var mesh = square
    mesh.positions[7].y = .nan
    let notANumber = try #require(throws: SamplingError.self) {
      try samplePoissonDisc(on: mesh, density: density, seed: 1)
    }
    #expect("\(notANumber)".contains("vertex 7"))
    mesh = square
    mesh.triangles[3].y = 4000
    #expect(throws: SamplingError.missingVertex(triangle: 3, vertex: 4000, vertexCount: 25)) {
      try samplePoissonDisc(on: mesh, density: density, seed: 1)
    }
  }

  @Test func degenerateAndDuplicateTrianglesChangeNothing() throws {
    let clean = try samplePoissonDisc(on: square, density: density, seed: 1)
    var mesh = square
    mesh.triangles.append(SIMD3(3, 3, 9))
    mesh.triangles.append(SIMD3(0, 1, 2))  // three vertices of one row
    let again = mesh.triangles[11]
    mesh.triangles.append(SIMD3(again.y, again.z, again.x))
    #expect(try samplePoissonDisc(on: mesh, density: density, seed: 1) == clean)
  }

  @Test func optionsOutOfRangeAreRefused() {
    for options in [
      PoissonDiscOptions(count: -1), .init(threads: 0), .init(minimumDistanceShare: 0),
      .init(minimumDistanceShare: .nan), .init(minimumDistanceShare: 1),
    ] {
      #expect(throws: SamplingError.self) {
        try samplePoissonDisc(on: square, density: density, seed: 1, options: options)
      }
    }
  }

  @Test func aCountWithoutRoomIsAnError() throws {
    let wall = (0..<400).map { i in
      Obstacle(
        point: SurfacePoint(position: SIMD3(Float(i % 20) + 0.5, Float(i / 20) + 0.5, 0), triangle: 0, v: 0, w: 0),
        radius: 40)
    }
    #expect(throws: SamplingError.noRoom(asked: 10, placed: 0)) {
      try samplePoissonDisc(on: square, density: density, seed: 1, options: .init(count: 10, obstacles: wall))
    }
    #expect(throws: SamplingError.noRoom(asked: 10, placed: 0)) {
      try samplePoissonDisc(
        on: square, density: UniformDensity(perSquareCentimetre: 0), seed: 1, options: .init(count: 10))
    }
  }
}
