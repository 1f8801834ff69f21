// Pushes apart dots that are nearer than their minimum distances allow, until none is.
//
// Only dots in conflict and their neighbours are looked at again, so the cost falls with the number of conflicts. Dots
// are taken in fixed tiles along the curve: one after another inside a tile (Gauss-Seidel), all tiles at once from
// where the dots were before the sweep (Jacobi), so that threads do not change the result.

import CLanes
import HeadGeometry

struct Separation<Density: SurfaceDensity> {
  let relaxation: Relaxation
  let field: SpacingField<Density>
  let rule: RadiusRule

  /// Moves dots until every pair keeps `share` of its mean spacing, or `sweeps` sweeps are over.
  ///
  /// - Parameters:
  ///   - lists: neighbours of the dots within twice their spacing, also if they have moved a little since.
  ///   - active: the dots to begin with.
  ///   - isMoved: the dots that move are marked here.
  ///   - obstacles: never moved, and kept away from by the dots.
  func separate(
    _ dots: inout MovingDots, _ lists: NeighbourLists, active: [Bool], moved isMoved: inout [Bool],
    share: Float, sweeps: Int, obstacles: ObstacleField?
  ) throws(SamplingError) {
    let tile = NeighbourLists.tile
    let tiles = (dots.count + tile - 1) / tile
    var isActive = active
    for _ in 0..<sweeps {
      let parts = mapTiles(tiles, threads: relaxation.threads) { [dots, isActive] t in
        pushed(t * tile..<min(dots.count, (t + 1) * tile), isActive, dots, lists, share: share, obstacles: obstacles)
      }
      let moved = parts.flatMap { $0 }
      if moved.isEmpty { break }
      try settle(moved, &dots)
      for i in isActive.indices { isActive[i] = false }
      for m in moved {
        isActive[Int(m.dot)] = true
        isMoved[Int(m.dot)] = true
        for k in Int(lists.starts[Int(m.dot)])..<Int(lists.starts[Int(m.dot) + 1]) {
          isActive[Int(lists.list[k])] = true
        }
      }
    }
  }

  private struct Moved {
    var dot: Int32
    var walker: Walker
    var position: SIMD3<Float>
  }

  /// Where the dots of a tile are pushed to. Each sees where the ones before it in the tile went, and where all others
  /// were before the sweep.
  private func pushed(
    _ range: Range<Int>, _ isActive: [Bool], _ dots: MovingDots, _ lists: NeighbourLists, share: Float,
    obstacles: ObstacleField?
  ) -> [Moved] {
    let isActive = isActive.span
    guard range.contains(where: { isActive[$0] }) else { return [] }
    let mesh = relaxation.surface.mesh
    var moved: [Moved] = []
    var own = Array(dots.places[range])
    let places = dots.places.span
    let normals = dots.normals.span
    let starts = lists.starts.span
    let list = lists.list.span
    for i in range where isActive[i] {
      let p = own[i - range.lowerBound]
      var push = SIMD3<Float>.zero
      for k in Int(starts[i])..<Int(starts[i + 1]) {
        let j = Int(list[k])
        let other = range.contains(j) ? own[j - range.lowerBound] : places[j]
        let target = (p.w + other.w) * 0.5 * share
        let d = SIMD3(p.x - other.x, p.y - other.y, p.z - other.z)
        let squared = dot(d, d)
        if squared >= target * target || j == i || dot(normals[j], normals[i]) < 0 { continue }
        let distance = lane_sqrt1(squared)
        // A little further than asked, so that rounding cannot bring the pair back into conflict
        let lack = 1.004 * target - distance
        push += direction(d, distance, Int32(i), Int32(j)) * (0.52 * lack)
      }
      if let obstacles {
        let here = SIMD3(p.x, p.y, p.z)
        obstacles.field.forEach(near: here, radius: min(p.w * share, obstacles.greatest)) { entry, label in
          if dot(obstacles.field.normals[Int(label)], dots.normals[i]) < 0 { return }
          let d = here - SIMD3(entry.x, entry.y, entry.z)
          let distance = length(d)
          let reach = ObstacleField.reach(p.w * share, entry.w)
          if distance < reach { push += direction(d, distance, Int32(i), -1 - label) * (1.004 * reach - distance) }
        }
      }
      let size = length(push)
      if size == 0 { continue }
      // As far along the skin as in space: over a sharp rim a push points into the skin
      push -= normals[i] * dot(push, normals[i])
      push *= min(size, 0.2 * p.w) / max(length(push), 0.01 * size)
      let arrived = walk(
        from: dots.walkers[i], by: push, positions: mesh.positions.span, triangles: mesh.triangles.span,
        twin: relaxation.twin.span)
      own[i - range.lowerBound] = SIMD4(arrived.position.x, arrived.position.y, arrived.position.z, p.w)
      moved.append(Moved(dot: Int32(i), walker: arrived.end, position: arrived.position))
    }
    return moved
  }

