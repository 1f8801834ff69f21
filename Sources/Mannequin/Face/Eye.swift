// Closed eyes: a ball under the skin whose upper lid stands a little proud along the lash line, and three fine
// furrows drawn in the front view (lash line, lid crease, lower lid).

import Arithmetic

/// The numbers of the left eye, mm; the right eye is its mirror image.
struct EyeShape: Sendable, Equatable {
  struct Furrow: Sendable, Equatable {
    /// (x, y) in the front view.
    var points: [[Double]]
    var sigma: Double
    var depth: Double
  }
  var ball: EllipsoidShape
  /// Width of the fillet between ball and face.
  var fillet: Float
  /// How far the upper lid stands out over the lower one, and over which height the step runs.
  var lidStep: Float = 0.8
  var lidStepWidth: Float = 1.8
  var lash: Furrow
  var crease: Furrow
  var lower: Furrow
  /// Where the lid step and the furrows fade out: centre and half-widths in x.
  var fadeCentre: Float = 31.2
  var stepHalfWidth: Float = 15
  var furrowHalfWidth: Float = 15.5
  var furrowFloor: Float = 0.15

  static let plain = EyeShape(
    ball: EllipsoidShape(31.4, 11.3, 69.2, radii: 13.4, 13.4, 13.4), fillet: 5.5,
    lash: Furrow(
      points: [[17, 9.6], [22, 6.8], [28, 5], [34, 4.6], [40, 6], [45.5, 9]], sigma: 0.9, depth: 0.55),
    crease: Furrow(points: [[16.5, 13.5], [22, 18], [30, 20.4], [38, 19.6], [46, 14.5]], sigma: 1.4, depth: 0.9),
    lower: Furrow(points: [[20, 3.2], [28, -0.8], [36, -0.8], [43, 2.6]], sigma: 1.8, depth: 0.5))
}

/// The field of the closed eye, for x >= 0.
struct Eye: Sendable {
  private struct Line: Sendable {
    var spine: Tube
    var inverseVariance: Float
    var depth: Float
  }
  private let shape: EyeShape
  private let lashHeight: CubicTable
  private let lashFrom: Float
  private let lashTo: Float
  private var lines: [Line]

  init(_ shape: EyeShape, curveStep: Double) {
    self.shape = shape
    let lash = sampledCurve(shape.lash.points, spatial: 2, step: curveStep)
    let x0 = lash[0][0]
    let x1 = lash[lash.count - 1][0]
    lashFrom = Float(x0)
    lashTo = Float(x1)
    let step = 0.5
    let count = Int((x1 - x0) / step) + 2
    let heights = (0..<count).map { k -> Double in
      let x = min(x0 + Double(k) * step, x1)
      var i = 0
      while i + 2 < lash.count && x > lash[i + 1][0] { i += 1 }
      let t = (x - lash[i][0]) / (lash[i + 1][0] - lash[i][0])
      return lash[i][1] + t * (lash[i + 1][1] - lash[i][1])
    }
    lashHeight = CubicTable(first: x0, step: step, values: heights)
    lines = [shape.lash, shape.crease, shape.lower].map { furrow in
      Line(
        spine: Tube(polyline: sampledCurve(furrow.points, spatial: 2, step: curveStep).map { [$0[0], $0[1], 0, 0] }),
        inverseVariance: Float(1 / (furrow.sigma * furrow.sigma)), depth: Float(furrow.depth))
    }
  }

  /// The ball with its lid, joined to `f`.
  @inline(__always)
  func withBall(_ f: Float, _ x: Float, _ y: Float, _ z: Float) -> Float {
    let v = smoothstep(
      0, shape.lidStepWidth, y - lashHeight.value(clamp(x, lashFrom, lashTo)) + shape.lidStepWidth / 2)
    let u = (x - shape.fadeCentre) / shape.stepHalfWidth
    let fade = clamp(1 - u * u, 0, 1).squareRoot()
    let ball = shape.ball.value(x, y, z) + shape.lidStep * (1 - v) * fade
    return smoothMin(f, ball, shape.fillet)
  }

  /// Depth of the furrows at a point.
  @inline(__always)
  func furrows(_ x: Float, _ y: Float) -> Float {
    var sum: Float = 0
    let u = (x - shape.fadeCentre) / shape.furrowHalfWidth
    let fade = max(shape.furrowFloor, 1 - u * u * u * u)
    for i in lines.indices {
      sum += lines[i].depth * fade * falloff(lines[i].spine.squaredDistance(x, y, 0) * lines[i].inverseVariance)
    }
    return sum
  }

  /// Whether any furrow is left.
  var hasFurrows: Bool { !lines.isEmpty }

  /// A lower bound over a box of what the skin must exceed for the ball to matter.
  func lowerBound(_ box: FieldBox) -> Float {
    let r = max(shape.ball.rx, max(shape.ball.ry, shape.ball.rz))
    let centre = SIMD3(shape.ball.x, shape.ball.y, shape.ball.z)
    return box.distance(to: FieldBox(low: centre - r, high: centre + r)) - shape.fillet
  }

  /// The eye without the furrows that do not reach into a box; the same there, bit for bit.
  func reduced(to box: FieldBox) -> Eye {
    let c = box.centre
    let radius = box.radius
    var result = self
    result.lines = lines.compactMap { line in
      let flat = FieldBox(low: SIMD3(box.low.x, box.low.y, 0), high: SIMD3(box.high.x, box.high.y, 0))
      let apart = line.spine.distance(to: flat)
      if apart * apart * line.inverseVariance >= 30.01 { return nil }
      var kept = line
      kept.spine = line.spine.reduced(c.x, c.y, 0, radius: radius)
      let nearest = max(kept.spine.squaredDistance(c.x, c.y, 0).squareRoot() - radius, 0)
      return nearest * nearest * line.inverseVariance >= 30.01 ? nil : kept
    }
    return result
  }
}
