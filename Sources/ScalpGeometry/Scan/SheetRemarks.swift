// S2: what is said of sheets that lay over or under the skin and were left out.

import Meshes

/// A sentence for each sheet, and a finding where it may have been hair.
func sheetRemarks(
  _ report: ScanRepairReport, millimetresPerUnit scale: Float
) -> (notes: [String], findings: [ScanFinding]) {
  var notes: [String] = []
  var findings: [ScanFinding] = []
  for sheet in report.sheets {
    let height = sheet.height * scale
    let size = abs(height)
    let apart = size < 10 ? "\((size * 10).rounded() / 10)" : "\(Int(size.rounded()))"
    let share = Int((sheet.share * 100).rounded())
    let side = height > 0 ? "over" : "under"
    notes.append("a second sheet \(apart) mm \(side) the skin was left out: \(share) % of the triangles")
    if !sheet.isCap { continue }
    findings.append(
      ScanFinding(
        .sheets,
        subject: sheet.wasHidden
          ? "what is seen of the scan stands over another sheet by" : "a sheet stands over the scalp by",
        measured: Double((size * 10).rounded() / 10), advised: 0, unit: "mm",
        reason: sheet.wasHidden
          ? "what lies under it was left out; if the upper one is hair or a hat, take it out of the scan"
          : "it was taken for hair, a hat or a hull and left out; the work is laid on the skin under it"))
  }
  return (notes, findings)
}
