// What stands at the foot of every picture: title, caption, and that it is a simulation.

import Drawing
import Files
import PNGImage

/// Title, caption and the word SIMULATION along the foot of a picture. Where they have no room beside each other the word
/// goes above the title; the note and what is too long of the caption are left out.
///
/// - Parameters:
///   - design: the design's title, drawn behind the picture's where there is room.
///   - ruler: drawn above the band.
func label(_ image: inout RasterImage, _ moment: PictureMoment, of design: String? = nil, ruler: Ruler? = nil) {
  let unit = Float(image.height) / 1024
  let margin = max(2, 26 * unit)
  let room = Float(image.width) - 2 * margin
  let plain = SIMD3<UInt8>(214, 218, 224)
  let white = SIMD3<UInt8>(250, 250, 250)
  let yellow = SIMD3<UInt8>(255, 214, 120)
  let small = max(6, 14.5 * unit)
  /// Text of a row, in its place: on the left or on the right.
  struct Piece {
    var text: String
    var height: Float
    var colour: SIMD3<UInt8>
    var weight = TextWeight.regular
    var isRight = false
    var width: Float { textWidth(text, height: height, weight: weight) }
  }
  let word = "SIMULATION"
  var cap = max(8, 22 * unit)
  cap *= min(1, room / textWidth(word, height: cap, weight: .bold))
  let title = Piece(text: moment.title, height: cap, colour: white, weight: .bold)
  var simulation = Piece(text: word, height: cap, colour: yellow, weight: .bold, isRight: true)
  var rows: [[Piece]] = [[title, simulation]]
  var name = design.map { Piece(text: shown($0, atMost: 80), height: small, colour: plain) }
  if let found = name, title.width + found.width + simulation.width + 3 * cap > room { name = nil }
  if title.width + simulation.width + cap > room {
    simulation.isRight = false
    rows = title.width <= room ? [[simulation], [title]] : [[simulation]]
  }
  let caption = Piece(text: moment.caption, height: small, colour: plain)
  let note = Piece(text: "not a promise of results", height: small, colour: plain, isRight: true)
  if caption.width + note.width + small <= room {
    rows.append([caption, note])
  } else if caption.width <= room {
    rows.append([caption])
  } else {
    for line in moment.caption.split(separator: ";") {
      let piece = Piece(text: String(line.drop { $0 == " " }), height: small, colour: plain)
      if piece.width <= room { rows.append([piece]) }
    }
  }
  // Never more than a third of the picture, and never without the word.
  let pitch = max(36 * unit, cap + 3)
  let top = max(3, 16 * unit)
  func height(_ rows: Int) -> Float { top + pitch * Float(rows - 1) + max(cap + 3, 32 * unit) }
  while rows.count > 1, height(rows.count) > Float(image.height) / 3 { rows.removeLast() }
  let band = min(image.height, Int(height(rows.count)))
  image.fill(
    x: 0, y: image.height - band, width: image.width, height: band, colour: SIMD3(12, 14, 17), opacity: 0.62)
  for (k, row) in rows.enumerated() {
    for piece in row {
      drawText(
        piece.text, into: &image, x: piece.isRight ? Float(image.width) - margin - piece.width : margin,
        y: Float(image.height - band) + top + pitch * Float(k), height: piece.height, colour: piece.colour,
        weight: piece.weight)
    }
  }
  if let name {
    drawText(
      name.text, into: &image, x: margin + title.width + cap, y: Float(image.height - band) + top + (cap - small),
      height: small, colour: plain)
  }
  ruler?.draw(into: &image, left: margin, bottom: Float(image.height - band) - margin)
}

/// The word SIMULATION alone, in the lower right corner: for pictures whose caption stands beside them, in any language.
func labelSimulation(_ image: inout RasterImage) {
  let word = "SIMULATION"
  let unit = Float(image.height) / 1024
  var cap = max(8, 20 * unit)
  cap *= min(1, Float(image.width - 4) / textWidth(word, height: cap, weight: .bold))
  let width = textWidth(word, height: cap, weight: .bold) + 1.6 * cap
  let height = 2.1 * cap
  let (x, y) = (Float(image.width) - width, Float(image.height) - height)
  image.fill(
    x: Int(x), y: Int(y), width: Int(width.rounded(.up)) + 1, height: Int(height.rounded(.up)) + 1,
    colour: SIMD3(12, 14, 17), opacity: 0.62)
  drawText(
    word, into: &image, x: x + 0.8 * cap, y: y + 0.55 * cap, height: cap, colour: SIMD3(255, 214, 120), weight: .bold)
}
