// Interpolation of the mannequin's tables: cubic splines through control points, monotone cubics through rows
// of sections, and tables of cubics for fast evaluation. Set-up code, in Double.
//
// F. N. Fritsch, J. Butland. A method for constructing local monotone piecewise cubic interpolants. 1984.
// C. de Boor. A practical guide to splines. 1978 (the not-a-knot end condition).

import Arithmetic

/// Second derivatives of the cubic spline through (`t`, `v`) with not-a-knot ends.
///
/// Two points give a straight line and three a parabola. `t` must increase.
func splineCurvatures(_ t: [Double], _ v: [Double]) -> [Double] {
  let n = t.count
  if n < 3 { return [Double](repeating: 0, count: n) }
  let h = (0..<n - 1).map { t[$0 + 1] - t[$0] }
  let slope = (0..<n - 1).map { (v[$0 + 1] - v[$0]) / h[$0] }
  if n == 3 { return [Double](repeating: 2 * (slope[1] - slope[0]) / (h[0] + h[1]), count: 3) }
  var rows = [[Double]](repeating: [Double](repeating: 0, count: n + 1), count: n)
  rows[0][0] = -h[1]
  rows[0][1] = h[0] + h[1]
  rows[0][2] = -h[0]
  for i in 1..<n - 1 {
    rows[i][i - 1] = h[i - 1]
    rows[i][i] = 2 * (h[i - 1] + h[i])
    rows[i][i + 1] = h[i]
    rows[i][n] = 6 * (slope[i] - slope[i - 1])
  }
  rows[n - 1][n - 3] = -h[n - 2]
  rows[n - 1][n - 2] = h[n - 3] + h[n - 2]
  rows[n - 1][n - 1] = -h[n - 3]
  return solveLinear(&rows)
}

/// Second derivatives of the periodic cubic spline whose point `n` is point 0 again, at `t[0] + period`.
func periodicSplineCurvatures(_ t: [Double], _ v: [Double], period: Double) -> [Double] {
  let n = t.count
  let h = (0..<n).map { ($0 + 1 < n ? t[$0 + 1] : t[0] + period) - t[$0] }
  let slope = (0..<n).map { (v[($0 + 1) % n] - v[$0]) / h[$0] }
  var rows = [[Double]](repeating: [Double](repeating: 0, count: n + 1), count: n)
  for i in 0..<n {
    let before = (i + n - 1) % n
    rows[i][before] += h[before]
    rows[i][i] += 2 * (h[before] + h[i])
    rows[i][(i + 1) % n] += h[i]
    rows[i][n] = 6 * (slope[i] - slope[before])
  }
  return solveLinear(&rows)
}

/// Gaussian elimination with row exchange; each row ends with its right-hand side.
private func solveLinear(_ rows: inout [[Double]]) -> [Double] {
  let n = rows.count
  for c in 0..<n {
    var pivot = c
    for r in c..<n where abs(rows[r][c]) > abs(rows[pivot][c]) { pivot = r }
    rows.swapAt(c, pivot)
    for r in c + 1..<n where rows[r][c] != 0 {
      let factor = rows[r][c] / rows[c][c]
      for k in c...n where rows[c][k] != 0 { rows[r][k] -= factor * rows[c][k] }
    }
  }
  var x = [Double](repeating: 0, count: n)
  for r in stride(from: n - 1, through: 0, by: -1) {
    var sum = rows[r][n]
    for k in r + 1..<n { sum -= rows[r][k] * x[k] }
    x[r] = sum / rows[r][r]
  }
  return x
}

/// Value of the cubic piece from (0, a) to (h, b) with second derivatives `ma`, `mb`, at `s` in 0...h.
func cubicPiece(_ s: Double, _ h: Double, _ a: Double, _ b: Double, _ ma: Double, _ mb: Double) -> Double {
  let r = h - s
  return (ma * r * r * r + mb * s * s * s) / (6 * h) + (a / h - ma * h / 6) * r + (b / h - mb * h / 6) * s
}

/// A smooth curve through control points, sampled into a polyline.
///
/// Each point holds `columns` coordinates, of which the first `spatial` make up the chord length that serves as
/// parameter. The curve is the not-a-knot cubic spline, sampled at `max(2, floor(length / step) + 1)` equal
/// parameter steps.
func sampledCurve(_ points: [[Double]], spatial: Int, step: Double) -> [[Double]] {
  let t = chordLengths(points, spatial: spatial)
  let total = t[t.count - 1]
  let count = max(2, Int(total / step) + 1)
  var samples = [[Double]](repeating: [], count: count)
  for column in points[0].indices {
    let v = points.map { $0[column] }
    let m = splineCurvatures(t, v)
    var piece = 0
    for k in 0..<count {
      let s = total * Double(k) / Double(count - 1)
      while piece + 2 < t.count && s > t[piece + 1] { piece += 1 }
      let h = t[piece + 1] - t[piece]
      samples[k].append(cubicPiece(s - t[piece], h, v[piece], v[piece + 1], m[piece], m[piece + 1]))
    }
  }
  return samples
}

