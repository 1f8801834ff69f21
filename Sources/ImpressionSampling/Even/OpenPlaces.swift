// Places with nearly room for a dot when all darts are thrown, and the dots that are still missing put into the widest
// of them; see `MaximalPattern`.
//
// Pieces that were not quite in discs when they were visited are cut as they were for the darts, and their smallest parts
// stand for the places.

import Arithmetic
import CLanes
import Meshes

extension FragmentDarts {
  /// A place with nearly room for a dot.
  struct OpenPlace: Sendable {
    var point: SurfacePoint
    var normal: SIMD3<Float>
    /// Hexagonal spacing, mm.
    var spacing: Float
    /// Distance to the nearest dot over the mean spacing.
    var clearance: Float
  }

  /// Places at which the nearest dot is further than `least`, over the mean spacing; one per fragment.
  ///
  /// Costs much less where `least` is not below that of the darts.
  func openPlaces(least: Float, threads: Int?, _ density: @Sendable (SurfacePoint) -> Float) -> [OpenPlace] {
    let isUnfinishedEnough = least >= self.least
    let count = isUnfinishedEnough ? unfinished.count : demand.pieces.count
    let tile = 1024
    let parts = mapTiles((count + tile - 1) / tile, threads: threads) { t in
      var site = FragmentSite()
      var vicinity = DotVicinity()
      var found: [OpenPlace] = []
      for k in t * tile..<min(count, (t + 1) * tile) {
        let p = isUnfinishedEnough ? Int(unfinished[k]) : k
        search(demand.pieces[p], of: p, &site, &vicinity, least, density, &found)
      }
      return found
    }
    return parts.flatMap { $0 }
  }

  private func search(
    _ piece: Piece, of p: Int, _ site: inout FragmentSite, _ vicinity: inout DotVicinity, _ least: Float,
    _ density: @Sendable (SurfacePoint) -> Float,
    _ found: inout [OpenPlace]
  ) {
    site.visit(piece, on: surface, spacing: demand.spacings[p], isFeathered: demand.isFeathered[p])
    if gather(&site, &vicinity, least: least) >= 0 { return }
    if site.isFull && site.longest > FragmentDarts.resolution * site.spacing {
      for k in 0..<4 { search(piece.quarter(k), of: p, &site, &vicinity, least, density, &found) }
      return
    }
    search(piece, site.longest, site.mask(from: 0), site, least, density, &found)
  }

  private func search(
    _ part: Piece, _ longest: Float, _ mask: UInt32, _ site: borrowing FragmentSite, _ least: Float,
    _ density: @Sendable (SurfacePoint) -> Float, _ found: inout [OpenPlace]
  ) {
    if longest > FragmentDarts.resolution * site.spacing {
      let half = longest * 0.5
      let quarters = site.look(atQuartersOf: part, half, mask)
      for k in 0..<4 where quarters.safe >> UInt32(k) & 1 == 0 {
        search(part.quarter(k), half, quarters.touching[k], site, least, density, &found)
      }
      return
    }
    let (v, w) = part.weights(1 / 3, 1 / 3)
    let point = SurfacePoint(position: site.position(v, w), triangle: part.triangle, v: v, w: w)
    let value = site.isFeathered ? density(point) : interpolatedDensity(point)
    guard value > 0 else { return }
    let own = rule.hexagonalSpacing(value)
    let normal = surface.normal(point.triangle, v, w)
    var clearance: Float = 100
    var rest = mask
    while rest != 0 {
      let i = rest.trailingZeroBitCount
      rest &= rest &- 1
      if dot(dots.normals[site.label(i)], normal) < 0 { continue }
      let place = dots.places[site.label(i)]
      let d = SIMD3(place.x, place.y, place.z) - point.position
      clearance = min(clearance, lane_sqrt1(dot(d, d)) * 2 / (own + place.w))
    }
    if clearance > least {
      found.append(OpenPlace(point: point, normal: normal, spacing: own, clearance: clearance))
    }
  }

  /// Adds `count` dots where there is most room, or as many as there is room for.
  ///
  /// - Returns: the distance that all dots keep now, over the mean of their spacings.
  mutating func add(_ count: Int, to open: [OpenPlace]) -> Float {
    let order = open.indices.sorted {
      open[$0].clearance == open[$1].clearance ? $0 < $1 : open[$0].clearance > open[$1].clearance
    }
    var held = share
    var missing = count
    for k in order where missing > 0 {
      let place = open[k]
      let p = place.point.position
      // A little less than the room there was, for rounding
      let trial = min(share, place.clearance * 0.9999)
      let isTaken = field.contains(near: p, radius: share * place.spacing) { entry, label in
        let d = SIMD3(entry.x, entry.y, entry.z) - p
        let reach = (place.spacing + entry.w / share) * 0.5 * trial
        return dot(d, d) < reach * reach && dot(dots.normals[Int(label)], place.normal) >= 0
      }
      if isTaken || obstacles?.conflicts(p, radius: trial * place.spacing, normal: place.normal) == true { continue }
      field.insert(p, radius: share * place.spacing, normal: place.normal)
      dots.append(place.point, spacing: place.spacing, normal: place.normal)
      held = min(held, trial)
      missing -= 1
    }
    return held
  }
}
