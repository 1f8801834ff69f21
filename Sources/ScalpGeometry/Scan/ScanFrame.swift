// Where a scan's head is: unit, origin and axes from its landmarks.
//
// The origin lies midway between the tragions. The axes turn the mean man's landmarks, as seen from there, best onto
// those that were read; three points fix a head but for its pitch, which the mean man's proportions then set
// (individual glabellas differ by ±3 degrees). More landmarks average reading errors out.

import Arithmetic
import Meshes

/// A scan's coordinates in terms of the head frame.
public struct ScanFrame: Sendable, Equatable {
  /// Midway between the tragions, in the scan's coordinates.
  public var origin: SIMD3<Double>
  /// The head's left, up and forward, unit vectors in the scan's coordinates.
  public var left: SIMD3<Double>
  public var up: SIMD3<Double>
  public var forward: SIMD3<Double>
  public var millimetresPerUnit: Double

  /// Distance between the tragions of adults, mm, with a wide margin.
  public static let tragionDistances: ClosedRange<Float> = 115...170

  /// A frame that is known.
  public init(
    origin: SIMD3<Double>, left: SIMD3<Double>, up: SIMD3<Double>, forward: SIMD3<Double>, millimetresPerUnit: Double
  ) {
    self.origin = origin
    self.left = left
    self.up = up
    self.forward = forward
    self.millimetresPerUnit = millimetresPerUnit
  }

  /// Finds the frame from landmarks.
  ///
  /// - Parameter millimetresPerUnit: 1 for a scan in millimetres, 1000 for metres; nil finds the unit from the
  ///   distance between the tragions.
  /// - Throws: `ScanError` if a landmark that is needed is missing, or if they cannot be those of one head.
  public init(_ landmarks: ScanLandmarks, millimetresPerUnit: Double? = nil) throws(ScanError) {
    guard let leftTragion = landmarks[.leftTragion] else { throw .missing(.leftTragion) }
    guard let rightTragion = landmarks[.rightTragion] else { throw .missing(.rightTragion) }
    guard let front = landmarks[.glabella] ?? landmarks[.sellion] else { throw .missing(.glabella) }
    for (name, place) in landmarks.all where !(place.x.isFinite && place.y.isFinite && place.z.isFinite) {
      throw .notFinite(name)
    }
    let across = leftTragion - rightTragion
    let distance = (across * across).sum().squareRoot()
    let unit = ScanUnit.fitting(tragionDistance: distance)
    guard let scale = millimetresPerUnit ?? unit.map({ Double($0.millimetres) }) else {
      throw .noUnit(tragionDistance: Float(distance))
    }
    guard scale.isFinite && scale > 0 else { throw .scale(Float(scale)) }
    guard Self.tragionDistances.contains(Float(distance * scale)) else {
      throw .impossible(
        name: "distance between the tragions, in mm,", value: Float(distance * scale), allowed: Self.tragionDistances,
        fittingUnit: unit, landmark: .leftTragion)
    }
    let origin = (leftTragion + rightTragion) * 0.5
    self.origin = origin
    self.millimetresPerUnit = scale
    let frontOffset = front - origin
    let level = frontOffset - across * ((frontOffset * across).sum() / (across * across).sum())
    guard (level * level).sum().squareRoot() * scale > 40 else { throw .clicksInLine }

    // The template is made as large as the head, so that distances to it mean the same on every head.
    let template = ScanLandmarks.Name.leftTragion.template.x - ScanLandmarks.Name.rightTragion.template.x
    let size = distance * scale / template
    let rotation = Rotation(
      taking: landmarks.all.map { name, place in
        (from: (place - origin) * scale, to: name.template * size, weight: name.weight)
      })
    left = rotation.x
    up = rotation.y
    forward = rotation.z
    try check(landmarks, size: size)
  }

  /// Millimetres per unit that put the tragions as far apart as the mean man's.
  static func meanScale(_ landmarks: ScanLandmarks) throws(ScanError) -> Double {
    let (left, right) = (ScanLandmarks.Name.leftTragion, ScanLandmarks.Name.rightTragion)
    return try ScanMeasure.tragionToTragion(left.template.x - right.template.x).millimetresPerUnit(landmarks) ?? 1
  }

  /// Refuses landmarks that no head has together.
  private func check(_ landmarks: ScanLandmarks, size: Double) throws(ScanError) {
    func distance(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Float {
      Float((((a - b) * (a - b)).sum()).squareRoot() * millimetresPerUnit)
    }
    func require(
      _ name: String, _ value: Float, _ allowed: ClosedRange<Float>, _ landmark: ScanLandmarks.Name
    ) throws(ScanError) {
      if !allowed.contains(value) {
        throw .impossible(name: name, value: value, allowed: allowed, fittingUnit: nil, landmark: landmark)
      }
    }
    // Means of adults are 111 and 105 mm from the middle between the tragions, 90 mm between the eye corners.
    if let glabella = landmarks[.glabella] {
      try require(
        "distance from the middle between the tragions to the glabella, in mm,", distance(glabella, origin),
        88...138, .glabella)
    }
    if let sellion = landmarks[.sellion] {
      try require(
        "distance from the middle between the tragions to the sellion, in mm,", distance(sellion, origin),
        80...130, .sellion)
    }
    if let glabella = landmarks[.glabella], let sellion = landmarks[.sellion] {
      try require("distance from sellion to glabella, in mm,", distance(glabella, sellion), 5...35, .sellion)
    }
    if let left = landmarks[.leftCanthus], let right = landmarks[.rightCanthus] {
      try require("distance between the outer eye corners, in mm,", distance(left, right), 70...120, .leftCanthus)
    }
    // The worst first: it is most likely the one that was misread.
    var worst: (name: ScanLandmarks.Name, miss: Float)?
    for (name, place) in landmarks.all {
      let miss = self.place(place) - SIMD3<Float>(name.template * size)
      if length(miss) > worst?.miss ?? Self.largestMiss { worst = (name, length(miss)) }
    }
    if let worst { throw .elsewhere(worst.name, Float(worst.miss)) }
  }

  /// How far a landmark may lie from where the others put it, mm. Vertices, hairlines and inions of sound heads
  /// stay within 25 mm.
  static let largestMiss: Float = 38

  /// Head-frame position, mm, of a place in the scan's coordinates.
  public func place(_ p: SIMD3<Double>) -> SIMD3<Float> {
    let d = (p - origin) * millimetresPerUnit
    return SIMD3(Float((d * left).sum()), Float((d * up).sum()), Float((d * forward).sum()))
  }

  public func place(_ p: SIMD3<Float>) -> SIMD3<Float> { place(SIMD3<Double>(p)) }

  /// The scan's coordinates of a place in the head frame.
  public func scanPlace(_ p: SIMD3<Float>) -> SIMD3<Double> {
    let q = SIMD3<Double>(p) / millimetresPerUnit
    return origin + left * q.x + up * q.y + forward * q.z
  }

  /// The mesh in the head frame.
  public func place(_ mesh: TriangleMesh) -> TriangleMesh {
    let (x, y, z) = (SIMD3<Float>(left), SIMD3<Float>(up), SIMD3<Float>(forward))
    return TriangleMesh(
      positions: mesh.positions.map { place($0) }, triangles: mesh.triangles,
      normals: mesh.normals.map { SIMD3(dot($0, x), dot($0, y), dot($0, z)) })
  }
}
