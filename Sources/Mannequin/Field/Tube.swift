import ScalpGeometry

/// A polyline whose points carry a radius: a tube, a stroke's spine, a fold.
///
/// The field of a tube is the least, over its segments, of the distance to the segment minus the radius
/// interpolated at the foot point.
struct Tube: Sendable {
  struct Segment: Sendable {
    var ax, ay, az, ar: Float
    var dx, dy, dz, dr: Float
    /// 1 / squared length; 0 for a point.
    var inverse: Float
  }
  private(set) var segments: [Segment]
  /// A few consecutive segments and the box around them.
  private struct Run: Sendable {
    var range: Range<Int>
    var box: FieldBox
    var largestRadius: Float
  }
  private var runs: [Run] = []
  private static let runLength = 8
  /// Box around the spine.
  private let bounds: FieldBox
  /// Largest change of radius per millimetre along the tube.
  private var taper: Float

  /// A tube through control points (x, y, z, radius), smoothed and sampled every `step` mm.
  init(_ points: [[Double]], step: Double) { self.init(polyline: sampledCurve(points, spatial: 3, step: step)) }

  /// A tube along straight pieces between points (x, y, z, radius).
  init(polyline points: [[Double]]) {
    segments = []
    taper = 0
    bounds = Self.box(around: points[...])
    for (a, b) in zip(points, points.dropFirst()) {
      let d = (b[0] - a[0], b[1] - a[1], b[2] - a[2])
      let squared = d.0 * d.0 + d.1 * d.1 + d.2 * d.2
      segments.append(
        Segment(
          ax: Float(a[0]), ay: Float(a[1]), az: Float(a[2]), ar: Float(a[3]),
          dx: Float(d.0), dy: Float(d.1), dz: Float(d.2), dr: Float(b[3] - a[3]),
          inverse: squared > 0 ? Float(1 / squared) : 0))
      if squared > 0 { taper = max(taper, Float(abs(b[3] - a[3]) / squared.squareRoot())) }
    }
    for first in stride(from: 0, to: segments.count, by: Self.runLength) {
      let last = min(first + Self.runLength, segments.count)
      runs.append(
        Run(
          range: first..<last, box: Self.box(around: points[first...last]),
          largestRadius: Float(points[first...last].map { $0[3] }.max() ?? 0)))
    }
  }

  private static func box(around points: ArraySlice<[Double]>) -> FieldBox {
    var low = SIMD3<Float>(repeating: .infinity)
    var high = -low
    for p in points {
      for k in 0..<3 {
        low[k] = min(low[k], Float(p[k]))
        high[k] = max(high[k], Float(p[k]))
      }
    }
    return FieldBox(low: low, high: high)
  }

  /// A cone from `a` to `b`, with the radius changing from `ra` to `rb`.
  init(cone a: (Double, Double, Double), _ ra: Double, to b: (Double, Double, Double), _ rb: Double) {
    self.init(polyline: [[a.0, a.1, a.2, ra], [b.0, b.1, b.2, rb]])
  }

  @inline(__always)
  private func value(_ s: Segment, _ x: Float, _ y: Float, _ z: Float) -> Float {
    let px = x - s.ax
    let py = y - s.ay
    let pz = z - s.az
    let along = (px * s.dx + py * s.dy + pz * s.dz) * s.inverse
    let t: Float = along < 0 ? 0 : (along > 1 ? 1 : along)
    let qx = px - t * s.dx
    let qy = py - t * s.dy
    let qz = pz - t * s.dz
    return (qx * qx + qy * qy + qz * qz).squareRoot() - s.ar - t * s.dr
  }

  @inline(__always)
  func value(_ x: Float, _ y: Float, _ z: Float) -> Float {
    var least = Float.infinity
    var i = 0
    while i < segments.count {
      let v = value(segments[i], x, y, z)
      if v < least { least = v }
      i += 1
    }
    return least
  }

  /// Squared distance to the spine, in millimetres squared; radii play no part.
  @inline(__always)
  func squaredDistance(_ x: Float, _ y: Float, _ z: Float) -> Float {
    var least = Float.infinity
    var i = 0
    while i < segments.count {
      let s = segments[i]
      i += 1
      let px = x - s.ax
      let py = y - s.ay
      let pz = z - s.az
      let along = (px * s.dx + py * s.dy + pz * s.dz) * s.inverse
      let t: Float = along < 0 ? 0 : (along > 1 ? 1 : along)
      let qx = px - t * s.dx
      let qy = py - t * s.dy
      let qz = pz - t * s.dz
      let q = qx * qx + qy * qy + qz * qz
      if q < least { least = q }
    }
    return least
  }

  /// A lower bound of the distance between the spine and a box.
  func distance(to box: FieldBox) -> Float { box.distance(to: bounds) }

  /// The tube without the segments that cannot be nearest anywhere within `radius` of (x, y, z).
  func reduced(_ x: Float, _ y: Float, _ z: Float, radius: Float) -> Tube {
    // Runs of segments lie in boxes, and the box nearest to the middle gives a first bound for all others.
    let point = SIMD3(x, y, z)
    let here = FieldBox(low: point, high: point)
    let bounds = runs.map { $0.box.distance(to: here) - $0.largestRadius }
    var nearest = 0
    for i in bounds.indices where bounds[i] < bounds[nearest] { nearest = i }
    var least = Float.infinity
    for i in runs[nearest].range { least = min(least, value(segments[i], x, y, z)) }
    for (run, bound) in zip(runs, bounds) where bound < least {
      for i in run.range { least = min(least, value(segments[i], x, y, z)) }
    }
    // A segment's value changes by at most 1 + taper per millimetre.
    let slack = least + 2 * radius * (1 + taper) + 1e-3
    var kept: [Segment] = []
    for (run, bound) in zip(runs, bounds) where bound <= slack {
      for i in run.range where value(segments[i], x, y, z) <= slack { kept.append(segments[i]) }
    }
    var result = self
    result.segments = kept
    result.runs = []
    return result
  }
}
