import TreatmentDesign

/// What checking a design found.
public struct CheckReport: Sendable, Report {
  /// Each finding with its place in the document.
  public var findings: [(place: String, finding: LintFinding)]
  /// Remarks that break nothing, each with its place: waivers that nothing answers to, layers that change nothing.
  public var notes: [String] = []
  /// Impressions and area that the design asks for.
  public var totals: DesignTotals

  /// Whether a rule is broken; `strict` counts warnings.
  public func isBroken(strict: Bool) -> Bool {
    findings.contains { $0.finding.breaks(strict: strict) }
  }

  public var text: String {
    var lines = findings.map { $0.place + $0.finding.description }
    lines += notes
    let standing = findings.filter { $0.finding.waived == nil }
    let errors = standing.count { $0.finding.level == .error }
    let warnings = standing.count { $0.finding.level == .warning }
    let waived = findings.count - standing.count
    lines.append(
      "\(errors) errors, \(warnings) warnings\(waived > 0 ? ", \(waived) waived" : ""); "
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
              ("unit", .text(finding.unit)),
              ("waived", finding.waived.map { .text($0) } ?? .null), ("message", .text(finding.description)),
            ])
          })
      ),
      ("notes", .list(notes.map { .text($0) })),
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
  let head = try loadHead(of: document, triangles: 30_000)
  let fields: CompiledDesign
  do {
    fields = try compile(document.design, on: head)
  } catch {
    throw located(error, in: document.design, document.locations)
  }
  let totals = fields.totals()
  if totals.impressions > Double(largestPattern) {
    throw StippleError(
      .limit, "\(Int(totals.impressions)) impressions; at most \(largestPattern). Lower the density or the area")
  }
  let findings = advice(on: fields)
  var notes: [String] = []
  for (i, waiver) in document.design.waivers.enumerated()
  where !findings.contains(where: { $0.id == waiver.rule.rawValue }) {
    notes.append(
      document.locations.prefix("waive[\(i)]") + ": \(waiver.rule.rawValue) does not object; the waiver can go")
  }
  for (i, layer) in totals.layers.enumerated() where layer.lastingArea < 0.02 * layer.area + 0.01 {
    if case .scar(let scar) = document.design.layers[i], !scar.treat { continue }
    notes.append(
      document.locations.prefix("layers[\(i)]")
        + (layer.area < 0.01
          ? ": this layer changes nothing: what is there already, hair or the layers before it, reaches what it asks for"
          : ": the layers after this one undo it"))
  }
  return CheckReport(
    findings: findings.map { (document.locations.prefix($0.keyPath) + ": ", $0) },
    notes: notes,
    totals: totals)
}
