import Testing

@testable import TreatmentDesign

/// A document with one thing wrong, and what the first problem must say.
struct Refused: Sendable, CustomTestStringConvertible {
  let text: String
  let problem: String
  var testDescription: String { problem }

  init(_ text: String, _ problem: String) {
    self.text = text
    self.problem = problem
  }

  /// `smallDesign` with lines added in front of `layers`, which starts on line 2.
  static func with(_ lines: String, _ problem: String) -> Refused {
    Refused("schemaVersion: 1\n\(lines)\nlayers: [{zone: {area: scalp, density: 150}}]\n", problem)
  }

  /// One layer, written on line 2.
  static func layer(_ text: String, _ problem: String) -> Refused {
    Refused("schemaVersion: 1\nlayers: [\(text)]\n", problem)
  }
}

@Suite struct DocumentRefusalTests {
  @Test(arguments: [
    Refused.with("sede: 7", "2:1: unknown key 'sede'; did you mean 'seed'?"),
    .with("client: {skn: II}", "2:10: unknown key 'skn'; did you mean 'skin'?"),
    .with(
      "client: {name: A}", "2:10: unknown key 'name'; allowed are skin, monk, melanin, blood, oxygenation, tan, age"),
    .with(
      "seed: 010", "2:7: seed: '010' has a leading zero; write 10; allowed is a whole number, 0 to 18446744073709551615"
    ),
    .with("seed: 0x1F", "2:7: seed: '0x1F' is not a number"),
    .with("seed: -1", "2:7: seed: '-1' is out of range; allowed is a whole number, 0 to"),
    .with("seed: 18446744073709551616", "2:7: seed: '18446744073709551616' is not a whole number that fits"),
    .with("seed: 1.0", "2:7: seed: '1.0' is not a whole number that fits"),
    .with("seed: \"7\"", "2:7: seed: \"7\" in quotes is text, not a whole number; leave the quotes out"),
    .with("hair: {grey: 1:30}", "2:14: grey: '1:30' is not a number; allowed is 0 to 1"),
    .with("hair: {perUnit: 4}", "2:17: perUnit 4 is outside 1 to 3 hairs"),
    .with("hair: {grey: 30%}", "2:14: grey: '30%' has a percent sign; write 0.3; allowed is 0 to 1"),
    .with("hair:\n  grey: 0,3", "3:9: grey: '0,3' has a decimal comma; write 0.3; allowed is 0 to 1"),
    .with(
      "hair: {length: 2 mn}", "2:16: length: '2 mn' is not a number; allowed is 0.1 to 6 mm"),
    .with("hair: {length: 2cm}", "2:16: length 2cm, 20 mm, is outside 0.1 to 6 mm"),
    .with("hair: {density: .nan}", "2:17: density: '.nan' is not a finite number; allowed is 30 to 400 hairs per cm2"),
    .with("hair: {density: -.inf}", "2:17: density: '-.inf' is not a finite number"),
    .with("hair: {density: 1e999}", "2:17: density: '1e999' is too large for a number"),
    .with("hair: {density: +200}", "2:17: density: '+200' has a plus sign; write 200"),
    .with("hair: {density: 1_000}", "2:17: density: '1_000' is not a number"),
    .with("hair: {density: 500}", "2:17: density 500 is outside 30 to 400 hairs per cm2"),
    .with("hair: {density: [200]}", "2:8: a list of 1 where 'density' takes a number"),
    .with(
      "hair: {colour: Dark Brown}", "2:16: unknown colour 'Dark Brown'; did you mean 'dark-brown'? allowed are black,"),
    .with("hair: 200", "2:7: '200' where fromTexture, or a section with the keys from, colour, grey"),
    .with("hair:", "2:1: 'hair' has no value; leave it out to take the default"),
    .with("hair: {grey: ~}", "2:8: 'grey' has no value"),
    .with("hair: {[a]: 1}", "2:8: a key must be a word, not a list of 1"),
    .with("client: {age: 17}", "2:15: age 17 is outside 18 to 100 years"),
    .with("client: {skin: 2}", "2:16: unknown skin '2'; did you mean 'II'? allowed are I, II, III, IV, V, VI"),
    .with("pigment: {needleDepth: 8}", "2:24: needleDepth 8 is outside 0.2 to 3 mm"),
    .with("pigment: {coreDiameter: 1.3}", "2:25: coreDiameter 1.3 is outside 0.05 to 0.5 mm"),
    .with("pigment: {opticalDensity: 0}", "2:27: opticalDensity 0 is outside 0.1 to 16"),
    .with("pictures: {size: 63}", "2:18: size 63 is outside 64 to 8192 pixels"),
    .with("pictures: {size: 512.5}", "2:18: size: '512.5' is not a whole number that fits"),
    .with("pictures: {sheetViews: top}", "2:24: 'top' is not a list; put each item on its own line behind '- '"),
    .with("pictures: {sheetViews: [top, tip]}", "2:30: unknown sheetViews[1] 'tip'; did you mean 'top'?"),
    .with("head: {age: 17}", "2:13: age 17 is outside 18 to 80 years"),
    .with("head: {noseWidth: 2.5}", "2:19: noseWidth 2.5 is outside -2 to 2 standard deviations"),
    .with("head: {noseWith: 1}", "2:8: unknown key 'noseWith'; did you mean 'noseWidth'?"),
    .with("head: {scan: a.obj, units: mm}", "2:1: 'landmarks' is missing in 'head'"),
    .with("head: {scan: a.obj, percentile: 5}", "2:21: unknown key 'percentile'; allowed are scan, units"),
    .with(
      "head: {scan: a.obj, landmarks: {leftTragion: [7, 0, 0], glabella: [0, 1, 9]}}",
      "2:21: 'rightTragion' is missing in 'landmarks'"),
    .with(
      "head: {scan: a.obj, landmarks: {leftTragion: [7, 0, 0], rightTragion: [-7, 0, 0]}}",
      "2:21: neither 'glabella' nor 'sellion' is in 'landmarks'"),
    .with("head: {scan: a.obj, landmarks: {selion: [0, 2, 9]}}", "2:33: unknown key 'selion'; did you mean 'sellion'?"),
    .with("sessions: []", "2:1: 0 items in 'sessions'; allowed is at least 1"),
    .with("sessions: [{day: 3, share: 1}]", "2:13: days are counted from the first session, so its day is 0, not 3"),
    .with(
      "sessions: [{day: 0, share: 0.5}, {day: 6, share: 1}]",
      "2:35: day 6 is 6 days after the session before; the skin needs at least 7 days to close"),
    .with("sessions: [{day: 0, share: 0.5}, {day: 0, share: 1}]", "2:35: day 0 does not come after day 0"),
    .with(
      "sessions: [{day: 0, share: 0.5}, {day: 14, share: 0.5}, {day: 28, share: 1}]", "2:44: share 0.5 does not rise"),
    .with("sessions: [{day: 0, share: 0.5}]", "2:21: the last session's share is 1, the whole design, not 0.5"),
    .layer("{hairline: {height: 30}}", "2:30: height 30 is outside 40 to 120 mm"),
    .layer("{hairline: {style: soft}}", "2:11: 'height' is missing in 'hairline'"),
    .layer("{hairline: {height: 72, density: -5}}", "2:43: density -5 is outside 0 to 400 per cm2"),
    .layer("{hairline: {height: 72, density: 0}}", "2:34: density 0 puts nothing in"),
    .layer("{hairline: {points: [{up: 70}, {up: 71}]}}", "2:22: 2 items in 'points'; allowed is at least 3"),
    .layer(
      "{hairline: {height: 70, points: [{up: 70, side: 9}, {up: 71}, {up: 70, side: -9}]}}",
      "2:22: 'points' draws the line itself, so height would do nothing"),
    .layer("{zone: {density: 100}}", "2:11: the area is missing; write 'area: scalp' or one of ellipse, polygon, band"),
    .layer(
      "{zone: {area: scalp, polygon: [{up: 1}, {up: 9, side: 5}, {up: 5}], density: 100}}",
      "2:31: area and polygon each give an area"),
    .layer("{zone: {polygon: [{up: 1}, {up: 9}, {up: 5}], density: 100}}", "2:18: these places enclose no area"),
    .layer(
      "{zone: {band: {path: [{up: 1}, {up: 1}], width: 5}, density: 100}}", "2:41: this place repeats the one before it"
    ),
    .layer("{scar: {surface: flat}}", "2:11: a scar needs its shape: exactly one of strip, extractions"),
    .layer("{scar: {extractions: {area: scalp}}}", "2:18: 'count' is missing in 'extractions'"),
    .layer(
      "{scar: {strip: {path: [{up: 1}, {up: 2}], width: 2}, treat: yes}}",
      "2:70: treat: 'yes' is neither true nor false"),
    .layer("{}", "2:10: an empty layer; a layer is exactly one of hairline, zone, scar"),
    .layer("{hairlines: {height: 72}}", "2:11: unknown key 'hairlines'; did you mean 'hairline'?"),
    .layer("{hairline: {height: 72}, scar: {treat: true}}", "2:10: one layer with hairline and scar"),
    .layer("hairline", "2:10: 'hairline' where exactly one of hairline, zone, scar, gradient, mask belongs"),
    Refused(
      "schemaVersion: 1\nlayers:\n  - hairline:\n    height: 72\n",
      "3:5: the keys of 'hairline' stand beside it; indent them"),
  ])
  func namesThePlaceAndWhatIsAllowed(_ refused: Refused) throws {
    let found = problems(of: refused.text)
    #expect(found.contains { $0.hasPrefix(refused.problem) }, "\(found)")
  }

