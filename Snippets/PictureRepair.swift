// Draws the picture of the guide to repair: a head with the defects of a scan, and what repair makes of it.
//
//     swift run -c release PictureRepair repair.png
import Drawing
import Mannequin
import Meshes
import PNGImage
import ScalpGeometry
import ScalpRendering

/// A mannequin damaged as scans are: each triangle with corners of its own, a part wound the wrong way, three holes, and
/// shards in the air.
func damaged(_ head: Head) -> TriangleMesh {
  func near(_ p: SIMD3<Float>, _ q: SIMD3<Float>, _ reach: Float) -> Bool { ((p - q) * (p - q)).sum() < reach * reach }
  var positions: [SIMD3<Float>] = []
  var triangles: [SIMD3<UInt32>] = []
  func add(_ a: SIMD3<Float>, _ b: SIMD3<Float>, _ c: SIMD3<Float>) {
    let first = UInt32(positions.count)
    positions += [a, b, c]
    triangles.append([first, first + 1, first + 2])
  }
  for t in head.mesh.triangles {
    let (a, b, c) = (
      head.mesh.positions[Int(t.x)], head.mesh.positions[Int(t.y)], head.mesh.positions[Int(t.z)]
    )
    let middle = (a + b + c) / 3
    if near(middle, [58, 92, 30], 9) || near(middle, [60, 88, -50], 5) || near(middle, [38, 122, -10], 16) {
      continue
    }
    if near(middle, [74, 60, -12], 16) { add(a, c, b) } else { add(a, b, c) }
  }
  for k in 0..<14 {
    let corner = SIMD3<Float>(60, 150, 0) + SIMD3(Float(k % 3) * 9, Float(k % 5) * 6 - 10, Float(k) * 13 - 90)
    add(corner, corner + [0, 6, 5], corner + [0, -2, 8])
  }
  return TriangleMesh(positions: positions, triangles: triangles)
}

/// From above the left ear.
func view(_ mesh: TriangleMesh) -> RasterImage {
  OrthographicView(
    right: [0.3846, 0, -0.9231], up: [-0.4615, 0.8660, -0.1923], centre: [0, 22, 0], pixelsPerUnit: 1.35, width: 350,
    height: 370
  ).drawn(mesh, paper: [255, 255, 255])
}

@main struct PictureRepair {
  static func main() throws {
    // snippet.repair
    let scan = damaged(try makeMannequin(MannequinParameters(sex: .male)))
    var options = RepairOptions()
    options.holeLimit = 60
    options.scalpHoleLimit = 400
    options.isScalp = { $0.y > 60 }
    let repaired = repairScan(scan, options)
    // snippet.end
    var page = RasterImage(width: 720, height: 410, fill: [255, 255, 255])
    page.place(view(scan), x: 5, y: 35)
    page.place(view(repaired.mesh), x: 365, y: 35)
    let found = repaired.report
    drawText("as it came", into: &page, x: 20, y: 12, height: 11, colour: [40, 40, 40])
    drawText("repaired", into: &page, x: 380, y: 12, height: 11, colour: [40, 40, 40])
    let file = CommandLine.arguments.dropFirst().first ?? "repair.png"
    try writePNG(page, to: file, options: PNGOptions(compressionLevel: 9))
    print(
      """
      wrote \(file): \(found.triangles) triangles, \(found.weldedVertices) vertices welded, \
      \(found.turnedTriangles) triangles turned, \(found.filledHoles) holes filled, \(found.droppedParts) shards dropped
      """)
  }
}
