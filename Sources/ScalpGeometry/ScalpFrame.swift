// Tape measure coordinates on a head.
//
// A place on the scalp is told as a practitioner measures it: `up` along the midline from the glabella over the
// vertex, then `side` along the skin in the plane through both tragions (the interaural axis). Dividing both by
// their full lengths gives coordinates in the manner of the 10-20 electrode system
// (Jasper. The ten-twenty electrode system of the International Federation. 1958).
//
// Goals, in order:
// 1. A place that is asked for and measured again gives the same numbers.
// 2. Scan noise of a few tenths of a millimetre does not lengthen the tape.
// 3. Coordinates for every vertex of a head cost a few milliseconds.

import Arithmetic
import Meshes

/// Coordinates of the practitioner on one head, both ways.
///
/// The head must surround the middle between its tragions, as every head does; holes are bridged.
public struct ScalpFrame: Sendable {
  /// The head that is measured.
  public let head: Head

  // The outer skin seen from the interaural axis, on a grid of directions.
  //   row: a plane through the axis, at angle alpha = atan2(y, z) above the horizontal forward direction
  //   column: theta, the angle inside that plane from the midline towards the left
  //
  //           column 0 ... middle ... last
  //   row 0     r          r           r      alpha = -80°
  //   ...
  //   last      r          r           r      alpha = 252°
  static let step: Float = 2 * .pi / 180
  static let firstAlpha: Float = -80 * .pi / 180
  static let rows = 167
  static let middle = 42
  static let columns = 2 * middle + 1

  let bins: DirectionBins
  /// Distance of the skin from the origin, mm, per node.
  let radii: [Float]
  /// Signed tape length from the midline inside the row, mm, per node.
  let sideArcs: [Float]
  /// Tape length along the midline from the glabella, mm, per row.
  let midlineArcs: [Float]
  /// Tape length from the midline to the tragion, mm, per row: right, left.
  let tragionArcs: [SIMD2<Float>]

  /// `up` of the sellion (negative), the vertex and the inion, mm.
  public let sellionUp: Float
  public let vertexUp: Float
  public let inionUp: Float

  /// Measures `head`.
  ///
  /// - Parameter threads: worker threads; the result does not depend on it.
  /// - Throws: `ScalpError` if the landmarks are not in the head frame or the mesh has no skin along the midline.
  public init(_ head: Head, threads: Int? = nil) throws(ScalpError) {
    try checkLandmarks(head.landmarks)
    let bins = DirectionBins(head.mesh)
    let radii = try skinRadii(head.mesh, bins, threads: threads)
    self.head = head
    self.bins = bins
    self.radii = radii

    // Lay the tape along each row. A light smoothing keeps scan noise from lengthening it.
    var sideArcs = [Float](repeating: 0, count: Self.rows * Self.columns)
    var tragionArcs = [SIMD2<Float>](repeating: .zero, count: Self.rows)
    var middlePoints = [SIMD2<Float>]()
    let directions = (0..<Self.columns).map { column in
      let theta = Double(column - Self.middle) * Double(Self.step)
      return SIMD2(Float(cosine(theta)), Float(sine(theta)))
    }
    for row in 0..<Self.rows {
      let start = row * Self.columns
      let points = smoothedSection(radii[start..<start + Self.columns], along: directions)
      for column in Self.middle + 1..<Self.columns {
        sideArcs[start + column] = sideArcs[start + column - 1] + distance(points[column], points[column - 1])
      }
      for column in stride(from: Self.middle - 1, through: 0, by: -1) {
        sideArcs[start + column] = sideArcs[start + column + 1] - distance(points[column], points[column + 1])
      }
      let right = SIMD2(0, -abs(head.landmarks.rightTragion.x))
      let left = SIMD2(0, abs(head.landmarks.leftTragion.x))
      tragionArcs[row] = SIMD2(
        -sideArcs[start] + distance(points[0], right),
        sideArcs[start + Self.columns - 1] + distance(points[Self.columns - 1], left))
    }
    // And along the midline.
    let rowDirections = (0..<Self.rows).map { row in
      let alpha = Double(Self.firstAlpha) + Double(row) * Double(Self.step)
      return SIMD2(Float(cosine(alpha)), Float(sine(alpha)))
    }
    middlePoints = smoothedSection(
      (0..<Self.rows).map { radii[$0 * Self.columns + Self.middle] }[...], along: rowDirections)
    var arcs = [Float](repeating: 0, count: Self.rows)
    for row in 1..<Self.rows { arcs[row] = arcs[row - 1] + distance(middlePoints[row], middlePoints[row - 1]) }
    let glabella = interpolate(arcs, at: Self.row(ofAlpha: Self.alpha(head.landmarks.glabella)))
    for row in 0..<Self.rows { arcs[row] -= glabella }
    midlineArcs = arcs
    self.sideArcs = sideArcs
    self.tragionArcs = tragionArcs
    sellionUp = interpolate(arcs, at: Self.row(ofAlpha: Self.alpha(head.landmarks.sellion)))
    vertexUp = interpolate(arcs, at: Self.row(ofAlpha: Self.alpha(head.landmarks.vertex)))
    inionUp = interpolate(arcs, at: Self.row(ofAlpha: Self.alpha(head.landmarks.inion)))
  }
}

