import TreatmentDesign

/// What checking a design found.
public struct CheckReport: Sendable, Report {
  /// Each finding with its place in the document.
  public var findings: [(place: String, finding: LintFinding)]
  /// Impressions and area that the design asks for.
  public var totals: DesignTotals

  /// Whether a rule is broken; `strict` counts warnings.
  public func isBroken(strict: Bool) -> Bool {
    findings.contains { $0.finding.level == .error || (strict && $0.finding.level == .warning) }
  }

  public var text: String {
    var lines = findings.map { $0.place + $0.finding.description }
    let errors = findings.count { $0.finding.level == .error }
    let warnings = findings.count { $0.finding.level == .warning }
    lines.append(
      "\(errors) errors, \(warnings) warnings; "
        + "\(Int(totals.impressions.rounded())) impressions over \(Int(totals.treatedArea.rounded())) cm2")
    return lines.joined(separator: "\n") + "\n"
  }

  public var json: String {
    JSONValue.object([
      (
        "findings",
        .list(
          findings.map { place, finding in
            .object([
              ("id", .text(finding.id)), ("level", .text(finding.level.rawValue)),
              ("place", .text(place.trimmingSuffix(": "))), ("key", .text(finding.keyPath)),
              ("subject", .text(finding.subject)), ("measured", .number(finding.measured)),
              ("unit", .text(finding.unit)), ("message", .text(finding.description)),
            ])
          })
      ),
      ("impressions", .integer(Int(totals.impressions.rounded()))),
      ("treatedArea", .number((totals.treatedArea * 10).rounded() / 10)),
    ]).written() + "\n"
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}

/// Reads a design, lays it on its head, and applies the rules of good practice.
///
/// Throws `StippleError` when the document cannot be read or does not fit the head; broken rules are in the report.
public func checkDesign(_ path: String) throws(StippleError) -> CheckReport {
  let document = try loadDesign(path)
  // Areas need no fine mesh.
  let head = try loadHead(
    document.design.head, folder: document.folder, locations: document.locations, triangles: 30_000)
  let totals: DesignTotals
  do {
    totals = try compile(document.design, on: head).totals()
  } catch {
    throw located(error, in: document.design, document.locations)
  }
  if totals.impressions > Double(largestPattern) {
    throw StippleError(
      .limit, "\(Int(totals.impressions)) impressions; at most \(largestPattern). Lower the density or the area")
  }
  let findings = lint(document.design).map { (document.locations.prefix($0.keyPath) + ": ", $0) }
  return CheckReport(findings: findings, totals: totals)
}
