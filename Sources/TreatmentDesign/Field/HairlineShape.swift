// The course of a front hairline from sideburn to sideburn.
//
//            height + recession ->  x        frontotemporal point, on the vertical through the outer canthus
//                            .-'''   \
//   height ->  mid-frontal -'         \      temple, with the lateral hump
//                                      x     temporal peak of the adult hair border
//                                     /
//                                    ( sideburn: the adult border itself, down to its tip
//
// Rules: mid-frontal point measured along the skin from the glabella; frontotemporal point on the canthal vertical
// (Shapiro 2013), about 5 cm from the temporal peak (Garg 2015). Joining the adult border where it turns forward, and
// following it from there, leaves no notch above the sideburn.
import Arithmetic
import Meshes
import ScalpGeometry

/// A hairline laid on the skin, from the subject's left sideburn to the right one.
struct HairlineShape {
  let curve: SurfaceCurve
  /// Length along the curve at the mid-frontal point (for a drawn line: half way between its ends).
  let middle: Float
  /// Lengths along the curve between which the line is the design's own; outside it follows the adult border.
  let own: ClosedRange<Float>
  /// Lengths along the curve at the frontotemporal corners; empty for a drawn line.
  let corners: [Float]

  init(_ layer: HairlineLayer, index: Int, on scalp: Scalp) throws(CompileError) {
    let reader = PlaceReader(scalp: scalp, layer: index)
    let front: (places: [SIMD3<Float>], middle: Int?, corners: [Int])
    if layer.points.isEmpty {
      front = try shapedFront(layer, reader)
    } else {
      var skins = try reader.skins(layer.points, "points", atLeast: 3, outside: 60)
      if skins[0].x < skins[skins.count - 1].x { skins.reverse() }
      try checkSpan(skins, reader)
      front = (skins, nil, [])
    }
    // Go on along the adult border: those of its places that lie clearly lower than the end of the front.
    func temple(_ places: [SIMD3<Float>], after end: SIMD3<Float>) -> [SIMD3<Float>] {
      let lower = places.filter { $0.y < end.y - 6 && length($0 - end) > 6 }
      return lower.isEmpty ? Array(places.suffix(1)) : lower
    }
    let left = temple(scalp.region.leftTemple, after: front.places[0])
    let right = temple(scalp.region.rightTemple, after: front.places[front.places.count - 1])
    let places = left.reversed() + front.places + right
    let curve = SurfaceCurve(through: places, on: scalp.frame)
    self.curve = curve
    try reader.checkSimple(curve, layer.points.isEmpty ? "height" : "points")
    let first = curve.controlArcs[left.count]
    let last = curve.controlArcs[left.count + front.places.count - 1]
    own = first...max(first, last)
    corners = front.corners.map { curve.controlArcs[left.count + $0] }
    middle = front.middle.map { curve.controlArcs[left.count + $0] } ?? 0.5 * (first + last)
  }

  /// The part of the chart behind the line, closed around the back of the head.
  func behind(_ chart: ScalpChart) -> ChartPolygon {
    var corners = curve.positions.map { chart.map($0) }
    let left = corners[0]
    let right = corners[corners.count - 1]
    corners.append(right * (90 / length(SIMD3(right, 0))))
    corners += [SIMD2(-90, -90), SIMD2(90, -90), left * (90 / length(SIMD3(left, 0)))]
    return ChartPolygon(corners)
  }
}

