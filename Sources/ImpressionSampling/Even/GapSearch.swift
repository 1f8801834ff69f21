// Search for places where another dot would fit, by cutting the surface into fragments until each is proven covered.
//
// Based on: Ebeida, Davidson, Patney, Knupp, Mitchell, Owens. Efficient maximal Poisson-disk sampling. 2011 (active
// fragments that are covered, cut or dropped); here the fragments are parts of triangles.
//
// A fragment is covered when its three corners lie in one dot's disc: a disc is convex, and so then lies all of the
// fragment. A fragment whose middle is in no disc is a gap. Any other is cut in four, down to `resolution` times the
// spacing; what is then still open is a sliver in which a dot would fit only if it were so much smaller.

import Arithmetic
import CLanes
import Meshes

/// A place where a dot would fit.
struct Gap: Sendable {
  var point: SurfacePoint
  var normal: SIMD3<Float>
  /// Distance to the nearest dot over the mean hexagonal spacing of dot and place.
  var clearance: Float
  /// Hexagonal spacing of the piece's density, mm.
  var spacing: Float
}

/// The dot that is known to cover a piece of the demand, by itself or with its neighbours.
struct Cover: Sendable {
  /// 2 times the dot, and 1 more where it needs its neighbours; -1 where nothing is known.
  private var code: Int32

  static let unknown = Cover(code: -1)
  static func alone(_ dot: Int) -> Cover { Cover(code: Int32(truncatingIfNeeded: dot << 1)) }
  static func shared(_ dot: Int) -> Cover { Cover(code: Int32(truncatingIfNeeded: dot << 1 | 1)) }

  var dot: Int? { code < 0 ? nil : Int(code >> 1) }
  var isAlone: Bool { code & 1 == 0 }
}

struct GapSearch: Sendable {
  let surface: PreparedSurface
  let demand: Demand
  let rule: RadiusRule
  let threads: Int?
  /// Size of the largest fragments for which the nearest dot and its neighbours speak, over the spacing.
  private static let largestFragment: Float = 1
  /// Size of the smallest fragments over the spacing.
  var resolution: Float = 0.02

  /// Gaps for dots that keep `share` of the mean hexagonal spacing; at most one per uncovered fragment, along the curve.
  ///
  /// A fragment is tried with the dot nearest to it and that dot's neighbours. Should the disc that covers it not be
  /// among them, a gap is reported that is none: the caller asks again at the very place.
  ///
  /// - Parameters:
  ///   - lists: neighbours of the dots within about twice their spacing.
  ///   - grid: of the dots.
  ///   - obstacles: things that cover as dots do, with their minimum distance in place of share times spacing.
  ///   - cover: what is known to cover each piece; see `Cover`. Pieces are skipped where that still holds.
  ///   - moved: dots that have moved since.
  ///   - changed: these, and the neighbours that they had.
  func gaps(
    share: Float, dots: MovingDots, lists: NeighbourLists, grid: PackedGrid, obstacles: ObstacleField?,
    cover: inout [Cover], moved: [Bool], changed: [Bool]
  ) -> [Gap] {
    cover.withUnsafeMutableBufferPointer { cover in
      // Tiles write disjoint parts.
      nonisolated(unsafe) let cover = cover
      return gaps(share, dots, lists, grid, obstacles, cover, moved, changed)
    }
  }

