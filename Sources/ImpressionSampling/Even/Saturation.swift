// Makes relaxed dots a Poisson-disc set without gaps: dots are separated; those that find no room are sent to gaps, which
// dots from crowded places fill as well; and all again until there is neither a pair too near nor a gap.
//
// In folds narrower than the spacing no push helps: what leaves one side comes too near to the other. There dots stay
// where they were put, and only even skin is relaxed. Where even that fails the distance has to give, since the number
// of dots stays the same: where many dots are in conflict, that of all; where a few are, only theirs.

import Arithmetic
import CLanes
import Meshes

extension RelaxedPattern {
  /// Rounds of filling gaps that leave no fewer, before the rest is left or filled with new dots.
  private static var fruitlessRounds: Int { 4 }
  /// How often dots without room are sent elsewhere.
  private static var relocations: Int { 4 }
  /// How often a few dots give way before all do.
  private static var localFailures: Int { 40 }
  /// Most dots that may be sent elsewhere at once, over the number of dots.
  private static var mostSentElsewhere: Double { 0.025 }

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
    /// Dots that have moved since gaps were searched last.
    var isMoved: [Bool]
    /// These, and the neighbours that they had.
    var isChanged: [Bool]
    /// Dots that had no room and have no place yet.
    var away: [Int] = []
    /// What is known to cover each piece of the demand.
    var cover: [Cover]
  }

  /// Separates the dots and fills the gaps.
  ///
  /// - Returns: the share of the hexagonal spacing that is held, but where `give` is less than 1.
  func saturate(_ dots: inout MovingDots, _ lists: inout NeighbourLists) throws(SamplingError) -> Float {
    let separation = Separation(relaxation: relaxation, densities: densities, rule: rule, obstacles: obstacles)
    let all = [Bool](repeating: true, count: dots.count)
    var state = State(
      held: plan.share, active: all, isMoved: all, isChanged: all,
      cover: [Cover](repeating: .unknown, count: demand.pieces.count))
    while true {
      let suspects = try separation.separate(
        &dots, lists, active: state.active, moved: &state.isMoved, share: state.held, sweeps: 30)
      var crowded = separation.conflicts(dots, of: suspects, among: lists, share: state.held)
      if !crowded.isEmpty && state.failures > 0 {
        let sent = sendAway(crowded, separation, &dots, lists, &state)
        if !sent.isEmpty { crowded = [] }
      }
      var grid: PackedGrid?
      if crowded.isEmpty {
        // Some may have come near dots that were no neighbours of theirs
        markChanged(&state, lists)
        relaxation.update(&lists, dots)
        crowded = separation.conflicts(dots, of: state.isMoved, among: lists, share: state.held)
        grid = relaxation.neighbourIndex(dots)
      }
      guard let grid, crowded.isEmpty else {
        if try giveWay(crowded, &dots, &lists, &state) { continue }
        // What is left has no room: without an exact count it is taken away
        guard countIsFree else { throw .noRoom(asked: count, placed: dots.count - crowded.count) }
        try addToGaps(&dots, &lists, share: state.held)
        return state.held
      }
      let open = try gaps(
        dots, lists, grid, share: state.held, &state.cover, moved: state.isMoved, changed: state.isChanged)
      state.isMoved = [Bool](repeating: false, count: dots.count)
      state.isChanged = state.isMoved
      if open.isEmpty && state.away.isEmpty { return state.held }
      state.fruitless = open.count < state.fewest ? 0 : state.fruitless + 1
      state.fewest = min(state.fewest, open.count)
      if state.fruitless > RelaxedPattern.fruitlessRounds && state.away.isEmpty {
        if countIsFree { try addToGaps(&dots, &lists, share: state.held) }
        return state.held
      }
      // All at once: gaps that are left wander
      var places = spread(open, share: state.held, limit: max(100, state.away.count))
      let fitting = places.count
      if fitting < state.away.count {
        places += try roomiest(state.away.count - fitting, beside: places, dots, lists, grid, &state)
      }
      try move(&dots, &lists, to: places, fitting: fitting, &state)
      state.failures = 0
      if !state.away.isEmpty {
        // No place is better than where they were
        for i in state.away { bringBack(i, &dots, &state) }
        state.away = []
        state.relocations = RelaxedPattern.relocations
        relaxation.update(&lists, dots)
      }
    }
  }

  /// Takes away dots so that the others are in no conflict, the ones with most conflicts first.
  ///
  /// - Returns: those taken away; none if they would be too many, or this was done too often.
  private func sendAway(
    _ crowded: [Int32], _ separation: Separation, _ dots: inout MovingDots, _ lists: NeighbourLists,
    _ state: inout State
  ) -> [Int] {
    if state.relocations >= RelaxedPattern.relocations { return [] }
    let most = Int(Double(dots.count) * RelaxedPattern.mostSentElsewhere)
    if crowded.count > 4 * most { return [] }
    let conflicts = separation.partners(of: crowded, dots, among: lists, share: state.held)
    let order = crowded.indices.sorted {
      conflicts[$0].count == conflicts[$1].count ? $0 < $1 : conflicts[$0].count < conflicts[$1].count
    }
    var isKept = [Bool](repeating: false, count: dots.count)
    var sent: [Int] = []
    for k in order {
      let i = Int(crowded[k])
      if conflicts[k].isEmpty || conflicts[k].contains(where: { isKept[Int($0)] }) {
        sent.append(i)
      } else {
        isKept[i] = true
      }
    }
    if sent.count > most { return [] }
    state.relocations += 1
    for i in sent {
      state.isMoved[i] = true
      dots.takeAway(i)
    }
    state.away += sent
    return sent
  }

  /// Puts a dot that is away where it was before.
  private func bringBack(_ i: Int, _ dots: inout MovingDots, _ state: inout State) {
    let at = dots.walkers[i]
    dots.places[i] = SIMD4(surface.position(at.triangle, at.v, at.w), dots.places[i].w)
    state.active[i] = true
    state.isMoved[i] = true
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
    if isFew && state.failures <= RelaxedPattern.localFailures {
      for i in crowded {
        dots.give[Int(i)] *= 0.99
        dots.places[Int(i)].w *= 0.99
        state.isMoved[Int(i)] = true
      }
      widen(&state.active, lists)
      return true
    }
    // A few dots that are shut in are not worth a smaller distance for all
    if countIsFree && isFew || state.held <= 0.3 * plan.share { return false }
    state.held *= state.held < 0.9 * plan.share ? 0.97 : 0.99
    state.active = [Bool](repeating: true, count: dots.count)
    state.isMoved = state.active
    state.isChanged = state.active
    return true
  }

  /// For each dot, whether it is one of some.
  private func marked(_ some: [Int32], of count: Int) -> [Bool] {
    var isMarked = [Bool](repeating: false, count: count)
    for i in some { isMarked[Int(i)] = true }
    return isMarked
  }

  /// Moves dots to places, one each: first those that are away, then crowded ones. Dots are evened out around where
  /// crowded ones were, and where they are now, but not in folds: pushed again, a dot in a narrow fold would be squeezed
  /// out of it, and one pushed into it would leave a gap outside.
  ///
  /// - Parameter fitting: the number of places, from the first, that are as wide as dots want them.
  private func move(
    _ dots: inout MovingDots, _ lists: inout NeighbourLists, to places: [Gap], fitting: Int, _ state: inout State
  ) throws(SamplingError) {
    var moved = Array(state.away.prefix(places.count))
    state.away.removeFirst(moved.count)
    let taken = tightest(dots, lists, places.count - moved.count)
    var isNear = marked(taken.map { Int32($0) }, of: dots.count)
    moved += taken
    for i in moved { state.isMoved[i] = true }
    markChanged(&state, lists)
    widen(&isNear, lists)
    for (place, i) in zip(places, moved) {
      let at = place.point
      dots.walkers[i] = Walker(triangle: at.triangle, v: at.v, w: at.w)
      dots.places[i] = SIMD4(at.position.x, at.position.y, at.position.z, place.spacing)
      dots.normals[i] = place.normal
      dots.give[i] = 1
    }
    relaxation.update(&lists, dots)
    for i in moved { isNear[i] = true }
    widen(&isNear, lists)
    let isFolded = lists.isFlat.count(where: { $0 }) * 2 < dots.count || state.fruitless >= 2
    // What fits where it is stays there
    if isFolded {
      for i in moved.prefix(fitting) where !lists.isFlat[i] { isNear[i] = false }
    }
    let movable = isNear.indices.filter { isNear[$0] && (isFolded || lists.isFlat[$0]) }.map { Int32($0) }
    for i in movable { state.isMoved[Int(i)] = true }
    state.active = state.isMoved
    _ = try relax(&dots, movable, blocks: [3, 3], known: lists)
  }

  /// Places with most room, though less than a dot wants: beside the dots with most room for themselves on even skin.
  private func roomiest(
    _ wanted: Int, beside taken: [Gap], _ dots: MovingDots, _ lists: NeighbourLists, _ grid: PackedGrid,
    _ state: inout State
  ) throws(SamplingError) -> [Gap] {
    let crowding = crowding(dots, lists)
    let even = crowding.indices.filter {
      let p = dots.places[$0]
      return crowding[$0] > 0 && !background.isNearBorder(SIMD3(p.x, p.y, p.z), spacing: p.w)
    }
    let loosest = even.sorted { crowding[$0] == crowding[$1] ? $0 < $1 : crowding[$0] < crowding[$1] }
    let isLoose = marked(loosest.prefix(4 * wanted).map { Int32($0) }, of: dots.count)
    // Pieces beside other dots, or none, are not searched
    guard let other = isLoose.firstIndex(of: false) else { return [] }
    var cover = state.cover.map { $0.dot == nil ? .alone(other) : $0 }
    let open = try gaps(
      dots, lists, grid, share: state.held * 0.75, &cover, moved: isLoose, changed: isLoose, resolution: 0.1)
    let places = spread(taken + open, share: state.held, limit: taken.count + wanted)
    return Array(places.dropFirst(taken.count))
  }

  /// Marks the neighbours of dots that have moved, before these are searched anew.
  private func markChanged(_ state: inout State, _ lists: NeighbourLists) {
    for i in state.isMoved.indices where state.isMoved[i] {
      state.isChanged[i] = true
      for k in Int(lists.starts[i])..<Int(lists.starts[i + 1]) {
        // Things that stay are listed after the dots
        if Int(lists.list[k]) < state.isChanged.count { state.isChanged[Int(lists.list[k])] = true }
      }
    }
  }

  /// Adds the neighbours of marked dots.
  private func widen(_ isNear: inout [Bool], _ lists: NeighbourLists) {
    for i in isNear.indices.filter({ isNear[$0] }) {
      for k in Int(lists.starts[i])..<Int(lists.starts[i + 1]) { isNear[Int(lists.list[k])] = true }
    }
  }

  /// Places where a dot would fit, widest first; see `GapSearch.gaps`.
  private func gaps(
    _ dots: MovingDots, _ lists: NeighbourLists, _ grid: PackedGrid, share: Float, _ cover: inout [Cover],
    moved: [Bool], changed: [Bool], resolution: Float = 0.02
  ) throws(SamplingError) -> [Gap] {
    let search = GapSearch(
      surface: surface, demand: demand, rule: rule, threads: relaxation.threads, resolution: resolution)
    let found = search.gaps(
      share: share, dots: dots, lists: lists, grid: grid, obstacles: obstacles, cover: &cover,
      moved: moved, changed: changed)
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
    let values = try densities(gaps.map(\.point))
    for i in gaps.indices { gaps[i].spacing = values[i] > 0 ? rule.hexagonalSpacing(values[i]) : .infinity }
    gaps = gaps.filter { gap in
      if gap.spacing == .infinity { return false }
      let p = gap.point.position
      let isTaken = grid.contains(near: SIMD4(p.x, p.y, p.z, gap.spacing), reach: share) { j, _, _ in
        dot(dots.normals[Int(j)], gap.normal) >= 0
      }
      return !isTaken && obstacles?.conflicts(p, radius: share * gap.spacing, normal: gap.normal) != true
    }
    let order = gaps.indices.sorted {
      gaps[$0].clearance == gaps[$1].clearance ? $0 < $1 : gaps[$0].clearance > gaps[$1].clearance
    }
    return order.map { gaps[$0] }
  }

  /// The dots with least room for themselves.
  private func tightest(_ dots: MovingDots, _ lists: NeighbourLists, _ count: Int) -> [Int] {
    if count == 0 { return [] }
    let crowding = crowding(dots, lists)
    let order = crowding.indices.sorted { crowding[$0] == crowding[$1] ? $0 < $1 : crowding[$0] > crowding[$1] }
    return Array(order.prefix(count))
  }

  /// How near their neighbours are to dots on even skin, measured in their spacing; 0 for others.
  private func crowding(_ dots: MovingDots, _ lists: NeighbourLists) -> [Float] {
    let places = dots.places.span
    let starts = lists.starts.span
    let list = lists.list.span
    var crowding = [Float](repeating: 0, count: dots.count)
    for i in 0..<dots.count where lists.isFlat[i] {
      let p = places[i]
      var sum: Float = 0
      for k in Int(starts[i])..<Int(starts[i + 1]) where Int(list[k]) != i {
        let q = places[Int(list[k])]
        let d = SIMD3(p.x - q.x, p.y - q.y, p.z - q.z)
        sum += max(0, 1.3 - 2 * lane_sqrt1(dot(d, d)) / (p.w + q.w))
      }
      crowding[i] = sum
    }
    return crowding
  }

  /// Takes away dots that still have no room, then adds dots to gaps until there is none: the pattern is maximal.
  private func addToGaps(
    _ dots: inout MovingDots, _ lists: inout NeighbourLists, share: Float
  ) throws(SamplingError) {
    var field = DotField(
      low: demand.low, high: demand.high, smallest: share * rule.hexagonalSpacing(demand.greatestDensity),
      largest: share * rule.hexagonalSpacing(demand.leastDensity))

    func takes(_ p: SIMD3<Float>, _ spacing: Float, _ normal: SIMD3<Float>) -> Bool {
      if field.conflicts(p, radius: share * spacing, normal: normal) { return false }
      if obstacles?.conflicts(p, radius: share * spacing, normal: normal) == true { return false }
      field.insert(p, radius: share * spacing, normal: normal)
      return true
    }

    var kept = MovingDots()
    for i in 0..<dots.count {
      let point = dots.point(i)
      let spacing = dots.places[i].w
      if !(point.position.x < .infinity) { continue }
      if takes(point.position, spacing, dots.normals[i]) {
        kept.append(point, spacing: spacing, normal: dots.normals[i])
      }
    }
    dots = kept
    lists = relaxation.neighbours(dots)
    // The list holds a point of every open fragment, so one pass over it leaves none that is wider than a fragment
    var cover = [Cover](repeating: .unknown, count: demand.pieces.count)
    let all = [Bool](repeating: true, count: dots.count)
    let grid = relaxation.neighbourIndex(dots)
    for gap in try gaps(dots, lists, grid, share: share, &cover, moved: all, changed: all) {
      if takes(gap.point.position, gap.spacing, gap.normal) {
        dots.append(gap.point, spacing: gap.spacing, normal: gap.normal)
      }
    }
    lists = relaxation.neighbours(dots)
  }
}
