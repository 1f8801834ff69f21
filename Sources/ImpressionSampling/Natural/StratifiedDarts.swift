// Darts in strata: the pattern of `natural`, and the start of the others.
//
// Based on: Cook. Stochastic sampling in computer graphics. 1986 (darts with a minimum distance); strata along a
// space-filling curve instead of a square lattice, because a head has none. Sequences of shrinking minimum distance
// make it progressive (McCool, Fiume. Hierarchical Poisson disk sampling distributions. 1992).
//
// The running sum of the demand is cut into groups of three impressions. Three passes place one impression in each
// group: the first with √3 times the final minimum distance, the second with √(3/2), the third with the final
// one. So a third of the impressions is a pattern of its own, at a third of the density, and so are two thirds.
// Inside a pass the dots are listed in the bit-reversed order of their place along the curve, so that shorter
// prefixes are spread too.

import Arithmetic
import CLanes
import Meshes

/// Dots placed so far, as flat arrays.
struct PlacedDots: Sendable {
  var points: [SurfacePoint] = []
  var normals: [SIMD3<Float>] = []
  /// Minimum distance, mm.
  var radii: [Float] = []
  /// Group along the curve.
  var groups: [UInt32] = []
  /// Number of dots after each pass.
  var passEnds: [Int] = []
}

/// The minimum distance that goes with a density, mm.
struct RadiusRule: Sendable {
  /// Minimum distance as a share of the hexagonal spacing.
  var share: Float
  /// Impressions placed per impression that the field asks for.
  var densityScale: Float
  /// Density that stands for all smaller ones, per cm²: a place that wants almost nothing must not forbid
  /// impressions a hand's breadth away.
  var floor: Float

  /// Spacing of the hexagonal lattice of a density, mm: √(2 / (√3 density)).
  @inline(__always)
  func hexagonalSpacing(_ density: Float) -> Float {
    // 100 mm² per cm² times 2/√3
    (115.470_055 / (max(density, floor) * densityScale)).squareRoot()
  }

  /// The density that has a spacing.
  @inline(__always)
  func density(spacing: Float) -> Float { 115.470_055 / (spacing * spacing * densityScale) }

  @inline(__always)
  func radius(_ density: Float) -> Float { share * hexagonalSpacing(density) }
}

struct StratifiedDarts<Density: SurfaceDensity> {
  let surface: PreparedSurface
  let field: SpacingField<Density>
  let demand: Demand
  let count: Int
  let rule: RadiusRule
  let obstacles: ObstacleField?
  let seed: UInt64

  /// Candidates per group and round; a group that is still empty after the last round is widened.
  private static var rounds: [Int] { [1, 1, 2, 4, 8, 16] }
  /// Minimum distance of each pass over the final one.
  private static var passFactors: [Float] { [Float(3).squareRoot(), Float(1.5).squareRoot(), 1] }

  /// Places `count` dots, or as many as fit.
  func place() throws(SamplingError) -> PlacedDots {
    var placed = PlacedDots()
    let firstPieces = demand.firstPieces(count: count)
    for pass in 0..<3 {
      try place(pass: pass, firstPieces: firstPieces, into: &placed)
      placed.passEnds.append(placed.points.count)
    }
    return inProgressiveOrder(placed, groups: (count + 2) / 3)
  }

  /// Places one dot in every group.
  private func place(pass: Int, firstPieces: [UInt32], into placed: inout PlacedDots) throws(SamplingError) {
    let factor = StratifiedDarts.passFactors[pass]
    var field = DotField(
      low: demand.low, high: demand.high, smallest: rule.radius(demand.greatestDensity) * factor,
      largest: rule.radius(demand.leastDensity) * factor)
    for i in placed.points.indices {
      field.insert(placed.points[i].position, radius: placed.radii[i] * factor, normal: placed.normals[i])
    }
    var pending = (0..<UInt32((count + 2) / 3)).filter { Int($0) * 3 + pass < count }
    var round = 0
    var attempts = 0
    var give: Float = 1
    var window = 0.0
    let lastRound = StratifiedDarts.rounds.count - 1
    while !pending.isEmpty && round < 30 {
      let tries = StratifiedDarts.rounds[min(round, lastRound)]
      pending = try throwDarts(
        pending, pass: pass, tries: tries, firstAttempt: attempts, window: window, factor: factor, give: give,
        firstPieces: firstPieces, field: &field, placed: &placed)
      attempts += tries
      round += 1
      if round < lastRound { continue }
      // Between sessions the distance may give, only the final one is a promise; then the group may
      if give * factor > 1.001 {
        give = max(give * 0.9, 1 / factor)
      } else {
        if window > Double(count) { break }
        window = window * 2 + 1
      }
    }
  }

