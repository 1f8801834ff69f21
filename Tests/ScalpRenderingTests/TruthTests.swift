import Arithmetic
import Mannequin
import Meshes
import PNGImage
import ScalpGeometry
import SkinOptics
import TestSupport
import Testing

@testable import ScalpRendering

/// One head for all tests of this file: they run in debug builds.
private let head = ellipsoidHead()
private let prepared = PreparedHead(head)

private func lit(_ camera: Camera, _ setup: LightSetup = .clinic) -> LitView {
  LitView(prepared, look: SkinLook(tone: testSkin), camera: camera, light: setup.light)
}

private func dressed(_ lit: LitView, _ window: PictureWindow, strands: Strands = Strands()) -> DressedView {
  DressedView(lit.planes(window), shafts: [], strands: strands)
}

private func even(_ radiance: Float) -> StudioLight {
  StudioLight(softboxes: [], above: SIMD3(repeating: radiance), below: SIMD3(repeating: radiance), exposure: 1)
}

@Suite struct WhiteFurnace {
  /// Under the same light from everywhere an unshadowed white surface is lit by just that light.
  @Test func evenLightArrivesAsItIs() {
    let light = lightVertices(
      prepared, even(1), camera: ClinicView.front.camera(for: head.landmarks), threads: nil)
    for e in light.irradiance { #expect(abs(e.x - 1) < 0.005 && abs(e.y - 1) < 0.005 && abs(e.z - 1) < 0.005) }
  }

  /// A white body sends out what it gets, seen from any angle, matt or oily, open or in a fold: the surface's reflection
  /// and the light from below it add up to one.
  @Test(arguments: [0, 0.4, 1] as [Float], [0.35, 1] as [Float])
  func whiteSendsOutWhatItGets(oil: Float, open: Float) {
    var look = SkinLook(tone: testSkin)
    look.shine = oil
    let camera = patchCamera(field: 30)
    let shader = SkinShader(look: look, light: even(1), camera: camera, pixelSize: 0.03, hasPaint: false)
    for k in 0..<60 {
      let t = turn(Double(k) * 1.4)
      let view = SIMD3<Float>(t.sine, 0, t.cosine)
      let place = SIMD3<Float>(Float(k) * 0.37, Float(k) * 0.11, 100)
      // Colours are of skin without its surface's reflection.
      let white = SIMD3<Float>(repeating: 1 - shader.gloss.albedo(1))
      let skin = shader.surface(place: place, normal: SIMD3(0, 0, 1), scar: .none, pale: 0, own: white)
      let point = shader.shade(
        place: place, normal: SIMD3(0, 0, 1), view: view, irradiance: SIMD3(repeating: open), gradient: .zero,
        visible: SIMD4(0, 0, 0, open), scar: .none, pale: 0, own: white)
      // Furrows take a little in one place and give it in another.
      let sum = point.diffuse / skin.diffuseShade + point.specular / skin.specularShade
      #expect(abs(sum.x - 1) < 0.005 && abs(sum.z - 1) < 0.005, "\(k): \(sum)")
    }
  }

  /// What the two lobes reflect in all directions together: never more than arrives, most of it at grazing angles.
  @Test(arguments: [0, 0.25, 0.5, 0.75, 1] as [Float])
  func noLobeMakesLight(oil: Float) {
    let gloss = SkinGloss(oil: oil)
    for k in 1...32 {
      let reflected = gloss.albedo(Float(k) / 32)
      #expect(reflected > 0.015 && reflected < 0.6)
    }
    // A lobe widened for a broad lamp still sums to no more.
    let lobes = SkinGloss.Lobes(oil: oil)
    for nv in [0.1, 0.4, 0.9] as [Float] {
      var sum: Float = 0
      for a in 0..<24 {
        for b in 0..<24 {
          let nl = (Float(a) + 0.5) / 24
          let t = turn(180 * (Double(b) + 0.5) / 24)
          let sine = (1 - nl * nl).squareRoot()
          let l = SIMD3(sine * t.cosine, sine * t.sine, nl)
          let view = SIMD3((1 - nv * nv).squareRoot(), 0, nv)
          let h = normalized(l + view)
          sum += lobes.light(nv: nv, nl: nl, nh: h.z, vh: dot(h, view), widening: 0.1) * nl
        }
      }
      #expect(sum * 2 * Float.pi / 576 < 1)
    }
  }

  /// The table says what the lobes do: against a sum of the lobes over a fine grid of directions of light.
  @Test(arguments: [0, 0.5, 1] as [Float], [0.25, 0.5, 1] as [Float])
  func theTableIsTheSumOfTheLobes(oil: Float, nv: Float) {
    let lobes = SkinGloss.Lobes(oil: oil)
    let view = SIMD3((1 - nv * nv).squareRoot(), 0, nv)
    var sum = 0.0
    let (rings, spokes) = (600, 240)
    for b in 0..<spokes {
      let t = turn(180 * (Double(b) + 0.5) / Double(spokes))
      for a in 0..<rings {
        let nl = (Float(a) + 0.5) / Float(rings)
        let sine = (1 - nl * nl).squareRoot()
        let l = SIMD3(sine * t.cosine, sine * t.sine, nl)
        let h = normalized(l + view)
        sum += Double(lobes.light(nv: nv, nl: nl, nh: h.z, vh: dot(h, view), widening: 0) * nl)
      }
    }
    let expected = Float(sum * 2 * Double.pi / Double(rings * spokes))
    #expect(abs(SkinGloss(oil: oil).albedo(nv) - expected) < 0.001, "\(SkinGloss(oil: oil).albedo(nv)) for \(expected)")
  }

  /// Of perfect mirrors as facets nothing is lost but what they throw on each other, seen from straight above: values of
  /// an independent integration (1200 x 256 directions, double precision).
  @Test(arguments: [(0.17, 0.963), (0.305, 0.873), (0.44, 0.747), (0.58, 0.610)] as [(Float, Float)])
  func facetsLoseOnlyWhatTheyThrowOnEachOther(roughness: Float, kept: Float) {
    let found = SkinGloss.Lobes.reflected(nv: 1, squared: roughness * roughness) { _ in 1 }
    #expect(abs(found - kept) < 0.005, "\(found)")
  }

  /// A lamp's flux arrives whole: over all directions of a surface, the mean of the clamped cosine is a quarter.
  @Test(arguments: [1, 6, 40, 160] as [Float])
  func aLampGivesItsFlux(sharpness: Float) {
    let table = LampTable(sharpness: sharpness)
    var sum = 0.0
    for i in 0..<400 { sum += Double(table.meanCosine((Float(i) + 0.5) / 200 - 1)) }
    #expect(abs(sum / 400 - 0.25) < 0.002)
    let box = StudioLight.Softbox(towards: SIMD3(0, 1, 0), sharpness: sharpness, irradiance: SIMD3(1, 1, 1))
    #expect(abs(box.radiance.x * box.flux * table.meanCosine(1) / Float.pi - 1) < 1e-4)
  }
}

@Suite struct Relief {
  /// Furrows are shaded about their mean depth: close-ups, which resolve them, are no darker than distant pictures.
  @Test(arguments: [(0, 0.2), (0.3, 0.2), (0, 0.02), (0.5, 0.02), (1, 0.02)] as [(Float, Float)])
  func theMeanDepthIsAsStated(fine: Float, pixel: Float) {
    var sum = 0.0
    let random = CounterRandom(seed: 4, stream: 4)
    let count = 6000
    for i in 0..<count {
      let a = random.uniformPair(UInt64(2 * i))
      let b = random.uniform(UInt64(2 * i + 1))
      sum += Double(skinRelief(SIMD3(a.x, a.y, b) * 60, pixel: pixel, fine: fine, seed: 3).depth)
    }
    #expect(abs(sum / Double(count) - Double(meanFurrow(pixel: pixel, fine: fine))) < 0.02)
  }
}

@Suite struct Truth {
  /// Half of what a trained eye sees.
  static let seen = 0.5

