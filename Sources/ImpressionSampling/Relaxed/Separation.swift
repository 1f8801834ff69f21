// Pushes apart dots that are nearer than their minimum distances allow, until none is.
//
// Only dots in conflict are looked at again, so the cost falls with their number. Dots are taken in fixed tiles along
// the curve: one after another inside a tile (Gauss-Seidel), all tiles at once from where the dots were before the
// sweep (Jacobi), so that threads do not change the result.

import Arithmetic
import CLanes
import Meshes

/// The densities that decide distances at some points, per cm²; zero where no dot may be.
typealias SpacingDensities = @Sendable ([SurfacePoint]) throws(SamplingError) -> [Float]

struct Separation: Sendable {
  let relaxation: Relaxation
  let densities: SpacingDensities
  let rule: RadiusRule
  let obstacles: ObstacleField?

  /// Part of what a pair lacks that one dot goes; what is left the other goes after it.
  private static var stride: Float { 1 }
  /// Distance that dots are pushed to over the one asked: so that rounding cannot bring the pair back into conflict,
  /// and that fewer sweeps are needed.
  private static var ease: Float { 1.01 }

  /// Moves dots until every pair keeps `share` of its mean spacing, or `sweeps` sweeps are over.
  ///
  /// - Parameters:
  ///   - lists: neighbours of the dots within twice their spacing, also if they have moved a little since.
  ///   - active: the dots to begin with.
  ///   - isMoved: the dots that move are marked here.
  /// - Returns: marks on the dots that were in conflict after the last sweep, and on some more.
  func separate(
    _ dots: inout MovingDots, _ lists: NeighbourLists, active: [Bool], moved isMoved: inout [Bool],
    share: Float, sweeps: Int
  ) throws(SamplingError) -> [Bool] {
    var active = TileFlags(active)
    for _ in 0..<sweeps {
      let chosen = active.takeAll()
      let parts = mapTiles(chosen.count, threads: relaxation.threads) { [dots] k in
        pushed(chosen[k].tile, chosen[k].dots, dots, lists, share: share)
      }
      let moved = parts.flatMap { $0 }
      if moved.isEmpty { break }
      try settle(moved, &dots)
      let inConflict = mapTiles(parts.count, threads: relaxation.threads) { [dots] k in
        conflictsOfMoved(parts[k], dots, lists, share: share)
      }
      for part in inConflict {
        for i in part { active.set(Int(i)) }
      }
      for move in moved { isMoved[Int(move.dot)] = true }
    }
    return active.isSet
  }

