// PNG bytes to RGBA samples. Sizes are checked against the limits before anything is allocated for them.

import CPNGShim
import Files

/// What a reader accepts.
public struct PNGReadLimits: Sendable, Equatable {
  /// Longest width or height, pixels.
  public var side: Int
  /// Most pixels in all.
  public var pixels: Int
  /// Largest text or colour-profile chunk once unpacked, bytes.
  public var chunkBytes: Int
  /// How many text and unknown chunks are kept.
  public var chunks: Int

  public init(side: Int = 65_535, pixels: Int = 270_000_000, chunkBytes: Int = 8 << 20, chunks: Int = 1000) {
    self.side = side
    self.pixels = pixels
    self.chunkBytes = chunkBytes
    self.chunks = chunks
  }
}

/// Sample depth to decode to, whatever the file has.
public enum PNGDepth: Sendable {
  case eight, sixteen
}

/// A PNG file that was read.
public struct DecodedPNG: Sendable, Equatable {
  /// RGBA samples. Grey and palette are expanded; a file without transparency gives opaque pixels.
  public var pixels: PNGPixels
  /// Text entries in file order.
  public var texts: [PNGText]
  /// Resolution from pHYs, pixels per metre, when the file says it in metres and pixels are square.
  public var pixelsPerMetre: Int?

  /// The colours alone, alpha ignored, 8 bits per sample (16-bit samples rounded).
  public var raster: RasterImage {
    let count = pixels.width * pixels.height
    var rgb = [UInt8](repeating: 0, count: count * 3)
    func strip<Sample>(_ samples: [Sample], _ narrow: (Sample) -> UInt8) {
      for i in 0..<count {
        for channel in 0..<3 { rgb[i * 3 + channel] = narrow(samples[i * 4 + channel]) }
      }
    }
    switch pixels.samples {
    case .eight(let samples): strip(samples) { $0 }
    case .sixteen(let samples): strip(samples) { UInt8((UInt32($0) * 255 + 32767) / 65535) }
    }
    return RasterImage(width: pixels.width, height: pixels.height, pixels: rgb)
  }
}

/// Decodes a PNG file of any colour type, depth and interlacing to RGBA.
///
/// Checksums, structure and the final chunk are all checked: a file that is cut short or damaged is an error, not
/// a partial picture. Colour chunks (gAMA, cHRM, iCCP) are not applied; samples are taken to be sRGB.
public func decodePNG(
  _ bytes: [UInt8], depth: PNGDepth = .eight, limits: PNGReadLimits = PNGReadLimits()
) throws(PNGError) -> DecodedPNG {
  let outcome: DecodeOutcome = bytes.withUnsafeBufferPointer { buffer in
    if let problem = chunkProblem(buffer) { return .failure(problem) }
    guard let reader = cpng_reader_new(buffer.baseAddress, buffer.count) else {
      return .failure(.malformed("out of memory"))
    }
    defer { cpng_reader_free(reader) }
    do throws(PNGError) {
      return .success(try decode(reader, depth: depth, limits: limits))
    } catch {
      return .failure(error)
    }
  }
  return try outcome.get()
}

/// Why the chunks of a file cannot be as they say, before memory is taken for them: a length beyond the file's end.
private func chunkProblem(_ bytes: UnsafeBufferPointer<UInt8>) -> PNGError? {
  var at = pngSignature.count
  while at + 8 <= bytes.count {
    let length = bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
    let name = bytes[at + 4..<at + 8]
    if length > bytes.count - at - 8 {
      let isName = name.allSatisfy { (65...90).contains($0) || (97...122).contains($0) }
      return .malformed(
        "the file ends early: chunk \(isName ? String(decoding: name, as: UTF8.self) : "at byte \(at)") says \(length) bytes, "
          + "\(bytes.count - at - 8) are left")
    }
    if name.elementsEqual("IEND".utf8) { break }
    at += 12 + length
  }
  return nil
}

/// The eight bytes that every PNG file begins with.
package let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

