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

import Arithmetic
import CLanes
import Meshes

struct MaximalPattern<Density: SurfaceDensity> {
  let surface: PreparedSurface
  let demand: Demand
  let field: SpacingField<Density>
  let rule: RadiusRule
  let obstacles: ObstacleField?
  let seed: UInt64
  let count: Int
  /// Distance to begin with, over the hexagonal spacing; `nil`: what usually leaves a few hundredths of the dots to add.
  let share: Float?
  /// Whether fewer dots than `count` will do where obstacles leave no room.
  let countIsFree: Bool

  /// Least room, over the distance, of places that are remembered for the dots still missing; where these are not enough,
  /// all of the surface is searched.
  private static var spareRoom: Float { 0.975 }
  /// Least room of places for missing dots: where these are not enough either, the distance was far too wide.
  private static var leastRoom: Float { 0.88 }
  /// Attempts with other distances.
  private static var attempts: Int { 8 }

  /// Places the dots; their radii are those that are held.
  func place() throws(SamplingError) -> DotPattern {
    let (darts, held) = try darts()
    return pattern(darts, held: held)
  }

  /// The dots along the curve, but for some that were added last, and the distance that they hold over the spacing.
  private func darts() throws(SamplingError) -> (darts: FragmentDarts, held: Float) {
    var share = share ?? usualShare
    var crowded: FragmentDarts?
    var placed = 0
    for _ in 0..<MaximalPattern.attempts {
      var darts = FragmentDarts(
        on: surface, demand, limit: field.limit, rule: rule, obstacles: obstacles, seed: seed, share: share,
        least: share * MaximalPattern.spareRoom, count: count)
      try darts.fill { point throws(SamplingError) in try field.densities(at: [point])[0] }
      let ratio = Float(darts.dots.count) / Float(count)
      if ratio > 1 {
        crowded = darts
        share *= max(1.006, ratio.squareRoot() * 1.004)
        continue
      }
      let held = addMissing(to: &darts, ratio)
      placed = darts.dots.count
      if placed == count || countIsFree && obstacles != nil { return (darts, held) }
      share *= min(0.99, ratio.squareRoot())
    }
    guard var crowded else { throw .noRoom(asked: count, placed: placed) }
    // Hardly more dots than places: every distance leaves too many or too few
    crowded.keep(count)
    return (crowded, crowded.share)
  }

  /// Adds dots where there is most room until there are `count`. Returns the distance held.
  private func addMissing(to darts: inout FragmentDarts, _ ratio: Float) -> Float {
    var held = darts.share
    // A hundredth of the dots takes up a little more than a hundredth of the distance
    var room = 0.996 - 1.25 * (1 - ratio)
    while darts.dots.count < count && room > MaximalPattern.leastRoom {
      let open = darts.openPlaces(least: darts.share * room, threads: field.threads) { point in
        (try? field.densities(at: [point])[0]) ?? 0
      }
      held = min(held, darts.add(count - darts.dots.count, to: open))
      room -= 0.03
    }
    return held
  }

  /// A distance that usually leaves a few hundredths of the dots to add. Small pieces of surface pack dots more tightly,
  /// since darts fall closer to the discs beside. The rest of what decides the packing is not known: on heads, scalps
  /// and sheets of 1,000 to 200,000 dots the distance that fits lies 0.2 to 2 % below this one, and above it in one case
  /// of seven.
  private var usualShare: Float { 0.8325 - 0.012 * meanPieceSize }

  /// Root of a piece's area over the spacing: a mean of those at even steps of the demand.
  private var meanPieceSize: Float {
    let steps = 512
    var sum: Float = 0
    var p = 0
    for k in 0..<steps {
      let at = (Double(k) + 0.5) / Double(steps) * demand.total
      var end = demand.pieces.count
      while p + 1 < end {
        let middle = (p + end) / 2
        if demand.cumulative[middle] <= at { p = middle } else { end = middle }
      }
      let piece = demand.pieces[p]
      let t = surface.mesh.triangles[Int(piece.triangle)]
      let a = surface.mesh.positions[Int(t.x)]
      let area = length(cross(surface.mesh.positions[Int(t.y)] - a, surface.mesh.positions[Int(t.z)] - a))
      sum += area.squareRoot() * abs(piece.size) / demand.spacings[p]
    }
    return sum / Float(steps)
  }

  private func pattern(_ darts: FragmentDarts, held: Float) -> DotPattern {
    let dots = darts.dots
    let (order, ends) = SessionChoice(
      places: dots.places, normals: dots.normals, in: darts.field, share: darts.share, threads: field.threads
    ).sessions()
    return DotPattern(
      points: order.map { dots.point(Int($0)) }, normals: order.map { dots.normals[Int($0)] },
      radii: order.map { held * dots.places[Int($0)].w }, sessionEnds: ends)
  }
}
