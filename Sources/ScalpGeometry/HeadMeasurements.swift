// What a tape and a caliper would read on a head.

import Arithmetic
import Meshes

/// Lengths of a head, mm, as anthropometric surveys define them.
public struct HeadMeasurements: Sendable, Equatable {
  /// Glabella to the farthest point of the back of the head on the midline.
  public var headLength: Float
  /// Greatest breadth above the ears.
  public var headBreadth: Float
  /// Tape around the head over the opisthocranion and just above the brows: the perimeter of the convex hull of
  /// that plane section.
  public var headCircumference: Float
  /// Height of the vertex above the tragions.
  public var tragionToVertex: Float
  /// Distance between the tragions.
  public var bitragionBreadth: Float
  /// Nasal root to the lowest point of the chin (menton-sellion), or nil where it cannot be found.
  public var faceHeight: Float?
  /// Greatest breadth of the face across the cheekbones' arches, or nil where there is no skin.
  public var bizygomaticBreadth: Float?
  /// Tape from tragion to tragion over the vertex.
  public var coronalArc: Float?

  /// How far above the glabella the tape crosses the midline of the forehead, mm.
  package static let tapeAboveGlabella: Float = 5

  public init(
    headLength: Float, headBreadth: Float, headCircumference: Float, tragionToVertex: Float, bitragionBreadth: Float,
    faceHeight: Float? = nil, bizygomaticBreadth: Float? = nil, coronalArc: Float? = nil
  ) {
    self.headLength = headLength
    self.headBreadth = headBreadth
    self.headCircumference = headCircumference
    self.tragionToVertex = tragionToVertex
    self.bitragionBreadth = bitragionBreadth
    self.faceHeight = faceHeight
    self.bizygomaticBreadth = bizygomaticBreadth
    self.coronalArc = coronalArc
  }
}

extension HeadMeasurements {
  /// Measures a head on its mesh, with its landmarks.
  ///
  /// The head should be bare: hair or a cap is measured as skull. Ears must not reach the plane of the tape; in
  /// the head frame they end below y = 44 mm.
  /// - Returns: nil where the mesh has no skin on the midline above the glabella or behind it.
  public init?(of head: Head) {
    let mesh = head.mesh
    let landmarks = head.landmarks

    guard let (vertex, farthest) = Self.opisthocranion(of: head) else { return nil }
    let back = mesh.positions[vertex]

    // Breadth above the ears
    var left: Float = 0
    var right: Float = 0
    for p in mesh.positions where p.y > Self.earsEndBelow {
      left = max(left, p.x)
      right = min(right, p.x)
    }

    // Breadth across the arches, between cheek and temple; farther back the skin widens on towards the ear
    var archLeft: Float = 0
    var archRight: Float = 0
    for p in mesh.positions where p.y > -20 && p.y < 4 && p.z > 30 && p.z < 56 {
      archLeft = max(archLeft, p.x)
      archRight = min(archRight, p.x)
    }

    guard let (forehead, normal) = Self.tapePlane(of: head, over: back) else { return nil }
    let section = sectionPoints(of: mesh, through: forehead, normal: normal)

    self.init(
      headLength: farthest.squareRoot(), headBreadth: left - right, headCircumference: perimeterOfHull(section),
      tragionToVertex: landmarks.vertex.y - (landmarks.leftTragion.y + landmarks.rightTragion.y) / 2,
      bitragionBreadth: length(landmarks.leftTragion - landmarks.rightTragion),
      faceHeight: Self.faceHeight(of: head),
      bizygomaticBreadth: archLeft > 40 && archRight < -40 ? archLeft - archRight : nil,
      coronalArc: ScalpGeometry.coronalArc(
        over: sectionPoints(
          of: mesh, through: .zero, normal: normalized(cross(landmarks.vertex, SIMD3(1, 0, 0)))
        ).filter { $0.y > Self.earsEndBelow }, between: landmarks.leftTragion, landmarks.rightTragion))
  }

  static let earsEndBelow: Float = 44

  /// The farthest vertex at the back of the head, near the midline, and its squared distance from the glabella.
  static func opisthocranion(of head: Head) -> (vertex: Int, square: Float)? {
    let (mesh, landmarks) = (head.mesh, head.landmarks)
    var found: Int?
    var farthest: Float = 0
    for (i, p) in mesh.positions.enumerated()
    where p.z < 0 && abs(p.x) < 20 && p.y > landmarks.inion.y && p.y < landmarks.vertex.y {
      let d = dot(p - landmarks.glabella, p - landmarks.glabella)
      if d > farthest { (found, farthest) = (i, d) }
    }
    return found.map { ($0, farthest) }
  }

