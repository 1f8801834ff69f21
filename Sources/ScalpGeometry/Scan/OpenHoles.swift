// S1: holes of the scalp that repair left open, with their place on the tape.

import Arithmetic
import Meshes

/// Largest perimeter, mm, of holes that are filled anywhere, and of those that lie on the scalp with all of their rim.
let filledAnywhere: Float = 60
let filledOnScalp: Float = 400

/// The holes that stayed open where hair grows, largest first; none where other skin lies over or under the rim.
///
/// - Parameter scale: mm in one unit of the report.
func openHoles(_ report: ScanRepairReport, on head: Head, frame: ScanFrame) -> [ScanFinding] {
  let scale = Float(frame.millimetresPerUnit)
  let open = report.holes.filter { hole in
    (hole.fate == .large || hole.fate == .tangled) && hole.scalpShare >= 0.25 && hole.smoothPerimeter * scale > 12
  }
  if open.isEmpty { return [] }
  let tape = try? ScalpFrame(head)
  var found: [ScanFinding] = []
  for hole in open.sorted(by: { $0.smoothPerimeter > $1.smoothPerimeter }).prefix(8) {
    let rim = hole.rim.map { frame.place($0) }
    if isCovered(rim, by: head.mesh) { continue }
    let centre = frame.place(hole.centre)
    let around = hole.smoothPerimeter * scale
    let limit = hole.scalpShare == 1 ? filledOnScalp : filledAnywhere
    found.append(
      ScanFinding(
        .hole, isError: around > 100, subject: "hole left open in the scalp, \(place(centre, on: tape)), around it,",
        measured: Double(around), advised: Double(around > limit ? limit : 0), unit: "mm",
        reason: hole.fate == .tangled
          ? "its rim is too tangled to be filled; counts, hours and price leave it out; close it in the scan"
          : "counts, hours and price leave it out; close it in the scan, or scan again"))
  }
  return found
}

/// A place in words: on the tape where there is one.
func place(_ p: SIMD3<Float>, on tape: ScalpFrame?) -> String {
  if let tape {
    let at = tape.coordinates(of: p)
    if at.up.isFinite && at.side.isFinite { return "up \(Int(at.up.rounded())), side \(Int(at.side.rounded()))" }
  }
  return "\(Int(p.y.rounded())) mm above the tragions, \(Int(p.z.rounded())) mm before them, "
    + "\(Int(p.x.rounded())) mm to the left"
}

/// Whether most of a rim has other skin straight above or below it: then it is the edge of one sheet over another.
private func isCovered(_ rim: [SIMD3<Float>], by mesh: TriangleMesh) -> Bool {
  guard var low = rim.first else { return false }
  var high = low
  for p in rim {
    low = low.replacing(with: p, where: p .< low)
    high = high.replacing(with: p, where: p .> high)
  }
  low -= SIMD3(repeating: 30)
  high += SIMD3(repeating: 30)
  let isNear = mesh.positions.map { p in all(p .> low) && all(p .< high) }
  let near = mesh.triangles.filter { isNear[Int($0.x)] || isNear[Int($0.y)] || isNear[Int($0.z)] }
  let tree = BoundingVolumeHierarchy(TriangleMesh(positions: mesh.positions, triangles: near, normals: []))
  let middle = SIMD3<Float>(0, 35, 5)
  let covered = rim.count { p in
    let out = normalized(p - middle)
    return [out, -out].contains { tree.firstHit(origin: p + $0 * 0.5, direction: $0, limit: 24.5) != nil }
  }
  return covered * 2 > rim.count
}
