// Darts of a given distance, thrown along the curve into the parts of the surface that still have room; see
// `MaximalPattern`.
//
// A piece of the demand is done with when it lies in one dot's disc. Otherwise the discs that touch it are collected
// once, a dart is thrown, and what is still open is cut in four and treated alike, at once and with the same discs,
// down to a 25th of the spacing. A piece that had room when it was visited has a dot then, close outside
// the discs of the dots before: the front moves on along the curve and packs dots tightly.
//
// `OpenPlaces` visits the surface again when all dots are there.

import Arithmetic
import CLanes
import Meshes

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
  var dots = MovingDots()
  var field: DotField
  /// Pieces that were not quite in discs when they were visited.
  private(set) var unfinished: [Int32] = []

  /// Longest edge of a fragment into which a dart is thrown, over the spacing.
  static let largestTarget: Float = 0.6
  /// How much further than a piece sees dots are listed for the pieces after it, over the spacing.
  private static let vicinity: Float = 1.7
  /// Side of a cell of the field over the distance: two or three of them span what a piece sees.
  private static let cell: Float = 3.4
  /// Longest edge below which fragments are not cut again, over the spacing.
  static let resolution: Float = 0.04

  init(
    on surface: PreparedSurface, _ demand: Demand, limit: SpacingLimit, rule: RadiusRule, obstacles: ObstacleField?,
    seed: UInt64, share: Float, least: Float, count: Int
  ) {
    self.surface = surface
    self.demand = demand
    self.limit = limit
    self.rule = rule
    self.obstacles = obstacles
    random = CounterRandom(seed: seed, stream: RandomStream.fragmentDarts)
    self.share = share
    self.least = least
    dots.walkers.reserveCapacity(count + count / 32)
    dots.places.reserveCapacity(count + count / 32)
    dots.normals.reserveCapacity(count + count / 32)
    field = DotField(
      low: demand.low, high: demand.high, smallest: share * rule.hexagonalSpacing(demand.greatestDensity),
      largest: share * rule.hexagonalSpacing(demand.leastDensity), cell: FragmentDarts.cell)
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

  /// The first piece from `start` on that does not lie in a dot's disc, a little smaller than its own. Changes nothing,
  /// but unless it may, all of `self` is copied for it.
  private mutating func endOfRun(from start: Int, inDiscOf i: Int) -> Int {
    let place = dots.places[i]
    let here = SIMD3(place.x, place.y, place.z)
    let dotNormal = dots.normals[i]
    let pieces = demand.pieces.span
    let spacings = demand.spacings.span
    let triangles = surface.mesh.triangles.span
    let positions = surface.mesh.positions.span
    let normals = surface.mesh.normals.span
    for p in start..<pieces.count {
      let piece = pieces[unchecked: p]
      let triangle = Int(piece.triangle)
      let a = Int(vertex(0, of: triangle, triangles))
      let b = Int(vertex(1, of: triangle, triangles))
      let c = Int(vertex(2, of: triangle, triangles))
      let corners = PointLanes(piece, of: positions[unchecked: a], positions[unchecked: b], positions[unchecked: c])
      let radius = (spacings[unchecked: p] + place.w) * 0.5 * least
      if !corners.lieWithin(radius, of: here) { return p }
      // What faces the dot at its corners does so in the middle, where the sheet is asked for
      let (na, nb, nc) = (normals[unchecked: a], normals[unchecked: b], normals[unchecked: c])
      if !PointLanes(na, nb, nc, nc).face(dotNormal) { return p }
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
      vicinity.move(to: site.centre, extent: reach + FragmentDarts.vicinity * site.spacing, in: field)
    }
    let quads = vicinity.quads
    let places = dots.places.span
    let normals = dots.normals.span
    for q in 0..<quads.count {
      var rest = quads[q].near(site.centre, base: reach, scale: 0.5)
      while rest != 0 {
        let lane = rest.trailingZeroBitCount
        rest &= rest &- 1
        let label = Int(quads[q].labels[lane])
        let place = places[label]
        if site.lies(within: (site.spacing + place.w) * 0.5 * least, of: place, normals[label]) { return label }
        site.note(label)
      }
    }
    site.lay()
    site.layNoted(places, normals, share: share, least: least)
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
    site.note(dots.count - 1)
    site.layNoted(dots.places.span, dots.normals.span, share: share, least: least)
    return true
  }

  /// The density at a point of a triangle over which it hardly changes.
  @inline(__always)
  func interpolatedDensity(_ point: SurfacePoint) -> Float {
    if demand.isConstant { return demand.greatestDensity }
    let t = surface.mesh.triangles[Int(point.triangle)]
    let index = surface.vertexPoints.index
    let d0 = demand.vertexValues[Int(index[Int(t.x)])]
    let d1 = demand.vertexValues[Int(index[Int(t.y)])]
    let d2 = demand.vertexValues[Int(index[Int(t.z)])]
    let value = d0 + (d1 - d0) * point.v + (d2 - d0) * point.w
    return limit.density(value, at: point, on: surface, rule: rule)
  }

  /// Whether a dot keeps its distance from those in `mask` and from obstacles.
  @inline(__always)
  private mutating func isFree(_ point: SurfacePoint, _ own: Float, _ site: borrowing FragmentSite, _ mask: UInt32)
    -> Bool
  {
    let p = point.position
    var rest = mask
    while rest != 0 {
      let i = rest.trailingZeroBitCount
      rest &= rest &- 1
      let place = dots.places[site.label(i)]
      let d = SIMD3(place.x, place.y, place.z) - p
      let reach = (own + place.w) * 0.5 * share
      if dot(d, d) >= reach * reach { continue }
      if isOneSheet(dots.normals[site.label(i)], point) { return false }
    }
    // In a steep feather it may see further than the site, and a full site does not list all
    let isInSight = own <= site.greatestSpacing && !site.isFull
    return obstacles == nil && isInSight || isFreeOfAll(point, own)
  }

  /// Whether a dot keeps its distance from all others and from obstacles. Changes nothing; see `endOfRun`.
  @inline(never)
  private mutating func isFreeOfAll(_ point: SurfacePoint, _ own: Float) -> Bool {
    let normal = surface.normal(point.triangle, point.v, point.w)
    return !field.conflicts(point.position, radius: share * own, normal: normal)
      && obstacles?.conflicts(point.position, radius: share * own, normal: normal) != true
  }

  @inline(__always)
  private func isOneSheet(_ normal: SIMD3<Float>, _ point: SurfacePoint) -> Bool {
    dot(normal, surface.normal(point.triangle, point.v, point.w)) >= 0
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
