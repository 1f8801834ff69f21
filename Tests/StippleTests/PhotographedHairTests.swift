import Arithmetic
import Foundation
import Meshes
import PNGImage
import ScalpGeometry
import ScalpRendering
import SkinOptics
import TestSupport
import Testing
import TreatmentDesign

@testable import Stipple

/// A scan whose texture shows the client's hair, from its file to the pictures.
@Suite struct PhotographedHairPictures {
  /// A painted head as OBJ with a texture: pairs of triangles in cells of 16 pixels, 0.2 mm each.
  private static func texture(of painted: PaintedHead) throws -> (obj: String, png: [UInt8]) {
    let mesh = painted.scalp.head.mesh
    let (side, cell) = (2048, 16)
    let perRow = side / cell
    #expect(mesh.triangles.count <= 2 * perRow * perRow)
    /// Weights of the second and third corner at a pixel of a triangle's half of its cell.
    @Sendable func weights(_ x: Int, _ y: Int, isSecond: Bool) -> SIMD2<Float> {
      let p = SIMD2(Float(x) - 1, Float(y) - 1) / Float(cell - 4)
      return isSecond ? SIMD2(repeating: 13.0 / 12) - p : p
    }
    let rows = tabulate(side, initial: [SIMD3<UInt8>](), threads: nil) { y in
      (0..<side).map { x in
        let index = y / cell * perRow + x / cell
        let (cx, cy) = (x % cell, y % cell)
        let isSecond = cx + cy > cell - 1
        let triangle = 2 * index + (isSecond ? 1 : 0)
        guard triangle < mesh.triangles.count else { return .zero }
        var w = weights(cx, cy, isSecond: isSecond)
        w.clamp(lowerBound: SIMD2(repeating: 0), upperBound: SIMD2(repeating: 1))
        if w.sum() > 1 { w /= w.sum() }
        let t = mesh.triangles[triangle]
        let (a, b, c) = (mesh.positions[Int(t.x)], mesh.positions[Int(t.y)], mesh.positions[Int(t.z)])
        let place = a * (1 - w.x - w.y) + b * w.x + c * w.y
        let light = painted.colour(at: SurfacePoint(position: place, triangle: UInt32(triangle), v: w.x, w: w.y))
        var code = SIMD3<UInt8>.zero
        for k in 0..<3 { code[k] = UInt8((encodedSRGB(Double(light[k])) * 255).rounded()) }
        return code
      }
    }
    var image = RasterImage(width: side, height: side)
    for y in 0..<side { for x in 0..<side { image[x, y] = rows[y][x] } }
    var text = "mtllib scan.mtl\nusemtl skin\n"
    for p in mesh.positions { text += "v \(p.x) \(p.y) \(p.z)\n" }
    for (i, t) in mesh.triangles.enumerated() {
      let origin = SIMD2(Float(i / 2 % perRow), Float(i / 2 / perRow)) * Float(cell)
      let corners: [SIMD2<Float>] =
        i % 2 == 0
        ? [SIMD2(1, 1), SIMD2(13, 1), SIMD2(1, 13)] : [SIMD2(14, 14), SIMD2(2, 14), SIMD2(14, 2)]
      for corner in corners {
        let uv = (origin + corner + SIMD2(repeating: 0.5)) / Float(side)
        text += "vt \(uv.x) \(1 - uv.y)\n"
      }
      text += "f \(t.x + 1)/\(3 * i + 1) \(t.y + 1)/\(3 * i + 2) \(t.z + 1)/\(3 * i + 3)\n"
    }
    return (text, try encodePNG(image))
  }

  fileprivate struct Scan {
    var folder: Scratch
    var painted: PaintedHead

    /// Opens the scan under a design with this `hair`, in a file of its own: tests that share the scan run at the same time.
    func open(_ hair: String, more: String = "", threads: Int? = nil) throws -> OpenedDesign {
      let l = painted.scalp.head.landmarks
      func place(_ p: SIMD3<Float>) -> String { "[\(p.x), \(p.y), \(p.z)]" }
      let path = try folder.write(
        """
        schemaVersion: 1
        head:
          scan: scan.obj
          units: mm
          sex: male
          landmarks: {glabella: \(place(l.glabella)), leftTragion: \(place(l.leftTragion)), rightTragion: \(place(l.rightTragion))}
        client: {skin: \(painted.paint.name.prefix { $0 != "," })}
        hair: \(hair)
        layers: [{zone: {ellipse: {centre: {up: 150, side: 0}, length: 70, width: 60}}}]
        pictures: {view: left, size: 256, oil: 0\(more)}
        """, "design-\(UUID()).yaml")
      return try OpenedDesign(path, threads: threads)
    }
  }

