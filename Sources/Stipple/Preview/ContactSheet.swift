// One page with everything on it: a column for each moment, a row for each view or pace.

import Drawing
import Files
import PNGImage
import ScalpRendering
import TreatmentDesign

enum ContactSheet {
  /// Side of a cell, pixels, for pictures of `size`.
  static func cell(for size: Int) -> Int { max(64, min(size, 400)) }

  /// Puts rows of equally large pictures on a page with titles.
  ///
  /// - Parameter heading: the design's title.
  static func compose(
    _ rows: [[RasterImage]], titles: [String], moments: [PictureMoment], footer: [String], heading: String? = nil
  ) -> RasterImage {
    let cell = rows[0][0].width
    let unit = Float(cell) / 400
    let gap = max(2, Int(10 * unit))
    let left = Int(96 * unit)
    let top = Int(112 * unit)
    let width = left + moments.count * (cell + gap) + gap
    let footer = footer.flatMap { wrapped($0, height: 11.5 * unit, within: Float(width - left - gap)) }
    let bottom = Int(Float(44 + 26 * footer.count) * unit)
    let height = top + rows.count * (cell + gap) + bottom
    let paper = PageStyle.paper
    let ink = PageStyle.ink
    let grey = PageStyle.grey
    var page = RasterImage(width: width, height: height, fill: paper)

    if let heading {
      drawText(
        fitted(heading, height: 13 * unit, within: Float(width - left - gap)), into: &page, x: Float(left), y: 8 * unit,
        height: 13 * unit, colour: grey, weight: .bold)
    }
    for (column, moment) in moments.enumerated() {
      let x = Float(left + column * (cell + gap))
      drawText(moment.title, into: &page, x: x, y: 34 * unit, height: 19 * unit, colour: ink, weight: .bold)
      // Long captions take two lines, broken at the semicolon.
      let lines = moment.caption.split(separator: ";").map { $0.drop { $0 == " " } }
      for (k, line) in lines.prefix(2).enumerated() {
        drawText(
          String(line), into: &page, x: x, y: (66 + 20 * Float(k)) * unit, height: 11 * unit, colour: grey)
      }
    }
    for (row, images) in rows.enumerated() {
      let y = top + row * (cell + gap)
      drawText(
        titles[row], into: &page, x: 12 * unit, y: Float(y) + 6 * unit, height: 11 * unit, colour: ink,
        weight: .bold)
      for (column, image) in images.enumerated() { page.place(image, x: left + column * (cell + gap), y: y) }
    }
    let foot = Float(top + rows.count * (cell + gap)) + 14 * unit
    drawText(
      PageStyle.disclaimer, into: &page, x: Float(left), y: foot, height: 14 * unit, colour: ink,
      weight: .bold)
    for (k, line) in footer.enumerated() {
      drawText(
        line, into: &page, x: Float(left), y: foot + (28 + 24 * Float(k)) * unit, height: 11.5 * unit, colour: grey)
    }
    return page
  }

  /// As much of a text as there is room for.
  private static func fitted(_ text: String, height: Float, within width: Float) -> String {
    var most = 80
    while most > 4, textWidth(shown(text, atMost: most), height: height, weight: .bold) > width { most -= 4 }
    return shown(text, atMost: most)
  }

  /// A text in lines that are no wider than a page has room for.
  private static func wrapped(_ text: String, height: Float, within width: Float) -> [String] {
    var lines = [""]
    for word in text.split(separator: " ") {
      let longer = (lines.last.map { $0.isEmpty ? "" : $0 + " " } ?? "") + word
      if lines.last?.isEmpty == true || textWidth(longer, height: height) <= width {
        lines[lines.count - 1] = longer
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}

/// What a view is called on a page.
func viewTitle(_ view: Pictures.View) -> String {
  switch view {
  case .front: "front"
  case .left45: "left 45°"
  case .right45: "right 45°"
  case .left: "left"
  case .right: "right"
  case .top: "top"
  case .back: "back"
  case .macro: "close-up"
  }
}

/// A smaller copy, each pixel the mean of the area it covers. Averages code values in linear light.
func reduced(_ image: RasterImage, to side: Int) -> RasterImage {
  if image.width == side, image.height == side { return image }
  var out = RasterImage(width: side, height: side)
  let scale = Double(image.width) / Double(side)
  for y in 0..<side {
    let y0 = Double(y) * scale
    let y1 = y0 + scale
    for x in 0..<side {
      let x0 = Double(x) * scale
      let x1 = x0 + scale
      var sum = SIMD3<Float>.zero
      var total: Float = 0
      for sy in Int(y0)..<min(image.height, Int(y1.rounded(.up))) {
        let wy = min(Double(sy + 1), y1) - max(Double(sy), y0)
        for sx in Int(x0)..<min(image.width, Int(x1.rounded(.up))) {
          let w = Float(wy * (min(Double(sx + 1), x1) - max(Double(sx), x0)))
          let i = (sy * image.width + sx) * 3
          sum +=
            w
            * SIMD3(
              linearLight[Int(image.pixels[i])], linearLight[Int(image.pixels[i + 1])],
              linearLight[Int(image.pixels[i + 2])])
          total += w
        }
      }
      out[x, y] = encoded(sum / total)
    }
  }
  return out
}