  private func gaps(
    _ share: Float, _ dots: MovingDots, _ lists: NeighbourLists, _ grid: PackedGrid, _ obstacles: ObstacleField?,
    _ cover: UnsafeMutableBufferPointer<Cover>, _ moved: [Bool], _ changed: [Bool]
  ) -> [Gap] {
    let tile = 1024
    let count = demand.pieces.count
    let least = rule.hexagonalSpacing(demand.greatestDensity)
    nonisolated(unsafe) let cover = cover
    let parts = mapTiles((count + tile - 1) / tile, threads: threads) { t in
      var state = Search(share: share)
      let moved = moved.span
      let changed = changed.span
      let pieces = demand.pieces.span
      let spacings = demand.spacings.span
      let triangles = surface.mesh.triangles.span
      let positions = surface.mesh.positions.span
      let vertexNormals = surface.mesh.normals.span
      let places = dots.places.span
      let normals = dots.normals.span
      let starts = lists.starts.span
      let list = lists.list.span
      // The dot that `disc` and `facing` are of
      var known = -1
      var disc = SIMD4<Float>.zero
      var facing = SIMD3<Float>.zero
      for p in t * tile..<min(count, (t + 1) * tile) {
        if let dot = cover[p].dot, cover[p].isAlone ? !moved[dot] : !changed[dot] {
          state.nearest = dot
          continue
        }
        let piece = pieces[p]
        let corners = triangles[Int(piece.triangle)]
        let a = positions[Int(corners.x)]
        let isWhole = piece.size == 1
        let ab = positions[Int(corners.y)] - a
        let ac = positions[Int(corners.z)] - a
        let c0 = isWhole ? a : a + ab * piece.v + ac * piece.w
        let c1 = isWhole ? positions[Int(corners.y)] : c0 + ab * piece.size
        let c2 = isWhole ? positions[Int(corners.z)] : c0 + ac * piece.size
        if state.nearest >= 0 {
          // Most small pieces lie in the disc that covers the piece before, and nothing is more crowded than `least`
          if known != state.nearest {
            known = state.nearest
            let q = places[known]
            let reach = (least + q.w) * 0.5 * share
            disc = SIMD4(q.x, q.y, q.z, reach * reach)
            facing = normals[known]
          }
          if GapSearch.holds(disc, c0, c1, c2)
            && GapSearch.face(
              facing, vertexNormals[Int(corners.x)], vertexNormals[Int(corners.y)], vertexNormals[Int(corners.z)])
          {
            cover[p] = .alone(known)
            continue
          }
        }
        let longest = lane_sqrt1(max(dot(ab, ab), dot(ac, ac), dot(ac - ab, ac - ab))) * abs(piece.size)
        state.spacing = spacings[p]
        let isOne = longest <= GapSearch.largestFragment * state.spacing
        if isOne && state.nearest >= 0
          && isCovered(
            piece, corners, c0, c1, c2, vertexNormals, places, normals, starts, list, &state)
        {
          cover[p] = .alone(state.nearest)
          continue
        }
        let before = state.found.count
        search(piece, Corners(a: a, ab: ab, ac: ac), longest, places, normals, lists, grid, obstacles, &state)
        cover[p] = isOne && state.found.count == before && state.nearest >= 0 ? .shared(state.nearest) : .unknown
      }
      return state.found
    }
    return parts.flatMap { $0 }
  }

  /// Whether three points lie in a disc, given as centre and squared radius.
  @inline(__always)
  private static func holds(
    _ disc: SIMD4<Float>, _ c0: SIMD3<Float>, _ c1: SIMD3<Float>, _ c2: SIMD3<Float>
  ) -> Bool {
    let dx = SIMD4(c0.x, c1.x, c2.x, c2.x) - disc.x
    let dy = SIMD4(c0.y, c1.y, c2.y, c2.y) - disc.y
    let dz = SIMD4(c0.z, c1.z, c2.z, c2.z) - disc.z
    return lane_below4(dx * dx + dy * dy + dz * dz, SIMD4(repeating: disc.w)) == 15
  }

  /// Whether no normal of three is turned away from a direction.
  @inline(__always)
  private static func face(_ n: SIMD3<Float>, _ n0: SIMD3<Float>, _ n1: SIMD3<Float>, _ n2: SIMD3<Float>) -> Bool {
    let along =
      SIMD4(n0.x, n1.x, n2.x, n2.x) * n.x + SIMD4(n0.y, n1.y, n2.y, n2.y) * n.y + SIMD4(n0.z, n1.z, n2.z, n2.z) * n.z
    return lane_below4(along, .zero) == 0
  }

