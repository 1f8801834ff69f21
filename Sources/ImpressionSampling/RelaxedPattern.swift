// The patterns of `even` and `relaxed`: stratified darts, relaxed after each pass, then separated and filled until they
// are Poisson-disc sets without gaps.
//
// `even` takes few steps of relaxation, just enough for a maximal pattern; `relaxed` takes more, and holds a greater
// minimum distance. Their number of dots is fixed by the demand, so the minimum distance floats: it is the greatest
// that the dots can be brought to hold, and never less than the widest gap, which is what makes the set maximal.

import HeadGeometry

/// How long to relax after each pass, and the minimum distance to try for first.
struct RelaxationPlan: Sendable {
  /// Steps after each of the three passes.
  var steps: [Int]
  /// Minimum distance over the hexagonal spacing.
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

  /// Rounds of moving crowded dots into gaps before the gaps are left or filled with new dots.
  private static var fillingRounds: Int { 8 }

  /// Places and relaxes the dots; `rule.share` is that of the darts, the radii are those that were held.
  func place() throws(SamplingError) -> PlacedDots {
    try darts.place { pass, placed throws(SamplingError) in
      guard !placed.points.isEmpty else { return }
      // Neighbours on the surface are to be neighbours in memory
      let order = radixSorted(
        keys: placed.groups, values: placed.groups.indices.map { UInt32($0) }, keyBits: 30
      ).order
      let factor = StratifiedDarts<Density>.passFactors[pass]
      var dots = moving(placed, order, factor: factor)
      try relax(&dots, factor: factor, steps: plan.steps[pass])
      if pass < 2 {
        write(dots, order, to: &placed)
        try updateRadii(&placed, share: rule.share)
      } else {
        let held = try finish(&dots)
        let ends = placed.passEnds
        SessionChoice(relaxation: relaxation).improve(
          &dots, session: order.map { Int($0) < ends[0] ? 0 : (Int($0) < ends[1] ? 1 : 2) })
        write(dots, order, to: &placed)
        try updateRadii(&placed, share: held)
        if countIsFree { try addToGaps(&placed, share: held) }
      }
    }
  }

  /// Moves the dots towards equal spacing; spacing is `factor` times the final one.
  private func relax(_ dots: inout MovingDots, factor: Float, steps: Int) throws(SamplingError) {
    let count = dots.count
    if let obstacles = darts.obstacles {
      dots.places += obstacles.places(share: plan.share)
      dots.normals += obstacles.field.normals
    }
    var done = 0
    while done < steps {
      let pull = relaxation.pull(background, on: dots, factor: factor)
      let lists = relaxation.neighbours(dots, reach: relaxation.support + relaxation.skin)
      // Dots settle, so neighbours change less and less
      let block = min(steps - done, done == 0 ? 5 : 13)
      let before = dots
      for _ in 0..<block { relaxation.advance(&dots, lists, pull) }
      done += block
      try refresh(&dots, before: before, factor: factor)
    }
    dots.places.removeLast(dots.places.count - count)
    dots.normals.removeLast(dots.normals.count - count)
  }

  /// Makes the pattern a Poisson-disc set: no two too near, no gap that another would fit in.
  ///
  /// The share of the hexagonal spacing that is held starts at the plan's and falls until the dots can be separated.
  /// Gaps are filled with the dots that have least room, so that their number stays the same.
  ///
  /// - Returns: the share that is held.
  private func finish(_ dots: inout MovingDots) throws(SamplingError) -> Float {
    let separation = Separation(relaxation: relaxation, field: darts.field, rule: rule)
    var held = plan.share
    var rounds = 0
    while true {
      let crowded = try separation.separate(&dots, share: held, sweeps: 30, obstacles: darts.obstacles)
      if !crowded.isEmpty {
        // A few dots that are shut in are not worth a smaller distance for all
        if countIsFree && held < 0.985 * plan.share && crowded.count * 200 < dots.count { return held }
        held *= held < 0.9 * plan.share ? 0.97 : 0.99
        if held > 0.3 * plan.share { continue }
        // Shut in between obstacles
        if countIsFree { return held }
        throw .noRoom(asked: darts.count, placed: dots.count - crowded.count)
      }
      let gaps = try gaps(in: relaxation.index(dots, reach: held), share: held)
      if gaps.isEmpty || rounds >= (countIsFree ? 2 : RelaxedPattern.fillingRounds) { return held }
      // So few are simply added
      if countIsFree && gaps.count * 500 < dots.count { return held }
      rounds += 1
      for (gap, i) in zip(gaps, tightest(dots, gaps.count)) {
        let at = gap.point
        dots.walkers[i] = Walker(triangle: at.triangle, v: at.v, w: at.w)
        dots.places[i] = SIMD4(at.position.x, at.position.y, at.position.z, gap.spacing)
        dots.normals[i] = gap.normal
      }
      try relax(&dots, factor: 1, steps: 4)
    }
  }

  /// Gaps that do not overlap, widest first, at most a hundred.
  private func gaps(in field: DotField, share: Float) throws(SamplingError) -> [Gap] {
    var kept: [Gap] = []
    for gap in try allGaps(in: field, share: share) {
      let isFree = kept.allSatisfy {
        length($0.point.position - gap.point.position) >= share * ($0.spacing + gap.spacing) * 0.5
      }
      if isFree { kept.append(gap) }
      if kept.count >= 100 { break }
    }
    return kept
  }