// MARK: - Both ways

extension ScalpFrame {
  /// `up` values that have a place: from the glabella to the end of the nape, mm.
  public var upRange: ClosedRange<Float> { 0...midlineArcs[Self.rows - 12] }

  /// `side` values that have a place at `up`, mm.
  public func sideRange(up: Float) -> ClosedRange<Float> {
    let row = row(up: up)
    return arc(row: row, column: 0)...arc(row: row, column: Float(Self.columns - 1))
  }

  /// The place `up` mm along the midline from the glabella and `side` mm to the left of it (negative: to the right).
  ///
  /// `nil` where there is no scalp to measure: outside `upRange` or `sideRange`, or in a hole of the mesh.
  public func place(up: Float, side: Float) -> SurfacePoint? {
    guard upRange.contains(up), sideRange(up: up).contains(side) else { return nil }
    let row = row(up: up)
    return skin(row: row, column: column(row: row) { self.arc(row: row, column: $0) - side })
  }

  /// The place on the plane of `up` that lies `x` mm to the left of the midline, measured straight. `nil` as `place`.
  public func place(up: Float, straightAside x: Float) -> SurfacePoint? {
    guard upRange.contains(up) else { return nil }
    let row = row(up: up)
    func aside(_ column: Float) -> Float {
      let theta = Double(column - Float(Self.middle)) * Double(Self.step)
      return radius(row: row, column: column) * Float(sine(theta))
    }
    guard aside(0) <= x, x <= aside(Float(Self.columns - 1)) else { return nil }
    return skin(row: row, column: column(row: row) { aside($0) - x })
  }

  /// Tape coordinates of a position in the head frame, mm. The position is taken to the skin along its direction
  /// from the middle between the tragions.
  public func coordinates(of position: SIMD3<Float>) -> (up: Float, side: Float) {
    let row = Self.row(ofAlpha: Self.alpha(position))
    return (interpolate(midlineArcs, at: row), arc(row: row, column: Self.column(ofTheta: Self.theta(position))))
  }

  /// Tape coordinates of many positions, as `coordinates(of:)`.
  public func coordinates(of positions: [SIMD3<Float>], threads: Int? = nil) -> [SIMD2<Float>] {
    tabulate(positions.count, initial: .zero, threads: threads) { i in
      let place = coordinates(of: positions[i])
      return SIMD2(place.up, place.side)
    }
  }

  /// `s` is the share of the midline from sellion to inion, `t` the share of the way from the midline to the
  /// tragion, positive to the left: the same numbers name like places on different heads.
  public func shares(up: Float, side: Float) -> (s: Float, t: Float) {
    let reach = interpolate(tragionArcs, at: row(up: up))
    return ((up - sellionUp) / (inionUp - sellionUp), side < 0 ? side / reach.x : side / reach.y)
  }

  /// Tape coordinates of shares, the inverse of `shares(up:side:)`.
  public func tape(s: Float, t: Float) -> (up: Float, side: Float) {
    let up = sellionUp + s * (inionUp - sellionUp)
    let reach = interpolate(tragionArcs, at: row(up: up))
    return (up, t < 0 ? t * reach.x : t * reach.y)
  }

