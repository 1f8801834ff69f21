// Several pictures in one PNG file that shows them one after the other (APNG; W3C. Portable Network Graphics specification, third
// edition. 2025). A program that knows nothing of it shows the first.
//
// libpng writes each picture by itself; here their pixels are put into one file: those of the first stay IDAT, those of the
// others become fdAT, each with its number, and before each stands how long it is shown (fcTL).

import Files

/// A picture of an animation and how long it is shown, milliseconds, 1 to 65535.
public struct AnimationFrame: Sendable {
  public var image: RasterImage
  public var milliseconds: Int

  public init(_ image: RasterImage, milliseconds: Int) { (self.image, self.milliseconds) = (image, milliseconds) }
}

/// The animated PNG file of some pictures of one size, shown over and over. The same input gives the same bytes with the same
/// build of zlib.
///
/// Throws `PNGError` for no frame, frames of different sizes, or a time outside its range.
public func encodeAnimatedPNG(_ frames: [AnimationFrame], options: PNGOptions = PNGOptions()) throws(PNGError)
  -> [UInt8]
{
  guard let first = frames.first?.image else { throw .invalidImage("an animation without pictures") }
  var encoder = AnimationEncoder(count: frames.count, width: first.width, height: first.height, options: options)
  for frame in frames { try encoder.append(frame) }
  return encoder.finished()
}

/// Puts an animation together picture by picture, so that memory holds one of them at a time.
public struct AnimationEncoder {
  private let count: Int
  private let width: Int
  private let height: Int
  private let options: PNGOptions
  private var bytes: [UInt8] = []
  private var end: [UInt8] = []
  /// One counter runs over fcTL and fdAT.
  private var sequence: UInt32 = 0
  private var added = 0

  /// - Parameters:
  ///   - count: how many pictures will be added; at least 1.
  ///   - width: of each, pixels; height: the same.
  public init(count: Int, width: Int, height: Int, options: PNGOptions = PNGOptions()) {
    (self.count, self.width, self.height, self.options) = (count, width, height, options)
  }

  /// Adds the next picture.
  public mutating func append(_ frame: AnimationFrame) throws(PNGError) {
    guard frame.image.width == width, frame.image.height == height else {
      throw .invalidImage("the pictures of an animation differ in size")
    }
    guard (1...65_535).contains(frame.milliseconds) else {
      throw .invalidImage("\(frame.milliseconds) milliseconds (allowed: 1 to 65535)")
    }
    let isFirst = added == 0
    let encoded = try encodePNG(
      frame.image, options: isFirst ? options : PNGOptions(compressionLevel: options.compressionLevel))
    var isBehindPixels = false
    for chunk in chunks(of: encoded) {
      switch chunk.name {
      case "IDAT":
        if !isBehindPixels {
          if isFirst { put("acTL", bigEndian(UInt32(count)) + bigEndian(0)) }
          putControl(frame.milliseconds)
        }
        isBehindPixels = true
        if isFirst {
          put("IDAT", Array(chunk.body))
        } else {
          put("fdAT", bigEndian(sequence) + chunk.body)
          sequence += 1
        }
      case "IEND": if isFirst { end = Array(chunk.whole) }
      default: if isFirst { bytes += chunk.whole }
      }
    }
    added += 1
  }

  /// The file; all pictures must have been added.
  public func finished() -> [UInt8] { bytes + end }

  private mutating func putControl(_ milliseconds: Int) {
    var body = bigEndian(sequence) + bigEndian(UInt32(width)) + bigEndian(UInt32(height)) + bigEndian(0) + bigEndian(0)
    sequence += 1
    body += [milliseconds, 1000].flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    // Stays as it is, and takes the place of what was there.
    put("fcTL", body + [0, 0])
  }

  private mutating func put(_ name: String, _ body: [UInt8]) {
    let named = Array(name.utf8) + body
    bytes += bigEndian(UInt32(body.count)) + named + bigEndian(crc32(named))
  }
}

private struct Chunk {
  var name: String
  var body: ArraySlice<UInt8>
  /// With length and check sum; of the first chunk with the file's signature before it.
  var whole: ArraySlice<UInt8>
}

/// The chunks of a file that libpng wrote.
private func chunks(of file: [UInt8]) -> [Chunk] {
  var chunks: [Chunk] = []
  var at = 8
  while at + 12 <= file.count {
    let length = file[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
    let end = at + 12 + length
    guard end <= file.count else { break }
    chunks.append(
      Chunk(
        name: String(decoding: file[at + 4..<at + 8], as: UTF8.self), body: file[at + 8..<end - 4],
        whole: file[(chunks.isEmpty ? 0 : at)..<end]))
    at = end
  }
  return chunks
}

private func bigEndian(_ value: UInt32) -> [UInt8] {
  [UInt8(value >> 24), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
}

/// The check sum of chunks (ISO 3309).
private func crc32(_ bytes: [UInt8]) -> UInt32 {
  ~bytes.reduce(~UInt32(0)) { sum, byte in crcTable[Int((sum ^ UInt32(byte)) & 255)] ^ (sum >> 8) }
}

private let crcTable: [UInt32] = (0..<256).map { (n: UInt32) in
  (0..<8).reduce(n) { c, _ in c & 1 == 1 ? 0xEDB8_8320 ^ (c >> 1) : c >> 1 }
}
