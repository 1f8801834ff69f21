// The ear, built in its own plane: a plate with the outline of the auricle, tubes for its ridges (helix,
// antihelix with two crura, tragus, antitragus), a lobule, and the bowl of the concha cut out.

import Arithmetic

/// The numbers of the left ear, mm: u runs backwards along the plate, v up, w outwards.
struct EarShape: Sendable, Equatable {
  /// Origin of the ear's plane in the recipe frame.
  var origin = [67.6, 1.0, -4.0]
  /// Degrees by which the ear leans back and stands out.
  var tilt = 13.0
  var flare = 26.0
  /// Degrees by which the top leans outwards.
  var lean = 0.0
  /// (u, v), closed.
  var outline: [[Double]]
  var plateMiddle: Float = -0.6
  var plateHalfThickness: Float = 1.8
  var outlineInset: Float = 1.2
  /// (u, v, w, radius).
  var helix: [[Double]]
  var antihelix: [[Double]]
  var superiorCrus: [[Double]]
  var inferiorCrus: [[Double]]
  var tragus: [[Double]]
  var antitragus: [[Double]]
  var lobule: EllipsoidShape
  var conchaOuter: EllipsoidShape
  var conchaInner: EllipsoidShape
  var canal: EllipsoidShape
  /// Widths of the fillets of the bowl's back and of the antihelix onto the plate.
  var conchaFillet: Float = 2
  var foldFillet: Float = 3.8
  var tragusFillet: Float = 4.5
  /// How far the plate bends outwards at its rear edge, mm.
  var bend: Float = 0
  /// Length over the template's.
  var lengthScale = 1.0
  /// The box outside which there is no ear: low and high corners in the recipe frame.
  var low = SIMD3<Float>(52, -45, -60)
  var high = SIMD3<Float>(Float.infinity, 50, 30)

  static let plain = EarShape(
    outline: [
      [4, 12], [3.5, 20], [6.5, 27.5], [13, 32.3], [21.5, 32], [29, 27], [32.8, 18], [32.4, 8], [29.6, -2],
      [25.6, -10], [22.6, -17], [19.5, -24.5], [14, -29.8], [8, -30], [4, -25.5], [2.5, -17],
    ],
    helix: [
      [8.5, -1.5, -3.5, 2], [6, 6, 0.5, 2.2], [4.6, 13, 2, 2.5], [5, 21, 2.6, 2.8], [8.6, 27.2, 3, 2.9],
      [14.8, 30.2, 3.2, 2.9], [22, 29.2, 3.2, 2.9], [28, 23.6, 3, 2.8], [30.2, 15, 2.8, 2.7], [29.6, 6, 2.4, 2.6],
      [27, -3, 2, 2.3], [23.6, -11, 1.3, 2.1], [20, -18, 0.6, 2], [16, -23, 0.2, 1.8],
    ],
    antihelix: [
      [11.5, -14, 2.6, 2.6], [16.5, -11.8, 3, 2.5], [20.6, -5.5, 3.6, 2.7], [22, 2, 3.8, 2.9], [20.6, 9, 3.6, 3],
      [18.2, 14, 2.8, 3],
    ],
    superiorCrus: [[18.2, 14, 2.8, 3], [17.4, 19, 1.4, 2.8], [16.2, 24, 0.4, 2.4]],
    inferiorCrus: [[18.2, 14, 2.8, 3], [13, 15.6, 1, 2.4], [8, 16.6, -0.4, 2]],
    tragus: [[0.6, 2, 1, 2.4], [2.6, -3, 3, 2.9], [2, -8.5, 1.6, 2.7]],
    antitragus: [[9.5, -15, 2.2, 2.8], [13.2, -13.6, 2.8, 2.6]],
    lobule: EllipsoidShape(10.8, -21.2, 0.4, radii: 8.4, 9.6, 3.6),
    conchaOuter: EllipsoidShape(10.5, -2, -5.5, radii: 13.5, 16, 9),
    conchaInner: EllipsoidShape(11.2, -1.5, 1.5, radii: 9.2, 12.6, 9.6),
    canal: EllipsoidShape(4.5, -3, -6, radii: 4, 4, 4))
}

