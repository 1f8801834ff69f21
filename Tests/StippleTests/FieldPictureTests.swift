import Foundation
import Meshes
import PNGImage
import ScalpGeometry
import Testing
import TreatmentDesign

@testable import Stipple

@Suite struct FieldPictureTests {
  private func fields(_ change: @escaping (inout Design) -> Void = { _ in }) throws -> CompiledDesign {
    try compile(design(change), on: coarseScalp.get())
  }

  @Test func theFieldShowsWhereAndHowMuch() throws {
    let opened = try OpenedDesign(design { _ in }, on: coarseHead.get())
    var options = FieldOptions()
    (options.size, options.view) = (256, .top)
    let one = try fieldPicture(opened, options: options)
    #expect(one.height == 256)
    let threads = try OpenedDesign(design { _ in }, on: coarseHead.get(), threads: 3)
    #expect(try fieldPicture(threads, options: options) == one)
    // The middle of the top view is treated at 200 per cm², the colour of the scale there, a little shaded.
    let scale = DensityScale(upTo: 200)
    let wanted = scale.colour(200)
    let seen = SIMD3<Float>(one[80, 120])
    #expect(((seen - wanted) * (seen - wanted)).sum().squareRoot() < 60, "\(seen) for \(wanted)")
    options.view = .front
    #expect(try fieldPicture(opened, options: options) != one)
    options.size = 100
    #expect(throws: StippleError.self) { try fieldPicture(opened, options: options) }
  }

  @Test(arguments: [
    (0 as Float, 1 as Float, 1), (7, 8, 4), (200, 200, 4), (223, 250, 5), (301, 400, 4), (2900, 3000, 6),
  ])
  func scalesAreRoundAndHoldTheField(highest: Float, end: Float, marks: Int) {
    let scale = DensityScale(upTo: highest)
    #expect(scale.end == end)
    #expect(scale.marks.count == marks)
    #expect(scale.marks.last == end)
  }

  @Test func theMeshCarriesItsDensities() throws {
    let fields = try fields()
    let text = String(decoding: fieldPLY(fields), as: UTF8.self).split(separator: "\n")
    let mesh = fields.scalp.head.mesh
    #expect(text.contains("element vertex \(mesh.positions.count)"))
    let end = try #require(text.firstIndex(of: "end_header"))
    #expect(text.count == end + 1 + mesh.positions.count + mesh.triangles.count)
    let most = text[(end + 1)...].prefix(mesh.positions.count).compactMap { Float($0.split(separator: " ")[3]) }.max()
    // What stands for all hair, less what is left of it on the bald top: a twenty-fifth, at 0.45 of its calibre.
    #expect(abs((most ?? 0) / Float(Dose().density) - 0.982) < 0.0025)
  }

  // MARK: Masks

  /// A mask of one grey, or white in a square around a place.
  private func mask(_ share: (Int, Int) -> UInt8, width: Int = 80, height: Int = 86) throws -> [UInt8] {
    var samples: [UInt8] = []
    for y in 0..<height { for x in 0..<width { samples.append(share(x, y)) } }
    return try encodePNG(PNGPixels(width: width, height: height, channels: .grey, samples: .eight(samples)))
  }