  /// The plane of the tape: through the forehead above the brows, the opisthocranion, and sideways.
  static func tapePlane(of head: Head, over back: SIMD3<Float>) -> (forehead: SIMD3<Float>, normal: SIMD3<Float>)? {
    let level = head.landmarks.glabella.y + tapeAboveGlabella
    guard let forehead = midlineSkin(of: head.mesh, at: level) else { return nil }
    let forward = forehead - SIMD3(0, back.y, back.z)
    return (forehead, normalized(cross(forward, SIMD3(1, 0, 0))))
  }

  /// Nasal root to the lowest skin of the chin; nil if the mesh ends there, as on a mask.
  private static func faceHeight(of head: Head) -> Float? {
    let sellion = head.landmarks.sellion
    var menton: SIMD3<Float>?
    var lowest = Float.infinity
    for p in head.mesh.positions {
      lowest = min(lowest, p.y)
      if abs(p.x - sellion.x) < 8 && p.z > sellion.z - 45 && p.y < menton?.y ?? sellion.y { menton = p }
    }
    guard let menton, menton.y > lowest + 10 else { return nil }
    return length(sellion - menton)
  }
}

/// The foremost skin on the midline at a height.
private func midlineSkin(of mesh: TriangleMesh, at y: Float) -> SIMD3<Float>? {
  var best: SIMD3<Float>?
  for t in mesh.triangles {
    let a = mesh.positions[Int(t.x)]
    let b = mesh.positions[Int(t.y)]
    let c = mesh.positions[Int(t.z)]
    // Does the line x = 0 at this height pass through the triangle, seen from the front?
    let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    if area == 0 { continue }
    let v = (-a.x * (c.y - a.y) - (y - a.y) * (c.x - a.x)) / area
    let w = ((b.x - a.x) * (y - a.y) + (b.y - a.y) * a.x) / area
    if v < -1e-5 || w < -1e-5 || v + w > 1.000_01 { continue }
    let z = a.z + v * (b.z - a.z) + w * (c.z - a.z)
    if z > best?.z ?? 0 { best = SIMD3(0, y, z) }
  }
  return best
}

/// Where the edges of a mesh cross a plane.
private func sectionPoints(of mesh: TriangleMesh, through origin: SIMD3<Float>, normal: SIMD3<Float>)
  -> [SIMD3<Float>]
{
  var points: [SIMD3<Float>] = []
  for t in mesh.triangles {
    for side in 0..<3 {
      let a = mesh.positions[Int(t[side])]
      let b = mesh.positions[Int(t[(side + 1) % 3])]
      let da = dot(a - origin, normal)
      let db = dot(b - origin, normal)
      if (da < 0) != (db < 0) { points.append(a + (b - a) * (da / (da - db))) }
    }
  }
  return points
}

/// Length of a tape from one tragion over `points`, which lie in one plane with them, to the other; nil without points.
package func coronalArc(over points: [SIMD3<Float>], between left: SIMD3<Float>, _ right: SIMD3<Float>) -> Float? {
  if points.isEmpty { return nil }
  // Laid flat: x stays, the height above the axis of the tragions becomes z.
  func flat(_ p: SIMD3<Float>) -> SIMD3<Float> { SIMD3(p.x, 0, (p.y * p.y + p.z * p.z).squareRoot()) }
  let ends = [SIMD3(left.x, 0, 0), SIMD3(right.x, 0, 0)]
  return perimeterOfHull(points.map(flat) + ends) - length(ends[0] - ends[1])
}

/// Perimeter of the convex hull of points that lie in one plane, mm.
///
/// The plane must not contain the y axis: points are ordered by their x and z.
package func perimeterOfHull(_ points: [SIMD3<Float>]) -> Float {
  // A. M. Andrew's monotone chain. 1979.
  let sorted = points.sorted { ($0.x, $0.z) < ($1.x, $1.z) }
  func chain(_ points: [SIMD3<Float>]) -> [SIMD3<Float>] {
    var hull: [SIMD3<Float>] = []
    for p in points {
      while hull.count >= 2 {
        let a = hull[hull.count - 2]
        let b = hull[hull.count - 1]
        if (b.x - a.x) * (p.z - a.z) - (b.z - a.z) * (p.x - a.x) > 0 { break }
        hull.removeLast()
      }
      hull.append(p)
    }
    return hull
  }
  let hull = chain(sorted).dropLast() + chain(sorted.reversed())
  var sum: Float = 0
  for (a, b) in zip(hull, hull.dropFirst()) { sum += length(b - a) }
  return sum
}
