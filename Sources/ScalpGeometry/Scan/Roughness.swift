// S3: how rough the scalp of a scan is. Noise of a scanner, whole millimetres and blocks make a surface larger than the skin that
// it stands for, and impressions, hours and price follow its area. So area is compared with that of a smoothed copy, and where
// they differ the copy is what work is laid on.

import Arithmetic
import Meshes

/// The scalp's area over that of its smoothed copy from which on the copy is used, and from which on it is a finding.
private let usedFrom: Float = 1.015
private let reportedFrom: Float = 1.1
private let errorFrom: Float = 1.3
private let shrunkenFrom: Float = 1000
/// What the quick look must find before a copy is made.
private let suspectedFrom: Float = 1.003

/// What was found of a scalp's roughness; all nil where it is smooth.
struct RoughScalp {
  var note: String?
  var finding: ScanFinding?
  /// The scan smoothed all over: where noise is as large as the hollow of the nasal root, landmarks are looked for on it.
  var whole: TriangleMesh?
}

/// Runs of smoothing, each as long as waves of some 12 mm need on a scan with little noise.
private let mostRuns = 8

/// Smooths the scalp of a repaired scan if it is rough; says so.
///
/// - Parameters:
///   - mesh: in the scan's coordinates; changed where it is rough.
///   - scanned: how many of its triangles were scanned, which alone can be rough; nil for all.
func smoothRoughScalp(_ mesh: inout TriangleMesh, _ frame: ScanFrame, scanned: Int? = nil) -> RoughScalp {
  let scanned = scanned ?? mesh.triangles.count
  if suspected(mesh, frame, scanned: scanned) < suspectedFrom { return RoughScalp() }
  let places = mesh.positions.map { isSmoothSkin(frame.place($0)) }
  let scalp = mesh.triangles[..<scanned].filter { places[Int($0.x)] && places[Int($0.y)] && places[Int($0.z)] }
  if scalp.isEmpty { return RoughScalp() }
  func area(_ p: [SIMD3<Float>]) -> Float {
    var sum = 0.0
    for t in scalp {
      let a = p[Int(t.x)]
      sum += Double(0.5 * length(cross(p[Int(t.y)] - a, p[Int(t.z)] - a)))
    }
    return Float(sum)
  }
  let raw = area(mesh.positions)
  // Waves of up to some 12 mm die out: more rounds where edges are short.
  let scale = Float(frame.millimetresPerUnit)
  let edge = (raw / Float(scalp.count) * 2.309).squareRoot() * scale
  let rounds = min(max(Int(20 * (2.5 / max(edge, 0.1)) * (2.5 / max(edge, 0.1))), 12), 80)
  let given = mesh.positions
  var last = raw
  var runs = 0
  for _ in 0..<mostRuns {
    mesh.positions = mesh.smoothedPositions(moving: places, rounds: rounds)
    runs += 1
    let now = area(mesh.positions)
    let gain = (last - now) / max(last, .leastNormalMagnitude)
    last = now
    if !(gain > 0.004) { break }
  }
  let ratio = raw / max(last, .leastNormalMagnitude)
  // What shrinks to nothing is a crumb and no scalp, which whoever looks for a head will say.
  if !(ratio > usedFrom && ratio < shrunkenFrom) {
    mesh.positions = given
    return RoughScalp()
  }
  var whole = mesh
  whole.positions = given
  whole.positions = whole.smoothedPositions(
    moving: [Bool](repeating: true, count: given.count), rounds: rounds * runs)
  var result = RoughScalp(whole: TriangleMesh(positions: whole.positions, triangles: mesh.triangles))
  mesh = TriangleMesh(positions: mesh.positions, triangles: mesh.triangles)
  let percent = Int(((ratio - 1) * 100).rounded())
  if ratio <= reportedFrom {
    result.note =
      "the scalp is rough: its area was \(percent) % over that of a smoothed copy, which area and counts are taken from"
    return result
  }
  result.finding = ScanFinding(
    .roughness, isError: ratio > errorFrom, subject: "area of the scalp over that of a smoothed copy",
    measured: Double((ratio * 1000).rounded() / 1000), advised: Double(reportedFrom), unit: "",
    reason:
      "the scan is rough; area and counts are taken from the copy, which may miss the skin by as much; scan it again "
      + "or smooth it")
  return result
}

/// Where no feature of a few mm is lost: the scalp, the forehead above the brows, the nape; not the face, not the ears.
private func isSmoothSkin(_ p: SIMD3<Float>) -> Bool {
  isLikelyScalp(p) || p.y > 45 || (p.z < -35 && p.y > -90)
}

/// A quick look: the area of some triangles over that of their projections along the normals around. It sees less than half
/// of what there is, and takes next to no time.
private func suspected(_ mesh: TriangleMesh, _ frame: ScanFrame, scanned: Int) -> Float {
  let step = max(1, scanned / 12_000)
  var raw = 0.0
  var projected = 0.0
  for k in 0..<scanned / step {
    // One of each run, but not always the same one: subdivided meshes repeat every few triangles.
    let t = mesh.triangles[k * step + Int(mix64(UInt64(k)) % UInt64(step))]
    let (a, b, c) = (mesh.positions[Int(t.x)], mesh.positions[Int(t.y)], mesh.positions[Int(t.z)])
    if !isLikelyScalp(frame.place((a + b + c) / 3)) { continue }
    let n = cross(b - a, c - a)
    let around = normalized(mesh.normals[Int(t.x)] + mesh.normals[Int(t.y)] + mesh.normals[Int(t.z)])
    raw += Double(length(n))
    projected += Double(dot(n, around))
  }
  return projected > 0 ? Float(raw / projected) : raw > 0 ? .infinity : 1
}
