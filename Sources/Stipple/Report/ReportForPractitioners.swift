// What a report says to whoever does the work: zones with needle and mixture, what was assumed, what the check found.

import Arithmetic
import PigmentAging
import ScalpGeometry
import TreatmentDesign

extension ReportContents {
  var zones: HTML {
    let rows = plan.zones.map { zone in
      [
        name(of: zone), String(zone.dots), "\(zone.needle.points) × \(words.number(zone.needle.diameter, 2)) mm",
        "\(words.number(zone.needleDepth, 2)) mm", "\(words.number(zone.shade, 1)) ml/ml",
      ]
    }
    return section(
      "zones",
      table(["col-zone", "col-dots", "col-needle", "col-depth", "col-water"], rows) + paragraph("zones-note"))
  }

  private func name(of zone: PlannedZone) -> String {
    let place: String =
      switch zone.place {
      case .edge: words["zone-edge"]
      case .core: words["zone-core"]
      case .blendRing: words["zone-ring"]
      case .scar(let surface): words["zone-scar-\(surface.rawValue)"]
      }
    return zone.layer.map { words["zone-layer", ["zone": place, "n": String($0)]] } ?? place
  }

  var assumed: HTML {
    let hair = design.hair
    let client = design.client
    let skin = client.monk.map { "Monk \($0)" } ?? "Fitzpatrick \(client.skin.rawValue)"
    let isScan = if case .scan = design.head { true } else { false }
    let rows: [(String, String)] = [
      ("as-head", words[isScan ? "as-head-scan" : "as-head-mannequin"]),
      ("as-skin", skin),
      (
        "as-hair",
        words[
          "as-hair-value",
          [
            "colour": words["colour-\(hair.colour.rawValue)"], "grey": "\(percent(hair.grey))",
            "length": words.plain(hair.length), "density": words.plain(hair.density),
          ]]
      ),
      ("as-loss", hair.loss == .none ? "–" : stageName(hair.loss.rawValue)),
      (
        "as-work",
        words["as-work-value", ["n": String(plan.work.impressions), "area": fixed(plan.work.treatedArea, 0)]]
      ),
      ("as-pigment", words["pigment-\(design.pigment.kind.rawValue)"]),
      (
        "as-pace",
        words.pace(timeline.pace)
          + (client.lossFactors.isEmpty ? "" : words["as-pace-factors", ["n": "\(client.lossFactors.count)"]])
      ),
      ("as-light", words["light-\(design.pictures.light.rawValue)"]),
      ("as-seed", "\(design.seed), Stipple \(stippleVersion)"),
    ]
    let items = rows.map { key, value in element("dt", [:], HTML(words[key])) + element("dd", [:], HTML(value)) }
    return section("assumed", element("dl", [:], HTML(items)) + paragraph("assumed-note"))
  }

  /// Findings without their places and reasons for waivers: those may name files and people.
  var findings: HTML {
    let found = check.findings.map(\.finding)
    if found.isEmpty { return section("findings", paragraph("findings-none")) }
    let items = found.map { finding in
      let level = finding.waived == nil ? finding.level.rawValue : "waived"
      return element(
        "li", ["class": level],
        element("strong", [:], HTML("\(finding.id) \(words["level-\(level)"])")) + HTML(source: " ")
          + HTML(sentence(of: finding)))
    }
    return section("findings", element("ul", ["class": "findings"], HTML(items)))
  }

  /// What the check says, or in another language what the rule asks, with the figures.
  private func sentence(of finding: LintFinding) -> String {
    if words.language == .english {
      var plain = finding
      plain.waived = nil
      // "L4 error: hairline above ..."
      return plain.description.split(separator: ":", maxSplits: 1).last.map { String($0.drop { $0 == " " }) } ?? ""
    }
    let unit =
      switch finding.unit {
      case "": ""
      case "°": "°"
      case "days", "months": " " + words["unit-\(finding.unit)"]
      case "cm2": " cm²"
      default: " " + finding.unit
      }
    func value(_ number: Double) -> String { words.plain(number) }
    let advice =
      switch finding.advised {
      case .atLeast(let n): words["advice-least", ["n": value(n)]]
      case .atMost(let n): words["advice-most", ["n": value(n)]]
      case .within(let range): words["advice-within", ["a": value(range.lowerBound), "b": value(range.upperBound)]]
      }
    return words[
      "finding-value",
      ["rule": words["rule-\(finding.id)"], "value": value(finding.measured) + unit, "advice": advice + unit]]
  }
}
