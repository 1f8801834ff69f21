// The density that a design asks for, in false colour on the head: what a designer checks before dots are placed.
//
//   colour     per cm², from the scale beside the views; skin without any stays grey
//   iso-lines  at the marks of that scale
//   thin line  the border where hair grows or grew

import Arithmetic
import Drawing
import Meshes
import PNGImage
import ScalpGeometry
import ScalpRendering
import TreatmentDesign

/// Which density is drawn.
public enum FieldQuantity: String, Sendable, CaseIterable {
  /// Impressions per cm² after the last session.
  case impressions
  /// Hairs per cm² that stand now, each as much as it shows.
  case hair
  /// Both together: what the eye gets.
  case cover

  var title: String {
    switch self {
    case .impressions: "Impressions asked for"
    case .hair: "Hair that shows now"
    case .cover: "Hair and impressions together"
    }
  }
}

/// How a field is drawn.
public struct FieldOptions: Sendable {
  public var quantity = FieldQuantity.impressions
  /// One view; `nil` draws four.
  public var view: Pictures.View?
  /// Height of the picture, pixels, 256 to 4096.
  public var size = 1200

  public init() {}
}

extension CompiledDesign {
  func density(_ quantity: FieldQuantity, at point: SurfacePoint) -> Float {
    switch quantity {
    case .impressions: impressions(at: point)
    case .hair: visibleHair(at: point).now
    case .cover: impressions(at: point) + visibleHair(at: point).now
    }
  }
}

/// Draws the density field of a design on its head, with its scale, iso-lines and a length for comparison.
///
/// The same design and options give the same pixels for any number of threads.
///
/// Throws `StippleError`: `usage` for a size out of range, `data` for a close-up off the scalp.
public func fieldPicture(_ opened: OpenedDesign, options: FieldOptions = .init()) throws(StippleError) -> RasterImage {
  guard (256...4096).contains(options.size) else {
    throw StippleError(.usage, "picture size \(options.size) is outside 256 to 4096 pixels")
  }
  let fields = try opened.fields()
  let highest = fields.vertexPoints.reduce(Float(0)) { max($0, fields.density(options.quantity, at: $1)) }
  let scale = DensityScale(upTo: highest)
  let unit = Float(options.size) / 1200
  let top = Int(86 * unit)
  let foot = Int(74 * unit)
  let side = Int(200 * unit)
  let views = options.view.map { [$0] } ?? [.front, .left45, .top, .back]
  let gap = views.count == 1 ? 0 : Int(8 * unit)
  let cell = views.count == 1 ? options.size - top - foot : (options.size - top - foot - gap) / 2
  let width = (views.count == 1 ? cell : 2 * cell + gap) + side

  var page = RasterImage(width: width, height: options.size, fill: PageStyle.paper)
  for (i, view) in views.enumerated() {
    let picture = try draw(view, of: fields, scale, options.quantity, size: cell, threads: opened.threads)
    page.place(picture, x: (i % 2) * (cell + gap), y: top + (i / 2) * (cell + gap))
  }
  let ink = PageStyle.ink
  let grey = PageStyle.grey
  drawText(
    options.quantity.title, into: &page, x: 22 * unit, y: 20 * unit, height: 21 * unit, colour: ink, weight: .bold)
  drawText(
    "\(try opened.work().text.replacing("cm2", with: "cm²")); seed \(opened.design.seed)",
    into: &page, x: 22 * unit, y: 54 * unit, height: 13 * unit, colour: grey)
  drawText(
    "The design's density before dots are placed. Lines at the marks of the scale.", into: &page, x: 22 * unit,
    y: Float(options.size - foot) + 18 * unit, height: 13 * unit, colour: grey)
  drawText(
    PageStyle.disclaimer, into: &page, x: 22 * unit, y: Float(options.size - foot) + 44 * unit,
    height: 13 * unit, colour: ink, weight: .bold)
  scale.draw(
    into: &page, x: width - side + Int(34 * unit), y: top + Int(60 * unit), width: Int(34 * unit),
    height: options.size - top - foot - Int(120 * unit), unit: unit)
  return page
}

/// Colours for densities from 0 to the end of the scale, with a mark every so many.
struct DensityScale {
  let end: Float
  let step: Float

  /// The smallest round scale that holds `highest`, with 3 to 8 marks.
  init(upTo highest: Float) {
    let steps: [Float] = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500]
    let step = steps.first { highest <= 6 * $0 } ?? 500
    self.step = step
    end = max(step, (highest / step - 1e-4).rounded(.up) * step)
  }

  var marks: [Float] { (1...max(1, Int((end / step).rounded()))).map { Float($0) * step } }

  /// From pale to dark, evenly in lightness: more pigment is darker here too.
  func colour(_ density: Float) -> SIMD3<Float> {
    let anchors: [SIMD3<Float>] = [
      SIMD3(255, 246, 205), SIMD3(254, 222, 137), SIMD3(253, 181, 80), SIMD3(246, 130, 56), SIMD3(222, 76, 58),
      SIMD3(176, 34, 84), SIMD3(116, 12, 96), SIMD3(52, 6, 74),
    ]
    let x = min(max(density / end, 0), 1) * Float(anchors.count - 1)
    let i = min(Int(x), anchors.count - 2)
    return anchors[i] + (anchors[i + 1] - anchors[i]) * (x - Float(i))
  }

  func draw(into page: inout RasterImage, x: Int, y: Int, width: Int, height: Int, unit: Float) {
    let ink = PageStyle.ink
    for row in 0..<height {
      let value = end * (1 - (Float(row) + 0.5) / Float(height))
      page.fill(x: x, y: y + row, width: width, height: 1, colour: SIMD3<UInt8>(colour(value) + 0.5))
    }
    drawText(
      "per cm²", into: &page, x: Float(x), y: Float(y) - 34 * unit, height: 14 * unit, colour: ink, weight: .bold)
    for mark in [0] + marks {
      let level = y + Int((Float(height) * (1 - mark / end)).rounded())
      page.fill(
        x: x, y: level - Int(max(1, unit)) / 2, width: width + Int(8 * unit), height: Int(max(1, 1.6 * unit)),
        colour: ink)
      drawText(
        short(Double(mark)), into: &page, x: Float(x + width) + 14 * unit, y: Float(level) - 7 * unit,
        height: 13 * unit, colour: ink)
    }
  }
}