/// The field of the left ear.
struct Ear: Sendable {
  private let shape: EarShape
  private let origin: SIMD3<Float>
  private let u: SIMD3<Float>
  private let v: SIMD3<Float>
  private let w: SIMD3<Float>
  private var outline: Outline
  private var helix: Tube
  private var antihelix: Tube
  private var superiorCrus: Tube
  private var inferiorCrus: Tube
  private var tragus: Tube
  private var antitragus: Tube

  init(_ shape: EarShape, curveStep: Double) {
    self.shape = shape
    origin = SIMD3(Float(shape.origin[0]), Float(shape.origin[1]), Float(shape.origin[2]))
    let tilt = shape.tilt * .pi / 180
    let flare = shape.flare * .pi / 180
    let lean = shape.lean * .pi / 180
    v = SIMD3(Float(sine(lean)), Float(cosine(lean) * cosine(tilt)), Float(-cosine(lean) * sine(tilt)))
    let along = SIMD3(Float(sine(flare)), 0, Float(-cosine(flare)))
    u = normalized(along - v * dot(along, v))
    let outward = cross(u, v)
    w = outward.x > 0 ? outward : -outward
    outline = Outline(sampledClosedCurve(shape.outline, count: curveStep < 1 ? 144 : 96))
    helix = Tube(shape.helix, step: 1.5 * curveStep)
    antihelix = Tube(shape.antihelix, step: 1.5 * curveStep)
    superiorCrus = Tube(shape.superiorCrus, step: 1.5 * curveStep)
    inferiorCrus = Tube(shape.inferiorCrus, step: 1.5 * curveStep)
    tragus = Tube(shape.tragus, step: 1.5 * curveStep)
    antitragus = Tube(shape.antitragus, step: 1.5 * curveStep)
  }

  @inline(__always)
  func reaches(_ x: Float, _ y: Float, _ z: Float) -> Bool {
    x > shape.low.x && y > shape.low.y && y < shape.high.y && z > shape.low.z && z < shape.high.z
  }

  /// `f` with the ear joined on and the concha cut out; for points that the ear reaches.
  func joined(to f: Float, _ x: Float, _ y: Float, _ z: Float) -> Float {
    let dx = x - origin.x
    let dy = y - origin.y
    let dz = z - origin.z
    let pu = dx * u.x + dy * u.y + dz * u.z
    let pv = dx * v.x + dy * v.y + dz * v.z
    var pw = dx * w.x + dy * w.y + dz * w.z
    if shape.bend != 0 {
      let s = clamp((pu - 8) / 22, 0, 1.4)
      pw -= shape.bend * s * s
    }

    // The plate with its ridges
    let helixValue = helix.value(pu, pv, pw)
    var ear = smoothMax(
      outline.value(pu, pv) + shape.outlineInset, abs(pw - shape.plateMiddle) - shape.plateHalfThickness, 2)
    ear = smoothMin(ear, max(shape.conchaOuter.value(pu, pv, pw), pw), shape.conchaFillet)
    ear = smoothMin(ear, shape.lobule.value(pu, pv, pw), 5)
    ear = smoothMin(ear, helixValue, 3)
    var fold = antihelix.value(pu, pv, pw)
    fold = smoothMin(fold, superiorCrus.value(pu, pv, pw), 2)
    fold = smoothMin(fold, inferiorCrus.value(pu, pv, pw), 2)
    ear = smoothMin(ear, fold, shape.foldFillet)

    // Onto the head, then the bowl and what stands around it
    var result = smoothMin(f, ear, 5)
    result = smoothMax(result, -shape.conchaInner.value(pu, pv, pw), 3)
    result = smoothMin(result, tragus.value(pu, pv, pw), shape.tragusFillet)
    result = smoothMin(result, antitragus.value(pu, pv, pw), 3.5)
    result = smoothMin(result, helixValue, 2)
    return smoothMax(result, -shape.canal.value(pu, pv, pw), 2)
  }

