import Arithmetic
import PNGImage
import ScalpGeometry
import SkinOptics
import TestSupport
import Testing

@testable import ScalpRendering

private let skin = testSkin

private func view(
  width: Int = 96, height: Int = 96, camera: Camera? = nil, head: Head = ellipsoidHead(), threads: Int? = nil
) -> ViewPlanes {
  var look = SkinLook(tone: skin)
  look.seed = 3
  return prepareView(
    of: PreparedHead(head, threads: threads), look: look,
    camera: camera ?? ClinicView.front.camera(for: head.landmarks),
    width: width, height: height, threads: threads)
}

/// Mean light of a square in the middle of the picture, a quarter of its side.
private func middleMean(_ light: [SIMD3<Float>], size: Int) -> SIMD3<Double> {
  var sum = SIMD3<Double>.zero
  let low = size * 3 / 8
  let high = size * 5 / 8
  for y in low..<high { for x in low..<high { sum += SIMD3<Double>(light[y * size + x]) } }
  return sum / Double((high - low) * (high - low))
}

@Suite struct Pictures {
  @Test(arguments: [1, 2, 7])
  func threadsDoNotChangeAPixel(threads: Int) {
    let head = ellipsoidHead(rings: 24)
    func render(_ threads: Int) -> RasterImage {
      DressedView(view(head: head, threads: threads), shafts: [], strands: Strands(), threads: threads)
        .picture(impressions: [dots(on: head, spacing: 2)], threads: threads)
    }
    #expect(render(threads) == render(3))
  }