  private static func scan(_ paint: Paint) throws -> Scan {
    let painted = try PaintedHead(paint)
    let folder = try Scratch()
    let made = try texture(of: painted)
    _ = try folder.write(made.obj, "scan.obj")
    _ = try folder.write("newmtl skin\nmap_Kd skin.png\n", "scan.mtl")
    try Data(made.png).write(to: URL(fileURLWithPath: folder.path + "/skin.png"))
    return Scan(folder: folder, painted: painted)
  }

  fileprivate static let stubble = Result { try scan(Paint.haired[0]) }
  fileprivate static let darkStubble = Result { try scan(Paint.haired[5]) }
  fileprivate static let bald = Result { try scan(Paint.bald[0]) }

  private static let black = "{colour: black, length: 0.6, density: 200"

  /// Hair drawn on the sides stands once: where the texture shows it, none is drawn, and pictures show what the texture shows.
  @Test(arguments: [stubble, darkStubble])
  fileprivate func hairIsNotDrawnASecondTime(_ made: Result<Scan, any Error>) throws {
    let scan = try made.get()
    let shown = try scan.open(Self.black + "}")
    let hair = try #require(try shown.head().photographedHair)
    #expect(hair.finding == .found)
    #expect(try shown.placement().hair.count < 50)
    let measured = try #require(try measurePicture(shown, size: 256).hair)
    // What the painting is, with the light that the surface throws back over both.
    let paint = scan.painted.paint
    func light(_ c: SIMD3<Float>) -> Double { luminance(SIMD3<Double>(c)) + surfaceReflectance }
    let painting = logarithm(light(paint.skin) / light(paint.skin * (1 - paint.cover) + paint.hair * paint.cover))
    // A sixth: lamps and shade differ from the mean that `surfaceReflectance` is.
    #expect(abs(measured.darkness / painting - 1) < 0.17, "\(measured.darkness) of \(painting)")

    // The same with the hair drawn over it is darker by half and more.
    let drawn = try scan.open(Self.black + ", from: drawn}")
    #expect(try drawn.placement().hair.count > 40_000)
    let texture = try lightness(shown, of: drawn)
    let twice = try lightness(drawn, of: drawn)
    #expect(logarithm(texture / twice) > 0.5 * measured.darkness, "\(texture) \(twice)")
  }

  /// Mean light of the hair on the sides before the work, at the places where `other` draws its hair.
  private func lightness(_ opened: OpenedDesign, of other: OpenedDesign) throws -> Double {
    let portrait = try Portrait(opened)
    let lights = try portrait.measuredLights(.left, size: 160, isDry: true)
    let fields = try other.fields()
    var (sum, count) = (0.0, 0.0)
    for i in lights.before.indices where lights.seen.coverage[i] > 0.99 && lights.seen.facing[i] > 0.7 {
      let there = fields.hair(at: lights.seen.points[i])
      if there.now < 150 { continue }
      sum += luminance(SIMD3<Double>(lights.before[i]))
      count += 1
    }
    #expect(count > 500)
    return sum / count
  }

