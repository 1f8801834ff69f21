// The hairline at several heights, as quick drafts: for the talk about where it should sit.

import Arithmetic
import PNGImage
import PigmentAging
import ScalpRendering
import TreatmentDesign

/// Most heights that are drawn.
private let mostHeights = 9

/// Heights as people write them, `66,70,74`: two to nine, mm above the glabella, in order.
///
/// Throws `StippleError` (`usage`) for text that is none, or a height outside 40 to 120 mm.
public func hairlineHeights(_ text: String) throws(StippleError) -> [Double] {
  var heights: [Double] = []
  for part in text.split(separator: ",", omittingEmptySubsequences: false) {
    guard let height = Double(part.drop { $0 == " " }), HairlineLayer.heights.contains(height) else {
      throw StippleError(
        .usage,
        "height '\(part)' is outside \(short(HairlineLayer.heights.lowerBound)) to "
          + "\(short(HairlineLayer.heights.upperBound)) mm; write them as 66,70,74")
    }
    if !heights.contains(height) { heights.append(height) }
  }
  guard (2...mostHeights).contains(heights.count) else {
    throw StippleError(.usage, "\(heights.count) different heights; 2 to \(mostHeights) can be compared")
  }
  return heights.sorted()
}

/// Drafts of the design's main view, healed, with its first hairline at each height.
///
/// Throws `StippleError`: `usage` for a design without a hairline whose height can be moved, else as `preview` does.
func reportVariants(_ opened: OpenedDesign, heights: [Double]) throws(StippleError) -> [ReportPicture] {
  if heights.isEmpty { return [] }
  let layers = opened.design.layers
  let index = layers.firstIndex { if case .hairline(let line) = $0 { line.points.isEmpty } else { false } }
  guard let index, case .hairline(var line) = layers[index] else {
    throw StippleError(.usage, "--heights: this design has no hairline with a 'height'")
  }
  let head = try opened.head()
  var pictures: [ReportPicture] = []
  for height in heights {
    var design = opened.design
    line.height = height
    design.layers[index] = .hairline(line)
    (design.pictures.quality, design.pictures.size) = (.draft, max(64, opened.design.pictures.size * 5 / 8))
    let portrait: Portrait
    do {
      portrait = try Portrait(OpenedDesign(design, on: head, folder: opened.folder, threads: opened.threads))
    } catch {
      throw StippleError(error.kind, "--heights \(short(height)): \(error.message)")
    }
    let healed = try portrait.appearance(atYears: healedAge, pace: .typical)
    let drawn = try portrait.cells([healed], portrait.scene.mainView, size: design.pictures.size)
    var image = drawn[0]
    labelSimulation(&image)
    pictures.append(ReportPicture(place: .variant(height: height), image: image))
  }
  return pictures
}
