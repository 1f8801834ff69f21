// Fitted numbers as text in the source: a literal of a hundred thousand numbers takes the compiler minutes, a string
// none. Each block of numbers has a scale of its own; a number is stored as the square root of its share of the scale,
// so that the faint end of a profile keeps its precision. Digits are those of base64.

/// Blocks of numbers that are not negative, packed as text.
package enum PackedTable {
  /// The numbers of all blocks, in order.
  ///
  /// - Parameters:
  ///   - block: numbers per block.
  ///   - digits: characters per number: 2 (12 bits) or 3 (18 bits).
  package static func unpack(_ text: StaticString, block: Int, digits: Int) -> [Float] {
    text.withUTF8Buffer { unpack($0, block: block, digits: digits) }
  }

  /// The same from bytes.
  package static func unpack(_ bytes: some Collection<UInt8>, block: Int, digits: Int) -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(bytes.count / digits)
    var rest = bytes.makeIterator()
    func next() -> UInt32? {
      while let byte = rest.next() {
        if let digit = value(of: byte) { return digit }
      }
      return nil
    }
    func number(_ count: Int) -> UInt32? {
      var sum: UInt32 = 0
      for _ in 0..<count {
        guard let digit = next() else { return nil }
        sum = sum << 6 | digit
      }
      return sum
    }
    let full = Float((1 << (6 * digits)) - 1)
    while let high = number(3), let low = number(3) {
      let scale = Float(bitPattern: high << 16 | low)
      for _ in 0..<block {
        guard let q = number(digits) else { return values }
        let root = Float(q) / full
        values.append(scale * root * root)
      }
    }
    return values
  }

  /// The text of `values`, in lines of 110 characters.
  package static func pack(_ values: [Float], block: Int, digits: Int) -> [String] {
    var codes: [UInt8] = []
    func put(_ value: UInt32, _ count: Int) {
      for i in stride(from: count - 1, through: 0, by: -1) { codes.append(alphabet[Int(value >> (6 * i) & 63)]) }
    }
    let full = Float((1 << (6 * digits)) - 1)
    for start in stride(from: 0, to: values.count, by: block) {
      let part = values[start..<min(start + block, values.count)]
      let scale = part.reduce(0, max)
      put(scale.bitPattern >> 16, 3)
      put(scale.bitPattern & 0xFFFF, 3)
      for value in part {
        put(scale > 0 ? UInt32(((max(value, 0) / scale).squareRoot() * full).rounded()) : 0, digits)
      }
    }
    return stride(from: 0, to: codes.count, by: 110).map { i in
      String(decoding: codes[i..<min(i + 110, codes.count)], as: UTF8.self)
    }
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static func value(of byte: UInt8) -> UInt32? {
    switch byte {
    case 65...90: UInt32(byte) - 65
    case 97...122: UInt32(byte) - 71
    case 48...57: UInt32(byte) + 4
    case 43: 62
    case 47: 63
    default: nil
    }
  }
}
