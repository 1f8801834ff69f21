// The patterns of `even` and `relaxed`: one dot per unit of the demand, relaxed towards equal spacing, separated, and
// moved about until no gap is left.
//
// Their number of dots is fixed by the demand, so the minimum distance floats: it is the greatest that the dots can be
// brought to hold, and never less than the widest gap, which is what makes the set maximal. `even` takes few steps of
// relaxation, `relaxed` takes more and holds a greater distance.

import Glibc
import HeadGeometry

struct RelaxationPlan: Sendable {
  /// Steps of relaxation.
  var steps: Int
  /// Minimum distance to try for first, over the hexagonal spacing.
  var share: Float
}

struct RelaxedPattern<Density: SurfaceDensity> {
  let darts: StratifiedDarts<Density>
  let relaxation: Relaxation
  let background: Background
  let rule: RadiusRule
  let plan: RelaxationPlan
  /// Whether dots may be added where gaps remain, or taken away where there is no room.
  let countIsFree: Bool

  /// Rounds of moving crowded dots that leave no fewer gaps, before the gaps are left or filled with new dots.
  private static var fillingRounds: Int { 4 }
  /// Steps before neighbours are searched again: in the first ones dots go furthest.
  private static var firstSteps: Int { 3 }

  /// Places and relaxes the dots; their radii are those that were held.
  func place() throws(SamplingError) -> DotPattern {
    var dots = try start()
    var lists = try relax(
      &dots, (0..<Int32(dots.count)).map { $0 },
      blocks: [RelaxedPattern.firstSteps, plan.steps - RelaxedPattern.firstSteps])
    let held = try finish(&dots, &lists)
    let (order, ends) = SessionChoice(places: dots.places, lists: lists).sessions()
    return DotPattern(
      points: order.map { dots.point(Int($0)) }, normals: order.map { dots.normals[Int($0)] },
      radii: order.map { held * dots.places[Int($0)].w }, sessionEnds: ends)
  }

  private func start() throws(SamplingError) -> MovingDots {
    let (points, densities) = try darts.onePerUnit()
    var dots = MovingDots()
    for (point, density) in zip(points, densities) {
      dots.append(
        point, spacing: rule.hexagonalSpacing(density),
        normal: darts.surface.normal(point.triangle, point.v, point.w))
    }
    return dots
  }

  /// Moves dots towards equal spacing; those that are not `movable` stay.
  ///
  /// - Parameters:
  ///   - blocks: numbers of steps between searches of neighbours.
  ///   - known: the neighbours of all, if they are known.
  /// - Returns: the neighbours of all.
  private func relax(
    _ dots: inout MovingDots, _ movable: [Int32], blocks: [Int], known: NeighbourLists? = nil
  ) throws(SamplingError) -> NeighbourLists {
    let count = dots.count
    if let obstacles = darts.obstacles {
      dots.places += obstacles.places(share: plan.share)
      dots.normals += obstacles.field.normals
    }
    var moves = [SIMD3<Float>](repeating: .zero, count: count)
    var lists = darts.obstacles == nil ? known ?? relaxation.neighbours(dots) : relaxation.neighbours(dots)
    for (k, steps) in blocks.enumerated() {
      if k > 0 { lists = relaxation.neighbours(dots) }
      let pull = relaxation.pull(background, on: movable, of: dots)
      let before = dots
      for _ in 0..<steps { relaxation.advance(movable, of: &dots, &moves, lists, pull) }
      try refresh(movable, of: &dots, before: before)
    }
    if darts.obstacles != nil {
      dots.places.removeLast(dots.places.count - count)
      dots.normals.removeLast(dots.normals.count - count)
      lists = relaxation.neighbours(dots)
    }
    return lists
  }

