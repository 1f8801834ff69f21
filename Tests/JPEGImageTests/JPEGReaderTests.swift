import JPEGImage
import JPEGSupport
import PNGImage
import Testing

/// A picture with slopes in all three channels, odd in size so that blocks are cut.
private let slopes: RasterImage = {
  var image = RasterImage(width: 61, height: 45)
  for y in 0..<45 { for x in 0..<61 { image[x, y] = SIMD3(UInt8(3 * x + 30), UInt8(4 * y + 20), UInt8(200 - 2 * x)) } }
  return image
}()

@Suite struct JPEGReaderTests {
  /// Every kind gives back the picture, within what compression of this quality changes.
  @Test(arguments: [
    JPEGKind(), JPEGKind(progressive: true), JPEGKind(halved: true), JPEGKind(progressive: true, halved: true),
  ])
  func colourComesBack(kind: JPEGKind) throws {
    let read = try decodeJPEG(madeJPEG(slopes, kind))
    #expect(read.width == 61 && read.height == 45 && read.damage == nil)
    var worst = 0
    for i in 0..<61 * 45 {
      for c in 0..<3 { worst = max(worst, abs(Int(read.samples[4 * i + c]) - Int(slopes.pixels[3 * i + c]))) }
      #expect(read.samples[4 * i + 3] == 255)
    }
    #expect(worst <= (kind.isHalved ? 12 : 6), "\(worst)")
  }

  @Test func greyIsGrey() throws {
    let read = try decodeJPEG(madeJPEG(slopes, JPEGKind(grey: true)))
    for i in 0..<61 * 45 {
      let (r, g, b) = (read.samples[4 * i], read.samples[4 * i + 1], read.samples[4 * i + 2])
      #expect(r == g && g == b)
      let p = slopes.pixels
      let luma = 0.299 * Double(p[3 * i]) + 0.587 * Double(p[3 * i + 1]) + 0.114 * Double(p[3 * i + 2])
      #expect(abs(Double(r) - luma) < 6)
    }
  }

  /// The orientation that a camera writes beside a picture turns photographs, not textures.
  @Test func orientationIsPassedOver() throws {
    let plain = madeJPEG(slopes)
    // An APP1 segment of EXIF that says "turned by a quarter" (6), after the start marker.
    let exif: [UInt8] =
      [0xFF, 0xE1, 0, 34] + Array("Exif".utf8) + [0, 0] + Array("MM".utf8) + [
        0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0,
      ]
    #expect(try decodeJPEG(Array(plain[..<2]) + exif + plain[2...]) == decodeJPEG(plain))
  }

  /// A file that breaks off anywhere is refused, and never read as a whole picture.
  @Test(arguments: [false, true])
  func filesThatEndEarlyAreRefused(progressive: Bool) throws {
    let whole = madeJPEG(slopes, JPEGKind(progressive: progressive))
    for count in 0..<whole.count - 2 {
      #expect(throws: JPEGError.self) { try decodeJPEG(Array(whole[..<count])) }
    }
  }

  /// Changed bytes give a picture, with or without a word about damage, or an error.
  @Test func changedBytesNeverCrash() throws {
    let whole = madeJPEG(slopes, JPEGKind(progressive: true, halved: true))
    var (damaged, refused) = (0, 0)
    for at in whole.indices {
      var bytes = whole
      bytes[at] ^= 0x5A
      do throws(JPEGError) {
        let read = try decodeJPEG(bytes, pixels: 1_000_000)
        #expect(read.samples.count == read.width * read.height * 4)
        if read.damage != nil { damaged += 1 }
      } catch {
        #expect(!error.description.isEmpty)
        refused += 1
      }
    }
    #expect(damaged > 10 && refused > 10)
  }

  @Test func inksAreNamed() throws {
    let error = #expect(throws: JPEGError.self) { try decodeJPEG(madeInkJPEG(width: 16, height: 16)) }
    #expect(error?.description.contains("inks (CMYK)") == true)
  }

  /// A header that claims more than the file can hold, and one beyond the limits, cost no memory.
  @Test func sizesAreCheckedFirst() throws {
    var bytes = madeJPEG(slopes)
    let frame = try #require(bytes.indices.first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC0 })
    for k in 5...8 { bytes[frame + k] = 0x20 }
    let lie = #expect(throws: JPEGError.self) { try decodeJPEG(bytes) }
    #expect(lie?.description.contains("cannot come out of") == true)
    let large = #expect(throws: JPEGError.self) { try decodeJPEG(madeJPEG(slopes), side: 60) }
    #expect(large?.description.contains("61 x 45 pixels") == true)
  }

  /// The frame of a progressive picture once and then the same scan a thousand times.
  @Test func scansWithoutEndAreRefused() throws {
    let whole = madeJPEG(slopes, JPEGKind(progressive: true))
    let starts = whole.indices.dropLast().filter { whole[$0] == 0xFF && whole[$0 + 1] == 0xDA }
    let scan = whole[starts[0]..<starts[1]].prefix { _ in true }
    var bytes = Array(whole[..<starts[0]])
    for _ in 0..<1000 { bytes += scan }
    bytes += [0xFF, 0xD9]
    let error = #expect(throws: JPEGError.self) { try decodeJPEG(bytes) }
    #expect(error?.description.contains("more scans") == true)
  }
}
