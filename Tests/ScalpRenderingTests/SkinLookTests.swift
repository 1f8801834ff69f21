import Arithmetic
import ScalpGeometry
import SkinOptics
import TestSupport
import Testing

@testable import ScalpRendering

private let random = CounterRandom(seed: 21, stream: 5)

private func shader(_ tone: SkinTone, pixel: Float = 0.4) -> SkinShader {
  var look = SkinLook(tone: tone)
  look.age = 55
  return SkinShader(
    look: look, light: .clinic, camera: patchCamera(field: 100), pixelSize: pixel, hasPaint: false)
}

@Suite struct Mottle {
  /// Blotches, vessels and spots wander about the tone's own colour.
  @Test(arguments: [0, 1, 3, 5], [0.2, 0.5, 1.2] as [Float])
  func theMeanIsTheTones(type: Int, pixel: Float) {
    let shader = shader(SkinTone.presets[type], pixel: pixel)
    var sum = SIMD3<Double>.zero
    let count = 30_000
    for i in 0..<count {
      let a = random.uniformPair(UInt64(2 * i))
      let b = random.uniform(UInt64(2 * i + 1))
      let place = SIMD3(a.x * 700, a.y * 700, b * 700)
      let surface = shader.surface(place: place, normal: SIMD3(0, 0, 1), scar: .none, pale: 0, own: nil)
      sum += SIMD3<Double>(surface.albedo)
    }
    let ratio = sum / Double(count) / SIMD3<Double>(shader.base)
    for c in 0..<3 { #expect(abs(ratio[c] - 1) < 0.02, "channel \(c): \(ratio[c])") }
  }

  /// A value noise spreads as the blotches assume.
  @Test func theNoiseSpreadsAsStated() {
    var squares = 0.0
    let count = 40_000
    for i in 0..<count {
      let a = random.uniformPair(UInt64(2 * i))
      let b = random.uniform(UInt64(2 * i + 1))
      let value = Double(valueNoise(SIMD3(a.x, a.y, b) * 900, seed: 3))
      squares += value * value
    }
    #expect(abs(squares / Double(count) / Double(SkinMottle.variance) - 1) < 0.03)
  }

  /// The memo of a thread's last cells changes no colour.
  @Test func theMemoChangesNothing() {
    let mottle = shader(testSkin).mottle
    NoiseMemo.with { memo in
      for i in 0..<2000 {
        let a = random.uniformPair(UInt64(i))
        let place = SIMD3(a.x * 90, a.y * 90, 70)
        let plain = mottle(place, pixel: 0.3, memo: nil)
        let kept = mottle(place, pixel: 0.3, memo: memo)
        #expect(plain.melanin == kept.melanin && plain.blood == kept.blood)
      }
    }
  }

  /// Sun spots come with the years, and on fair skin.
  @Test func sunSpotsComeWithAge() {
    func darkened(age: Float, fairness: Float) -> Double {
      let spots = SkinSpots(melanin: 1, blood: 1, fairness: fairness, age: age, seed: 9)
      var sum = 0.0
      for i in 0..<40_000 {
        let a = random.uniformPair(UInt64(2 * i))
        let b = random.uniform(UInt64(2 * i + 1))
        var place = SIMD2<Float>.zero
        spots.add(to: &place, at: SIMD3(a.x, a.y, b) * 400, edge: 0, pixel: 0.3)
        sum += Double(place.x)
      }
      return sum / 40_000
    }
    let (young, old) = (darkened(age: 25, fairness: 1), darkened(age: 75, fairness: 1))
    let dark = darkened(age: 75, fairness: 0)
    #expect(young > 0 && old > 1.4 * young && dark < old)
    // Little of the skin in all
    #expect(old < 0.01)
  }
}

@Suite struct Exposure {
  /// The forehead lies where a camera puts it, type by type darker.
  @Test func theForeheadIsWhereCamerasPutIt() throws {
    let man = try MeanHeads.man.get().head
    let prepared = PreparedHead(man)
    let camera = ClinicView.left45.camera(for: man.landmarks)
    let size = 256
    // The middle of the forehead
    let place = Projection(camera, width: size, height: size).project(SIMD3(0, 62, 93))
    let window = PictureWindow(
      fullWidth: size, fullHeight: size, x: Int(place.x) - 10, y: Int(place.y) - 10, width: 20, height: 20)
    let lightness = SkinTone.presets.map { tone -> Double in
      let lit = LitView(prepared, look: SkinLook(tone: tone), camera: camera)
      let light = DressedView(lit.planes(window), shafts: [], strands: Strands()).light()
      return Lab(linearRGB: mean(light)).lightness
    }
    for k in 1..<6 { #expect(lightness[k] < lightness[k - 1] - 1, "\(lightness)") }
    #expect(lightness[1] > 69 && lightness[0] < 80, "\(lightness)")
    #expect(lightness[5] > 53 && lightness[4] < 66, "\(lightness)")
  }

  /// Exposure follows the tone: no step anywhere, and a third as far where a scan brings its own colours.
  @Test func exposureIsSmoothAndMonotone() throws {
    #expect(abs(StudioLight.gain(for: SkinTone.presets[1]) - 1) < 1e-9)
    var before = 0.0
    for k in 0...60 {
      let tone = try SkinTone(melanin: 0.003 * exponential(0.07 * Double(k)), blood: 0.008)
      let gain = StudioLight.gain(for: tone)
      #expect(gain > before && (k == 0 || gain < 1.05 * before))
      before = gain
    }
    let tone = SkinTone.presets[5]
    let own = StudioLight.clinic.exposed(for: tone, ownColours: true).exposure
    let made = StudioLight.clinic.exposed(for: tone, ownColours: false).exposure
    let plain = StudioLight.clinic.exposure
    #expect(abs(logarithm(own / plain) - logarithm(made / plain) / 3) < 1e-4)
  }
}

@Suite struct Outlines {
  /// Over all mirrored rays a lamp's share sums to the area of its panes, however wide the lobe and with bars or without.
  @Test(arguments: [0.0004, 0.02, 0.2] as [Float], [0, 0.2] as [Float])
  func aLampKeepsItsLight(squaredWidth: Float, bars: Float) {
    var lamp = StudioLight.Softbox(direction: SIMD3(0.3, 0.4, 0.8), sharpness: 60, radiance: SIMD3(1, 1, 1))
    lamp.aspect = 0.6
    lamp.bars = bars
    let outline = LampOutline(lamp, camera: patchCamera(field: 100))
    #expect(abs(dot(outline.across, outline.direction)) < 1e-5 && abs(dot(outline.upwards, outline.across)) < 1e-5)
    var sum = 0.0
    // Steps that widen outwards: tails are long
    let steps = 400
    func place(_ k: Int) -> Float {
      let t = Float(k) / Float(steps / 2) - 1
      return 12 * t * t * t * t * t + 0.6 * t
    }
    for a in 0..<steps {
      for b in 0..<steps {
        let (x, y) = (0.5 * (place(a) + place(a + 1)), 0.5 * (place(b) + place(b + 1)))
        let ray = normalized(outline.direction + outline.across * x + outline.upwards * y)
        sum +=
          Double(outline.share(ray, squaredWidth: squaredWidth)) * Double(place(a + 1) - place(a))
          * Double(place(b + 1) - place(b))
      }
    }
    #expect(abs(sum * Double(outline.perSolidAngle) - 1) < 0.05, "\(sum * Double(outline.perSolidAngle))")
  }

