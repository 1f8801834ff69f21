import JPEGImage
import Testing

/// Smooth colour with a hard edge in it.
private func picture(width: Int, height: Int) -> [UInt8] {
  (0..<width * height).flatMap { i in
    let (x, y) = (i % width, i / width)
    return [UInt8(60 + 120 * x / width), UInt8(50 + 100 * y / height), x > width / 2 ? 140 : 90]
  }
}

@Suite struct JPEGWriterTests {
  /// Odd sizes as well: blocks are cut.
  @Test(arguments: [(64, 64), (61, 45), (1, 1), (17, 200)])
  func theReaderReadsItBack(width: Int, height: Int) throws {
    let samples = picture(width: width, height: height)
    let bytes = try encodeJPEG(samples, width: width, height: height, quality: 90)
    let read = try decodeJPEG(bytes)
    #expect(read.width == width && read.height == height && read.damage == nil)
    var sum = 0
    for i in 0..<width * height {
      for c in 0..<3 { sum += abs(Int(read.samples[4 * i + c]) - Int(samples[3 * i + c])) }
    }
    #expect(Double(sum) / Double(width * height * 3) < 4)
    #expect(try encodeJPEG(samples, width: width, height: height, quality: 90) == bytes)
  }

  @Test func lessQualityIsLess() throws {
    let samples = picture(width: 200, height: 200).enumerated().map { i, v in v &+ UInt8((i &* 7919) % 23) }
    let sizes = try [40, 70, 95].map { try encodeJPEG(samples, width: 200, height: 200, quality: $0).count }
    #expect(sizes[0] < sizes[1] && sizes[1] < sizes[2])
  }

  /// A JFIF header and nothing that names anyone.
  @Test func nothingIsSaidBesideThePicture() throws {
    let bytes = try encodeJPEG(picture(width: 16, height: 16), width: 16, height: 16, quality: 80)
    var at = 2
    var markers: [UInt8] = []
    while bytes[at + 1] != 0xDA {
      markers.append(bytes[at + 1])
      at += 2 + Int(bytes[at + 2]) << 8 + Int(bytes[at + 3])
    }
    // No comment (FE), no EXIF or profile (E1 to EF).
    #expect(markers.allSatisfy { $0 != 0xFE && !(0xE1...0xEF).contains($0) })
  }

  @Test func whatCannotBeIsRefused() {
    #expect(throws: JPEGError.self) { try encodeJPEG([1, 2, 3], width: 2, height: 1, quality: 80) }
    #expect(throws: JPEGError.self) { try encodeJPEG([1, 2, 3], width: 1, height: 1, quality: 0) }
    #expect(throws: JPEGError.self) { try encodeJPEG([], width: 0, height: 1, quality: 80) }
    #expect(throws: JPEGError.self) { try encodeJPEG([], width: 70_000, height: 0, quality: 80) }
  }
}
