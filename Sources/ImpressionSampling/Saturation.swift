// Makes relaxed dots a Poisson-disc set without gaps: dots are separated, then gaps are filled with the dots that have
// least room, and both again until there is neither a pair too near nor a gap.
//
// The number of dots stays the same, so the distance has to give: where many dots cannot be separated, that of all;
// where a few cannot, as on a sharp rim, only theirs.

import HeadGeometry

extension RelaxedPattern {
  /// Rounds of filling gaps that leave no fewer, before the rest is left or filled with new dots.
  private static var fruitlessRounds: Int { 4 }
  /// How often crowded dots are sent elsewhere.
  private static var relocations: Int { 4 }
  /// How often a few dots give way before all do.
  private static var localFailures: Int { 40 }

  /// How far the search for a set without conflicts and gaps has come.
  private struct State {
    /// Share of the hexagonal spacing that dots hold.
    var held: Float
    /// Searches that found dots too near each other since gaps were filled last.
    var failures = 0
    var relocations = 0
    var fruitless = 0
    /// Fewest open fragments so far.
    var fewest = Int.max
    /// Dots to separate.
    var active: [Bool]
    /// Dots around which gaps are to be searched again.
    var isChanged: [Bool]
    /// For each piece of the demand, the dot that is known to leave no gap; see `GapSearch`.
    var nearest: [Int32]
  }

  /// Separates the dots and fills the gaps.
  ///
  /// - Returns: the share of the hexagonal spacing that is held, but where `give` is less than 1.
  func saturate(_ dots: inout MovingDots, _ lists: inout NeighbourLists) throws(SamplingError) -> Float {
    let separation = Separation(relaxation: relaxation, field: darts.field, rule: rule)
    let all = [Bool](repeating: true, count: dots.count)
    var state = State(
      held: plan.share, active: all, isChanged: all,
      nearest: [Int32](repeating: -1, count: darts.demand.pieces.count))
    while true {
      try separation.separate(
        &dots, lists, active: state.active, moved: &state.isChanged, share: state.held, sweeps: 30,
        obstacles: darts.obstacles)
      var crowded = separation.conflicts(dots, among: lists, share: state.held, obstacles: darts.obstacles)
      let grid = crowded.isEmpty ? relaxation.index(dots, reach: state.held) : nil
      if let grid {
        // Some may have come near dots that were no neighbours of theirs
        crowded = separation.conflicts(dots, in: grid, share: state.held)
        if !crowded.isEmpty { lists = relaxation.neighbours(dots) }
      }
      guard let grid, crowded.isEmpty else {
        if try giveWay(crowded, &dots, &lists, &state) { continue }
        // What is left has no room: without an exact count it is taken away
        guard countIsFree else { throw .noRoom(asked: darts.count, placed: dots.count - crowded.count) }
        try addToGaps(&dots, &lists, share: state.held)
        return state.held
      }
      widen(&state.isChanged, lists)
      let open = try gaps(dots, lists, grid, share: state.held, &state.nearest, state.isChanged)
      if open.isEmpty { return state.held }
      state.fruitless = open.count < state.fewest ? 0 : state.fruitless + 1
      state.fewest = min(state.fewest, open.count)
      if state.fruitless > RelaxedPattern.fruitlessRounds {
        if countIsFree { try addToGaps(&dots, &lists, share: state.held) }
        return state.held
      }
      // All at once: gaps that are left wander
      let places = spread(open, share: state.held, limit: 100)
      (lists, state.isChanged) = try move(&dots, tightest(dots, lists, places.count), to: places, areWide: true, lists)
      state.active = state.isChanged
      state.failures = 0
    }
  }

  /// Makes room for dots that could not be separated.
  ///
  /// - Returns: whether there is anything left to try.
  private func giveWay(
    _ crowded: [Int32], _ dots: inout MovingDots, _ lists: inout NeighbourLists, _ state: inout State
  ) throws(SamplingError) -> Bool {
    state.failures += 1
    state.active = marked(crowded, of: dots.count)
    if state.failures == 1 { return true }

    let isFew = crowded.count * 200 < dots.count
    if isFew && state.failures % 6 == 0 && state.relocations < RelaxedPattern.relocations {
      // To places with most room, though less than a dot wants
      state.relocations += 1
      let surplus = apart(crowded, lists)
      var unknown = [Int32](repeating: -1, count: state.nearest.count)
      let all = [Bool](repeating: true, count: dots.count)
      let grid = relaxation.index(dots, reach: state.held)
      let roomy = try gaps(dots, lists, grid, share: state.held * 0.88, &unknown, all)
      let places = spread(roomy, share: state.held, limit: surplus.count)
      (lists, state.active) = try move(&dots, surplus, to: places, areWide: false, lists)
      for i in state.active.indices where state.active[i] { state.isChanged[i] = true }
      return true
    }
    if isFew && state.failures <= RelaxedPattern.localFailures {
      for i in crowded {
        dots.give[Int(i)] *= 0.99
        dots.places[Int(i)].w *= 0.99
        state.isChanged[Int(i)] = true
      }
      widen(&state.active, lists)
      return true
    }
    // A few dots that are shut in are not worth a smaller distance for all
    if countIsFree && isFew || state.held <= 0.3 * plan.share { return false }
    state.held *= state.held < 0.9 * plan.share ? 0.97 : 0.99
    state.active = [Bool](repeating: true, count: dots.count)
    state.isChanged = state.active
    return true
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

  /// For each dot, whether it is one of some.
  private func marked(_ some: [Int32], of count: Int) -> [Bool] {
    var isMarked = [Bool](repeating: false, count: count)
    for i in some { isMarked[Int(i)] = true }
    return isMarked
  }

  /// Moves dots to gaps, one each, and evens out the dots around where they were and, unless the gaps are as wide as
  /// dots want them, around where they are. Pushed again, a dot in a narrow fold would be squeezed out of it.
  private func move(
    _ dots: inout MovingDots, _ moved: [Int], to gaps: [Gap], areWide: Bool, _ lists: NeighbourLists
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
    let staying = Set(moved.filter { areWide && !lists.isFlat[$0] }.map { Int32($0) })
    return (try relax(&dots, movable.filter { !staying.contains($0) }, blocks: [3, 3], known: lists), isNear)
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
      surface: darts.surface, demand: darts.demand, rule: rule, threads: darts.field.threads)
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
}
