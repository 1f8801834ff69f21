// Face and neck: horizontal sections stacked along y. Each section is a super-ellipse whose front and back
// halves meet at the depth where it is widest.

import Arithmetic
import ScalpGeometry

/// One horizontal section, mm.
struct Section: Sendable, Equatable {
  var y: Double
  var zFront: Double
  var halfWidth: Double
  var zWidest: Double
  var zBack: Double
  var nFront: Double
  var nBack: Double

  init(
    _ y: Double, _ zFront: Double, _ halfWidth: Double, _ zWidest: Double, _ zBack: Double, _ nFront: Double,
    _ nBack: Double? = nil
  ) {
    self.y = y
    self.zFront = zFront
    self.halfWidth = halfWidth
    self.zWidest = zWidest
    self.zBack = zBack
    self.nFront = nFront
    self.nBack = nBack ?? nFront
  }
}

/// The numbers of a loft.
struct LoftShape: Sendable, Equatable {
  /// Sections in any order of y.
  var sections: [Section]
  /// Turns the radial measure into something near a distance.
  var scale: Double
  /// Standard deviation of the smoothing of the section columns along y, mm. The monotone cubic has jumps of
  /// curvature at every row, which light shows as bands; 0 leaves them.
  var smoothing = 0.0
  /// Half-width of the zone around the widest depth over which the front and back halves pass into each other,
  /// mm; 0 joins them abruptly.
  var join = 0.0
  /// (z, y), z increasing: the underside that cuts the loft off below, or empty. Sections that shrink to a point
  /// would close it too, but their field is steep there, and fillets turn into creases.
  var underside: [[Double]] = []
  /// Width over which the edge of the underside is rounded, mm.
  var undersideRounding = 0.0
  /// Whether the field is continuous at the end sections, so that a surface may lie there.
  var cappedEnds = false

  static let plainFace = LoftShape(
    sections: [
      Section(60, 30, 24, 10, -20, 2.3, 2.4), Section(50, 62, 42, 20, -20, 2.3, 2.4),
      Section(40, 80, 53, 26, -20, 2.4, 2.4), Section(30, 87, 60, 28, -20, 2.45, 2.4),
      Section(20, 88, 64, 28, -20, 2.45, 2.4), Section(8, 88, 66.5, 26, -20, 2.4, 2.4),
      Section(-5, 90, 67.2, 24, -20, 2.3, 2.4), Section(-18, 93.5, 65.6, 20, -20, 2.15, 2.4),
      Section(-30, 97.5, 62.8, 15, -20, 2.02, 2.4), Section(-42, 99, 60, 10, -20, 1.96, 2.4),
      Section(-54, 97.5, 57.4, 8, -16, 1.93, 2.4), Section(-64, 95, 54.2, 9, -10, 1.93, 2.4),
      Section(-73, 93, 49.5, 14, 2, 1.95, 2.4), Section(-82, 94.5, 43, 24, 14, 2, 2.4),
      Section(-90, 94.5, 35, 38, 28, 2.05, 2.4), Section(-96, 91, 27, 48, 38, 2.1, 2.4),
      Section(-99.5, 84.5, 19, 56, 47, 2.1, 2.4), Section(-102, 74, 10, 62, 56, 2.1, 2.2),
      Section(-103.5, 66, 2.5, 63, 60.5, 2, 2),
    ], scale: 0.9)

  static let plainNeck = LoftShape(
    sections: [
      Section(0, 26, 52, -20, -76, 2.3), Section(-25, 26, 52.5, -22, -77, 2.25), Section(-50, 26, 53, -24, -77, 2.2),
      Section(-75, 27, 53.5, -26, -78.5, 2.15), Section(-95, 28, 55, -28, -82, 2.15),
      Section(-115, 29, 57.5, -30, -88, 2.15), Section(-130, 26, 61, -33, -93, 2.15),
      Section(-145, 23, 68, -36, -98, 2.15), Section(-160, 20, 80, -39, -103, 2.2),
      Section(-175, 18, 100, -42, -108, 2.3), Section(-200, 18, 140, -46, -113, 2.4),
    ], scale: 0.92)
}