  /// Where the dots of a tile are pushed to. Each sees where the ones before it in the tile went, and where all others
  /// were before the sweep; a dot that one before it has come too near to is pushed on in the same sweep.
  private func pushed(
    _ tile: Int, _ active: [Int32], _ dots: MovingDots, _ lists: NeighbourLists, share: Float
  ) -> [MovedDot] {
    let first = tile * NeighbourLists.tile
    let range = first..<min(dots.count, first + NeighbourLists.tile)
    let half = 0.5 * share
    var moved: [MovedDot] = []
    var own = Array(dots.places[range])
    let mesh = relaxation.surface.mesh
    let places = dots.places.span
    let normals = dots.normals.span
    let starts = lists.starts.span
    let list = lists.list.span
    var isActive = [Bool](repeating: false, count: range.count)
    for i in active { isActive[Int(i) - first] = true }
    for i in range where isActive[i - first] {
      let p = own[i - first]
      var push = SIMD3<Float>.zero
      var k = Int(starts[i])
      let end = Int(starts[i + 1])
      while k < end {
        var near = nearer(
          p, place(list[k], range, own, places), place(list[k + 1], range, own, places),
          place(list[k + 2], range, own, places), place(list[k + 3], range, own, places), half)
        while near != 0 {
          let j = Int(list[k + near.trailingZeroBitCount])
          near &= near &- 1
          if j == i || dot(normals[j], normals[i]) < 0 { continue }
          let other = place(Int32(j), range, own, places)
          let target = (p.w + other.w) * half
          let d = SIMD3(p.x - other.x, p.y - other.y, p.z - other.z)
          let distance = lane_sqrt1(dot(d, d))
          let lack = Separation.ease * target - distance
          push += direction(d, distance, Int32(i), Int32(j)) * (Separation.stride * lack)
        }
        k += 4
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
      let squared = dot(push, push)
      if squared == 0 { continue }
      let size = lane_sqrt1(squared)
      // As far along the skin as in space: over a sharp rim a push points into the skin
      push -= normals[i] * dot(push, normals[i])
      push *= min(size, 0.2 * p.w) / max(lane_sqrt1(dot(push, push)), 0.01 * size)
      let arrived = walk(
        from: dots.walkers[i], by: push, positions: mesh.positions.span, triangles: mesh.triangles.span,
        twin: relaxation.twin.span)
      let now = SIMD4(arrived.position.x, arrived.position.y, arrived.position.z, p.w)
      own[i - first] = now
      k = Int(starts[i])
      while k < end {
        var near = nearer(
          now, place(list[k], range, own, places), place(list[k + 1], range, own, places),
          place(list[k + 2], range, own, places), place(list[k + 3], range, own, places), half)
        while near != 0 {
          let j = Int(list[k + near.trailingZeroBitCount])
          near &= near &- 1
          if range.contains(j) { isActive[j - first] = true }
        }
        k += 4
      }
      moved.append(MovedDot(dot: Int32(i), walker: arrived.end, position: arrived.position))
    }
    return moved
  }

  /// The place of a dot: the tile's own where it has moved in this sweep.
  @inline(__always)
  private func place(
    _ j: Int32, _ range: Range<Int>, _ own: [SIMD4<Float>], _ places: Span<SIMD4<Float>>
  ) -> SIMD4<Float> {
    range.contains(Int(j)) ? own[Int(j) - range.lowerBound] : places[Int(j)]
  }

  /// Which of four places are nearer to `p` than `half` times the sum of both spacings, as bits.
  @inline(__always)
  private func nearer(
    _ p: SIMD4<Float>, _ n0: SIMD4<Float>, _ n1: SIMD4<Float>, _ n2: SIMD4<Float>, _ n3: SIMD4<Float>, _ half: Float
  ) -> UInt32 {
    let dx = p.x - SIMD4(n0.x, n1.x, n2.x, n3.x)
    let dy = p.y - SIMD4(n0.y, n1.y, n2.y, n3.y)
    let dz = p.z - SIMD4(n0.z, n1.z, n2.z, n3.z)
    let reach = (p.w + SIMD4(n0.w, n1.w, n2.w, n3.w)) * half
    return lane_below4(dx * dx + dy * dy + dz * dz, reach * reach)
  }

  /// Calls `visit` with every dot that is nearer to dot i than allowed, until it returns false.
  @inline(__always)
  private func forEachConflict(
    of i: Int, _ places: Span<SIMD4<Float>>, _ normals: Span<SIMD3<Float>>, _ starts: Span<Int32>, _ list: Span<Int32>,
    _ half: Float, _ visit: (Int32) -> Bool
  ) {
    let p = places[i]
    var k = Int(starts[i])
    let end = Int(starts[i + 1])
    while k < end {
      var near = nearer(
        p, places[Int(list[k])], places[Int(list[k + 1])], places[Int(list[k + 2])], places[Int(list[k + 3])], half)
      while near != 0 {
        let j = list[k + near.trailingZeroBitCount]
        near &= near &- 1
        if Int(j) != i && dot(normals[Int(j)], normals[i]) >= 0 && !visit(j) { return }
      }
      k += 4
    }
  }

  /// Moved dots that are in conflict where they are now, and those they are in conflict with.
  private func conflictsOfMoved(
    _ moved: [MovedDot], _ dots: MovingDots, _ lists: NeighbourLists, share: Float
  ) -> [Int32] {
    var found: [Int32] = []
    let places = dots.places.span
    let normals = dots.normals.span
    let starts = lists.starts.span
    let list = lists.list.span
    for move in moved {
      let before = found.count
      forEachConflict(of: Int(move.dot), places, normals, starts, list, 0.5 * share) { j in
        found.append(j)
        return true
      }
      if found.count > before || obstacles != nil { found.append(move.dot) }
    }
    return found
  }

  /// Moves dots with the density where they arrive; a dot that would leave the field stays where it is.
  private func settle(_ moved: [MovedDot], _ dots: inout MovingDots) throws(SamplingError) {
    let points = moved.map {
      SurfacePoint(position: $0.position, triangle: $0.walker.triangle, v: $0.walker.v, w: $0.walker.w)
    }
    let values = try densities(points)
    for k in moved.indices where values[k] > 0 {
      let move = moved[k]
      let i = Int(move.dot)
      dots.walkers[i] = move.walker
      dots.places[i] = SIMD4(
        move.position.x, move.position.y, move.position.z, rule.hexagonalSpacing(values[k]) * dots.give[i])
      dots.normals[i] = relaxation.surface.normal(move.walker.triangle, move.walker.v, move.walker.w)
    }
  }

  /// Dots nearer to a neighbour, or to an obstacle, than allowed, in order.
  ///
  /// - Parameters:
  ///   - isSuspect: the dots to look at; of every pair in conflict at least one.
  ///   - lists: of the dots where they are now.
  func conflicts(_ dots: MovingDots, of isSuspect: [Bool], among lists: NeighbourLists, share: Float) -> [Int32] {
    let tile = NeighbourLists.tile
    let parts = mapTiles((dots.count + tile - 1) / tile, threads: relaxation.threads) { t in
      var found: [Int32] = []
      let places = dots.places.span
      let normals = dots.normals.span
      let starts = lists.starts.span
      let list = lists.list.span
      for i in t * tile..<min(dots.count, (t + 1) * tile) where isSuspect[i] {
        let before = found.count
        forEachConflict(of: i, places, normals, starts, list, 0.5 * share) { j in
          found.append(j)
          return true
        }
        let p = places[i]
        if found.count > before
          || obstacles?.conflicts(SIMD3(p.x, p.y, p.z), radius: p.w * share, normal: normals[i]) == true
        {
          found.append(Int32(i))
        }
      }
      return found
    }
    return Set(parts.joined()).sorted()
  }

  /// The dots in conflict with each of some dots.
  func partners(of crowded: [Int32], _ dots: MovingDots, among lists: NeighbourLists, share: Float) -> [[Int32]] {
    crowded.map { i in
      var found: [Int32] = []
      forEachConflict(
        of: Int(i), dots.places.span, dots.normals.span, lists.starts.span, lists.list.span, 0.5 * share
      ) { j in
        found.append(j)
        return true
      }
      return found
    }
  }

  /// The way from one dot to another; for two dots at the same place, opposite ways that depend on their numbers.
  private func direction(_ d: SIMD3<Float>, _ distance: Float, _ i: Int32, _ j: Int32) -> SIMD3<Float> {
    if distance > 0 { return d / distance }
    let random = CounterRandom(seed: UInt64(UInt32(bitPattern: min(i, j))), stream: RandomStream.ties)
    let pair = random.uniformPair(UInt64(UInt32(bitPattern: max(i, j))))
    let way = SIMD3(pair.x - 0.5, pair.y - 0.5, random.uniform(1) - 0.5)
    return (i < j ? 1 : -1) * normalized(way)
  }
}

/// Where a dot was pushed to.
struct MovedDot: Sendable {
  var dot: Int32
  var walker: Walker
  var position: SIMD3<Float>
}

/// Marks on dots, and which tiles have any.
private struct TileFlags {
  private(set) var isSet: [Bool]
  private var hasAny: [Bool]

  init(_ flags: [Bool]) {
    isSet = flags
    hasAny = [Bool](repeating: true, count: (flags.count + NeighbourLists.tile - 1) / NeighbourLists.tile)
  }

  mutating func set(_ i: Int) {
    isSet[i] = true
    hasAny[i / NeighbourLists.tile] = true
  }

  /// The marked dots of each tile that has any, in order; takes the marks away.
  mutating func takeAll() -> [(tile: Int, dots: [Int32])] {
    var taken: [(tile: Int, dots: [Int32])] = []
    for t in hasAny.indices where hasAny[t] {
      hasAny[t] = false
      var dots: [Int32] = []
      for i in t * NeighbourLists.tile..<min(isSet.count, (t + 1) * NeighbourLists.tile) where isSet[i] {
        isSet[i] = false
        dots.append(Int32(i))
      }
      if !dots.isEmpty { taken.append((t, dots)) }
    }
    return taken
  }
}
