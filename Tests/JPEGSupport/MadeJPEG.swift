import CJPEGMaker
import Foundation
import PNGImage

/// How a JPEG for a test is written.
package struct JPEGKind: Sendable {
  package var isProgressive = false
  package var isGrey = false
  /// Colour at half the width and height (4:2:0).
  package var isHalved = false
  package var quality: Int32 = 95

  package init(progressive: Bool = false, grey: Bool = false, halved: Bool = false, quality: Int32 = 95) {
    (isProgressive, isGrey, isHalved, self.quality) = (progressive, grey, halved, quality)
  }
}

/// A picture as a JPEG file.
package func madeJPEG(_ image: RasterImage, _ kind: JPEGKind = JPEGKind()) -> [UInt8] {
  made(image.pixels, image.width, image.height, channels: 3, kind)
}

/// A JPEG of four printing inks.
package func madeInkJPEG(width: Int, height: Int) -> [UInt8] {
  made([UInt8](repeating: 90, count: width * height * 4), width, height, channels: 4, JPEGKind())
}

private func made(_ samples: [UInt8], _ width: Int, _ height: Int, channels: Int32, _ kind: JPEGKind) -> [UInt8] {
  var count = 0
  guard
    let bytes = cjpeg_make(
      samples, UInt32(width), UInt32(height), channels, kind.quality, kind.isProgressive, kind.isGrey, kind.isHalved,
      &count)
  else { return [] }
  defer { free(bytes) }
  return Array(UnsafeBufferPointer(start: bytes, count: count))
}
