import Foundation
import JPEGImage
import JPEGSupport
import PNGImage
import ScalpGeometry
import Testing
import TreatmentDesign

@testable import Stipple

/// A report of a small design on a coarse head.
private func page(
  _ options: ReportOptions = ReportOptions(), threads: Int? = nil, _ change: (inout Design) -> Void = { _ in }
) throws -> String {
  try report(small(threads: threads, change), options: options).page
}

private func small(threads: Int? = nil, _ change: (inout Design) -> Void = { _ in }) throws -> OpenedDesign {
  try OpenedDesign(
    design { d in
      (d.pictures.size, d.pictures.quality, d.pictures.sheetViews) = (64, .draft, [.front, .macro, .front])
      change(&d)
    }, on: coarseHead.get(), threads: threads)
}

/// What a report with everything in it says, made once.
private let full = Result<ReportContents, any Error> {
  var options = ReportOptions()
  options.heights = [66, 74]
  var contents = try reportContents(
    small { d in
      var rates = RateCard()
      (rates.currency, rates.perHour) = ("EUR", 90)
      d.rates = rates
      d.touchUps = [.below(0.65)]
    }, options: options)
  contents.files = try jpegFiles(contents.pictures, quality: 80, threads: nil)
  return contents
}

/// Values of an attribute, in order.
private func values(_ attribute: String, in page: String) -> [String] {
  page.matches(of: try! Regex("[ ]\(attribute)=\"([^\"]*)\"")).map { String($0.output[1].substring ?? "") }
}

private func message(_ body: () throws -> Void) -> StippleError? {
  do {
    try body()
    return nil
  } catch { return error as? StippleError }
}

@Suite struct ReportTests {
  @Test func nothingIsFetched() throws {
    let page = try reportPage(full.get())
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    for word in ["http:", "https:", "url(", "@import", "<link", "<iframe", " href=", " srcset=", " style="] {
      #expect(!page.contains(word), "\(word)")
    }
    let sources = values("src", in: page)
    // Before, healed, four years at three paces; a pair from the front, a pair in harsh light, three close up, two hairlines.
    #expect(sources.count == 14 + 2 + 2 + 3 + 2)
    #expect(sources.allSatisfy { $0.hasPrefix("data:image/jpeg;base64,") })
    #expect(Set(sources).count > 12)
    let first = try #require(Data(base64Encoded: String(sources[0].dropFirst("data:image/jpeg;base64,".count))))
    #expect(try decodeJPEG([UInt8](first)).width == 64)
  }

  /// The policy knows the page's own script and style and nothing else.
  @Test func thePolicyHolds() throws {
    let page = try reportPage(full.get())
    let policy = try #require(values("content", in: page).first)
    #expect(policy.hasPrefix("default-src 'none'; img-src data:; ") && !policy.contains("unsafe"))
    for (name, source) in [("style", "style-src"), ("script", "script-src")] {
      let start = try #require(page.range(of: "<\(name)>")).upperBound
      let end = try #require(page.range(of: "</\(name)>")).lowerBound
      #expect(policy.contains("\(source) \(policyDigest(String(page[start..<end])))"))
    }
    #expect(page.components(separatedBy: "<script").count == 2 && page.components(separatedBy: "<style").count == 2)
  }

