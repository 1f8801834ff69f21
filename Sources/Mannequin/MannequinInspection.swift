// How true a mannequin is: its lengths against those asked for, the soundness of its mesh, and how far its triangles
// lie from the exact surface.

import Arithmetic
import Meshes
import ScalpGeometry

/// What an inspection found.
public struct MannequinInspection: Sendable {
  public var head: Head
  /// Lengths in mm, as asked for and as measured on the finished mesh.
  public var lengths: [(name: String, asked: Double, found: Double)]
  public var invariants: MeshInvariants
  /// Degrees.
  public var smallestAngle: Double
  /// Distance of the middles of triangles from the exact surface, mm. The rim of the cut through the neck does not count.
  public var meanError: Double
  public var largestError: Double
}

/// Makes a mannequin and measures it. Takes about twice as long as making it.
///
/// - Throws: as `makeMannequin`.
public func inspectMannequin(_ parameters: MannequinParameters, triangles: Int = 100_000, threads: Int? = nil) throws
  -> MannequinInspection
{
  let head = try makeMannequin(parameters, triangles: triangles, threads: threads)
  let solved = try solvedMannequin(parameters)
  let field = solved.field
  // The same mesh before it was laid on the head, where its distance from the field can be asked.
  let template = templateMesh(of: field, triangles: triangles, threads: threads)
  let gaps = parallelMap(template.triangles.count, perTile: 1024, threads: threads) { i -> Float in
    let t = template.triangles[i]
    let middle =
      (template.positions[Int(t.x)] + template.positions[Int(t.y)] + template.positions[Int(t.z)]) / 3
    if middle.y < field.cutHeight + 8 { return 0 }
    let (value, gradient) = field.valueAndGradient(middle)
    return abs(value) / max(length(gradient), 0.5)
  }
  var sum = 0.0
  var largest: Float = 0
  for gap in gaps {
    sum += Double(gap)
    largest = max(largest, gap)
  }
  let warp = solved.warp
  let stretch = max(warp.scaleX, max(warp.scaleZ, max(warp.scaleUp, warp.scaleDown)))

  var inspection = MannequinInspection(
    head: head, lengths: [], invariants: head.mesh.invariants(), smallestAngle: smallestAngle(head.mesh),
    meanError: sum / Double(max(gaps.count, 1)) * Double(stretch), largestError: Double(largest * stretch))
  if let m = HeadMeasurements(of: head) {
    let found: [(String, Double, Float?)] = [
      ("head length", parameters.headLength, m.headLength), ("head breadth", parameters.headBreadth, m.headBreadth),
      ("head circumference", parameters.headCircumference, m.headCircumference),
      ("tragion to vertex", parameters.tragionToVertex, m.tragionToVertex),
      ("face height", parameters.faceHeight, m.faceHeight),
      ("bizygomatic breadth", parameters.bizygomaticBreadth, m.bizygomaticBreadth),
      ("coronal arc", parameters.coronalArc, m.coronalArc),
    ]
    inspection.lengths = found.map { ($0.0, $0.1, $0.2.map(Double.init) ?? .nan) }
  }
  return inspection
}

/// Smallest angle of any triangle, degrees; 0 where one has no area.
private func smallestAngle(_ mesh: TriangleMesh) -> Double {
  // The largest cosine belongs to the smallest angle.
  var largest: Float = 0.5
  for t in mesh.triangles {
    for k in 0..<3 {
      let corner = mesh.positions[Int(t[k])]
      let u = mesh.positions[Int(t[(k + 1) % 3])] - corner
      let v = mesh.positions[Int(t[(k + 2) % 3])] - corner
      let spans = (dot(u, u) * dot(v, v)).squareRoot()
      largest = spans > 0 ? max(largest, dot(u, v) / spans) : 1
    }
  }
  let cosine = Double(min(largest, 1))
  return arcTangent(((1 - cosine) * (1 + cosine)).squareRoot(), cosine) * 180 / .pi
}