/// The field of a loft.
struct Loft: Sendable {
  private let low: Float
  private let high: Float
  private let scale: Float
  private let join: Float
  private let cappedEnds: Bool
  private let underside: CubicTable?
  private let undersideFrom: Float
  private let undersideTo: Float
  private let undersideRounding: Float
  private let zFront: CubicTable
  private let halfWidth: CubicTable
  private let zWidest: CubicTable
  private let zBack: CubicTable
  private let nFront: CubicTable
  private let nBack: CubicTable
  /// Step of the extents below, mm.
  private static let step = 0.5
  /// Half-width, front and back of the section at every step, for bounds.
  private let extents: [SIMD3<Float>]

  init(_ shape: LoftShape) {
    let rows = shape.sections.sorted { $0.y < $1.y }
    let y = rows.map(\.y)
    low = Float(y[0])
    high = Float(y[y.count - 1])
    scale = Float(shape.scale)
    join = Float(shape.join)
    cappedEnds = shape.cappedEnds
    undersideRounding = Float(shape.undersideRounding)
    undersideFrom = Float(shape.underside.first?[0] ?? 0)
    undersideTo = Float(shape.underside.last?[0] ?? 0)
    underside = shape.underside.isEmpty ? nil : Self.undersideTable(shape.underside)
    let count = Int(((y[y.count - 1] - y[0]) / Self.step).rounded(.up)) + 1
    func column(_ values: [Double]) -> [Double] {
      let slopes = monotoneSlopes(y, values)
      let samples = (0..<count).map { monotoneValue(y, values, slopes, at: y[0] + Double($0) * Self.step) }
      return shape.smoothing > 0 ? Self.smoothed(samples, deviation: shape.smoothing) : samples
    }
    func table(_ values: [Double]) -> CubicTable { CubicTable(first: y[0], step: Self.step, values: values) }
    let front = column(rows.map(\.zFront))
    let width = column(rows.map(\.halfWidth))
    let back = column(rows.map(\.zBack))
    zFront = table(front)
    halfWidth = table(width)
    zBack = table(back)
    zWidest = table(column(rows.map(\.zWidest)))
    nFront = table(column(rows.map(\.nFront)))
    nBack = table(column(rows.map(\.nBack)))
    extents = (0..<count).map { SIMD3(Float(width[$0]), Float(front[$0]), Float(back[$0])) }
  }

  /// Gaussian smoothing along y that fades out over the last 15 mm at both ends.
  private static func smoothed(_ values: [Double], deviation: Double) -> [Double] {
    values.indices.map { k in
      let fromEnd = Double(min(k, values.count - 1 - k)) * step
      let sigma = deviation * min(1, fromEnd / 15)
      if sigma < 0.1 { return values[k] }
      let reach = Int(3 * sigma / step)
      var sum = 0.0
      var weights = 0.0
      for offset in -reach...reach {
        // Beyond an end the column continues as its reflection through the end point.
        var j = k + offset
        var value: Double
        if j < 0 {
          j = min(-j, values.count - 1)
          value = 2 * values[0] - values[j]
        } else if j >= values.count {
          j = max(2 * (values.count - 1) - j, 0)
          value = 2 * values[values.count - 1] - values[j]
        } else {
          value = values[j]
        }
        let q = Double(offset) * step / sigma
        let weight = exponential(-0.5 * q * q)
        sum += weight * value
        weights += weight
      }
      return sum / weights
    }
  }

