import Arithmetic
import Meshes
import Testing

@testable import ImpressionSampling

@Suite struct EvenPatternTests {
  /// Places of a dense cloud in which a dot would fit that is larger by `slack` than the pattern's.
  private func openPlaces(
    _ pattern: DotPattern, on mesh: TriangleMesh, density: PositionDensity, share: Float, slack: Float
  ) throws -> Int {
    let surface = try PreparedSurface(mesh)
    let cloud = try SurfaceQuadrature(surface, density: density, wanted: 40 * pattern.count, threads: 1)
    let rule = RadiusRule(share: share * slack, densityScale: 1, floor: 1e-3)
    let greatest = pattern.radii.max() ?? 0
    let order = pattern.points.indices.sorted { pattern.points[$0].position.x < pattern.points[$1].position.x }
    let xs = order.map { pattern.points[$0].position.x }
    return cloud.points.indices.count { k in
      guard cloud.densities[k] > 0 else { return false }
      let p = cloud.points[k].position
      let radius = rule.radius(cloud.densities[k])
      let reach = (radius + greatest) * 0.5
      let first = xs.partitioningIndex { $0 >= p.x - reach }
      for a in first..<order.count {
        if xs[a] > p.x + reach { break }
        let i = order[a]
        if length(pattern.points[i].position - p) < (radius + pattern.radii[i]) * 0.5 { return false }
      }
      return true
    }
  }

  @Test(arguments: [Evenness.even, .relaxed], [0, 2])
  func nothingIsTooNearAndNothingFits(evenness: Evenness, field: Int) throws {
    let mesh = sheet(36, 30, 9, 8)
    let density = PositionDensity { [base = testFields[field].field] p in base.value(p - SIMD3(18, 0, 0)) * 0.6 }
    let pattern = try samplePoissonDisc(on: mesh, density: density, seed: 3, options: .init(evenness: evenness))
    #expect(violations(pattern) == 0)
    let wanted = integral(of: density, over: mesh, parts: 12)
    // A small sheet has few dots, and one dot more or less is already a third of a per cent
    #expect(abs(Double(pattern.count) - wanted) <= 0.01 * wanted + 1)
    let share = pattern.radii[0] / (115.470_055 / density.value(pattern.points[0].position)).squareRoot()
    #expect(share > 0.7)
    // Fragments of the gap search are a fiftieth of the spacing, the net of this test about a sixth
    let open = try openPlaces(pattern, on: mesh, density: density, share: share, slack: 1.03)
    #expect(open == 0)
  }

  @Test(arguments: [Evenness.natural, .even, .relaxed])
  func noPairIsTooNearForAHundredSeeds(evenness: Evenness) throws {
    let sampler = try PoissonDiscSampler(on: sheet(12, 9, 4, 3))
    let density = PositionDensity { p in 10 + 80 * clamp(p.x / 12, 0, 1) }
    for seed in 1...100 as ClosedRange<UInt64> {
      let pattern = try sampler.sample(
        density: density, seed: seed, options: .init(evenness: evenness, threads: 1))
      #expect(violations(pattern) == 0, "seed \(seed)")
      // Filling the last gap of so small a sheet may take a dot or two more
      #expect(abs(pattern.count - 54) <= 2, "seed \(seed)")
    }
  }

  @Test func relaxedIsBlueNoiseOnAnOpenSheet() throws {
    let mesh = sheet(80, 80, 16, 16)
    let density = UniformDensity(perSquareCentimetre: 40)
    let sampler = try PoissonDiscSampler(on: mesh)
    var numberVariance: Float = 0
    for seed in 1...3 as ClosedRange<UInt64> {
      let pattern = try sampler.sample(density: density, seed: seed, options: .init(evenness: .relaxed))
      let statistics = try PatternStatistics(of: pattern, on: mesh, density: density, detail: 30)
      // The best peer reaches 0.867 at 40 candidates a dot, holes of 1.1 and a number variance of 0.058 at 20
      #expect(statistics.rho > 0.867)
      #expect(statistics.largestHole < 0.99)
      #expect(statistics.minimumDistanceOverRadius >= 1)
      #expect(statistics.uncoveredShare < 1e-4)
      numberVariance += statistics.numberVariance / 3
    }
    // One sheet of this size says it within a tenth
    #expect(numberVariance < 0.058)
  }

  @Test(arguments: [Evenness.even, .relaxed])
  func anAskedCountIsMetExactly(evenness: Evenness) throws {
    for count in [1, 2, 7, 60] {
      let pattern = try samplePoissonDisc(
        on: openScalp(5), density: UniformDensity(perSquareCentimetre: 3), seed: 9,
        options: .init(evenness: evenness, count: count))
      #expect(pattern.count == count)
      #expect(pattern.sessionEnds.last == count)
      #expect(violations(pattern) == 0)
    }
  }