  /// Whether a fragment lies in the disc of the nearest of the neighbours of the dot before. If not, it may still be
  /// covered.
  @inline(__always)
  private func isCovered(
    _ piece: Piece, _ corners: SIMD3<UInt32>, _ c0: SIMD3<Float>, _ c1: SIMD3<Float>, _ c2: SIMD3<Float>,
    _ vertexNormals: Span<SIMD3<Float>>, _ places: Span<SIMD4<Float>>, _ normals: Span<SIMD3<Float>>,
    _ starts: Span<Int32>, _ list: Span<Int32>, _ state: inout Search
  ) -> Bool {
    let nearest = GapSearch.nearest(
      to: (c0 + c1 + c2) * (1 / 3), from: state.nearest, places, starts, list)
    let q = places[nearest]
    let reach = (state.spacing + q.w) * state.share * 0.5
    if !GapSearch.holds(SIMD4(q.x, q.y, q.z, reach * reach), c0, c1, c2) { return false }
    // Not unit length: only the sign is asked for
    let third = piece.size / 3
    let v = piece.v + third
    let w = piece.w + third
    let up =
      vertexNormals[Int(corners.x)] * (1 - v - w) + vertexNormals[Int(corners.y)] * v
      + vertexNormals[Int(corners.z)] * w
    if !(dot(up, normals[nearest]) > 0) { return false }
    state.nearest = nearest
    return true
  }

  /// The nearest to a point of a dot and its neighbours.
  @inline(__always)
  private static func nearest(
    to centre: SIMD3<Float>, from dot: Int, _ places: Span<SIMD4<Float>>, _ starts: Span<Int32>, _ list: Span<Int32>
  ) -> Int {
    let own = places[dot]
    let d = SIMD3(own.x, own.y, own.z) - centre
    var best = SIMD4<Float>(repeating: d.x * d.x + d.y * d.y + d.z * d.z)
    var dots = SIMD4<Int32>(repeating: Int32(dot))
    var k = Int(starts[dot])
    let end = Int(starts[dot + 1])
    while k < end {
      let four = SIMD4(list[k], list[k + 1], list[k + 2], list[k + 3])
      let n0 = places[Int(four.x)]
      let n1 = places[Int(four.y)]
      let n2 = places[Int(four.z)]
      let n3 = places[Int(four.w)]
      let dx = SIMD4(n0.x, n1.x, n2.x, n3.x) - centre.x
      let dy = SIMD4(n0.y, n1.y, n2.y, n3.y) - centre.y
      let dz = SIMD4(n0.z, n1.z, n2.z, n3.z) - centre.z
      let squared = dx * dx + dy * dy + dz * dz
      let isNearer = squared .< best
      best.replace(with: squared, where: isNearer)
      dots.replace(with: four, where: isNearer)
      k += 4
    }
    var nearest = dots.x
    var least = best.x
    if best.y < least {
      least = best.y
      nearest = dots.y
    }
    if best.z < least {
      least = best.z
      nearest = dots.z
    }
    return Int(best.w < least ? dots.w : nearest)
  }

  /// A triangle's first corner and its edges from there.
  private struct Corners {
    var a: SIMD3<Float>
    var ab: SIMD3<Float>
    var ac: SIMD3<Float>
  }

  /// What one fragment leaves for the next.
  private struct Search {
    let share: Float
    /// Hexagonal spacing of the piece, mm.
    var spacing: Float = 0
    /// The dot nearest to the last fragment; -1 at first.
    var nearest = -1
    var near: [SIMD4<Float>] = []
    var found: [Gap] = []
  }

