// Draws the picture of the sampler's guide: the three evennesses on the same flat skin, 100 impressions per cm².
//
//     swift run -c release PictureEvenness evenness.png
import Drawing
import ImpressionSampling
import Meshes
import PNGImage

// snippet.pattern
/// A flat square of skin, 24 mm wide, and 100 impressions per cm² on it.
let square = TriangleMesh(
  positions: [[0, 0, 0], [24, 0, 0], [24, 24, 0], [0, 24, 0]], triangles: [[0, 1, 2], [0, 2, 3]])

func pattern(_ evenness: Evenness) throws -> DotPattern {
  try samplePoissonDisc(
    on: square, density: UniformDensity(perSquareCentimetre: 100), seed: 3, options: .init(evenness: evenness))
}
// snippet.end

/// The middle 20 mm of a pattern; the first session black, the second blue, the third orange.
func panel(_ evenness: Evenness) throws -> RasterImage {
  let dots = try pattern(evenness)
  let scale: Float = 15
  var image = RasterImage(width: 300, height: 300, fill: [246, 246, 244])
  let colours: [SIMD3<UInt8>] = [[30, 30, 30], [40, 110, 190], [220, 130, 40]]
  for i in 0..<dots.count {
    let session = dots.sessionEnds.firstIndex { i < $0 } ?? 2
    let centre = (SIMD2(dots.points[i].position.x, dots.points[i].position.y) - 2) * scale
    let radius: Float = 3.2
    for y in Int(centre.y - 5)...Int(centre.y + 5) where (0..<300).contains(y) {
      for x in Int(centre.x - 5)...Int(centre.x + 5) where (0..<300).contains(x) {
        let away = SIMD2(Float(x) + 0.5, Float(y) + 0.5) - centre
        if (away * away).sum() <= radius * radius { image[x, y] = colours[session] }
      }
    }
  }
  return image
}

@main struct PictureEvenness {
  static func main() throws {
    var page = RasterImage(width: 940, height: 340, fill: [255, 255, 255])
    for (i, evenness) in [Evenness.natural, .even, .relaxed].enumerated() {
      page.place(try panel(evenness), x: 10 + 310 * i, y: 30)
      drawText(
        evenness.rawValue, into: &page, x: Float(12 + 310 * i), y: 10, height: 11, colour: [40, 40, 40])
    }
    let file = CommandLine.arguments.dropFirst().first ?? "evenness.png"
    try writePNG(page, to: file, options: PNGOptions(compressionLevel: 9))
    print("wrote \(file)")
  }
}
