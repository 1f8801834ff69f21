// Labels: pen strokes with round ends, drawn by distance. The coverage of a pixel is the pen's half width less the
// pixel's distance to the nearest stroke, so crossings are not darkened twice.

import PNGImage

/// Thickness of the pen.
public enum TextWeight: Sendable {
  case regular, bold

  /// Full thickness in grid units, where a capital letter is 14 high.
  var thickness: Float {
    switch self {
    case .regular: 1.6
    case .bold: 2.4
    }
  }

  /// How much thicker than the pen that glyphs are spaced for.
  var extra: Float { thickness - TextWeight.regular.thickness }
}

/// Width of `text` in pixels when its capital letters are `height` pixels high.
public func textWidth(_ text: String, height: Float, weight: TextWeight = .regular) -> Float {
  let units = text.reduce(Float(0)) { $0 + advance(StrokeAlphabet.glyph($1), weight) }
  if text.isEmpty { return 0 }
  // No free space before the first letter's ink and after the last one's.
  let space = 2 * StrokeGlyph.sideBearing + weight.extra
  return max(0, units - space + weight.thickness) * scale(height)
}

/// Draws one line of text, antialiased.
///
/// `text` may hold printable ASCII and ° · ² ³ ± × µ – — … and curly quotes; any other character becomes a hollow
/// box. Text that leaves the picture is cut off.
///
/// - Parameters:
///   - x: left edge of the first letter's ink, pixels.
///   - y: top of capital letters, pixels from the top of the picture. Descenders reach about 0.4 `height` below
///     the baseline at `y + height`.
///   - height: height of a capital letter, pixels; legible from about 8.
///   - colour: sRGB.
public func drawText(
  _ text: String, into image: inout RasterImage, x: Float, y: Float, height: Float, colour: SIMD3<UInt8>,
  weight: TextWeight = .regular
) {
  guard height > 0, height.isFinite, x.isFinite, y.isFinite else { return }
  let scale = scale(height)
  let halfWidth = max(weight.thickness * scale / 2, 0.5)
  // The baseline sits where the pen's lower edge meets a pixel border, so that feet and crossbars are crisp.
  let baseline = (y + height).rounded() - halfWidth
  var pen = x + halfWidth
  for character in text {
    let glyph = StrokeAlphabet.glyph(character)
    let strokes = glyph.strokes.map { $0.map { SIMD2(pen + $0.x * scale, baseline - $0.y * scale) } }
    draw(strokes, halfWidth: halfWidth, colour: colour, into: &image)
    pen += advance(glyph, weight) * scale
  }
}

/// From one letter's origin to the next one's, grid units: the same gap between inks for either pen.
private func advance(_ glyph: StrokeGlyph, _ weight: TextWeight) -> Float { glyph.advance + weight.extra }

/// Pixels per grid unit. The pen's thickness reaches past the outermost strokes, so a little is taken off.
private func scale(_ height: Float) -> Float { height / (StrokeGlyph.capitalHeight + TextWeight.regular.thickness) }

/// Draws polylines in pixel coordinates, y down, with a round pen.
private func draw(
  _ strokes: [[SIMD2<Float>]], halfWidth: Float, colour: SIMD3<UInt8>, into image: inout RasterImage
) {
  let points = strokes.joined()
  guard var low = points.first else { return }
  var high = low
  for point in points {
    low = SIMD2(min(low.x, point.x), min(low.y, point.y))
    high = SIMD2(max(high.x, point.x), max(high.y, point.y))
  }
  let reach = halfWidth + 1
  let columns = pixelRange(low.x - reach, high.x + reach, limit: image.width)
  let rows = pixelRange(low.y - reach, high.y + reach, limit: image.height)
  for row in rows {
    for column in columns {
      let centre = SIMD2(Float(column) + 0.5, Float(row) + 0.5)
      let coverage = halfWidth + 0.5 - distance(from: centre, to: strokes, dotRadius: halfWidth * 1.3 - halfWidth)
      if coverage > 0 { image.blend(colour, coverage: coverage, x: column, y: row) }
    }
  }
}

/// Pixels from `low` to `high` that lie in `0..<limit`.
private func pixelRange(_ low: Float, _ high: Float, limit: Int) -> Range<Int> {
  let bound = Float(limit)
  let first = Int(min(max(low.rounded(.down), 0), bound))
  let last = Int(min(max(high.rounded(.up), 0), bound))
  return first..<max(first, last)
}

/// Distance from `point` to the nearest stroke, pixels. A dot counts as `dotRadius` nearer, so that it is a little
/// thicker than a stroke.
private func distance(from point: SIMD2<Float>, to strokes: [[SIMD2<Float>]], dotRadius: Float) -> Float {
  var nearest = Float.infinity
  for stroke in strokes {
    if stroke.count == 1 {
      let offset = point - stroke[0]
      nearest = min(nearest, (offset * offset).sum().squareRoot() - dotRadius)
    }
    for i in 0..<stroke.count - 1 {
      let along = stroke[i + 1] - stroke[i]
      let offset = point - stroke[i]
      let lengthSquared = (along * along).sum()
      let t = lengthSquared > 0 ? min(max((offset * along).sum() / lengthSquared, 0), 1) : 0
      let gap = offset - along * t
      nearest = min(nearest, (gap * gap).sum().squareRoot())
    }
  }
  return nearest
}
