import Arithmetic
import Meshes
import ScalpGeometry

/// Why a design cannot be laid on a head: which layer, which value, and what would be accepted.
public struct CompileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Index into `Design.layers`; `nil` where the trouble is not in a layer.
  public var layer: Int?
  /// The value's path inside the layer (or inside the design), as in `height` or `points[2].side`.
  public var field: String
  /// What was found there, for people.
  public var found: String
  /// What is wrong and what is allowed, for people.
  public var problem: String

  public init(layer: Int?, field: String, found: String, problem: String) {
    self.layer = layer
    self.field = field
    self.found = found
    self.problem = problem
  }

  public var description: String {
    let place = layer.map { "layers[\($0)].\(field)" } ?? field
    return "\(place): \(problem); found \(found)"
  }
}

/// A number with at most one decimal, for messages.
func shown(_ value: Double) -> String {
  guard value.isFinite else { return "\(value)" }
  let tenths = (value * 10).rounded()
  if abs(tenths) > 1e12 { return "\(value)" }
  let whole = Int64(tenths)
  return whole % 10 == 0 ? "\(whole / 10)" : "\(whole < 0 ? "-" : "")\(abs(whole) / 10).\(abs(whole) % 10)"
}

/// Checks `value` against `range`, with the unit of the message.
func check(_ value: Double, in range: ClosedRange<Double>, _ unit: String, layer: Int?, _ field: String)
  throws(CompileError)
{
  guard value.isFinite, range.contains(value) else {
    throw CompileError(
      layer: layer, field: field, found: "\(shown(value)) \(unit)",
      problem: "must be \(shown(range.lowerBound)) to \(shown(range.upperBound)) \(unit)")
  }
}

/// Takes places of a design to the skin.
struct PlaceReader {
  let scalp: Scalp
  let layer: Int?

  /// The skin at `place`.
  ///
  /// - Parameter outside: how far outside the adult hair border the place may lie, mm.
  func skin(_ place: ScalpPlace, _ field: String, outside: Float) throws(CompileError) -> SurfacePoint {
    let frame = scalp.frame
    let up = frame.upRange
    try check(place.up, in: Double(up.lowerBound)...Double(up.upperBound), "mm", layer: layer, field + ".up")
    let side = frame.sideRange(up: Float(place.up))
    try check(place.side, in: Double(side.lowerBound)...Double(side.upperBound), "mm", layer: layer, field + ".side")
    guard let point = frame.place(up: Float(place.up), side: Float(place.side)) else {
      throw CompileError(
        layer: layer, field: field, found: "up \(shown(place.up)), side \(shown(place.side)) mm",
        problem: "the mesh has a hole there")
    }
    let distance = FieldCorners(point, scalp.head.mesh).value(scalp.region.distances)
    if distance < -outside {
      throw CompileError(
        layer: layer, field: field, found: "up \(shown(place.up)), side \(shown(place.side)) mm",
        problem:
          "lies \(shown(Double(-distance))) mm outside the adult hair border; at most \(shown(Double(outside))) mm")
    }
    return point
  }

  func skins(_ places: [ScalpPlace], _ field: String, atLeast: Int, outside: Float) throws(CompileError)
    -> [SIMD3<Float>]
  {
    guard places.count >= atLeast else {
      throw CompileError(
        layer: layer, field: field, found: "\(places.count) places", problem: "needs at least \(atLeast) places")
    }
    var skins = [SIMD3<Float>]()
    for (i, place) in places.enumerated() {
      let p = try skin(place, "\(field)[\(i)]", outside: outside).position
      if let last = skins.last, length(p - last) < 0.5 { continue }
      skins.append(p)
    }
    guard skins.count >= atLeast else {
      throw CompileError(
        layer: layer, field: field, found: "\(skins.count) different places",
        problem: "needs at least \(atLeast) places that are more than 0.5 mm apart")
    }
    return skins
  }

  /// Refuses a line that crosses itself.
  func checkSimple(_ curve: SurfaceCurve, _ field: String) throws(CompileError) {
    if crossesItself(curve.positions.map { scalp.chart.map($0) }, closed: curve.isClosed) {
      throw CompileError(
        layer: layer, field: field, found: "a line of \(shown(Double(curve.length))) mm",
        problem: "the line must not cross itself")
    }
  }
}
