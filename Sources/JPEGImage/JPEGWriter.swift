// RGB samples to JPEG bytes, by libjpeg-turbo: baseline, colour at half width and height, whole-number transform, Huffman
// tables made for the picture. No clock and no machine in it: the same picture gives the same bytes.

import CJPEGShim

/// Sides that a JPEG file can have, pixels.
public let jpegSides = 1...65_500

/// Encodes a picture as a JPEG file without metadata.
///
/// - Parameters:
///   - samples: `width * height * 3` samples of RGB, sRGB encoded, row-major from the top left.
///   - width: columns, in `jpegSides`.
///   - height: rows, in `jpegSides`.
///   - quality: 1 to 100 as libjpeg counts it; 80 and more hides its blocks on skin.
///
/// The same samples give the same bytes with the same libjpeg-turbo. Throws `JPEGError`: `tooLarge` for a side that a JPEG
/// cannot have, `malformed` for samples that do not fit the size, a quality that there is not, or memory that would not do.
public func encodeJPEG(_ samples: [UInt8], width: Int, height: Int, quality: Int) throws(JPEGError) -> [UInt8] {
  guard jpegSides.contains(width), jpegSides.contains(height) else {
    throw .tooLarge("\(width) x \(height) pixels; sides are \(jpegSides.lowerBound) to \(jpegSides.upperBound)")
  }
  guard samples.count == width * height * 3 else {
    throw .malformed("\(samples.count) samples for \(width) x \(height) pixels of three")
  }
  guard (1...100).contains(quality) else { throw .malformed("quality \(quality) is outside 1 to 100") }
  var message = [CChar](repeating: 0, count: Int(CJPEG_MESSAGE_SIZE))
  var count = 0
  guard let bytes = cjpeg_write_rgb(samples, UInt32(width), UInt32(height), Int32(quality), &count, &message) else {
    throw .malformed(String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }
  defer { cjpeg_free(bytes) }
  return Array(UnsafeBufferPointer(start: bytes, count: count))
}
