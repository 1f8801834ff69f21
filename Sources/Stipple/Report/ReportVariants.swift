// The hairline at several heights, or several designs by name, as quick drafts: for the talk about what it should be.

import Arithmetic
import Files
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
    let text = String(part.drop { $0 == " " })
    guard let height = readLength(text) ?? Double(text), HairlineLayer.heights.contains(height) else {
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

/// A variant as people write it: `Softer: pigment.darkness=0.8; layers[0].hairline.style=broken`.
///
/// Throws `StippleError` (`usage`) for text without a name, or a change that is none.
public func reportVariant(_ text: String) throws(StippleError) -> (name: String, changes: [DocumentChange]) {
  let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
  var name = parts[0].drop { $0 == " " }
  while name.last == " " { name.removeLast() }
  guard parts.count == 2, !name.isEmpty, !name.contains("="), name.unicodeScalars.count <= 40 else {
    throw StippleError(
      .usage,
      "variant '\(shown(text, atMost: 60))' has no name of 1 to 40 letters before a colon; write it as 'Softer: "
        + "pigment.darkness=0.8; hair.length=1'")
  }
  var changes: [DocumentChange] = []
  for change in parts[1].split(separator: ";") where change.contains(where: { $0 != " " }) {
    do {
      changes.append(try DocumentChange(String(change.drop { $0 == " " })))
    } catch {
      throw StippleError(.usage, "variant '\(shown(String(name)))': \(error.description)")
    }
  }
  return (String(name), changes)
}

/// Drafts of the design's main view, healed: with its first hairline at each height, or of other designs.
///
/// Throws `StippleError`: `usage` for a design without a hairline whose height can be moved, else as `preview` does.
func reportVariants(_ opened: OpenedDesign, _ options: ReportOptions) throws(StippleError) -> [ReportPicture] {
  if options.heights.isEmpty { return try kinds(opened, options.variants) }
  return try heights(opened, options.heights)
}

private func kinds(_ opened: OpenedDesign, _ variants: [(name: String, design: OpenedDesign)]) throws(StippleError)
  -> [ReportPicture]
{
  guard variants.count != 1, variants.count <= mostHeights else {
    throw StippleError(.usage, "\(variants.count) variants; 2 to \(mostHeights) can be compared")
  }
  let shelf = HeadShelf()
  var pictures: [ReportPicture] = []
  for variant in variants {
    var overrides = DesignOverrides()
    (overrides.quality, overrides.size) = (.draft, draftSize(opened))
    do {
      let image = try draft(Portrait(try shelf.placed(variant.design.applying(overrides))))
      pictures.append(ReportPicture(place: .kind(name: variant.name), image: image))
    } catch {
      throw StippleError(error.kind, "variant '\(shown(variant.name))': \(error.message)")
    }
  }
  return pictures
}

private func draftSize(_ opened: OpenedDesign) -> Int { max(64, opened.design.pictures.size * 5 / 8) }

/// The main view, healed.
private func draft(_ portrait: Portrait) throws(StippleError) -> RasterImage {
  let healed = try portrait.appearance(atYears: healedAge, pace: .typical)
  var image = try portrait.cells([healed], portrait.scene.mainView, size: portrait.scene.pictures.size)[0]
  labelSimulation(&image)
  return image
}

private func heights(_ opened: OpenedDesign, _ heights: [Double]) throws(StippleError) -> [ReportPicture] {
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
    (design.pictures.quality, design.pictures.size) = (.draft, draftSize(opened))
    let portrait: Portrait
    do {
      portrait = try Portrait(OpenedDesign(design, on: head, folder: opened.folder, threads: opened.threads))
    } catch {
      throw StippleError(error.kind, "--heights \(short(height)): \(error.message)")
    }
    pictures.append(ReportPicture(place: .variant(height: height), image: try draft(portrait)))
  }
  return pictures
}
