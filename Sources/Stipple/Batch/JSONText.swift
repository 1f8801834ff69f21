// JSON (RFC 8259) of one line: what a manifest, a job's record and a job's report are written in.

import Files

/// What is wrong with a JSON text, and at which byte, counted from 1.
struct JSONProblem: Error {
  var column: Int
  var message: String
}

extension JSONValue {
  /// Reads one value that takes up all of `bytes`.
  ///
  /// Throws for anything that RFC 8259 does not allow, for a key that is written twice, for numbers beyond a `Double` and
  /// for more than 16 levels.
  init(reading bytes: [UInt8]) throws(JSONProblem) {
    var reader = JSONReader(bytes: bytes)
    self = try reader.whole()
  }

  /// The value on one line, keys in the order given.
  var line: String {
    switch self {
    case .list(let items): "[" + items.map(\.line).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { JSONValue.quoted($0.0) + ": " + $0.1.line }.joined(separator: ", ") + "}"
    default: written()
    }
  }

  /// The value of a key; `nil` where this is no object or has no such key.
  subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { members.first { $0.0 == key }?.1 } else { nil }
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }

  var integer: Int? { if case .integer(let value) = self { value } else { nil } }

  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .unsigned(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// Items that are text; `nil` where this is no list of texts.
  var texts: [String]? {
    guard case .list(let items) = self else { return nil }
    let texts = items.compactMap(\.text)
    return texts.count == items.count ? texts : nil
  }

  /// What it is, for messages.
  var described: String {
    switch self {
    case .text(let text): "'\(shown(text, atMost: 40))'"
    case .number, .integer, .unsigned, .flag, .null: written()
    case .list(let items): "a list of \(items.count)"
    case .object: "an object"
    }
  }
}

private struct JSONReader {
  let bytes: [UInt8]
  private var i = 0

  private static let deepest = 16

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func whole() throws(JSONProblem) -> JSONValue {
    let read = try value(depth: 0)
    skipBlanks()
    if i < bytes.count { throw problem("\(found) after the end of the JSON") }
    return read
  }

  private mutating func value(depth: Int) throws(JSONProblem) -> JSONValue {
    skipBlanks()
    if depth > Self.deepest { throw problem("more than \(Self.deepest) levels") }
    guard let byte = peek else { throw problem("the line ends where a JSON value belongs") }
    switch byte {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try list(depth: depth)
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default:
      if take("true") { return .flag(true) }
      if take("false") { return .flag(false) }
      if take("null") { return .null }
      throw problem("\(found) where a JSON value belongs")
    }
  }

  private mutating func object(depth: Int) throws(JSONProblem) -> JSONValue {
    i += 1
    var members: [(String, JSONValue)] = []
    var names: Set<String> = []
    skipBlanks()
    if take("}") { return .object([]) }
    repeat {
      skipBlanks()
      if peek != UInt8(ascii: "\"") { throw problem("\(found) where a name in double quotes belongs") }
      let start = i
      let name = try string()
      if !names.insert(name).inserted { throw JSONProblem(column: start + 1, message: "'\(name)' is there twice") }
      skipBlanks()
      if !take(":") { throw problem("\(found) where ':' belongs") }
      members.append((name, try value(depth: depth + 1)))
      skipBlanks()
    } while take(",")
    if !take("}") { throw problem("\(found) where ',' or '}' belongs") }
    return .object(members)
  }

  private mutating func list(depth: Int) throws(JSONProblem) -> JSONValue {
    i += 1
    var items: [JSONValue] = []
    skipBlanks()
    if take("]") { return .list([]) }
    repeat {
      items.append(try value(depth: depth + 1))
      skipBlanks()
    } while take(",")
    if !take("]") { throw problem("\(found) where ',' or ']' belongs") }
    return .list(items)
  }

  private mutating func string() throws(JSONProblem) -> String {
    let start = i
    i += 1
    var utf8: [UInt8] = []
    while let byte = peek, byte != UInt8(ascii: "\"") {
      if byte < 0x20 { throw problem("a control character within text") }
      i += 1
      if byte == UInt8(ascii: "\\") {
        utf8 += Array(String(Character(try escaped())).utf8)
      } else {
        utf8.append(byte)
      }
    }
    if !take("\"") { throw JSONProblem(column: start + 1, message: "the text that begins here has no end") }
    guard let text = String(validating: utf8, as: UTF8.self) else {
      throw JSONProblem(column: start + 1, message: "text that is not UTF-8")
    }
    return text
  }

  /// The character behind a backslash.
  private mutating func escaped() throws(JSONProblem) -> Unicode.Scalar {
    let plain: [(StaticString, Unicode.Scalar)] = [
      ("\"", "\""), ("\\", "\\"), ("/", "/"), ("b", "\u{8}"), ("f", "\u{C}"), ("n", "\n"), ("r", "\r"), ("t", "\t"),
    ]
    for (letter, scalar) in plain where take(letter) { return scalar }
    guard take("u") else { throw problem("\(found) behind a backslash") }
    let first = try fourDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    // Characters beyond U+FFFF come as two halves.
    if first < 0xDC00, take("\\u") {
      let second = try fourDigits()
      if (0xDC00...0xDFFF).contains(second), let scalar = Unicode.Scalar((first - 0xD800) << 10 + second + 0x2400) {
        return scalar
      }
    }
    throw problem("half a character")
  }

  private mutating func fourDigits() throws(JSONProblem) -> UInt32 {
    let digits = bytes[i..<min(i + 4, bytes.count)]
    guard digits.count == 4, digits.allSatisfy(isHex),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw problem("\\u takes four hexadecimal digits") }
    i += 4
    return value
  }

  private func isHex(_ byte: UInt8) -> Bool { Unicode.Scalar(byte).properties.isASCIIHexDigit }

  private mutating func number() throws(JSONProblem) -> JSONValue {
    let start = i
    _ = take("-")
    if !take("0") { try digits() }
    var isWhole = true
    if take(".") {
      isWhole = false
      try digits()
    }
    if take("e") || take("E") {
      isWhole = false
      if !take("+") { _ = take("-") }
      try digits()
    }
    let text = String(decoding: bytes[start..<i], as: UTF8.self)
    if isWhole, let value = Int(text) { return .integer(value) }
    if isWhole, let value = UInt64(text) { return .unsigned(value) }
    if let value = Double(text), value.isFinite { return .number(value) }
    throw JSONProblem(column: start + 1, message: "a number beyond what is held")
  }

  private mutating func digits() throws(JSONProblem) {
    let start = i
    while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { i += 1 }
    if i == start { throw problem("\(found) where a digit belongs") }
  }

  // MARK: Bytes

  private var peek: UInt8? { i < bytes.count ? bytes[i] : nil }

  private mutating func skipBlanks() {
    while let byte = peek, byte == 32 || byte == 9 || byte == 10 || byte == 13 { i += 1 }
  }

  private mutating func take(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard i + count <= bytes.count else { return false }
    for k in 0..<count where bytes[i + k] != word.utf8Start[k] { return false }
    i += count
    return true
  }

  private var found: String {
    guard let byte = peek else { return "the line ends" }
    return byte > 32 && byte < 127 ? "'\(Character(Unicode.Scalar(byte)))'" : "byte \(byte)"
  }

  private func problem(_ message: String) -> JSONProblem { JSONProblem(column: i + 1, message: message) }
}