  /// Makes the pattern a Poisson-disc set: no two too near, no gap that another would fit in.
  ///
  /// Where many dots cannot be separated, the share of the hexagonal spacing that all hold falls; where a few cannot,
  /// as on a sharp rim, only theirs. Gaps are filled with the dots that have least room, so that their number stays
  /// the same.
  ///
  /// - Returns: the share that is held.
  private func finish(_ dots: inout MovingDots, _ lists: inout NeighbourLists) throws(SamplingError) -> Float {
    let separation = Separation(relaxation: relaxation, field: darts.field, rule: rule)
    var held = plan.share
    var failures = 0
    var relocations = 0
    var rounds = 0
    var fewest = Int.max
    let all = [Bool](repeating: true, count: dots.count)
    var active = all
    // Dots around which gaps are to be searched again
    var isChanged = all
    var nearest = [Int32](repeating: -1, count: darts.demand.pieces.count)
    while true {
      try separation.separate(
        &dots, lists, active: active, moved: &isChanged, share: held, sweeps: 30, obstacles: darts.obstacles)
      let grid = relaxation.index(dots, reach: held)
      let crowded = separation.conflicts(dots, in: grid, share: held, obstacles: darts.obstacles)
      if !crowded.isEmpty {
        failures += 1
        active = marked(crowded, of: dots.count)
        // Some may have come near dots that were no neighbours of theirs
        if failures % 3 == 1 { lists = relaxation.neighbours(dots) }
        if failures == 1 { continue }
        let isFew = crowded.count * 200 < dots.count
        if isFew && failures % 6 == 0 && relocations < RelaxedPattern.fillingRounds {
          // Places with most room, though less than a dot wants
          relocations += 1
          let surplus = apart(crowded, lists)
          var unknown = [Int32](repeating: -1, count: nearest.count)
          let roomy = try gaps(dots, lists, grid, share: held * 0.88, &unknown, all)
          (lists, active) = try move(&dots, surplus, to: spread(roomy, share: held, limit: surplus.count), lists)
          mark(&isChanged, active)
          continue
        }
        if isFew && failures <= 40 {
          for i in crowded {
            dots.give[Int(i)] *= 0.99
            dots.places[Int(i)].w *= 0.99
            isChanged[Int(i)] = true
          }
          widen(&active, lists)
          continue
        }
        if countIsFree && (isFew || held <= 0.3 * plan.share) {
          try addToGaps(&dots, &lists, share: held)
          return held
        }
        held *= held < 0.9 * plan.share ? 0.97 : 0.99
        active = all
        isChanged = all
        if held > 0.3 * plan.share || countIsFree { continue }
        // Shut in between obstacles
        throw .noRoom(asked: darts.count, placed: dots.count - crowded.count)
      }
      widen(&isChanged, lists)
      let open = try gaps(dots, lists, grid, share: held, &nearest, isChanged)
      if open.isEmpty { return held }
      let places = spread(open, share: held, limit: 100)
      if getenv("DBG") != nil { print("open", open.count, places.count, "held", held, "rounds", rounds) }
      rounds = open.count < fewest ? 0 : rounds + 1
      fewest = min(fewest, open.count)
      if rounds > RelaxedPattern.fillingRounds {
        if countIsFree { try addToGaps(&dots, &lists, share: held) }
        return held
      }
      failures = 0
      (lists, isChanged) = try move(&dots, tightest(dots, lists, places.count), to: places, lists)
      active = isChanged
    }
  }

  private func mark(_ isMarked: inout [Bool], _ more: [Bool]) {
    for i in more.indices where more[i] { isMarked[i] = true }
  }

  /// Those of the given dots that have no neighbour among the ones before them.
  private func apart(_ crowded: [Int32], _ lists: NeighbourLists) -> [Int] {
    var kept: [Int] = []
    var isKept = Set<Int32>()
    for i in crowded {
      let range = Int(lists.starts[Int(i)])..<Int(lists.starts[Int(i) + 1])
      if range.contains(where: { isKept.contains(lists.list[$0]) }) { continue }
      isKept.insert(i)
      kept.append(Int(i))
    }
    return kept
  }

  private func marked(_ some: [Int32], of count: Int) -> [Bool] {
    var isMarked = [Bool](repeating: false, count: count)
    for i in some { isMarked[Int(i)] = true }
    return isMarked
  }

  /// Moves dots to gaps, one each, and evens out the dots around where they were and where they are.
  private func move(
    _ dots: inout MovingDots, _ moved: [Int], to gaps: [Gap], _ lists: NeighbourLists
  ) throws(SamplingError) -> (NeighbourLists, isNear: [Bool]) {
    var isNear = marked(moved.map { Int32($0) }, of: dots.count)
    widen(&isNear, lists)
    for (gap, i) in zip(gaps, moved) {
      let at = gap.point
      dots.walkers[i] = Walker(triangle: at.triangle, v: at.v, w: at.w)
      dots.places[i] = SIMD4(at.position.x, at.position.y, at.position.z, gap.spacing)
      dots.normals[i] = gap.normal
      dots.give[i] = 1
    }
    let lists = relaxation.neighbours(dots)
    for i in moved { isNear[i] = true }
    widen(&isNear, lists)
    let movable = isNear.indices.filter { isNear[$0] }.map { Int32($0) }
    return (try relax(&dots, movable, blocks: [3, 3], known: lists), isNear)
  }

  /// Adds the neighbours of marked dots.
  private func widen(_ isNear: inout [Bool], _ lists: NeighbourLists) {
    for i in isNear.indices.filter({ isNear[$0] }) {
      for k in Int(lists.starts[i])..<Int(lists.starts[i + 1]) { isNear[Int(lists.list[k])] = true }
    }
  }

  /// Places where a dot would fit, widest first; see `GapSearch.gaps`.
  private func gaps(
    _ dots: MovingDots, _ lists: NeighbourLists, _ grid: PackedGrid, share: Float, _ nearest: inout [Int32],
    _ isChanged: [Bool]
  ) throws(SamplingError) -> [Gap] {
    let search = GapSearch(
      surface: darts.surface, demand: darts.demand, limit: darts.field.limit, rule: rule, threads: darts.field.threads)
    let found = search.gaps(
      share: share, dots: dots, lists: lists, grid: grid, obstacles: darts.obstacles, nearest: &nearest,
      changed: isChanged)
    return try confirmed(found, dots, grid, share: share)
  }