  /// Moves dots with the density where they arrive; a dot that would leave the field stays where it is.
  private func settle(_ moved: [Moved], _ dots: inout MovingDots) throws(SamplingError) {
    let values = try field.densities(
      at: moved.map {
        SurfacePoint(position: $0.position, triangle: $0.walker.triangle, v: $0.walker.v, w: $0.walker.w)
      })
    for (k, move) in moved.enumerated() where values[k] > 0 {
      let i = Int(move.dot)
      dots.walkers[i] = move.walker
      dots.places[i] = SIMD4(
        move.position.x, move.position.y, move.position.z, rule.hexagonalSpacing(values[k]) * dots.give[i])
      dots.normals[i] = relaxation.surface.normal(move.walker.triangle, move.walker.v, move.walker.w)
    }
  }

  /// Dots nearer to a neighbour, or to an obstacle, than allowed, in order.
  func conflicts(
    _ dots: MovingDots, among lists: NeighbourLists, share: Float, obstacles: ObstacleField?
  ) -> [Int32] {
    conflicts(dots) { range, places, normals, found in
      let starts = lists.starts.span
      let list = lists.list.span
      for i in range {
        let p = places[i]
        let end = Int(starts[i + 1])
        var k = Int(starts[i])
        while k < end {
          let j = Int(list[k])
          let q = places[j]
          let dx = q.x - p.x
          let dy = q.y - p.y
          let dz = q.z - p.z
          let reach = (p.w + q.w) * (0.5 * share)
          if dx * dx + dy * dy + dz * dz < reach * reach && j != i && dot(normals[j], normals[i]) >= 0 { break }
          k += 1
        }
        if k < end || obstacles?.conflicts(SIMD3(p.x, p.y, p.z), radius: p.w * share, normal: normals[i]) == true {
          found.append(Int32(i))
        }
      }
    }
  }

  /// Dots nearer to any other than allowed, in order.
  ///
  /// - Parameter grid: of the dots where they are now: their neighbours of old may be others.
  func conflicts(_ dots: MovingDots, in grid: PackedGrid, share: Float) -> [Int32] {
    conflicts(dots) { range, places, normals, found in
      for i in range {
        let isTooNear = grid.contains(near: places[i], reach: share) { j, _, _ in
          Int(j) != i && dot(normals[Int(j)], normals[i]) >= 0
        }
        if isTooNear { found.append(Int32(i)) }
      }
    }
  }

  /// What `search` finds, tile by tile, in order.
  @inline(__always)
  private func conflicts(
    _ dots: MovingDots, search: @Sendable (Range<Int>, Span<SIMD4<Float>>, Span<SIMD3<Float>>, inout [Int32]) -> Void
  ) -> [Int32] {
    let tile = NeighbourLists.tile
    let parts = mapTiles((dots.count + tile - 1) / tile, threads: relaxation.threads) { t in
      var found: [Int32] = []
      search(t * tile..<min(dots.count, (t + 1) * tile), dots.places.span, dots.normals.span, &found)
      return found
    }
    return parts.flatMap { $0 }
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
