// How many impressions each small piece of the surface should get: the density integrated over pieces of
// triangles that follow each other along a Hilbert curve.
//
// The running sum along the curve is a ruler with one unit per impression. Equal stretches of it are compact
// patches of skin that should hold equally many impressions, which is how every later step meets the density
// everywhere and not only on the whole.

import HeadGeometry

/// A part of a triangle: corners at weights (v, w), (v + size, w) and (v, w + size). `size` is negative for the
/// inverted middle part of a subdivision.
struct Piece: Sendable {
  var triangle: UInt32
  var v: Float
  var w: Float
  var size: Float

  /// One of its quarters. The inverted middle comes second, so that consecutive parts mostly touch.
  @inline(__always)
  func quarter(_ k: Int) -> Piece {
    let h = size * 0.5
    return switch k {
    case 0: Piece(triangle: triangle, v: v, w: w, size: h)
    case 1: Piece(triangle: triangle, v: v + h, w: w + h, size: -h)
    case 2: Piece(triangle: triangle, v: v + h, w: w, size: h)
    default: Piece(triangle: triangle, v: v, w: w + h, size: h)
    }
  }

  /// A point of the piece from two numbers in [0, 1), uniform by area.
  @inline(__always)
  func weights(_ s: Float, _ t: Float) -> (v: Float, w: Float) {
    let fold = s + t > 1
    let a = fold ? 1 - s : s
    let b = fold ? 1 - t : t
    // Rounding may step over an edge by one unit in the last place.
    let pv = min(max(v + a * size, 0), 1)
    let pw = min(max(w + b * size, 0), 1 - pv)
    return (pv, pw)
  }
}

struct Demand: Sendable {
  /// Pieces with a demand above zero, along the curve.
  var pieces: [Piece] = []
  /// Whether the density changes over a piece's triangle.
  var isFeathered: [Bool] = []
  /// Sum of the demand before each piece, with the total at the end; in impressions.
  var cumulative: [Double] = [0]
  /// Hexagonal spacing of each piece's mean density, within the spacing's limit, mm; empty until it is measured.
  private(set) var spacings: [Float] = []
  /// Density at each of the surface's vertex points, per cm².
  var vertexValues: [Float] = []
  /// Greatest density met, per cm².
  var greatestDensity: Float = 0
  /// Least mean density of a piece above zero, per cm².
  var leastDensity: Float = .infinity
  /// Box around the centroids of the triangles with a demand, mm.
  var low = SIMD3<Float>(repeating: 0)
  var high = SIMD3<Float>(repeating: 0)

  var total: Double { cumulative[cumulative.count - 1] }
}

extension Demand {
  /// Longest edge of a piece where the density is steep, mm: a feather of 2 mm is cut in four.
  static let pieceEdge: Float = 0.6
  /// Longest edge of a piece where the density varies gently, mm.
  static let gentlePieceEdge: Float = 1.2
  /// Change over a triangle from which the density is steep, over the greatest density.
  static let steepChange: Float = 0.25
  /// Change over a triangle below which the density does not vary, over the greatest density, and over the triangle's.
  static let negligibleChange: (ofGreatest: Float, ofOwn: Float) = (0.01, 0.05)
  /// Longest edge of a triangle whose corners and centre are trusted to show any variation, mm.
  static let trustedEdge: Float = 2.5
  /// At most so many extra pieces to follow the field; a mesh that would need more is followed less finely.
  static let pieceBudget = 4_000_000