  @Test func whatIsReferredToIsThere() throws {
    let page = try reportPage(full.get())
    let ids = values("id", in: page)
    #expect(Set(ids).count == ids.count, "an id twice")
    for attribute in ["for", "aria-labelledby", "aria-describedby", "list"] {
      for id in values(attribute, in: page) { #expect(ids.contains(id), "\(attribute) \(id)") }
    }
    for years in ["1", "3", "5", "10"] {
      for pace in ["slow", "typical", "fast"] { #expect(ids.contains("y\(years)-\(pace)")) }
    }
    let images = page.components(separatedBy: "<img").count - 1
    let alt = values("alt", in: page)
    #expect(alt.count == images && !alt.contains(""))
    #expect(ids.contains("variant-0") && ids.contains("variant-1") && ids.contains("height"))
    // Tags that open close.
    for tag in ["div", "section", "figure", "table", "tr", "td", "th", "ul", "li", "p", "svg", "fieldset", "label"] {
      let opened = page.matches(of: try! Regex("<\(tag)[ >]")).count
      #expect(opened == page.components(separatedBy: "</\(tag)>").count - 1, "\(tag)")
    }
  }

  @Test func theSameBytesEveryTime() throws {
    let once = try page(threads: 1)
    #expect(try page() == once)
    #expect(try page(threads: 3) == once)
    #expect(try page { $0.seed = 9 } != once)
  }

  @Test func aLargeReportIsCompressedMore() throws {
    let opened = try small { $0.pictures.size = 200 }
    let usual = try report(opened)
    var options = ReportOptions()
    options.size = usual.page.utf8.count - 1
    let less = try report(opened, options: options)
    #expect(usual.quality == 86 && usual.page.utf8.count < 8_000_000)
    #expect(less.quality < usual.quality && less.page.utf8.count < usual.page.utf8.count)
  }

  @Test func everySectionSaysItsFigures() throws {
    var options = ReportOptions()
    options.start = CalendarDate("2028-02-10")
    let page = try page(options) { d in
      var rates = RateCard()
      (rates.currency, rates.perSession, rates.stages, rates.deposit) = ("EUR", 250, [.norwoodVI: 1200.5], 300)
      d.rates = rates
      d.touchUps = [.year(3)]
    }
    // Three sessions and a stage, the deposit and what remains.
    for words in ["Treatment, Norwood 6", "1950.50 EUR", "300.00 EUR", "1650.50 EUR", "2028-02-10", "2028-03-02"] {
      #expect(page.contains(words), "\(words)")
    }
    for section in ["sides", "harsh", "close-up", "fading", "sessions", "touch-ups", "price", "aftercare", "consent"] {
      #expect(page.contains("<section id=\"\(section)\""), "\(section)")
    }
    #expect(page.components(separatedBy: "must check this text").count == 3)
    #expect(page.contains("class=\"band\"") && page.contains("touch-up 1"))
    #expect(try !Self.hasSection("price", small()))
  }

  private static func hasSection(_ name: String, _ opened: OpenedDesign) throws -> Bool {
    try report(opened).page.contains("<section id=\"\(name)\"")
  }

  /// Fresh work is no picture of a year: a visit is shown when it has healed.
  @Test func aVisitIsShownHealed() throws {
    let plain = reportStates(design())
    let visited = reportStates(design { $0.touchUps = [.year(3)] })
    let k = try #require(visited.firstIndex { $0.id == "y3-typical" })
    #expect(visited[k].isAfterVisit && abs((visited[k].time ?? 0) - 3.0821) < 1e-3)
    #expect(abs(visited[k].darkness - 1) < 0.02 && plain[k].darkness < 0.85)
    #expect(visited.filter(\.isAfterVisit).count == 3)
    #expect(plain.count == 14 && plain.allSatisfy { !$0.isAfterVisit && $0.least <= $0.greatest })
  }

  /// Names of files and reasons for waivers may name a client.
  @Test func nobodyIsNamed() throws {
    let scratch = try Scratch()
    let path = try scratch.write(
      """
      $schema: file:///home/jane/clients/schema.json
      schemaVersion: 1
      client: {age: 47}
      waive: [{rule: L4, reason: Jane Doe asked for it}]
      layers: [{hairline: {height: 50}}]
      pictures: {size: 64, quality: draft, sheetViews: []}
      """, "jane-doe.yaml")
    let written = try writeReport(of: OpenedDesign(path), to: scratch.path + "/r.html")
    let page = try String(contentsOfFile: written.file, encoding: .utf8)
    #expect(written.bytes == page.utf8.count)
    #expect(page.contains("L4 set aside by the practitioner"))
    let words = page.replacing(try Regex("base64,[^\"]*"), with: "")
    for word in ["jane", "Jane", scratch.path, NSTemporaryDirectory(), "/home"] {
      #expect(!words.contains(word), "\(word)")
    }
  }
}

@Suite struct ReportClinicTests {
  private let design = "schemaVersion: 1\nlayers: [{hairline: {height: 70}}]\npictures: {size: 64, quality: draft}\n"

  @Test func theClinicIsAtTheHead() throws {
    let scratch = try Scratch()
    var logo = RasterImage(width: 900, height: 300, fill: SIMD3(10, 90, 200))
    logo[0, 0] = SIMD3(255, 255, 255)
    try Data(encodePNG(logo, options: PNGOptions(texts: [PNGText(keyword: "Author", text: "Jane")]))).write(
      to: URL(fileURLWithPath: scratch.path + "/logo.png"))
    try Data(madeJPEG(logo)).write(to: URL(fileURLWithPath: scratch.path + "/logo.jpg"))
    let name = "Studio <script>alert(1)</script> & \\\"Söhne\\\""
    let path = try scratch.write(
      design + "clinic: {name: \"\(name)\\u202E\", contact: +49 30 1, logo: logo.png, language: de}\n", "d.yaml")
    let page = try report(OpenedDesign(path).on(coarseHead.get())).page
    #expect(page.contains("Studio &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Söhne&quot;\u{FFFD} · +49 30 1"))
    #expect(page.contains("<html lang=\"de\">") && page.contains("Kein Versprechen"))
    let inPage = try #require(values("src", in: page).first { $0.hasPrefix("data:image/png;base64,") })
    for source in [inPage, try logoAddress("logo.jpg", folder: scratch.path, place: "")] {
      let bytes = [UInt8](try #require(Data(base64Encoded: String(source.dropFirst(22)))))
      let read = try decodePNG(bytes)
      #expect(read.pixels.width == 300 && read.pixels.height == 100 && read.texts.isEmpty)
    }
  }

  @Test func aClinicsOwnFile() throws {
    let scratch = try Scratch()
    let path = try scratch.write(design + "clinic: {name: Other}\n", "d.yaml")
    var options = ReportOptions()
    options.clinicFile = try scratch.write(
      "name: Our Studio\nlanguage: fr\nrates: {currency: CHF, perHour: 90}\n", "clinic.yaml")
    let page = try report(OpenedDesign(path).on(coarseHead.get()), options: options).page
    #expect(page.contains("Our Studio") && !page.contains("Other<") && page.contains(" CHF"))
    #expect(page.contains("<html lang=\"fr\">") && page.contains("90,00 CHF"))
    options.clinicFile = try scratch.write("nmae: Our Studio\n", "wrong.yaml")
    let said = message { _ = try report(OpenedDesign(path), options: options) }
    #expect(
      said?.kind == .data && said?.message.contains("wrong.yaml:1:1: unknown key 'nmae'; did you mean 'name'?") == true)
    options.clinicFile = scratch.path + "/none.yaml"
    #expect(message { _ = try report(OpenedDesign(path), options: options) }?.kind == .noInput)
  }

  @Test(arguments: [
    ("clinic: {logo: logo.txt}", StippleError.Kind.data, "d.yaml:4:10: logo.txt is no picture that a logo can be"),
    ("clinic: {logo: broken.png}", .data, "broken.png"),
    ("clinic: {logo: none.png}", .noInput, "none.png"),
    ("clinic: {logo: ../logo.png}", .data, "leaves the design's folder"),
    ("clinic: {language: klingon}", .data, "unknown language 'klingon'; allowed are en, de, es, fr, tr, pt"),
    (
      "rates: {currency: EUR, perSession: 10, deposit: 500}", .data,
      "deposit 500.00 is more than the whole price, 30.00"
    ),
    ("rates: {currency: EUR, stages: {norwood-2: 900}}", .data, "no price for none, which 'hair.loss' says"),
    ("rates: {currency: EUR, stages: {norwood-9: 900}}", .data, "unknown key 'norwood-9'"),
    ("rates: {currency: EUR, perHour: -3}", .data, "perHour -3 is outside 0 to 1000000"),
  ])
  func whatCannotBeIsRefused(field: String, kind: StippleError.Kind, words: String) throws {
    let scratch = try Scratch()
    _ = try scratch.write("no picture", "logo.txt")
    try Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]).write(
      to: URL(fileURLWithPath: scratch.path + "/broken.png"))
    let path = try scratch.write(design + field + "\n", "d.yaml")
    let said = message {
      _ = try writeReport(of: OpenedDesign(path).on(coarseHead.get()), to: scratch.path + "/r.html")
    }
    #expect(said?.kind == kind && said?.message.contains(words) == true, "\(said?.message ?? "nothing")")
    // A refused document lists its problems below its name.
    #expect((said?.message.split(separator: "\n").count ?? 0) <= (words.contains("deposit") ? 1 : 2))
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/r.html"))
  }

