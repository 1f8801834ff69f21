import Arithmetic
import Mannequin
import SkinOptics
import Testing

@testable import ScalpRendering

private let random = CounterRandom(seed: 11, stream: 3)

@Suite struct SkinDetail {
  /// Folds are furrows of a face: none off it, deeper with the years, and a place never loses more than half its light.
  @Test func foldsDeepenWithAge() {
    let faces = [25, 45, 70].map { FaceDetail(age: $0, seed: 5) }
    var sums = [0.0, 0, 0]
    for i in 0..<4000 {
      let a = random.uniformPair(UInt64(2 * i))
      let b = random.uniform(UInt64(2 * i + 1))
      let place = SIMD3((a.x - 0.5) * 160, -110 + a.y * 210, 30 + b * 90)
      for (k, face) in faces.enumerated() {
        let detail = face(place, pixel: 0.3)
        #expect(detail.shade >= 0 && detail.shade <= 0.5 && length(detail.tilt) < 1.5)
        if place.z < 40 { #expect(detail.shade == 0 && detail.melanin == 0 && detail.tilt == .zero) }
        sums[k] += Double(detail.shade)
      }
    }
    #expect(sums[0] > 0 && sums[1] > sums[0] * 1.3 && sums[2] > sums[1] * 1.2, "\(sums)")
  }

  /// The corners of the table of folds, and places beyond them.
  @Test(arguments: [-300, -100, 83.9999, 84, 84.0001, 300] as [Float], [-72, -71.9999, 0, 71.9999, 72] as [Float])
  func everyPlaceHasAnAnswer(y: Float, x: Float) {
    let detail = FaceDetail(age: 80, seed: 1)(SIMD3(x, y, 90), pixel: 0.05)
    #expect(detail.shade >= 0)
  }

  /// Tilts to and fro leave the light as it is on average, and blue sees more of them than red.
  @Test func reliefKeepsTheMean() {
    var mean = SIMD3<Float>.zero
    var spread = SIMD3<Float>.zero
    let count = 2000
    for i in 0..<count {
      let a = random.uniformPair(UInt64(i)) - 0.5
      // Both signs of each draw
      for sign in [-1, 1] as [Float] {
        let tilt = SIMD3(a.x, a.y, 0) * (sign * 0.3)
        let relief = SkinShader.Relief(coarse: tilt, middle: tilt, fine: tilt)
        let light = relief.brightness(gradient: SIMD3(1, 0.4, 0), irradiance: 0.2)
        #expect(light.min() > 0 && light.max() < 2)
        mean += light
        spread += (light - 1) * (light - 1)
      }
    }
    mean /= Float(2 * count)
    #expect(abs(mean.x - 1) < 1e-3 && abs(mean.y - 1) < 1e-3 && abs(mean.z - 1) < 1e-3)
    #expect(spread.x < spread.y * 0.6 && spread.y < spread.z * 0.8)
  }

  /// Pores hide as much in all, whether a pixel shows them or not.
  @Test func poresHideAsMuchAtEveryZoom() {
    var sums = [0.0, 0, 0]
    let pixels: [Float] = [0.02, 0.12, 0.25]
    let count = 60_000
    for i in 0..<count {
      let a = random.uniformPair(UInt64(2 * i))
      let b = random.uniform(UInt64(2 * i + 1))
      for (k, pixel) in pixels.enumerated() {
        sums[k] += Double(skinPore(SIMD3(a.x, a.y, b) * 40, pixel: pixel, seed: 3)?.depth ?? 0)
      }
    }
    // Wide ones are cut off at the border of their cell, and none is followed into its faintest tenth.
    #expect(sums[0] / Double(count) > 0.002)
    #expect(abs(sums[1] / sums[0] - 1) < 0.1 && abs(sums[2] / sums[0] - 1) < 0.25, "\(sums)")
  }

  /// Vellus hair covers nothing from above, more towards the outline, and never much.
  @Test func vellusShowsAtTheOutline() {
    let shader = SkinShader(
      look: SkinLook(tone: testSkin), light: .clinic, camera: patchCamera(field: 100), pixelSize: 0.1, hasPaint: false)
    var before: Float = 0
    for k in 0...40 {
      let cover = shader.vellusCover(1 - Float(k) / 40)
      #expect(cover >= before && cover < 0.12)
      before = cover
    }
    #expect(shader.vellusCover(1) == 0 && before > 0.05)
  }

  /// The gloss of a wet scalp is gathered where a dry one's is spread: brighter in its middle, darker beside it.
  @Test func oilGathersTheGloss() {
    func light(_ oil: Float, off: Float) -> Float {
      let t = turn(Double(off))
      return SkinGloss.Lobes(oil: oil).light(nv: 1, nl: 0.9, nh: t.cosine, vh: 0.95, widening: 0.02)
    }
    #expect(light(1, off: 0) > 6 * light(0, off: 0))
    #expect(light(1, off: 25) < light(0, off: 25))
  }

  /// Marks have shapes of their own, the same at every call; many together absorb what they would as discs. Their widths
  /// vary by 0.25 to 0.35 of the mean, as on photographs.
  @Test func marksKeepTheirPigmentInEveryShape() {
    var (near, far, widths, doubles) = (0.0, 0.0, [Double](), 0)
    let count = 20_000
    let spot = ViewPlanes.Spot(
      x: 0, y: 0, scale: 20, nx: 1, ny: 0, squeeze: 0.04, strength: 0.7, farStrength: 0.6, style: 0)
    for i in 0..<count {
      let a = random.uniformPair(UInt64(i))
      let place = SIMD3(a.x * 50, a.y * 50, 90)
      let (one, other) = MarkShape(at: place).drops(of: spot, width: 0.1)
      let again = MarkShape(at: place).drops(of: spot, width: 0.1)
      // From afar a mark takes what its drops take.
      let taken = one.strength * one.scale * one.scale + other.strength * other.scale * other.scale
      #expect(abs(taken / (0.7 * 400 * MarkShape(at: place).weight) - 1) < 1e-4)
      #expect(again.0.scale == one.scale && again.1.x == other.x && again.0.strength == one.strength)
      for drop in [one, other] {
        near += Double(drop.strength * drop.scale * drop.scale)
        far += Double(drop.farStrength * drop.scale * drop.scale)
      }
      let apart = ((one.x - other.x) * (one.x - other.x) + (one.y - other.y) * (one.y - other.y)).squareRoot()
      // Where the pigment lies does not move.
      let middle = (one.x * one.strength + other.x * other.strength) / (one.strength + other.strength)
      #expect(abs(middle) < 1e-3)
      if apart > 1.2 * one.scale * 0.1 { doubles += 1 }
      widths.append(Double(one.scale))
    }
    // Four standard errors of the mean of squared widths.
    #expect(abs(near / (0.7 * 400 * Double(count)) - 1) < 0.02)
    #expect(abs(far / (0.6 * 400 * Double(count)) - 1) < 0.02)
    let mean = widths.reduce(0, +) / Double(count)
    let deviation = (widths.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)).squareRoot()
    #expect((0.25...0.35).contains(deviation / mean))
    #expect((600...1000).contains(doubles))
  }
}