  @Test func aMaskLiesWhereTheTapeSays() throws {
    // White within 20 mm of up 200, side 60; a pixel is 5 mm.
    let bytes = try mask { x, y in
      let side = (Double(x) + 0.5) * 5 - 200
      let up = 430 - (Double(y) + 0.5) * 5
      return abs(side - 60) < 20 && abs(up - 200) < 20 ? 255 : 0
    }
    let image = try readMask(bytes, named: "mask.png")
    let fields = try fields { d in
      var layer = MaskLayer()
      (layer.image, layer.density) = (image, 160)
      d.layers = [.mask(layer)]
      d.hair.loss = .total
    }
    func density(_ up: Float, _ side: Float) throws -> Float {
      fields.impressions(at: try #require(fields.scalp.frame.place(up: up, side: side)))
    }
    #expect(abs(try density(200, 60) - 160) < 0.5)
    #expect(try density(200, -60) == 0)
    #expect(try density(250, 60) == 0 && density(150, 60) == 0)
    // Half way across its border, which is a pixel wide
    #expect(abs(try density(200, 80) - 80) < 25)
  }

  @Test func masksThatCannotBeAreRefused() throws {
    func refusal(_ bytes: [UInt8]) -> String? {
      do {
        _ = try readMask(bytes, named: "mask.png")
        return nil
      } catch {
        return error.message
      }
    }
    #expect(refusal([1, 2, 3])?.contains("mask.png") == true)
    #expect(refusal(try mask({ _, _ in 9 }, width: 80, height: 80))?.contains("80 pixels wide it is 86 high") == true)
    var pixels = [UInt8](repeating: 90, count: 80 * 86 * 3)
    pixels[3 * (80 * 2 + 7)] = 200
    let coloured = try encodePNG(PNGPixels(width: 80, height: 86, channels: .rgb, samples: .eight(pixels)))
    #expect(refusal(coloured)?.contains("column 7, row 2") == true)
    #expect(refusal(try mask { _, _ in 128 }) == nil)
  }

  @Test func masksThatAskForNothingAreCalledThat() throws {
    let scratch = try Scratch()
    let text = "schemaVersion: 1\nlayers:\n  - mask: {image: m.png, density: 100}\n"
    let file = try scratch.write(text, "d.yaml")
    /// Grey and opacity of each pixel
    func message(_ pixel: (Int, Int) -> (UInt8, UInt8)) throws -> String? {
      var samples: [UInt8] = []
      for y in 0..<86 {
        for x in 0..<80 {
          let (grey, opacity) = pixel(x, y)
          samples += [grey, grey, grey, opacity]
        }
      }
      let bytes = try encodePNG(PNGPixels(width: 80, height: 86, channels: .rgba, samples: .eight(samples)))
      try Data(bytes).write(to: URL(fileURLWithPath: scratch.path + "/m.png"))
      do {
        _ = try OpenedDesign(file)
        return nil
      } catch {
        return error.message
      }
    }
    func isPainted(_ x: Int, _ y: Int) -> Bool { (30..<50).contains(x) && (20..<40).contains(y) }
    let place = "d.yaml:3:12: m.png "
    #expect(try message { _, _ in (0, 255) }?.contains(place + "is empty: all of it is black; white puts") == true)
    #expect(try message { _, _ in (3, 255) }?.contains("is empty: all of it is black") == true)
    #expect(try message { _, _ in (255, 0) }?.contains("is empty: all of it is transparent") == true)
    #expect(
      try message { isPainted($0, $1) ? (0, 255) : (0, 0) }?.contains(place + "is painted in black on transparent")
        == true)
    #expect(try message { isPainted($0, $1) ? (0, 255) : (255, 0) }?.contains("in black on transparent") == true)
    #expect(try message { isPainted($0, $1) ? (255, 255) : (0, 0) } == nil)
    #expect(try message { isPainted($0, $1) ? (40, 255) : (0, 255) } == nil)
  }

  @Test func masksThatLookInvertedAreCalledThat() throws {
    func part(_ share: (Int, Int) -> UInt8) throws -> Double? {
      try readMask(mask(share), named: "m.png").blackWithinWhite
    }
    func isPainted(_ x: Int, _ y: Int) -> Bool { (30..<50).contains(x) && (20..<40).contains(y) }
    #expect(abs(try #require(try part { isPainted($0, $1) ? 0 : 255 }) - 400.0 / 6880) < 1e-6)
    #expect(try part { isPainted($0, $1) ? 255 : 0 } == nil)
    #expect(try part { _, _ in 255 } == nil)
    #expect(try part { x, y in isPainted(x, y) ? 180 : 255 } == nil)
  }

  @Test func aMaskThatIsNotThereNamesItsLine() throws {
    let scratch = try Scratch()
    let text = "schemaVersion: 1\nlayers:\n  - mask: {image: IMAGE, density: 100}\n"
    for (image, kind, word) in [
      ("none.png", StippleError.Kind.noInput, "none.png"), ("../other.png", .data, "leaves the design's folder"),
    ] {
      let file = try scratch.write(text.replacingOccurrences(of: "IMAGE", with: image), "d.yaml")
      let error = #expect(throws: StippleError.self) { try OpenedDesign(file) }
      #expect(error?.kind == kind)
      #expect(error?.message.contains("d.yaml:3:12") == true, "\(error?.message ?? "")")
      #expect(error?.message.contains(word) == true)
    }
  }
}
