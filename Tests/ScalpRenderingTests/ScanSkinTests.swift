import Arithmetic
import MeshFiles
import Meshes
import PNGImage
import ScalpGeometry
import SkinOptics
import TestSupport
import Testing

@testable import ScalpRendering

private let skin = SkinTone.presets[2]

/// Preparing takes most of the time, and every test looks at the same shape.
private let ellipsoid = ellipsoidHead(rings: 12)
private let prepared = PreparedHead(ellipsoid)

/// A picture whose texel (x, y) is `colour(x, y)`.
private func texture(
  _ width: Int, _ height: Int, name: String = "skin.png", _ colour: (Int, Int) -> SIMD3<UInt8>
) throws -> SurfaceColour.Texture {
  var image = RasterImage(width: width, height: height, fill: .zero)
  for y in 0..<height { for x in 0..<width { image[x, y] = colour(x, y) } }
  return SurfaceColour.Texture(name: name, bytes: try encodePNG(image), width: width, height: height)
}

/// The ellipsoid with a picture laid on it, the front in its middle: u by the angle around the head, v by height.
private func wrapped(_ head: Head, _ texture: SurfaceColour.Texture) -> Head {
  var head = head
  var colour = SurfaceColour(materials: [SurfaceColour.Material(texture: 0)], textures: [texture])
  for t in head.mesh.triangles {
    let middle = (0..<3).reduce(SIMD3<Float>.zero) { $0 + head.mesh.positions[Int(t[$1])] } / 3
    for k in 0..<3 {
      let p = head.mesh.positions[Int(t[k])]
      // On the front half, which is all that the tests look at, x alone tells the angle well enough.
      let u = middle.z > 0 ? 0.5 + p.x / 77 * 0.25 : 0.01
      colour.textureCoordinates.append(SIMD2(u, 0.5 - p.y / 131 * 0.5))
    }
  }
  head.colour = colour
  return head
}

private func light(
  _ head: Head, scar: [ScarSkin] = [], size: Int = 64, dots: [Marks] = [], seed: UInt64 = 3
) throws -> [SIMD3<Float>] {
  var look = SkinLook(tone: skin)
  look.seed = seed
  look.scars = scar
  var prepared = prepared
  prepared.scanSkin = try head.colour.map { try ScanSkin($0) }
  let view = prepareView(
    of: prepared, look: look, camera: ClinicView.front.camera(for: head.landmarks), width: size, height: size)
  return DressedView(view, shafts: [], strands: Strands()).light(impressions: dots)
}

private func middle(_ light: [SIMD3<Float>], size: Int = 64) -> SIMD3<Float> {
  var sum = SIMD3<Float>.zero
  for y in size * 7 / 16..<size * 9 / 16 {
    for x in size * 7 / 16..<size * 9 / 16 { sum += light[y * size + x] }
  }
  return sum / Float(size * size / 64)
}

