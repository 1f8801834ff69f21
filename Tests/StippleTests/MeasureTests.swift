import Arithmetic
import Foundation
import PNGImage
import ScalpRendering
import SkinOptics
import TestSupport
import Testing
import TreatmentDesign

@testable import Stipple

/// A bald top over sides of hair, with nothing said about pigment.
private func client(
  _ skin: Client.SkinType, _ hair: ExistingHair.Colour, length: Double, loss: ExistingHair.Loss = .norwoodVI,
  _ change: (inout Design) -> Void = { _ in }
) throws -> OpenedDesign {
  var design = Design()
  design.seed = 3
  (design.client.skin, design.hair.colour, design.hair.length, design.hair.loss) = (skin, hair, length, loss)
  design.hair.calibre = skin.usualCalibre
  design.layers = [.hairline(HairlineLayer())]
  design.pictures.view = .left45
  change(&design)
  return try OpenedDesign(design, on: coarseHead.get())
}

/// The measures of photographs, on our own pictures, with the photographs' ranges as bounds.
@Suite struct MeasureTests {
  /// Treated skin and the hair beside it agree: in darkness within the ranges, in colour so that no border is found.
  @Test(arguments: Client.SkinType.allCases)
  func workIsAsDarkAsTheHairBesideIt(skin: Client.SkinType) throws {
    for length in [0.3, 1.0] {
      let found = try measurePicture(client(skin, .black, length: length), size: 512)
      let hair = try #require(found.hair)
      let work = try #require(found.work)
      let share = try #require(found.share)
      #expect((0.85...1.1).contains(share), "\(length) mm: \(share)")
      #expect(try #require(found.step) < 2.5)
      // Photographs: SMP -7 L* and more on fair skin; on dark skin at least 4.
      #expect(work.lightness < -4, "\(length) mm: \(work.lightness)")
      let least = [.i, .ii, .iii].contains(skin) ? 0.22 : 0.25
      // Longer stubble is darker, and the work follows it.
      if length < 0.5 { #expect((least...0.45).contains(work.darkness), "\(length) mm: \(work.darkness)") }
      #expect(hair.darkness > 0.22)
    }
  }

  /// So do they with the finest and the coarsest hair, and seen from above as well as from the side.
  @Test(arguments: [Client.SkinType.ii, .v, .vi], [0.06, 0.12])
  func workFollowsTheCalibreOfTheHair(skin: Client.SkinType, calibre: Double) throws {
    for view in [Pictures.View.top, .left45] {
      let opened = try client(skin, .black, length: 0.3) { ($0.hair.calibre, $0.pictures.view) = (calibre, view) }
      let share = try #require(measurePicture(opened, size: 384).share)
      #expect((0.85...1.1).contains(share), "\(view): \(share)")
    }
  }

  /// Δa*/ΔL* of stubble on fair skin is .15 to .3; ΔL* goes by length as on photographs; its grain is coarse.
  @Test(arguments: [(0.2, -9.0 ... -5.0), (0.6, -11.0 ... -6.5), (1.2, -14.0 ... -8.5), (6, -32.0 ... -23.0)])
  func stubbleLooksAsItDoes(length: Double, lightness: ClosedRange<Double>) throws {
    let found = try measurePicture(client(.ii, .darkBrown, length: length) { $0.pictures.view = .back }, size: 768)
    let hair = try #require(found.hair)
    #expect(lightness.contains(hair.lightness), "\(hair.lightness)")
    #expect((0.1...0.3).contains(hair.a / hair.lightness), "\(hair.a / hair.lightness)")
    if length >= 0.6 { #expect(try #require(hair.grain) > 2.2) }
  }

  /// Bare skin: as light as a camera exposes it, with a texture, a mottle and highlights.
  @Test(arguments: [
    (Client.SkinType.i, 68.0...80.0), (.ii, 66.0...78.0), (.iii, 62.0...74.0), (.iv, 56.0...70.0), (.v, 53.0...66.0),
    (.vi, 51.0...63.0),
  ])
  func bareSkinIsSkin(skin: Client.SkinType, lightness: ClosedRange<Double>) throws {
    let found = try measurePicture(client(skin, .black, length: 0.3, loss: .total), size: 512)
    let forehead = try #require(found.forehead)
    let scalp = try #require(found.scalp)
    #expect(lightness.contains(forehead.lightness), "\(forehead.lightness)")
    #expect((0.3...0.7).contains(scalp.texture), "\(scalp.texture)")
    #expect((0.6...2.0).contains(scalp.mottleA), "\(scalp.mottleA)")
    #expect((0.02...0.11).contains(scalp.highlights), "\(scalp.highlights)")
    #expect(scalp.brightest > 84)
  }

  /// What `check` computes is what the pictures show: hair's and work's step in lightness within 1.5 L*.
  @Test(arguments: [(Client.SkinType.ii, 0.3), (.ii, 1.2), (.iv, 0.6)])
  func theModelOfAPatchIsThePictures(skin: Client.SkinType, length: Double) throws {
    let opened = try client(skin, .black, length: length) { $0.pictures.oil = 0 }
    let found = try measurePicture(opened, size: 512)
    let target = MatchTarget(MatchQuery(opened.design))
    let dose = target.candidate(opened.design.pigment.found)
    #expect(abs(try #require(found.hair).lightness + target.hairStep) < 1.5)
    #expect(abs(try #require(found.work).lightness + dose.patchStep) < 1.5)
  }

  /// Round scars of extraction are seen at arm's length: their grain is half as much again as that of the stubble alone, more
  /// where more were taken.
  @Test(arguments: [Client.SkinType.ii, .v])
  func extractionScarsAreGrain(skin: Client.SkinType) throws {
    func grain(_ count: Int) throws -> Double {
      let portrait = try Portrait(
        client(skin, .darkBrown, length: 0.6, loss: .none) { design in
          var scar = ScarLayer()
          scar.treat = false
          let path = [(-110.0, 310.0), (0, 325), (110, 310)].map { ScalpPlace(up: $0.1, side: $0.0) }
          scar.shape = .extractions(area: .band(path: path, width: 50), count: count, diameter: 0.9)
          design.layers = [.scar(scar)]
        })
      let size = 900
      let camera = try portrait.camera(for: .back)
      let lit = LitView(
        portrait.head, look: portrait.look, camera: camera, light: portrait.scene.light, threads: portrait.threads)
      let light = DressedView(
        lit.planes(PictureWindow(width: size, height: size), threads: nil),
        shafts: [portrait.spots, portrait.hair.shafts, portrait.hair.mouths], strands: portrait.hair.strands,
        background: portrait.scene.background, threads: nil
      ).light(threads: nil)
      let seen = SeenSurface(portrait.fields.scalp.head, camera: camera, width: size, height: size, threads: nil)
      let middle = try #require(portrait.fields.scalp.frame.place(up: 320, side: 0)).position
      let mask = seen.points.indices.map { seen.coverage[$0] > 0.99 && distance(seen.points[$0].position, middle) < 18 }
      let scale = Double(seen.pixelsPerMillimetre)
      return MeasuredPatch(mask, of: light, width: size).deviation(between: 0.5 * scale, and: scale)
    }
    let none = try grain(1)
    let (few, many, most) = (try grain(800) / none, try grain(1500) / none, try grain(2400) / none)
    #expect(few > 1.2 && many > 1.5 && most > many && many > few)
  }

  /// A donor area with its scars treated is as dark as one that was never touched: no white band, and no dark one. In dark
  /// skin the darkest mixtures leave white scars a little paler.
  @Test(arguments: [(Client.SkinType.ii, 0.04), (.v, 0.12)])
  func treatedDonorAreasAreAsDarkAsUntouchedOnes(skin: Client.SkinType, within: Double) throws {
    func light(_ layers: [Layer]) throws -> Double {
      let portrait = try Portrait(client(skin, .darkBrown, length: 0.6, loss: .none) { $0.layers = layers })
      let lights = try portrait.measuredLights(.back, size: 400, isDry: true)
      let middle = try #require(portrait.fields.scalp.frame.place(up: 320, side: 0)).position
      let mask = lights.seen.points.indices.map {
        lights.seen.coverage[$0] > 0.99 && distance(lights.seen.points[$0].position, middle) < 18
      }
      return MeasuredPatch(mask, of: lights.after, width: 400).mean.y
    }
    var scar = ScarLayer()
    let path = [(-110.0, 310.0), (0, 325), (110, 310)].map { ScalpPlace(up: $0.1, side: $0.0) }
    scar.shape = .extractions(area: .band(path: path, width: 50), count: 1500, diameter: 0.9)
    let treated = try light([.scar(scar)])
    scar.treat = false
    let (bare, untouched) = (try light([.scar(scar)]), try light([.hairline(HairlineLayer())]))
    #expect(logarithm(bare / untouched) > 0.12)
    #expect(abs(logarithm(treated / untouched)) < within, "\(logarithm(treated / untouched))")
  }

  /// Strip and extraction scars, treated, are as near to the hair beside them as `check` asks.
  @Test func treatedScarsBlend() throws {
    let opened = try OpenedDesign(samplesFolder + "/strip-scar.yaml")
    let found = try measurePicture(opened, size: 768)
    #expect(try #require(found.step) < allowedStep(inScar: true, hairLength: 0.5))
  }

  @Test func withoutWorkOrHairThereIsNoStep() throws {
    let bald = try measurePicture(client(.ii, .brown, length: 0.5, loss: .total), size: 256)
    #expect(bald.hair == nil && bald.step == nil && bald.share == nil)
    #expect(bald.work != nil)
    let back = try measurePicture(client(.ii, .brown, length: 0.5) { $0.pictures.view = .front }, size: 64)
    #expect(back.json.contains("\"size\": 64"))
    #expect(bald.json.contains("\"step\": null"))
    let json = try #require(JSONSerialization.jsonObject(with: Data(bald.json.utf8)) as? [String: Any])
    #expect((json["work"] as? [String: Any])?["darkness"] is NSNumber)
  }

  /// The close-up looks where the work is, with hair or the new line in it.
  @Test(arguments: sampleNames) func closeUpsLookAtTheWork(sample: String) throws {
    var design = try OpenedDesign(samplesFolder + "/" + sample + ".yaml").design
    (design.pictures.macroPlace, design.pictures.at) = (nil, nil)
    let fields = try OpenedDesign(design, on: coarseHead.get()).fields()
    let place = try #require(fields.macroPlace)
    let most = try #require(fields.vertexPoints.map { fields.impressions(at: $0) }.max())
    #expect(fields.impressions(at: place) > 0.2 * most)
    let near = fields.vertexPoints.filter { distance($0.position, place.position) < 14 }
    #expect(near.contains { fields.impressions(at: $0) < 0.1 * most }, "nothing beside the work is seen")
  }
}

private func distance(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> Float {
  let d = a - b
  return (d * d).sum().squareRoot()
}
