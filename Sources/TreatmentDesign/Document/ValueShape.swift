// What may stand behind a key. The shapes are data: the reader's messages come from them, and so does the JSON
// Schema that editors use.

import PigmentAging

/// What a value of the document may be.
indirect enum ValueShape: Sendable {
  case number(ClosedRange<Double>, unit: String)
  case integer(ClosedRange<Int>, unit: String)
  /// 0 to 2⁶⁴ - 1, exact.
  case seed
  case flag
  case text
  case choice([String])
  /// One of some names, or a number.
  case choiceOrNumber([String], ClosedRange<Double>, unit: String)
  /// A named pace of fading, or a percentile of clients.
  case pace
  /// A list of exactly this many plain numbers.
  case coordinates(Int)
  case list(ValueShape, count: ClosedRange<Int>)
  case section([KeyDescription])
  /// One of some names, or a section.
  case nameOrSection([String], [KeyDescription])
  /// A mapping of exactly one of these keys.
  case oneOf([KeyDescription])
  /// Either of two ways to write a section.
  case either([KeyDescription], [KeyDescription])
}

/// One key of the document.
struct KeyDescription: Sendable {
  let name: String
  let shape: ValueShape
  let required: Bool
  /// Unit and meaning in one sentence.
  let help: String
}

extension ValueShape {
  /// What is allowed, ready to follow "allowed is" or "expected".
  var allowed: String {
    switch self {
    case .number(let range, let unit):
      "\(plain(range.lowerBound)) to \(plain(range.upperBound))\(unit.isEmpty ? "" : " \(unit)")"
    case .integer(let range, let unit):
      range.lowerBound == range.upperBound
        ? "\(range.lowerBound)"
        : "a whole number, \(range.lowerBound) to \(range.upperBound)\(unit.isEmpty ? "" : " \(unit)")"
    case .seed: "a whole number, 0 to \(UInt64.max)"
    case .flag: "true or false"
    case .text: "text"
    case .choice(let names): names.joined(separator: ", ")
    case .choiceOrNumber(let names, let range, let unit):
      "\(names.joined(separator: ", ")), or a number: \(ValueShape.number(range, unit: unit).allowed)"
    case .pace: Pace.allowed
    case .coordinates(let count): "a list of \(count) numbers"
    case .list(_, let count):
      count.lowerBound == count.upperBound
        ? "a list of \(count.lowerBound)" : "a list of \(count.lowerBound) to \(count.upperBound)"
    case .section(let keys): "a section with the keys \(keys.map(\.name).joined(separator: ", "))"
    case .nameOrSection(let names, let keys):
      "\(names.joined(separator: ", ")), or \(ValueShape.section(keys).allowed)"
    case .oneOf(let keys): "exactly one of \(keys.map(\.name).joined(separator: ", "))"
    case .either(let a, let b):
      "a section with the keys \(a.map(\.name).joined(separator: ", ")), "
        + "or \(b.map(\.name).joined(separator: ", "))"
    }
  }
}