  /// A treated patch has the same mean colour in a thumbnail and in a print, straight on and at grazing angles.
  @Test(arguments: [0, 65] as [Double])
  func zoomKeepsTheColourOfATreatedPatch(tilt: Double) {
    let camera = patchCamera(field: 300, tilt: tilt)
    let view = lit(camera)
    let marks = dots(on: head, spacing: 0.8, reach: 20)
    var first: (bare: SIMD3<Double>, treated: SIMD3<Double>)?
    for size in [256, 512, 1024, 2048, 4096] {
      let shown = dressed(view, middleWindow(size: size, share: 1 / 64))
      let now = (bare: mean(shown.light()), treated: mean(shown.light(impressions: [marks])))
      let reference = first ?? now
      first = reference
      #expect(ciede2000(now.bare, reference.bare) < Self.seen, "bare at \(size)")
      #expect(ciede2000(now.treated, reference.treated) < Self.seen, "treated at \(size)")
      #expect(Lab(linearRGB: now.bare).lightness - Lab(linearRGB: now.treated).lightness > 1.5)
    }
  }

  /// The lightness that a treated patch loses is what the optics of one dot say of n of them: exp(-n A) of the light from
  /// below the surface, at an angle with A at the depth that slanted light sees.
  @Test(arguments: [(0.0, 0.8), (0.0, 1.6), (40, 0.8), (60, 0.8), (72, 0.8)] as [(Double, Float)])
  func aPatchLosesWhatTheOpticsSay(tilt: Double, spacing: Float) {
    let view = lit(patchCamera(field: 40, tilt: tilt))
    let shown = dressed(view, middleWindow(size: 160, share: 0.5))
    let bare = mean(shown.light())
    let treated = mean(shown.light(impressions: [dots(on: head, spacing: spacing, reach: 40)]))
    let below = mean(shown.view.diffuse) * Double(shown.view.exposure)
    var body = testBody
    let sine = Double(turn(tilt).sine) / 1.4
    body.depth *= 1 + 0.6 * (1 / (1 - sine * sine).squareRoot() - 1)
    let left = lightLeft(removed: removedArea(body, in: testSkin) / Double(spacing * spacing))
    let expected = Lab(linearRGB: bare).lightness - Lab(linearRGB: bare - below * (SIMD3(1, 1, 1) - left)).lightness
    let step = Lab(linearRGB: bare).lightness - Lab(linearRGB: treated).lightness
    #expect(abs(step / expected - 1) < 0.03, "\(step) for \(expected)")
    let share = (bare - treated) / (below * (SIMD3(1, 1, 1) - left))
    for c in 0..<3 { #expect(abs(share[c] - 1) < 0.05, "channel \(c): \(share[c])") }
  }

  /// The fast way against the long one: rays, every mark at every sample, light from 1000 directions.
  @Test(arguments: [LightSetup.clinic, .studio])
  func theFastWayAgreesWithTheLongOne(setup: LightSetup) {
    let camera = patchCamera(field: 60, tilt: 25)
    let window = middleWindow(size: 192, share: 1 / 16)
    let marks = [dots(on: head, spacing: 0.8, reach: 16)]
    let fast = dressed(lit(camera, setup), window).light(impressions: marks)
    var reference = ReferenceView(
      head: prepared, look: SkinLook(tone: testSkin), camera: camera, setup: setup.light)
    reference.side = 3
    reference.directions = 600
    let slow = reference.light(window, marks: marks)
    let differences = zip(fast, slow).map { ciede2000(SIMD3<Double>($0), SIMD3<Double>($1)) }
    let mean = differences.reduce(0, +) / Double(differences.count)
    #expect(mean < 1, "mean \(mean)")
  }

  /// A picture of 4096 pixels scaled down is the picture of 1024, dots, hair and relief included.
  @Test func aLargePictureScaledDownIsTheSmallOne() {
    let camera = patchCamera(field: 260)
    let view = lit(camera)
    let marks = [dots(on: head, spacing: 0.8, reach: 24)]
    var follicles = Follicles()
    for (i, p) in dots(on: head, spacing: 1.1, reach: 24).positions.enumerated() {
      follicles.append(
        position: p, normal: normalized(p / SIMD3(77 * 77, 131 * 131, 100 * 100)), vertex: head.mesh.triangles[i].x,
        diameter: 0.07, length: 0.6, colour: SIMD3(0.03, 0.02, 0.015))
    }
    let hair = growHair(follicles, flow: HairFlow(landmarks: head.landmarks), seed: 1)
    let small = middleWindow(size: 1024, share: 1 / 32)
    func difference(_ strands: Strands, _ marks: [Marks]) -> Double {
      let one = dressed(view, small, strands: strands).light(impressions: marks)
      let four = dressed(view, small.scaled(4), strands: strands).light(impressions: marks)
      var sum = 0.0
      for y in 0..<small.height {
        for x in 0..<small.width {
          var light = SIMD3<Double>.zero
          for sy in 0..<4 {
            let row: Int = (4 * y + sy) * 4 * small.width + 4 * x
            for sx in 0..<4 { light += SIMD3<Double>(four[row + sx]) }
          }
          sum += ciede2000(light * 0.0625, SIMD3<Double>(one[y * small.width + x]))
        }
      }
      return sum / Double(small.width * small.height)
    }
    let found = difference(hair, marks)
    #expect(found < 0.3, "mean \(found)")
  }
}
