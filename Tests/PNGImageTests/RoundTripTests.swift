import Testing

@testable import PNGImage

/// A picture with structure in every channel, odd in size so that no row is a whole number of words.
private func pattern(_ channels: PNGPixels.Channels, sixteen: Bool, width: Int = 37, height: Int = 23) -> PNGPixels {
  let count = width * height * channels.rawValue
  let values = (0..<count).map { i in UInt16(truncatingIfNeeded: i &* i &* 2_654_435 &+ i &* 40_503) }
  return PNGPixels(
    width: width, height: height, channels: channels,
    samples: sixteen ? .sixteen(values) : .eight(values.map { UInt8($0 >> 8) }))
}

/// What decoding to RGBA should give.
private func expanded(_ image: PNGPixels) -> PNGPixels {
  func expand<Sample: FixedWidthInteger>(_ samples: [Sample]) -> [Sample] {
    stride(from: 0, to: samples.count, by: image.channels.rawValue).flatMap { i -> [Sample] in
      switch image.channels {
      case .grey: [samples[i], samples[i], samples[i], .max]
      case .rgb: [samples[i], samples[i + 1], samples[i + 2], .max]
      case .rgba: Array(samples[i..<i + 4])
      }
    }
  }
  let samples: PNGPixels.Samples =
    switch image.samples {
    case .eight(let samples): .eight(expand(samples))
    case .sixteen(let samples): .sixteen(expand(samples))
    }
  return PNGPixels(width: image.width, height: image.height, channels: .rgba, samples: samples)
}

@Suite struct RoundTripTests {
  @Test(arguments: PNGPixels.Channels.allCases, [false, true])
  func samplesSurvive(channels: PNGPixels.Channels, sixteen: Bool) throws {
    let image = pattern(channels, sixteen: sixteen)
    let decoded = try decodePNG(encodePNG(image), depth: sixteen ? .sixteen : .eight)
    #expect(decoded.pixels == expanded(image))
  }

  @Test(arguments: 0...9)
  func everyLevelIsLossless(level: Int) throws {
    let image = pattern(.rgb, sixteen: false)
    let decoded = try decodePNG(encodePNG(image, options: PNGOptions(compressionLevel: level)))
    #expect(decoded.pixels == expanded(image))
  }

  @Test func rasterSurvives() throws {
    var image = RasterImage(width: 5, height: 4, fill: SIMD3(10, 20, 30))
    image[4, 3] = SIMD3(255, 0, 128)
    #expect(try decodePNG(encodePNG(image)).raster == image)
  }

  @Test func sixteenBitsRoundToEight() throws {
    let image = PNGPixels(width: 3, height: 1, channels: .grey, samples: .sixteen([0, 32896, 65535]))
    let decoded = try decodePNG(encodePNG(image), depth: .sixteen)
    #expect(decoded.raster.pixels == [0, 0, 0, 128, 128, 128, 255, 255, 255])
    #expect(try decodePNG(encodePNG(image)).raster.pixels == decoded.raster.pixels)
  }

  @Test func textAndResolutionSurvive() throws {
    let texts = [
      PNGText(keyword: "stipple:plan", text: "{\"seed\": 7, \"note\": \"Größe 25 mm², 0 – 5 yr\"}"),
      PNGText(keyword: "stipple:version", text: "1"), PNGText(keyword: "Größe", text: ""),
      PNGText(keyword: "long", text: String(repeating: "α0", count: 50_000)),
    ]
    let bytes = try encodePNG(pattern(.rgb, sixteen: false), options: PNGOptions(dotsPerInch: 300, texts: texts))
    let decoded = try decodePNG(bytes)
    #expect(decoded.texts == texts)
    #expect(decoded.pixelsPerMetre == 11811)  // 300 / 0.0254, to whole pixels
  }

  @Test func fileHoldsNoMoreThanAskedFor() throws {
    let image = pattern(.rgb, sixteen: false)
    #expect(try chunkNames(encodePNG(image)).sorted() == ["IDAT", "IEND", "IHDR", "cHRM", "gAMA", "sRGB"])
    let options = PNGOptions(dotsPerInch: 72, texts: [PNGText(keyword: "k", text: "t")])
    let names = try chunkNames(encodePNG(image, options: options))
    #expect(names.sorted() == ["IDAT", "IEND", "IHDR", "cHRM", "gAMA", "iTXt", "pHYs", "sRGB"])
  }

