import Arithmetic
import Files
import PigmentAging
import SkinOptics
import TreatmentDesign

extension ShadeMatch: Report {
  public var text: String {
    let hair = query.hair
    let dots = query.impressions ?? hair.density
    var lines = [
      "Skin \(query.client.skinName), \(hair.colour.rawValue) hair, \(percent(hair.grey)) % grey, "
        + "\(fixed(hair.density, 0)) per cm2, \(short(hair.calibre)) mm thick, \(short(hair.length)) mm long;",
      "\(fixed(dots, 0)) impressions per cm2, needle depth \(short(query.needleDepth)) mm, \(query.kind.rawValue).", "",
      "shade \(fixed(best.shade, 0)): \(fixed(best.shade, 0)) ml of water to 1 ml of pigment, "
        + "\(fixed(pigmentShare(shade: best.shade) * 100, 2)) % pigment in the mixture",
      "needle \(name(best.needle)); healed dots \(fixed(best.coreDiameter, 2)) mm, optical density "
        + "\(fixed(best.opticalDensity, 1))",
      "treated skin \(fixed(best.patchStep, 1)) L* darker than bare, shaved hair \(fixed(hairStep, 1)); "
        + "a single dot \(fixed(best.dotStep, 1))", "",
      "difference from shaved hair at arm's length (CIEDE2000; 1 is just seen side by side), slow to fast",
    ]
    lines += table(
      ["light", "healed"] + moments.dropFirst().map { years($0.years) },
      Illuminant.allCases.enumerated().map { i, light in
        [light.rawValue, fixed(best.differences[i], 1)]
          + moments.dropFirst().map { moment in
            "\(fixed(moment.differences[i], 1)) (\(fixed(moment.least[i], 1))-\(fixed(moment.greatest[i], 1)))"
          }
      })
    lines += ["", "each needle, with its shade"]
    lines += table(
      ["needle", "shade", "difference", "treated L*", "dot L*"],
      byNeedle.map { c in
        [
          name(c.needle), fixed(c.shade, 0), fixed(c.difference, 1), fixed(c.patchStep, 1), fixed(c.dotStep, 1),
        ]
      })
    if !warnings.isEmpty { lines += [""] + warnings.map { "warning: " + $0 } }
    lines += [
      "", "A proposal: how much of a mixture stays in the skin is not published, so a test patch decides. Years are an",
      "estimate: no study has followed this treatment for more than six months.",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private func name(_ needle: Needle) -> String { "\(needle.points) x \(fixed(needle.diameter, 2)) mm" }

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
        ("opticalDensity", number(c.opticalDensity)), ("coreDiameter", number(c.coreDiameter)),
        ("difference", number(c.difference)), ("differences", lights(c.differences)),
        ("treatedStep", number(c.patchStep)), ("dotStep", number(c.dotStep)),
      ]
    }
    let hair = query.hair
    return JSONValue.object([
      ("skin", .text(query.client.skinName)), ("hair", .text(hair.colour.rawValue)), ("grey", number(hair.grey)),
      ("hairDensity", number(hair.density)), ("hairCalibre", number(hair.calibre)), ("hairLength", number(hair.length)),
      ("impressions", number(query.impressions ?? hair.density)), ("needleDepth", number(query.needleDepth)),
      ("pigment", .text(query.kind.rawValue)), ("shavedHairStep", number(hairStep)),
      ("proposal", .object(members(best))), ("withinContrast", .flag(isWithinContrast)),
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
    ]).written() + "\n"
  }
}
