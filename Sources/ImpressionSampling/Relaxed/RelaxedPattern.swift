// The pattern of `relaxed`: one dot per unit of the demand, relaxed towards equal spacing, separated, and
// moved about until no gap is left.
//
// Their number of dots is fixed by the demand, so the minimum distance floats: it is the greatest that the dots can be
// brought to hold, and never less than the widest gap, which is what makes the set maximal.

import Meshes

struct RelaxationPlan: Sendable {
  /// Steps of relaxation.
  var steps: Int
  /// Minimum distance to try for first, over the hexagonal spacing.
  var share: Float
}

struct RelaxedPattern {
  let surface: PreparedSurface
  let demand: Demand
  let obstacles: ObstacleField?
  /// Number of dots asked for.
  let count: Int
  let densities: SpacingDensities
  let relaxation: Relaxation
  let background: Background
  let rule: RadiusRule
  let plan: RelaxationPlan
  /// Whether dots may be added where gaps remain, or taken away where there is no room.
  let countIsFree: Bool
  /// The points where dots start, and their densities.
  private let start: () throws(SamplingError) -> (points: [SurfacePoint], densities: [Float])

  /// - Parameter darts: where dots start. Only here is the kind of density known: the rest is not generic.
  init(
    darts: StratifiedDarts<some SurfaceDensity>, relaxation: Relaxation, background: Background, rule: RadiusRule,
    plan: RelaxationPlan, countIsFree: Bool
  ) {
    surface = darts.surface
    demand = darts.demand
    obstacles = darts.obstacles
    count = darts.count
    let field = darts.field
    densities = { points throws(SamplingError) in try field.densities(at: points) }
    self.relaxation = relaxation
    self.background = background
    self.rule = rule
    self.plan = plan
    self.countIsFree = countIsFree
    start = { () throws(SamplingError) in try darts.onePerUnit() }
  }

  /// Steps before neighbours are searched again: in the first ones dots go furthest.
  private static var firstSteps: Int { 3 }
  /// Steps before dots on nearly flat skin are brought back to the surface.
  private static var stepsPerWalk: Int { 3 }

  /// Places and relaxes the dots; their radii are those that were held.
  func place() throws(SamplingError) -> DotPattern {
    var dots = try startingDots()
    _ = try relax(
      &dots, (0..<Int32(dots.count)).map { $0 },
      blocks: [RelaxedPattern.firstSteps, plan.steps - RelaxedPattern.firstSteps])
    var lists = relaxation.neighbours(dots)
    let held = try saturate(&dots, &lists)
    let (order, ends) = SessionChoice(places: dots.places, lists: lists).sessions()
    return DotPattern(
      points: order.map { dots.point(Int($0)) }, normals: order.map { dots.normals[Int($0)] },
      radii: order.map { held * dots.places[Int($0)].w }, sessionEnds: ends)
  }

  private func startingDots() throws(SamplingError) -> MovingDots {
    let (points, densities) = try start()
    var dots = MovingDots()
    for (point, density) in zip(points, densities) {
      dots.append(
        point, spacing: rule.hexagonalSpacing(density),
        normal: surface.normal(point.triangle, point.v, point.w))
    }
    return dots
  }

  /// Moves dots towards equal spacing; those that are not `movable` stay.
  ///
  /// - Parameters:
  ///   - blocks: numbers of steps between searches of neighbours.
  ///   - known: the neighbours of all, if they are known.
  /// - Returns: the neighbours of all.
  func relax(
    _ dots: inout MovingDots, _ movable: [Int32], blocks: [Int], known: NeighbourLists? = nil
  ) throws(SamplingError) -> NeighbourLists {
    let count = dots.count
    if let obstacles = obstacles {
      dots.places += obstacles.places(share: plan.share)
      dots.normals += obstacles.field.normals
    }
    var moves = [SIMD3<Float>](repeating: .zero, count: count)
    var lists = obstacles == nil ? known ?? relaxation.neighbours(dots) : relaxation.neighbours(dots)
    for (k, steps) in blocks.enumerated() {
      if k > 0 && known == nil { lists = relaxation.neighbours(dots) }
      let pull = relaxation.pull(background, on: movable, of: dots)
      let before = dots
      for first in stride(from: 0, to: steps, by: RelaxedPattern.stepsPerWalk) {
        relaxation.advance(
          movable, of: &dots, &moves, lists, pull, steps: min(steps - first, RelaxedPattern.stepsPerWalk))
      }
      try refresh(movable, of: &dots, before: before)
    }
    if obstacles != nil {
      dots.places.removeLast(dots.places.count - count)
      dots.normals.removeLast(dots.normals.count - count)
      lists = relaxation.neighbours(dots)
    }
    return lists
  }

  /// Reads the density where dots are now; a dot that left the field goes back to where it was.
  private func refresh(_ moved: [Int32], of dots: inout MovingDots, before: MovingDots) throws(SamplingError) {
    let moving = dots
    let values = try densities(moved.map { moving.point(Int($0)) })
    for (k, dot) in moved.enumerated() {
      let i = Int(dot)
      if values[k] > 0 {
        dots.places[i].w = rule.hexagonalSpacing(values[k]) * dots.give[i]
        let at = dots.walkers[i]
        dots.normals[i] = surface.normal(at.triangle, at.v, at.w)
      } else {
        dots.walkers[i] = before.walkers[i]
        dots.places[i] = before.places[i]
      }
    }
  }
}
