// Soft rises and hollows on the base surface: brushes around a point and strokes along a curve. Each lowers the
// field (raises the skin) by its height where it is centred and fades as a Gaussian.

/// A soft rise (height > 0) or hollow (height < 0) around a point, mm. Mirrored to the right side when off the
/// midline.
struct Brush: Sendable, Equatable {
  var name: String
  var centre: [Double]
  var spread: [Double]
  var height: Double

  init(_ name: String, at centre: [Double], spread: [Double], height: Double) {
    self.name = name
    self.centre = centre
    self.spread = spread
    self.height = height
  }
}

/// A soft ridge (height > 0) or furrow (height < 0) along a curve, mm.
struct Stroke: Sendable, Equatable {
  var name: String
  var points: [[Double]]
  var sigma: Double
  var height: Double
  /// Whether the curve continues mirrored beyond the midline, so that it has no corner there.
  var mirrored = false

  init(_ name: String, along points: [[Double]], sigma: Double, height: Double, mirrored: Bool = false) {
    self.name = name
    self.points = points
    self.sigma = sigma
    self.height = height
    self.mirrored = mirrored
  }
}

extension Brush {
  static let plain = [
    Brush("frontal eminence", at: [28, 66, 88], spread: [18, 16, 18], height: 1.2),
    Brush("parietal eminence", at: [58, 84, -42], spread: [26, 22, 28], height: 2.4),
    Brush("temporal fossa", at: [61, 32, 46], spread: [12, 18, 18], height: -2.2),
    Brush("temporal plane", at: [72, 30, 12], spread: [12, 24, 24], height: -1.4),
    Brush("occipital bun", at: [0, 34, -102], spread: [34, 22, 16], height: 1.5),
    Brush("nuchal hollow", at: [0, -44, -82], spread: [14, 22, 14], height: -2.8),
    Brush("mastoid", at: [62, -26, -22], spread: [9, 13, 9], height: 3),
    Brush("cheekbone", at: [49, -10, 66], spread: [16, 13, 15], height: 3.2),
    Brush("zygomatic arch", at: [66, -4, 30], spread: [10, 10, 20], height: 1.2),
    Brush("buccal fullness", at: [48, -38, 56], spread: [16, 16, 20], height: 2.2),
    Brush("masseter", at: [57, -46, 16], spread: [13, 18, 16], height: 1.4),
    Brush("gonial angle", at: [54, -64, 8], spread: [11, 11, 12], height: 0.9),
    Brush("chin boss", at: [7, -88, 93], spread: [11, 10, 10], height: 1.8),
    Brush("chin side", at: [20, -92, 80], spread: [10, 9, 12], height: 0.8),
    Brush("prejowl", at: [34, -88, 58], spread: [10, 8, 12], height: -1),
    Brush("mentolabial sulcus", at: [0, -71, 93], spread: [15, 5.5, 10], height: -1.5),
    Brush("orbit", at: [32, 10, 83], spread: [18, 12, 13], height: -6.2),
    Brush("orbit medial", at: [17, 12, 86], spread: [7, 10, 9], height: -2.6),
    Brush("infraorbital", at: [30, -12, 84], spread: [14, 9, 10], height: -1),
    Brush("lateral orbital rim", at: [53, 17, 66], spread: [7, 12, 9], height: 1.6),
    Brush("canine fossa", at: [27, -30, 90], spread: [10, 12, 9], height: -1),
    Brush("perioral muzzle", at: [0, -50, 98], spread: [25, 15, 12], height: 2.4),
    Brush("glabella", at: [0, 30, 94], spread: [12, 9, 9], height: 1.6),
    Brush("larynx", at: [0, -124, 27], spread: [9, 12, 9], height: 4),
    Brush("submental", at: [0, -104, 52], spread: [20, 10, 16], height: -3),
  ]
}