  /// The dots of each pass in the bit-reversed order of their groups; they were placed along the curve, where
  /// neighbours in time are neighbours in memory.
  private func inProgressiveOrder(_ placed: PlacedDots, groups: Int) -> PlacedDots {
    let rank = bitReversedRanks(groups)
    var order: [UInt32] = []
    order.reserveCapacity(placed.points.count)
    var start = 0
    for end in placed.passEnds {
      var keys: [UInt32] = []
      for i in start..<end { keys.append(rank[Int(placed.groups[i])]) }
      order += radixSorted(keys: keys, values: (start..<end).map { UInt32($0) }, keyBits: 30).order
      start = end
    }
    var sorted = placed
    for (k, i) in order.enumerated() {
      sorted.points[k] = placed.points[Int(i)]
      sorted.normals[k] = placed.normals[Int(i)]
      sorted.radii[k] = placed.radii[Int(i)]
      sorted.groups[k] = placed.groups[Int(i)]
    }
    return sorted
  }

  /// Tries `tries` candidates for each pending group, in order, and returns the groups that are still empty.
  private func throwDarts(
    _ pending: [UInt32], pass: Int, tries: Int, firstAttempt: Int, window: Double, factor: Float, give: Float,
    firstPieces: [UInt32], field: inout DotField, placed: inout PlacedDots
  ) throws(SamplingError) -> [UInt32] {
    let random = CounterRandom(seed: seed, stream: RandomStream.stratifiedDarts &+ UInt64(pass))
    var candidates: [SurfacePoint] = []
    candidates.reserveCapacity(pending.count * tries)
    let pieces = demand.pieces.span
    let cumulative = demand.cumulative.span
    let first = firstPieces.span
    let total = Double(count)
    for g in pending {
      let low = max(0, Double(g) * 3 - window)
      let width = min(total, Double(g) * 3 + 3 + window) - low
      for k in 0..<tries {
        let bits = random.bits(UInt64(g) << 12 | UInt64(firstAttempt + k))
        let t = low + width * (Double(bits >> 42) * 0x1p-22)
        // `t` runs from 0 to `count`, and may be rounded up to it.
        var p = Int(first[min(Int(t), count - 1)])
        while p + 1 < pieces.count && cumulative[p + 1] <= t { p += 1 }
        candidates.append(point(in: p, bits))
      }
    }
    let values = try self.field.densities(at: candidates)
    var empty: [UInt32] = []
    var c = 0
    for g in pending {
      var found = false
      for k in 0..<tries where values[c + k] > 0 {
        let candidate = candidates[c + k]
        let radius = rule.radius(values[c + k])
        let normal = surface.normal(candidate.triangle, candidate.v, candidate.w)
        if let obstacles, obstacles.conflicts(candidate.position, radius: radius, normal: normal) { continue }
        let inflated = radius * factor
        if field.conflicts(candidate.position, radius: inflated, normal: normal, give: give) { continue }
        field.insert(candidate.position, radius: inflated, normal: normal)
        placed.points.append(candidate)
        placed.normals.append(normal)
        placed.radii.append(radius)
        placed.groups.append(g)
        found = true
        break
      }
      if !found { empty.append(g) }
      c += tries
    }
    return empty
  }
}

/// Follicles and earlier impressions, ready to be asked.
struct ObstacleField: Sendable {
  let field: DotField
  /// Position and minimum distance of each.
  let entries: [SIMD4<Float>]
  /// Greatest minimum distance among them, mm.
  let greatest: Float

  /// Distance that a dot of minimum distance `radius` keeps from an obstacle of minimum distance `own`. A sparse dot
  /// may come as near as the obstacle's own distance: a follicle takes its own room, not that of the widest dot.
  @inline(__always)
  static func reach(_ radius: Float, _ own: Float) -> Float { (min(radius, own) + own) * 0.5 }

  /// Whether a dot of minimum distance `radius` would be too near an obstacle of its sheet.
  func conflicts(_ p: SIMD3<Float>, radius: Float, normal: SIMD3<Float>) -> Bool {
    let normals = field.normals.span
    return field.contains(near: p, radius: min(radius, greatest)) { entry, label in
      let d = SIMD3(entry.x, entry.y, entry.z) - p
      let reach = ObstacleField.reach(radius, entry.w)
      return dot(d, d) < reach * reach && dot(normals[Int(label)], normal) >= 0
    }
  }

  /// Each as a dot that holds its minimum distance at `share` of its spacing.
  func places(share: Float) -> [SIMD4<Float>] {
    entries.map { SIMD4($0.x, $0.y, $0.z, max($0.w / share, 1e-3)) }
  }
}

/// The bits of each number below `count` read backwards: sorted by it, any prefix is spread over the range.
func bitReversedRanks(_ count: Int) -> [UInt32] {
  let bits = bits(for: count)
  return (0..<UInt32(count)).map { lane_reverse1($0) >> UInt32(32 - bits) }
}

/// The numbers below `count` in the order of their bits read backwards.
func bitReversedOrder(_ count: Int) -> [Int] {
  let bits = bits(for: count)
  var order: [Int] = []
  order.reserveCapacity(count)
  for rank in 0..<UInt32(1) << UInt32(bits) {
    let i = Int(lane_reverse1(rank) >> UInt32(32 - bits))
    if i < count { order.append(i) }
  }
  return order
}

/// How many bits the numbers below `count` need.
private func bits(for count: Int) -> Int { count < 2 ? 0 : Int.bitWidth - (count - 1).leadingZeroBitCount }
