// A head from its measurements: solve for the warp and the fullness of the brain case, mesh the field, map the
// vertices to the head frame.

import Arithmetic
import Meshes
import ScalpGeometry

extension MannequinMorph {
  static let male = MannequinMorph()
  static let female = MannequinMorph(
    brow: 0.15, jaw: 0.55, cheek: 1.05, nose: 0.94, lips: 1.08, neck: 0.88, forehead: 3, jawTaper: 0.06)

  init(_ sex: Sex) { self = sex == .male ? .male : .female }
}

/// A parametric head: closed at the neck base, one component, genus 0.
///
/// The finished mesh measures within 2 mm of `parameters` in every length.
/// Deterministic: the same bytes for the same parameters, for any number of threads.
/// - Parameters:
///   - triangles: about how many triangles, 30,000...2,000,000; with fewer, the ears would grow holes.
///   - threads: worker threads; nil means one per processor core.
/// - Throws: `MannequinError` if a length is outside the human range or the lengths contradict each other.
public func makeMannequin(_ parameters: MannequinParameters, triangles: Int = 100_000, threads: Int? = nil) throws
  -> Head
{
  try parameters.validate()
  guard MannequinError.triangleRange.contains(triangles) else { throw MannequinError.triangleCount(triangles) }
  let solved = try solvedMannequin(parameters)
  let template = templateMesh(of: solved.field, triangles: triangles, threads: threads)

  let count = template.positions.count
  let tile = 4096
  let warp = solved.warp
  let mapped = parallelMap((count + tile - 1) / tile, perTile: 1, threads: threads) { t in
    (t * tile..<min(count, (t + 1) * tile)).map { warp.surface(template.positions[$0], normal: template.normals[$0]) }
  }
  var mesh = TriangleMesh(positions: [], triangles: template.triangles, normals: [])
  mesh.positions.reserveCapacity(count)
  mesh.normals.reserveCapacity(count)
  for part in mapped {
    for s in part {
      mesh.positions.append(s.position)
      mesh.normals.append(s.normal)
    }
  }
  let landmarks = solved.survey.landmarks.mapped { mesh.nearestPoint(to: warp.position($0), within: 10) }
  let place = PaintPlace(.individual(parameters))
  return Head(
    mesh: mesh, landmarks: landmarks,
    templatePositions: place.isIdentity ? template.positions : template.positions.map { place($0) },
    sex: parameters.sex)
}

extension TriangleMesh {
  /// The point of the mesh nearest to `p` among triangles with a corner within `reach` mm; `p` if there is none.
  ///
  /// A plain search, for the few points that do not pay for a tree.
  package func nearestPoint(to p: SIMD3<Float>, within reach: Float) -> SIMD3<Float> {
    var best = p
    var nearest = Float.infinity
    for t in triangles {
      let a = positions[Int(t.x)]
      if abs(a.x - p.x) > reach || abs(a.y - p.y) > reach || abs(a.z - p.z) > reach { continue }
      let ab = positions[Int(t.y)] - a
      let ac = positions[Int(t.z)] - a
      let (v, w) = closestWeights(a, ab, ac, p)
      let q = a + ab * v + ac * w
      let d = dot(q - p, q - p)
      if d < nearest { (best, nearest) = (q, d) }
    }
    return best
  }
}

/// A head solved for its measurements, before meshing.
struct SolvedMannequin: Sendable {
  var field: MannequinField
  var survey: TemplateSurvey
  var warp: HeadWarp
}