/// A closed smooth curve through control points, sampled at `count` equal parameter steps.
func sampledClosedCurve(_ points: [[Double]], count: Int) -> [[Double]] {
  let t = chordLengths(points + [points[0]], spatial: 2)
  let period = t[points.count]
  var samples = [[Double]](repeating: [], count: count)
  for column in points[0].indices {
    let v = points.map { $0[column] }
    let m = periodicSplineCurvatures(Array(t.dropLast()), v, period: period)
    var piece = 0
    for k in 0..<count {
      let s = period * Double(k) / Double(count)
      while s > t[piece + 1] { piece += 1 }
      let next = (piece + 1) % points.count
      let h = t[piece + 1] - t[piece]
      samples[k].append(cubicPiece(s - t[piece], h, v[piece], v[next], m[piece], m[next]))
    }
  }
  return samples
}

private func chordLengths(_ points: [[Double]], spatial: Int) -> [Double] {
  var t = [0.0]
  for (a, b) in zip(points, points.dropFirst()) {
    var sum = 0.0
    for k in 0..<spatial { sum += (b[k] - a[k]) * (b[k] - a[k]) }
    t.append(t[t.count - 1] + sum.squareRoot())
  }
  return t
}

/// Slopes of the monotone piecewise cubic through (`x`, `v`).
func monotoneSlopes(_ x: [Double], _ v: [Double]) -> [Double] {
  let n = x.count
  let h = (0..<n - 1).map { x[$0 + 1] - x[$0] }
  let d = (0..<n - 1).map { (v[$0 + 1] - v[$0]) / h[$0] }
  var slopes = [Double](repeating: 0, count: n)
  for i in 1..<n - 1 where d[i - 1] * d[i] > 0 {
    let w1 = 2 * h[i] + h[i - 1]
    let w2 = h[i] + 2 * h[i - 1]
    slopes[i] = (w1 + w2) / (w1 / d[i - 1] + w2 / d[i])
  }
  func end(_ h0: Double, _ h1: Double, _ d0: Double, _ d1: Double) -> Double {
    let e = ((2 * h0 + h1) * d0 - h0 * d1) / (h0 + h1)
    if e * d0 <= 0 { return 0 }
    return d0 * d1 < 0 && abs(e) > 3 * abs(d0) ? 3 * d0 : e
  }
  slopes[0] = end(h[0], h[1], d[0], d[1])
  slopes[n - 1] = end(h[n - 2], h[n - 3], d[n - 2], d[n - 3])
  return slopes
}

/// Value at `at` of the monotone cubic through (`x`, `v`), `x` increasing; constant beyond the ends.
func monotoneValue(_ x: [Double], _ v: [Double], _ slopes: [Double], at: Double) -> Double {
  let last = x.count - 1
  if at <= x[0] { return v[0] }
  if at >= x[last] { return v[last] }
  var i = 0
  while at > x[i + 1] { i += 1 }
  let h = x[i + 1] - x[i]
  let t = (at - x[i]) / h
  let a = v[i]
  let d = v[i + 1] - a
  return a + t * t * (3 - 2 * t) * d + h * t * (1 - t) * ((1 - t) * slopes[i] - t * slopes[i + 1])
}

/// A function on equal steps, stored as one cubic per step: continuous with its first derivative.
struct CubicTable: Sendable {
  private var coefficients: [SIMD4<Float>]
  private var first: Float
  private var perStep: Float
  /// Number of the last piece.
  private var last: Float

  /// Builds the table from values and derivatives at `first + k * step`.
  init(first: Double, step: Double, values: [Double], derivatives: [Double]) {
    self.first = Float(first)
    perStep = Float(1 / step)
    last = Float(values.count - 2)
    coefficients = (0..<values.count - 1).map { k in
      let a = values[k]
      let b = values[k + 1]
      let da = derivatives[k] * step
      let db = derivatives[k + 1] * step
      return SIMD4(Float(a), Float(da), Float(3 * (b - a) - 2 * da - db), Float(2 * (a - b) + da + db))
    }
  }

  /// Builds the table from values alone, with central differences as derivatives.
  init(first: Double, step: Double, values: [Double]) {
    let last = values.count - 1
    self.init(
      first: first, step: step, values: values,
      derivatives: values.indices.map { k in
        (values[min(k + 1, last)] - values[max(k - 1, 0)]) / (step * Double(min(k + 1, last) - max(k - 1, 0)))
      })
  }

  /// Value at `x`; the end pieces continue beyond the ends.
  @inline(__always)
  func value(_ x: Float) -> Float {
    let s = (x - first) * perStep
    let k = Int(held(s, 0, last))
    let c = coefficients[k]
    let t = s - Float(k)
    return c.x + t * (c.y + t * (c.z + t * c.w))
  }

  /// Derivative at `x`.
  @inline(__always)
  func slope(_ x: Float) -> Float {
    let s = (x - first) * perStep
    let k = Int(held(s, 0, last))
    let c = coefficients[k]
    let t = s - Float(k)
    return (c.y + t * (2 * c.z + 3 * t * c.w)) * perStep
  }
}
