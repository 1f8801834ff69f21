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
// out of balance, because in the middle of a plain field it is zero and its sum only noise; and dots keep a part of
// their last move, which spares about half of the steps (Polyak. Some methods of speeding up the convergence of
// iteration methods. 1964).

import Arithmetic
import CLanes
import Meshes

/// Dots on the move, as flat arrays in the order of the curve.
///
/// `places` and `normals` may go on after the last walker with things that repel and stay where they are.
struct MovingDots: Sendable {
  var walkers: [Walker] = []
  /// Position and hexagonal spacing h of the dot's density, mm.
  var places: [SIMD4<Float>] = []
  /// Interpolated unit normals: dots of opposite sheets do not feel each other.
  var normals: [SIMD3<Float>] = []
  /// What part of its spacing each dot keeps: 1, less where there is no room. `places` has it multiplied in.
  var give: [Float] = []

  var count: Int { walkers.count }

  mutating func append(_ point: SurfacePoint, spacing: Float, normal: SIMD3<Float>) {
    walkers.append(Walker(triangle: point.triangle, v: point.v, w: point.w))
    places.append(SIMD4(point.position.x, point.position.y, point.position.z, spacing))
    normals.append(normal)
    give.append(1)
  }

  /// Puts a dot where it is near nothing, until it gets another place.
  mutating func takeAway(_ i: Int) {
    places[i] = SIMD4(.infinity, .infinity, .infinity, places[i].w)
    give[i] = 1
  }

  func point(_ i: Int) -> SurfacePoint {
    SurfacePoint(
      position: SIMD3(places[i].x, places[i].y, places[i].z), triangle: walkers[i].triangle, v: walkers[i].v,
      w: walkers[i].w)
  }
}

struct Relaxation: Sendable {
  /// Reach of the kernel over the mean spacing of two dots.
  var support: Float = 1.8
  /// Extra reach of the neighbour lists, for the way dots go between two searches.
  var skin: Float = 0.2
  /// Displacement for a unit force, over the spacing.
  var stepSize: Float = 0.4
  /// Part of its last move that a dot makes again.
  var momentum: Float = 0.7
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

  /// An index of the dots, and of what is listed after them, for the search of neighbours.
  func neighbourIndex(_ dots: MovingDots) -> PackedGrid {
    PackedGrid(dots.places, reach: support + skin, low: low, high: high)
  }

  /// The neighbours of every dot within the kernel's support and the skin.
  func neighbours(_ dots: MovingDots) -> NeighbourLists {
    NeighbourLists(
      of: dots.places, normals: dots.normals, count: dots.count, in: neighbourIndex(dots), reach: support + skin,
      threads: threads)
  }

  /// Makes lists complete again for the kernel's support, after dots have moved.
  func update(_ lists: inout NeighbourLists, _ dots: MovingDots) {
    lists.update(
      dots.places, normals: dots.normals, reach: support + skin, slack: skin * 0.5, threads: threads
    ) { PackedGrid($0, reach: support + skin, low: low, high: high) }
  }