  /// The skin in the direction of `position` from the middle between the tragions, with its normal. Where the mesh
  /// has a hole there, the bridge over the hole.
  public func skin(towards position: SIMD3<Float>) -> (position: SIMD3<Float>, normal: SIMD3<Float>) {
    let row = Self.row(ofAlpha: Self.alpha(position))
    let column = Self.column(ofTheta: Self.theta(position))
    let direction = normalized(position)
    let expected = radius(row: row, column: column)
    guard let hit = bins.nearestHit(head.mesh, towards: direction, expected: expected) else {
      return (direction * expected, direction)
    }
    return (hit.position, normal(at: hit))
  }

  /// The interpolated vertex normal at `point`.
  public func normal(at point: SurfacePoint) -> SIMD3<Float> {
    point.normal(on: head.mesh)
  }
}

// MARK: - The grid

extension ScalpFrame {
  /// Angle of the plane through the interaural axis, in [-π/2, 3π/2): 0 forward, π/2 upward.
  static func alpha(_ p: SIMD3<Float>) -> Float {
    let angle = arcTangent(p.y, p.z)
    return angle < -.pi / 2 ? angle + 2 * .pi : angle
  }

  /// Angle inside that plane from the midline, positive to the left.
  static func theta(_ p: SIMD3<Float>) -> Float { arcTangent(p.x, (p.y * p.y + p.z * p.z).squareRoot()) }

  static func row(ofAlpha alpha: Float) -> Float { (alpha - firstAlpha) / step }
  static func column(ofTheta theta: Float) -> Float { theta / step + Float(middle) }

  /// Row at which the midline is `up` long.
  func row(up: Float) -> Float { inverse(midlineArcs, of: up) }

  func arc(row: Float, column: Float) -> Float { bilinear(sideArcs, row: row, column: column) }

  func radius(row: Float, column: Float) -> Float { bilinear(radii, row: row, column: column) }

