// Numbers as they are written in a design: decimal, with a point; lengths with a unit behind them if need be. The text is read here and not by
// the YAML library, whose version 1.1 rules make 8 of `010`, 90 of `1:30` and infinity of `.inf`.

import Arithmetic

/// What a piece of text is, read as a number.
enum NumberText: Equatable {
  case number(Double)
  /// Why it is none, ready to follow "'…' ".
  case refused(String)
}

/// Reads a finite decimal number.
func readNumber(_ text: String) -> NumberText {
  let bytes = Array(text.utf8)
  if decimalForm(bytes) {
    guard let value = Double(text), value.isFinite else { return .refused("is too large for a number") }
    return .number(value)
  }
  return .refused(reasonNotANumber(text, bytes))
}

/// Millimetres of a length that is written with its unit, as `8.5cm` or `3.3 in`; `nil` for any other text.
package func readLength(_ text: String) -> Double? {
  let units = [("mm", 1.0), ("cm", 10), ("dm", 100), ("inch", 25.4), ("in", 25.4), ("\"", 25.4), ("m", 1000)]
  guard let (unit, millimetres) = units.first(where: { text.lowercased().hasSuffix($0.0) }) else { return nil }
  guard case .number(let value) = readNumber(text.dropLast(unit.count).trimmingSpaces()), (value * millimetres).isFinite
  else { return nil }
  // 8.5 x 10 is 85 exactly, 3.3 x 25.4 is not 83.82 by a hair.
  return (value * millimetres * 1e9).rounded() / 1e9
}

/// The whole number `text` spells exactly, if it spells one: digits only, no point, no exponent, no leading zero.
func readWhole<T: FixedWidthInteger>(_ text: String, as type: T.Type) -> T? {
  let bytes = Array(text.utf8)
  let digits = bytes.first == minus ? bytes.dropFirst() : bytes[...]
  guard !digits.isEmpty, digits.allSatisfy(isDigit), digits.count == 1 || digits.first != zero else { return nil }
  return T(text)
}

private let zero = UInt8(ascii: "0")
private let minus = UInt8(ascii: "-")

private func isDigit(_ byte: UInt8) -> Bool { byte &- zero <= 9 }

/// `-`? digits (`.` digits)? (`e` sign? digits)?, where the digits before or after the point may be missing but not
/// both, and a zero never leads another digit.
private func decimalForm(_ bytes: [UInt8]) -> Bool {
  var i = 0
  func digits() -> Int {
    let start = i
    while i < bytes.count && isDigit(bytes[i]) { i += 1 }
    return i - start
  }
  if i < bytes.count && bytes[i] == minus { i += 1 }
  let leadsWithZero = i < bytes.count && bytes[i] == zero
  let whole = digits()
  if leadsWithZero && whole > 1 { return false }
  var fraction = 0
  if i < bytes.count && bytes[i] == UInt8(ascii: ".") {
    i += 1
    fraction = digits()
  }
  guard whole + fraction > 0 else { return false }
  if i < bytes.count && (bytes[i] | 0x20) == UInt8(ascii: "e") {
    i += 1
    if i < bytes.count && (bytes[i] == minus || bytes[i] == UInt8(ascii: "+")) { i += 1 }
    guard digits() > 0 else { return false }
  }
  return i == bytes.count
}

/// The likely slip behind text that is not a number, in words that say how to write it.
private func reasonNotANumber(_ text: String, _ bytes: [UInt8]) -> String {
  let lower = text.lowercased()
  if [".nan", "nan", ".inf", "-.inf", "+.inf", "inf", "-inf", "infinity", "-infinity"].contains(lower) {
    return "is not a finite number"
  }
  if bytes.last == UInt8(ascii: "%"), case .number(let percent) = readNumber(String(text.dropLast())) {
    return "has a percent sign; write \(plain(percent / 100))"
  }
  if let comma = bytes.firstIndex(of: UInt8(ascii: ",")), bytes.lastIndex(of: UInt8(ascii: ",")) == comma {
    let pointed = text.replacing(",", with: ".")
    if decimalForm(Array(pointed.utf8)) { return "has a decimal comma; write \(pointed)" }
  }
  let sign = bytes.first == minus ? 1 : 0
  let digits = bytes.dropFirst(sign)
  if !digits.isEmpty && digits.allSatisfy(isDigit) {
    let trimmed = String(decoding: digits.drop { $0 == zero }, as: UTF8.self)
    return "has a leading zero; write \(sign == 1 ? "-" : "")\(trimmed.isEmpty ? "0" : trimmed)"
  }
  if bytes.first == UInt8(ascii: "+"), decimalForm(Array(bytes.dropFirst())) {
    return "has a plus sign; write \(text.dropFirst())"
  }
  for unit in ["mm", "cm", "degrees", "deg", "°", "days", "px", "years", "/cm2", "/cm²"] where lower.hasSuffix(unit) {
    let bare = text.dropLast(unit.count).trimmingSpaces()
    if case .number(let value) = readNumber(bare) {
      let millimetres = unit == "cm" ? plain(value * 10) : bare
      return "carries a unit; write the number alone: \(millimetres)"
    }
  }
  return "is not a number"
}

extension StringProtocol {
  fileprivate func trimmingSpaces() -> String {
    var text = Substring(self)
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

/// A number as a person writes it in a design: at most six decimals.
func plain(_ value: Double) -> String { short(value, 6) }
