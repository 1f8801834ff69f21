// A ruler on pictures with parallel rays, whose scale is the same at every depth.

import Drawing
import PNGImage
import ScalpRendering
import TreatmentDesign

/// How large a picture with parallel rays shows the head.
struct Ruler {
  let pixelsPerMillimetre: Float

  /// Pixels an inch at which the picture prints in true size.
  var dotsPerInch: Double { Double(pixelsPerMillimetre) * 25.4 }

  /// Draws it with a tick each tenth, as long as fits into a third of the picture: 10, 20, 50, 100 or 200 mm.
  func draw(into image: inout RasterImage, left: Float, bottom: Float) {
    let room = Float(image.width) / 3 / pixelsPerMillimetre
    let length = [200, 100, 50, 20, 10, 5, 2, 1].first { $0 <= room } ?? 1
    let unit = Float(image.height) / 1024
    let end = left + length * pixelsPerMillimetre
    let text = "\(Int(length)) mm; printed in true size at \(Int(dotsPerInch.rounded())) dpi"
    let size = max(6, 13 * unit)
    let stroke = max(1, Int(2 * unit))
    let dark = SIMD3<UInt8>(12, 14, 17)
    let white = SIMD3<UInt8>(250, 250, 250)
    let width = max(end - left, textWidth(text, height: size))
    image.fill(
      x: Int(left - 8 * unit), y: Int(bottom - 26 * unit - 1.6 * size), width: Int(width + 16 * unit),
      height: Int(32 * unit + 1.6 * size), colour: dark, opacity: 0.62)
    image.fill(
      x: Int(left.rounded()), y: Int(bottom) - stroke, width: Int(end.rounded()) - Int(left.rounded()) + stroke,
      height: stroke, colour: white)
    for tick in 0...10 {
      let x = left + length * pixelsPerMillimetre * Float(tick) / 10
      let height = (tick % 5 == 0 ? 18 : 10) * unit
      image.fill(
        x: Int(x.rounded()), y: Int(bottom - max(3, height)), width: stroke, height: Int(max(3, height)), colour: white)
    }
    drawText(text, into: &image, x: left, y: bottom - 22 * unit - 1.3 * size, height: size, colour: white)
  }
}

extension Portrait {
  /// The ruler of a view; `nil` where things farther away look smaller.
  func ruler(for view: Pictures.View?, size: Int) throws(StippleError) -> Ruler? {
    guard scene.orthographic else { return nil }
    return Ruler(pixelsPerMillimetre: Float(size) / (try camera(for: view)).fieldHeight)
  }
}
