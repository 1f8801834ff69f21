// Poisson-disc sampling of a triangle mesh under a density field.
//
// Goals, in order:
// 1. No two impressions of one sheet closer than the mean of their minimum distances (see `DotField`).
// 2. Same mesh, field, seed and options: the same points, bit for bit, for any number of threads.
// 3. The density is met: the asked count exactly, every zone within a few per cent.
// 4. Any prefix is itself well spread.
// 5. Fast: linear in the number of impressions, and idle where the density is zero.
//
// Distances are straight lines (chords). On a head, at spacings of a few millimetres, a chord is shorter than the
// way over the skin by less than 1 %; across the thickness of an ear it is not, and there the normals decide.

import Meshes

/// Places impressions on a mesh so that their density follows a field and none are too near each other.
///
/// Each impression's minimum distance is a share of the hexagonal spacing of the density where it stands; `DotPattern`
/// states the rule for pairs. Two limits keep it local: beside denser skin the spacing grows by at
/// most 0.5 mm per mm, and densities below 1/256 of the greatest count as that.
///
/// The result depends on the mesh, the field, the seed and the options, not on threads or time. Triangles without
/// area and second copies of a triangle are skipped. A density of zero everywhere gives an empty pattern.
///
/// - Parameters:
///   - mesh: the surface, mm. Open edges, several parts and inner sheets are fine.
///   - density: impressions per cm², finite and not negative. Places with density zero receive none.
///   - seed: different seeds give unrelated patterns of the same kind.
///   - options: evenness, exact count, obstacles and limits.
/// - Throws: `SamplingError`; its description says what was wrong, where, and what to change.
/// - Complexity: linear in the number of triangles and of impressions.
public func samplePoissonDisc(
  on mesh: TriangleMesh, density: some SurfaceDensity, seed: UInt64, options: PoissonDiscOptions = .init()
) throws(SamplingError) -> DotPattern {
  let sampler = try PoissonDiscSampler(on: mesh, withVertexPoints: uniformValue(of: density) == nil)
  return try sampler.sample(density: density, seed: seed, options: options)
}

/// A mesh prepared for several patterns: other densities, seeds or options.
///
/// Gives the same patterns as `samplePoissonDisc`; only the checks and measures of the mesh are done once.
public struct PoissonDiscSampler: Sendable {
  let surface: PreparedSurface

  /// Checks and measures a mesh.
  ///
  /// - Throws: `missingVertex` and `vertexNotFinite`.
  public init(on mesh: TriangleMesh) throws(SamplingError) {
    try self.init(on: mesh, withVertexPoints: true)
  }

  /// - Parameter withVertexPoints: without them only uniform densities can be sampled.
  fileprivate init(on mesh: TriangleMesh, withVertexPoints: Bool) throws(SamplingError) {
    surface = try PreparedSurface(mesh, withVertexPoints: withVertexPoints)
  }

  /// Area of the mesh, cm².
  public var area: Double { surface.areas.reduce(0) { $0 + Double($1) } * 0.01 }

