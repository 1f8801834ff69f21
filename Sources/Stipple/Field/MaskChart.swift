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

/// Reads the pictures of a design's mask layers.
///
/// Throws `StippleError` with the place of the layer: `noInput` for a file that cannot be read, `data` for one that is no
/// grey PNG of the chart's proportions.
func loadMasks(_ loaded: inout LoadedDesign) throws(StippleError) {
  for i in loaded.design.layers.indices {
    guard case .mask(var mask) = loaded.design.layers[i] else { continue }
    let place = loaded.locations.prefix("layers[\(i)].mask.image")
    let path = try pathBeside(loaded.folder, mask.file, place)
    let bytes: [UInt8]
    do {
      bytes = try readInput(path, limit: largestMaskFile)
    } catch {
      throw StippleError(error.kind, "\(place): \(error.message)")
    }
    mask.image = try readMask(bytes, named: "\(place): \(mask.file)")
    loaded.design.layers[i] = .mask(mask)
  }
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

/// A chart to paint a mask on: the scalp's border, tape lines every 50 mm, the vertex and what the design asks for so
/// far, faintly. Paint white on a black layer above it and export that layer alone.
///
/// - Parameter pixelsPerMillimetre: 1 to 8.
public func maskChart(_ fields: CompiledDesign, pixelsPerMillimetre: Int = 3, threads: Int? = nil) -> RasterImage {
  let scale = min(max(pixelsPerMillimetre, 1), 8)
  let width = Int(2 * MaskChart.halfWidth) * scale
  let height = Int(MaskChart.length) * scale
  let frame = fields.scalp.frame
  let inside = fields.scalp.region.distances
  let mesh = fields.scalp.head.mesh
  let vertices = fields.vertexPoints
  let highest = vertices.reduce(Float(1)) { max($0, fields.impressions(at: $1)) }
  let densities = DensityScale(upTo: highest)
  let rows = tabulate(height, initial: [UInt8](), threads: threads) { y in
    var row = [UInt8](repeating: 0, count: width * 3)
    let up = Float(MaskChart.length) - (Float(y) + 0.5) / Float(scale)
    for x in 0..<width {
      let side = (Float(x) + 0.5) / Float(scale) - Float(MaskChart.halfWidth)
      var colour = SIMD3<Float>(236, 236, 234)
      if let point = frame.place(up: up, side: side) {
        let t = mesh.triangles[Int(point.triangle)]
        let border =
          inside[Int(t.x)] * (1 - point.v - point.w) + inside[Int(t.y)] * point.v + inside[Int(t.z)] * point.w
        if border > 0 { colour = SIMD3(206, 200, 196) }
        let density = fields.impressions(at: point)
        if density > 2 { colour += (densities.colour(density) - colour) * 0.6 }
        if abs(border) < 0.6 { colour = SIMD3(70, 66, 64) }
      } else {
        colour = SIMD3(216, 217, 218)
      }
      for value in [up, side] {
        let line = (value / 50).rounded(.down) * 50
        if value - line < 1 / Float(scale) {
          let isHundred = abs(line / 100 - (line / 100).rounded()) < 0.1
          colour += (SIMD3(90, 96, 110) - colour) * (isHundred ? 0.55 : 0.3)
        }
      }
      for c in 0..<3 { row[3 * x + c] = UInt8(colour[c] + 0.5) }
    }
    return row
  }
  var chart = RasterImage(width: width, height: height, pixels: rows.flatMap { $0 })
  let ink = SIMD3<UInt8>(50, 54, 62)
  let size = Float(4 * scale)
  for up in stride(from: 50, through: 400, by: 50) {
    drawText(
      "up \(up)", into: &chart, x: 4, y: (Float(MaskChart.length) - Float(up)) * Float(scale) + 3, height: size,
      colour: ink)
  }
  for side in stride(from: -150, through: 150, by: 50) {
    drawText(
      "side \(side)", into: &chart, x: (Float(side) + Float(MaskChart.halfWidth)) * Float(scale) + 3,
      y: Float(height) - size - 4, height: size, colour: ink)
  }
  drawText(
    "subject's right", into: &chart, x: 4, y: 4, height: size, colour: ink, weight: .bold)
  let left = "subject's left"
  drawText(
    left, into: &chart, x: Float(width) - 6 - textWidth(left, height: size, weight: .bold), y: 4, height: size,
    colour: ink,
    weight: .bold)
  return chart
}
