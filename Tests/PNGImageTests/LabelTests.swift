import Testing

@testable import Drawing
@testable import PNGImage

private let paper = SIMD3<UInt8>(repeating: 255)
private let ink = SIMD3<UInt8>(repeating: 0)

private let ascii = (32...126).map { Character(Unicode.Scalar(UInt8($0))) }
private let signs: [Character] = ["°", "–", "·", "²", "³", "±", "×", "µ", "—", "…"]

/// A line of text on paper, with a margin of `margin` pixels around capital letters.
private func rendered(_ text: String, height: Float, weight: TextWeight = .regular, margin: Int = 20) -> RasterImage {
  let width = Int(textWidth(text, height: height, weight: weight).rounded(.up))
  var image = RasterImage(width: width + 2 * margin, height: Int(height) + 2 * margin, fill: paper)
  drawText(text, into: &image, x: Float(margin), y: Float(margin), height: height, colour: ink, weight: weight)
  return image
}

/// Darkness summed over the picture, in fully inked pixels.
private func inkArea(_ image: RasterImage) -> Float {
  image.pixels.reduce(0) { $0 + Float(255 - $1) } / (3 * 255)
}

/// Columns and rows that carry more than a trace of ink.
private func inkBounds(_ image: RasterImage) -> (columns: ClosedRange<Int>, rows: ClosedRange<Int>)? {
  let dark = (0..<image.width * image.height).filter { image.pixels[$0 * 3] < 200 }
  let columns = dark.map { $0 % image.width }
  let rows = dark.map { $0 / image.width }
  guard let left = columns.min(), let right = columns.max(), let top = rows.min(), let bottom = rows.max() else {
    return nil
  }
  return (left...right, top...bottom)
}

@Suite struct LabelTests {
  @Test func everyPromisedCharacterIsDrawn() {
    for character in ascii + signs {
      #expect(StrokeAlphabet.contains(character), "\(character)")
      let isBlank = inkArea(rendered(String(character), height: 20)) == 0
      #expect(isBlank == (character == " "), "\(character)")
    }
  }

  @Test func charactersDiffer() {
    let pictures = (ascii + signs).map { character -> [UInt8] in
      var image = RasterImage(width: 50, height: 50, fill: paper)
      drawText(String(character), into: &image, x: 10, y: 10, height: 24, colour: ink)
      return image.pixels
    }
    for (i, picture) in pictures.enumerated() {
      #expect(!pictures[..<i].contains(picture), "\((ascii + signs)[i])")
    }
  }

  /// Round ends and the fixed pen leave a capital within one pixel of the height asked for.
  @Test(arguments: [Float(10), 14, 20, 33, 40])
  func capitalHasTheHeightAskedFor(height: Float) throws {
    let rows = try #require(inkBounds(rendered("H", height: height))).rows
    #expect(abs(rows.lowerBound - 20) <= 1)
    #expect(abs(Float(rows.upperBound + 1) - 20 - height) <= 1)
  }

  @Test(arguments: ["SIMULATION", "0 years", "25 mm²", "W", "|"], [TextWeight.regular, .bold])
  func widthIsThatOfTheInk(text: String, weight: TextWeight) throws {
    let columns = try #require(inkBounds(rendered(text, height: 30, weight: weight))).columns
    // A letter's round may stop short of its box by a pixel on either side.
    #expect(abs(columns.lowerBound - 20) <= 1)
    #expect(abs(Float(columns.upperBound + 1) - 20 - textWidth(text, height: 30, weight: weight)) <= 2)
  }

  @Test func boldIsDarker() {
    #expect(inkArea(rendered("Before", height: 20, weight: .bold)) > 1.2 * inkArea(rendered("Before", height: 20)))
  }

  @Test func digitsShareOneWidth() {
    let widths = Set("0123456789".map { StrokeAlphabet.glyph($0).advance })
    #expect(widths.count == 1)
  }

  @Test func unknownCharacterBecomesABox() {
    #expect(inkArea(rendered("漢", height: 20)) > 20)
    #expect(!StrokeAlphabet.contains("漢"))
  }

  @Test(
    arguments: [(-30, 5), (90, 5), (5, -30), (5, 95), (-1e9, 5), (5, 1e9), (.nan, 5), (5, .infinity)]
      as [(Float, Float)])
  func textOutsideIsCutOff(x: Float, y: Float) {
    var image = RasterImage(width: 100, height: 100, fill: paper)
    drawText("Wide text", into: &image, x: x, y: y, height: 20, colour: ink)
    #expect(image.pixels.count == 100 * 100 * 3)
    var wide = RasterImage(width: 400, height: 300, fill: paper)
    drawText("Wide text", into: &wide, x: x + 100, y: y + 100, height: 20, colour: ink)
    // The shift by 100 rounds coordinates in their last bit, which can move a sample by one step.
    for row in 0..<100 {
      for column in 0..<100 {
        let (here, there) = (Int(image[column, row].x), Int(wide[column + 100, row + 100].x))
        #expect(abs(here - there) <= 1, "column \(column), row \(row)")
      }
    }
  }

  @Test(arguments: [Float(0), -3, .nan, .infinity])
  func senselessHeightDrawsNothing(height: Float) {
    var image = RasterImage(width: 10, height: 10, fill: paper)
    drawText("x", into: &image, x: 0, y: 0, height: height, colour: ink)
    #expect(image == RasterImage(width: 10, height: 10, fill: paper))
  }
}

@Suite struct RasterImageTests {
  @Test(arguments: [(0, 0), (3, 2), (-2, -1), (6, 5), (-4, 0), (8, 0), (0, 6), (100, 100), (-100, 3)])
  func placeCutsAtTheEdges(x: Int, y: Int) {
    var image = RasterImage(width: 8, height: 6)
    var tile = RasterImage(width: 4, height: 3)
    for i in tile.pixels.indices { tile.pixels[i] = UInt8(i + 1) }
    image.place(tile, x: x, y: y)
    for row in 0..<6 {
      for column in 0..<8 {
        let isInside = (0..<4).contains(column - x) && (0..<3).contains(row - y)
        #expect(image[column, row] == (isInside ? tile[column - x, row - y] : .zero))
      }
    }
  }

  @Test(arguments: [(1, 1, 3, 2), (-2, -2, 4, 4), (5, 3, 100, 100), (0, 0, 0, 5), (2, 2, -3, 1)])
  func fillCutsAtTheEdges(x: Int, y: Int, width: Int, height: Int) {
    var image = RasterImage(width: 8, height: 6)
    image.fill(x: x, y: y, width: width, height: height, colour: SIMD3(200, 100, 50), opacity: 0.5)
    for row in 0..<6 {
      for column in 0..<8 {
        let isInside = column >= x && column < x + width && row >= y && row < y + height
        #expect(image[column, row] == (isInside ? SIMD3(100, 50, 25) : .zero))
      }
    }
  }
}