  @Test func variantsHaveNames() throws {
    #expect(try reportVariant(" Softer : pigment.darkness=0.8; hair.length=1 ").changes.map(\.text).count == 2)
    #expect(try reportVariant("As it is:").changes.isEmpty)
    for text in ["", "a", "a=1", ": a=1", "x: nothing", String(repeating: "n", count: 41) + ": a=1"] {
      #expect(throws: StippleError.self, "\(text)") { try reportVariant(text) }
    }
    var options = ReportOptions()
    options.variants = [
      ("<b>Softer", try small { $0.pigment.darkness = 0.5 }), ("As it is", try small()),
    ]
    let contents = try reportContents(small(), options: options)
    let drafts = contents.pictures.filter { if case .kind = $0.place { true } else { false } }
    #expect(drafts.count == 2 && drafts[0].image != drafts[1].image)
    let text = try page(options)
    #expect(text.contains("&lt;b&gt;Softer") && !text.contains("<b>Softer") && text.contains(">Variants<"))
    options.variants.removeLast()
    let alone = message { _ = try page(options) }
    #expect(alone?.message == "1 variants; 2 to 9 can be compared")
  }

  @Test func heightsAreMillimetres() throws {
    #expect(try hairlineHeights("7cm, 66,2.75in") == [66, 69.85, 70])
    #expect(try hairlineHeights("74, 66,70,66") == [66, 70, 74])
    for text in ["70", "", "70,", "70,abc", "70,30", "70,121", "70,nan", "60,61,62,63,64,65,66,67,68,69"] {
      #expect(throws: StippleError.self) { try hairlineHeights(text) }
    }
    let bare = try small { d in
      var zone = ZoneLayer()
      zone.density = 100
      d.layers = [.zone(zone)]
    }
    let said = message {
      var options = ReportOptions()
      options.heights = [66, 70]
      _ = try reportVariants(bare, options)
    }
    #expect(said?.kind == .usage && said?.message.contains("no hairline") == true)
  }
}