  /// Column at which `excess`, which grows from left column to right column, is zero.
  private func column(row: Float, where excess: (Float) -> Float) -> Float {
    var low: Float = 0
    var high = Float(Self.columns - 1)
    // 24 halvings leave 85 / 2^24 of a column, a hundred-thousandth of a millimetre.
    for _ in 0..<24 {
      let middle = 0.5 * (low + high)
      if excess(middle) < 0 { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }

  private func skin(row: Float, column: Float) -> SurfacePoint? {
    let alpha = Double(Self.firstAlpha + row * Self.step)
    let theta = Double((column - Float(Self.middle)) * Self.step)
    let direction = SIMD3(Float(sine(theta)), Float(cosine(theta) * sine(alpha)), Float(cosine(theta) * cosine(alpha)))
    return bins.nearestHit(head.mesh, towards: direction, expected: radius(row: row, column: column))
  }

  private func bilinear(_ table: [Float], row: Float, column: Float) -> Float {
    let r = held(row, 0, Float(Self.rows - 1) - 0.001)
    let c = held(column, 0, Float(Self.columns - 1) - 0.001)
    let i = Int(r) * Self.columns + Int(c)
    let u = r - Float(Int(r))
    let v = c - Float(Int(c))
    return mix(
      mix(table[i], table[i + 1], v), mix(table[i + Self.columns], table[i + Self.columns + 1], v), u)
  }
}

/// Sections of the outer skin: for each node the distance from the origin, with holes bridged.
private func skinRadii(_ mesh: TriangleMesh, _ bins: DirectionBins, threads: Int?) throws(ScalpError) -> [Float] {
  let columns = ScalpFrame.columns
  let middle = ScalpFrame.middle
  let rowsOfRadii = tabulate(ScalpFrame.rows, initial: [Float](), threads: threads) { row in
    let alpha = Double(ScalpFrame.firstAlpha) + Double(row) * Double(ScalpFrame.step)
    var radii = [Float](repeating: .nan, count: columns)
    func look(_ column: Int, near expected: Float) {
      let theta = Double(column - middle) * Double(ScalpFrame.step)
      let direction = SIMD3(
        Float(sine(theta)), Float(cosine(theta) * sine(alpha)), Float(cosine(theta) * cosine(alpha)))
      if let hit = bins.nearestHit(mesh, towards: direction, expected: expected) {
        radii[column] = length(hit.position)
      }
    }
    // The midline takes the outermost skin; from there outwards the skin that continues the last, so that the
    // tape stays on the skull where an ear stands off it.
    look(middle, near: .infinity)
    var near = radii[middle].isNaN ? Float.infinity : radii[middle]
    for column in middle + 1..<columns {
      look(column, near: near)
      if !radii[column].isNaN { near = radii[column] }
    }
    near = radii[middle].isNaN ? Float.infinity : radii[middle]
    for column in stride(from: middle - 1, through: 0, by: -1) {
      look(column, near: near)
      if !radii[column].isNaN { near = radii[column] }
    }
    return radii
  }
  let known = rowsOfRadii.map { !$0[middle].isNaN }
  // Half of the rows over the scalp must be there; fewer is no head.
  let scalpRows = 45..<140
  guard scalpRows.count(where: { known[$0] }) * 2 > scalpRows.count else { throw .noMidline }
  var radii = rowsOfRadii.map { bridged($0) }
  // Rows without any skin copy the nearest row that has some.
  for row in 0..<ScalpFrame.rows where radii[row].isEmpty {
    for away in 1..<ScalpFrame.rows {
      if row - away >= 0, !rowsOfRadii[row - away].allSatisfy(\.isNaN) {
        radii[row] = bridged(rowsOfRadii[row - away])
        break
      }
      if row + away < ScalpFrame.rows, !rowsOfRadii[row + away].allSatisfy(\.isNaN) {
        radii[row] = bridged(rowsOfRadii[row + away])
        break
      }
    }
  }
  return radii.flatMap { $0 }
}

/// `values` with gaps filled by straight lines, and the ends held. Empty if there is no number at all.
private func bridged(_ values: [Float]) -> [Float] {
  guard let first = values.firstIndex(where: { !$0.isNaN }) else { return [] }
  var filled = values
  for i in 0..<first { filled[i] = values[first] }
  var last = first
  for i in first..<values.count where !values[i].isNaN {
    for gap in last + 1..<max(i, last + 1) {
      filled[gap] = mix(values[last], values[i], Float(gap - last) / Float(i - last))
    }
    last = i
  }
  for i in last + 1..<max(values.count, last + 1) { filled[i] = values[last] }
  return filled
}

private func checkLandmarks(_ marks: HeadLandmarks) throws(ScalpError) {
  let all: [(String, SIMD3<Float>)] = [
    ("glabella", marks.glabella), ("sellion", marks.sellion), ("left tragion", marks.leftTragion),
    ("right tragion", marks.rightTragion), ("vertex", marks.vertex), ("inion", marks.inion),
    ("left canthus", marks.leftCanthus), ("right canthus", marks.rightCanthus),
  ]
  for (name, p) in all where !(p.x.isFinite && p.y.isFinite && p.z.isFinite) {
    throw .badLandmark(name, "its coordinates are not finite numbers")
  }
  if marks.leftTragion.x < 40 || marks.rightTragion.x > -40 {
    throw .badLandmark("tragion", "the left one must lie at x > 40 mm and the right one at x < -40 mm")
  }
  if marks.leftCanthus.x < 15 || marks.rightCanthus.x > -15 {
    throw .badLandmark("canthus", "the left one must lie at x > 15 mm and the right one at x < -15 mm")
  }
  if marks.vertex.y < 60 || marks.vertex.y > 250 {
    throw .badLandmark("vertex", "it must lie 60 to 250 mm above the tragions")
  }
  if marks.glabella.z < 40 || marks.glabella.z > 200 {
    throw .badLandmark("glabella", "it must lie 40 to 200 mm in front of the tragions")
  }
  if marks.sellion.y >= marks.glabella.y { throw .badLandmark("sellion", "it must lie below the glabella") }
  if marks.inion.z > -30 { throw .badLandmark("inion", "it must lie at least 30 mm behind the tragions") }
}

/// Why a head cannot be measured.
public enum ScalpError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A landmark and what is wrong with it.
  case badLandmark(String, String)
  /// The mesh has no skin over most of the midline.
  case noMidline

  public var description: String {
    switch self {
    case .badLandmark(let name, let problem): "landmark \(name): \(problem)"
    case .noMidline: "the mesh has no skin along most of the midline from forehead to nape"
    }
  }
}