  @Test func threadsDoNotChangeThePoints() throws {
    // More dots than a tile of the neighbour lists holds
    let mesh = sheet(40, 30, 10, 8)
    let density = PositionDensity { p in p.x < 17 ? 20 : 100 }
    let patterns = try [1, 2, 7].map { threads in
      try samplePoissonDisc(
        on: mesh, density: density, seed: 2, options: .init(evenness: .even, count: 540, threads: threads))
    }
    #expect(patterns[0] == patterns[1])
    #expect(patterns[0] == patterns[2])
  }

  @Test func bothSidesOfAFlapAreFilledAlike() throws {
    let density = UniformDensity(perSquareCentimetre: 14)
    let mesh = joined(sheet(30, 30, 6, 6, height: 0.5), sheet(30, 30, 6, 6, height: -0.5, flipped: true))
    let pattern = try samplePoissonDisc(on: mesh, density: density, seed: 1, options: .init(evenness: .relaxed))
    let front = pattern.points.count { $0.position.z > 0 }
    #expect(abs(front * 2 - pattern.count) <= pattern.count / 25, "\(front) of \(pattern.count)")
    let statistics = try PatternStatistics(of: pattern, on: mesh, density: density, detail: 30)
    #expect(statistics.rho > 0.8)
    #expect(statistics.largestHole < 0.96)
  }

  @Test func dotsRelaxAroundFollicles() throws {
    let mesh = sheet(24, 24, 6, 6)
    let follicles = try samplePoissonDisc(
      on: mesh, density: UniformDensity(perSquareCentimetre: 15), seed: 1,
      options: .init(evenness: .even))
    let pattern = try samplePoissonDisc(
      on: mesh, density: UniformDensity(perSquareCentimetre: 25), seed: 2,
      options: .init(evenness: .relaxed, obstacles: follicles.obstacles))
    let together = DotPattern(
      points: follicles.points + pattern.points, normals: follicles.normals + pattern.normals,
      radii: follicles.radii + pattern.radii, sessionEnds: [])
    #expect(violations(together) == 0)
    #expect(pattern.count > 100)
  }

  @Test(arguments: [(Evenness.even, 0.79 as Float), (.relaxed, 0.837)])
  func prefixesAreSpread(evenness: Evenness, all: Float) throws {
    let mesh = sheet(40, 40, 8, 8)
    let density = UniformDensity(perSquareCentimetre: 30)
    let pattern = try samplePoissonDisc(on: mesh, density: density, seed: 4, options: .init(evenness: evenness))
    // Any third of the dots keeps 0.86 / √3 = 0.5 of its spacing; the one progressive peer reaches 0.614, 0.641
    for (end, least) in zip(pattern.sessionEnds, [0.614, 0.641, all]) {
      let nearest = nearestNeighbours(
        pattern.points.prefix(end).map(\.position), Array(pattern.normals.prefix(end)))
      let spacing = (2 * 1600 / (Float(3).squareRoot() * Float(end))).squareRoot()
      #expect((nearest.min() ?? 0) / spacing > least, "prefix \(end)")
    }
  }

  /// Beside skin a hundred times denser a wide piece sees more dots than can be listed at once.
  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func besideFarDenserSkinNothingIsTooNear(seed: UInt64) throws {
    let density = PositionDensity { p in p.x < 8 ? 500 : 5 }
    let pattern = try samplePoissonDisc(
      on: sheet(16, 8, 2, 1), density: density, seed: seed, options: .init(evenness: .even))
    #expect(violations(pattern) == 0)
    #expect(abs(pattern.count - 323) <= 3)
  }

  @Test func noCrowdingAlongAnOpenEdge() throws {
    let mesh = sheet(40, 40, 8, 8)
    let density = UniformDensity(perSquareCentimetre: 40)
    let pattern = try samplePoissonDisc(on: mesh, density: density, seed: 4, options: .init(evenness: .relaxed))
    // A strip of a quarter of a spacing along the edge would hold a fifth of the dots if they piled up there
    let spacing: Float = 1.7
    let strip = pattern.points.count { point in
      let p = point.position
      return min(min(p.x, 40 - p.x), min(p.y, 40 - p.y)) < spacing
    }
    let wanted = 40 * (16 - (4 - 0.34) * (4 - 0.34))
    #expect(abs(Double(strip) - wanted) < 0.12 * wanted, "\(strip) for \(wanted)")
  }
}

extension Array {
  /// First index whose element satisfies a test that is false before it and true from it on.
  fileprivate func partitioningIndex(where test: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if test(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