/// Finds scales and fullness so that the head measures what was asked.
func solvedMannequin(_ p: MannequinParameters) throws(MannequinError) -> SolvedMannequin {
  let base = MannequinField(p)
  let baseSurvey = TemplateSurvey(base)
  func solved(_ fullness: Float) -> (SolvedMannequin, circumference: Float) {
    let field = base.with(fullness: fullness)
    var survey = baseSurvey
    survey.measureSides(of: field)
    var warp = HeadWarp()
    // Each length depends mostly on one scale: a few rounds settle all.
    for _ in 0..<5 {
      warp.scaleUp = warp.scaleUp(taking: survey.landmarks.vertex.y, to: Float(p.tragionToVertex))
      let m = survey.measurements(warp)
      warp.scaleX *= Float(p.headBreadth) / m.headBreadth
      warp.scaleZ *= Float(p.headLength) / m.headLength
      if let height = m.faceHeight { warp.scaleDown *= Float(p.faceHeight) / height }
      if let breadth = m.bizygomaticBreadth {
        warp.faceScale = clamp(warp.faceScale * Float(p.bizygomaticBreadth) / breadth, 0.85, 1.18)
      }
      if let arc = m.coronalArc {
        var wider = warp
        wider.vaultScale += 0.02
        let slope = ((survey.measurements(wider).coronalArc ?? arc) - arc) / 0.02
        warp.vaultScale = clamp(warp.vaultScale + (Float(p.coronalArc) - arc) / max(slope, 20), 0.84, 1.12)
      }
    }
    warp.scaleUp = warp.scaleUp(taking: survey.landmarks.vertex.y, to: Float(p.tragionToVertex))
    return (SolvedMannequin(field: field, survey: survey, warp: warp), survey.measurements(warp).headCircumference)
  }

  // Secant steps on the fullness until the tape fits
  let target = Float(p.headCircumference)
  var (x0, x1): (Float, Float) = (0.1, 0.25)
  var f0 = solved(x0).circumference - target
  var (result, circumference) = solved(x1)
  for _ in 0..<6 {
    let f1 = circumference - target
    if abs(f1) < 0.2 { break }
    let slope = (f1 - f0) / (x1 - x0)
    let next = clamp(x1 - f1 / max(slope, 10), -0.35, 1.2)
    if next == x1 { break }
    (x0, f0) = (x1, f1)
    x1 = next
    (result, circumference) = solved(x1)
  }
  if abs(circumference - target) > 1 {
    let low = solved(-0.35).circumference
    let high = solved(1.2).circumference
    throw .circumferenceDoesNotFit(
      value: p.headCircumference, allowed: Double(low)...Double(max(low, high)), headLength: p.headLength,
      headBreadth: p.headBreadth)
  }
  result.survey = TemplateSurvey(result.field)
  // Face and vault have only so much room.
  let m = result.survey.measurements(result.warp)
  for (name, asked, found) in [
    ("bizygomatic breadth", p.bizygomaticBreadth, m.bizygomaticBreadth), ("coronal arc", p.coronalArc, m.coronalArc),
  ] {
    guard let found = found.map(Double.init), abs(found - asked) > 1.5 else { continue }
    throw .doesNotFit(name: name, value: asked, allowed: asked < found ? found...found + 10 : found - 10...found)
  }
  return result
}

/// The skin of a field in the template frame, with about the given number of triangles.
func templateMesh(of field: MannequinField, triangles: Int, threads: Int?) -> TemplateMesh {
  // The count goes with the inverse square of the cell; measured on the 50th-percentile man.
  let unit = 1.277 * (100_000 / Float(triangles)).squareRoot()
  let box = FieldBox(low: SIMD3(0, field.cutHeight, -122), high: SIMD3(108, 140, 136))
  let regions = MannequinDetail.regions(earLength: field.earLengthScale)
  let lattice = SurfaceLattice(unit: unit, box: box) { box in
    if regions.contains(where: { box.distance(to: $0) == 0 }) { return 2 }
    return box.high.y > MannequinDetail.neckLine ? 1 : 0
  }
  // Every brick on a line from above the vertex to the middle of the head: one of them holds the surface.
  let z = Int((-10 - lattice.origin.z) / (4 * unit))
  let seeds = (0..<lattice.slots.y).map { lattice.brickSlot(0, $0, z) }
  let bricks = surfaceBricks(from: seeds, in: lattice, of: field, threads: threads)
  return stitched(bricks, in: lattice, of: field)
}

/// Where the mannequin needs small triangles, in the template frame, left half.
enum MannequinDetail {
  static func regions(earLength: Float) -> [FieldBox] {
    [
      FieldBox(low: SIMD3(58, -33 * earLength, -38), high: SIMD3(110, 36 * earLength, 9)),  // ear
      FieldBox(low: SIMD3(15, -1, 70), high: SIMD3(48, 21, 110)),  // lids
      FieldBox(low: SIMD3(0, -36, 98), high: SIMD3(21, -10, 130)),  // tip and wings of the nose
      FieldBox(low: SIMD3(0, -65, 88), high: SIMD3(28, -44, 120)),  // mouth
    ]
  }
  /// Below this height triangles may be large.
  static let neckLine: Float = -112
}
