// A scan in the head frame, from three clicked points.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Units in which scans come.
public enum ScanUnit: String, Sendable, CaseIterable {
  case millimetre
  case centimetre
  case decimetre
  case metre
  case inch

  /// Millimetres in one unit.
  public var millimetres: Float {
    switch self {
    case .millimetre: 1
    case .centimetre: 10
    case .decimetre: 100
    case .metre: 1000
    case .inch: 25.4
    }
  }
}

/// Why a scan cannot be taken for a head.
public enum ScanError: Error, Equatable, CustomStringConvertible {
  /// The scale is not a positive finite number.
  case scale(Float)
  /// The clicked points do not span a plane.
  case clicksInLine
  /// A length, mm, that no head has; and the unit in which the distance between the tragions would be right.
  case impossible(name: String, value: Float, allowed: ClosedRange<Float>, fittingUnit: ScanUnit?)
  /// No skin where a landmark must be.
  case noSkin(String)

  public var description: String {
    func number(_ v: Float) -> String { abs(v) < 10 ? "\((v * 100).rounded() / 100)" : "\((v * 10).rounded() / 10)" }
    switch self {
    case .scale(let scale):
      return "\(scale) millimetres per unit is not allowed: it must be above 0 and finite"
    case .clicksInLine:
      return "glabella and tragions lie in one line or coincide; they must form a triangle"
    case .impossible(let name, let value, let allowed, let unit):
      let hint =
        unit.map { "; the distance between the tragions would fit if the scan were in \($0.rawValue)s" } ?? ""
      return
        "\(name) of \(number(value)) is impossible for a head: \(number(allowed.lowerBound)) to \(number(allowed.upperBound))"
        + hint
    case .noSkin(let name):
      return
        "no skin found where the \(name) should be; check the clicked points (left is the subject's left) and that the scan covers the head"
    }
  }
}

/// Elevation of the mannequin's glabella above the Frankfort plane, seen from between the tragions, degrees.
///
/// Three points fix a head but for its pitch; this convention sets it. Individual heads differ by ±3°.
public let glabellaElevation: Float = 17.8

/// Brings a scan into the head frame and finds its landmarks.
///
/// The frame comes from the three clicks: origin between the tragions, x through them, the glabella
/// `glabellaElevation` above the horizontal. The other landmarks are found on the surface from the frame.
/// - Parameters:
///   - glabella: foremost point between the brows, in the scan's own coordinates, as are the tragions.
///   - leftTragion: at the subject's left ear.
///   - millimetresPerUnit: 1 for a scan in millimetres, 1000 for metres.
/// - Throws: `ScanError` if the proportions are no head's: distance between the tragions 115...170 mm, origin to
///   top 105...150 mm, length 165...225 mm, length over breadth 1.10...1.50.
public func orientScan(
  _ mesh: TriangleMesh, glabella: SIMD3<Float>, leftTragion: SIMD3<Float>, rightTragion: SIMD3<Float>,
  millimetresPerUnit: Float
) throws(ScanError) -> Head {
  guard millimetresPerUnit.isFinite && millimetresPerUnit > 0 else { throw .scale(millimetresPerUnit) }

  // Breadth first: it tells a wrong unit.
  let scale = millimetresPerUnit
  let across = leftTragion - rightTragion
  let bitragion = length(across) * scale
  let unit = ScanUnit.allCases.first { bitragionRange.contains(length(across) * $0.millimetres) }
  guard bitragionRange.contains(bitragion) else {
    throw .impossible(
      name: "distance between the tragions, in mm,", value: bitragion, allowed: bitragionRange, fittingUnit: unit)
  }

  // The frame
  let origin = (leftTragion + rightTragion) / 2
  let x = normalized(across)
  let towards = glabella - origin
  let level = towards - x * dot(towards, x)
  guard length(level) * scale > 40 else { throw .clicksInLine }
  let toGlabella = normalized(level)
  let above = cross(toGlabella, x)
  let angle = glabellaElevation * .pi / 180
  let z = toGlabella * cos(angle) - above * sin(angle)
  let y = toGlabella * sin(angle) + above * cos(angle)
  func turned(_ v: SIMD3<Float>) -> SIMD3<Float> { SIMD3(dot(v, x), dot(v, y), dot(v, z)) }
  func placed(_ p: SIMD3<Float>) -> SIMD3<Float> { turned(p - origin) * scale }
  let head = TriangleMesh(
    positions: mesh.positions.map(placed), triangles: mesh.triangles, normals: mesh.normals.map(turned))

  let landmarks = try scanLandmarks(
    head, glabella: placed(glabella), leftTragion: placed(leftTragion), rightTragion: placed(rightTragion))
  let result = Head(mesh: head, landmarks: landmarks)

  // Proportions
  let checks: [(String, Float, ClosedRange<Float>)]
  guard let m = HeadMeasurements(of: result) else { throw .noSkin("back of the head") }
  checks = [
    ("height of the vertex above the tragions, in mm,", m.tragionToVertex, 105...150),
    ("head length, in mm,", m.headLength, 165...225),
    ("head length over breadth", m.headLength / m.headBreadth, 1.10...1.50),
  ]
  for (name, value, allowed) in checks where !allowed.contains(value) {
    throw .impossible(name: name, value: value, allowed: allowed, fittingUnit: unit?.millimetres == scale ? nil : unit)
  }
  return result
}

