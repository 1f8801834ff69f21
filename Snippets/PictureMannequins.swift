// Draws the picture of the mannequin's guide: six heads of the survey, from the front and from the side, to one scale.
//
//     swift run -c release PictureMannequins mannequins.png
import Drawing
import Mannequin
import Meshes
import PNGImage
import ScalpGeometry
import ScalpRendering

// snippet.heads
/// The mean woman and man, the ends of the survey, an old man, and a round head with wide cheekbones.
let heads: [(title: String, parameters: MannequinParameters)] = {
  var old = MannequinParameters(sex: .male)
  old.age = 75
  var round = MannequinParameters(sex: .male)
  round.face.cheekbones = 2
  round.setHeadShape(2)
  return [
    ("woman, 5 %", MannequinParameters(sex: .female, percentile: 5)),
    ("woman, 50 %", MannequinParameters(sex: .female)),
    ("man, 50 %", MannequinParameters(sex: .male)),
    ("man, 95 %", MannequinParameters(sex: .male, percentile: 95)),
    ("man, 75 years", old),
    ("man, round head", round),
  ]
}()
// snippet.end

func view(_ head: Head, fromSide: Bool) -> RasterImage {
  // From the side the face looks to the right of the picture.
  let right: SIMD3<Float> = fromSide ? [0, 0, 1] : [1, 0, 0]
  return OrthographicView(
    right: right, up: [0, 1, 0], centre: [0, -10, fromSide ? 8 : 0], pixelsPerUnit: 0.56, width: 150, height: 190
  ).drawn(head.mesh, paper: [255, 255, 255])
}

@main struct PictureMannequins {
  static func main() throws {
    var page = RasterImage(width: 150 * heads.count + 10, height: 420, fill: [255, 255, 255])
    for (i, (title, parameters)) in heads.enumerated() {
      let head = try makeMannequin(parameters)
      page.place(view(head, fromSide: false), x: 5 + 150 * i, y: 30)
      page.place(view(head, fromSide: true), x: 5 + 150 * i, y: 225)
      drawText(title, into: &page, x: Float(20 + 150 * i), y: 10, height: 10, colour: [40, 40, 40])
    }
    let file = CommandLine.arguments.dropFirst().first ?? "mannequins.png"
    try writePNG(page, to: file, options: PNGOptions(compressionLevel: 9))
    print("wrote \(file)")
  }
}
