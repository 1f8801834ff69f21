// What the tests need to know of a PNG file's structure: a signature of 8 bytes, then chunks of length, name, data
// and checksum.

/// The chunks of a file as ranges of their data, as far as lengths make sense.
private func chunks(_ bytes: [UInt8]) -> [Range<Int>] {
  var found: [Range<Int>] = []
  var i = 8
  while i + 12 <= bytes.count {
    let length = bytes[i..<i + 4].reduce(0) { $0 << 8 | Int($1) }
    guard length <= bytes.count - i - 12 else { break }
    found.append(i + 8..<i + 8 + length)
    i += 12 + length
  }
  return found
}

/// Chunk names in file order.
func chunkNames(_ bytes: [UInt8]) -> [String] {
  chunks(bytes).map { String(decoding: bytes[$0.lowerBound - 4..<$0.lowerBound], as: UTF8.self) }
}

/// Makes every checksum right again after a change.
func mendChecksums(_ bytes: inout [UInt8]) {
  for data in chunks(bytes) {
    let checksum = crc32(bytes[data.lowerBound - 4..<data.upperBound])
    for i in 0..<4 { bytes[data.upperBound + i] = UInt8((checksum >> (24 - 8 * UInt32(i))) & 255) }
  }
}

/// The checksum of a PNG chunk (ISO 3309).
private func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
  var crc = UInt32.max
  for byte in bytes {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc & 1 == 1 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1 }
  }
  return ~crc
}