/// The front of a hairline from its stated measures, left temple to right, and the indices of the mid-frontal point and
/// of the frontotemporal points.
private func shapedFront(_ layer: HairlineLayer, _ reader: PlaceReader) throws(CompileError)
  -> (places: [SIMD3<Float>], middle: Int?, corners: [Int])
{
  let index = reader.layer
  try check(layer.height, in: 30...150, "mm", layer: index, "height")
  try check(layer.templeRecession, in: -20...90, "mm", layer: index, "templeRecession")
  try check(layer.widowsPeak, in: 0...30, "mm", layer: index, "widowsPeak")
  try check(layer.asymmetry, in: -20...20, "mm", layer: index, "asymmetry")
  let scalp = reader.scalp
  let course = layer.course
  let rounded = course == .round
  let marks = scalp.head.landmarks

  // Share of the canthal width and share of the recession, from the middle outwards.
  let bow: [(x: Float, back: Float)] =
    switch course {
    case .m: [(0.2, 0.02), (0.4, 0.12), (0.6, 0.33), (0.8, 0.68), (0.92, 0.91), (1, 1)]
    case .round: [(0.2, 0.01), (0.42, 0.06), (0.65, 0.18), (0.85, 0.36), (1.02, 0.6)]
    case .linear: [(0.2, 0.01), (0.4, 0.04), (0.6, 0.1), (0.78, 0.28), (0.9, 0.66), (1, 1)]
    case .triangular: [(0.2, 0.19), (0.4, 0.4), (0.6, 0.61), (0.8, 0.82), (0.92, 0.94), (1, 1)]
    }
  let recession = Float(layer.templeRecession)
  let peak = Float(layer.widowsPeak)

  func half(left: Bool) throws(CompileError) -> [SIMD3<Float>] {
    let canthus = left ? marks.leftCanthus.x : -marks.rightCanthus.x
    let lag = Float(layer.asymmetry) * (left ? 0.5 : -0.5)
    // A widow's peak stands on the middle 27 mm (its mean width in men); the line beside it lies behind by its height.
    var spots = bow
    if peak > 0 {
      let beside = bow.filter { $0.x * canthus > 16 }
      spots = [(3.5 / canthus, 0), (8 / canthus, 0), (13.5 / canthus, 0.02)] + beside
    }
    var places = [SIMD3<Float>]()
    for spot in spots {
      let x = spot.x * canthus
      let up =
        Float(layer.height) + peak * smoothstep(0, 14, x) + (recession - min(peak, recession)) * spot.back
        + lag * smoothstep(0.2, 1, spot.x)
      guard let point = scalp.frame.place(up: up, straightAside: left ? x : -x) else {
        throw CompileError(
          layer: index, field: "templeRecession", found: "\(shown(layer.templeRecession)) mm",
          problem:
            "the line leaves the head \(shown(Double(up))) mm above the glabella and \(shown(Double(x))) mm aside")
      }
      places.append(point.position)
    }
    // Down the temple to the temporal peak, bowed forward: the lateral hump.
    let corner = places[places.count - 1]
    guard let grown = (left ? scalp.region.leftTemple : scalp.region.rightTemple).first else { return places }
    let setBack = layer.temples.setBack
    let temporalPeak = setBack == 0 ? grown : scalp.frame.skin(towards: grown - SIMD3(0, 0, setBack)).position
    let hump: Float = rounded ? 2 : 5
    let shares: [Float] = rounded ? [0.3, 0.65, 1] : [0.2, 0.45, 0.72, 1]
    for share in shares {
      var p = corner + (temporalPeak - corner) * share
      p.z += hump * 4 * share * (1 - share)
      places.append(scalp.frame.skin(towards: p).position)
    }
    return places
  }
  guard let mid = scalp.frame.place(up: Float(layer.height), side: 0) else {
    throw CompileError(
      layer: index, field: "height", found: "\(shown(layer.height)) mm", problem: "the mesh has a hole there")
  }
  let left = try half(left: true)
  let right = try half(left: false)
  // Both halves end with the temple's places, which follow the corner.
  let temple = (rounded ? 3 : 4) + 1
  let all = left.reversed() + [mid.position] + right
  return (all, left.count, [temple - 1, all.count - temple])
}

extension HairlineLayer.Temples {
  /// How far the peak stands behind the grown one, mm: parallel to the sideburn at 10, behind it at 19.
  var setBack: Float {
    switch self {
    case .normal: 0
    case .thinning: 4
    case .parallel: 10
    case .reversed: 19
    }
  }
}

extension HairlineLayer {
  /// The front's course: as written, or the style's.
  var course: Shape { shape ?? (style.figures.isRounded ? .round : .m) }
}

/// A drawn line must run from one side of the head to the other.
private func checkSpan(_ skins: [SIMD3<Float>], _ reader: PlaceReader) throws(CompileError) {
  let left = skins[0].x
  let right = skins[skins.count - 1].x
  if left < 15 || right > -15 {
    throw CompileError(
      layer: reader.layer, field: "points",
      found: "ends \(shown(Double(left))) and \(shown(Double(right))) mm from the midline",
      problem: "the line must run from one side to the other, at least 15 mm on each")
  }
}
