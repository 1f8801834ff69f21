// Darts of a given distance, thrown along the curve into the parts of the surface that still have room; see
// `MaximalPattern`.
//
// A piece of the demand is done with when it lies in one dot's disc. Otherwise the discs that touch it are collected
// once, a dart is thrown, and what is still open is cut in four and treated alike, at once and with the same discs,
// down to a 25th of the spacing. A piece that had room when it was visited has a dot then, close outside
// the discs of the dots before: the front moves on along the curve and packs dots tightly.
//
// A second visit, when all dots are there, lists the places that have nearly room for another.

import CLanes
import HeadGeometry

struct FragmentDarts: Sendable {
  let surface: PreparedSurface
  let demand: Demand
  let limit: SpacingLimit
  let rule: RadiusRule
  let obstacles: ObstacleField?
  let random: CounterRandom
  /// Distance that dots keep, over the mean of their spacings.
  let share: Float
  /// Room that a place must have to be remembered, over the mean of the spacings: a little less than `share`.
  let least: Float

  /// The dots thrown so far, in the order of their arrival.
  private(set) var dots = MovingDots()
  private(set) var field: DotField
  /// Pieces that were not quite in discs when they were visited.
  private var unfinished: [Int32] = []

  /// Longest edge of a fragment into which a dart is thrown, over the spacing.
  static let largestTarget: Float = 0.6
  /// Longest edge of pieces of which many follow each other in the reach of the same dots, over the spacing.
  private static let smallPiece: Float = 9
  /// How much further than a small piece sees dots are listed for the pieces after it, over the spacing.
  private static let vicinity: Float = 1.7
  /// Longest edge below which fragments are not cut again, over the spacing.
  private static let resolution: Float = 0.04

  /// A place with nearly room for a dot.
  struct OpenPlace: Sendable {
    var point: SurfacePoint
    var normal: SIMD3<Float>
    /// Hexagonal spacing, mm.
    var spacing: Float
    /// Distance to the nearest dot over the mean spacing.
    var clearance: Float
  }

  init(
    on surface: PreparedSurface, _ demand: Demand, limit: SpacingLimit, rule: RadiusRule, obstacles: ObstacleField?,
    seed: UInt64, share: Float, least: Float, count: Int
  ) {
    self.surface = surface
    self.demand = demand
    self.limit = limit
    self.rule = rule
    self.obstacles = obstacles
    random = CounterRandom(seed: seed, stream: 0x6672_6167)
    self.share = share
    self.least = least
    dots.walkers.reserveCapacity(count + count / 32)
    dots.places.reserveCapacity(count + count / 32)
    dots.normals.reserveCapacity(count + count / 32)
    field = DotField(
      low: demand.low, high: demand.high, smallest: share * rule.hexagonalSpacing(demand.greatestDensity),
      largest: share * rule.hexagonalSpacing(demand.leastDensity), cell: 3.4)
  }

  /// Throws darts until no piece has room.
  ///
  /// - Parameter density: the density at a place, per cm²; 0 where no dot may lie.
  mutating func fill(_ density: (SurfacePoint) throws(SamplingError) -> Float) throws(SamplingError) {
    var site = FragmentSite()
    var vicinity = DotVicinity()
    var p = 0
    // The dot whose disc held the piece before mostly holds the next
    var last = -1
    while p < demand.pieces.count {
      var dart = UInt64(p) << 20
      if !(try fill(demand.pieces[p], of: p, &site, &vicinity, &dart, &last, density)) { unfinished.append(Int32(p)) }
      p += 1
      if last >= 0 { p = endOfRun(from: p, inDiscOf: last) }
    }
  }

  /// The first piece from `start` on that does not lie in a dot's disc, a little smaller than its own.
  private func endOfRun(from start: Int, inDiscOf i: Int) -> Int {
    let place = dots.places[i]
    let here = SIMD3(place.x, place.y, place.z)
    let dotNormal = dots.normals[i]
    let pieces = demand.pieces.span
    let spacings = demand.spacings.span
    let triangles = surface.mesh.triangles.span
    let positions = surface.mesh.positions.span
    let normals = surface.mesh.normals.span
    for p in start..<pieces.count {
      let piece = pieces[p]
      let t = triangles[Int(piece.triangle)]
      let radius = (spacings[p] + place.w) * 0.5 * least
      let squared = radius * radius
      let corner = positions[Int(t.x)]
      let ab = positions[Int(t.y)] - corner
      let ac = positions[Int(t.z)] - corner
      let a = corner - here + ab * piece.v + ac * piece.w
      let b = a + ab * piece.size
      let c = a + ac * piece.size
      if !(max(max(dot(a, a), dot(b, b)), dot(c, c)) < squared) { return p }
      // Of the normal in the middle only the side matters
      let (v, w) = (piece.v + piece.size / 3, piece.w + piece.size / 3)
      let normal = normals[Int(t.x)] * (1 - v - w) + normals[Int(t.y)] * v + normals[Int(t.z)] * w
      let side = dot(dotNormal, normal)
      if abs(side) > 1e-4 ? side < 0 : dot(dotNormal, surface.normal(piece.triangle, v, w)) < 0 { return p }
    }
    return pieces.count
  }

