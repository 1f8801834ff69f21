// An area of the scalp as a signed distance to its border.
import Arithmetic
import Meshes
import ScalpGeometry

/// A zone layer on a head.
struct Zone: Sendable {
  /// Per vertex: distance inside the border, mm; negative outside.
  let inside: [Float]
  let feather: Float

  init(_ layer: ZoneLayer, index: Int, on scalp: Scalp, threads: Int?) throws(CompileError) {
    try check(layer.feather, in: 0.5...80, "mm", layer: index, "feather")
    if let density = layer.density { try check(density, in: 0...1000, "per cm²", layer: index, "density") }
    feather = Float(layer.feather)
    inside = try insideDistance(of: layer.area, layer: index, "area", on: scalp, band: 60 + feather, threads: threads)
  }

  @inline(__always)
  func share(_ inside: Float) -> Float { risen(inside, feather: feather) }
}

/// Distance inside the border of `area`, mm, per vertex.
func insideDistance(
  of area: ZoneLayer.Area, layer: Int, _ field: String, on scalp: Scalp, band: Float, threads: Int?
) throws(CompileError) -> [Float] {
  let reader = PlaceReader(scalp: scalp, layer: layer)
  switch area {
  case .scalp:
    return scalp.region.distances
  case .ellipse(let centre, let length, let width, let turn):
    try check(length, in: 2...300, "mm", layer: layer, field + ".length")
    try check(width, in: 2...300, "mm", layer: layer, field + ".width")
    try check(turn, in: -360...360, "°", layer: layer, field + ".turn")
    let middle = try reader.skin(centre, field + ".centre", outside: 45)
    let outline = ellipse(
      around: middle, length: Float(length), width: Float(width), turn: Float(turn), on: scalp.frame)
    return scalp.signedDistance(inside: outline, band: band, threads: threads)
  case .polygon(let places):
    let skins = try reader.skins(places, field + ".polygon", atLeast: 3, outside: 45)
    let outline = SurfaceCurve(through: skins, closed: true, course: .straight, on: scalp.frame)
    try reader.checkSimple(outline, field + ".polygon")
    return scalp.signedDistance(inside: outline, band: band, threads: threads)
  case .band(let path, let width):
    try check(width, in: 1...200, "mm", layer: layer, field + ".width")
    let skins = try reader.skins(path, field + ".path", atLeast: 2, outside: 45)
    let line = SurfaceCurve(through: skins, on: scalp.frame)
    try reader.checkSimple(line, field + ".path")
    let half = 0.5 * Float(width)
    return scalp.distance(to: line, band: half + band, threads: threads).distances.map { half - $0 }
  }
}

/// Outline of an ellipse laid on the skin around `middle`.
///
/// Each outline point lies at the ellipse's distance from the middle along the skin: it is walked over the sphere that
/// touches the skin there, then taken to the skin and measured again.
func ellipse(
  around middle: SurfacePoint, length: Float, width: Float, turn: Float, on frame: ScalpFrame
) -> SurfaceCurve {
  let normal = frame.normal(at: middle)
  // Forward on the skin: against growing `up`, at a right angle to the interaural axis.
  let left = normalized(SIMD3(1, 0, 0) - normal * normal.x)
  let forward = cross(left, normal)
  let turned = degrees(turn)
  let count = 48
  let outline = (0..<count).map { k in
    let around = degrees(360 * Float(k) / Float(count))
    let along = 0.5 * length * around.x
    let aside = 0.5 * width * around.y
    // Clockwise seen from above takes forward to the subject's right.
    let ahead = along * turned.x + aside * turned.y
    let toLeft = aside * turned.x - along * turned.y
    let way = (ahead * ahead + toLeft * toLeft).squareRoot()
    let heading = (forward * ahead + left * toLeft) / max(way, 1e-6)
    return walk(way, from: middle.position, normal: normal, heading: heading, on: frame)
  }
  return SurfaceCurve(through: outline, closed: true, on: frame)
}

/// The place `way` mm along the skin from `start`, in steps that turn with the skin.
private func walk(
  _ way: Float, from start: SIMD3<Float>, normal: SIMD3<Float>, heading: SIMD3<Float>, on frame: ScalpFrame
) -> SIMD3<Float> {
  var position = start
  var heading = heading
  var left = way
  while left > 0.01 {
    let step = min(left, 4)
    let next = frame.skin(towards: position + heading * step)
    let made = Arithmetic.length(next.position - position)
    if made < 0.05 { break }
    heading = next.position - position
    heading = normalized(heading - next.normal * dot(heading, next.normal))
    position = next.position
    left -= made
  }
  return position
}

/// (cos, sin) of an angle in degrees, from a 32-fold subdivided turn and a short series.
func degrees(_ angle: Float) -> SIMD2<Float> {
  // Reduce to -180...180, halve to within ±22.5°, use the series, double back three times.
  var a = angle
  while a > 180 { a -= 360 }
  while a < -180 { a += 360 }
  let x = a * (.pi / 180) / 8
  let z = x * x
  var c = 1 - z * (0.5 - z * (1.0 / 24 - z / 720))
  var s = x * (1 - z * (1.0 / 6 - z * (1.0 / 120 - z / 5040)))
  for _ in 0..<3 { (c, s) = (c * c - s * s, 2 * c * s) }
  return SIMD2(c, s)
}
