// JSON (RFC 8259) as a flat list of nodes that point back into the bytes: numbers and strings are read when asked for,
// so that a picture of 100 MB inside a string costs nothing, and every error can name its line and column.
//
//   [1, {"a": 2}]   ->   array, number, object, string, number       each with the node that follows its subtree

struct JSONTree {
  enum Kind: UInt8 {
    case object, array, string, number, yes, no, null
  }

  struct Node {
    var kind: Kind
    /// First byte, and the byte after the last; quotes of strings are outside.
    var start: UInt32
    var end: UInt32
    /// The node after this one's subtree.
    var next: UInt32
  }

  let bytes: [UInt8]
  let name: String
  /// Where `bytes` begins in the file, for files whose JSON is part of a binary container; `nil` for text files.
  let base: Int?
  private(set) var nodes: [Node] = []
  private var i = 0

  private static let deepest = 128

  /// Parses all of `bytes`.
  init(_ bytes: [UInt8], named name: String, base: Int? = nil) throws(MeshFileError) {
    self.bytes = bytes
    self.name = name
    self.base = base
    if bytes.count > Int(UInt32.max) - 1 {
      throw MeshFileError(file: name, message: "the JSON is longer than 4294967294 bytes")
    }
    if bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF { i = 3 }
    try value(depth: 0)
    skipBlanks()
    // A GLB's JSON may be filled up with blanks; zeros there are wrong but seen.
    if base != nil { while i < bytes.count && bytes[i] == 0 { i += 1 } }
    if i < bytes.count { throw unexpected("after the end of the JSON") }
  }

  private mutating func skipBlanks() {
    while i < bytes.count, bytes[i] == 32 || bytes[i] == 10 || bytes[i] == 13 || bytes[i] == 9 { i += 1 }
  }

  private mutating func value(depth: Int) throws(MeshFileError) {
    skipBlanks()
    if i >= bytes.count { throw unexpected("where a value is expected") }
    if depth > Self.deepest { throw error(at: i, "nested deeper than \(Self.deepest) levels") }
    switch bytes[i] {
    case UInt8(ascii: "{"): try object(depth: depth)
    case UInt8(ascii: "["): try array(depth: depth)
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "t"): try literal("true", .yes)
    case UInt8(ascii: "f"): try literal("false", .no)
    case UInt8(ascii: "n"): try literal("null", .null)
    default: try number()
    }
  }

  private mutating func object(depth: Int) throws(MeshFileError) {
    let node = open(.object)
    skipBlanks()
    if !take("}") {
      repeat {
        skipBlanks()
        if i >= bytes.count || bytes[i] != UInt8(ascii: "\"") { throw unexpected("where a name in quotes is expected") }
        try string()
        skipBlanks()
        if !take(":") { throw unexpected("where ':' is expected") }
        try value(depth: depth + 1)
        skipBlanks()
      } while take(",")
      if !take("}") { throw unexpected("where ',' or '}' is expected") }
    }
    close(node)
  }

  private mutating func array(depth: Int) throws(MeshFileError) {
    let node = open(.array)
    skipBlanks()
    if !take("]") {
      repeat {
        try value(depth: depth + 1)
        skipBlanks()
      } while take(",")
      if !take("]") { throw unexpected("where ',' or ']' is expected") }
    }
    close(node)
  }

  private mutating func string() throws(MeshFileError) {
    let start = i
    i += 1
    while i < bytes.count && bytes[i] != UInt8(ascii: "\"") {
      if bytes[i] < 32 { throw error(at: i, "a control character within a string") }
      i += bytes[i] == UInt8(ascii: "\\") ? 2 : 1
    }
    if i >= bytes.count { throw error(at: start, "the string that begins here has no end") }
    nodes.append(
      Node(kind: .string, start: UInt32(start + 1), end: UInt32(i), next: UInt32(nodes.count + 1)))
    i += 1
  }

  private mutating func literal(_ text: StaticString, _ kind: Kind) throws(MeshFileError) {
    let start = i
    for k in 0..<text.utf8CodeUnitCount {
      if i >= bytes.count || bytes[i] != text.utf8Start[k] {
        i = start
        throw unexpected("where a value is expected")
      }
      i += 1
    }
    nodes.append(Node(kind: kind, start: UInt32(start), end: UInt32(i), next: UInt32(nodes.count + 1)))
  }

  private mutating func number() throws(MeshFileError) {
    let start = i
    func digits() -> Bool {
      let first = i
      while i < bytes.count && TextCursor.isDigit(bytes[i]) { i += 1 }
      return i > first
    }
    _ = take("-")
    let first = i
    if !digits() {
      i = start
      throw unexpected("where a value is expected")
    }
    if bytes[first] == 48 && i > first + 1 { throw error(at: start, "a number begins with a needless zero") }
    if take("."), !digits() { throw unexpected("where a digit is expected") }
    if i < bytes.count && bytes[i] | 0x20 == UInt8(ascii: "e") {
      i += 1
      if !take("+") { _ = take("-") }
      if !digits() { throw unexpected("where a digit is expected") }
    }
    nodes.append(Node(kind: .number, start: UInt32(start), end: UInt32(i), next: UInt32(nodes.count + 1)))
  }

  private mutating func open(_ kind: Kind) -> Int {
    nodes.append(Node(kind: kind, start: UInt32(i), end: 0, next: 0))
    i += 1
    return nodes.count - 1
  }

  private mutating func close(_ node: Int) {
    nodes[node].end = UInt32(i)
    nodes[node].next = UInt32(nodes.count)
  }

  @inline(__always)
  private mutating func take(_ c: Unicode.Scalar) -> Bool {
    if i < bytes.count && bytes[i] == UInt8(ascii: c) {
      i += 1
      return true
    }
    return false
  }

  private func unexpected(_ where: String) -> MeshFileError {
    if i >= bytes.count { return error(at: bytes.count, "the JSON ends \(`where`)") }
    let c = bytes[i]
    let shown = c > 32 && c < 127 ? "'\(Character(Unicode.Scalar(c)))'" : "byte \(c)"
    return error(at: i, "found \(shown) \(`where`)")
  }

  /// An error at an offset within the JSON.
  func error(at offset: Int, _ message: String) -> MeshFileError {
    if let base { return MeshFileError(file: name, place: "byte \(base + offset)", message: message) }
    return TextCursor(name: name).error(bytes.span, offset, message)
  }
}

