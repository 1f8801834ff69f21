import Arithmetic
import Files
import PigmentAging
import SkinOptics
import TreatmentDesign

extension ShadeMatch: Report {
  public var text: String {
    let hair = query.hair
    let dose = best.dose
    var lines = [
      "Skin \(query.client.skinName), \(hair.colour.rawValue) hair, \(percent(hair.grey)) % grey, "
        + "\(fixed(hair.density, 0)) per cm2, \(short(hair.calibre, 3)) mm thick, \(short(hair.length)) mm long.", "",
    ]
    if let seen = query.seenDarkness {
      lines += [
        "Matched to the hair that the scan's colours show: \(fixed(seen, 2)) darker than the skin (-ln Y).", "",
      ]
    }
    lines += best.words(kind: query.kind)
    lines += [
      "treated skin \(fixed(best.patchStep, 1)) L* darker than bare, the hair \(fixed(hairStep, 1)); "
        + "a single dot \(fixed(best.dotStep, 1))",
      "healed dots \(fixed(dose.coreDiameter, 2)) mm, optical density \(fixed(dose.opticalDensity, 1))",
    ]
    if let stated {
      lines.append(
        "the design states optical density \(short(stated.dose.opticalDensity)), core \(short(stated.dose.coreDiameter)) mm: "
          + "\(fixed(stated.patchStep, 1)) L* darker than bare, difference from the hair \(fixed(stated.difference, 1))"
      )
    }
    lines += [
      "",
      "difference from the hair at arm's length (CIEDE2000; 1 is just seen side by side), slow to fast",
    ]
    lines += table(
      ["light", "healed"] + moments.dropFirst().map { years($0.years) },
      Illuminant.allCases.enumerated().map { i, light in
        [light.rawValue, fixed(best.differences[i], 1)]
          + moments.dropFirst().map { moment in
            "\(fixed(moment.differences[i], 1)) (\(fixed(moment.least[i], 1))-\(fixed(moment.greatest[i], 1)))"
          }
      })
    lines += ["", "each needle, with its mixture"]
    lines += table(
      ["needle", "water", "depth", "per cm2", "difference", "treated L*", "dot L*"],
      byNeedle.map { c in
        [
          name(c.needle), fixed(c.shade, 1), fixed(c.dose.needleDepth, 2), fixed(c.dose.density, 0),
          fixed(c.difference, 1), fixed(c.patchStep, 1), fixed(c.dotStep, 1),
        ]
      })
    if !warnings.isEmpty { lines += [""] + warnings.map { "warning: " + $0 } }
    lines += [
      "", "A proposal: how much of a mixture stays in the skin is not published, so a test patch decides. Years are an",
      "estimate: no study has followed this treatment for more than six months.",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private func years(_ years: Double) -> String { years == 1 ? "1 year" : "\(fixed(years, 0)) years" }

  public var json: String {
    func number(_ value: Double) -> JSONValue { .number((value * 1e3).rounded() / 1e3) }
    func lights(_ values: [Double]) -> JSONValue {
      .object(zip(Illuminant.allCases, values).map { ($0.rawValue, number($1)) })
    }
    func members(_ c: ShadeCandidate) -> [(String, JSONValue)] {
      [
        ("shade", number(c.shade)), ("pigmentShare", .number((pigmentShare(shade: c.shade) * 1e5).rounded() / 1e5)),
        ("needlePoints", .integer(c.needle.points)), ("needleDiameter", number(c.needle.diameter)),
        ("needleDepth", number(c.dose.needleDepth)), ("impressions", number(c.dose.density)),
        ("passes", .integer(c.passes)), ("opticalDensity", number(c.dose.opticalDensity)),
        ("coreDiameter", number(c.dose.coreDiameter)), ("difference", number(c.difference)),
        ("differences", lights(c.differences)), ("treatedStep", number(c.patchStep)), ("dotStep", number(c.dotStep)),
        ("darkness", number(c.darkness)),
      ]
    }
    let hair = query.hair
    return JSONValue.object(
      answer("match") + [
        ("skin", .text(query.client.skinName)), ("hair", .text(hair.colour.rawValue)), ("grey", number(hair.grey)),
        ("hairDensity", number(hair.density)), ("hairCalibre", number(hair.calibre)),
        ("hairLength", number(hair.length)),
        ("wantedDarkness", number(query.darkness)), ("pigment", .text(query.kind.rawValue)),
        ("hairStep", number(hairStep)),
        ("hairDarkness", number(hairDarkness)), ("proposal", .object(members(best))),
        ("stated", stated.map { .object(members($0)) } ?? .null),
        (
          "years",
          .list(
            moments.map { moment in
              .object([
                ("years", number(moment.years)), ("differences", lights(moment.differences)),
                ("least", lights(moment.least)), ("greatest", lights(moment.greatest)),
              ])
            })
        ), ("needles", .list(byNeedle.map { .object(members($0)) })), ("warnings", .list(warnings.map { .text($0) })),
      ]
    ).written() + "\n"
  }
}

private func name(_ needle: Needle) -> String { "\(needle.points) x \(fixed(needle.diameter, 2)) mm" }

extension ShadeCandidate {
  /// The dose as a practitioner sets it up.
  func words(kind: Pigment.Kind) -> [String] {
    [
      "\(fixed(shade, 1)) ml of water to 1 ml of pigment (\(kind.rawValue)): \(fixed(pigmentShare(shade: shade) * 100, 2)) % "
        + "pigment in the mixture",
      "needle \(name(needle)), \(short(dose.needleDepth)) mm deep",
      "\(fixed(dose.density, 0)) impressions per cm2 where no hair is left, in \(passes) \(passes == 1 ? "pass" : "passes")",
    ]
  }
}