  /// The net pull of the background on each dot near a border, in units of the force between dots.
  func pull(_ background: Background, on movable: [Int32], of dots: MovingDots) -> [SIMD3<Float>] {
    var pull = [SIMD3<Float>](repeating: .zero, count: dots.count)
    guard !background.isEmpty else { return pull }
    let count = movable.count
    let inverseSupport = 1 / (support * support)
    let parts = mapTiles((count + NeighbourLists.tile - 1) / NeighbourLists.tile, threads: threads) { t in
      let range = t * NeighbourLists.tile..<min(count, (t + 1) * NeighbourLists.tile)
      var found: [(Int, SIMD3<Float>)] = []
      let places = dots.places.span
      let nodeNormals = background.normals.span
      let nodeWeights = background.weights.span
      for k in range {
        let i = Int(movable[k])
        let p = places[i]
        let here = SIMD3(p.x, p.y, p.z)
        if !background.isNearBorder(here, spacing: p.w) { continue }
        let normal = dots.normals[i]
        var sum = SIMD3<Float>.zero
        background.nodes.forEach(near: here, radius: p.w * support) { node, label in
          if dot(nodeNormals[Int(label)], normal) < 0 { return }
          let d = SIMD3(node.x, node.y, node.z) - here
          let h = node.w / support
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
        sum *= Relaxation.pullStrength
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

  /// A few steps of dots all at once. Where the surface is nearly flat and no border near, dots move straight on from
  /// step to step and are brought back to the surface after the last; elsewhere they walk over it in each.
  ///
  /// - Parameters:
  ///   - movable: the dots that may move; all others stay and repel.
  ///   - moves: the last move of each dot, and after the call this one, mm.
  func advance(
    _ movable: [Int32], of dots: inout MovingDots, _ moves: inout [SIMD3<Float>], _ lists: NeighbourLists,
    _ pull: [SIMD3<Float>], steps: Int
  ) {
    var anchors = dots.places
    for k in 0..<steps { step(movable, of: &dots, &anchors, &moves, lists, pull, isLast: k == steps - 1) }
  }

  /// - Parameter anchors: where the walkers are; `places` may be ahead of them.
  private func step(
    _ movable: [Int32], of dots: inout MovingDots, _ anchors: inout [SIMD4<Float>], _ moves: inout [SIMD3<Float>],
    _ lists: NeighbourLists, _ pull: [SIMD3<Float>], isLast: Bool
  ) {
    let count = movable.count
    let from = dots.places
    let inverseSupport = 1 / (support * support)
    dots.places.withUnsafeMutableBufferPointer { places in
      dots.walkers.withUnsafeMutableBufferPointer { walkers in
        anchors.withUnsafeMutableBufferPointer { anchors in
          moves.withUnsafeMutableBufferPointer { moves in
            // Tiles write disjoint parts.
            nonisolated(unsafe) let places = places
            nonisolated(unsafe) let walkers = walkers
            nonisolated(unsafe) let anchors = anchors
            nonisolated(unsafe) let moves = moves
            let tile = NeighbourLists.tile
            parallelTiles((count + tile - 1) / tile, threads: threads) { t in
              from.withUnsafeBufferPointer { old in
                lists.list.withUnsafeBufferPointer { list in
                  guard let old = old.baseAddress, let list = list.baseAddress else { return }
                  let starts = lists.starts.span
                  let isFlat = lists.isFlat.span
                  let pull = pull.span
                  let positions = surface.mesh.positions.span
                  let triangles = surface.mesh.triangles.span
                  let twin = twin.span
                  let movable = movable.span
                  for k in t * tile..<min(count, (t + 1) * tile) {
                    let i = Int(movable[k])
                    let p = old[i]
                    var move = force(p, Int(starts[i])..<Int(starts[i + 1]), list, old, inverseSupport)
                    move = (move + pull[i]) * (stepSize * p.w) + moves[i] * momentum
                    let squared = dot(move, move)
                    let longest = longestMove * p.w
                    if squared > longest * longest { move *= longest / lane_sqrt1(squared) }
                    moves[i] = move
                    let ahead = SIMD3(p.x + move.x, p.y + move.y, p.z + move.z)
                    if !isLast && isFlat[i] && pull[i] == .zero {
                      places[i] = SIMD4(ahead.x, ahead.y, ahead.z, p.w)
                      continue
                    }
                    let anchor = anchors[i]
                    let arrived = walk(
                      from: walkers[i], by: ahead - SIMD3(anchor.x, anchor.y, anchor.z), positions: positions,
                      triangles: triangles, twin: twin)
                    walkers[i] = arrived.end
                    places[i] = SIMD4(arrived.position.x, arrived.position.y, arrived.position.z, p.w)
                    anchors[i] = places[i]
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// Sum of the pushes of the neighbours on a dot at `p`.
  @inline(__always)
  private func force(
    _ p: SIMD4<Float>, _ range: Range<Int>, _ list: UnsafePointer<Int32>, _ places: UnsafePointer<SIMD4<Float>>,
    _ inverseSupport: Float
  ) -> SIMD3<Float> {
    var sumX = SIMD4<Float>.zero
    var sumY = SIMD4<Float>.zero
    var sumZ = SIMD4<Float>.zero
    var k = range.lowerBound
    while k < range.upperBound {
      // Four neighbours, turned from rows to columns
      let n0 = places[Int(list[k])]
      let n1 = places[Int(list[k &+ 1])]
      let n2 = places[Int(list[k &+ 2])]
      let n3 = places[Int(list[k &+ 3])]
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
      k &+= 4
    }
    return SIMD3(
      (sumX.x + sumX.y) + (sumX.z + sumX.w), (sumY.x + sumY.y) + (sumY.z + sumY.w),
      (sumZ.x + sumZ.y) + (sumZ.z + sumZ.w))
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
