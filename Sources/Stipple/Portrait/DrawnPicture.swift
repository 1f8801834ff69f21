// A picture as it is put together from windows, and labelled.

import PNGImage

/// A finished picture with 8 bits per sample and, where more was asked for, its samples with 16 bits or alpha.
struct DrawnPicture {
  let size: Int
  private var bytes: [UInt8] = []
  private var channels = PNGPixels.Channels.rgb
  private var eight: [UInt8] = []
  private var sixteen: [UInt16] = []

  /// - Parameter samples: whether more than 8-bit colour will be added.
  init(size: Int, samples: Bool) {
    self.size = size
    bytes.reserveCapacity(size * size * 3)
  }

  /// Adds the next rows.
  mutating func append(_ rows: RasterImage) { bytes += rows.pixels }

  mutating func append(_ rows: PNGPixels) {
    channels = rows.channels
    switch rows.samples {
    case .eight(let samples): eight += samples
    case .sixteen(let samples): sixteen += samples
    }
  }

  var image: RasterImage { RasterImage(width: size, height: size, pixels: bytes) }

  /// The samples with what a label changed in the 8-bit picture: those pixels, made opaque. `nil` where there are none.
  func samples(labelled: RasterImage) -> PNGPixels? {
    if eight.isEmpty && sixteen.isEmpty { return nil }
    let perPixel = channels.rawValue
    var (eight, sixteen) = (eight, sixteen)
    for i in 0..<size * size {
      var changed = false
      for c in 0..<3 where labelled.pixels[3 * i + c] != bytes[3 * i + c] { changed = true }
      if !changed { continue }
      for c in 0..<perPixel {
        let value = c < 3 ? labelled.pixels[3 * i + c] : 255
        if sixteen.isEmpty { eight[perPixel * i + c] = value } else { sixteen[perPixel * i + c] = UInt16(value) * 257 }
      }
    }
    return PNGPixels(
      width: size, height: size, channels: channels, samples: sixteen.isEmpty ? .eight(eight) : .sixteen(sixteen))
  }
}
