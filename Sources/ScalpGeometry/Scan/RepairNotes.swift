// What is said of the repair of a scan: of things that a person would mend in the scan, not of each weld.

import Meshes

/// Sentences about what was left out or joined.
///
/// - Parameters:
///   - scale: mm in one unit of the scan.
///   - origin: what was taken off the file's coordinates.
func repairNotes(
  _ report: ScanRepairReport, millimetresPerUnit scale: Float, origin: SIMD3<Double>
) -> [String] {
  var notes: [String] = []
  if report.closedGap > 0 {
    notes.append(
      "the triangles were not joined: corners up to \(rounded(Double(report.closedGap * scale))) mm apart were taken for one"
    )
  }
  if report.spikes.triangles > 0 {
    let place = report.spikes.place.map { p -> String in
      let q = SIMD3<Double>(p) + origin
      let words = [q.x, q.y, q.z].map { rounded($0) }.joined(separator: ", ")
      return report.spikes.tips > 1 ? ", most of them to (\(words))" : ", to (\(words))"
    }
    notes.append("\(report.spikes.triangles) triangles that reach far off the skin\(place ?? "") were left out")
  }
  // Crumbs are no news; a third of the scan is.
  let dropped = report.parts.filter { !$0.isKept }
  let left = dropped.reduce(0) { $0 + $1.triangles }
  if left * 10 > report.triangles {
    notes.append(
      "\(dropped.count) loose parts were left out: \(Int((100 * Double(left) / Double(max(report.triangles, 1))).rounded())) % of "
        + "the triangles")
  }
  return notes
}

/// The error to report where a scan fell apart so far that what is left is no head.
func apart(_ report: ScanRepairReport, triangles: Int) -> ScanError? {
  let dropped = report.parts.count { !$0.isKept }
  let left = report.parts.reduce(0) { $0 + ($1.isKept ? 0 : $1.triangles) }
  if dropped < 100 || left * 10 < report.triangles * 9 { return nil }
  return .notJoined(parts: report.parts.count, share: Float(triangles) / Float(max(report.triangles, 1)))
}

/// Two digits, and no more than three after the point.
private func rounded(_ value: Double) -> String {
  var digits = 1.0
  while abs(value) * digits < 10 && digits < 1e6 { digits *= 10 }
  let shown = (value * digits).rounded() / digits
  return shown == shown.rounded() && abs(shown) < 1e9 ? "\(Int(shown))" : "\(shown)"
}
