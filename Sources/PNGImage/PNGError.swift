import Files

/// Why a PNG file could not be written or read. `description` is a sentence for the person at the terminal.
public enum PNGError: Error, Equatable, CustomStringConvertible {
  /// The picture, its text or its options cannot be stored in a PNG.
  case invalidImage(String)
  /// The bytes are not a sound PNG file.
  case malformed(String)
  /// The file is sound so far but larger than the reader was allowed to accept.
  case tooLarge(String)
  /// The file could not be created or written.
  case file(FileWriteError)

  public var description: String {
    switch self {
    case .invalidImage(let reason): "cannot make a PNG: \(reason)"
    case .malformed(let reason): "not a readable PNG: \(reason)"
    case .tooLarge(let reason): "PNG too large: \(reason)"
    case .file(let error): error.description
    }
  }
}