/// The text entries before a PNG file's pixels, in file order; the pixels are not decoded.
package func readPNGTexts(_ bytes: [UInt8], limits: PNGReadLimits = PNGReadLimits()) throws(PNGError) -> [PNGText] {
  let outcome: Result<[PNGText], PNGError> = bytes.withUnsafeBufferPointer { buffer in
    if let problem = chunkProblem(buffer) { return .failure(problem) }
    guard let reader = cpng_reader_new(buffer.baseAddress, buffer.count) else {
      return .failure(.malformed("out of memory"))
    }
    defer { cpng_reader_free(reader) }
    do throws(PNGError) {
      _ = try readHeader(reader, limits: limits)
      return .success((0..<cpng_text_count(reader)).map { text(reader, $0) })
    } catch {
      return .failure(error)
    }
  }
  return try outcome.get()
}

private typealias DecodeOutcome = Result<DecodedPNG, PNGError>

private func readHeader(_ reader: OpaquePointer, limits: PNGReadLimits) throws(PNGError) -> cpng_header {
  var bounds = cpng_limits()
  bounds.side = UInt32(clamping: min(limits.side, Int(Int32.max)))
  bounds.chunk_bytes = max(1, limits.chunkBytes)
  bounds.chunks = UInt32(clamping: max(1, limits.chunks))
  var header = cpng_header()
  guard cpng_read_header(reader, &bounds, &header) else { throw .malformed(reason(reader)) }
  return header
}

private func decode(_ reader: OpaquePointer, depth: PNGDepth, limits: PNGReadLimits) throws(PNGError) -> DecodedPNG {
  let header = try readHeader(reader, limits: limits)
  let (width, height) = (Int(header.width), Int(header.height))
  guard width * height <= limits.pixels else {
    throw .tooLarge("\(width) × \(height) pixels (at most \(limits.pixels) in all)")
  }
  // Small pictures are not worth asking for.
  let need = width * height * (depth == .eight ? 4 : 8)
  if need > 16 << 20, let problem = memoryProblem(need: need) {
    throw .tooLarge("\(width) × \(height) pixels, for which \(problem)")
  }
  let samples: PNGPixels.Samples =
    switch depth {
    case .eight: .eight(try readSamples(reader, depth: 8, count: width * height * 4))
    case .sixteen: .sixteen(try readSamples(reader, depth: 16, count: width * height * 4))
    }
  return DecodedPNG(
    pixels: PNGPixels(width: width, height: height, channels: .rgba, samples: samples),
    texts: (0..<cpng_text_count(reader)).map { text(reader, $0) },
    pixelsPerMetre: header.pixels_per_metre > 0 ? Int(header.pixels_per_metre) : nil)
}

private func readSamples<Sample: FixedWidthInteger>(
  _ reader: OpaquePointer, depth: Int32, count: Int
) throws(PNGError) -> [Sample] {
  var done = false
  let samples = [Sample](unsafeUninitializedCapacity: count) { buffer, initialized in
    done = cpng_read_rgba(reader, depth, buffer.baseAddress)
    initialized = done ? count : 0
  }
  guard done else { throw .malformed(reason(reader)) }
  return samples
}

private func reason(_ reader: OpaquePointer) -> String { String(cString: cpng_reader_message(reader)) }

private func text(_ reader: OpaquePointer, _ index: Int) -> PNGText {
  var count = 0
  var isUTF8 = false
  let entry = cpng_text_at(reader, index, &count, &isUTF8)
  let bytes = UnsafeRawBufferPointer(start: entry.text, count: count)
  return PNGText(
    keyword: latin1(UnsafeRawBufferPointer(start: entry.keyword, count: strlen(entry.keyword))),
    text: isUTF8 ? String(decoding: bytes, as: UTF8.self) : latin1(bytes))
}

private func latin1(_ bytes: UnsafeRawBufferPointer) -> String {
  var text = ""
  for byte in bytes { text.unicodeScalars.append(Unicode.Scalar(byte)) }
  return text
}

private func strlen(_ text: UnsafePointer<CChar>) -> Int {
  var count = 0
  while text[count] != 0 { count += 1 }
  return count
}
