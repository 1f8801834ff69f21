// Pushes apart dots that are nearer than their minimum distances allow, until none is.
//
// Only dots in conflict and their neighbours are looked at again, so the cost falls with the number of conflicts.
// Dots are taken one after another in the order of the curve, each seeing where the ones before it went.

import HeadGeometry

struct Separation<Density: SurfaceDensity> {
  let relaxation: Relaxation
  let field: SpacingField<Density>
  let rule: RadiusRule

  /// Moves dots until every pair keeps `share` of its mean spacing, or `sweeps` sweeps are over.
  ///
  /// - Parameter obstacles: never moved, and kept away from by the dots.
  /// - Returns: dots that are still in conflict, in order.
  func separate(
    _ dots: inout MovingDots, share: Float, sweeps: Int, obstacles: ObstacleField?
  ) throws(SamplingError) -> [Int32] {
    let skin: Float = 0.3
    let mesh = relaxation.surface.mesh
    var lists = relaxation.neighbours(dots, reach: share + skin)
    var searched = dots.places
    var furthest: Float = 0
    var active = (0..<Int32(dots.count)).map { $0 }
    var isListed = [Bool](repeating: false, count: dots.count)
    for _ in 0..<sweeps {
      if active.isEmpty { break }
      // Each of a pair may have come half the skin nearer
      if furthest > skin * 0.4 {
        lists = relaxation.neighbours(dots, reach: share + skin)
        searched = dots.places
        furthest = 0
      }
      var next: [Int32] = []
      var moved: [(dot: Int32, walker: Walker, place: SIMD4<Float>)] = []
      for i in active {
        let p = dots.places[Int(i)]
        var push = SIMD3<Float>.zero
        let tile = lists.tiles[Int(i) / NeighbourLists.tile]
        let first = Int(i) % NeighbourLists.tile
        let range = Int(tile.starts[first])..<Int(tile.starts[first + 1])
        for k in range where tile.list[k] != i {
          let other = dots.places[Int(tile.list[k])]
          let target = (p.w + other.w) * 0.5 * share
          let d = SIMD3(p.x - other.x, p.y - other.y, p.z - other.z)
          let squared = dot(d, d)
          if squared >= target * target { continue }
          let distance = squared.squareRoot()
          // A little further than asked, so that rounding cannot bring the pair back into conflict
          let lack = 1.004 * target - distance
          push += direction(d, distance, i, tile.list[k]) * (0.52 * lack)
        }
        if let obstacles {
          let here = SIMD3(p.x, p.y, p.z)
          obstacles.field.forEach(near: here, radius: min(p.w * share, obstacles.greatest)) { entry, label in
            if dot(obstacles.field.normals[Int(label)], dots.normals[Int(i)]) < 0 { return }
            let d = here - SIMD3(entry.x, entry.y, entry.z)
            let distance = length(d)
            let reach = ObstacleField.reach(p.w * share, entry.w)
            if distance < reach { push += direction(d, distance, i, -1 - label) * (1.004 * reach - distance) }
          }
        }
        let size = length(push)
        if size == 0 { continue }
        let longest = 0.1 * p.w
        if size > longest { push *= longest / size }
        let arrived = walk(
          from: dots.walkers[Int(i)], by: push, positions: mesh.positions.span, triangles: mesh.triangles.span,
          twin: relaxation.twin.span)
        moved.append((i, dots.walkers[Int(i)], p))
        dots.walkers[Int(i)] = arrived.end
        dots.places[Int(i)] = SIMD4(arrived.position.x, arrived.position.y, arrived.position.z, p.w)
        let from = searched[Int(i)]
        let way = SIMD3(from.x, from.y, from.z) - arrived.position
        furthest = max(furthest, length(way) / p.w)
        if !isListed[Int(i)] {
          isListed[Int(i)] = true
          next.append(i)
        }
        for k in range where !isListed[Int(tile.list[k])] {
          isListed[Int(tile.list[k])] = true
          next.append(tile.list[k])
        }
      }
      try settle(moved, &dots)
      active = next.sorted()
      for i in active { isListed[Int(i)] = false }
    }
    return conflicts(dots, share: share, obstacles: obstacles)
  }

  /// Reads the density where the moved dots are now; a dot that left the field goes back to where it was.
  private func settle(
    _ moved: [(dot: Int32, walker: Walker, place: SIMD4<Float>)], _ dots: inout MovingDots
  ) throws(SamplingError) {
    let points = moved.map { dots.point(Int($0.dot)) }
    let values = try field.densities(at: points)
    for (k, move) in moved.enumerated() {
      let i = Int(move.dot)
      if values[k] > 0 {
        dots.places[i].w = rule.hexagonalSpacing(values[k])
        dots.normals[i] = relaxation.surface.normal(points[k].triangle, points[k].v, points[k].w)
      } else {
        dots.walkers[i] = move.walker
        dots.places[i] = move.place
      }
    }
  }

  /// Dots nearer to another, or to an obstacle, than allowed, by a search of its own.
  func conflicts(_ dots: MovingDots, share: Float, obstacles: ObstacleField?) -> [Int32] {
    let field = relaxation.index(dots, reach: share)
    var result: [Int32] = []
    for i in 0..<dots.count {
      let p = dots.places[i]
      let here = SIMD3(p.x, p.y, p.z)
      var found = false
      field.forEach(near: here, radius: p.w * share) { _, j in
        if Int(j) != i && dot(dots.normals[Int(j)], dots.normals[i]) >= 0 { found = true }
      }
      if !found, let obstacles {
        found = obstacles.conflicts(here, radius: p.w * share, normal: dots.normals[i])
      }
      if found { result.append(Int32(i)) }
    }
    return result
  }

  /// The way from one dot to another; for two dots at the same place, opposite ways that depend on their numbers.
  private func direction(_ d: SIMD3<Float>, _ distance: Float, _ i: Int32, _ j: Int32) -> SIMD3<Float> {
    if distance > 0 { return d / distance }
    let random = CounterRandom(seed: UInt64(UInt32(bitPattern: min(i, j))), stream: 0x7469_65)
    let pair = random.uniformPair(UInt64(UInt32(bitPattern: max(i, j))))
    let way = SIMD3(pair.x - 0.5, pair.y - 0.5, random.uniform(1) - 0.5)
    return (i < j ? 1 : -1) * normalized(way)
  }
}