  /// Throws darts into a piece, or a part of one, until it has no room.
  ///
  /// - Returns: whether no place in it is left with nearly room for a dot.
  private mutating func fill(
    _ piece: Piece, of p: Int, _ site: inout FragmentSite, _ vicinity: inout DotVicinity, _ dart: inout UInt64,
    _ last: inout Int, _ density: (SurfacePoint) throws(SamplingError) -> Float
  ) throws(SamplingError) -> Bool {
    site.visit(piece, on: surface, spacing: demand.spacings[p], isFeathered: demand.isFeathered[p])
    let holder = gather(&site, &vicinity, least: least)
    if holder >= 0 {
      last = holder
      return true
    }
    let before = dots.count
    var isDone = false
    if !site.isFull && !site.isHeld {
      isDone = try fill(piece, site.longest, site.mask(from: 0), &site, &vicinity, &dart, density)
    }
    // Where many more dots are near than it has, as beside skin that is far denser, a smaller part sees fewer
    if site.isFull && site.longest > FragmentDarts.resolution * site.spacing {
      isDone = true
      for k in 0..<4 {
        let isQuarterDone = try fill(piece.quarter(k), of: p, &site, &vicinity, &dart, &last, density)
        isDone = isDone && isQuarterDone
      }
    }
    if dots.count > before { last = dots.count - 1 }
    return isDone
  }

  /// Collects the dots whose discs touch the site's piece.
  ///
  /// - Returns: a dot whose disc, a little smaller, holds all of it, or -1.
  @inline(__always)
  func gather(_ site: inout FragmentSite, _ vicinity: inout DotVicinity, least: Float) -> Int {
    let reach = share * site.greatestSpacing * 0.5 + 0.67 * site.longest
    if !vicinity.covers(site.centre, reach) {
      let isSmall = site.longest < FragmentDarts.smallPiece * site.spacing
      vicinity.move(to: site.centre, extent: reach + (isSmall ? FragmentDarts.vicinity * site.spacing : 0), in: field)
    }
    let inverse = 1 / share
    let quads = vicinity.quads.span
    let normals = dots.normals.span
    for q in 0..<quads.count {
      var rest = quads[q].near(site.centre, base: reach, scale: 0.5)
      while rest != 0 {
        let lane = rest.trailingZeroBitCount
        rest &= rest &- 1
        let label = Int(quads[q].labels[lane])
        var place = quads[q].entry(lane)
        place.w *= inverse
        if site.add(place, normals[label], share: share, least: least) { return label }
        if site.isFull { return -1 }
      }
    }
    return -1
  }

  /// Throws darts into a part of a piece until it has no room.
  ///
  /// - Parameter mask: the dots that matter to the part.
  /// - Returns: whether no place in it is left with nearly room for a dot.
  private mutating func fill(
    _ part: Piece, _ longest: Float, _ mask: UInt32, _ site: inout FragmentSite,
    _ vicinity: inout DotVicinity, _ dart: inout UInt64,
    _ density: (SurfacePoint) throws(SamplingError) -> Float
  ) throws(SamplingError) -> Bool {
    var known = site.count
    var mask = mask
    if longest <= FragmentDarts.largestTarget * site.spacing {
      if try throwDart(into: part, mask, &site, &vicinity, &dart, density) {
        mask |= site.mask(from: known)
        if site.count > known && site.isInLast(part) { return true }
        known = site.count
      }
      if longest <= FragmentDarts.resolution * site.spacing { return false }
    }
    let half = longest * 0.5
    var quarters = site.look(atQuartersOf: part, half, mask)
    var isDone = true
    for k in 0..<4 {
      if site.count > known {
        let newer = site.look(atQuartersOf: part, half, site.mask(from: known))
        quarters.held |= newer.held
        quarters.safe |= newer.safe
        quarters.touching |= newer.touching
        known = site.count
      }
      if quarters.safe >> UInt32(k) & 1 != 0 { continue }
      if quarters.held >> UInt32(k) & 1 != 0 {
        isDone = false
        continue
      }
      let isQuarterDone = try fill(
        part.quarter(k), half, quarters.touching[k], &site, &vicinity, &dart, density)
      isDone = isDone && isQuarterDone
    }
    return isDone
  }