  @inline(__always)
  func value(_ x: Float, _ y: Float, _ z: Float) -> Float {
    let yc = clamp(y, low, high)
    let width = halfWidth.value(yc)
    let widest = zWidest.value(yc)
    let dz = z - widest
    var depth: Float
    var n: Float
    if join > 0 {
      let s = smoothstep(-join, join, dz)
      depth = mix(widest - zBack.value(yc), zFront.value(yc) - widest, s)
      n = mix(nBack.value(yc), nFront.value(yc), s)
    } else if dz >= 0 {
      depth = zFront.value(yc) - widest
      n = nFront.value(yc)
    } else {
      depth = widest - zBack.value(yc)
      n = nBack.value(yc)
    }
    let e = power(power(abs(x) / width, n) + power(abs(dz) / depth, n), 1 / n)
    let r = (x * x + dz * dz).squareRoot()
    let d = r > 1e-4 && e > 1e-6 ? (e - 1) * r / e : -min(width, depth)
    if cappedEnds {
      let beyond = max(low - y, y - high)
      let outside = (max(d, 0) * max(d, 0) + max(beyond, 0) * max(beyond, 0)).squareRoot()
      let solid = min(max(d, beyond), 0) + outside
      guard let underside else { return scale * solid }
      return scale * smoothMax(solid, below(underside, y, z), undersideRounding)
    }
    let o = abs(y - yc)
    if o == 0 { return scale * d }
    return scale * (d > 0 ? (d * d + o * o).squareRoot() : o)
  }

  /// Distance below the underside, roughly.
  @inline(__always)
  private func below(_ table: CubicTable, _ y: Float, _ z: Float) -> Float {
    let zc = clamp(z, undersideFrom, undersideTo)
    let slope = table.slope(zc)
    return (table.value(zc) - y) / (1 + slope * slope).squareRoot()
  }

  private static func undersideTable(_ points: [[Double]]) -> CubicTable {
    let z = points.map { $0[0] }
    let y = points.map { $0[1] }
    let m = splineCurvatures(z, y)
    let count = 101
    let step = (z[z.count - 1] - z[0]) / Double(count - 1)
    let values = (0..<count).map { k -> Double in
      let at = z[0] + Double(k) * step
      var i = 0
      while i + 2 < z.count && at > z[i + 1] { i += 1 }
      return cubicPiece(at - z[i], z[i + 1] - z[i], y[i], y[i + 1], m[i], m[i + 1])
    }
    return CubicTable(first: z[0], step: step, values: values)
  }

  /// A lower bound of the field over a box with 0 <= x0.
  ///
  /// The radial measure of a section is never less than the distance to the rectangle around it.
  func lowerBound(_ box: FieldBox) -> Float {
    func step(_ y: Float) -> Int { Int(held((y - low) / Float(Self.step), -2, Float(extents.count))) }
    let first = min(max(step(box.low.y) - 1, 0), extents.count - 1)
    let last = min(max(step(box.high.y) + 1, first), extents.count - 1)
    var width = -Float.infinity
    var front = -Float.infinity
    var back = Float.infinity
    for k in first...last {
      width = max(width, extents[k].x)
      front = max(front, extents[k].y)
      back = min(back, extents[k].z)
    }
    let dx = max(box.low.x - width, 0)
    let dz = max(max(box.low.z - front, back - box.high.z), 0)
    let dy = max(max(box.low.y - high, low - box.high.y), 0)
    let distance = (dx * dx + dy * dy + dz * dz).squareRoot()
    return distance > 0 ? scale * distance : -.infinity
  }
}

/// An axis-aligned box of the template frame.
struct FieldBox: Sendable {
  var low: SIMD3<Float>
  var high: SIMD3<Float>

  var centre: SIMD3<Float> { (low + high) * 0.5 }
  var radius: Float { length(high - low) * 0.5 }

  /// Distance between this box and another; 0 where they meet.
  func distance(to other: FieldBox) -> Float {
    let dx = max(max(other.low.x - high.x, low.x - other.high.x), 0)
    let dy = max(max(other.low.y - high.y, low.y - other.high.y), 0)
    let dz = max(max(other.low.z - high.z, low.z - other.high.z), 0)
    return (dx * dx + dy * dy + dz * dz).squareRoot()
  }
}
