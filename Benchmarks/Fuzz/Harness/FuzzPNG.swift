@testable import PNGImage

/// Most pixels that are read here: a header of a few bytes may claim 270 million, and one run is to take little time.
private let limits = PNGReadLimits(pixels: 1 << 20)

/// Decodes the input as a PNG file, at both depths, and its texts alone.
func fuzzPNG(_ input: [UInt8]) {
  let bytes = checksummed(input)
  do {
    let read = try decodePNG(bytes, depth: .eight, limits: limits)
    let count = read.pixels.width * read.pixels.height
    precondition(read.raster.pixels.count == count * 3)
    let deep = try decodePNG(bytes, depth: .sixteen, limits: limits)
    guard case .sixteen(let samples) = deep.pixels.samples else { fatalError("not as deep as was asked for") }
    precondition(samples.count == count * 4 && deep.texts == read.texts)
  } catch {
    precondition(!"\(error)".isEmpty)
  }
  _ = try? readPNGTexts(bytes, limits: limits)
}

/// The input with the right signature and the right checksum behind each chunk: mutations would hardly ever pass these.
private func checksummed(_ input: [UInt8]) -> [UInt8] {
  guard input.count >= 8 else { return input }
  var bytes = input
  bytes.replaceSubrange(0..<8, with: pngSignature)
  var at = 8
  while at + 12 <= bytes.count {
    let length = bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
    guard length <= bytes.count - at - 12 else { break }
    let end = at + 8 + length
    let sum = crc32(bytes[at + 4..<end])
    for k in 0..<4 { bytes[end + k] = UInt8(truncatingIfNeeded: sum >> (24 - 8 * UInt32(k))) }
    at = end + 4
  }
  return bytes
}

private let crcTable: [UInt32] = (0..<256).map { byte in
  (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
}

private func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
  ~bytes.reduce(~0) { crcTable[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
}
