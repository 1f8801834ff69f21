import Arithmetic
import Files
import TreatmentDesign

/// What checking a design found.
public struct CheckReport: Sendable, Report {
  /// Each finding with its place in the document.
  public var findings: [(place: String, finding: LintFinding)]
  /// Remarks that break nothing, each with its place: what was left out of a scan, waivers that nothing answers to, layers that change nothing.
  public var notes: [String] = []
  /// How much work the design is.
  public var work: WorkFigures

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
        + work.text)
    return lines.joined(separator: "\n") + "\n"
  }

  public var json: String {
    JSONValue.object(
      answer("check") + [
        (
          "findings",
          .list(
            findings.map { place, finding in
              .object([
                ("id", .text(finding.id)), ("level", .text(finding.level.rawValue)),
                ("place", .text(place.trimmingSuffix(": "))), ("key", .text(finding.keyPath)),
                ("subject", .text(finding.subject)), ("measured", .number(finding.measured)),
                ("unit", .text(finding.unit)),
                ("waived", finding.waived.map { .text(shown($0)) } ?? .null), ("message", .text(finding.description)),
              ])
            })
        ),
        ("notes", .list(notes.map { .text($0) })),
      ] + work.members
    ).written() + "\n"
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}

/// Lays a design on its head, draws small pictures of it where work has to be compared with hair, and applies the rules of
/// good practice.
///
/// Throws `StippleError` when the design does not fit the head; broken rules are in the report.
public func checkDesign(_ opened: OpenedDesign) throws(StippleError) -> CheckReport {
  let design = opened.design
  let fields = try opened.fields()
  let patches = treatedPatches(fields, threads: opened.threads)
  let seen = patches.isEmpty ? [] : try Portrait(opened).seenSteps(patches)
  let findings =
    scanRules(try opened.head())
    + (try opened.head().completed == nil ? [] : completionRules(opened.placement()))
    + landmarkRules(design, on: try opened.head(), threads: opened.threads)
    + advice(on: fields, patches, seen: seen, placing: true, threads: opened.threads)
  var notes = try opened.head().notes + opened.hairWords()
  for (i, waiver) in design.waivers.enumerated() where !findings.contains(where: { $0.id == waiver.rule.rawValue }) {
    notes.append(opened.place(of: "waive[\(i)]") + "\(waiver.rule.rawValue) does not object; the waiver can go")
  }
  for (i, layer) in try opened.totals().layers.enumerated() where layer.lastingArea < 0.02 * layer.area + 0.01 {
    if case .scar(let scar) = design.layers[i], !scar.treat { continue }
    notes.append(
      opened.place(of: "layers[\(i)]")
        + (layer.area < 0.01
          ? "this layer changes nothing: what is there already, hair or the layers before it, reaches what it asks for"
          : "the layers after this one undo it"))
  }
  for (i, layer) in design.layers.enumerated() {
    guard case .mask(let mask) = layer, layer.setsImpressions else { continue }
    guard let part = mask.image?.blackWithinWhite else { continue }
    notes.append(
      opened.place(of: "layers[\(i)].mask.image")
        + "this mask looks inverted: white along its sides, which lie off the scalp, and black on \(percent(part)) % of it; "
        + "white puts impressions in, black puts none")
  }
  for (i, layer) in design.layers.enumerated() where layer.beyondScalp != nil {
    if findings.contains(where: { $0.id == "L20" && $0.keyPath.hasPrefix("layers[\(i)].") }) { continue }
    notes.append(
      opened.place(of: "layers[\(i)].\(layer.name).beyondScalp") + "this layer stays on the scalp; the key can go")
  }
  return CheckReport(
    findings: findings.map { (opened.place(of: $0.keyPath), $0) }, notes: notes, work: try opened.work())
}
