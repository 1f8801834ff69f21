import Testing

@testable import TreatmentDesign

/// Characters that only look like those of YAML are named where they stand.
@Suite struct OddCharacterTests {
  static func problems(_ text: String) -> String {
    do {
      _ = try readDesign(text, named: "d")
      return ""
    } catch {
      return error.description
    }
  }

  static let nbsp = "\u{A0}"

  @Test(arguments: [
    // In block style the library stumbles a line later.
    ("head:\n  sex:\(nbsp)male\nseed: 1\n", "d:3:7: a no-break space (U+00A0) where only a plain space may stand"),
    ("head:\n\(nbsp)\(nbsp)sex: male\nseed: 1\n", "d:3:1: a no-break space (U+00A0)"),
    ("head:\n  sex: male\n\(nbsp) percentile: 50\n", "d:4:1: a no-break space (U+00A0)"),
    ("head: {sex:\u{202F}male}\n", "d:2:12: a narrow no-break space (U+202F)"),
    ("hair: {grey:\u{3000}0.3}\n", "d:2:13: an ideographic space (U+3000)"),
    ("hair: {grey: 0.3\(nbsp)}\n", "d:2:17: a no-break space (U+00A0)"),
    ("hair: {grey\u{200B}: 0.3}\n", "d:2:12: a zero-width space (U+200B), which does not show; delete it"),
    ("hair:\n  grey: 0.3\u{2060}\n", "d:3:12: a mark without width (U+2060)"),
    ("\u{FEFF}seed: 1\n", "d:2:1: a byte-order mark (U+FEFF), which does not show; delete it"),
    (
      "hair: {colour: \u{201C}dark-brown\u{201D}}\n", "d:2:16: a typographic quote (U+201C) where a plain quote belongs"
    ),
    ("hair: {colour: \u{2018}brown\u{2019}}\n", "d:2:16: a typographic quote (U+2018)"),
    ("pictures: {macro: {up: 90, side: \u{2212}40}}\n", "d:2:34: a minus sign (U+2212) where a plain '-' belongs"),
    ("pictures: {macro: {up: 90, side: \u{2013}40}}\n", "d:2:34: a dash (U+2013) where a plain '-' belongs"),
    ("seed\u{FF1A} 1\nhead:\n  sex: male\n", "d:2:5: a full-width colon (U+FF1A) where a plain ':' belongs"),
    ("head:\n\tsex: male\n", "d:3:1: a tab"),
  ])
  func theyAreNamedWhereTheyStand(_ lines: String, _ problem: String) {
    let text = "schemaVersion: 1\n\(lines)layers: [{zone: {area: scalp, density: 150}}]\n"
    #expect(Self.problems(text).hasPrefix(problem), "\(Self.problems(text))")
  }

  @Test func textMayHoldThem() {
    let reason = "l\u{2019}ancienne ligne\(Self.nbsp): \u{AB}\(Self.nbsp)la sienne\(Self.nbsp)\u{BB} \u{2013} photo"
    for written in ["'\(reason)'", "\"\(reason)\"", reason.replacing(": ", with: ", ")] {
      let text =
        "schemaVersion: 1\nlayers: [{zone: {area: scalp, density: 150}}] # d\u{2019}abord\nwaive:\n"
        + "  - {rule: L10, reason: \(written.replacing(",", with: ";"))}\n"
      #expect(Self.problems(text) == "")
      // Nor are they blamed for what they have not done.
      #expect(Self.problems(text + "sede: 7\n").hasPrefix("d:5:1: unknown key 'sede'; did you mean 'seed'?"))
      #expect(Self.problems(text + "head: {sex: male\n").contains("odd") == false)
      #expect(Self.problems(text + "head: {sex: male\n").contains("U+") == false)
    }
  }

  @Test func anyNumberOfThemIsReadInTime() {
    let text = "schemaVersion: 1\n" + String(repeating: "\(Self.nbsp)", count: 200_000) + "seed:\(Self.nbsp)1\n"
    #expect(Self.problems(text).hasPrefix("d:2:1: a no-break space"))
  }
}
