// Search for places where another dot would fit, by cutting the surface into fragments until each is proven covered.
//
// Based on: Ebeida, Davidson, Patney, Knupp, Mitchell, Owens. Efficient maximal Poisson-disk sampling. 2011 (active
// fragments that are covered, cut or dropped); here the fragments are parts of triangles.
//
// A fragment is covered when its three corners lie in one dot's disc: a disc is convex, and so then lies all of the
// fragment. A fragment whose middle is in no disc is a gap. Any other is cut in four, down to `resolution` times the
// spacing; what is then still open is a sliver in which a dot would fit only if it were so much smaller.

import CLanes
import HeadGeometry

/// A place where a dot would fit.
struct Gap: Sendable {
  var point: SurfacePoint
  var normal: SIMD3<Float>
  /// Distance to the nearest dot over the mean hexagonal spacing of dot and place.
  var clearance: Float
  /// Hexagonal spacing of the piece's density, mm.
  var spacing: Float
}

struct GapSearch: Sendable {
  let surface: PreparedSurface
  let demand: Demand
  let rule: RadiusRule
  let threads: Int?
  /// Size of the largest fragments for which the nearest dot and its neighbours speak, over the spacing.
  private static let largestFragment: Float = 0.6
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
  ///   - nearest: for each piece the dot nearest to it, if that was found to leave no gap around it; else -1. Such pieces
  ///     are skipped unless their dot is `changed`.
  ///   - changed: dots that have moved since, and their neighbours.
  func gaps(
    share: Float, dots: MovingDots, lists: NeighbourLists, grid: PackedGrid, obstacles: ObstacleField?,
    nearest: inout [Int32], changed: [Bool]
  ) -> [Gap] {
    nearest.withUnsafeMutableBufferPointer { nearest in
      // Tiles write disjoint parts.
      nonisolated(unsafe) let nearest = nearest
      return gaps(share, dots, lists, grid, obstacles, nearest, changed)
    }
  }

  private func gaps(
    _ share: Float, _ dots: MovingDots, _ lists: NeighbourLists, _ grid: PackedGrid, _ obstacles: ObstacleField?,
    _ nearest: UnsafeMutableBufferPointer<Int32>, _ changed: [Bool]
  ) -> [Gap] {
    let tile = 1024
    let count = demand.pieces.count
    let least = rule.hexagonalSpacing(demand.greatestDensity)
    nonisolated(unsafe) let nearest = nearest
    let parts = mapTiles((count + tile - 1) / tile, threads: threads) { t in
      var state = Search(share: share)
      let places = dots.places.span
      let normals = dots.normals.span
      for p in t * tile..<min(count, (t + 1) * tile) {
        if nearest[p] >= 0 && !changed[Int(nearest[p])] {
          state.nearest = Int(nearest[p])
          continue
        }
        let piece = demand.pieces[p]
        let corners = surface.mesh.triangles[Int(piece.triangle)]
        let a = surface.mesh.positions[Int(corners.x)]
        let ab = surface.mesh.positions[Int(corners.y)] - a
        let ac = surface.mesh.positions[Int(corners.z)] - a
        if state.nearest >= 0 {
          // Most small pieces lie in the disc that covers the piece before, and nothing is more crowded than `least`
          let q = places[state.nearest]
          let here = a - SIMD3(q.x, q.y, q.z) + ab * piece.v + ac * piece.w
          let reach = (least + q.w) * 0.5 * share
          let squared = reach * reach
          let c1 = here + ab * piece.size
          let c2 = here + ac * piece.size
          if dot(here, here) < squared && dot(c1, c1) < squared && dot(c2, c2) < squared {
            let normal = normals[state.nearest]
            if dot(surface.mesh.normals[Int(corners.x)], normal) >= 0
              && dot(surface.mesh.normals[Int(corners.y)], normal) >= 0
              && dot(surface.mesh.normals[Int(corners.z)], normal) >= 0
            {
              nearest[p] = Int32(state.nearest)
              continue
            }
          }
        }
        let longest = lane_sqrt1(max(dot(ab, ab), dot(ac, ac), dot(ac - ab, ac - ab))) * abs(piece.size)
        state.spacing = demand.spacings[p]
        let before = state.found.count
        search(piece, Corners(a: a, ab: ab, ac: ac), longest, places, normals, lists, grid, obstacles, &state)
        let isOne = longest <= GapSearch.largestFragment * state.spacing
        nearest[p] = isOne && state.found.count == before ? Int32(state.nearest) : -1
      }
      return state.found
    }
    return parts.flatMap { $0 }
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
      best = squaredDistance(nearest)
      if best < spacing * spacing && covers(disc(nearest)) && dot(normals[nearest], normal) >= 0 { return }
      var from = -1
      while from != nearest {
        from = nearest
        for k in Int(starts[from])..<Int(starts[from + 1]) {
          let d = squaredDistance(Int(list[k]))
          if d < best {
            best = d
            nearest = Int(list[k])
          }
        }
      }
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
