// Willem van Schaik's PngSuite (see PngSuite.LICENSE): good files decode to what an independent decoder made of
// them, damaged ones are refused.

import Foundation
import Testing

@testable import PNGImage

private func suiteFile(_ name: String) throws -> [UInt8] {
  let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("PngSuite")
  return [UInt8](try Data(contentsOf: folder.appendingPathComponent(name + ".png")))
}

/// FNV-1a, 64 bits.
private func hash(_ samples: [UInt8]) -> UInt64 {
  samples.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
}

@Suite struct PngSuiteTests {
  /// Name, side in pixels, hash of the RGBA samples from a decoder written apart from libpng.
  static let good: [(String, Int, UInt64)] = [
    ("basn0g01", 32, 0xf76a_b9c2_cc27_5b5d),
    ("basn0g16", 32, 0x785e_2510_9704_327c),
    ("basn2c08", 32, 0x6d0a_5944_6286_8f25),
    ("basn2c16", 32, 0x14fb_a4b7_a7c9_0773),
    ("basn3p02", 32, 0xe1b9_7808_c557_cb25),
    ("basn3p08", 32, 0x3733_a888_5d80_db25),
    ("basn4a08", 32, 0x4b4e_70fc_7720_494d),
    ("basn4a16", 32, 0x3fd7_053b_16ac_1f45),
    ("basn6a08", 32, 0xf9ed_41b6_375b_125d),
    ("cdun2c08", 32, 0x0f82_2fa6_de85_4a7b),
    ("ct1n0g04", 32, 0x08bc_cc3a_3948_b1cc),
    ("cten0g04", 32, 0xc7de_8471_52c4_48a5),
    ("ctzn0g04", 32, 0x08bc_cc3a_3948_b1cc),
    ("oi9n2c16", 32, 0x14fb_a4b7_a7c9_0773),
    ("s01n3p01", 1, 0x4a3d_077f_9b55_736b),
    ("s09n3p02", 9, 0x3bbd_23a2_6b03_44ed),
    ("tbbn0g04", 32, 0x3988_3b6d_2d85_2264),
    ("tm3n3p02", 32, 0x020e_1f8a_0874_c325),
  ]

  @Test(arguments: good)
  func goodFileDecodes(name: String, side: Int, expected: UInt64) throws {
    let decoded = try decodePNG(suiteFile(name))
    #expect(decoded.pixels.width == side && decoded.pixels.height == side)
    guard case .eight(let samples) = decoded.pixels.samples else {
      Issue.record("8 bits asked for, 16 given")
      return
    }
    #expect(samples.count == side * side * 4)
    #expect(hash(samples) == expected)
  }

  @Test(
    arguments: ["0g01", "0g16", "2c08", "2c16", "3p02", "3p08", "4a08", "4a16", "6a08"], [PNGDepth.eight, .sixteen])
  func interlacingChangesNothing(kind: String, depth: PNGDepth) throws {
    let plain = try decodePNG(suiteFile("basn" + kind), depth: depth)
    let interlaced = try decodePNG(suiteFile("basi" + kind), depth: depth)
    #expect(plain.pixels == interlaced.pixels)
  }

  @Test(arguments: [
    "xs1n0g01", "xs2n0g01", "xs4n0g01", "xs7n0g01", "xcrn0g04", "xlfn0g04", "xhdn0g08", "xc1n0g08", "xc9n2c08",
    "xd0n2c08", "xd3n2c08", "xd9n2c08", "xdtn0g01", "xcsn0g01",
  ])
  func damagedFileIsRefused(name: String) throws {
    let bytes = try suiteFile(name)
    let error = #expect(throws: PNGError.self) { try decodePNG(bytes) }
    guard case .malformed(let reason)? = error else {
      Issue.record("not reported as malformed: \(String(describing: error))")
      return
    }
    #expect(!reason.isEmpty)
  }

  @Test(arguments: ["cten0g04", "ct1n0g04", "ctzn0g04"])
  func textOfEveryKindIsRead(name: String) throws {
    let texts = try decodePNG(suiteFile(name)).texts
    #expect(texts.first == PNGText(keyword: "Title", text: "PngSuite"))
    #expect(texts.contains { $0.keyword == "Author" && $0.text.hasPrefix("Willem") })
  }

  @Test func resolutionIsRead() throws {
    #expect(try decodePNG(suiteFile("cdun2c08")).pixelsPerMetre == 1000)
    #expect(try decodePNG(suiteFile("basn2c08")).pixelsPerMetre == nil)
  }

  /// Bytes changed at random and the checksums mended, so that the damage reaches the decoder: an error or a picture
  /// of the size the header gives, never a crash.
  @Test(arguments: ["basn0g01", "basi3p02", "basn4a16", "basi6a08", "tbbn0g04", "cten0g04", "oi9n2c16"])
  func changedFileNeverCrashes(name: String) throws {
    let original = try suiteFile(name)
    var random = RepeatableRandom(state: 1)
    for _ in 0..<300 {
      var bytes = original
      for _ in 0...random.below(3) { bytes[8 + random.below(bytes.count - 8)] = UInt8(random.below(256)) }
      mendChecksums(&bytes)
      let limits = PNGReadLimits(side: 1000, pixels: 100_000, chunkBytes: 100_000, chunks: 20)
      guard let decoded = try? decodePNG(bytes, depth: .sixteen, limits: limits) else { continue }
      #expect(decoded.pixels.samples.count == decoded.pixels.width * decoded.pixels.height * 4)
    }
  }
}

/// A small generator with a fixed start (Knuth's MMIX constants), so that a failure can be repeated.
private struct RepeatableRandom {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
}
