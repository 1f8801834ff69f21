import PNGImage
import ScalpGeometry
import SkinOptics
import TestSupport
import Testing

@testable import ScalpRendering

private let head = ellipsoidHead(rings: 24)
private let prepared = PreparedHead(head)

private func view(_ camera: Camera) -> LitView {
  LitView(prepared, look: SkinLook(tone: testSkin), camera: camera)
}

@Suite struct Windows {
  /// A picture drawn in bands is the picture drawn at once: rounding of shifted coordinates is all that differs.
  @Test(arguments: [PictureQuality.standard, .final])
  func bandsMakeUpThePicture(quality: PictureQuality) {
    let lit = view(ClinicView.front.camera(for: head.landmarks))
    let marks = [dots(on: head, spacing: 2, reach: 60)]
    func drawn(_ window: PictureWindow) -> [UInt8] {
      DressedView(lit.planes(window, quality: quality), shafts: [], strands: Strands()).picture(impressions: marks)
        .pixels
    }
    let whole = drawn(PictureWindow(width: 64, height: 64))
    var parts: [UInt8] = []
    for y in stride(from: 0, to: 64, by: 24) {
      parts += drawn(
        PictureWindow(fullWidth: 64, fullHeight: 64, x: 0, y: y, width: 64, height: min(24, 64 - y)))
    }
    #expect(parts.count == whole.count)
    var differing = 0
    for i in whole.indices where abs(Int(whole[i]) - Int(parts[i])) > 1 { differing += 1 }
    // Samples that lie on an edge between two triangles may fall to either.
    #expect(differing < whole.count / 100)
  }

  /// A transparent picture laid over a backdrop is the picture with that backdrop, up to rounding.
  @Test func alphaIsTheShareOfTheHead() throws {
    let planes = view(ClinicView.front.camera(for: head.landmarks)).planes(PictureWindow(width: 48, height: 48))
    let clear = DressedView(planes, shafts: [], strands: Strands(), background: .transparent)
    let pixels = clear.samples(bits16: true)
    #expect(pixels.channels == .rgba)
    guard case .sixteen(let samples) = pixels.samples else {
      Issue.record("not 16 bits")
      return
    }
    #expect(samples[3] == 0)
    let middle = (20 * 48 + 24) * 4
    #expect(samples[middle + 3] == 65535)
    let opaque = DressedView(planes, shafts: [], strands: Strands()).picture()
    for c in 0..<3 {
      #expect(abs(Int(opaque.pixels[(20 * 48 + 24) * 3 + c]) - Int(samples[middle + c]) / 257) <= 1)
    }
    // Pixels at the outline are partly covered.
    #expect(stride(from: 3, to: samples.count, by: 4).contains { samples[$0] > 0 && samples[$0] < 65535 })
  }

  /// Parallel rays: a millimetre is as many pixels at the nose as at the ear.
  @Test func anOrthographicPictureIsTrueToScale() {
    let camera = ClinicView.left.camera(for: head.landmarks).orthographic
    let projection = Projection(camera, width: 300, height: 300)
    let a = projection.project(SIMD3(0, 0, 50))
    let b = projection.project(SIMD3(0, 10, 50))
    let c = projection.project(SIMD3(70, 0, 50))
    let d = projection.project(SIMD3(70, 10, 50))
    #expect(abs((a.y - b.y) - (c.y - d.y)) < 1e-3)
    #expect(abs((a.y - b.y) / 10 - projection.pixelsPerMillimetre) < 0.02)
    #expect(abs(a.x - c.x) < 3)
  }

  @Test func aCameraKnowsWhenItIsInTheHead() {
    let near = FreeCamera(distance: 80).camera(at: head.landmarks.middle)
    #expect(near.leastDistance(from: head.mesh) > 100)
    let far = FreeCamera(distance: 900).camera(at: head.landmarks.middle)
    #expect(far.leastDistance(from: head.mesh) < 200)
  }
}

@Suite struct Setups {
  /// Every set-up exposes bare skin as a picture of skin: neither black nor burnt out.
  @Test(arguments: LightSetup.allCases)
  func skinIsExposed(setup: LightSetup) {
    let lit = LitView(
      prepared, look: SkinLook(tone: testSkin), camera: ClinicView.front.camera(for: head.landmarks),
      light: setup.light)
    let light = DressedView(
      lit.planes(PictureWindow(width: 48, height: 48)), shafts: [], strands: Strands(), background: .dark
    ).light()
    let seen = light.filter { $0.x > 0.08 }.map { Lab(linearRGB: SIMD3<Double>($0)).lightness }.sorted()
    #expect(seen[seen.count / 2] > 30 && seen[seen.count / 2] < 80)
    #expect(seen[seen.count * 98 / 100] < 96)
  }

  /// Oil gathers light in highlights; the mean hardly changes.
  @Test func oilShines() {
    func brightest(_ oil: Float) -> (peak: Float, mean: Double) {
      var look = SkinLook(tone: testSkin)
      look.shine = oil
      let lit = LitView(
        prepared, look: look, camera: ClinicView.front.camera(for: head.landmarks), light: LightSetup.harsh.light)
      let light = DressedView(
        lit.planes(PictureWindow(width: 48, height: 48)), shafts: [], strands: Strands(), background: .dark
      ).light()
      return (light.map(\.y).max() ?? 0, mean(light).y)
    }
    let matt = brightest(0)
    let oily = brightest(1)
    #expect(oily.peak > 1.15 * matt.peak)
    #expect(abs(oily.mean / matt.mean - 1) < 0.08)
  }
}
