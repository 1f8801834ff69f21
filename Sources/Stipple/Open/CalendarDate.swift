// Dates without clocks and time zones: the proleptic Gregorian calendar, by Hinnant's day count (chrono-compatible
// low-level date algorithms, 2013).

/// A day.
public struct CalendarDate: Sendable, Equatable, CustomStringConvertible {
  public var year: Int
  public var month: Int
  public var day: Int

  /// `2026-03-02`; `nil` for anything else, or a day that is none. Years 1900 to 2200.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1900...2200).contains(year)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
    // A date that comes back as another was none.
    guard (1...12).contains(month), (1...31).contains(day), CalendarDate(number: number) == self else { return nil }
  }

  /// The day, in Greenwich, so many seconds after 1970 began; `nil` before that and after 2200.
  public init?(secondsSince1970 seconds: Int) {
    guard (0..<7_289_654_400).contains(seconds) else { return nil }
    self.init(number: seconds / 86_400)
  }

  /// The day `number` days after 1970-01-01.
  private init(number: Int) {
    let z = number + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shifted + 2) / 5 + 1
    month = shifted < 10 ? shifted + 3 : shifted - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  private var number: Int {
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// - Parameter days: up to a century either way.
  public func adding(days: Int) -> CalendarDate { CalendarDate(number: number + min(max(days, -36_525), 36_525)) }

  public var description: String {
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    return "\(year)-\(two(month))-\(two(day))"
  }
}

extension CalendarDate {
  /// The day that another way of writing means: `2 March 2026`, `March 2, 2026`, `2026/3/2`, `2.3.2026`; `nil` for what could be
  /// two days, as 2/3/2026 is.
  public init?(meantBy text: String) {
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
    guard words.count == 3 else { return nil }
    let figures = words.map { word in
      Int(word) ?? Int(word.prefix { $0.isNumber })
    }
    let named = words.map { word in word.count < 3 ? nil : months.firstIndex { word.hasPrefix($0) }.map { $0 + 1 } }
    var parts: (Int, Int, Int)?
    switch (figures[0], figures[1], figures[2]) {
    case (let day?, nil, let year?): parts = named[1].map { (year, $0, day) }
    case (nil, let day?, let year?): parts = named[0].map { (year, $0, day) }
    case (let year?, let month?, let day?) where year > 31: parts = (year, month, day)
    // Points stand between day, month and year wherever they are written.
    case (let day?, let month?, let year?) where text.contains(".") || day > 12: parts = (year, month, day)
    default: parts = nil
    }
    guard let (year, month, day) = parts else { return nil }
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    self.init("\(year)-\(two(month))-\(two(day))")
  }
}