@Suite struct ReportTextTests {
  /// Every language has every text, with the same places to fill in.
  @Test(arguments: Clinic.Language.allCases)
  func noTextIsMissing(language: Clinic.Language) throws {
    #expect(reportTable.count > 150)
    func places(_ text: String) -> [String] { text.matches(of: /\{[a-z]+\}/).map { String($0.output) }.sorted() }
    for (key, texts) in reportTable {
      let text = texts[language.rawValue] ?? ""
      #expect(!text.isEmpty, "\(key) in \(language.rawValue)")
      #expect(places(text) == places(texts["en"] ?? ""), "\(key) in \(language.rawValue)")
      #expect(Set(texts.keys) == Set(Clinic.Language.allCases.map(\.rawValue)), "\(key)")
    }
  }

  @Test(arguments: Clinic.Language.allCases)
  func aReportInEveryLanguage(language: Clinic.Language) throws {
    var contents = try full.get()
    contents.words = ReportWords(language)
    let page = reportPage(contents)
    #expect(page.contains("<html lang=\"\(language.rawValue)\">"))
    // A key that the table lacks stands between these.
    #expect(!page.contains("⟦"))
    // The script fills in what it alone knows.
    #expect(page.components(separatedBy: "{n}").count == 3)
    if language != .english {
      for words in ["Not a promise", "Healed", "Before", "How it fades", "After each session", "warning"] {
        #expect(!page.contains(">\(words)"), "\(words)")
      }
      #expect(page.contains("90,00 EUR"))
    }
  }

  /// Every rule has its sentence, and a finding its figures, in the report's language.
  @Test func findingsSpeakTheLanguage() throws {
    for id in LintRule.allCases.map(\.rawValue) + ScanFinding.Rule.allCases.map(\.rawValue) {
      #expect(reportTable["rule-\(id)"] != nil, "\(id)")
    }
    var contents = try full.get()
    contents.words = ReportWords(.german)
    let finding = LintFinding(
      id: "L11", level: .error, subject: "interval to the session before", measured: 7.5, advised: .within(14...60),
      unit: "days", reason: "skin", keyPath: "sessions[1].day")
    contents.check.findings = [("d.yaml:1:1: ", finding)]
    let page = contents.findings.source
    #expect(page.contains("7,5 Tage, empfohlen 14 bis 60 Tage") && page.contains("Sitzungen: "))
    #expect(!page.contains("interval") && !page.contains("lang=") && !page.contains("d.yaml"))
    contents.words = ReportWords(.english)
    #expect(contents.findings.source.contains("interval to the session before 7.5 days, advised 14 to 60 days: skin"))
  }

  @Test func textIsEscaped() {
    #expect(
      element("p", ["title": "a\"b", "hidden": "", "id": nil], "x < y & z").source
        == "<p title=\"a&quot;b\" hidden>x &lt; y &amp; z</p>")
    #expect(base64([]) == "" && base64(Array("f".utf8)) == "Zg==" && base64(Array("fo".utf8)) == "Zm8=")
    #expect(base64(Array("foobar".utf8)) == "Zm9vYmFy")
    #expect(base64((0...255).map { UInt8($0) }) == Data((0...255).map { UInt8($0) }).base64EncodedString())
    // FIPS 180-4's own example.
    #expect(policyDigest("abc") == "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='")
  }
}
