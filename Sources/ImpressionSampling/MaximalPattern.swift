// The pattern of `even`: a maximal Poisson-disc set of darts along the curve, with an exact number of dots.
//
// A maximal set has the number of dots that it has. The distance is therefore set a little too wide, and the
// dots still missing go where there is most room, widest places first: the distance held is then that of the last of
// them, no wider place is left, and the set is maximal for the distance held.
//
// Based on: Cline, Jeschke, White, Razdan, Wonka. Dart throwing on surfaces. 2009 (fragments of triangles); Ebeida,
// Davidson, Patney, Knupp, Mitchell, Owens. Efficient maximal Poisson-disk sampling. 2011 (covered fragments dropped,
// open ones cut, one dart each). Differs in: fragments are visited along a space-filling curve and filled at once, so
// that darts pack as an advancing front does; and in the exact number.

import CLanes
import HeadGeometry

struct MaximalPattern<Density: SurfaceDensity> {
  let surface: PreparedSurface
  let demand: Demand
  let field: SpacingField<Density>
  let rule: RadiusRule
  let obstacles: ObstacleField?
  let seed: UInt64
  let count: Int
  /// Distance to begin with, over the hexagonal spacing; `nil`: what usually leaves one to four hundredths of the dots to add.
  let share: Float?
  /// Whether fewer dots than `count` will do where obstacles leave no room.
  let countIsFree: Bool

  /// Least room, over the distance, of places that are remembered for the dots still missing.
  private static var spareRoom: Float { 0.95 }
  /// Attempts with other distances.
  private static var attempts: Int { 8 }
  /// Reach of the choice of sessions over the spacing: past the second neighbours of a lattice.
  private static var sessionReach: Float { 1.8 }

  /// Places the dots; their radii are those that are held.
  func place() throws(SamplingError) -> DotPattern {
    let (dots, held) = try dots()
    return pattern(dots, held: held)
  }

  /// The dots along the curve, but for some that were added last, and the distance that they hold over the spacing.
  func dots() throws(SamplingError) -> (dots: MovingDots, held: Float) {
    var share = share ?? usualShare
    var crowded: (dots: MovingDots, share: Float)?
    var placed = 0
    for _ in 0..<MaximalPattern.attempts {
      var darts = FragmentDarts(
        on: surface, demand, limit: field.limit, rule: rule, obstacles: obstacles, seed: seed, share: share,
        least: share * MaximalPattern.spareRoom, count: count)
      try darts.fill { point throws(SamplingError) in try field.densities(at: [point])[0] }
      let ratio = Float(darts.dots.count) / Float(count)
      if ratio > 1 {
        crowded = (darts.dots, share)
        share *= max(1.006, ratio.squareRoot() * 1.004)
        continue
      }
      let held = addMissing(to: &darts, ratio)
      placed = darts.dots.count
      if placed == count || countIsFree && obstacles != nil { return (darts.dots, held) }
      share *= min(0.99, ratio.squareRoot())
    }
    guard let crowded else { throw .noRoom(asked: count, placed: placed) }
    // Hardly more dots than places: every distance leaves too many or too few
    var dots = crowded.dots
    dots.keep(count)
    return (dots, crowded.share)
  }

  /// Adds dots where there is most room until there are `count`. Returns the distance held.
  private func addMissing(to darts: inout FragmentDarts, _ ratio: Float) -> Float {
    let missing = count - darts.dots.count
    // A hundredth of the dots takes up a little more than a hundredth of the distance
    for room in [max(MaximalPattern.spareRoom, 0.996 - 1.25 * (1 - ratio)), MaximalPattern.spareRoom] {
      let open = darts.openPlaces(least: darts.share * room, threads: field.threads) { point in
        (try? field.densities(at: [point])[0]) ?? 0
      }
      if open.count < missing && room > MaximalPattern.spareRoom { continue }
      var filled = darts
      let held = filled.add(missing, to: open)
      if filled.dots.count < count && room > MaximalPattern.spareRoom { continue }
      darts = filled
      return held
    }
    return darts.share
  }

  /// The distance that fits the number of dots, and about 0.8 % more. Small pieces of surface pack dots more
  /// tightly, since darts fall closer to the discs beside; measured on heads, scalps and sheets of 2,000 to 100,000 dots
  /// within 0.7 %.
  private var usualShare: Float {
    var sum: Float = 0
    var number: Float = 0
    for p in stride(from: 0, to: demand.pieces.count, by: max(1, demand.pieces.count / 512)) {
      let t = surface.mesh.triangles[Int(demand.pieces[p].triangle)]
      let a = surface.mesh.positions[Int(t.x)]
      let b = surface.mesh.positions[Int(t.y)]
      let c = surface.mesh.positions[Int(t.z)]
      let longest = max(length(b - a), length(c - b), length(a - c)) * abs(demand.pieces[p].size)
      var fragment = longest / demand.spacings[p]
      while fragment > FragmentDarts.largestTarget { fragment *= 0.5 }
      sum += fragment
      number += 1
    }
    return 0.8415 - 0.05 * sum / max(number, 1)
  }

  private func pattern(_ dots: MovingDots, held: Float) -> DotPattern {
    let reach = MaximalPattern.sessionReach
    let lists = NeighbourLists(
      of: dots.places, normals: dots.normals, count: dots.count,
      in: PackedGrid(dots.places, reach: reach, low: demand.low, high: demand.high), reach: reach,
      threads: field.threads)
    let (order, ends) = SessionChoice(places: dots.places, lists: lists).sessions()
    return DotPattern(
      points: order.map { dots.point(Int($0)) }, normals: order.map { dots.normals[Int($0)] },
      radii: order.map { held * dots.places[Int($0)].w }, sessionEnds: ends)
  }
}

extension MovingDots {
  /// Drops dots, one every so often, until `count` are left.
  fileprivate mutating func keep(_ count: Int) {
    let kept = (0..<count).map { $0 * self.count / count }
    walkers = kept.map { walkers[$0] }
    places = kept.map { places[$0] }
    normals = kept.map { normals[$0] }
    give = kept.map { give[$0] }
  }
}
