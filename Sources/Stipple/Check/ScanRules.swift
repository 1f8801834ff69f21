// S1 to S5: what was found out about a scan while it was made ready, said as the rules for designs say theirs.

import Mannequin
import MeshFiles
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

extension OpenedDesign {
  /// What was left out of the scan, and what was found out about it.
  ///
  /// Throws `StippleError` as `head` does.
  func scanWarnings() throws(StippleError) -> [String] {
    let head = try head()
    return try head.notes + hairWords() + scanRules(head).map { place(of: $0.keyPath) + $0.description }
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