  /// A smooth surface mirrors the lamp as it is: bright panes, a dark cross, nothing beside it.
  @Test func aMirrorShowsTheWindow() {
    var lamp = StudioLight.Softbox(direction: SIMD3(0, 0, 1), sharpness: 60, radiance: SIMD3(1, 1, 1))
    lamp.bars = 0.3
    let outline = LampOutline(lamp, camera: patchCamera(field: 100))
    func share(_ x: Float, _ y: Float) -> Float {
      outline.share(normalized(outline.direction + outline.across * x + outline.upwards * y), squaredWidth: 1e-6)
    }
    let half = outline.half
    #expect(share(half.x * 0.6, half.y * 0.6) > 0.98)
    #expect(share(0, half.y * 0.6) < 0.02)
    #expect(share(half.x * 1.3, 0.6 * half.y) < 0.02)
  }
}

@Suite struct ScarLooks {
  /// Pink when young, white when old, and white where nobody knows.
  @Test func rednessGoes() {
    let months: [Double] = [0, 3, 6, 12, 24, 60]
    let redness = months.map { ScarSkin.redness(months: $0) }
    for k in 1..<redness.count { #expect(redness[k] < redness[k - 1]) }
    #expect(redness[0] == 1 && redness[5] < 0.01 && ScarSkin.redness(months: nil) == 0)
    func colour(_ redness: Float) -> Lab {
      let shader = shader(testSkin)
      let albedo = shader.surface(
        place: SIMD3(5, 5, 90), normal: SIMD3(0, 0, 1), scar: ScarTouch(weight: 1, redness: redness), pale: 0, own: nil
      ).albedo
      return Lab(linearRGB: SIMD3<Double>(albedo))
    }
    let (young, old) = (colour(1), colour(0))
    #expect(young.a > old.a + 3 && old.lightness > young.lightness + 2)
  }

  /// A band much narrower than the triangles covers its width.
  @Test(arguments: [0.8, 2.5] as [Float])
  func aNarrowBandKeepsItsWidth(width: Float) {
    let band = NotchedBand(
      left: [Float](repeating: width / 2, count: 400), right: [Float](repeating: width / 2, count: 400), stitches: [])
    var covered: Float = 0
    for k in 0..<4000 {
      let inside = band.inside(aside: Float(k) * 0.005 - 10, along: 40)
      covered += 0.005 * smoothstep(-0.22, 0.22, inside)
    }
    #expect(abs(covered - width) < 0.02)
  }
}
