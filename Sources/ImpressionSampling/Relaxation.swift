// Relaxation of a pattern towards equal local spacing.
//
// Every dot repels its neighbours with a smooth kernel of the distance over the local spacing, times its own area, so
// that beside a step in density many close dots push no harder than few wide ones. Every dot is also drawn by a
// continuous background of the wanted density with the same kernel, so that a dot at an open edge, at the border of
// a mask or in a feather feels no net push: without the background dots crowd at every border.
//
// Based on: Fattal. Blue-noise point sampling using kernel density model. 2011 (points against a background of
// kernels); Schmaltz, Gwosdek, Bruhn, Weickert. Electrostatic halftoning. 2010 (repulsion against attraction by the
// image). Differs in: a compact kernel, on a surface, with a spacing per dot; the background acts only where it is
// out of balance, because in the middle of a plain field it is zero and its sum only noise.

import CLanes
import HeadGeometry

/// Dots on the move, as flat arrays in the order of the curve.
///
/// `places` and `normals` may go on after the last walker with things that repel and stay where they are.
struct MovingDots: Sendable {
  var walkers: [Walker] = []
  /// Position and hexagonal spacing h of the dot's density, mm.
  var places: [SIMD4<Float>] = []
  /// Interpolated unit normals: dots of opposite sheets do not feel each other.
  var normals: [SIMD3<Float>] = []

  var count: Int { walkers.count }

  func point(_ i: Int) -> SurfacePoint {
    SurfacePoint(
      position: SIMD3(places[i].x, places[i].y, places[i].z), triangle: walkers[i].triangle, v: walkers[i].v,
      w: walkers[i].w)
  }
}

/// Neighbours of every dot: those of dot i are `list[starts[i]..<starts[i + 1]]` of its tile, filled up to a multiple
/// of four with i itself.
struct NeighbourLists: Sendable {
  static let tile = 512
  var tiles: [Tile]

  struct Tile: Sendable {
    var starts: [Int32]
    var list: [Int32]
  }
}

struct Relaxation: Sendable {
  /// Reach of the kernel over the mean spacing of two dots.
  var support: Float = 1.8
  /// Extra reach of the neighbour lists, for the way dots go between two searches.
  var skin: Float = 0.2
  /// Displacement for a unit force, over the spacing.
  var step: Float = 0.3
  /// Longest move in a step, over the spacing.
  var longestMove: Float = 0.2
  /// Strength of the background. Below 1, because the pull is that of the place where a dot was at the last search:
  /// a full one leaves gaps along open edges (measured at 0.7 to 1 on an open scalp; see Benchmarks/SAMPLING.md).
  private static let pullStrength: Float = 0.85
  let surface: PreparedSurface
  let twin: [Int32]
  let low: SIMD3<Float>
  let high: SIMD3<Float>
  let threads: Int?

  /// A spatial index of the dots with `reach` times their spacing.
  func index(_ dots: MovingDots, reach: Float) -> DotField {
    var smallest = Float.infinity
    var largest: Float = 0
    for p in dots.places {
      smallest = min(smallest, p.w)
      largest = max(largest, p.w)
    }
    var field = DotField(low: low, high: high, smallest: smallest * reach, largest: largest * reach, cell: 1)
    for i in dots.places.indices {
      let p = dots.places[i]
      field.insert(SIMD3(p.x, p.y, p.z), radius: p.w * reach, normal: dots.normals[i])
    }
    return field
  }

  /// Searches the neighbours of every dot within `reach` times the mean spacing.
  func neighbours(_ dots: MovingDots, reach: Float) -> NeighbourLists {
    let field = index(dots, reach: reach)
    let count = dots.count
    let tiles = mapTiles((count + NeighbourLists.tile - 1) / NeighbourLists.tile, threads: threads) { t in
      let range = t * NeighbourLists.tile..<min(count, (t + 1) * NeighbourLists.tile)
      var tile = NeighbourLists.Tile(starts: [], list: [])
      tile.starts.reserveCapacity(range.count + 1)
      tile.list.reserveCapacity(range.count * 24)
      tile.starts.append(0)
      let places = dots.places.span
      let normals = dots.normals.span
      for i in range {
        let p = places[i]
        let normal = normals[i]
        field.forEach(near: SIMD3(p.x, p.y, p.z), radius: p.w * reach) { _, j in
          if Int(j) != i && dot(normals[Int(j)], normal) >= 0 { tile.list.append(j) }
        }
        // Fours at a time: a dot has no force on itself
        while tile.list.count & 3 != 0 { tile.list.append(Int32(i)) }
        tile.starts.append(Int32(tile.list.count))
      }
      return tile
    }
    return NeighbourLists(tiles: tiles)
  }