/// Distance between the tragions of adults, mm, with a wide margin. Neighbouring units differ by more than its
/// span, so at most one fits.
private let bitragionRange: ClosedRange<Float> = 115...170

/// Finds the landmarks that were not clicked, in the head frame.
private func scanLandmarks(
  _ mesh: TriangleMesh, glabella: SIMD3<Float>, leftTragion: SIMD3<Float>, rightTragion: SIMD3<Float>
) throws(ScanError) -> HeadLandmarks {
  let tree = BoundingVolumeHierarchy(mesh)
  func skin(_ name: String, from: SIMD3<Float>, towards: SIMD3<Float>) throws(ScanError) -> SIMD3<Float> {
    guard let hit = tree.firstHit(origin: from, direction: towards) else { throw .noSkin(name) }
    return hit.point.position
  }
  let far: Float = 400

  // Vertex: the highest skin on the midline
  var vertex: SIMD3<Float>?
  for step in 0...50 {
    let z = Float(step) * 2 - 60
    if let hit = tree.firstHit(origin: SIMD3(0, far, z), direction: SIMD3(0, -1, 0)) {
      if hit.point.position.y > vertex?.y ?? 0 { vertex = hit.point.position }
    }
  }
  guard let vertex else { throw .noSkin("vertex") }

  // Sellion: the deepest skin of the nasal root, below the glabella
  var sellion: SIMD3<Float>?
  for step in 0...40 {
    let y = glabella.y - 6 - Float(step) * 0.5
    if let hit = tree.firstHit(origin: SIMD3(0, y, far), direction: SIMD3(0, 0, -1)) {
      if hit.point.position.z < sellion?.z ?? .infinity { sellion = hit.point.position }
    }
  }
  guard let sellion else { throw .noSkin("nasal root") }

  // Inion and outer eye corners: where the mannequin has them, in proportion
  let inionDirection = SIMD3<Float>(0, -11.7, -78)
  let inion = try skin("inion", from: normalized(inionDirection) * far, towards: -normalized(inionDirection))
  let breadth = (leftTragion.x - rightTragion.x) / 148
  let eyeLevel = sellion.y * 0.48
  let left = try skin("left eye", from: SIMD3(45.3 * breadth, eyeLevel, far), towards: SIMD3(0, 0, -1))
  let right = try skin("right eye", from: SIMD3(-45.3 * breadth, eyeLevel, far), towards: SIMD3(0, 0, -1))
  return HeadLandmarks(
    glabella: tree.closestPoint(to: glabella).position, sellion: sellion,
    leftTragion: tree.closestPoint(to: leftTragion).position,
    rightTragion: tree.closestPoint(to: rightTragion).position, vertex: vertex, inion: inion, leftCanthus: left,
    rightCanthus: right)
}
