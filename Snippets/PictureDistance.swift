// Draws the picture of the guide to distance: bands of 5 mm on both sides of a line on the skin.
//
//     swift run -c release PictureDistance distance.png
import Mannequin
import Meshes
import PNGImage
import ScalpGeometry
import ScalpRendering

@main struct PictureDistance {
  static func main() throws {
    // snippet.distance
    let head = try makeMannequin(MannequinParameters(sex: .male))
    let scalp = try Scalp(head)
    let places = [(75, -66), (95, -50), (72, -22), (70, 0), (72, 22), (95, 50), (75, 66)].compactMap { up, side in
      scalp.frame.place(up: Float(up), side: Float(side))?.position
    }
    let line = SurfaceCurve(through: places, on: scalp.frame)
    let found = scalp.distance(to: line, band: 60)
    // snippet.end

    let size = 560
    let camera = ClinicView.left45.camera(for: head.landmarks)
    let seen = SeenSurface(head, camera: camera, width: size, height: size)
    var image = RasterImage(width: size, height: size, fill: [255, 255, 255])
    for i in 0..<size * size where seen.coverage[i] > 0 {
      let point = seen.points[i]
      let t = head.mesh.triangles[Int(point.triangle)]
      // Linear across a triangle: that is all that the field ever asks of it.
      let distance =
        found.distances[Int(t.x)] * (1 - point.v - point.w) + found.distances[Int(t.y)] * point.v
        + found.distances[Int(t.z)] * point.w
      var colour = SIMD3<Float>(repeating: 0.62)
      if distance < found.band - 0.5 {
        let band = Int(distance / 5)
        let shade: Float = band % 2 == 0 ? 0.7 : 0.45
        colour = [0.5 * shade, 0.72 * shade, shade]
      }
      if distance < 1.1 { colour = [0.02, 0.02, 0.02] }
      let lit = colour * (0.35 + 0.65 * seen.facing[i])
      image[i % size, i / size] = encoded(lit * seen.coverage[i] + SIMD3(repeating: 1 - seen.coverage[i]))
    }
    let file = CommandLine.arguments.dropFirst().first ?? "distance.png"
    try writePNG(image, to: file, options: PNGOptions(compressionLevel: 9))
    print("wrote \(file)")
  }
}
