/// Samples for a PNG file of any kind that this library writes: grey, RGB or RGBA, 8 or 16 bits.
public struct PNGPixels: Sendable, Equatable {
  /// What one pixel is made of. The raw value is the number of samples.
  public enum Channels: Int, Sendable, CaseIterable {
    case grey = 1
    case rgb = 3
    /// Alpha is straight, not premultiplied.
    case rgba = 4
  }

  /// Row-major samples, channels interleaved, sRGB encoded.
  public enum Samples: Sendable, Equatable {
    case eight([UInt8])
    case sixteen([UInt16])

    var count: Int {
      switch self {
      case .eight(let samples): samples.count
      case .sixteen(let samples): samples.count
      }
    }

    var depth: Int {
      switch self {
      case .eight: 8
      case .sixteen: 16
      }
    }
  }

  public var width: Int
  public var height: Int
  public var channels: Channels
  /// `width * height * channels.rawValue` samples.
  public var samples: Samples

  /// Nothing is checked here; `encodePNG` refuses a size that does not fit the samples.
  public init(width: Int, height: Int, channels: Channels, samples: Samples) {
    self.width = width
    self.height = height
    self.channels = channels
    self.samples = samples
  }
}
