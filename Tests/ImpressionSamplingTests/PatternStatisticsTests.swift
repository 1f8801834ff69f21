import Arithmetic
import Meshes
import Testing

@testable import ImpressionSampling

@Suite struct PatternStatisticsTests {
  /// A lattice of hexagons on a sheet.
  private func lattice(_ mesh: TriangleMesh, spacing: Float, width: Float) -> DotPattern {
    var points: [SurfacePoint] = []
    let row = spacing * Float(3).squareRoot() / 2
    for j in 0..<Int(width / row) {
      for i in 0..<Int(width / spacing) {
        let x = (Float(i) + (j % 2 == 0 ? 0.25 : 0.75)) * spacing
        points.append(SurfacePoint(position: SIMD3(x, (Float(j) + 0.5) * row, 0), triangle: 0, v: 0, w: 0))
      }
    }
    return DotPattern(
      points: points, normals: points.map { _ in SIMD3(0, 0, 1) }, radii: points.map { _ in spacing * 0.9 },
      sessionEnds: [])
  }

  @Test func aHexagonalLatticeIsTheLimit() throws {
    let mesh = sheet(40, 40, 4, 4)
    // 23 whole rows of 20 dots: spacing 2 mm, 28.87 dots per cm²
    let pattern = lattice(mesh, spacing: 2, width: 40)
    let statistics = try PatternStatistics(
      of: pattern, on: mesh, density: UniformDensity(perSquareCentimetre: 28.87), detail: 40)
    #expect(abs(statistics.rho - 1) < 0.01)
    #expect(abs(statistics.minimumDistance - 2) < 1e-4)
    #expect(abs(statistics.minimumDistanceOverRadius - 1 / 0.9) < 1e-3)
    #expect(statistics.nearestNeighbourVariation < 1e-3)
    // 1/√3 inside; 0.87 in the corners of the sheet, where every other row begins late
    #expect(statistics.largestHole > 0.57 && statistics.largestHole < 0.95)
    #expect(statistics.numberVariance < 0.08)
  }

  @Test(arguments: [(0, 1), (0.5, 0.93846981), (2.404825558, 0), (3, -0.26005195), (168, -0.04670541)])
  func theBesselFunctionIsClose(x: Double, value: Double) {
    #expect(abs(besselJ0(x) - value) < 1e-7)
  }

  @Test func whiteNoiseHasUnitVarianceAndAFlatSpectrum() throws {
    let mesh = sheet(60, 60, 4, 4)
    let random = CounterRandom(seed: 5, stream: 1)
    let points = (0..<1500).map { i -> SurfacePoint in
      let p = random.uniformPair(UInt64(i)) * 60
      return SurfacePoint(position: SIMD3(p.x, p.y, 0), triangle: 0, v: 0, w: 0)
    }
    let pattern = DotPattern(
      points: points, normals: points.map { _ in SIMD3(0, 0, 1) }, radii: points.map { _ in 0 }, sessionEnds: [])
    let statistics = try PatternStatistics(
      of: pattern, on: mesh, density: UniformDensity(perSquareCentimetre: 1500.0 / 36), detail: 20)
    // Balls overlap, so the estimate has the noise of some thirty independent ones
    #expect(statistics.numberVariance > 0.6 && statistics.numberVariance < 1.5)
    #expect(abs(statistics.nearestNeighbourVariation - 0.523) < 0.04)
    #expect(statistics.rho < 0.1)
    let mean = statistics.radialSpectrum.suffix(30).reduce(0, +) / 30
    #expect(abs(mean - 1) < 0.2)
  }

  @Test func zonesCountPlacedAndWanted() throws {
    let mesh = sheet(40, 40, 4, 4)
    let pattern = lattice(mesh, spacing: 2, width: 40)
    let left = PatternZone(name: "left half") { $0.x < 20 }
    let statistics = try PatternStatistics(
      of: pattern, on: mesh, density: UniformDensity(perSquareCentimetre: 40), zones: [left], detail: 10)
    #expect(statistics.zones[0].placed == 230)
    #expect(abs(statistics.zones[0].wanted - 320) < 8)
    #expect(abs(statistics.zones[0].relativeError - (230 - 320) / 320.0) < 0.02)
  }

  @Test func anEmptyPatternHasNoMeasures() throws {
    let statistics = try PatternStatistics(
      of: .empty, on: sheet(10, 10, 2, 2), density: UniformDensity(perSquareCentimetre: 0))
    #expect(statistics.count == 0)
    #expect(statistics.pairCorrelation.isEmpty)
  }
}