  @Test(arguments: [
    Refused("", "1:1: the document is empty"),
    Refused("# only a comment\n", "1:1: the document is empty"),
    Refused("7", "1:1: '7' where a section with the keys $schema, schemaVersion"),
    Refused("seed: 1\n", "1:1: 'schemaVersion' is missing"),
    Refused("schemaVersion: 1\n", "1:1: 'layers' is missing"),
    Refused(
      "schemaVersion: 2\nlayer: 7\n",
      "1:16: this design is written in version 2 of the design language; this program reads version 1"),
    Refused(smallDesign + "---\nseed: 2\n", "6:1: a second document begins here"),
    Refused(smallDesign + "seed: &s 1\n", "6:7: anchors (&name) are not allowed"),
    Refused(smallDesign + "seed: *s\n", "6:7: aliases (*name) are not allowed"),
    Refused(smallDesign + "<<: {seed: 1}\n", "6:1: merge keys (<<) are not allowed"),
    Refused(smallDesign + "seed: !!int 1\n", "6:7: tags (!name) are not allowed"),
    Refused(smallDesign + "$schema: |\n  text\n", "6:10: block text (|) is not used"),
    Refused(smallDesign + "? seed\n: 1\n", "6:1: complex keys (? key) are not used"),
    Refused("%YAML 1.1\n---\n" + smallDesign, "1:1: a line that starts with % is a YAML directive"),
    Refused(smallDesign + "$schema: \"a\n  b\"\n", "6:10: text in quotes must end on the line"),
    Refused(smallDesign + "hair:\n\tgrey: 0\n", "7:1: a tab where only spaces may stand"),
    Refused(smallDesign + "seed: 1: 2\n", "6:8: a second ': ' in the same value"),
    Refused(smallDesign + "seed: [1\n", "not readable as YAML"),
    Refused(
      smallDesign + "$schema: a\u{7}b\n", "6:11: not readable as text: control characters are not allowed (U+0007)"),
    Refused(String(repeating: "[", count: 500), "1:33: nested deeper than 32 levels"),
    Refused(
      (0..<40).map { String(repeating: " ", count: $0) + "a:\n" }.joined() + String(repeating: " ", count: 40) + "b: 1",
      "nested deeper than 32 levels"),
  ])
  func refusesWhatIsNotADesign(_ refused: Refused) {
    let found = problems(of: refused.text)
    #expect(found.contains { $0.contains(refused.problem) }, "\(found)")
  }