  private func search(
    _ piece: Piece, _ at: Corners, _ longest: Float, _ places: Span<SIMD4<Float>>, _ normals: Span<SIMD3<Float>>,
    _ lists: NeighbourLists, _ grid: PackedGrid, _ obstacles: ObstacleField?, _ state: inout Search
  ) {
    let spacing = state.spacing
    let share = state.share
    // The nearest dot speaks for a small fragment only
    if longest > GapSearch.largestFragment * spacing {
      for k in 0..<4 {
        search(piece.quarter(k), at, longest * 0.5, places, normals, lists, grid, obstacles, &state)
      }
      return
    }
    let c0 = at.a + at.ab * piece.v + at.ac * piece.w
    let c1 = c0 + at.ab * piece.size
    let c2 = c0 + at.ac * piece.size
    let centre = (c0 + c1 + c2) * (1 / 3)

    @inline(__always)
    func squaredDistance(_ j: Int) -> Float {
      let q = places[j]
      let d = SIMD3(q.x, q.y, q.z) - centre
      return dot(d, d)
    }

    /// The disc of dot j in which another of the piece's spacing has no room.
    @inline(__always)
    func disc(_ j: Int) -> SIMD4<Float> {
      let q = places[j]
      return SIMD4(q.x, q.y, q.z, (spacing + q.w) * share * 0.5)
    }

    @inline(__always)
    func covers(_ disc: SIMD4<Float>) -> Bool {
      let p = SIMD3(disc.x, disc.y, disc.z)
      let squared = disc.w * disc.w
      return dot(c0 - p, c0 - p) < squared && dot(c1 - p, c1 - p) < squared && dot(c2 - p, c2 - p) < squared
    }

    // From dot to nearer dot
    let starts = lists.starts.span
    let list = lists.list.span
    let normal = surface.normal(piece.triangle, piece.v + piece.size / 3, piece.w + piece.size / 3)
    var nearest = state.nearest
    var best: Float = .infinity
    if nearest >= 0 {
      var from = -1
      while from != nearest {
        from = nearest
        nearest = GapSearch.nearest(to: centre, from: from, places, starts, list)
        if nearest != from && covers(disc(nearest)) && dot(normals[nearest], normal) >= 0 {
          state.nearest = nearest
          return
        }
      }
      best = squaredDistance(nearest)
    }
    if nearest < 0 || best > spacing * spacing || dot(normals[nearest], normal) < 0 {
      // Another part of the surface, or the border of the last one
      best = .infinity
      nearest = -1
      _ = grid.contains(near: SIMD4(centre.x, centre.y, centre.z, spacing), reach: 1.5) { j, _, squared in
        if squared < best && dot(normals[Int(j)], normal) >= 0 {
          best = squared
          nearest = Int(j)
        }
        return false
      }
    }
    state.near.removeAll(keepingCapacity: true)
    if nearest >= 0 {
      state.nearest = nearest
      let own = disc(nearest)
      if covers(own) { return }
      state.near.append(own)
      for k in Int(starts[nearest])..<Int(starts[nearest + 1]) {
        let other = disc(Int(list[k]))
        // A disc that touches the fragment has its centre within its radius plus two thirds of the longest edge
        let reach = other.w + 0.67 * longest
        if squaredDistance(Int(list[k])) > reach * reach || dot(normals[Int(list[k])], normal) < 0 { continue }
        if covers(other) { return }
        state.near.append(other)
      }
    }
    if let obstacles {
      obstacles.field.forEach(near: centre, radius: share * spacing + 1.34 * longest) { entry, label in
        if dot(obstacles.field.normals[Int(label)], normal) >= 0 {
          state.near.append(SIMD4(entry.x, entry.y, entry.z, ObstacleField.reach(spacing * share, entry.w)))
        }
      }
    }
    cut(piece, at.a, at.ab, at.ac, longest, resolution * spacing, share, state.near, &state.found)
  }

  private func cut(
    _ piece: Piece, _ a: SIMD3<Float>, _ ab: SIMD3<Float>, _ ac: SIMD3<Float>, _ longest: Float, _ smallest: Float,
    _ share: Float, _ near: [SIMD4<Float>], _ found: inout [Gap]
  ) {
    let c0 = a + ab * piece.v + ac * piece.w
    let c1 = c0 + ab * piece.size
    let c2 = c0 + ac * piece.size
    let middle = (c0 + c1 + c2) * (1 / 3)
    var isOpen = true
    var clearance = Float.infinity
    for disc in near {
      let centre = SIMD3(disc.x, disc.y, disc.z)
      let squared = disc.w * disc.w
      let m = middle - centre
      let dm = dot(m, m)
      clearance = min(clearance, dm / squared)
      if dm < squared {
        isOpen = false
        let d0 = c0 - centre
        let d1 = c1 - centre
        let d2 = c2 - centre
        if dot(d0, d0) < squared && dot(d1, d1) < squared && dot(d2, d2) < squared { return }
      }
    }
    if isOpen {
      let (v, w) = piece.weights(1 / 3, 1 / 3)
      let point = SurfacePoint(position: a + ab * v + ac * w, triangle: piece.triangle, v: v, w: w)
      found.append(
        Gap(
          point: point, normal: surface.normal(piece.triangle, v, w),
          clearance: min(clearance.squareRoot() * share, 100), spacing: smallest / resolution))
      if longest <= 8 * smallest { return }
    }
    if longest <= smallest { return }
    for k in 0..<4 { cut(piece.quarter(k), a, ab, ac, longest * 0.5, smallest, share, near, &found) }
  }
}