  /// Adds to `pull` the net pull of the background on each dot near a border, in units of the force between dots.
  ///
  /// - Parameter factor: spacing of the pattern over the final one.
  func pull(_ background: Background, on dots: MovingDots, factor: Float) -> [SIMD3<Float>] {
    var pull = [SIMD3<Float>](repeating: .zero, count: dots.count)
    guard !background.isEmpty else { return pull }
    let count = dots.count
    let inverseSupport = 1 / (support * support)
    let weight = 1 / (factor * factor)
    let parts = mapTiles((count + NeighbourLists.tile - 1) / NeighbourLists.tile, threads: threads) { t in
      let range = t * NeighbourLists.tile..<min(count, (t + 1) * NeighbourLists.tile)
      var found: [(Int, SIMD3<Float>)] = []
      let places = dots.places.span
      let nodeNormals = background.normals.span
      let nodeWeights = background.weights.span
      for i in range {
        let p = places[i]
        let here = SIMD3(p.x, p.y, p.z)
        if !background.isNearBorder(here, spacing: p.w / factor) { continue }
        let normal = dots.normals[i]
        var sum = SIMD3<Float>.zero
        background.nodes.forEach(near: here, radius: p.w * support, scale: factor) { node, label in
          if dot(nodeNormals[Int(label)], normal) < 0 { return }
          let d = SIMD3(node.x, node.y, node.z) - here
          let h = node.w * factor / support
          let inverse = 2 / (p.w + h)
          let areaRatio = h * inverse
          let squared = dot(d, d)
          let q = 1 - squared * inverse * inverse * inverseSupport
          if q > 0 {
            let q2 = q * q
            let f = areaRatio * areaRatio * q2 * q2 * nodeWeights[Int(label)]
            sum += d * (f / lane_sqrt1(squared + 1e-12))
          }
        }
        sum *= weight * Relaxation.pullStrength
        // Below the noise of the quadrature there is no border
        sum *= smoothstep(0.2, 0.4, length(sum))
        found.append((i, sum))
      }
      return found
    }
    for part in parts {
      for (i, sum) in part { pull[i] = sum }
    }
    return pull
  }

  /// One step of all dots at once.
  func advance(_ dots: inout MovingDots, _ lists: NeighbourLists, _ pull: [SIMD3<Float>]) {
    let count = dots.count
    let from = dots
    let inverseSupport = 1 / (support * support)
    let step = step
    let longest = longestMove
    dots.places.withUnsafeMutableBufferPointer { placesOut in
      dots.walkers.withUnsafeMutableBufferPointer { walkersOut in
        // Tiles write disjoint parts.
        nonisolated(unsafe) let placesOut = placesOut
        nonisolated(unsafe) let walkersOut = walkersOut
        parallelTiles(lists.tiles.count, threads: threads) { t in
          let first = t * NeighbourLists.tile
          let last = min(count, first + NeighbourLists.tile)
          let tile = lists.tiles[t]
          let starts = tile.starts.span
          let list = tile.list.span
          let places = from.places.span
          let positions = surface.mesh.positions.span
          let triangles = surface.mesh.triangles.span
          let twin = twin.span
          for i in first..<last {
            let p = places[i]
            var sumX = SIMD4<Float>.zero
            var sumY = SIMD4<Float>.zero
            var sumZ = SIMD4<Float>.zero
            var k = Int(starts[i - first])
            let end = Int(starts[i - first + 1])
            while k < end {
              // Four neighbours, turned from rows to columns
              let n0 = places[Int(list[k])]
              let n1 = places[Int(list[k + 1])]
              let n2 = places[Int(list[k + 2])]
              let n3 = places[Int(list[k + 3])]
              let dx = p.x - SIMD4(n0.x, n1.x, n2.x, n3.x)
              let dy = p.y - SIMD4(n0.y, n1.y, n2.y, n3.y)
              let dz = p.z - SIMD4(n0.z, n1.z, n2.z, n3.z)
              let h = SIMD4(n0.w, n1.w, n2.w, n3.w)
              let inverse = 2 / (p.w + h)
              let areaRatio = h * inverse
              let squared = dx * dx + dy * dy + dz * dz
              let q = lane_max4(1 - squared * (inverse * inverse * inverseSupport), .zero)
              let q2 = q * q
              let f = areaRatio * areaRatio * q2 * q2 / lane_sqrt4(squared + 1e-12)
              sumX += dx * f
              sumY += dy * f
              sumZ += dz * f
              k += 4
            }
            let sum = SIMD3(
              (sumX.x + sumX.y) + (sumX.z + sumX.w), (sumY.x + sumY.y) + (sumY.z + sumY.w),
              (sumZ.x + sumZ.y) + (sumZ.z + sumZ.w))
            var move = (sum + pull[i]) * (step * p.w)
            let size = length(move)
            if size > longest * p.w { move *= longest * p.w / size }
            let arrived = walk(
              from: from.walkers[i], by: move, positions: positions, triangles: triangles, twin: twin)
            walkersOut[i] = arrived.end
            placesOut[i] = SIMD4(arrived.position.x, arrived.position.y, arrived.position.z, p.w)
          }
        }
      }
    }
  }
}

/// The results of `body` for every tile, in tile order.
func mapTiles<T: Sendable>(_ count: Int, threads: Int?, _ body: @Sendable (Int) -> T) -> [T] {
  [T](unsafeUninitializedCapacity: count) { buffer, initialized in
    nonisolated(unsafe) let target = buffer
    parallelTiles(count, threads: threads) { t in (target.baseAddress! + t).initialize(to: body(t)) }
    initialized = count
  }
}
