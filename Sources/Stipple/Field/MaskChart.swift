// The chart that masks are painted on.

import Arithmetic
import Drawing
import Files
import Meshes
import PNGImage
import ScalpGeometry
import TreatmentDesign

/// A chart to paint a mask on: the scalp's border, tape lines every 50 mm, the vertex and what the design asks for so
/// far, faintly. Paint white on a black layer above it and export that layer alone.
///
/// - Parameters:
///   - fields: the design laid on its head.
///   - pixelsPerMillimetre: 1 to 8.
///   - threads: worker threads; `nil` is one per core. The result does not depend on it.
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