  /// Every gap, widest first, with the spacing of the density at the very place.
  private func allGaps(in field: DotField, share: Float) throws(SamplingError) -> [Gap] {
    let search = GapSearch(
      surface: darts.surface, demand: darts.demand, limit: darts.field.limit, rule: rule, threads: darts.field.threads)
    var gaps = search.gaps(share: share, dots: field, reach: share, obstacles: darts.obstacles)
    let values = try darts.field.densities(at: gaps.map(\.point))
    for i in gaps.indices { gaps[i].spacing = values[i] > 0 ? rule.hexagonalSpacing(values[i]) : .infinity }
    let order = gaps.indices.sorted {
      gaps[$0].clearance == gaps[$1].clearance ? $0 < $1 : gaps[$0].clearance > gaps[$1].clearance
    }
    return order.map { gaps[$0] }.filter { gap in
      gap.spacing < .infinity
        && !field.conflicts(gap.point.position, radius: share * gap.spacing, normal: gap.normal)
        && darts.obstacles?.conflicts(gap.point.position, radius: share * gap.spacing, normal: gap.normal)
          != true
    }
  }

  /// The dots with least room for themselves, measured in their spacing.
  private func tightest(_ dots: MovingDots, _ count: Int) -> [Int] {
    let lists = relaxation.neighbours(dots, reach: 1.3)
    var crowding = [Float](repeating: 0, count: dots.count)
    for i in 0..<dots.count {
      let tile = lists.tiles[i / NeighbourLists.tile]
      let first = i % NeighbourLists.tile
      let p = dots.places[i]
      for k in Int(tile.starts[first])..<Int(tile.starts[first + 1]) where Int(tile.list[k]) != i {
        let q = dots.places[Int(tile.list[k])]
        let d = SIMD3(p.x - q.x, p.y - q.y, p.z - q.z)
        crowding[i] += max(0, 1.3 - 2 * length(d) / (p.w + q.w))
      }
    }
    let order = crowding.indices.sorted { crowding[$0] == crowding[$1] ? $0 < $1 : crowding[$0] > crowding[$1] }
    return Array(order.prefix(count))
  }

  /// Takes away dots that still have no room, then adds dots to gaps until there is none: the pattern is maximal.
  private func addToGaps(_ placed: inout PlacedDots, share: Float) throws(SamplingError) {
    let demand = darts.demand
    var field = DotField(
      low: demand.low, high: demand.high, smallest: share * rule.hexagonalSpacing(demand.greatestDensity),
      largest: share * rule.hexagonalSpacing(demand.leastDensity))
    var kept: [Int] = []
    for i in placed.points.indices {
      let p = placed.points[i].position
      if field.conflicts(p, radius: placed.radii[i], normal: placed.normals[i]) { continue }
      if let obstacles = darts.obstacles,
        obstacles.conflicts(p, radius: placed.radii[i], normal: placed.normals[i])
      {
        continue
      }
      field.insert(p, radius: placed.radii[i], normal: placed.normals[i])
      kept.append(i)
    }
    if kept.count < placed.points.count { placed.keep(kept) }
    // The list holds a point of every open fragment, so one pass over it leaves none that is wider than a fragment
    for gap in try allGaps(in: field, share: share) {
      let radius = share * gap.spacing
      if field.conflicts(gap.point.position, radius: radius, normal: gap.normal) { continue }
      field.insert(gap.point.position, radius: radius, normal: gap.normal)
      placed.points.append(gap.point)
      placed.normals.append(gap.normal)
      placed.radii.append(radius)
      placed.densities.append(0)
      placed.groups.append(UInt32(placed.groups.count % max(1, (darts.count + 2) / 3)))
    }
    placed.passEnds[placed.passEnds.count - 1] = placed.points.count
  }

  private func moving(_ placed: PlacedDots, _ order: [UInt32], factor: Float) -> MovingDots {
    var dots = MovingDots()
    for i in order {
      let point = placed.points[Int(i)]
      dots.walkers.append(Walker(triangle: point.triangle, v: point.v, w: point.w))
      let p = point.position
      dots.places.append(SIMD4(p.x, p.y, p.z, rule.hexagonalSpacing(placed.densities[Int(i)]) * factor))
      dots.normals.append(placed.normals[Int(i)])
    }
    return dots
  }

  private func write(_ dots: MovingDots, _ order: [UInt32], to placed: inout PlacedDots) {
    for (k, i) in order.enumerated() {
      placed.points[Int(i)] = dots.point(k)
      placed.normals[Int(i)] = dots.normals[k]
    }
  }

  /// Reads the density where the dots are now; a dot that left the field goes back to where it was.
  private func refresh(_ dots: inout MovingDots, before: MovingDots, factor: Float) throws(SamplingError) {
    let moving = dots
    let values = try darts.field.densities(at: (0..<dots.count).map { moving.point($0) })
    for i in values.indices {
      if values[i] > 0 {
        dots.places[i].w = rule.hexagonalSpacing(values[i]) * factor
        let at = dots.walkers[i]
        dots.normals[i] = darts.surface.normal(at.triangle, at.v, at.w)
      } else {
        dots.walkers[i] = before.walkers[i]
        dots.places[i] = before.places[i]
      }
    }
  }

  private func updateRadii(_ placed: inout PlacedDots, share: Float) throws(SamplingError) {
    placed.densities = try darts.field.densities(at: placed.points)
    placed.radii = placed.densities.map { share * rule.hexagonalSpacing($0) }
  }
}
