import Foundation
import JPEGSupport
import MeshFiles
import Meshes
import PNGImage
import ScalpGeometry
import ScalpRendering
import SkinOptics
import Testing
import TreatmentDesign

@testable import Stipple

private func linear(_ c: SIMD3<Double>) -> SIMD3<Double> {
  var out = c
  for k in 0..<3 { out[k] = c[k] <= 0.04045 ? c[k] / 12.92 : pow((c[k] + 0.055) / 1.055, 2.4) }
  return out
}

/// A scan with colours from its file to the picture.
@Suite struct ScanColours {
  /// A coarse mannequin as OBJ: blue at its vertices, and with a material that may bring a picture.
  private static let scan = Result {
    let head = try coarseHead.get()
    var text = "mtllib scan.mtl\nusemtl skin\nvt 0.5 0.5\n"
    for p in head.mesh.positions { text += "v \(p.x) \(p.y) \(p.z) 0.2 0.4 1\n" }
    for t in head.mesh.triangles { text += "f \(t.x + 1)/1 \(t.y + 1)/1 \(t.z + 1)/1\n" }
    return (text: text, landmarks: head.landmarks)
  }

  /// The scan in a folder with a design, and with its material if it has a picture.
  private static func scratch(texture: [UInt8]? = nil, named name: String = "skin.png") throws -> (
    folder: Scratch, design: String
  ) {
    let folder = try Scratch()
    let scan = try scan.get()
    _ = try folder.write(scan.text, "scan.obj")
    if let texture {
      _ = try folder.write("newmtl skin\nmap_Kd \(name)\n", "scan.mtl")
      try Data(texture).write(to: URL(fileURLWithPath: folder.path + "/" + name))
    }
    let l = scan.landmarks
    func place(_ p: SIMD3<Float>) -> String { "[\(p.x), \(p.y), \(p.z)]" }
    let design = try folder.write(
      """
      schemaVersion: 1
      head:
        scan: scan.obj
        units: mm
        landmarks:
          glabella: \(place(l.glabella))
          leftTragion: \(place(l.leftTragion))
          rightTragion: \(place(l.rightTragion))
      hair: {loss: total, density: 30}
      layers: [{zone: {ellipse: {centre: {up: 200, side: 0}, length: 20, width: 20}, density: 30}}]
      """, "design.yaml")
    return (folder, design)
  }

  /// Mean of a square of the forehead seen from the front.
  private static func forehead(_ opened: OpenedDesign, _ skin: Pictures.SkinSource) throws -> SIMD3<Double> {
    var overrides = DesignOverrides()
    overrides.skin = skin
    let picture = try Portrait(opened.applying(overrides)).dress(.front, size: 48).picture()
    var sum = SIMD3<Double>.zero
    for y in 16..<20 { for x in 22..<26 { sum += SIMD3<Double>(picture[x, y]) } }
    return sum / 16
  }

  @Test func aScanIsShownInItsOwnColours() throws {
    let (folder, design) = try Self.scratch()
    let opened = try OpenedDesign(design)
    let plan = try opened.placement()
    let colour = try #require(plan.head.colour)
    #expect(colour.vertexColours.count == plan.head.mesh.positions.count)
    let own = try Self.forehead(opened, .fromScan)
    #expect(own.z > 1.3 * own.x, "\(own)")
    let model = try Self.forehead(opened, .fromDesign)
    #expect(model.x > 1.1 * model.z, "\(model)")
    let info = try describe(folder.path + "/scan.obj")
    #expect(info.statements.map(\.text) == ["OBJ", "at vertices", "material file scan.mtl is missing beside the mesh"])
    #expect(plan.head.notes == ["scan.obj: material file scan.mtl is missing beside the mesh"])
    #expect(info.text.hasPrefix("Mesh\nformat "))
  }

  @Test func aScansPictureGoesBeforeItsVertices() throws {
    let png = try encodePNG(RasterImage(width: 4, height: 4, fill: SIMD3(40, 200, 60)))
    let (folder, _) = try Self.scratch(texture: png)
    let colour = try #require(try loadMesh(folder.path + "/scan.obj").colour)
    #expect(colour.materials.last == SurfaceColour.Material(texture: 0))
    #expect(colour.textures.map(\.bytes) == [png])
    let info = try describe(folder.path + "/scan.obj")
    #expect(info.statements.contains { $0.text == "texture skin.png, 4 x 4 pixels" })
    #expect(info.json.contains("\"text\": \"texture skin.png, 4 x 4 pixels\""))
    #expect(!info.statements.contains { $0.name == "problem" })
  }

  /// The same picture as JPEG and as PNG, baseline and progressive, is the same skin.
  @Test(arguments: [JPEGKind(), JPEGKind(progressive: true), JPEGKind(halved: true)])
  func aJPEGIsThePicture(kind: JPEGKind) throws {
    var image = RasterImage(width: 64, height: 64)
    for y in 0..<64 { for x in 0..<64 { image[x, y] = SIMD3(UInt8(150 + x), UInt8(110 + y), UInt8(90 + x / 2)) } }
    let png = try Self.scratch(texture: encodePNG(image))
    let jpeg = try Self.scratch(texture: madeJPEG(image, kind), named: "skin.jpg")
    let (a, b) = (
      try Self.forehead(try OpenedDesign(png.design), .fromScan),
      try Self.forehead(try OpenedDesign(jpeg.design), .fromScan)
    )
    let lab = [a, b].map { Lab(linearRGB: linear($0 / 255)) }
    #expect(lab[0].difference(from: lab[1]) < 1, "\(a) \(b)")
    let info = try describe(jpeg.folder.path + "/scan.obj")
    #expect(info.statements.contains { $0.text == "texture skin.jpg, 64 x 64 pixels" })
  }