  @Test func sameInputSameBytes() throws {
    let image = pattern(.rgba, sixteen: true)
    let first = try encodePNG(image)
    #expect(try encodePNG(image) == first)
  }
}

@Suite struct RefusalTests {
  @Test(arguments: [
    PNGPixels(width: 0, height: 1, channels: .rgb, samples: .eight([])),
    PNGPixels(width: 1, height: -1, channels: .rgb, samples: .eight([1, 2, 3])),
    PNGPixels(width: 2, height: 1, channels: .rgb, samples: .eight([1, 2, 3])),
    PNGPixels(width: .max, height: .max, channels: .rgba, samples: .eight([1])),
    PNGPixels(width: 1 << 30, height: 1 << 30, channels: .rgba, samples: .sixteen([1])),
  ])
  func sizeThatDoesNotFitItsSamples(image: PNGPixels) {
    #expect(throws: PNGError.self) { try encodePNG(image) }
  }

  @Test(arguments: ["", " a", "a ", "a  b", "a\u{0}b", "tab\t", "€", String(repeating: "k", count: 80)])
  func keywordThatPNGDoesNotAllow(keyword: String) {
    let options = PNGOptions(texts: [PNGText(keyword: keyword, text: "x")])
    #expect(throws: PNGError.self) { try encodePNG(RasterImage(width: 1, height: 1), options: options) }
  }

  @Test func textWithZero() {
    let options = PNGOptions(texts: [PNGText(keyword: "k", text: "a\u{0}b")])
    #expect(throws: PNGError.self) { try encodePNG(RasterImage(width: 1, height: 1), options: options) }
  }

  @Test(arguments: [0, -1, .nan, .infinity, 1e9])
  func resolutionOutOfRange(dotsPerInch: Double) {
    let options = PNGOptions(dotsPerInch: dotsPerInch)
    #expect(throws: PNGError.self) { try encodePNG(RasterImage(width: 1, height: 1), options: options) }
  }

  @Test(arguments: [-1, 10])
  func levelOutOfRange(level: Int) {
    let options = PNGOptions(compressionLevel: level)
    #expect(throws: PNGError.self) { try encodePNG(RasterImage(width: 1, height: 1), options: options) }
  }

  @Test func everyPrefixOfAFile() throws {
    let options = PNGOptions(dotsPerInch: 300, texts: [PNGText(keyword: "k", text: "some text")])
    let bytes = try encodePNG(pattern(.rgb, sixteen: false, width: 9, height: 7), options: options)
    for count in 0..<bytes.count {
      #expect(throws: PNGError.self, "cut to \(count) bytes") { try decodePNG(Array(bytes[..<count])) }
    }
  }

  /// A flipped bit is caught by a checksum wherever it falls, unless it turns an ancillary chunk into one that
  /// readers skip; then the picture must still be the same.
  @Test func everyFlippedBit() throws {
    let image = pattern(.grey, sixteen: false, width: 9, height: 7)
    let bytes = try encodePNG(image)
    for i in bytes.indices {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[i] ^= 1 << bit
        if let decoded = try? decodePNG(damaged) {
          #expect(decoded.pixels == expanded(image), "byte \(i), bit \(bit)")
        }
      }
    }
  }

  /// A header may claim any size: it is checked before memory is taken.
  @Test(arguments: [(0x7FFF_FFFF, 0x7FFF_FFFF), (60_000, 60_000), (70_000, 1), (1, 70_000), (0, 5), (5, 0)])
  func claimedSize(width: Int, height: Int) throws {
    var bytes = try encodePNG(RasterImage(width: 1, height: 1))
    for i in 0..<4 {
      bytes[16 + i] = UInt8((width >> (24 - 8 * i)) & 255)
      bytes[20 + i] = UInt8((height >> (24 - 8 * i)) & 255)
    }
    mendChecksums(&bytes)
    #expect(throws: PNGError.self) { try decodePNG(bytes) }
  }

  @Test func limitsCanBeNarrowed() throws {
    let bytes = try encodePNG(RasterImage(width: 20, height: 10))
    #expect(throws: PNGError.self) { try decodePNG(bytes, limits: PNGReadLimits(side: 19)) }
    let error = #expect(throws: PNGError.self) { try decodePNG(bytes, limits: PNGReadLimits(pixels: 199)) }
    #expect(error == .tooLarge("20 × 10 pixels (at most 199 in all)"))
    #expect(try decodePNG(bytes, limits: PNGReadLimits(side: 20, pixels: 200)).pixels.width == 20)
  }
}
