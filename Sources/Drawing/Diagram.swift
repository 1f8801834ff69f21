// A diagram with two axes on a page: frame, ticks, lines, bands, markers.

import PNGImage

/// One pair of axes; x and y run linearly between their ranges.
package struct Diagram {
  package var box: PixelBox
  package var x: ClosedRange<Double>
  package var y: ClosedRange<Double>
  /// Pixels per unit of the layout.
  package var unit: Float

  package init(box: PixelBox, x: ClosedRange<Double>, y: ClosedRange<Double>, unit: Float) {
    self.box = box
    self.x = x
    self.y = y
    self.unit = unit
  }

  package func point(_ px: Double, _ py: Double) -> SIMD2<Float> {
    SIMD2(
      Float(box.x) + Float((px - x.lowerBound) / (x.upperBound - x.lowerBound)) * Float(box.width),
      Float(box.y + box.height) - Float((py - y.lowerBound) / (y.upperBound - y.lowerBound)) * Float(box.height))
  }

  /// Grid lines with their figures, and the frame.
  package func drawAxes(
    into page: inout RasterImage, xTicks: [(Double, String)], yTicks: [(Double, String)], xName: String, title: String
  ) {
    page.fill(x: box.x, y: box.y, width: box.width, height: box.height, colour: SIMD3(255, 255, 255))
    let height = 10.5 * unit
    for (value, name) in yTicks {
      let p = point(x.lowerBound, value)
      page.drawLine(
        [p, SIMD2(Float(box.x + box.width), p.y)], width: unit, colour: PageStyle.hairline, clip: box)
      drawText(
        name, into: &page, x: p.x - textWidth(name, height: height) - 9 * unit, y: p.y - height / 2, height: height,
        colour: PageStyle.grey)
    }
    for (value, name) in xTicks {
      let p = point(value, y.lowerBound)
      page.drawLine([p, SIMD2(p.x, Float(box.y))], width: unit, colour: PageStyle.hairline, clip: box)
      page.drawLine([p, SIMD2(p.x, p.y + 5 * unit)], width: unit, colour: PageStyle.grey)
      drawText(
        name, into: &page, x: p.x - textWidth(name, height: height) / 2, y: p.y + 11 * unit, height: height,
        colour: PageStyle.grey)
    }
    let (low, high) = (Float(box.y + box.height), Float(box.y))
    let (left, right) = (Float(box.x), Float(box.x + box.width))
    page.drawLine([SIMD2(left, high), SIMD2(left, low), SIMD2(right, low)], width: 1.2 * unit, colour: PageStyle.grey)
    drawText(
      xName, into: &page, x: (left + right - textWidth(xName, height: height)) / 2, y: low + 32 * unit, height: height,
      colour: PageStyle.grey)
    drawText(
      title, into: &page, x: left, y: high - 26 * unit, height: 12.5 * unit, colour: PageStyle.ink, weight: .bold)
  }

  package func drawLine(
    _ points: [(Double, Double)], into page: inout RasterImage, width: Float, colour: SIMD3<UInt8>,
    dash: (on: Float, off: Float)? = nil
  ) {
    page.drawLine(
      points.map { point($0.0, $0.1) }, width: width * unit, colour: colour,
      dash: dash.map { ($0.on * unit, $0.off * unit) }, clip: box)
  }

  package func fillBand(
    _ points: [(x: Double, least: Double, greatest: Double)], into page: inout RasterImage, colour: SIMD3<UInt8>,
    opacity: Float
  ) {
    page.fillBand(
      x: points.map { point($0.x, 0).x }, from: points.map { point($0.x, $0.least).y },
      to: points.map { point($0.x, $0.greatest).y }, colour: colour, opacity: opacity, clip: box)
  }
}
