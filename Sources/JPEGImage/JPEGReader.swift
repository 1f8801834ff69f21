// JPEG bytes to RGBA samples, by libjpeg-turbo: baseline and progressive, grey and colour, whatever the sampling. Sizes are
// checked against the limits before anything is allocated for them.

import CJPEGShim

/// Why a JPEG file could not be read or written. `description` is a sentence for the person at the terminal.
public enum JPEGError: Error, Equatable, CustomStringConvertible {
  /// The bytes are not a sound JPEG file.
  case malformed(String)
  /// The file is sound so far but larger than the reader was allowed to accept.
  case tooLarge(String)

  public var description: String {
    switch self {
    case .malformed(let reason): "not a readable JPEG: \(reason)"
    case .tooLarge(let reason): "JPEG too large: \(reason)"
    }
  }
}

/// A JPEG file that was read.
public struct DecodedJPEG: Sendable, Equatable {
  public var width: Int
  public var height: Int
  /// `width * height * 4` samples of opaque RGBA, row-major from the top left as stored: the orientation that a camera notes
  /// beside the picture is not applied, as glTF asks of textures.
  public var samples: [UInt8]
  /// What is damaged in it, in the words of libjpeg; such places are drawn as far as they can be told.
  public var damage: String?
}

/// Most scans of a progressive picture; programs write about ten.
private let mostScans: Int32 = 100

/// Whether bytes begin as a JPEG file does.
public func isJPEG(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0xFF, 0xD8, 0xFF]) }

/// Decodes a JPEG file. Colour profiles are not applied; samples are taken to be sRGB.
///
/// - Parameters:
///   - bytes: the file.
///   - side: longest width or height that is read, pixels.
///   - pixels: most pixels in all.
///
/// Throws `JPEGError` for a file that is cut short or broken, whose colours are printing inks, or that is too large.
public func decodeJPEG(_ bytes: [UInt8], side: Int = 65_535, pixels: Int = 270_000_000) throws(JPEGError) -> DecodedJPEG
{
  var picture = cjpeg_picture()
  var message = [CChar](repeating: 0, count: Int(CJPEG_MESSAGE_SIZE))
  func told(_ text: [CChar]) -> String {
    String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
  guard cjpeg_read_header(bytes, bytes.count, &picture, &message) else { throw .malformed(told(message)) }
  let (width, height) = (Int(picture.width), Int(picture.height))
  guard width <= side, height <= side, width * height <= pixels else {
    throw .tooLarge("\(width) x \(height) pixels; at most \(side) along a side and \(pixels) in all are read")
  }
  // Blocks of 64 pixels and, with halved colours, units of 256 take some bits each.
  guard width * height <= 1040 * bytes.count else {
    throw .malformed("\(width) x \(height) pixels cannot come out of \(bytes.count) bytes")
  }
  var isRead = false
  let samples = [UInt8](unsafeUninitializedCapacity: width * height * 4) { buffer, count in
    // A picture that breaks off leaves rows that were never written.
    buffer.initialize(repeating: 0)
    count = buffer.count
    isRead = cjpeg_read_rgba(bytes, bytes.count, mostScans, &picture, buffer.baseAddress, &message)
  }
  if !isRead { throw .malformed(told(message)) }
  let warning = withUnsafeBytes(of: picture.warning) { Array($0.bindMemory(to: CChar.self)) }
  return DecodedJPEG(
    width: width, height: height, samples: samples, damage: picture.warnings > 0 ? told(warning) : nil)
}