  /// The light a patch loses is what the optics say: exp(-n A), diffuse part only.
  @Test func aPatchLosesWhatTheOpticsSay() {
    let head = ellipsoidHead()
    let size = 128
    let planes = view(width: size, height: size, head: head)
    var splats = SplatPlanes(pixels: size * size, threads: 1)
    planes.add(dots(on: head, spacing: 0.8), to: &splats.density, threads: 1)
    let n = 1 / (0.8 * 0.8)
    let expected =
      n * removedArea(PigmentBody(diameter: 0.15, depth: 0.24, opticalDensity: 2), in: skin)
    let got = middleMean(splats.density.map { SIMD3($0.x, $0.y, $0.z) }, size: size)
    // -ln(1 - F) exceeds F by a tenth at the core of a dot; obliquity takes some back.
    for c in 0..<3 { #expect(abs(got[c] / expected[c] - 1) < 0.15, "channel \(c): \(got[c]) for \(expected[c])") }
  }

  @Test func moreImpressionsNeverLighten() {
    let head = ellipsoidHead(rings: 24)
    let dressed = DressedView(view(head: head), shafts: [], strands: Strands())
    let few = dressed.light(impressions: [dots(on: head, spacing: 2)])
    let many = dressed.light(impressions: [dots(on: head, spacing: 2), dots(on: head, spacing: 2)])
    for i in few.indices { #expect(many[i].x <= few[i].x + 1e-5 && many[i].y <= few[i].y + 1e-5) }
  }

  @Test func marksBehindTheHeadAreNotSeen() {
    let head = ellipsoidHead(rings: 24)
    var marks = Marks(styles: [lossProfile(PigmentBody(diameter: 0.3, depth: 0.2, opticalDensity: 8), in: skin)])
    marks.append(position: SIMD3(0, 10, -99.7), normal: SIMD3(0, 0, -1), style: 0, strength: 5)
    let dressed = DressedView(view(head: head), shafts: [], strands: Strands())
    #expect(dressed.light() == dressed.light(impressions: [marks]))
  }

  /// A shaft that slants is drawn out along its slant and takes as much light as one that stands upright.
  @Test(arguments: [SIMD3(1, 0, 0), SIMD3(0.6, 0.6, 0), SIMD3(0, 0.2, 0)] as [SIMD3<Float>])
  func aSlantedShaftTakesWhatAnUprightOneTakes(slant: SIMD3<Float>) {
    let head = ellipsoidHead(rings: 24)
    let size = 256
    let planes = view(width: size, height: size, camera: patchCamera(field: 16), head: head)
    let style = lossProfile(HairShaft(diameter: 0.075, absorption: 26), in: skin)
    func taken(_ slant: SIMD3<Float>?) -> (sum: SIMD4<Float>, peak: Float) {
      var marks = Marks(styles: [style], depth: 0.3)
      let place = SIMD3<Float>(0.1, 0.2, 100)
      if let slant {
        marks.append(position: place, normal: SIMD3(0, 0, 1), style: 0, strength: 1, slant: slant)
      } else {
        marks.append(position: place, normal: SIMD3(0, 0, 1), style: 0, strength: 1)
        marks.slant = [.zero]
      }
      var density = [SIMD4<Float>](repeating: .zero, count: size * size)
      planes.add(marks, to: &density, threads: 1)
      return (density.reduce(.zero, +), density.map(\.y).max() ?? 0)
    }
    let upright = taken(nil)
    let slanted = taken(slant)
    for c in 0..<3 { #expect(abs(slanted.sum[c] / upright.sum[c] - 1) < 0.02, "\(slanted) \(upright)") }
  }

  /// What lightens does so where it is: the gain inside its radius, nothing beyond its soft border.
  @Test func aPaleDiscIsADisc() {
    let head = ellipsoidHead(rings: 24)
    let size = 256
    let planes = view(width: size, height: size, camera: patchCamera(field: 16), head: head)
    var marks = Marks(styles: [paleDisc(radius: 1, lightening: SIMD3(0.5, 0.4, 0.3))], depth: 0.05)
    marks.append(position: SIMD3(0, 0, 100), normal: SIMD3(0, 0, 1), style: 0, strength: 1)
    var density = [SIMD4<Float>](repeating: .zero, count: size * size)
    planes.add(marks, to: &density, threads: 1)
    func gain(_ millimetres: Double) -> Double {
      let value = density[size / 2 * size + size / 2 + Int(millimetres * Double(size) / 16)]
      return exponential(-Double(value.x)) - 1
    }
    #expect(abs(gain(0) - 0.5) < 0.01 && abs(gain(0.6) - 0.5) < 0.02)
    #expect(gain(1.5) < 0.005 && gain(4) < 0.001)
  }

  /// A hair thinner than a pixel covers its true area.
  @Test(arguments: [48, 96, 192])
  func aThinHairKeepsItsArea(size: Int) {
    let head = ellipsoidHead(rings: 24)
    let planes = view(width: size, height: size, head: head)
    var strands = Strands()
    let root = SIMD3<Float>(0, 10, 101)
    strands.append(
      root: root, tip: root + SIMD3(9, 3, 0), normal: SIMD3(0, 0, 1), diameter: 0.1, colour: .zero, vertex: 0)
    var splats = SplatPlanes(pixels: size * size, threads: 1)
    planes.add(strands, to: &splats, threads: 1)
    let covered = splats.hair.reduce(0.0) { $0 + Double(1 - $1.w) }
    let scale = Double(planes.projection.focal / planes.projection.project(root).z)
    let expected = 0.1 * (90.0).squareRoot() * scale * scale
    #expect(abs(covered / expected - 1) < 0.02)
  }
}

@Suite struct Light {
  @Test func theToneCurveIsStraightThenBends() {
    #expect(ToneCurve.shoulder(0.7) == 0.7)
    #expect(abs(ToneCurve.shoulder(0.75) - 0.75) < 1e-6)
    #expect(abs((ToneCurve.shoulder(0.751) - ToneCurve.shoulder(0.749)) / 0.002 - 1) < 0.01)
    #expect(ToneCurve.shoulder(100) <= 1)
  }

  @Test func theCameraSeesWhereItLooks() {
    let camera = Camera(target: SIMD3(1, 2, 3), azimuth: 30, elevation: 20, distance: 1000, fieldHeight: 200)
    let projection = Projection(camera, width: 400, height: 200)
    let q = projection.project(SIMD3(1, 2, 3))
    #expect(abs(q.x - 200) < 1e-2 && abs(q.y - 100) < 1e-2 && abs(q.z - 1000) < 1e-2)
    let up = projection.project(SIMD3(1, 2, 3) + camera.up * 100)
    #expect(abs(up.y) < 0.01)
  }
}