extension Stroke {
  static let plain = [
    Stroke(
      "superciliary arch", along: [[8, 29, 95], [20, 33, 93], [34, 33, 87], [46, 28, 76]], sigma: 6, height: 2.6),
    Stroke(
      "supraorbital rim", along: [[16, 25, 92], [28, 28, 89], [42, 26, 80], [52, 18, 69]], sigma: 4.5, height: 1.2),
    Stroke("temporal line", along: [[50, 34, 70], [54, 52, 62], [60, 74, 40], [66, 86, 10]], sigma: 9, height: 1),
    Stroke(
      "nasolabial fold", along: [[20, -24, 96], [27, -36, 94], [33, -48, 88], [36, -58, 82]], sigma: 3.5,
      height: -1.1),
    Stroke("cheek above fold", along: [[27, -24, 94], [36, -34, 89], [43, -46, 80]], sigma: 8, height: 1.6),
    Stroke("philtrum", along: [[0, -34, 101], [0, -40, 101], [0, -45, 101]], sigma: 2.4, height: -1.1),
    Stroke("philtral column", along: [[4.4, -34, 101], [5.2, -40, 101], [5.8, -45, 101]], sigma: 1.9, height: 0.7),
    Stroke("tear trough", along: [[17, 6, 86], [24, -2, 85], [34, -5, 81]], sigma: 3.5, height: -1),
    Stroke("jaw line", along: [[54, -66, 8], [46, -80, 32], [32, -93, 60], [12, -101, 80]], sigma: 6.5, height: 1),
    Stroke(
      "sternomastoid", along: [[59, -28, -22], [50, -75, -8], [33, -125, 14], [14, -175, 24]], sigma: 9, height: 3.6),
    Stroke("supraclavicular", along: [[34, -160, 8], [60, -162, -8]], sigma: 10, height: -3),
    Stroke(
      "alar crease", along: [[15, -15.5, 99], [18.6, -20, 96], [20, -26, 94], [18, -31, 94]], sigma: 1.8,
      height: -1.3),
    Stroke("labiomental corner", along: [[26, -58, 87], [25, -66, 87]], sigma: 4, height: -1.2),
  ]
}

/// Brushes and strokes ready for evaluation at x >= 0.
struct Relief: Sendable {
  private struct Mound: Sendable {
    var x, y, z: Float
    var ix, iy, iz: Float
    var height: Float
  }
  private struct Ridge: Sendable {
    var spine: Tube
    var inverseVariance: Float
    var height: Float
  }
  private var mounds: [Mound] = []
  private var ridges: [Ridge] = []

  init(brushes: [Brush], strokes: [Stroke], curveStep: Double) {
    for b in brushes where b.height != 0 {
      for side in b.centre[0] > 0 ? [1.0, -1.0] : [1.0] {
        mounds.append(
          Mound(
            x: Float(side * b.centre[0]), y: Float(b.centre[1]), z: Float(b.centre[2]),
            ix: Float(1 / b.spread[0]), iy: Float(1 / b.spread[1]), iz: Float(1 / b.spread[2]),
            height: Float(b.height)))
      }
    }
    for s in strokes where s.height != 0 {
      let half = s.points.map { [$0[0], $0[1], $0[2], 0] }
      let points = s.mirrored ? half.reversed().map { [-$0[0], $0[1], $0[2], 0] } + half.dropFirst() : half
      ridges.append(
        Ridge(
          spine: Tube(points, step: s.sigma > 2.5 ? 3 * min(1, 1.5 * curveStep) : 1.5 * curveStep),
          inverseVariance: Float(1 / (s.sigma * s.sigma)), height: Float(s.height)))
    }
  }

  @inline(__always)
  func value(_ x: Float, _ y: Float, _ z: Float) -> Float {
    var sum: Float = 0
    // Counting loops: builds without optimisation walk them much faster than sequences.
    var i = 0
    while i < mounds.count {
      let m = mounds[i]
      let u = (x - m.x) * m.ix
      let v = (y - m.y) * m.iy
      let w = (z - m.z) * m.iz
      sum += m.height * falloff(u * u + v * v + w * w)
      i += 1
    }
    i = 0
    while i < ridges.count {
      sum +=
        ridges[i].height * falloff(ridges[i].spine.squaredDistance(x, y, z) * ridges[i].inverseVariance)
      i += 1
    }
    return sum
  }

  /// What of the relief reaches into a box; its value there is the same, bit for bit.
  func reduced(to box: FieldBox) -> Relief {
    let c = box.centre
    let radius = box.radius
    var result = self
    result.mounds = mounds.filter { m in
      let u = max(max(box.low.x - m.x, m.x - box.high.x), 0) * m.ix
      let v = max(max(box.low.y - m.y, m.y - box.high.y), 0) * m.iy
      let w = max(max(box.low.z - m.z, m.z - box.high.z), 0) * m.iz
      return u * u + v * v + w * w < 30.01
    }
    result.ridges = ridges.compactMap { ridge in
      let apart = ridge.spine.distance(to: box)
      if apart * apart * ridge.inverseVariance >= 30.01 { return nil }
      var kept = ridge
      kept.spine = ridge.spine.reduced(c.x, c.y, c.z, radius: radius)
      let nearest = max(kept.spine.squaredDistance(c.x, c.y, c.z).squareRoot() - radius, 0)
      return nearest * nearest * ridge.inverseVariance >= 30.01 ? nil : kept
    }
    return result
  }
}
