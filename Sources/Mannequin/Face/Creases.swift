// Fine furrows of a face, drawn in the front view like those of the lids. Each is deepest around one place and fades
// towards its ends.

/// A furrow of the left half of a face, mm.
struct Crease: Sendable, Equatable {
  /// (x, y); a curve that starts at x = 0 continues mirrored beyond the midline.
  var points: [[Double]]
  var sigma: Double
  var depth: Double
  /// Where it is deepest, and how far along x and y it reaches from there (one deviation).
  var centre: [Double]
  var reach: [Double]

  init(along points: [[Double]], sigma: Double, depth: Double, around centre: [Double], reach: [Double]) {
    self.points = points
    self.sigma = sigma
    self.depth = depth
    self.centre = centre
    self.reach = reach
  }
}

/// Furrows ready for evaluation at x >= 0.
struct Creases: Sendable {
  private struct Line: Sendable {
    var spine: Tube
    var inverseVariance: Float
    var depth: Float
    var x, y: Float
    var ix, iy: Float
  }
  private var lines: [Line] = []

  init(_ creases: [Crease], curveStep: Double) {
    lines = creases.map { crease in
      let left = crease.points
      let isWhole = left[0][0] == 0
      let points = isWhole ? left.reversed().map { [-$0[0], $0[1]] } + left.dropFirst() : left
      let curve = sampledCurve(points, spatial: 2, step: 2 * curveStep).filter { !isWhole || $0[0] > -3 }
      return Line(
        spine: Tube(polyline: curve.map { [$0[0], $0[1], 0, 0] }),
        inverseVariance: Float(1 / (crease.sigma * crease.sigma)), depth: Float(crease.depth),
        x: Float(crease.centre[0]), y: Float(crease.centre[1]), ix: Float(1 / crease.reach[0]),
        iy: Float(1 / crease.reach[1]))
    }
  }

  var isEmpty: Bool { lines.isEmpty }

  /// Depth of the furrows at a place, for x >= 0.
  @inline(__always)
  func depth(_ x: Float, _ y: Float) -> Float {
    var sum: Float = 0
    for line in lines {
      let u = (x - line.x) * line.ix
      let v = (y - line.y) * line.iy
      let near = falloff(u * u + v * v)
      if near > 0 {
        sum += line.depth * near * falloff(line.spine.squaredDistance(x, y, 0) * line.inverseVariance)
      }
    }
    return sum
  }

  /// The furrows that reach into a box; their depth there is the same, bit for bit.
  func reduced(to box: FieldBox) -> Creases {
    let c = box.centre
    var result = self
    let flat = FieldBox(low: SIMD3(box.low.x, box.low.y, 0), high: SIMD3(box.high.x, box.high.y, 0))
    result.lines = lines.compactMap { line in
      let apart = line.spine.distance(to: flat)
      if apart * apart * line.inverseVariance >= 30.01 { return nil }
      let u = max(max(box.low.x - line.x, line.x - box.high.x), 0) * line.ix
      let v = max(max(box.low.y - line.y, line.y - box.high.y), 0) * line.iy
      if u * u + v * v >= 30.01 { return nil }
      var kept = line
      kept.spine = line.spine.reduced(c.x, c.y, 0, radius: box.radius)
      return kept
    }
    return result
  }
}
