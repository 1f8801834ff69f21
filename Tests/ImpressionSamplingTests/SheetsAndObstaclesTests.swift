import Arithmetic
import Meshes
import Testing

@testable import ImpressionSampling

@Suite struct SheetsAndObstaclesTests {
  @Test func aThinFlapIsFilledOnBothSidesAsIfEachWereAlone() throws {
    // 1.5 mm between neighbours on a flap of 1 mm: sides that felt each other could not both hold 16 cm² x 40
    let pattern = try samplePoissonDisc(
      on: thinFlap(12), density: UniformDensity(perSquareCentimetre: 40), seed: 4,
      options: .init(minimumDistanceShare: 0.65))
    let front = pattern.points.count { $0.position.z > 0 }
    #expect(pattern.count == 1280)
    #expect(abs(front - 640) <= 13, "2 %")
    #expect(violations(pattern) == 0)
    // Without a preferred distance across the flap, some pairs must lie nearer than any pair of one side
    let closest = pattern.points.indices.map { i in
      pattern.points.map { length($0.position - pattern.points[i].position) }.filter { $0 > 0 }.min() ?? 0
    }
    #expect((closest.min() ?? 0) < pattern.radii[0])
  }

  @Test func impressionsKeepAwayFromFollicles() throws {
    let mesh = sheet(40, 40, 10, 10)
    let density = UniformDensity(perSquareCentimetre: 60)
    let follicles = try samplePoissonDisc(on: mesh, density: UniformDensity(perSquareCentimetre: 40), seed: 1)
    let pattern = try samplePoissonDisc(
      on: mesh, density: density, seed: 2, options: .init(obstacles: follicles.obstacles))
    #expect(pattern.count == 960)
    for (i, point) in pattern.points.enumerated() {
      for (j, follicle) in follicles.points.enumerated() {
        #expect(length(point.position - follicle.position) >= (pattern.radii[i] + follicles.radii[j]) * 0.4999)
      }
    }
  }

  /// Hairs 0.7 mm apart leave room for a dot every 3 mm anywhere between them.
  @Test func denseFolliclesDoNotCrowdOutASparsePattern() throws {
    let mesh = sheet(60, 60, 10, 10)
    let density = UniformDensity(perSquareCentimetre: 8)
    let follicles = try samplePoissonDisc(on: mesh, density: UniformDensity(perSquareCentimetre: 200), seed: 1)
    let pattern = try samplePoissonDisc(
      on: mesh, density: density, seed: 2,
      options: .init(obstacles: follicles.points.map { Obstacle(point: $0, radius: 0.12) }))
    #expect(pattern.count == 288)
    var nearest = Float.infinity
    for dot in pattern.points {
      for hair in follicles.points { nearest = min(nearest, length(dot.position - hair.position)) }
    }
    #expect(nearest >= 0.12 * 0.9999)
    let statistics = try PatternStatistics(of: pattern, on: mesh, density: density, detail: 60)
    // Free of obstacles the greatest hole of a natural pattern is about 1.5.
    #expect(statistics.largestHole < 1.8)
    #expect(statistics.numberVariance < 0.3)
  }

  @Test func aTouchUpAddsWithoutMovingWhatIsThere() throws {
    let mesh = sheet(40, 40, 10, 10)
    let first = try samplePoissonDisc(on: mesh, density: UniformDensity(perSquareCentimetre: 30), seed: 1)
    let more = try samplePoissonDisc(
      on: mesh, density: UniformDensity(perSquareCentimetre: 30), seed: 2, options: .init(obstacles: first.obstacles))
    let together = DotPattern(
      points: first.points + more.points, normals: first.normals + more.normals, radii: first.radii + more.radii,
      sessionEnds: [])
    #expect(violations(together) == 0)
  }
}
