// Which lengths of a head pass over skin that its scan does not show: they are the mean head's, fitted, and no measurements.

import Arithmetic
import Meshes

extension HeadMeasurements {
  /// A length that can be an estimate.
  public enum Estimate: String, Sendable, CaseIterable {
    case headLength = "head length"
    case headBreadth = "head breadth"
    case headCircumference = "head circumference"
    case tragionToVertex = "tragion to vertex"
    case coronalArc = "coronal arc"
  }

  /// The lengths of a head that pass over completed skin, in the order of `Estimate`; none for a scan of all of a head.
  public static func estimates(on head: Head) -> [Estimate] {
    guard let completed = head.completed else { return [] }
    let mesh = head.mesh
    let new = mesh.triangles[completed.firstTriangle...]
    var isNew = [Bool](repeating: false, count: mesh.positions.count)
    for t in new { for k in 0..<3 { isNew[Int(t[k])] = true } }
    // Corners of the rim are the scan's.
    for t in mesh.triangles[..<completed.firstTriangle] { for k in 0..<3 { isNew[Int(t[k])] = false } }

    func crosses(_ origin: SIMD3<Float>, _ normal: SIMD3<Float>, above height: Float) -> Bool {
      new.contains { t in
        let sides = (0..<3).map { dot(mesh.positions[Int(t[$0])] - origin, normal) < 0 }
        return sides.contains(true) && sides.contains(false) && mesh.positions[Int(t.x)].y > height
      }
    }
    var found: [Estimate] = []
    let back = opisthocranion(of: head)
    if let back, isNew[back.vertex] { found.append(.headLength) }
    let vault = mesh.positions.indices.filter { mesh.positions[$0].y > earsEndBelow }
    let ends = [
      vault.max { mesh.positions[$0].x < mesh.positions[$1].x },
      vault.min { mesh.positions[$0].x < mesh.positions[$1].x },
    ]
    if ends.contains(where: { $0.map { isNew[$0] } ?? false }) { found.append(.headBreadth) }
    if let back, let tape = tapePlane(of: head, over: mesh.positions[back.vertex]),
      crosses(tape.forehead, tape.normal, above: -.infinity)
    {
      found.append(.headCircumference)
    }
    let marks = head.landmarks
    let tree = BoundingVolumeHierarchy(mesh)
    if [marks.vertex, marks.leftTragion, marks.rightTragion].contains(where: {
      completed.contains(Int(tree.closestPoint(to: $0).triangle))
    }) {
      found.append(.tragionToVertex)
    }
    if crosses(.zero, normalized(cross(marks.vertex, SIMD3(1, 0, 0))), above: earsEndBelow) {
      found.append(.coronalArc)
    }
    return found
  }
}
