// The lips: two tapering tubes along the vermilion and the line where they meet.

/// The numbers of the mouth, mm, for x >= 0; curves continue mirrored beyond the midline.
struct LipShape: Sendable, Equatable {
  /// (x, y, z, radius).
  var upper: [[Double]]
  var lower: [[Double]]
  /// (x, y) in the front view.
  var line: [[Double]]
  var lineSigma = 0.9
  var lineDepth = 0.75
  var lineHalfWidth = 27.0
  /// Widths of the fillets between the lips and towards the face.
  var innerFillet: Float = 2.4
  var fillet: Float = 4
  /// Height of the red over the template's, for what is painted.
  var redScale = 1.0

  static let plain = LipShape(
    upper: [
      [0, -50.2, 98.8, 4.7], [5.5, -49.6, 98.8, 5], [12, -51, 96, 4.4], [18.5, -52.7, 90.8, 3.2],
      [24.5, -53.9, 85, 1.8],
    ],
    lower: [
      [0, -58.8, 96.8, 5.5], [8, -58.8, 95.9, 5.4], [14, -57.9, 93.2, 4.7], [19.5, -55.9, 89.2, 3.3],
      [24.5, -54.2, 85, 1.8],
    ],
    line: [[0, -54.6], [5, -54.2], [10, -54.6], [18, -54.4], [25.5, -54.2]])
}

/// The field of the mouth, for x >= 0.
struct Lips: Sendable {
  private var upper: Tube
  private var lower: Tube
  private var line: Tube
  private let lineInverseVariance: Float
  private let lineDepth: Float
  private let lineHalfWidth: Float
  private let innerFillet: Float
  private let fillet: Float
  private let bounds: FieldBox

  /// - Parameter fullness: scales the radii of the lips.
  init(_ shape: LipShape, fullness: Double, curveStep: Double) {
    func mirrored(_ points: [[Double]], step: Double, spatial: Int) -> [[Double]] {
      let all = points.reversed().map { [-$0[0]] + $0.dropFirst() } + points.dropFirst()
      return sampledCurve(all, spatial: spatial, step: step).filter { $0[0] > -step }
    }
    func tube(_ points: [[Double]]) -> Tube {
      Tube(
        polyline: mirrored(points.map { [$0[0], $0[1], $0[2], $0[3] * fullness] }, step: 1.5 * curveStep, spatial: 3))
    }
    upper = tube(shape.upper)
    lower = tube(shape.lower)
    line = Tube(polyline: mirrored(shape.line, step: curveStep, spatial: 2).map { [$0[0], $0[1], 0, 0] })
    lineInverseVariance = Float(1 / (shape.lineSigma * shape.lineSigma))
    lineDepth = Float(shape.lineDepth)
    lineHalfWidth = Float(shape.lineHalfWidth)
    innerFillet = shape.innerFillet
    fillet = shape.fillet
    var low = SIMD3<Float>(repeating: .infinity)
    var high = -low
    for p in shape.upper + shape.lower {
      for k in 0..<3 {
        low[k] = min(low[k], Float(p[k] - p[3] * fullness))
        high[k] = max(high[k], Float(p[k] + p[3] * fullness))
      }
    }
    // The line between the lips reaches 5.5 deviations beyond them.
    let reach = Float(6 * shape.lineSigma)
    bounds = FieldBox(low: low - reach, high: high + reach)
  }

  /// `f` with the lips joined on and the line between them cut.
  @inline(__always)
  func joined(to f: Float, _ x: Float, _ y: Float, _ z: Float) -> Float {
    let lips = smoothMin(upper.value(x, y, z), lower.value(x, y, z), innerFillet)
    let u = x / lineHalfWidth
    let taper = max(0, 1 - u * u * u * u)
    return smoothMin(f, lips, fillet)
      + lineDepth * taper * falloff(line.squaredDistance(x, y, 0) * lineInverseVariance)
  }

  /// A lower bound over a box of what the skin must exceed for the lips to matter.
  func lowerBound(_ box: FieldBox) -> Float { box.distance(to: bounds) - fillet - innerFillet / 4 }

  /// The lips without the pieces that cannot be nearest in a box; the same there, bit for bit.
  func reduced(to box: FieldBox) -> Lips {
    let c = box.centre
    var result = self
    result.upper = upper.reduced(c.x, c.y, c.z, radius: box.radius)
    result.lower = lower.reduced(c.x, c.y, c.z, radius: box.radius)
    result.line = line.reduced(c.x, c.y, 0, radius: box.radius)
    return result
  }
}
