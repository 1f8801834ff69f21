// What a sheet varies: one key of the design over several values, or the time that has passed.

import Arithmetic
import TreatmentDesign

/// When a picture of a sheet is taken.
struct SheetMoment: Equatable {
  /// After the last session, 0 for healed; `nil` is before treatment.
  var years: Double?

  var title: String {
    guard let years else { return "Before" }
    return years == 0 ? "After" : years == 1 ? "1 year" : "\(short(years)) years"
  }
}

/// A key of a design and the values that are tried in it, or the years that are shown.
public struct Variation: Sendable, Equatable {
  /// One value with its name on the sheet, such as "height 68" or "5 years".
  struct Value: Equatable {
    var title: String
    var change: DocumentChange?
    /// When the picture is taken, where that is what varies.
    var moment: SheetMoment?
  }

  let values: [Value]

  /// Most values of one variation.
  static let most = 12

  /// A variation written as `layers[0].hairline.height=60,70,80`, or `years=before,0,5`: years after the last session, 0 for
  /// healed. A comma inside brackets or quotes belongs to its value.
  ///
  /// Throws `StippleError` of kind `usage`.
  public init(_ text: String) throws(StippleError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw StippleError(
        .usage, "--vary \(text) has no '='; write it as path=value,value, such as layers[0].hairline.height=60,70,80")
    }
    let values = Variation.parted(parts[1])
    guard values.allSatisfy({ !$0.isEmpty }) else { throw StippleError(.usage, "--vary \(text): a value is empty") }
    guard values.count <= Variation.most else {
      throw StippleError(.usage, "--vary \(text) has \(values.count) values; at most \(Variation.most) are drawn")
    }
    let name = parts[0].split(separator: ".").last ?? parts[0]
    var made: [Value] = []
    for value in values {
      if parts[0] == "years" {
        let years = Double(value)
        guard value == "before" || years.map({ $0 >= 0 && $0 <= 20 }) == true else {
          throw StippleError(.usage, "--vary \(text): years are numbers from 0 to 20, or before; found '\(value)'")
        }
        made.append(Value(title: SheetMoment(years: years).title, moment: SheetMoment(years: years)))
        continue
      }
      do {
        made.append(Value(title: "\(name) \(value)", change: try DocumentChange("\(parts[0])=\(value)")))
      } catch {
        throw StippleError(.usage, error.description)
      }
    }
    self.values = made
  }

  /// The values of a list, parted by commas outside brackets and quotes.
  private static func parted(_ text: Substring) -> [String] {
    var values = [""]
    var depth = 0
    var quote: Character?
    for c in text {
      if let open = quote {
        if c == open { quote = nil }
      } else if c == "'" || c == "\"" {
        quote = c
      } else if c == "[" || c == "{" {
        depth += 1
      } else if c == "]" || c == "}" {
        depth -= 1
      } else if c == ",", depth <= 0 {
        values.append("")
        continue
      }
      values[values.count - 1].append(c)
    }
    return values.map { String($0.drop { $0 == " " }) }
  }
}
