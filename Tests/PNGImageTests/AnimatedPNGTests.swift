import Testing

@testable import PNGImage

/// The chunks of an animated PNG are those of its pictures, numbered through. A decoder that is not ours reads one in CI.
@Suite struct AnimatedPNGTests {
  private func picture(_ level: UInt8) -> RasterImage { RasterImage(width: 5, height: 4, fill: SIMD3(level, 7, 9)) }

  private func chunks(_ bytes: [UInt8]) -> [(name: String, body: [UInt8])] {
    var found: [(String, [UInt8])] = []
    var at = 8
    while at + 12 <= bytes.count {
      let length = bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
      found.append((String(decoding: bytes[at + 4..<at + 8], as: UTF8.self), Array(bytes[at + 8..<at + 8 + length])))
      at += 12 + length
    }
    return found
  }

  private func number(_ body: [UInt8], at place: Int) -> Int { body[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }

  @Test func chunksStandInOrderAndAreNumberedThrough() throws {
    let bytes = try encodeAnimatedPNG(
      [1, 2, 3].map { AnimationFrame(picture($0), milliseconds: 100 * Int($0)) },
      options: PNGOptions(dotsPerInch: 300, texts: [PNGText(keyword: "a:b", text: "c")]))
    let found = chunks(bytes)
    let names = found.map(\.name)
    #expect(names.first == "IHDR" && names.last == "IEND")
    #expect(names.filter { $0 == "iTXt" || $0 == "pHYs" || $0 == "sRGB" }.count == 3)
    #expect(
      names.filter { ["acTL", "fcTL", "IDAT", "fdAT"].contains($0) } == [
        "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT",
      ])
    let control = try #require(found.first { $0.name == "acTL" }?.body)
    #expect(number(control, at: 0) == 3 && number(control, at: 4) == 0)
    #expect(found.filter { ["fcTL", "fdAT"].contains($0.name) }.map { number($0.body, at: 0) } == [0, 1, 2, 3, 4])
    let times = found.filter { $0.name == "fcTL" }.map { Int($0.body[20]) << 8 | Int($0.body[21]) }
    #expect(times == [100, 200, 300])
  }

  /// libpng checks every sum, and shows the first picture.
  @Test func aReaderThatKnowsNothingOfItShowsTheFirst() throws {
    let bytes = try encodeAnimatedPNG([9, 200].map { AnimationFrame(picture($0), milliseconds: 40) })
    let shown = try decodePNG(bytes)
    #expect(shown.raster == picture(9))
    var broken = bytes
    let at = try #require(bytes.firstRange(of: Array("IDAT".utf8))).upperBound + 3
    broken[at] ^= 1
    #expect(throws: PNGError.self) { _ = try decodePNG(broken) }
  }

  /// Each later picture, taken out as a file of its own, is what went in.
  @Test func laterPicturesAreWhole() throws {
    let bytes = try encodeAnimatedPNG([1, 2].map { AnimationFrame(picture($0), milliseconds: 40) })
    let own = try encodePNG(picture(2))
    let data = try #require(chunks(bytes).first { $0.name == "fdAT" }?.body.dropFirst(4))
    #expect(Array(data) == chunks(own).first { $0.name == "IDAT" }?.body)
  }

  @Test func whatCannotBeShownIsRefused() {
    #expect(throws: PNGError.self) { _ = try encodeAnimatedPNG([]) }
    #expect(throws: PNGError.self) { _ = try encodeAnimatedPNG([AnimationFrame(picture(1), milliseconds: 0)]) }
    #expect(throws: PNGError.self) {
      _ = try encodeAnimatedPNG([
        AnimationFrame(picture(1), milliseconds: 9), AnimationFrame(RasterImage(width: 4, height: 4), milliseconds: 9),
      ])
    }
  }
}
