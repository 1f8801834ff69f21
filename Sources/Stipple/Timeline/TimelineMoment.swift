import PigmentAging

/// A time after the last session, as people write it: `0d`, `10d`, `6mo`, `2.5y`.
public struct TimelineMoment: Sendable, Hashable {
  /// As written.
  public let label: String
  /// Years after the last session, 0 to 20.
  public let years: Double

  /// What is allowed, for messages.
  public static let allowed = "days, months or years after the last session, such as 0d, 7d, 6mo or 5y, 0d to 20y"

  /// Throws `StippleError` (`usage`) for text that is no time or lies outside 0 to 20 years.
  public init(_ text: String) throws(StippleError) {
    let units: [(ending: String, years: Double)] = [("mo", 1.0 / 12), ("d", 1 / daysPerYear), ("y", 1)]
    guard let unit = units.first(where: { text.hasSuffix($0.ending) }),
      let value = TimelineMoment.number(text.dropLast(unit.ending.count))
    else { throw StippleError(.usage, "'\(text)' is no time; allowed are \(TimelineMoment.allowed)") }
    let years = value * unit.years
    guard agingYears.contains(years) else {
      throw StippleError(.usage, "time \(text) is outside 0d to 20y; allowed are \(TimelineMoment.allowed)")
    }
    self.init(label: text, years: years)
  }

  init(label: String, years: Double) { (self.label, self.years) = (label, years) }

  /// Reads `0d,30d,1y`, in the order of time and without repetition.
  public static func list(_ text: String) throws(StippleError) -> [TimelineMoment] {
    var moments: [TimelineMoment] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let moment = try TimelineMoment(String(part.drop { $0 == " " }))
      if !moments.contains(where: { $0.years == moment.years }) { moments.append(moment) }
    }
    guard moments.count <= 24 else { throw StippleError(.usage, "\(moments.count) times; at most 24 are drawn") }
    return moments.sorted { $0.years < $1.years }
  }

  /// As a title: "Day 7", "After 6 months".
  var title: String {
    let number = label.prefix { $0.isNumber || $0 == "." }
    if label.hasSuffix("d") { return years == 0 ? "Fresh, day 0" : "Day \(number)" }
    let one = number == "1"
    return "After \(number) " + (label.hasSuffix("mo") ? (one ? "month" : "months") : (one ? "year" : "years"))
  }

  /// A plain decimal number: digits, one point, a sign.
  private static func number(_ text: Substring) -> Double? {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text
    guard !digits.isEmpty, digits.first != ".", digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }) else {
      return nil
    }
    return Double(text)
  }
}

extension Pace {
  /// Reads `slow,typical,p90`.
  ///
  /// Throws `StippleError` (`usage`) for a pace that there is not.
  public static func list(_ text: String) throws(StippleError) -> [Pace] {
    var paces: [Pace] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let word = String(part.drop { $0 == " " })
      guard let pace = Pace(word) else {
        throw StippleError(.usage, "unknown pace '\(word)'; allowed are \(Pace.allowed)")
      }
      if !paces.contains(pace) { paces.append(pace) }
    }
    guard paces.count <= 8 else { throw StippleError(.usage, "\(paces.count) paces; at most 8 are drawn") }
    return paces
  }
}
