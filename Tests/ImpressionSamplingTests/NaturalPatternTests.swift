import Arithmetic
import Meshes
import TestSupport
import Testing

@testable import ImpressionSampling

@Suite struct NaturalPatternTests {
  @Test(arguments: testFields.indices)
  func countFollowsTheIntegralAndNoPairIsTooNear(field: Int) throws {
    let mesh = openScalp(10)
    let density = testFields[field].field
    let pattern = try samplePoissonDisc(on: mesh, density: density, seed: 5)
    let wanted = integral(of: density, over: mesh, parts: 12)
    #expect(abs(Double(pattern.count) - wanted) <= 0.01 * wanted, "\(testFields[field].name)")
    #expect(violations(pattern) == 0)
    #expect(pattern.radii.allSatisfy { $0 > 0 })
  }

  @Test(arguments: [
    (0, Evenness.natural), (1, .natural), (2, .natural), (3, .natural), (1, .relaxed), (3, .relaxed),
  ])
  func zonesOfFiveSquareCentimetresAreMetWithinTwoPerCent(field: Int, evenness: Evenness) throws {
    // The densities of a full treatment: at 400 dots a zone, one dot is a quarter of a per cent
    let density = PositionDensity { [base = testFields[field].field] p in base.value(p) * 2 }
    let mesh = openScalp(10)
    let pattern = try samplePoissonDisc(on: mesh, density: density, seed: 11, options: .init(evenness: evenness))
    let cloud = try SurfaceQuadrature(PreparedSurface(mesh), density: density, wanted: 60_000, threads: nil)
    for centre in [SIMD3<Float>(13, 27, 13), SIMD3(8, 33, 0), SIMD3(-10, 30, -9)] {
      // A ball of this radius cuts a patch of 5 to 6 cm² out of the scalp
      let zone: (SIMD3<Float>) -> Bool = { length($0 - centre) < 13.5 }
      let wanted = cloud.integral(where: zone)
      let placed = Double(pattern.points.count { zone($0.position) })
      if wanted < 300 { continue }
      #expect(abs(placed - wanted) <= 0.02 * wanted, "\(testFields[field].name): \(placed) for \(wanted)")
    }
  }

  @Test func nearestNeighboursVaryAsInACarefulHand() throws {
    let pattern = try samplePoissonDisc(
      on: ellipsoid(10), density: UniformDensity(perSquareCentimetre: 20), seed: 3)
    let variation = coefficientOfVariation(nearestNeighbours(pattern.points.map(\.position), pattern.normals))
    #expect(variation > 0.20 && variation < 0.30)
  }

  @Test func prefixesAreSpreadAndNested() throws {
    let mesh = ellipsoid(10)
    let pattern = try samplePoissonDisc(on: mesh, density: UniformDensity(perSquareCentimetre: 20), seed: 3)
    let area = integral(of: PositionDensity { _ in 1 }, over: mesh, parts: 1) * 100
    for share in [1.0 / 3, 2.0 / 3, 1] {
      let n = Int((Double(pattern.count) * share).rounded(.up))
      let nearest = nearestNeighbours(
        pattern.points.prefix(n).map(\.position), Array(pattern.normals.prefix(n)))
      let spacing = Float((2 * area / (3.0.squareRoot() * Double(n))).squareRoot())
      // Each session keeps at least 0.35 of its own hexagonal spacing; white noise would keep a few thousandths
      #expect((nearest.min() ?? 0) / spacing > 0.35, "prefix \(n)")
    }
    #expect(pattern.sessionEnds == [(pattern.count + 2) / 3, (2 * pattern.count + 2) / 3, pattern.count])
  }

  @Test(arguments: [0, 1, 2, 3, 4, 5, 100, 1001])
  func anAskedCountIsMetExactly(count: Int) throws {
    let pattern = try samplePoissonDisc(
      on: openScalp(6), density: testFields[1].field, seed: 9, options: .init(count: count))
    #expect(pattern.count == count)
    #expect(violations(pattern) == 0)
  }

  @Test func pointsLieOnTheirTriangles() throws {
    let mesh = openScalp(10)
    let pattern = try samplePoissonDisc(on: mesh, density: testFields[2].field, seed: 9)
    for point in pattern.points {
      let t = mesh.triangles[Int(point.triangle)]
      let a = mesh.positions[Int(t.x)]
      let p = a + (mesh.positions[Int(t.y)] - a) * point.v + (mesh.positions[Int(t.z)] - a) * point.w
      #expect(p == point.position)
      #expect(point.v >= 0 && point.w >= 0 && point.v + point.w <= 1)
    }
  }

  @Test func threadsDoNotChangeThePoints() throws {
    let mesh = openScalp(8)
    let one = try samplePoissonDisc(on: mesh, density: testFields[1].field, seed: 2, options: .init(threads: 1))
    for threads in [2, 7] {
      let other = try samplePoissonDisc(
        on: mesh, density: testFields[1].field, seed: 2, options: .init(threads: threads))
      #expect(other == one, "\(threads) threads")
    }
  }

  @Test func aPreparedSamplerGivesTheSamePointsAsTheFunction() throws {
    let mesh = openScalp(10)
    let sampler = try PoissonDiscSampler(on: mesh)
    for seed in 1...3 as ClosedRange<UInt64> {
      #expect(
        try sampler.sample(density: testFields[3].field, seed: seed)
          == samplePoissonDisc(on: mesh, density: testFields[3].field, seed: seed))
    }
  }

  @Test func noPointFallsWhereTheDensityIsZero() throws {
    let pattern = try samplePoissonDisc(on: openScalp(10), density: testFields[3].field, seed: 2)
    #expect(pattern.points.allSatisfy { $0.position.x > 4 })
  }
}