  /// Gaps that do not overlap, widest first, at most `limit`.
  private func spread(_ gaps: [Gap], share: Float, limit: Int) -> [Gap] {
    var kept: [Gap] = []
    for gap in gaps {
      if kept.count >= limit { break }
      let isFree = kept.allSatisfy {
        length($0.point.position - gap.point.position) >= share * ($0.spacing + gap.spacing) * 0.5
      }
      if isFree { kept.append(gap) }
    }
    return kept
  }

  /// Gaps that are still open with the density at the very place, widest first.
  private func confirmed(
    _ found: [Gap], _ dots: MovingDots, _ grid: PackedGrid, share: Float
  ) throws(SamplingError) -> [Gap] {
    var gaps = found
    let values = try darts.field.densities(at: gaps.map(\.point))
    for i in gaps.indices { gaps[i].spacing = values[i] > 0 ? rule.hexagonalSpacing(values[i]) : .infinity }
    gaps = gaps.filter { gap in
      if gap.spacing == .infinity { return false }
      let p = gap.point.position
      let isTaken = grid.contains(near: SIMD4(p.x, p.y, p.z, gap.spacing), reach: share) { j, _, _ in
        dot(dots.normals[Int(j)], gap.normal) >= 0
      }
      return !isTaken && darts.obstacles?.conflicts(p, radius: share * gap.spacing, normal: gap.normal) != true
    }
    let order = gaps.indices.sorted {
      gaps[$0].clearance == gaps[$1].clearance ? $0 < $1 : gaps[$0].clearance > gaps[$1].clearance
    }
    return order.map { gaps[$0] }
  }

  /// The dots with least room for themselves, measured in their spacing.
  private func tightest(_ dots: MovingDots, _ lists: NeighbourLists, _ count: Int) -> [Int] {
    var crowding = [Float](repeating: 0, count: dots.count)
    for i in 0..<dots.count {
      let p = dots.places[i]
      for k in Int(lists.starts[i])..<Int(lists.starts[i + 1]) where Int(lists.list[k]) != i {
        let q = dots.places[Int(lists.list[k])]
        let d = SIMD3(p.x - q.x, p.y - q.y, p.z - q.z)
        crowding[i] += max(0, 1.3 - 2 * length(d) / (p.w + q.w))
      }
    }
    let order = crowding.indices.sorted { crowding[$0] == crowding[$1] ? $0 < $1 : crowding[$0] > crowding[$1] }
    return Array(order.prefix(count))
  }

  /// Takes away dots that still have no room, then adds dots to gaps until there is none: the pattern is maximal.
  private func addToGaps(
    _ dots: inout MovingDots, _ lists: inout NeighbourLists, share: Float
  ) throws(SamplingError) {
    let demand = darts.demand
    var field = DotField(
      low: demand.low, high: demand.high, smallest: share * rule.hexagonalSpacing(demand.greatestDensity),
      largest: share * rule.hexagonalSpacing(demand.leastDensity))

    func takes(_ p: SIMD3<Float>, _ spacing: Float, _ normal: SIMD3<Float>) -> Bool {
      if field.conflicts(p, radius: share * spacing, normal: normal) { return false }
      if darts.obstacles?.conflicts(p, radius: share * spacing, normal: normal) == true { return false }
      field.insert(p, radius: share * spacing, normal: normal)
      return true
    }

    var kept = MovingDots()
    for i in 0..<dots.count {
      let point = dots.point(i)
      let spacing = dots.places[i].w
      if takes(point.position, spacing, dots.normals[i]) {
        kept.append(point, spacing: spacing, normal: dots.normals[i])
      }
    }
    dots = kept
    lists = relaxation.neighbours(dots)
    // The list holds a point of every open fragment, so one pass over it leaves none that is wider than a fragment
    var unknown = [Int32](repeating: -1, count: demand.pieces.count)
    let grid = relaxation.index(dots, reach: share)
    for gap in try gaps(dots, lists, grid, share: share, &unknown, [Bool](repeating: true, count: dots.count)) {
      if takes(gap.point.position, gap.spacing, gap.normal) {
        dots.append(gap.point, spacing: gap.spacing, normal: gap.normal)
      }
    }
    lists = relaxation.neighbours(dots)
  }

  /// Reads the density where dots are now; a dot that left the field goes back to where it was.
  private func refresh(_ moved: [Int32], of dots: inout MovingDots, before: MovingDots) throws(SamplingError) {
    let moving = dots
    let values = try darts.field.densities(at: moved.map { moving.point(Int($0)) })
    for (k, dot) in moved.enumerated() {
      let i = Int(dot)
      if values[k] > 0 {
        dots.places[i].w = rule.hexagonalSpacing(values[k]) * dots.give[i]
        let at = dots.walkers[i]
        dots.normals[i] = darts.surface.normal(at.triangle, at.v, at.w)
      } else {
        dots.walkers[i] = before.walkers[i]
        dots.places[i] = before.places[i]
      }
    }
  }
}