  /// One pattern; see `samplePoissonDisc`.
  public func sample(
    density: some SurfaceDensity, seed: UInt64, options: PoissonDiscOptions = .init()
  ) throws(SamplingError) -> DotPattern {
    try options.check()
    var demand = try Demand(
      of: density, on: surface, count: options.count, maximum: options.maximumCount, threads: options.threads)
    let asked = demand.total
    // Without a count, `asked` is at most the maximum: `Demand` refuses more.
    let count = options.count ?? Int(asked.rounded())
    if count == 0 { return .empty }
    guard asked > 0 else { throw .noRoom(asked: count, placed: 0) }
    demand.scale(to: count)

    var rule = RadiusRule(
      share: options.dartShare, densityScale: Float(Double(count) / asked), floor: demand.greatestDensity / 256)
    let obstacles = try obstacleField(options.obstacles, rule: rule, greatest: demand.greatestDensity)
    let limit = SpacingLimit(of: demand, on: surface, rule: rule)
    if options.evenness != .natural {
      demand.measureSpacings(on: surface, limit: limit, rule: rule, threads: options.threads)
    }

    func darts(_ rule: RadiusRule) -> StratifiedDarts<some SurfaceDensity> {
      StratifiedDarts(
        surface: surface,
        field: SpacingField(
          density: density, surface: surface, limit: limit, rule: rule, threads: options.threads), demand: demand,
        count: count, rule: rule, obstacles: obstacles, seed: seed)
    }

    if options.evenness == .even {
      return try MaximalPattern(
        surface: surface, demand: demand,
        field: SpacingField(density: density, surface: surface, limit: limit, rule: rule, threads: options.threads),
        rule: rule, obstacles: obstacles, seed: seed, count: count, share: options.minimumDistanceShare,
        countIsFree: options.count == nil
      ).place()
    }
    if var plan = options.evenness.plan {
      plan.share = options.minimumDistanceShare ?? plan.share
      let adjacency = TriangleAdjacency(of: surface.mesh, joining: demand.triangles)
      let relaxation = Relaxation(
        surface: surface, twin: adjacency.twin, low: demand.low, high: demand.high, threads: options.threads)
      let background = Background(
        of: demand, on: surface, adjacency, rule: rule, support: relaxation.support)
      let pattern = try RelaxedPattern(
        darts: darts(rule), relaxation: relaxation, background: background, rule: rule, plan: plan,
        countIsFree: options.count == nil
      ).place()
      if let count = options.count, pattern.count != count { throw .noRoom(asked: count, placed: pattern.count) }
      return pattern
    }
    var most = DotPattern.empty
    for _ in 0..<12 {
      let pattern = DotPattern(try darts(rule).place())
      if pattern.count == count { return pattern }
      if pattern.count > most.count { most = pattern }
      // The minimum distance was too ambitious for this surface: hold a smaller one
      rule.share *= 0.93
    }
    // Obstacles leave no room for all that the density asks for
    if options.count == nil { return most }
    throw .noRoom(asked: count, placed: most.count)
  }

  private func obstacleField(
    _ obstacles: [Obstacle], rule: RadiusRule, greatest: Float
  ) throws(SamplingError) -> ObstacleField? {
    guard !obstacles.isEmpty else { return nil }
    var low = SIMD3<Float>(repeating: .infinity)
    var high = SIMD3<Float>(repeating: -.infinity)
    var largest: Float = 0
    for (i, obstacle) in obstacles.enumerated() {
      let p = obstacle.point.position
      guard p.x.isFinite && p.y.isFinite && p.z.isFinite else {
        throw .badOption(name: "position of obstacle \(i)", value: "\(p)", allowed: "finite millimetres")
      }
      guard obstacle.radius >= 0 && obstacle.radius < .infinity else {
        throw .badOption(name: "radius of obstacle \(i)", value: "\(obstacle.radius)", allowed: "0 mm or more")
      }
      guard Int(obstacle.point.triangle) < surface.mesh.triangles.count else {
        throw .badOption(
          name: "triangle of obstacle \(i)", value: "\(obstacle.point.triangle)",
          allowed: "0 to \(surface.mesh.triangles.count - 1)")
      }
      low.replace(with: p, where: p .< low)
      high.replace(with: p, where: p .> high)
      largest = max(largest, obstacle.radius)
    }
    let smallest = rule.radius(greatest)
    var field = DotField(low: low, high: high, smallest: smallest, largest: max(largest, smallest))
    for obstacle in obstacles {
      let p = obstacle.point
      field.insert(p.position, radius: obstacle.radius, normal: surface.normal(p.triangle, p.v, p.w))
    }
    let entries = obstacles.map { SIMD4($0.point.position, $0.radius) }
    return ObstacleField(field: field, entries: entries, greatest: largest)
  }
}

extension Evenness {
  /// How darts are relaxed; `nil` where they stay where they fell.
  var plan: RelaxationPlan? {
    switch self {
    case .natural, .even: nil
    case .relaxed: RelaxationPlan(steps: 14, share: 0.88)
    }
  }
}

extension PoissonDiscOptions {
  /// Minimum distance of the darts of `natural` over the hexagonal spacing: the default is chosen for a
  /// nearest-neighbour variation of 0.23.
  var dartShare: Float { minimumDistanceShare ?? 0.4 }

  func check() throws(SamplingError) {
    if let count, count < 0 { throw .badOption(name: "count", value: "\(count)", allowed: "0 or more") }
    if let threads, threads < 1 { throw .badOption(name: "threads", value: "\(threads)", allowed: "1 or more") }
    if let share = minimumDistanceShare, !(share > 0 && share <= 0.9) {
      throw .badOption(name: "minimumDistanceShare", value: "\(share)", allowed: "above 0, up to 0.9")
    }
  }
}

extension DotPattern {
  fileprivate init(_ placed: PlacedDots) {
    self.init(points: placed.points, normals: placed.normals, radii: placed.radii, sessionEnds: placed.passEnds)
  }
}