  /// Integrates the density.
  ///
  /// - Parameter count: exact number of impressions asked for, or `nil`.
  /// - Throws: `badDensity`; `tooMany` before memory for the impressions is taken.
  init(
    of density: some SurfaceDensity, on surface: PreparedSurface, count: Int?, maximum: Int, threads: Int?
  ) throws(SamplingError) {
    if let count, count > maximum { throw .tooMany(asked: Double(count), maximum: maximum) }
    vertexValues = try evaluate(density, at: surface.vertexPoints, threads: threads)
    let centroidValues = try evaluate(density, at: surface.centroidPoints, threads: threads)

    // Integrate with corners and centroid: exact for fields that are quadratic over a triangle
    var active: [UInt32] = []
    var activeIndex: [UInt32] = []
    var coarse = [Float](repeating: 0, count: surface.live.count)
    var varies = [Bool](repeating: false, count: surface.live.count)
    var feathers = [Bool](repeating: false, count: surface.live.count)
    var edges = [Float](repeating: 0, count: surface.live.count)
    var coarseTotal = 0.0
    let longestEdges = surface.longestEdges.span
    let areas = surface.areas.span
    let live = surface.live.span
    let triangles = surface.mesh.triangles.span
    let vertexPointIndex = surface.vertexPointIndex.span
    for i in 0..<vertexValues.count { greatestDensity = max(greatestDensity, vertexValues[i]) }
    for i in 0..<centroidValues.count { greatestDensity = max(greatestDensity, centroidValues[i]) }
    let negligible = Demand.negligibleChange.ofGreatest * greatestDensity
    for i in 0..<live.count {
      let t = triangles[Int(live[i])]
      let d0 = vertexValues[Int(vertexPointIndex[Int(t.x)])]
      let d1 = vertexValues[Int(vertexPointIndex[Int(t.y)])]
      let d2 = vertexValues[Int(vertexPointIndex[Int(t.z)])]
      let c = centroidValues[i]
      let low = min(min(d0, d1), min(d2, c))
      let high = max(max(d0, d1), max(d2, c))
      let long = longestEdges[i]
      feathers[i] = high - low > max(Demand.negligibleChange.ofOwn * high, negligible)
      let isSteep = high - low > Demand.steepChange * greatestDensity
      let edge = isSteep ? Demand.pieceEdge : Demand.gentlePieceEdge
      let feathered = feathers[i] && long > edge
      varies[i] = feathered || long > Demand.trustedEdge
      edges[i] = feathered ? edge : Demand.trustedEdge * 0.6
      if high > 0 || varies[i] {
        active.append(live[i])
        activeIndex.append(UInt32(i))
      }
      let mean = 0.75 * c + (d0 + d1 + d2) * (1 / 12)
      let demand = mean * areas[i] * 0.01
      coarse[i] = demand
      coarseTotal += Double(demand)
    }
    // Far above the limit the coarse sum is proof enough; near it the fine sum decides below.
    if count == nil, coarseTotal > 2 * Double(maximum) { throw .tooMany(asked: coarseTotal, maximum: maximum) }
    let scale = count.map { coarseTotal > 0 ? Double($0) / coarseTotal : 0 } ?? 1

    // Order the triangles along the curve, twins out
    let curve = hilbertOrder(of: activeIndex, triangles: active, on: surface.mesh)
    low = curve.low
    high = curve.high
    let order = withoutTwins((curve.order, curve.keys), surface)

    // Choose how finely to cut each triangle
    var levelCap = 7
    while levelCap > 0 {
      var extra = 0
      for k in order where varies[Int(k)] {
        extra += 1 << (2 * min(levelCap, levels(surface.longestEdges[Int(k)] / edges[Int(k)])))
      }
      if extra <= Demand.pieceBudget { break }
      levelCap -= 1
    }

    var piecePoints: [SurfacePoint] = []
    var pieceSlots: [Int] = []
    var demands: [Float] = []
    pieces.reserveCapacity(order.count)
    demands.reserveCapacity(order.count)
    for k in order {
      let i = Int(k)
      let triangle = surface.live[i]
      let wanted = Double(coarse[i]) * scale
      var level = wanted > 1 ? min(10, levels(Float(wanted.squareRoot()))) : 0
      if varies[i] { level = max(level, min(levelCap, levels(surface.longestEdges[i] / edges[i]))) }
      if level == 0 {
        if coarse[i] > 0 {
          pieces.append(Piece(triangle: triangle, v: 0, w: 0, size: 1))
          demands.append(coarse[i])
          isFeathered.append(feathers[i])
          leastDensity = min(leastDensity, coarse[i] * 100 / surface.areas[i])
        }
        continue
      }
      let first = pieces.count
      appendPieces(Piece(triangle: triangle, v: 0, w: 0, size: 1), level)
      let share = 1 / Float(pieces.count - first)
      for p in first..<pieces.count {
        isFeathered.append(feathers[i])
        if varies[i] {
          demands.append(surface.areas[i] * 0.01 * share)
          pieceSlots.append(p)
          let (v, w) = pieces[p].weights(1 / 3, 1 / 3)
          piecePoints.append(SurfacePoint(position: surface.position(triangle, v, w), triangle: triangle, v: v, w: w))
        } else {
          demands.append(coarse[i] * share)
          leastDensity = min(leastDensity, coarse[i] * 100 / surface.areas[i])
        }
      }
    }
    let values = try evaluate(density, at: piecePoints, threads: threads)
    for (j, p) in pieceSlots.enumerated() {
      demands[p] *= values[j]
      greatestDensity = max(greatestDensity, values[j])
      if values[j] > 0 { leastDensity = min(leastDensity, values[j]) }
    }

    // Drop empty pieces and sum along the curve
    cumulative = []
    cumulative.reserveCapacity(pieces.count + 1)
    var sum = 0.0
    var kept = 0
    for p in 0..<pieces.count where demands[p] > 0 {
      pieces[kept] = pieces[p]
      isFeathered[kept] = isFeathered[p]
      kept += 1
      cumulative.append(sum)
      sum += Double(demands[p])
    }
    isFeathered.removeLast(pieces.count - kept)
    pieces.removeLast(pieces.count - kept)
    cumulative.append(sum)
    if count == nil, sum.rounded() > Double(maximum) { throw .tooMany(asked: sum, maximum: maximum) }
  }

