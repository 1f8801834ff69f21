import ImpressionSampling
import Meshes
import TestSupport
import Testing

@testable import Stipple

/// A flat square with a side of 80 mm.
private let square = TriangleMesh(
  positions: [SIMD3(0, 0, 0), SIMD3(80, 0, 0), SIMD3(80, 80, 0), SIMD3(0, 80, 0)],
  triangles: [SIMD3(0, 1, 2), SIMD3(0, 2, 3)])

private func work(_ passes: Int, per density: Float, threads: Int = 2) throws -> DotPattern {
  var options = PoissonDiscOptions()
  options.threads = threads
  return try PoissonDiscSampler(on: square).sample(
    passes: passes, density: UniformDensity(perSquareCentimetre: density), seed: 5, options: options)
}

/// Distance of each point to the nearest of the others, mm, of those that lie 3 mm and more inside the square.
private func nearest(_ points: [SIMD3<Float>]) -> [Double] {
  points.indices.filter { i in (3...77).contains(points[i].x) && (3...77).contains(points[i].y) }.map { i in
    var best = Float.infinity
    for j in points.indices where j != i {
      let d = points[i] - points[j]
      best = min(best, (d * d).sum())
    }
    return Double(best.squareRoot())
  }
}

@Suite struct WorkPassesTests {
  @Test func anAreaIsGoneOverAsOftenAsItsDensityAsks() {
    #expect([1, 130, 131, 260, 300, 350].map { passes(density: $0) } == [1, 1, 2, 2, 3, 3])
  }

  /// Nearest neighbours as on photographs of healed work: variation .25 to .43, Clark-Evans ratio 1.1 to 1.4.
  @Test(arguments: [(2, Float(220)), (3, 340)])
  func dotsLieAsOnPhotographs(passes: Int, density: Float) throws {
    let pattern = try work(passes, per: density)
    #expect(abs(pattern.count - Int(density * 64)) <= passes)
    let distances = nearest(pattern.points.map(\.position))
    let mean = distances.reduce(0, +) / Double(distances.count)
    let deviation = (distances.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(distances.count)).squareRoot()
    #expect((0.25...0.43).contains(deviation / mean), "\(deviation / mean)")
    // Of chance, the mean is half the square root of the area for each.
    let chance = 0.5 * (100 / Double(density)).squareRoot()
    #expect((1.1...1.4).contains(mean / chance), "\(mean / chance)")
  }

  /// Within a pass dots keep their distance, of different passes they come nearer, and none is set where another is.
  @Test func passesOverlapAndDoNotHit() throws {
    let pattern = try work(3, per: 300)
    let pass = pattern.count / 3
    let single = try work(1, per: 100)
    let within = try #require(nearest(pattern.points.prefix(pass).map(\.position)).min())
    let all = try #require(nearest(pattern.points.map(\.position)).min())
    #expect(Float(within) >= single.radii[0] * 0.95)
    #expect(all < 0.6 * within)
    #expect(Float(all) >= pattern.radii.min() ?? 0)
    #expect(pattern.sessionEnds == [pass, 2 * pass, pattern.count])
  }

  @Test func onePassIsThePatternOfTheSampler() throws {
    let options = PoissonDiscOptions()
    let plain = try PoissonDiscSampler(on: square).sample(
      density: UniformDensity(perSquareCentimetre: 120), seed: 5, options: options)
    #expect(try work(1, per: 120) == plain)
    #expect(try work(3, per: 300, threads: 1) == work(3, per: 300, threads: 5))
  }

  @Test func tooManyAreCountedWhole() throws {
    var options = PoissonDiscOptions()
    options.maximumCount = 1000
    #expect(throws: SamplingError.tooMany(asked: 19200, maximum: 1000)) {
      try PoissonDiscSampler(on: square).sample(
        passes: 3, density: UniformDensity(perSquareCentimetre: 300), seed: 1, options: options)
    }
  }
}
