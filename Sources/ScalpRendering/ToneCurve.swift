// From linear light to the bytes of a picture: straight up to a soft shoulder, then sRGB.
//
// A film-like curve would look richer and lie: it costs a third of a dot's contrast on fair skin, and most in red, which
// turns pigment pink. This one leaves skin and dots as they are and only bends highlights, above three quarters of full
// scale, so that shine does not burn out.

import HeadGeometry
import PNGImage

enum ToneCurve {
  /// Display light for scene light: identity to 0.75, then towards 1 without a corner.
  @inline(__always)
  static func shoulder(_ x: Float) -> Float { x <= 0.75 ? x : 1 - 0.25 * fastExp(3 - 4 * x) }

  /// Bytes of a picture in linear light, `width * height` values, with half a level of fixed grain so that smooth
  /// skin shows no steps.
  static func develop(_ light: [SIMD3<Float>], width: Int, height: Int, threads: Int?) -> RasterImage {
    let band = 32
    let bytes = [UInt8](unsafeUninitializedCapacity: width * height * 3) { buffer, count in
      nonisolated(unsafe) let out = buffer
      parallelTiles((height + band - 1) / band, threads: threads) { tile in
        for y in (tile * band)..<min(height, (tile + 1) * band) {
          for x in 0..<width {
            let i = y * width + x
            let grain = Float(mix64(UInt64(i)) >> 40) * 0x1p-24
            let value = light[i]
            for c in 0..<3 {
              let code = displayCode(clamp(shoulder(value[c]), 0, 1))
              out.initializeElement(at: i * 3 + c, to: UInt8(min(255, code + grain)))
            }
          }
        }
      }
      count = width * height * 3
    }
    return RasterImage(width: width, height: height, pixels: bytes)
  }
}
