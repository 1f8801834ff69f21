// How many impressions each small piece of the surface should get: the density integrated over pieces of
// triangles that follow each other along a Hilbert curve.
//
// The running sum along the curve is a ruler with one unit per impression. Equal stretches of it are compact
// patches of skin that should hold equally many impressions, which is how every later step meets the density
// everywhere and not only on the whole.

import Arithmetic
import Meshes

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
  /// Density at each of the surface's vertex points, per cm²; one value where it is uniform.
  var vertexValues: [Float] = []
  /// Whether the density is the same wherever it was asked for.
  private(set) var isConstant = false
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
    let atVertices: FieldValues
    let atCentroids: FieldValues
    if let value = uniformValue(of: density) {
      atVertices = FieldValues(uniform: value)
      atCentroids = atVertices
    } else {
      atVertices = try evaluate(
        density, count: surface.vertexPoints.count, threads: threads
      ) { surface.vertexPoints.write($0, of: surface.mesh, to: $1) }
      atCentroids = try evaluate(
        density, count: surface.live.count, threads: threads, points: surface.writeCentroids)
    }
    vertexValues = atVertices.values
    greatestDensity = max(atVertices.greatest, atCentroids.greatest)
    let coarse = CoarseDemand(on: surface, vertices: atVertices, centroids: atCentroids)
    // Far above the limit the coarse sum is proof enough; near it the fine sum decides below.
    if count == nil, coarse.total > 2 * Double(maximum) { throw .tooMany(asked: coarse.total, maximum: maximum) }
    let scale = count.map { coarse.total > 0 ? Double($0) / coarse.total : 0 } ?? 1

    // Order the triangles along the curve, twins out
    var curve = hilbertOrder(of: surface, active: coarse.active, marks: coarse.marks)
    let hadTwins = curve.removeTwins(surface)
    low = curve.low
    high = curve.high

    let cuts = TriangleCuts(of: curve, coarse, on: surface, scale: scale)
    let values = try evaluate(density, count: cuts.partCount, threads: threads) { range, points in
      cuts.writePoints(range, on: surface, to: points)
    }
    greatestDensity = max(greatestDensity, values.greatest)
    leastDensity = min(
      hadTwins ? coarse.leastDensity(among: curve, on: surface) : coarse.leastDensity, values.least)
    fill(curve, coarse, cuts, values.values.span, on: surface, scale: scale)
    isConstant = atVertices.isConstant && !coarse.isFeathered && vertexValues.first == greatestDensity
    if count == nil, total.rounded() > Double(maximum) { throw .tooMany(asked: total, maximum: maximum) }
  }

  /// Lists the pieces with a demand and sums along the curve.
  ///
  /// - Parameter values: density at the centroids of the parts of the triangles that are cut.
  private mutating func fill(
    _ curve: CurveOrder, _ coarse: CoarseDemand, _ cuts: TriangleCuts, _ values: Span<Float>,
    on surface: PreparedSurface, scale: Double
  ) {
    // Only a demand above one impression cuts a triangle over which the density does not vary
    let dense = Double(coarse.greatest) * scale > 1 ? scale : 0
    let capacity = curve.records.count + cuts.partCount + Demand.extraPieces(curve, coarse, dense)
    var pieceList = [Piece](unwritten: capacity)
    var feathers = [Bool](repeating: false, count: capacity)
    var sums = [Double](unwritten: capacity + 1)
    let kept = write(curve.records.span, coarse, cuts, values, surface, dense, &pieceList, &feathers, &sums)
    pieceList.removeLast(capacity - kept)
    feathers.removeLast(capacity - kept)
    sums.removeLast(capacity - kept)
    pieces = pieceList
    isFeathered = feathers
    cumulative = sums
  }

  /// How many pieces beyond one per triangle demands above one impression ask for.
  private static func extraPieces(_ curve: CurveOrder, _ coarse: CoarseDemand, _ scale: Double) -> Int {
    if scale == 0 { return 0 }
    let demands = coarse.demands.span
    var extra = 0
    for record in curve.records where record & CurveOrder.mark == 0 {
      extra += QuarteredTriangle.range(level(of: Double(demands[CurveOrder.index(record)]) * scale)).count - 1
    }
    return extra
  }

  /// Writes the pieces with a demand, and the sums before each.
  ///
  /// - Parameter scale: impressions placed per impression asked for; 0 where none needs more than one piece.
  /// - Returns: their number.
  private mutating func write(
    _ records: Span<UInt64>, _ coarse: CoarseDemand, _ cuts: TriangleCuts, _ values: Span<Float>,
    _ surface: PreparedSurface, _ scale: Double, _ pieceList: inout [Piece], _ featherList: inout [Bool],
    _ sums: inout [Double]
  ) -> Int {
    let demands = coarse.demands.span
    let marks = coarse.marks.span
    let areas = surface.areas.span
    let live = surface.live.span
    let levels = cuts.levels.span
    let partsOfCuts = cuts.quarters
    let partsOfDense =
      scale > 0 ? QuarteredTriangle(levels: Demand.level(of: Double(coarse.greatest) * scale)) : partsOfCuts
    let cutParts = partsOfCuts.pieces.span
    let denseParts = partsOfDense.pieces.span
    let isFeathered = coarse.isFeathered
    let isWhole = live.count == surface.mesh.triangles.count
    var sum = 0.0
    var kept = 0
    var nextCut = 0
    var nextPart = 0
    var pieces = pieceList.mutableSpan
    var feathers = featherList.mutableSpan
    var cumulative = sums.mutableSpan
    // A piece without demand is written over by the next one
    for k in 0..<records.count {
      let record = records[unchecked: k]
      let i = CurveOrder.index(record)
      let demand = demands[unchecked: i]
      let triangle = isWhole ? UInt32(truncatingIfNeeded: i) : live[unchecked: i]
      let isFeather = isFeathered && marks[unchecked: i] & TriangleMark.feathered != 0
      if record & CurveOrder.mark != 0 {
        let level = Int(levels[nextCut])
        nextCut &+= 1
        if level > 0 {
          let range = QuarteredTriangle.range(level)
          let each = areas[unchecked: i] * 0.01 * (1 / Float(range.count))
          let own = values.extracting(nextPart..<nextPart + range.count)
          let parts = cutParts.extracting(range)
          nextPart &+= range.count
          for p in 0..<parts.count {
            let demand = each * own[unchecked: p]
            var part = parts[unchecked: p]
            part.triangle = triangle
            pieces[unchecked: kept] = part
            if isFeather { feathers[unchecked: kept] = demand > 0 }
            cumulative[unchecked: kept] = sum
            sum += Double(demand)
            kept &+= demand > 0 ? 1 : 0
          }
          continue
        }
        if demand > 0 { leastDensity = min(leastDensity, demand * 100 / areas[i]) }
      } else if scale > 0 {
        let level = Demand.level(of: Double(demand) * scale)
        if level > 0 {
          let range = QuarteredTriangle.range(level)
          let each = demand * (1 / Float(range.count))
          if !(each > 0) { continue }
          for p in range {
            var part = denseParts[p]
            part.triangle = triangle
            pieces[kept] = part
            feathers[kept] = isFeather
            cumulative[kept] = sum
            sum += Double(each)
            kept += 1
          }
          continue
        }
      }
      pieces[unchecked: kept] = Piece(triangle: triangle, v: 0, w: 0, size: 1)
      if isFeather { feathers[unchecked: kept] = demand > 0 }
      cumulative[unchecked: kept] = sum
      sum += Double(demand)
      kept &+= demand > 0 ? 1 : 0
    }
    cumulative[kept] = sum
    return kept
  }

  /// How often a triangle is quartered so that its pieces have about one impression each.
  @inline(__always)
  static func level(of wanted: Double) -> Int { wanted > 1 ? min(10, levels(Float(wanted.squareRoot()))) : 0 }

  /// Measures `spacings`.
  mutating func measureSpacings(on surface: PreparedSurface, limit: SpacingLimit, rule: RadiusRule, threads: Int?) {
    if isConstant {
      spacings = [Float](repeating: rule.hexagonalSpacing(greatestDensity), count: pieces.count)
      return
    }
    let tile = 4096
    let count = pieces.count
    spacings = [Float](unsafeUninitializedCapacity: count) { [self] buffer, initialized in
      // Tiles write disjoint parts of the buffer.
      nonisolated(unsafe) let target = buffer
      parallelTiles((count + tile - 1) / tile, threads: threads) { t in
        let range = t * tile..<min(count, (t + 1) * tile)
        writeSpacings(
          range, on: surface, limit: limit, rule: rule, to: UnsafeMutableBufferPointer(rebasing: target[range]))
      }
      initialized = count
    }
  }

  private func writeSpacings(
    _ range: Range<Int>, on surface: PreparedSurface, limit: SpacingLimit, rule: RadiusRule,
    to spacings: UnsafeMutableBufferPointer<Float>
  ) {
    let pieces = pieces.span.extracting(range)
    let sums = cumulative.span.extracting(range.lowerBound..<range.upperBound + 1)
    let areas = surface.areas.span
    let isWhole = areas.count == surface.mesh.triangles.count
    for p in 0..<pieces.count {
      let piece = pieces[unchecked: p]
      // Mean density of the piece as the field gave it
      let whole = isWhole ? areas[unchecked: Int(piece.triangle)] : surface.area(of: piece.triangle)
      let area = whole * piece.size * piece.size * 0.01
      let own = Float(sums[unchecked: p &+ 1] - sums[unchecked: p]) / (area * rule.densityScale)
      let (v, w) = piece.weights(1 / 3, 1 / 3)
      let point = SurfacePoint(position: .zero, triangle: piece.triangle, v: v, w: w)
      spacings[p] = rule.hexagonalSpacing(limit.density(own, at: point, on: surface, rule: rule))
    }
  }

  /// The triangles with a demand, along the curve.
  var triangles: [UInt32] {
    let pieces = pieces.span
    guard !pieces.isEmpty else { return [] }
    var result = [UInt32](unwritten: pieces.count)
    var out = result.mutableSpan
    // The last one written is that of the piece before
    var last = 0
    out[0] = pieces[0].triangle
    for p in 1..<pieces.count {
      let triangle = pieces[unchecked: p].triangle
      last &+= triangle == out[unchecked: last] ? 0 : 1
      out[unchecked: last] = triangle
    }
    result.removeLast(pieces.count - last - 1)
    return result
  }

  /// Multiplies every demand, so that the total becomes `count`.
  mutating func scale(to count: Int) {
    let factor = Double(count) / total
    var sums = cumulative.mutableSpan
    for i in 0..<sums.count { sums[unchecked: i] *= factor }
    sums[sums.count - 1] = Double(count)
  }

  /// For each whole number of impressions up to the total, the piece in which the running sum reaches it.
  func firstPieces(count: Int) -> [UInt32] {
    var first = [UInt32](repeating: 0, count: count + 1)
    let sums = cumulative.span
    var out = first.mutableSpan
    var t = 0
    for p in 0..<pieces.count - 1 {
      while t <= count && sums[unchecked: p + 1] > Double(t) {
        out[t] = UInt32(truncatingIfNeeded: p)
        t += 1
      }
    }
    while t <= count {
      out[t] = UInt32(truncatingIfNeeded: max(0, pieces.count - 1))
      t += 1
    }
    return first
  }
}

/// Smallest n with 2^n >= ratio.
func levels(_ ratio: Float) -> Int {
  var n = 0
  while n < 16 && Float(1 << n) < ratio { n += 1 }
  return n
}