struct ScanSkinTests {
  /// Light is diffuse plus specular; the difference of two albedos leaves the specular out.
  @Test func albedoIsLinearLightOfTheScan() throws {
    let head = ellipsoid
    func render(_ code: UInt8) throws -> SIMD3<Float> {
      middle(try light(wrapped(head, try texture(8, 8) { _, _ in SIMD3(code, code, code) })))
    }
    let black = try render(0)
    let grey = try render(188) - black
    let white = try render(255) - black
    // sRGB 188 is 0.503 of white's light; the renderer has no rounding that would show here.
    for c in 0..<3 { #expect(abs(grey[c] / white[c] - 0.5029) < 1e-3) }
    #expect(black.max() > 0)
  }

  @Test func verticesColourAsPicturesDo() throws {
    var head = ellipsoid
    let pictured = wrapped(head, try texture(8, 8) { _, _ in SIMD3(200, 150, 120) })
    let linear = SIMD3(linearLight[200], linearLight[150], linearLight[120])
    head.colour = SurfaceColour(
      vertexColours: head.mesh.positions.map { _ in linear },
      materials: [SurfaceColour.Material(hasVertexColours: true)])
    let (a, b) = (middle(try light(pictured)), middle(try light(head)))
    for c in 0..<3 { #expect(abs(a[c] - b[c]) < 1e-4) }
  }

  @Test func whereAScanHasNoColourTheModelPaints() throws {
    var head = ellipsoid
    let model = try light(head)
    head.colour = SurfaceColour(
      materialOfTriangle: head.mesh.triangles.map { head.mesh.positions[Int($0.x)].x > 0 ? 1 : 0 },
      materials: [SurfaceColour.Material(), SurfaceColour.Material(texture: 0)],
      textures: [try texture(2, 2) { _, _ in SIMD3(0, 255, 0) }])
    head.colour?.textureCoordinates = [SIMD2<Float>](repeating: .zero, count: 3 * head.mesh.triangles.count)
    let mixed = try light(head)
    // The subject's left, +x, is on the right of a picture from the front.
    let row = 32 * 64
    // A scan's colours are exposed nearly as they are, and with them what the model paints beside them.
    let exposures = [true, false].map { StudioLight.clinic.exposed(for: skin, ownColours: $0).exposure }
    let same = mixed[row + 20] * (exposures[1] / exposures[0]) - model[row + 20]
    #expect(max(abs(same.x), abs(same.y), abs(same.z)) < 1e-5)
    #expect(mixed[row + 44].y > 2 * mixed[row + 44].x)
  }

  /// Pigment multiplies the scan's skin by the same factors as the model's.
  @Test func dotsTakeTheSameShareOfTheScansSkin() throws {
    let head = ellipsoid
    var dots = Marks(
      styles: [lossProfile(PigmentBody(diameter: 1.2, depth: 0.24, opticalDensity: 2), in: skin)])
    let place = SIMD3<Float>(0, 22.5, 98.5)
    dots.append(
      position: place, normal: normalized(place / SIMD3(77 * 77, 131 * 131, 100 * 100)), style: 0, strength: 6)
    func share(_ head: Head, _ black: Head) throws -> SIMD3<Float> {
      let specular = try light(black, size: 128)
      let bare = try light(head, size: 128)
      let dotted = try light(head, size: 128, dots: [dots])
      let at = bare.indices.max { (bare[$0] - dotted[$0]).sum() < (bare[$1] - dotted[$1]).sum() } ?? 0
      // Specular light stays; what is left is diffuse.
      return (dotted[at] - specular[at]) / (bare[at] - specular[at])
    }
    let black = wrapped(head, try texture(2, 2) { _, _ in .zero })
    let pale = try share(wrapped(head, try texture(2, 2) { _, _ in SIMD3(230, 200, 180) }), black)
    let dark = try share(wrapped(head, try texture(2, 2) { _, _ in SIMD3(120, 80, 60) }), black)
    #expect(pale.x < 0.95)
    for c in 0..<3 { #expect(abs(pale[c] - dark[c]) < 1e-3) }
  }

  /// Seen from afar a fine chequerboard is the mean of its light, not one of its squares.
  @Test func distantPicturesAreMeansOfLight() throws {
    let head = ellipsoid
    let board = try texture(256, 256) { x, y in (x + y) % 2 == 0 ? SIMD3(255, 255, 255) : .zero }
    let white = try light(wrapped(head, try texture(2, 2) { _, _ in SIMD3(255, 255, 255) }))
    let black = try light(wrapped(head, try texture(2, 2) { _, _ in .zero }))
    let seen = try light(wrapped(head, board))
    for y in 28..<36 {
      for x in 28..<36 {
        let i = y * 64 + x
        // Levels are kept in 8 bits: half a code at mid grey is 0.5 %.
        #expect(abs((seen[i].y - black[i].y) / (white[i].y - black[i].y) - 0.5) < 0.01)
      }
    }
  }

  @Test func fillingBetweenIslandsDoesNotBleed() throws {
    // A triangle covers the lower left half of a picture; the rest is black filling.
    let pixels = PNGPixels(
      width: 64, height: 64, channels: .rgba,
      samples: .eight(
        (0..<64 * 64).flatMap { i -> [UInt8] in i % 64 <= i / 64 ? [200, 100, 50, 255] : [0, 0, 0, 255] }))
    let corners = [SIMD2<Float>(0, 0), SIMD2(0, 1), SIMD2(1, 1)]
    let pyramid = TexturePyramid(pixels, triangles: corners, threads: 1)
    for width: Float in [0.5, 1, 3, 8, 20] {
      let footprint = width / 64
      let c = pyramid.colour(
        SIMD2(0.5, 0.505), across: SIMD2(footprint, 0), down: SIMD2(0, footprint), wrapU: .repeat, wrapV: .repeat)
      // One code of 8 bits per level
      #expect(abs(c.x - linearLight[200]) < 0.02 && abs(c.z - linearLight[50]) < 0.005, "\(width): \(c)")
    }
    let whole = TexturePyramid(pixels, triangles: [], threads: 1)
    let bled = whole.colour(
      SIMD2(0.5, 0.505), across: SIMD2(0.3, 0), down: SIMD2(0, 0.3), wrapU: .repeat, wrapV: .repeat)
    #expect(bled.x < 0.7 * linearLight[200])
  }

  @Test(arguments: [SurfaceColour.Wrap.repeat, .clamp, .mirror])
  func coordinatesOutsideWrap(_ wrap: SurfaceColour.Wrap) {
    let pixels = PNGPixels(
      width: 4, height: 1, channels: .rgba,
      samples: .eight([0, 50, 100, 255].flatMap { [UInt8($0), 0, 0, 255] }))
    let pyramid = TexturePyramid(pixels, triangles: [], threads: 1)
    func code(_ texel: Float) -> Float {
      displayCode(
        pyramid.colour(SIMD2(texel / 4, 0.5), across: .zero, down: .zero, wrapU: wrap, wrapV: .clamp).x)
    }
    let expected: [Float] =
      switch wrap {
      case .repeat: [0, 255, 0, 50]
      case .clamp: [0, 0, 255, 255]
      case .mirror: [0, 0, 255, 100]
      }
    for (texel, value) in zip([0.5, -0.5, 4.5, 5.5] as [Float], expected) { #expect(abs(code(texel) - value) < 0.6) }
    // Far out and at the end of the range nothing traps.
    for far: Float in [-4e5, 4e5] { _ = code(far) }
    for wide: Float in [1e5, 1e30, .infinity, .nan] {
      let c = pyramid.colour(
        SIMD2(0.5, 0.5), across: SIMD2(wide, 0), down: SIMD2(0, 1), wrapU: wrap, wrapV: wrap)
      #expect(c.x >= 0 && c.x <= 1)
    }
  }

  @Test func damagedAndLyingPicturesAreRefused() throws {
    func refusal(_ change: (inout SurfaceColour.Texture) -> Void) throws -> String? {
      var texture = try texture(4, 4, name: "a.png") { _, _ in .zero }
      change(&texture)
      let colour = SurfaceColour(materials: [SurfaceColour.Material(texture: 0)], textures: [texture])
      return #expect(throws: TextureError.self) { try ScanSkin(colour) }?.description
    }
    #expect(try refusal { $0.bytes.removeLast(20) }?.hasPrefix("texture a.png: not a readable PNG") == true)
    let size = try texture(4, 4) { _, _ in .zero }.bytes.count
    #expect(
      try refusal { ($0.width, $0.height) = (60_000, 60_000) }
        == "texture a.png: 60000 x 60000 pixels cannot come out of \(size) bytes")
    #expect(
      try refusal { ($0.width, $0.height) = (Int.max, 2) }?.hasSuffix("cannot come out of \(size) bytes") == true)
  }

  @Test func scarsPaleTheScansSkin() throws {
    let head = wrapped(ellipsoid, try texture(2, 2) { _, _ in SIMD3(180, 130, 110) })
    let plain = middle(try light(head))
    let everywhere = ScarSkin(.patch([Float](repeating: 9, count: head.mesh.positions.count)))
    let scarred = middle(try light(head, scar: [everywhere]))
    #expect(scarred.y > plain.y * 1.02)
  }

  @Test(arguments: [1, 2, 5])
  func threadsDoNotChangeAPixel(_ threads: Int) throws {
    let head = wrapped(
      ellipsoid, try texture(64, 32) { x, y in SIMD3(UInt8(x * 4), UInt8(y * 8), UInt8(x ^ y)) })
    func render(_ threads: Int) throws -> RasterImage {
      var prepared = prepared
      prepared.scanSkin = try ScanSkin(try #require(head.colour), threads: threads)
      let view = prepareView(
        of: prepared, look: SkinLook(tone: SkinTone.presets[0]),
        camera: ClinicView.left45.camera(for: head.landmarks), width: 48, height: 48, threads: threads)
      return DressedView(view, shafts: [], strands: Strands(), threads: threads).picture(threads: threads)
    }
    #expect(try render(threads) == render(3))
  }
}
