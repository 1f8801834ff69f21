import Arithmetic
import Files

extension PictureMeasures: Report {
  public var text: String {
    var lines = ["\(view), \(size) pixels"]
    func row(_ name: String, _ value: Double?, _ decimals: Int, _ unit: String = "") {
      if let value { lines.append("  \(name) \(fixed(value, decimals))\(unit)") }
    }
    for (name, skin) in [("forehead", forehead), ("scalp", scalp)] {
      guard let skin else { continue }
      lines.append(
        "  bare \(name): L* \(fixed(skin.lightness, 1)), a* \(fixed(skin.a, 1)), b* \(fixed(skin.b, 1)); texture "
          + "\(fixed(skin.texture, 2)), mottle \(fixed(skin.mottleA, 2)) and \(fixed(skin.mottleB, 2)); highlights "
          + "\(fixed(100 * skin.highlights, 1)) %, lightest \(fixed(skin.brightest, 0))")
    }
    for (name, cover) in [("hair", hair), ("work", work)] {
      guard let cover else { continue }
      lines.append(
        "  \(name): darkness \(fixed(cover.darkness, 2)) (-ln Y); L* \(fixed(cover.lightness, 1)), a* "
          + "\(fixed(cover.a, 1)), b* \(fixed(cover.b, 1)) from bare skin"
          + (cover.grain.map { "; grain \(fixed($0, 1))" } ?? ""))
    }
    row("work over hair:", share, 2)
    row("step from hair to work:", step, 1, " (CIEDE2000)")
    return lines.joined(separator: "\n") + "\n"
  }

  public var json: String {
    func number(_ value: Double?) -> JSONValue { value.map { .number(($0 * 1e3).rounded() / 1e3) } ?? .null }
    func skin(_ skin: SkinMeasures?) -> JSONValue {
      guard let skin else { return .null }
      return .object([
        ("pixels", .integer(skin.pixels)), ("lightness", number(skin.lightness)), ("a", number(skin.a)),
        ("b", number(skin.b)), ("texture", number(skin.texture)), ("mottleA", number(skin.mottleA)),
        ("mottleB", number(skin.mottleB)), ("highlights", number(skin.highlights)),
        ("brightest", number(skin.brightest)),
      ])
    }
    func cover(_ cover: CoverMeasures?) -> JSONValue {
      guard let cover else { return .null }
      return .object([
        ("pixels", .integer(cover.pixels)), ("darkness", number(cover.darkness)),
        ("lightness", number(cover.lightness)), ("a", number(cover.a)), ("b", number(cover.b)),
        ("grain", number(cover.grain)),
      ])
    }
    return JSONValue.object(
      answer("measure") + [
        ("view", .text(view)), ("size", .integer(size)), ("forehead", skin(forehead)), ("scalp", skin(scalp)),
        ("hair", cover(hair)), ("work", cover(work)), ("step", number(step)), ("share", number(share)),
      ]
    ).written() + "\n"
  }
}
