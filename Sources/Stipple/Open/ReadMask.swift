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
  for k in 0..<width * height {
    let (r, g, b, a) = (samples[4 * k], samples[4 * k + 1], samples[4 * k + 2], samples[4 * k + 3])
    // A brush of a paint program may be off by a code value or two.
    guard max(r, max(g, b)) - min(r, min(g, b)) <= 1028 else {
      throw StippleError(
        .data, "\(name) has a coloured pixel at column \(k % width), row \(k / width); a mask is grey")
    }
    shares[k] = Float(g) / 65535 * Float(a) / 65535
  }
  return MaskImage(width: width, height: height, shares: shares)
}