  /// Measures `spacings`.
  mutating func measureSpacings(on surface: PreparedSurface, limit: SpacingLimit, rule: RadiusRule, threads: Int?) {
    if isUniform {
      spacings = [Float](repeating: rule.hexagonalSpacing(greatestDensity), count: pieces.count)
      return
    }
    let tile = 4096
    let count = pieces.count
    let parts = mapTiles((count + tile - 1) / tile, threads: threads) { [self] t in
      (t * tile..<min(count, (t + 1) * tile)).map { p in
        let (v, w) = pieces[p].weights(1 / 3, 1 / 3)
        let point = SurfacePoint(position: .zero, triangle: pieces[p].triangle, v: v, w: w)
        let own = density(p, on: surface, scale: rule.densityScale)
        return rule.hexagonalSpacing(limit.density(own, at: point, on: surface, rule: rule))
      }
    }
    spacings = parts.flatMap { $0 }
  }

  /// Whether the density is the same wherever it was asked for.
  private var isUniform: Bool {
    vertexValues.allSatisfy { $0 == greatestDensity } && !isFeathered.contains(true)
  }

  /// Mean density of a piece, per cm², as the field gave it.
  ///
  /// - Parameter scale: what the demand was multiplied by.
  func density(_ p: Int, on surface: PreparedSurface, scale: Float) -> Float {
    let piece = pieces[p]
    let t = surface.mesh.triangles[Int(piece.triangle)]
    let a = surface.mesh.positions[Int(t.x)]
    let twice = length(cross(surface.mesh.positions[Int(t.y)] - a, surface.mesh.positions[Int(t.z)] - a))
    let area = twice * 0.5 * piece.size * piece.size * 0.01
    return Float(cumulative[p + 1] - cumulative[p]) / (area * scale)
  }

  /// The triangles with a demand, along the curve.
  var triangles: [UInt32] {
    var result: [UInt32] = []
    for piece in pieces where piece.triangle != result.last { result.append(piece.triangle) }
    return result
  }