extension JSONTree {
  /// The value of a member, or `nil`. The first of equal names counts.
  func member(_ object: Int, _ key: StaticString) -> Int? {
    guard nodes[object].kind == .object else { return nil }
    let end = Int(nodes[object].next)
    var k = object + 1
    while k < end {
      let value = k + 1
      if matches(nodes[k], key) { return value }
      k = Int(nodes[value].next)
    }
    return nil
  }

  private func matches(_ node: Node, _ key: StaticString) -> Bool {
    let length = Int(node.end - node.start)
    if length != key.utf8CodeUnitCount { return false }
    for k in 0..<length where bytes[Int(node.start) + k] != key.utf8Start[k] { return false }
    return true
  }

  /// The nodes of an array's items; empty for anything else.
  func items(_ array: Int) -> [Int] {
    guard nodes[array].kind == .array else { return [] }
    var found: [Int] = []
    var k = array + 1
    while k < Int(nodes[array].next) {
      found.append(k)
      k = Int(nodes[k].next)
    }
    return found
  }

  /// The names in an object, in file order.
  func keys(_ object: Int) -> [String] {
    guard nodes[object].kind == .object else { return [] }
    var found: [String] = []
    var k = object + 1
    while k < Int(nodes[object].next) {
      found.append(string(k) ?? "")
      k = Int(nodes[k + 1].next)
    }
    return found
  }

  /// The number at a node, or `nil` if it is none or not finite.
  func number(_ node: Int) -> Double? {
    let n = nodes[node]
    guard n.kind == .number else { return nil }
    var cursor = TextCursor(name: name)
    // JSON numbers are numbers of the text formats; one too large for a Double is refused.
    return try? cursor.number(bytes.span.extracting(Int(n.start)..<Int(n.end)))
  }

  /// The whole number at a node, or `nil`.
  func integer(_ node: Int) -> Int? { number(node).flatMap { Int(exactly: $0) } }

  /// The text of a string, with escapes resolved, or `nil` if the node is none.
  func string(_ node: Int) -> String? { utf8(node).map { String(decoding: $0, as: UTF8.self) } }

  /// The bytes of a string, with escapes resolved, or `nil` if the node is none.
  func utf8(_ node: Int) -> [UInt8]? {
    let n = nodes[node]
    return n.kind == .string ? unescaped(Int(n.start)..<Int(n.end)) : nil
  }

  /// Bytes of a node with all that is in it.
  func length(of node: Int) -> Int { Int(nodes[node].end) - Int(nodes[node].start) }

  /// What is written at a node, for messages: at most 24 characters.
  func text(_ node: Int) -> String {
    let n = nodes[node]
    let text = String(decoding: bytes[Int(n.start)..<min(Int(n.end), Int(n.start) + 24)], as: UTF8.self)
    return n.end - n.start > 24 ? text + "…" : text
  }

  /// The bytes of a string with escapes resolved. What is no escape stays.
  private func unescaped(_ range: Range<Int>) -> [UInt8] {
    let slice = bytes[range]
    if !slice.contains(UInt8(ascii: "\\")) { return Array(slice) }
    var out: [UInt8] = []
    var k = range.lowerBound
    while k < range.upperBound {
      if bytes[k] != UInt8(ascii: "\\") || k + 1 >= range.upperBound {
        out.append(bytes[k])
        k += 1
        continue
      }
      k += 2
      switch bytes[k - 1] {
      case UInt8(ascii: "n"): out.append(10)
      case UInt8(ascii: "t"): out.append(9)
      case UInt8(ascii: "r"): out.append(13)
      case UInt8(ascii: "b"): out.append(8)
      case UInt8(ascii: "f"): out.append(12)
      case UInt8(ascii: "u"):
        var code = hex(k, range)
        if code != nil { k += 4 }
        // A pair of surrogates is one character.
        if let high = code, (0xD800..<0xDC00).contains(high), k + 6 <= range.upperBound, bytes[k] == UInt8(ascii: "\\"),
          bytes[k + 1] == UInt8(ascii: "u"), let low = hex(k + 2, range), (0xDC00..<0xE000).contains(low)
        {
          code = 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
          k += 6
        }
        out += String(Character(Unicode.Scalar(code ?? 0xFFFD) ?? "\u{FFFD}")).utf8
      default: out.append(bytes[k - 1])
      }
    }
    return out
  }

  private func hex(_ at: Int, _ range: Range<Int>) -> UInt32? {
    if at + 4 > range.upperBound { return nil }
    // Digits only: the standard library would take a sign
    if bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { return nil }
    return UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
  }
}