  /// Damage that can be passed over is told; inks and files that end early are refused by name.
  @Test func damagedJPEGsAreTold() throws {
    let whole = madeJPEG(RasterImage(width: 64, height: 64, fill: SIMD3(200, 150, 120)))
    let scan = try #require(whole.indices.first { whole[$0] == 0xFF && whole[$0 + 1] == 0xDA })
    var bytes = whole
    // A marker that has no place within the scan.
    bytes.replaceSubrange(scan + 16..<scan + 18, with: [0xFF, 0xD3])
    let damaged = try Self.scratch(texture: bytes, named: "skin.jpg")
    let opened = try OpenedDesign(damaged.design)
    _ = try Self.forehead(opened, .fromScan)
    #expect(try opened.warnings().contains { $0.hasPrefix("texture skin.jpg is damaged: ") })
    let short = try Self.scratch(texture: Array(whole.dropLast(20)), named: "skin.jpg")
    let error = #expect(throws: StippleError.self) { try Self.forehead(OpenedDesign(short.design), .fromScan) }
    #expect(error?.message == "texture skin.jpg: not a readable JPEG: the file ends early")
    let inks = try Self.scratch(texture: madeInkJPEG(width: 16, height: 16), named: "skin.jpg")
    #expect(try loadMesh(inks.folder.path + "/scan.obj").notes.first?.contains("printing inks (CMYK)") == true)
  }

  @Test func damageAndWhatIsLeftOutAreSaid() throws {
    let png = try encodePNG(RasterImage(width: 4, height: 4, fill: .zero))
    let (folder, _) = try Self.scratch(texture: Array(png.dropLast(30)))
    let problem = try describe(folder.path + "/scan.obj").statements.first { $0.name == "problem" }
    #expect(problem?.text.hasPrefix("texture skin.png: not a readable PNG") == true)
    _ = try folder.write("newmtl skin\nmap_Kd skin.jpg\n", "scan.mtl")
    try Data([0xFF, 0xD8, 0xFF]).write(to: URL(fileURLWithPath: folder.path + "/skin.jpg"))
    let file = try loadMesh(folder.path + "/scan.obj")
    #expect(
      file.notes == [
        "texture skin.jpg is a damaged JPEG picture and is left out: it does not say its size"
      ])
    // The colours of the vertices stand in.
    #expect(file.colour?.materials.allSatisfy { $0.texture == nil && $0.hasVertexColours } == true)
  }

  @Test func aLandmarkSheetIsDrawnInTheScansColours() throws {
    let png = try encodePNG(RasterImage(width: 4, height: 4, fill: SIMD3(40, 200, 60)))
    let (folder, _) = try Self.scratch(texture: png)
    let sheet = try writeLandmarkSheet(of: folder.path + "/scan.obj", to: folder.path + "/sheet.png")
    #expect(sheet.notes.isEmpty && sheet.guess != nil)
    func share(_ image: RasterImage, _ isIt: (SIMD3<UInt8>) -> Bool) -> Double {
      var count = 0
      for y in stride(from: 0, to: image.height, by: 7) {
        for x in stride(from: 0, to: image.width, by: 7) where isIt(image[x, y]) { count += 1 }
      }
      return Double(count) / Double((image.width / 7) * (image.height / 7))
    }
    func isGreen(_ c: SIMD3<UInt8>) -> Bool { Int(c.y) > Int(c.x) + 25 && Int(c.y) > Int(c.z) + 25 }
    #expect(share(sheet.image, isGreen) > 0.1)
    // The grid is on it: some pixels of the skin are bluer than the skin.
    #expect(share(sheet.image) { $0.z > 150 && $0.x < 120 } > 0.002)

    // A damaged picture costs its colours, not the sheet.
    let (damaged, _) = try Self.scratch(texture: Array(png.dropLast(30)))
    let grey = try writeLandmarkSheet(of: damaged.path + "/scan.obj", to: damaged.path + "/sheet.png")
    #expect(grey.notes.count == 1 && grey.notes[0].hasPrefix("drawn in grey: texture skin.png"))
    #expect(share(grey.image, isGreen) == 0)
    #expect(grey.text.contains("drawn in grey") && grey.json.contains("drawn in grey"))
  }

  @Test func filesThatAMeshNamesStayInItsFolder() throws {
    let folder = try Scratch()
    let gltf =
      #"{"asset":{"version":"2.0"},"buffers":[{"byteLength":1,"uri":"..%2Fsecret.bin"}]}"#
    _ = try folder.write(gltf, "scan.gltf")
    let error = #expect(throws: StippleError.self) { try loadMesh(folder.path + "/scan.gltf") }
    #expect(error?.kind == .data)
    #expect(error?.message.hasSuffix("buffers[0].uri: '../secret.bin' is refused: it leaves the mesh's folder") == true)
    _ = try folder.write(gltf.replacing("..%2Fsecret.bin", with: "none.bin"), "scan.gltf")
    let missing = #expect(throws: StippleError.self) { try loadMesh(folder.path + "/scan.gltf") }
    #expect(missing?.message.hasSuffix("the file none.bin is missing beside the mesh") == true)
  }
}