  /// Multiplies every demand, so that the total becomes `count`.
  mutating func scale(to count: Int) {
    let factor = Double(count) / total
    for i in cumulative.indices { cumulative[i] *= factor }
    cumulative[cumulative.count - 1] = Double(count)
  }

  /// For each whole number of impressions up to the total, the piece in which the running sum reaches it.
  func firstPieces(count: Int) -> [UInt32] {
    var first = [UInt32](repeating: 0, count: count + 1)
    var p = 0
    for t in 0...count {
      while p + 1 < pieces.count && cumulative[p + 1] <= Double(t) { p += 1 }
      first[t] = UInt32(p)
    }
    return first
  }

  /// Quarters a piece `level` times.
  private mutating func appendPieces(_ piece: Piece, _ level: Int) {
    if level == 0 {
      pieces.append(piece)
      return
    }
    for k in 0..<4 { appendPieces(piece.quarter(k), level - 1) }
  }
}

/// Smallest n with 2^n >= ratio.
private func levels(_ ratio: Float) -> Int {
  var n = 0
  while n < 16 && Float(1 << n) < ratio { n += 1 }
  return n
}

/// Without triangles that lie exactly on an earlier one and face the same way: counted twice they would double the
/// density. Twins have equal keys, so only runs of equal keys are compared.
private func withoutTwins(_ sorted: (order: [UInt32], keys: [UInt32]), _ surface: PreparedSurface) -> [UInt32] {
  /// Corner positions, turned so that the smallest comes first: equal for twins, different for opposite faces.
  func corners(_ k: UInt32) -> [Float] {
    let t = surface.mesh.triangles[Int(surface.live[Int(k)])]
    let p = (0..<3).map { surface.mesh.positions[Int(t[$0])] }
    let flat = p.map { [$0.x, $0.y, $0.z] }
    let first = (0..<3).min { flat[$0].lexicographicallyPrecedes(flat[$1]) } ?? 0
    return flat[first] + flat[(first + 1) % 3] + flat[(first + 2) % 3]
  }
  let n = sorted.order.count
  let keys = sorted.keys.span
  /// The end of the run of equal keys that starts at `start`.
  func runEnd(_ start: Int) -> Int {
    var end = start + 1
    while end < n && keys[end] == keys[start] { end += 1 }
    return end
  }
  // Most meshes have none
  var start = 0
  while start < n {
    let end = runEnd(start)
    if end - start > 1 && mayHoldTwins(sorted.order[start..<end], surface) { break }
    start = end
  }
  if start >= n { return sorted.order }

  var kept = Array(sorted.order[..<start])
  kept.reserveCapacity(n)
  while start < n {
    let end = runEnd(start)
    if end - start == 1 || !mayHoldTwins(sorted.order[start..<end], surface) {
      kept.append(contentsOf: sorted.order[start..<end])
    } else {
      let named = sorted.order[start..<end].map { (index: $0, corners: corners($0)) }
      let byCorners = named.sorted {
        if $0.corners == $1.corners { return $0.index < $1.index }
        return $0.corners.lexicographicallyPrecedes($1.corners)
      }
      var isTwin = Set<UInt32>()
      for (one, other) in zip(byCorners, byCorners.dropFirst()) where one.corners == other.corners {
        isTwin.insert(other.index)
      }
      kept.append(contentsOf: sorted.order[start..<end].filter { !isTwin.contains($0) })
    }
    start = end
  }
  return kept
}

/// Whether two triangles of a run have the same area: twins do.
private func mayHoldTwins(_ run: ArraySlice<UInt32>, _ surface: PreparedSurface) -> Bool {
  if run.count > 16 { return true }
  for i in run.indices {
    for j in run.index(after: i)..<run.endIndex
    where abs(surface.areas[Int(run[i])] - surface.areas[Int(run[j])]) <= 1e-5 * surface.areas[Int(run[i])] {
      return true
    }
  }
  return false
}
