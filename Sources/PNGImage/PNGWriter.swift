// Pictures to PNG bytes. zlib level 1 with the Average filter alone: on skin-like pictures a tenth of the time
// of libpng's defaults for a tenth more bytes.
//
// Not written, so that the same picture gives the same bytes: the time chunk, paths, names, the host.

import CPNGShim
import Files

/// How a picture is stored.
public struct PNGOptions: Sendable, Equatable {
  /// Print resolution for the pHYs chunk, pixels per inch, above 0 and at most 100 000; `nil` leaves it out.
  public var dotsPerInch: Double?
  /// Text entries, written uncompressed as iTXt in this order before the picture.
  public var texts: [PNGText]
  /// zlib level, 0 (stored) to 9. Above 3 costs much time for a few percent.
  public var compressionLevel: Int

  public init(dotsPerInch: Double? = nil, texts: [PNGText] = [], compressionLevel: Int = 1) {
    self.dotsPerInch = dotsPerInch
    self.texts = texts
    self.compressionLevel = compressionLevel
  }
}

/// The PNG file of `image`: 8-bit RGB with an sRGB chunk. The same input gives the same bytes with the same
/// build of zlib.
public func encodePNG(_ image: RasterImage, options: PNGOptions = PNGOptions()) throws(PNGError) -> [UInt8] {
  try encodePNG(
    PNGPixels(width: image.width, height: image.height, channels: .rgb, samples: .eight(image.pixels)),
    options: options)
}

/// The PNG file of `pixels`, with an sRGB chunk. The same input gives the same bytes with the same build of zlib.
public func encodePNG(_ pixels: PNGPixels, options: PNGOptions = PNGOptions()) throws(PNGError) -> [UInt8] {
  let size = try checkedSize(of: pixels)
  let density = try pixelsPerMetre(options.dotsPerInch)
  guard (0...9).contains(options.compressionLevel) else {
    throw .invalidImage("compression level \(options.compressionLevel) is not allowed (0 to 9)")
  }
  var keywords: [[CChar]] = []
  var texts: [[CChar]] = []
  for entry in options.texts {
    keywords.append(try entry.latin1Keyword())
    texts.append(try entry.utf8Text())
  }

  var image = cpng_image()
  image.width = size.width
  image.height = size.height
  image.channels = Int32(pixels.channels.rawValue)
  image.depth = Int32(pixels.samples.depth)
  image.pixels_per_metre = density
  image.compression_level = Int32(options.compressionLevel)
  let outcome: EncodeOutcome =
    switch pixels.samples {
    case .eight(let samples):
      samples.withUnsafeBytes { encode(image, samples: $0, keywords: keywords, texts: texts) }
    case .sixteen(let samples):
      samples.withUnsafeBytes { encode(image, samples: $0, keywords: keywords, texts: texts) }
    }
  switch outcome {
  case .bytes(let bytes): return bytes
  case .failure(let reason): throw .invalidImage(reason)
  }
}

/// Encodes `image` and writes it to `path` in one step: either the complete file is there afterwards, or whatever
/// was there before. See `writeFileAtomically(_:to:)`.
public func writePNG(
  _ image: RasterImage, to path: String, options: PNGOptions = PNGOptions()
) throws(PNGError) {
  try writeEncoded(encodePNG(image, options: options), to: path)
}

/// Encodes `pixels` and writes them to `path` in one step.
public func writePNG(_ pixels: PNGPixels, to path: String, options: PNGOptions = PNGOptions()) throws(PNGError) {
  try writeEncoded(encodePNG(pixels, options: options), to: path)
}

private func writeEncoded(_ bytes: [UInt8], to path: String) throws(PNGError) {
  do throws(FileWriteError) {
    try writeFileAtomically(bytes, to: path)
  } catch {
    throw .file(error)
  }
}

/// Width and height as PNG stores them, once the samples are known to fill them.
private func checkedSize(of pixels: PNGPixels) throws(PNGError) -> (width: UInt32, height: UInt32) {
  let sides = 1...Int(Int32.max)
  guard sides.contains(pixels.width), sides.contains(pixels.height) else {
    throw .invalidImage("\(pixels.width) × \(pixels.height) pixels (each side 1 to \(Int32.max))")
  }
  let (count, overflow) = (pixels.width * pixels.height).multipliedReportingOverflow(by: pixels.channels.rawValue)
  guard !overflow, count == pixels.samples.count else {
    throw .invalidImage(
      "\(pixels.samples.count) samples do not fill \(pixels.width) × \(pixels.height) pixels of "
        + "\(pixels.channels.rawValue) channels")
  }
  return (UInt32(pixels.width), UInt32(pixels.height))
}

/// pHYs counts whole pixels per metre; 300 per inch becomes 11811, which readers show as 299.9994.
private func pixelsPerMetre(_ dotsPerInch: Double?) throws(PNGError) -> UInt32 {
  guard let dotsPerInch else { return 0 }
  guard dotsPerInch > 0, dotsPerInch <= 100_000 else {
    throw .invalidImage("\(dotsPerInch) pixels per inch (allowed: above 0, at most 100000)")
  }
  return max(1, UInt32((dotsPerInch / 0.0254).rounded()))
}

private enum EncodeOutcome {
  case bytes([UInt8])
  case failure(String)
}

private func encode(
  _ image: cpng_image, samples: UnsafeRawBufferPointer, keywords: [[CChar]], texts: [[CChar]]
) -> EncodeOutcome {
  // One block holds all strings, so that their addresses live as long as the call.
  let strings = zip(keywords, texts).flatMap { $0 + $1 }
  return strings.withUnsafeBufferPointer { strings in
    var entries: [cpng_text] = []
    var offset = 0
    for (keyword, text) in zip(keywords, texts) {
      let start = strings.baseAddress! + offset
      entries.append(cpng_text(keyword: start, text: start + keyword.count))
      offset += keyword.count + text.count
    }
    var image = image
    image.samples = samples.baseAddress
    var buffer = cpng_buffer()
    defer { cpng_buffer_free(&buffer) }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: CPNG_MESSAGE_SIZE) { message in
      let done = cpng_encode(&image, entries, entries.count, &buffer, message.baseAddress!)
      guard done else { return .failure(String(cString: message.baseAddress!)) }
      return .bytes([UInt8](UnsafeBufferPointer(start: buffer.bytes, count: buffer.count)))
    }
  }
}
