// A place in a text file of numbers, with the number reader that OBJ, PLY and STL share.

let newline = UInt8(ascii: "\n")
let carriageReturn = UInt8(ascii: "\r")
let space = UInt8(ascii: " ")
let tab = UInt8(ascii: "\t")
let hash = UInt8(ascii: "#")
let minus = UInt8(ascii: "-")

/// Largest coordinate that is taken from a file, in its units: a head 1000 km wide is a mistake.
let largestCoordinate: Double = 1e6

/// Walks over the bytes of a text file. The bytes are handed to each call: a span cannot be kept.
struct TextCursor {
  /// How the file is called in errors.
  let name: String
  /// Where the cursor stands.
  var i = 0
  /// A byte that ends a number besides blanks and `#`: the continuation of a line in OBJ.
  let numberEnd: UInt8

  init(name: String, numberEnd: UInt8 = 0) {
    self.name = name
    self.numberEnd = numberEnd
  }

  @inline(__always)
  static func isDigit(_ c: UInt8) -> Bool { c &- 48 < 10 }

  /// A finite decimal number, rounded correctly to Double.
  ///
  /// W. D. Clinger. How to read floating point numbers accurately. 1990: with at most 15 digits and a power of
  /// ten up to 22, one multiplication or division is exact enough. All others go to the standard library.
  mutating func number(_ b: Span<UInt8>) throws(MeshFileError) -> Double {
    let start = i
    var mantissa: UInt64 = 0
    var digits = 0
    var significant = 0
    var exponent = 0
    let negative = i < b.count && b[i] == minus
    if i < b.count && (b[i] == minus || b[i] == UInt8(ascii: "+")) { i += 1 }
    while i < b.count && Self.isDigit(b[i]) {
      if significant > 0 || b[i] != 48 { significant += 1 }
      if significant <= 19 { mantissa = mantissa &* 10 &+ UInt64(b[i] - 48) }
      digits += 1
      i += 1
    }
    if i < b.count && b[i] == UInt8(ascii: ".") {
      i += 1
      while i < b.count && Self.isDigit(b[i]) {
        if significant > 0 || b[i] != 48 { significant += 1 }
        if significant <= 19 {
          mantissa = mantissa &* 10 &+ UInt64(b[i] - 48)
          exponent -= 1
        }
        digits += 1
        i += 1
      }
    }
    if digits == 0 { throw notANumber(b, start) }
    var exact = true
    if i < b.count && (b[i] | 0x20) == UInt8(ascii: "e") {
      i += 1
      let negativeExponent = i < b.count && b[i] == minus
      if i < b.count && (b[i] == minus || b[i] == UInt8(ascii: "+")) { i += 1 }
      var value = 0
      var count = 0
      while i < b.count && Self.isDigit(b[i]) {
        if value < 10_000 { value = value * 10 + Int(b[i] - 48) }
        count += 1
        i += 1
      }
      if count == 0 { throw notANumber(b, start) }
      exponent += negativeExponent ? -value : value
      exact = value < 10_000
    }
    if i < b.count && b[i] > space && b[i] != hash && b[i] != numberEnd { throw notANumber(b, start) }
    if exact && significant <= 15 && abs(exponent) <= 22 {
      let magnitude = Double(mantissa)
      let value = exponent < 0 ? magnitude / powersOfTen[-exponent] : magnitude * powersOfTen[exponent]
      return negative ? -value : value
    }
    guard let value = Double(text(b, start..<i)), value.isFinite else {
      throw error(b, start, "coordinate \(token(b, start)) is out of range: -1000000 to 1000000")
    }
    return value
  }

  /// A number that is a coordinate.
  @inline(__always)
  mutating func coordinate(_ b: Span<UInt8>) throws(MeshFileError) -> Double {
    let start = i
    let value = try number(b)
    if abs(value) > largestCoordinate {
      throw error(b, start, "coordinate \(token(b, start)) is out of range: -1000000 to 1000000")
    }
    return value
  }

  /// Passes blanks and line ends.
  @inline(__always)
  mutating func skipWhite(_ b: Span<UInt8>) {
    while i < b.count && b[i] <= space { i += 1 }
  }

  /// Passes a word and gives its range.
  mutating func word(_ b: Span<UInt8>) -> Range<Int> {
    let start = i
    while i < b.count && b[i] > space { i += 1 }
    return start..<i
  }

  /// The rest of the line without blanks at its ends; the cursor moves past the line end.
  ///
  /// - Parameter lineEndsAreCR: lines end with a carriage return alone, so that a line feed after it is data.
  mutating func line(_ b: Span<UInt8>, lineEndsAreCR: Bool = false) -> Range<Int> {
    while i < b.count && (b[i] == space || b[i] == tab) { i += 1 }
    let start = i
    while i < b.count && b[i] != newline && b[i] != carriageReturn { i += 1 }
    var end = i
    while end > start && b[end - 1] <= space { end -= 1 }
    if i < b.count && b[i] == carriageReturn {
      i += 1
      if !lineEndsAreCR && i < b.count && b[i] == newline { i += 1 }
    } else if i < b.count {
      i += 1
    }
    return start..<end
  }

  /// A range as text; what is no UTF-8 is replaced.
  func text(_ b: Span<UInt8>, _ range: Range<Int>) -> String {
    String(decoding: range.map { b[$0] }, as: UTF8.self)
  }

  /// What stands at an offset, for messages: printable characters up to the next blank, at most 24.
  func token(_ b: Span<UInt8>, _ start: Int) -> String {
    var end = start
    while end < b.count && b[end] > space && end - start < 24 { end += 1 }
    let text = String(decoding: (start..<end).map { b[$0] < 127 ? b[$0] : UInt8(ascii: "?") }, as: UTF8.self)
    return end < b.count && b[end] > space ? text + "…" : text
  }

  func notANumber(_ b: Span<UInt8>, _ start: Int) -> MeshFileError {
    if start >= b.count { return error(b, start, "the file ends early: a number is missing") }
    return error(b, start, "'\(token(b, start))' is not a number; allowed are finite decimals such as 12.5 or -3e-2")
  }

  /// An error at an offset, with its line and column.
  func error(_ b: Span<UInt8>, _ offset: Int, _ message: String) -> MeshFileError {
    var line = 1
    var lineStart = 0
    for k in 0..<min(offset, b.count) where b[k] == newline {
      line += 1
      lineStart = k + 1
    }
    return MeshFileError(file: name, line: line, column: offset - lineStart + 1, message: message)
  }
}

private let powersOfTen: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
]
