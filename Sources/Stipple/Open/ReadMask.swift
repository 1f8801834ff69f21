// Painted densities: grey PNG files on the scalp chart.

import Arithmetic
import Drawing
import Files
import Meshes
import PNGImage
import ScalpGeometry
import TreatmentDesign

/// Largest mask file that is read, bytes, and the most pixels in it.
let largestMaskFile = 64 << 20
let largestMask = 16_000_000

/// The document with the pictures of its mask layers, read beside it.
///
/// Throws `StippleError` with the place of the layer: `noInput` for a file that cannot be read, `data` for one that is no
/// grey PNG of the chart's proportions.
func withMasks(_ document: DesignDocument, folder: String) throws(StippleError) -> DesignDocument {
  var document = document
  // Layers may share a picture
  var known: [String: MaskImage] = [:]
  for i in document.design.layers.indices {
    guard case .mask(var mask) = document.design.layers[i] else { continue }
    let place = document.locations.prefix("layers[\(i)].mask.image")
    let path = try pathBeside(folder, mask.file, place + ":")
    if let image = known[path] {
      mask.image = image
      document.design.layers[i] = .mask(mask)
      continue
    }
    let bytes: [UInt8]
    do {
      bytes = try readInput(path, limit: largestMaskFile)
    } catch {
      throw StippleError(error.kind, "\(place): \(error.message)")
    }
    let image = try readMask(bytes, named: "\(place): \(shown(mask.file))")
    known[path] = image
    mask.image = image
    document.design.layers[i] = .mask(mask)
  }
  return document
}

/// A mask from the bytes of a PNG file: grey, 8 or 16 bits, in the proportions of `MaskChart`.
func readMask(_ bytes: [UInt8], named name: String) throws(StippleError) -> MaskImage {
  let decoded: DecodedPNG
  do {
    decoded = try decodePNG(bytes, depth: .sixteen, limits: PNGReadLimits(side: 8192, pixels: largestMask))
  } catch {
    throw StippleError(.data, "\(name): \(error)")
  }
  let (width, height) = (decoded.pixels.width, decoded.pixels.height)
  let wanted = 2 * MaskChart.halfWidth / MaskChart.length
  let found = Double(width) / Double(height)
  guard abs(found / wanted - 1) < 0.02 else {
    throw StippleError(
      .data,
      "\(name) is \(width) x \(height) pixels; a mask covers \(short(2 * MaskChart.halfWidth)) x \(short(MaskChart.length)) mm, "
        + "so \(width) pixels wide it is \(Int((Double(width) / wanted).rounded())) high")
  }
  guard case .sixteen(let samples) = decoded.pixels.samples else {
    throw StippleError(.data, "\(name): no 16-bit samples")
  }
  var shares = [Float](repeating: 0, count: width * height)
  var brightest: Float = 0
  var opacity: (least: UInt16, most: UInt16) = (65535, 0)
  for k in 0..<width * height {
    let (r, g, b, a) = (samples[4 * k], samples[4 * k + 1], samples[4 * k + 2], samples[4 * k + 3])
    // A brush of a paint program may be off by a code value or two.
    guard max(r, max(g, b)) - min(r, min(g, b)) <= 1028 else {
      throw StippleError(
        .data, "\(name) has a coloured pixel at column \(k % width), row \(k / width); a mask is grey")
    }
    shares[k] = Float(g) / 65535 * Float(a) / 65535
    brightest = max(brightest, shares[k])
    opacity = (min(opacity.least, a), max(opacity.most, a))
  }
  if let problem = emptiness(brightest: brightest, opacity: opacity) {
    throw StippleError(.data, "\(name) \(problem)")
  }
  return MaskImage(width: width, height: height, shares: shares)
}

/// Why a mask asks for nothing anywhere; `nil` where it asks for something.
///
/// - Parameters:
///   - brightest: its greatest share, 0 to 1.
///   - opacity: its least and greatest, 0 to 65535.
private func emptiness(brightest: Float, opacity: (least: UInt16, most: UInt16)) -> String? {
  // Less than a fiftieth of white is less than a code value or two of a brush, or one impression among fifty.
  if brightest >= 0.02 { return nil }
  let meaning = "white puts impressions in, black and transparent put none"
  if opacity.most < 1311 { return "is empty: all of it is transparent; \(meaning)" }
  if opacity.least < 64_225 {
    return "is painted in black on transparent, which asks for nothing; \(meaning): paint in white"
  }
  return "is empty: all of it is black; \(meaning)"
}

extension MaskImage {
  /// How much of a mask is black where it seems to be painted the wrong way round: white along its sides, which lie off the
  /// scalp, and black within. `nil` for any other mask.
  var blackWithinWhite: Double? {
    var rim = SIMD2<Int>.zero
    var black = 0
    let side = max(width / 100, 1)
    for y in 0..<height {
      for x in 0..<width {
        let share = shares[y * width + x]
        if x < side || x >= width - side { rim &+= SIMD2(share > 0.9 ? 1 : 0, 1) }
        if share < 0.1 { black += 1 }
      }
    }
    let part = Double(black) / Double(width * height)
    return Double(rim.x) > 0.95 * Double(rim.y) && part >= 0.005 ? part : nil
  }
}
