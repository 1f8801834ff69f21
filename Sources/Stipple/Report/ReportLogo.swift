// A clinic's logo: read, made smaller, and written anew, so that nothing a program noted in its file goes along.

import Files
import JPEGImage
import PNGImage
import TreatmentDesign

/// Largest logo file, bytes, longest side, and the side above which it is made smaller, pixels.
private let largestLogo = 4 << 20
private let longestSide = 4096
private let neededSide = 400

/// A logo as a data address.
///
/// - Parameters:
///   - file: as the design names it, beside the design.
///   - place: where it is named, as the beginning of a message.
///
/// Throws `StippleError`: `noInput` for a file that cannot be read, `limit` for one that is too large, `data` for one that
/// is no PNG or JPEG.
func logoAddress(_ file: String, folder: String, place: String) throws(StippleError) -> String {
  let path = try pathBeside(folder, file, place + "clinic.logo:")
  let bytes = try readInput(path, limit: largestLogo) { $0 + 12 * longestSide * longestSide / 16 }
  let name = place + shown(file)
  var width = 0
  var height = 0
  var samples: [UInt8] = []
  do {
    if isJPEG(bytes) {
      let decoded = try decodeJPEG(bytes, side: longestSide, pixels: longestSide * longestSide)
      (width, height, samples) = (decoded.width, decoded.height, decoded.samples)
    } else if bytes.starts(with: pngSignature) {
      let decoded = try decodePNG(
        bytes, depth: .eight, limits: PNGReadLimits(side: longestSide, pixels: longestSide * longestSide))
      (width, height) = (decoded.pixels.width, decoded.pixels.height)
      if case .eight(let all) = decoded.pixels.samples { samples = all }
    } else {
      throw StippleError(.data, "\(name) is no picture that a logo can be: a PNG or a JPEG")
    }
    let step = (max(width, height) + neededSide - 1) / neededSide
    let pixels = thinned(samples, width: width, height: height, step: max(1, step))
    return "data:image/png;base64," + base64(try encodePNG(pixels, options: PNGOptions(compressionLevel: 9)))
  } catch let error as StippleError {
    throw error
  } catch {
    throw StippleError(.data, "\(name): \(error)")
  }
}

/// Each pixel the mean of `step` by `step`, weighed by opacity.
private func thinned(_ samples: [UInt8], width: Int, height: Int, step: Int) -> PNGPixels {
  let (w, h) = (max(1, width / step), max(1, height / step))
  var out: [UInt8] = []
  out.reserveCapacity(w * h * 4)
  for y in 0..<h {
    for x in 0..<w {
      var sum = SIMD3<Int>.zero
      var opacity = 0
      var count = 0
      for sy in y * step..<min(height, (y + 1) * step) {
        for sx in x * step..<min(width, (x + 1) * step) {
          let i = 4 * (sy * width + sx)
          let a = Int(samples[i + 3])
          sum &+= SIMD3(Int(samples[i]), Int(samples[i + 1]), Int(samples[i + 2])) &* a
          opacity += a
          count += 1
        }
      }
      let mean = opacity > 0 ? (sum &+ SIMD3(repeating: opacity / 2)) / SIMD3(repeating: opacity) : .zero
      out += [UInt8(mean.x), UInt8(mean.y), UInt8(mean.z), UInt8((opacity + count / 2) / count)]
    }
  }
  return PNGPixels(width: w, height: h, channels: .rgba, samples: .eight(out))
}
