import HeadGeometry

/// Patterns of `even` and `relaxed`: stratified darts, relaxed after each pass.
struct RelaxedPattern<Density: SurfaceDensity> {
  let darts: StratifiedDarts<Density>
  let relaxation: Relaxation
  let background: Background
  let rule: RadiusRule

  /// Moves the dots placed so far; spacing is `factor` times the final one.
  func relax(_ placed: inout PlacedDots, factor: Float, steps: Int) throws(SamplingError) {
    // Neighbours on the surface are to be neighbours in memory
    let order = radixSorted(
      keys: placed.groups, values: placed.groups.indices.map { UInt32($0) }, keyBits: 30
    ).order
    var dots = moving(placed, order, factor: factor)
    try relax(&dots, factor: factor, steps: steps)
    write(dots, order, to: &placed)
    try updateRadii(&placed, share: rule.share)
  }

  func relax(_ dots: inout MovingDots, factor: Float, steps: Int) throws(SamplingError) {
    var done = 0
    while done < steps {
      let pull = relaxation.pull(background, on: dots, factor: factor)
      let lists = relaxation.neighbours(dots, reach: relaxation.support + relaxation.skin)
      let block = min(steps - done, done == 0 ? 4 : 8)
      let before = dots
      for _ in 0..<block { relaxation.advance(&dots, lists, pull) }
      done += block
      try refresh(&dots, before: before, factor: factor)
    }
  }

  /// Relaxes all dots and makes the pattern a Poisson-disc set: no two too near, no gap that one would fit in.
  ///
  /// The share of the hexagonal spacing that is held starts at `share` and falls until the dots can be separated.
  /// Dots that stay in conflict are moved into the widest gaps, so that their number stays the same.
  ///
  /// - Parameter mayAdd: whether dots may be added to gaps that remain; otherwise their number is exact.
  func finish(
    _ placed: inout PlacedDots, share: Float, steps: Int, mayAdd: Bool
  ) throws(SamplingError) {
    let order = radixSorted(
      keys: placed.groups, values: placed.groups.indices.map { UInt32($0) }, keyBits: 30
    ).order
    var dots = moving(placed, order, factor: 1)
    try relax(&dots, factor: 1, steps: steps)
    let separation = Separation(relaxation: relaxation)
    let search = GapSearch(surface: darts.surface, demand: darts.demand, rule: rule, threads: darts.threads)

    var held = share
    var moves = 0
    while true {
      let before = dots
      var crowded = separation.separate(&dots, share: held, sweeps: 30, obstacles: darts.obstacles)
      try refresh(&dots, before: before, factor: 1)
      crowded = separation.conflicts(dots, share: held, obstacles: darts.obstacles)
      if debugging { print("share", held, "crowded", crowded.count) }
      if crowded.isEmpty {
        let gaps = widest(search.gaps(
          share: held, dots: relaxation.index(dots, reach: held), reach: held, obstacles: darts.obstacles))
        if debugging { print("  gaps", gaps.count, gaps.first?.clearance ?? 0) }
        if gaps.isEmpty || moves >= 8 {
          break
        }
        moves += 1
        // Fill the gaps with the dots that have least room
        fill(gaps, with: tightest(dots, gaps.count), &dots)
        try relax(&dots, factor: 1, steps: 4)
        continue
      }
      held *= 0.99
    }
    write(dots, order, to: &placed)
    try updateRadii(&placed, share: held)
  }

  /// Gaps that do not overlap, widest first.
  private func widest(_ gaps: [Gap]) -> [Gap] {
    let order = gaps.indices.sorted {
      gaps[$0].clearance == gaps[$1].clearance ? $0 < $1 : gaps[$0].clearance > gaps[$1].clearance
    }
    var kept: [Gap] = []
    for k in order {
      let gap = gaps[k]
      let density = max(darts.demand.greatestDensity, 0)
      let near = rule.hexagonalSpacing(density) * gap.clearance
      if kept.allSatisfy({ length($0.point.position - gap.point.position) >= near }) { kept.append(gap) }
      if kept.count >= 64 { break }
    }
    return kept
  }

  /// The dots with the nearest neighbours, measured in their spacing.
  private func tightest(_ dots: MovingDots, _ count: Int) -> [Int] {
    let lists = relaxation.neighbours(dots, reach: 1.3)
    var room = [Float](repeating: 0, count: dots.count)
    for i in 0..<dots.count {
      let tile = lists.tiles[i / NeighbourLists.tile]
      let first = i % NeighbourLists.tile
      let p = dots.places[i]
      for k in Int(tile.starts[first])..<Int(tile.starts[first + 1]) where Int(tile.list[k]) != i {
        let q = dots.places[Int(tile.list[k])]
        let d = SIMD3(p.x - q.x, p.y - q.y, p.z - q.z)
        let h = (p.w + q.w) * 0.5
        room[i] += max(0, 1.3 - length(d) / h)
      }
    }
    return Array(dots.walkers.indices.sorted { room[$0] == room[$1] ? $0 < $1 : room[$0] > room[$1] }.prefix(count))
  }

  private func fill(_ gaps: [Gap], with donors: [Int], _ dots: inout MovingDots) {
    for (gap, i) in zip(gaps, donors) {
      let at = gap.point
      dots.walkers[i] = Walker(triangle: at.triangle, v: at.v, w: at.w)
      dots.places[i] = SIMD4(at.position.x, at.position.y, at.position.z, dots.places[i].w)
      dots.normals[i] = gap.normal
    }
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
      let at = dots.walkers[k]
      let p = dots.places[k]
      placed.points[Int(i)] = SurfacePoint(position: SIMD3(p.x, p.y, p.z), triangle: at.triangle, v: at.v, w: at.w)
      placed.normals[Int(i)] = dots.normals[k]
    }
  }

  /// Reads the density where the dots are now; a dot that left the field goes back to where it was.
  private func refresh(_ dots: inout MovingDots, before: MovingDots, factor: Float) throws(SamplingError) {
    let points = dots.walkers.indices.map { i in
      let at = dots.walkers[i]
      let p = dots.places[i]
      return SurfacePoint(position: SIMD3(p.x, p.y, p.z), triangle: at.triangle, v: at.v, w: at.w)
    }
    let values = try evaluate(darts.density, at: points, threads: darts.threads)
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

  func updateRadii(_ placed: inout PlacedDots, share: Float) throws(SamplingError) {
    placed.densities = try evaluate(darts.density, at: placed.points, threads: darts.threads)
    placed.radii = placed.densities.map { share * rule.hexagonalSpacing($0) }
  }
}
nonisolated(unsafe) public var debugging = false
