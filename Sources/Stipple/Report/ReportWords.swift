// The report's language: phrases by key from the one table, and numbers as its readers write them.

import Arithmetic
import PigmentAging
import TreatmentDesign

/// The texts of a report in one language. A text that the table lacks comes in English; a test sees that none is lacking.
struct ReportWords: Sendable {
  let language: Clinic.Language

  init(_ language: Clinic.Language) { self.language = language }

  /// A phrase with its places filled in: `{n}` by what is given for "n".
  subscript(_ key: String, _ filled: KeyValuePairs<String, String>) -> String {
    var text = reportTable[key]?[language.rawValue] ?? reportTable[key]?["en"] ?? "⟦\(key)⟧"
    for (name, value) in filled { text = replaced("{\(name)}", in: text, by: value) }
    return text
  }

  subscript(_ key: String) -> String { self[key, [:]] }

  /// A number with so many decimals, and the language's mark between.
  func number(_ value: Double, _ decimals: Int = 0) -> String { marked(fixed(value, decimals)) }

  /// A number without needless decimals.
  func plain(_ value: Double, _ decimals: Int = 2) -> String { marked(short(value, decimals)) }

  /// "3 years"
  func years(_ count: Int) -> String { count == 1 ? self["year"] : self["years", ["n": String(count)]] }

  func pace(_ pace: Pace) -> String {
    Pace.allCases.contains(pace) ? self["pace-\(pace.name)"] : pace.name
  }

  /// A view by name; `nil` is a camera of one's own.
  func view(_ view: Pictures.View?) -> String { self["view-\(view?.rawValue ?? "own")"] }

  private func marked(_ text: String) -> String {
    language == .english ? text : String(text.map { $0 == "." ? "," : $0 })
  }
}

private func replaced(_ place: String, in text: String, by value: String) -> String {
  var rest = Substring(text)
  var out = ""
  while let found = rest.firstRange(of: place) {
    out += rest[..<found.lowerBound] + value
    rest = rest[found.upperBound...]
  }
  return out + rest
}

/// The table as it is looked up: texts by key and language.
let reportTable: [String: [String: String]] = parsedTable(reportTexts)

/// Reads the table: a key on a line of its own, below it a line for each language, `de: ...`, set in. Lines that begin with
/// # are remarks.
func parsedTable(_ text: String) -> [String: [String: String]] {
  var table: [String: [String: String]] = [:]
  var key = ""
  for line in text.split(separator: "\n") where !line.hasPrefix("#") {
    if line.hasPrefix(" ") {
      let parts = line.drop { $0 == " " }.split(separator: ":", maxSplits: 1)
      if parts.count == 2 { table[key, default: [:]][String(parts[0])] = String(parts[1].drop { $0 == " " }) }
    } else {
      key = String(line)
    }
  }
  return table
}