  /// Whether any point of a box is within the ear's reach.
  func meets(_ box: FieldBox) -> Bool {
    box.high.x > shape.low.x && box.high.y > shape.low.y && box.low.y < shape.high.y && box.high.z > shape.low.z
      && box.low.z < shape.high.z
  }

  /// The ear without the pieces that cannot be nearest in a box; the same there, bit for bit.
  func reduced(to box: FieldBox) -> Ear {
    let d = box.centre - origin
    let pu = dot(d, u)
    let pv = dot(d, v)
    let s = clamp((pu - 8) / 22, 0, 1.4)
    let pw = dot(d, w) - shape.bend * s * s
    // The bend turns a millimetre into at most 1 + 2.8 bend / 22.
    let radius = box.radius * (1 + 0.13 * abs(shape.bend))
    var result = self
    result.outline = outline.reduced(pu, pv, radius: radius)
    result.helix = helix.reduced(pu, pv, pw, radius: radius)
    result.antihelix = antihelix.reduced(pu, pv, pw, radius: radius)
    result.superiorCrus = superiorCrus.reduced(pu, pv, pw, radius: radius)
    result.inferiorCrus = inferiorCrus.reduced(pu, pv, pw, radius: radius)
    result.tragus = tragus.reduced(pu, pv, pw, radius: radius)
    result.antitragus = antitragus.reduced(pu, pv, pw, radius: radius)
    return result
  }
}

/// Signed distance to a closed polygon in the plane, negative inside.
struct Outline: Sendable {
  private let corners: [SIMD2<Float>]
  /// Edges that can be nearest, by the index of their first corner.
  private var near: [Int]
  /// Edges that can lie at the height of a point.
  private var level: [Int]
  /// +1 or -1 where the sign is known without looking, else 0.
  private var knownSign: Float = 0

  init(_ points: [[Double]]) {
    corners = points.map { SIMD2(Float($0[0]), Float($0[1])) }
    near = Array(corners.indices)
    level = near
  }

  @inline(__always)
  private func squaredDistance(_ edge: Int, _ u: Float, _ v: Float) -> Float {
    let a = corners[edge]
    let b = corners[edge + 1 == corners.count ? 0 : edge + 1]
    let du = b.x - a.x
    let dv = b.y - a.y
    let pu = u - a.x
    let pv = v - a.y
    let t = clamp((pu * du + pv * dv) / (du * du + dv * dv), 0, 1)
    let qu = pu - t * du
    let qv = pv - t * dv
    return qu * qu + qv * qv
  }

  private func isInside(_ u: Float, _ v: Float) -> Bool {
    var inside = false
    // Plain counting loops: builds without optimisation walk them much faster.
    var k = 0
    while k < level.count {
      let edge = level[k]
      k += 1
      let a = corners[edge]
      let b = corners[edge + 1 == corners.count ? 0 : edge + 1]
      if (a.y > v) != (b.y > v) && u < (b.x - a.x) * (v - a.y) / (b.y - a.y) + a.x { inside.toggle() }
    }
    return inside
  }

  func value(_ u: Float, _ v: Float) -> Float {
    var least = Float.infinity
    var k = 0
    while k < near.count {
      let d = squaredDistance(near[k], u, v)
      if d < least { least = d }
      k += 1
    }
    let sign = knownSign != 0 ? knownSign : (isInside(u, v) ? -1 : 1)
    return sign * least.squareRoot()
  }

  func reduced(_ u: Float, _ v: Float, radius: Float) -> Outline {
    let signed = value(u, v)
    let slack = abs(signed) + 2 * radius + 1e-3
    var result = self
    result.near = near.filter { squaredDistance($0, u, v) <= slack * slack }
    if abs(signed) > radius + 1e-3 { result.knownSign = signed < 0 ? -1 : 1 }
    result.level = level.filter { edge in
      let a = corners[edge].y
      let b = corners[edge + 1 == corners.count ? 0 : edge + 1].y
      return min(a, b) <= v + radius + 1e-3 && max(a, b) >= v - radius - 1e-3
    }
    return result
  }
}
