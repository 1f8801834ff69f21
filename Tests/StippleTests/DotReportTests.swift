import Foundation
import Stipple
import Testing

// `stipple dot` against rows of tables that another Monte Carlo made, by column name.

private let tables = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .appendingPathComponent("SkinOpticsTests/Tables")

/// Greatest difference from a row, absolute, by column: half a unit of Lab. The tables' own noise is about a tenth.
private let tolerances: [String: Double] = [
  "contrast_Y": 0.006, "centre_L": 0.5, "centre_a": 0.5, "centre_b": 0.5, "centre_dE00": 0.5, "dL": 0.5, "da": 0.5,
  "db": 0.5, "bare_L": 0.3,
]
/// The same, relative.
private let shares: [String: Double] = [
  "fwhm_Y_mm": 0.05, "area_Y_2mm": 0.04, "area_R_4mm": 0.06, "area_G_4mm": 0.06, "area_B_4mm": 0.1,
]

private func rows(_ name: String, every step: Int) throws -> [[String: String]] {
  let text = try String(contentsOf: tables.appendingPathComponent(name + ".csv"), encoding: .utf8)
  let lines = text.split(whereSeparator: \.isNewline)
  let names = lines[0].split(separator: ",").map(String.init)
  return stride(from: 1, to: lines.count, by: step).map { i in
    Dictionary(uniqueKeysWithValues: zip(names, lines[i].split(separator: ",").map(String.init)))
  }
}

@Suite struct DotReporting {
  @Test(arguments: [("dot_summary", 37), ("small_dots", 11)])
  func theJSONAgreesWithTheTable(name: String, step: Int) throws {
    var compared = 0
    for row in try rows(name, every: step) {
      func number(_ key: String) throws -> Double { try #require(row[key].flatMap(Double.init)) }
      let contrast = try number("contrast_Y")
      // Bins of 0.02 mm are for dots under 0.2 mm.
      let isSmall = try number("diam_mm") < 0.2
      if contrast < 0.03 || (name == "small_dots") != isSmall { continue }
      var question = DotQuestion()
      question.skin = try #require(row["tone"])
      question.depth = try number("depth_mm")
      question.diameter = try number("diam_mm")
      question.opticalDensity = try number("OD550")
      let json = try JSONSerialization.jsonObject(with: Data(try DotReport(question).json.utf8))
      let answer = try #require(json as? [String: Any])
      for (key, value) in row {
        guard let truth = Double(value), let got = answer[key] as? Double else { continue }
        if let tolerance = tolerances[key] { #expect(abs(got - truth) <= tolerance, "\(row): \(key) \(got)") }
        if let share = shares[key], truth > 0.04 {
          #expect(abs(got / truth - 1) <= share, "\(row): \(key) \(got)")
        }
        compared += 1
      }
      let profile = try #require(answer["profile"] as? [[String: Double]])
      #expect(profile.count > 20 && profile.allSatisfy { $0.keys.sorted() == ["r_mm", "ratioB", "ratioG", "ratioR"] })
    }
    #expect(compared > 100)
  }

  @Test(arguments: [
    ("depth", -0.3, "depth -0.3 is outside 0.12 to 1.5 mm"), ("diameter", 0, "diameter 0.0 is outside 0.05 to 0.6 mm"),
    ("od", 17, "optical density 17.0 is outside 0.0 to 16.0"), ("melanin", 1.2, "melanin 1.2 is outside 0.0 to 1.0"),
    ("blood", -1, "blood -1.0 is outside 0.0 to 0.1"),
  ])
  func whatNoTableCoversIsRefused(key: String, value: Double, message: String) {
    var question = DotQuestion()
    switch key {
    case "depth": question.depth = value
    case "diameter": question.diameter = value
    case "od": question.opticalDensity = value
    case "melanin": question.melanin = value
    default: question.blood = value
    }
    #expect(throws: StippleError(.usage, message)) { try DotReport(question) }
  }

  @Test func unknownNamesAreRefusedWithTheKnownOnes() {
    var question = DotQuestion()
    question.pigment = "henna"
    #expect(throws: StippleError(.usage, "there is no pigment 'henna'; carbon, iron-oxide, azo, temporary")) {
      try DotReport(question)
    }
    question = DotQuestion()
    question.skin = "VII"
    #expect(throws: StippleError.self) { try DotReport(question) }
  }

  @Test func aMonkStepIsASkin() throws {
    var question = DotQuestion()
    question.skin = "monk-8"
    #expect(try DotReport(question).text.contains("under skin Monk 8"))
  }
}
