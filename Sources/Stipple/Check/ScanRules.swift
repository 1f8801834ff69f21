// S1 to S6: what was found out about a scan while it was made ready, and about a design on it, said as the rules for designs say
// theirs.

import Arithmetic
import Mannequin
import MeshFiles
import Meshes
import ScalpGeometry
import TreatmentDesign

/// The findings about the head's scan; none for a mannequin.
func scanRules(_ head: Head) -> [LintFinding] { lint(head.findings) }

/// S5: what the scan's skin says against the landmarks that were read off it. About 0.2 s.
func landmarkRules(_ design: Design, on head: Head, threads: Int?) -> [LintFinding] {
  guard case .scan(let scan) = design.head,
    let template = try? makeMannequin(MannequinParameters(sex: .male), triangles: 30_000, threads: threads)
  else { return [] }
  return lint(landmarkDoubts(head, read: scan.landmarks.all.map(\.name), template: template))
}

private func lint(_ findings: [ScanFinding]) -> [LintFinding] {
  findings.map { found in
    LintFinding(
      id: found.rule.rawValue, level: found.isError ? .error : .warning, subject: found.subject,
      measured: found.measured, advised: .atMost(found.advised), unit: found.unit, reason: found.reason,
      keyPath: found.landmark.map { "head.landmarks.\($0.rawValue)" } ?? "head.scan")
  }
}

/// S6: treatment on skin that the scan does not show. Density, hours and price are those of the mean head's skin there.
func completionRules(_ placement: Placement) -> [LintFinding] {
  guard let completed = placement.head.completed else { return [] }
  let points = placement.impressions.points
  let count = points.count { completed.contains(Int($0.triangle)) }
  if count == 0 { return [] }
  let area = completedArea(placement.fields, from: completed.firstTriangle)
  return lint([
    ScanFinding(
      .completed,
      subject: "treatment on skin that the scan does not show, \(count) of \(points.count) impressions, over",
      measured: (area * 10).rounded() / 10, advised: 0, unit: "cm2",
      reason: "the skin there is the mean head's, fitted to the scan; scan it, or keep the work to what was scanned")
  ])
}

/// Area of completed skin with more than 5 impressions per cm², cm², by quarters of triangles.
private func completedArea(_ fields: CompiledDesign, from first: Int) -> Double {
  let mesh = fields.scalp.head.mesh
  var sum = 0.0
  for i in first..<mesh.triangles.count {
    let t = mesh.triangles[i]
    let a = mesh.positions[Int(t.x)]
    let area = Double(0.5 * length(cross(mesh.positions[Int(t.y)] - a, mesh.positions[Int(t.z)] - a)))
    let treated = SurfacePoint.quarters.count { fields.impressions(at: mesh.point(i, v: $0.v, w: $0.w)) > 5 }
    sum += area * Double(treated) / 4
  }
  return sum / 100
}

extension OpenedDesign {
  /// What was left out of the scan, what was found out about it, and how much of the work lies where it shows no skin.
  ///
  /// Throws `StippleError` as `placement` does.
  public func scanWarnings() throws(StippleError) -> [String] {
    let head = try head()
    let rules = try scanRules(head) + (head.completed == nil ? [] : completionRules(placement()))
    return try head.notes + hairWords() + rules.map { place(of: $0.keyPath) + $0.description }
  }
}

/// Largest step of coordinates that goes without a word, mm: a twentieth of what noise of good scanners is.
private let finestStep = 0.05

/// Steps from which on counts cannot be relied on, mm: smoothing mends whole millimetres.
private let coarsestStep = 1.5

/// S4: the steps in which a file's coordinates come, where they are coarse enough to show.
func precisionFinding(_ file: MeshFile, millimetresPerUnit: Double) -> ScanFinding? {
  let step = file.step * millimetresPerUnit
  if step <= finestStep { return nil }
  let isFar = file.origin != .zero
  return ScanFinding(
    .precision, isError: step > coarsestStep, subject: "coordinates of the scan come in steps of", measured: step,
    advised: finestStep, unit: "mm",
    reason: isFar
      ? "so far from the origin of its coordinates the file cannot hold finer ones; export it near the origin"
      : "the file was written with too few digits; export it with more")
}
