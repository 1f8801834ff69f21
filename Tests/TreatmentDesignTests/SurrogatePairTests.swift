import Testing

@testable import TreatmentDesign

/// JSON writes a character beyond U+FFFF as two escapes, which YAML does not know.
@Suite struct SurrogatePairTests {
  private func document(_ reason: String, after: String = "") -> String {
    #"{"schemaVersion": 1, "layers": [{"zone": {"area": "scalp", "density": 150}}], "waive": [{"reason": "#
      + reason + #", "rule": "L1"\#(after)}]}"#
  }

  @Test(arguments: [
    (#""\ud83d\ude00""#, "\u{1F600}"), (#""a \uD83D\uDE00\ud83d\ude01 b""#, "a \u{1F600}\u{1F601} b"),
    (#""\\ud83d\\ude00""#, #"\ud83d\ude00"#), (#"'\ud83d\ude00'"#, #"\ud83d\ude00"#), (#""\u00e9""#, "é"),
    (#""\udbff\udfff""#, "\u{10FFFF}"), (#""\ud800\udc00""#, "\u{10000}"),
  ])
  func twoEscapesAreOneCharacter(written: String, read: String) throws {
    #expect(try readDesign(document(written), named: "d.json").waivers.map(\.reason) == [read])
  }

  @Test func whatFollowsKeepsItsPlace() {
    let text = document(#""\ud83d\ude00 and \ud83d\ude00""#, after: #", "raeson": 1"#)
    let column = text.unicodeScalars.count - #""raeson": 1}]}"#.count + 1
    #expect(problems(of: text).first == "1:\(column): unknown key 'raeson'; did you mean 'reason'?")
  }

  @Test(arguments: [#""\ud83d""#, #""\ude00""#, #""\ude00\ud83d""#, #""\ud83d \ude00""#, #""\ud83d\u0041""#])
  func halvesAreRefused(written: String) {
    let column = document("").unicodeScalars.count - #", "rule": "L1"}]}"#.count + 2
    #expect(problems(of: document(written)).first?.hasPrefix("1:\(column): half of a character") == true)
  }
}
