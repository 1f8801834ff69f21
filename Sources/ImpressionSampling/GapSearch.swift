// Search for places where another dot would fit, by cutting the surface into fragments until each is proven covered.
//
// Based on: Ebeida, Davidson, Patney, Knupp, Mitchell, Owens. Efficient maximal Poisson-disk sampling. 2011 (active
// fragments that are covered, cut or dropped); here the fragments are parts of triangles.
//
// A fragment is covered when its three corners lie in one dot's disc: a disc is convex, and so then lies all of the
// fragment. A fragment whose middle is in no disc is a gap. Any other is cut in four, down to `resolution` times the
// spacing; what is then still open is a sliver in which a dot would fit only if it were so much smaller.

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
  let limit: SpacingLimit
  let rule: RadiusRule
  let threads: Int?
  /// Size of the smallest fragments over the spacing.
  var resolution: Float = 0.02

  /// Gaps for dots that keep `share` of the mean hexagonal spacing; one per uncovered fragment, along the curve.
  ///
  /// - Parameters:
  ///   - dots: an index whose minimum distances are `reach` times the hexagonal spacing of the dots.
  ///   - obstacles: things that cover as dots do, with their minimum distance in place of share times spacing.
  func gaps(share: Float, dots: DotField, reach: Float, obstacles: ObstacleField?) -> [Gap] {
    let tile = 1024
    let count = demand.pieces.count
    let parts = mapTiles((count + tile - 1) / tile, threads: threads) { t in
      var found: [Gap] = []
      var near: [SIMD4<Float>] = []
      for p in t * tile..<min(count, (t + 1) * tile) {
        search(p, share, dots, reach, obstacles, &near, &found)
      }
      return found
    }
    return parts.flatMap { $0 }
  }

  private func search(
    _ p: Int, _ share: Float, _ dots: DotField, _ reach: Float, _ obstacles: ObstacleField?,
    _ near: inout [SIMD4<Float>], _ found: inout [Gap]
  ) {
    let piece = demand.pieces[p]
    let t = surface.mesh.triangles[Int(piece.triangle)]
    let a = surface.mesh.positions[Int(t.x)]
    let ab = surface.mesh.positions[Int(t.y)] - a
    let ac = surface.mesh.positions[Int(t.z)] - a
    let spacing = demand.spacing(p, on: surface, limit: limit, rule: rule)
    let (v, w) = piece.weights(1 / 3, 1 / 3)
    let centre = a + ab * v + ac * w
    let longest = max(dot(ab, ab), dot(ac, ac), dot(ac - ab, ac - ab)).squareRoot() * abs(piece.size)
    let normal = surface.normal(piece.triangle, v, w)

    // Collect the discs that may cover a part of the piece: centre, and radius of the disc in w
    near.removeAll(keepingCapacity: true)
    let c0 = a + ab * piece.v + ac * piece.w
    let c1 = c0 + ab * piece.size
    let c2 = c0 + ac * piece.size
    let scale = share / reach
    // A disc that touches the piece has its centre within its radius plus two thirds of the longest edge
    let isCovered = dots.contains(near: centre, radius: share * spacing + 1.34 * longest, scale: scale) {
      entry, label in
      if dot(dots.normals[Int(label)], normal) < 0 { return false }
      let radius = (spacing * share + entry.w * scale) * 0.5
      let p = SIMD3(entry.x, entry.y, entry.z)
      let squared = radius * radius
      if dot(c0 - p, c0 - p) < squared && dot(c1 - p, c1 - p) < squared && dot(c2 - p, c2 - p) < squared {
        return true
      }
      near.append(SIMD4(entry.x, entry.y, entry.z, radius))
      return false
    }
    if isCovered { return }
    if let obstacles {
      obstacles.field.forEach(near: centre, radius: share * spacing + 1.34 * longest) { entry, label in
        if dot(obstacles.field.normals[Int(label)], normal) >= 0 {
          near.append(SIMD4(entry.x, entry.y, entry.z, ObstacleField.reach(spacing * share, entry.w)))
        }
      }
    }
    let smallest = resolution * spacing
    cut(piece, a, ab, ac, longest, smallest, share, near, &found)
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
    let h = piece.size * 0.5
    let t = piece.triangle
    let parts = [
      Piece(triangle: t, v: piece.v, w: piece.w, size: h), Piece(triangle: t, v: piece.v + h, w: piece.w + h, size: -h),
      Piece(triangle: t, v: piece.v + h, w: piece.w, size: h), Piece(triangle: t, v: piece.v, w: piece.w + h, size: h),
    ]
    for part in parts { cut(part, a, ab, ac, longest * 0.5, smallest, share, near, &found) }
  }
}