  /// Throws one dart into a part of a piece. Returns whether it became a dot.
  @inline(__always)
  private mutating func throwDart(
    into part: Piece, _ mask: UInt32, _ site: inout FragmentSite, _ vicinity: inout DotVicinity, _ dart: inout UInt64,
    _ density: (SurfacePoint) throws(SamplingError) -> Float
  ) throws(SamplingError) -> Bool {
    let bits = random.bits(dart)
    dart += 1
    let (v, w) = part.weights(Float(bits >> 40) * 0x1p-24, Float((bits >> 16) & 0xFF_FFFF) * 0x1p-24)
    let point = SurfacePoint(position: site.position(v, w), triangle: part.triangle, v: v, w: w)
    let value = site.isFeathered ? try density(point) : interpolatedDensity(point)
    guard value > 0 else { return false }
    let own = rule.hexagonalSpacing(value)
    guard isFree(point, own, site, mask) else { return false }
    let normal = surface.normal(point.triangle, v, w)
    let radius = share * own
    field.insert(point.position, radius: radius, normal: normal)
    vicinity.append(SIMD4(point.position.x, point.position.y, point.position.z, radius), label: Int32(dots.count))
    dots.append(point, spacing: own, normal: normal)
    _ = site.add(dots.places[dots.count - 1], normal, share: share, least: least)
    return true
  }

  /// The density at a point of a triangle over which it hardly changes.
  @inline(__always)
  private func interpolatedDensity(_ point: SurfacePoint) -> Float {
    let t = surface.mesh.triangles[Int(point.triangle)]
    let d0 = demand.vertexValues[Int(surface.vertexPointIndex[Int(t.x)])]
    let d1 = demand.vertexValues[Int(surface.vertexPointIndex[Int(t.y)])]
    let d2 = demand.vertexValues[Int(surface.vertexPointIndex[Int(t.z)])]
    let value = d0 + (d1 - d0) * point.v + (d2 - d0) * point.w
    return limit.density(value, at: point, on: surface, rule: rule)
  }

  /// Whether a dot keeps its distance from those in `mask` and from obstacles.
  @inline(__always)
  private func isFree(_ point: SurfacePoint, _ own: Float, _ site: borrowing FragmentSite, _ mask: UInt32) -> Bool {
    let p = point.position
    var rest = mask
    while rest != 0 {
      let i = rest.trailingZeroBitCount
      rest &= rest &- 1
      let place = site[i].place
      let d = SIMD3(place.x, place.y, place.z) - p
      let reach = (own + place.w) * 0.5 * share
      if dot(d, d) >= reach * reach { continue }
      let other = site[i].normal
      if isOneSheet(other, point) { return false }
    }
    // In a steep feather it may see further than the site, and a full site does not list all
    let isInSight = own <= site.greatestSpacing && !site.isFull
    if obstacles == nil && isInSight { return true }
    let normal = surface.normal(point.triangle, point.v, point.w)
    return !field.conflicts(p, radius: share * own, normal: normal)
      && obstacles?.conflicts(p, radius: share * own, normal: normal) != true
  }

  @inline(__always)
  private func isOneSheet(_ normal: SIMD3<Float>, _ point: SurfacePoint) -> Bool {
    dot(normal, surface.normal(point.triangle, point.v, point.w)) >= 0
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
      if dot(site[i].normal, normal) < 0 { continue }
      let place = site[i].place
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

  /// Drops dots, one every so often, until `count` are left.
  mutating func keep(_ count: Int) {
    let all = dots
    dots = MovingDots()
    field.removeAll()
    for k in 0..<count {
      let i = k * all.count / count
      let place = all.places[i]
      dots.append(all.point(i), spacing: place.w, normal: all.normals[i])
      field.insert(SIMD3(place.x, place.y, place.z), radius: share * place.w, normal: all.normals[i])
    }
  }
}
