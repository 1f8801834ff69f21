// Draws the picture of the guide to optics: one dot of carbon, 0.15 mm wide, at five depths under three skins.
//
//     swift run -c release PictureDots dots.png
import Drawing
import PNGImage
import ScalpRendering
import SkinOptics

@main struct PictureDots {
  static let depths = [0.15, 0.24, 0.36, 0.6, 1.0]
  static let skins = ["I", "III", "V"]

  static func main() throws {
    let side = 140  // 1.4 mm
    var page = RasterImage(
      width: 70 + depths.count * (side + 6), height: 34 + skins.count * (side + 6), fill: [255, 255, 255])
    for (row, name) in skins.enumerated() {
      guard let skin = SkinTone.fitzpatrick(name) else { continue }
      let top = 30 + row * (side + 6)
      drawText("skin " + name, into: &page, x: 8, y: Float(top + side / 2 - 5), height: 10, colour: [40, 40, 40])
      for (column, depth) in depths.enumerated() {
        // snippet.dot
        let dot = PigmentBody(diameter: 0.15, depth: depth, opticalDensity: 2)
        let profile = lossProfile(dot, in: skin)
        /// Linear light at a distance from the dot's middle, mm.
        func light(at r: Double) -> SIMD3<Double> { skin.linearRGB * (SIMD3(repeating: 1) - profile.loss(at: r)) }
        // snippet.end
        let left = 66 + column * (side + 6)
        for y in 0..<side {
          for x in 0..<side {
            let dx = (Double(x) + 0.5 - Double(side) / 2) / 100
            let dy = (Double(y) + 0.5 - Double(side) / 2) / 100
            page[left + x, top + y] = encoded(SIMD3<Float>(light(at: (dx * dx + dy * dy).squareRoot())))
          }
        }
        if row == 0 {
          drawText("\(depth) mm", into: &page, x: Float(left + 44), y: 11, height: 10, colour: [40, 40, 40])
        }
      }
    }
    let file = CommandLine.arguments.dropFirst().first ?? "dots.png"
    try writePNG(page, to: file, options: PNGOptions(compressionLevel: 9))
    print("wrote \(file)")
  }
}