  @Test func theOpticalModelsSkinHasTheHairDrawnWhereItIs() throws {
    let scan = try Self.stubble.get()
    let model = try scan.open(Self.black + ", loss: norwood-6}", more: ", skin: from-design")
    // The loss pattern is the colours' own: all of the scalp has hair.
    #expect(try model.fields().lossArea < 10)
    #expect(try model.placement().hair.count > 80_000)
    let words = try model.hairWords()
    #expect(
      words.count == 2 && words[0].contains("it is drawn there")
        && words[1].contains("'loss: norwood-6' is bald or thin on"))
  }

  @Test func theWorkIsMatchedToWhatTheColoursShow() throws {
    let scan = try Self.stubble.get()
    let shown = try scan.open(Self.black + "}")
    let seen = try #require(shown.design.hair.seenDarkness)
    let target = MatchTarget(MatchQuery(shown.design))
    #expect(abs(target.hairDarkness - seen) < 0.02, "\(target.hairDarkness) for \(seen)")
    #expect(try scan.open(Self.black + ", from: drawn}").design.hair.seenDarkness == nil)
    // A live design on the same head has the same dose.
    var live = try LivePortrait(shown, size: 64)
    #expect(live.canDraw(try readDesign(writeDesign(shown.written), named: "design")))
    _ = try live.frame(shown.written)
    #expect(live.fields.design.pigment.found == shown.design.pigment.found)
  }

  @Test func whatWasFoundIsTold() throws {
    let scan = try Self.stubble.get()
    let shown = try scan.open("{colour: black, length: 6, density: 300, loss: norwood-7}")
    let words = try checkDesign(shown).notes
    #expect(
      words.contains {
        $0.contains(".yaml:8:1: the scan's colours show hair on ") && $0.contains("drawn hair is left out there")
      })
    #expect(
      words.contains { $0.contains("'loss: norwood-7' is bald or thin on") && $0.hasSuffix("the colours are taken") })
    #expect(words.contains { $0.contains("black hair of 6 mm would be") })
    let info = try describe(try #require(shown.locations?.file))
    #expect(info.statements.first?.text.contains("the scan's colours show hair on") == true)
    #expect(info.facts.contains { $0.name == "hair shown by colours" && $0.value > 600 })
    #expect(try shown.warnings().contains { $0.contains("the scan's colours show hair on") })
  }

  @Test func aBaldScanIsAsBefore() throws {
    let scan = try Self.bald.get()
    let opened = try scan.open(Self.black + "}")
    #expect(try opened.head().photographedHair?.finding == PhotographedHair.Finding.none)
    #expect(try opened.hairWords().isEmpty)
    let drawn = try scan.open(Self.black + ", from: drawn}")
    #expect(try opened.placement().hair == drawn.placement().hair)
    #expect(try opened.placement().impressions == drawn.placement().impressions)
    // Taken from the texture, there is none, and it says so.
    let texture = try scan.open("fromTexture")
    #expect(try texture.placement().hair.count < 50)
    #expect(try texture.hairWords().first?.contains("show no hair") == true)
  }

  @Test func theResultIsTheSameForAnyNumberOfThreads() throws {
    let scan = try Self.stubble.get()
    let (a, b) = (try scan.open(Self.black + "}", threads: 1), try scan.open(Self.black + "}", threads: 3))
    #expect(try a.head() == b.head())
    #expect(try a.placement().impressions == b.placement().impressions)
  }

  @Test func theKeyIsReadAndRefused() throws {
    func design(
      _ hair: String,
      head: String =
        "scan: a.obj, landmarks: {leftTragion: [70, 0, 0], rightTragion: [-70, 0, 0], glabella: [0, 34, 106]}"
    ) throws -> Design {
      try readDesign(
        "schemaVersion: 1\nhead: {\(head)}\nhair: \(hair)\nlayers: [{zone: {area: scalp}}]\n", named: "d.yaml"
      )
    }
    #expect(try design("fromTexture").hair.source == .texture)
    #expect(try design("{from: drawn, length: 2}").hair.source == .drawn)
    #expect(try design("{length: 2}").hair.source == .detect)
    #expect(try readDesign(writeDesign(design("fromTexture")), named: "again").hair.source == .texture)
    func error(_ hair: String, head: String) -> String {
      do {
        _ = try design(hair, head: head)
        return ""
      } catch { return "\(error)" }
    }
    #expect(error("fromTexture", head: "sex: male").contains("d.yaml:3:1: a mannequin has no colours"))
    #expect(error("{from: texture}", head: "sex: male").contains("d.yaml:3:8: a mannequin has no colours"))
    #expect(error("fromtexture", head: "sex: male").contains("fromTexture, or a section with the keys from, colour"))
    #expect(error("{from: photo}", head: "sex: male").contains("detect, texture, drawn"))

    let folder = try Scratch()
    let head = try coarseHead.get()
    var text = ""
    for p in head.mesh.positions { text += "v \(p.x) \(p.y) \(p.z)\n" }
    for t in head.mesh.triangles { text += "f \(t.x + 1) \(t.y + 1) \(t.z + 1)\n" }
    _ = try folder.write(text, "scan.obj")
    let l = head.landmarks
    let path = try folder.write(
      """
      schemaVersion: 1
      head: {scan: scan.obj, landmarks: {leftTragion: [\(l.leftTragion.x), 0, 0], rightTragion: [\(l.rightTragion.x), 0, 0], glabella: [0, \(l.glabella.y), \(l.glabella.z)]}}
      hair: fromTexture
      layers: [{zone: {area: scalp}}]
      """, "design.yaml")
    let refused = #expect(throws: StippleError.self) { try OpenedDesign(path).fields() }
    #expect(refused?.message.contains("design.yaml:3:1: the scan has no colours") == true)
  }
}