/// One view of the field.
private func draw(
  _ view: Pictures.View, of fields: CompiledDesign, _ scale: DensityScale, _ quantity: FieldQuantity, size: Int,
  threads: Int?
) throws(StippleError) -> RasterImage {
  let head = fields.scalp.head
  let camera = try camera(for: view, fields)
  let seen = SeenSurface(head, camera: camera, width: size, height: size, threads: threads)
  let inside = fields.scalp.region.distances
  let unit = Float(size) / 500
  let values = tabulate(size * size, initial: SIMD2<Float>(0, 0), threads: threads) { i in
    if seen.coverage[i] <= 0 { return SIMD2(0, -100) }
    let point = seen.points[i]
    return SIMD2(fields.density(quantity, at: point), point.mix(inside, head.mesh.triangles))
  }
  // Change per pixel, from neighbours on the same sheet of skin.
  @Sendable func slope(_ x: Int, _ y: Int, _ component: Int) -> Float {
    func difference(_ a: Int, _ b: Int) -> Float {
      guard seen.coverage[a] > 0, seen.coverage[b] > 0, abs(seen.depth[a] - seen.depth[b]) < 4 else { return 0 }
      return (values[a][component] - values[b][component]) / 2
    }
    let row = y * size
    let dx = difference(row + min(x + 1, size - 1), row + max(x - 1, 0))
    let dy = difference(min(y + 1, size - 1) * size + x, max(y - 1, 0) * size + x)
    return (dx * dx + dy * dy).squareRoot()
  }
  /// How much of a pixel a line of `half` pixels to either side of `level` covers.
  @Sendable func line(_ value: Float, _ level: Float, _ slope: Float, half: Float) -> Float {
    slope > 1e-3 ? clamp(half + 0.5 - abs(value - level) / slope, 0, 1) : 0
  }
  let marks = scale.marks
  let rows = tabulate(size, initial: [SIMD3<UInt8>](), threads: threads) { y in
    (0..<size).map { x in
      let i = y * size + x
      let paper = SIMD3<Float>(226, 227, 228)
      if seen.coverage[i] <= 0 { return SIMD3<UInt8>(paper) }
      let (density, border) = (values[i].x, values[i].y)
      let light = 0.42 + 0.58 * seen.facing[i]
      var colour = SIMD3<Float>(196, 190, 186) * light
      // Under a twentieth of a mark it is no work.
      let share = clamp(density / (0.2 * scale.step) - 0.25, 0, 1)
      colour += (scale.colour(density) * (0.55 + 0.45 * light) - colour) * share
      let rim = line(border, 0, slope(x, y, 1), half: 0.35 * unit)
      colour += (SIMD3(88, 84, 82) - colour) * (0.7 * rim)
      let change = slope(x, y, 0)
      // A plateau has no lines: its ripples are not the design's.
      if change > 0.004 * scale.step {
        var ink: Float = 0
        for mark in marks { ink = max(ink, line(density, mark, change, half: 0.45 * unit)) }
        let pale = density < 0.55 * scale.end
        colour += ((pale ? SIMD3<Float>(60, 30, 20) : SIMD3(255, 250, 235)) - colour) * (0.85 * ink)
      }
      colour = paper + (colour - paper) * seen.coverage[i]
      return SIMD3<UInt8>(colour + 0.5)
    }
  }
  var picture = RasterImage(width: size, height: size, pixels: rows.flatMap { $0.flatMap { [$0.x, $0.y, $0.z] } })
  let ink = SIMD3<UInt8>(60, 62, 66)
  drawText(viewTitle(view), into: &picture, x: 12 * unit, y: 12 * unit, height: 12 * unit, colour: ink, weight: .bold)
  let length = view == .macro ? 5 : 50
  let bar = Int((Float(length) * seen.pixelsPerMillimetre).rounded())
  let (left, foot) = (Int(14 * unit), size - Int(16 * unit))
  picture.fill(x: left, y: foot, width: bar, height: max(1, Int(2.4 * unit)), colour: ink)
  drawText(
    "\(length) mm", into: &picture, x: Float(left), y: Float(foot) - 18 * unit, height: 11 * unit, colour: ink)
  return picture
}

private func camera(for view: Pictures.View, _ fields: CompiledDesign) throws(StippleError) -> Camera {
  if let named = view.clinicView { return named.camera(for: fields.scalp.head.landmarks) }
  guard let place = fields.macroPlace else {
    throw StippleError(.data, "pictures.macro: the close-up looks at a place off the scalp")
  }
  return macroCamera(at: place.position, normal: fields.scalp.frame.normal(at: place))
}