  @Test func aKeyWrittenTwiceIsShownWhereItIsRepeated() {
    #expect(
      problems(of: smallDesign + "seed: 1\nhair: {grey: 0, grey: 0.5}\nseed: 2\n") == [
        "7:17: key 'grey' is written twice; the first is on line 7",
        "8:1: key 'seed' is written twice; the first is on line 6",
      ])
    #expect(
      problems(
        of:
          "{\"schemaVersion\": 1, \"schemaVersion\": 1, \"layers\": [{\"zone\": {\"area\": \"scalp\", \"density\": 9}}]}"
      )
        == ["1:22: key 'schemaVersion' is written twice; the first is on line 1"])
    #expect(problems(of: smallDesign + "seed: 1\nseed: 2\nseed: 3\n").count == 2)
    #expect(
      problems(of: (smallDesign + "seed: 1\nseed: 2\n").replacing("\n", with: "\r\n")) == [
        "7:1: key 'seed' is written twice; the first is on line 6"
      ])
  }

  @Test func severalProblemsAreListedInOrder() throws {
    let text = "sede: 1\nhair: {grey: 3, lenght: 2}\nschemaVersion: 1\nlayers: []\n"
    #expect(
      problems(of: text) == [
        "1:1: unknown key 'sede'; did you mean 'seed'?",
        "2:14: grey 3 is outside 0 to 1",
        "2:17: unknown key 'lenght'; did you mean 'length'?",
        "4:1: 0 items in 'layers'; allowed is at least 1",
      ])
  }

  @Test func aFloodOfProblemsIsCut() throws {
    let many = (0..<30).map { "zz\($0): 1\n" }.joined()
    let error = #expect(throws: DesignDocumentError.self) { try readDesign(smallDesign + many, named: "d.yaml") }
    #expect(error?.problems.count == DesignDocumentError.listed)
    #expect(error?.omitted == 30 - DesignDocumentError.listed)
    #expect(error?.description.hasSuffix("d.yaml: and 18 more problems") == true)
    #expect(error?.description.hasPrefix("d.yaml:6:1: unknown key 'zz0'; allowed are $schema, ") == true)
  }

  @Test func bytesThatAreNotTextAreRefused() {
    func first(_ bytes: [UInt8]) -> String? {
      do {
        _ = try readDesignDocument(bytes: bytes, named: "d.yaml")
        return nil
      } catch { return error.description }
    }
    #expect(
      first(Array("a: 1\n".utf8) + [0xC3, 0x28])
        == "d.yaml:2:1: this line is not UTF-8 text; save the document as UTF-8")
    #expect(first([0xFF, 0xFE, 0x61, 0]) == "d.yaml:1:1: the document is UTF-16; save it as UTF-8")
    #expect(first([UInt8](repeating: 0x20, count: 1_000_001))?.contains("at most 1000000") == true)
  }

  /// Anything at all gives a design or a refusal, never a crash. The pieces are those that a YAML reader trips over.
  @Test(arguments: 0..<60)
  func noTextMakesTheReaderCrash(seed: UInt64) {
    let pieces = [
      "a", "seed", "layers", ": ", ":", "- ", "\n", "\n  ", "\n    ", "{", "}", "[", "]", ", ", "\"", "'", "#", " # ",
      "&x ", "*x", "!", "|", ">", "?", "%", "\\", "\t", "~", "1", "-0", "1e5", "é", "\u{1F600}", "\u{FEFF}", "\u{85}",
      "\u{2028}", "<<", "---", "...", "zone", "density", "150", "\r", "\0", "@", "`",
    ]
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    for _ in 0..<20 {
      var text = next(2) == 0 ? smallDesign : ""
      for _ in 0..<next(40) { text += pieces[next(pieces.count)] }
      do { _ = try readDesign(text, named: "fuzz") } catch { #expect(!error.problems.isEmpty) }
    }
  }

  /// Every prefix of a good document, as an editor would save it while it is being written.
  @Test func everyPrefixIsReadOrRefused() {
    let text = Array(starterDesign().unicodeScalars)
    for end in stride(from: 0, to: text.count, by: 37) {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: text[..<end])
      do { _ = try readDesign(String(view), named: "prefix") } catch { #expect(!error.problems.isEmpty) }
    }
  }

  @Test func anAliasBombIsRefusedAtOnce() {
    var text = "a0: &a0 [x, x]\n"
    for i in 1..<60 { text += "a\(i): &a\(i) [*a\(i - 1), *a\(i - 1)]\n" }
    text += "? *a59\n: 1\n"
    #expect(problems(of: text).count == 1)
    // Behind comments that end sooner than they seem to.
    #expect(problems(of: "# x\ra: &x 1\r").first?.contains("anchors") == true)
    for separator in ["\u{85}", "\u{2028}", "\u{2029}"] {
      #expect(problems(of: "# x\(separator)a: &x 1").first?.contains("line separator") == true)
    }
    // Behind a quote that YAML does not take for one.
    let hidden = "{a: b \"c, d: &x [1], e: \"f, g: *x}"
    #expect(problems(of: hidden).first?.contains("anchors") == true)
  }
}
