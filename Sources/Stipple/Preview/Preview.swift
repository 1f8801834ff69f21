// The pictures that a person decides by: before, after, and after 1, 3 and 5 years, in the same pose and light.

import Drawing
import PNGImage
import PigmentAging
import ScalpRendering
import SkinOptics
import TreatmentDesign

/// Where the colour of skin comes from.
public enum SkinSource: String, Sendable, CaseIterable {
  /// The scan's own colours, and the design's skin type where it has none.
  case fromScan = "from-scan"
  /// The optical model, by the design's skin type.
  case fromDesign = "from-design"
}

/// What to draw, where the design leaves it open.
public struct PreviewOptions: Sendable {
  /// Side of a square picture, pixels, 64 to 8192; `nil` takes the design's.
  public var size: Int?
  /// View, camera, light and the like in place of the design's.
  public var choices = PictureChoices()
  /// `nil` takes the design's view.
  public var view: Pictures.View? {
    get { choices.view }
    set { choices.view = newValue }
  }
  /// The pace of fading in the year pictures; `nil` takes the client's own.
  public var pace: Pace?
  /// Years after the last session to draw, in order.
  public var years: [Double] = [1, 3, 5]
  /// Whether the colours of a scan are shown.
  public var skin = SkinSource.fromScan
  /// Worker threads; `nil` for one per core. Pictures do not depend on it.
  public var threads: Int?
  /// Called as pictures are finished, with how many of how many.
  public var progress: @Sendable (Int, Int) -> Void = { _, _ in }

  public init() {}
}

/// A finished picture and the name of its file.
public struct NamedPicture: Sendable {
  public var name: String
  public var image: RasterImage
  /// The same with 16 bits per sample or with alpha, where that was asked for: what is written then.
  public var samples: PNGPixels?
}

/// A moment that a picture shows.
struct PreviewState {
  var file: String
  var title: String
  var caption: String
  /// Years after the last session; `nil` is before treatment.
  var years: Double?
  var pace = Pace.typical
}

/// Draws the pictures of a plan: `before`, `after`, one per year, and `sheet`, which shows every view side by side.
///
/// Every picture is labelled SIMULATION. The same plan and options give the same pixels for any number of threads.
///
/// Throws `StippleError`: `usage` for a size, year or camera outside its range or a camera inside the head, `data` for a
/// close-up off the scalp, `limit` where memory would not do; all before anything is drawn.
public func preview(_ plan: TreatmentPlan, options: PreviewOptions = PreviewOptions()) throws(StippleError)
  -> [NamedPicture]
{
  for year in options.years where !(year >= 0 && year <= 20) {
    throw StippleError(.usage, "year \(year) is outside 0 to 20")
  }
  let pace = options.pace ?? plan.design.client.pace
  let scene = try PictureScene(plan.design, options.choices, size: options.size)
  let states = previewStates(plan.design, options, pace)
  try scene.checkMemory(pictures: states.count)
  let studio = try Studio(plan, skin: options.skin, scene: scene, threads: options.threads)
  let aged = try states.map { (state) throws(StippleError) in
    guard let years = state.years else { return [Marks]() }
    return try studio.impressions(atYears: years, pace: state.pace)
  }

  let main: Pictures.View? = scene.pictures.camera == nil ? scene.pictures.view : nil
  let total = states.count + 1
  var pictures: [NamedPicture] = []
  var cells: [[RasterImage]] = []

  // The main view at full size, unlabelled copies going to the sheet; where that has no background, drawn once more.
  let cell = ContactSheet.cell(for: scene.pictures.size)
  let drawn = try studio.draw(main, states: aged)
  var row: [RasterImage] = []
  if scene.background == .transparent {
    let dressed = try studio.dress(main, size: cell, background: .clinic)
    row = aged.map { dressed.picture(impressions: $0, threads: options.threads) }
  }
  for (state, picture) in zip(states, drawn) {
    var image = picture.image
    if scene.background != .transparent { row.append(reduced(image, to: cell)) }
    label(&image, state)
    pictures.append(NamedPicture(name: state.file, image: image, samples: picture.samples(labelled: image)))
    options.progress(pictures.count, total)
  }
  cells.append(row)

  // Other views at the sheet's size.
  var titles = [scene.title(of: main)]
  for (index, view) in plan.design.pictures.sheetViews.enumerated()
  where view != main && !plan.design.pictures.sheetViews[..<index].contains(view) {
    titles.append(scene.title(of: view))
    let dressed = try studio.dress(
      view, size: cell, background: scene.background == .transparent ? .clinic : scene.background)
    cells.append(aged.map { dressed.picture(impressions: $0, threads: options.threads) })
  }
  let sheet = ContactSheet.compose(
    cells, titles: titles, states: states,
    footer: studio.footer(pace: "the \(pace.name) pace", showsYears: !options.years.isEmpty))
  pictures.append(NamedPicture(name: "sheet", image: sheet))
  options.progress(total, total)
  return pictures
}

private func previewStates(_ design: Design, _ options: PreviewOptions, _ pace: Pace) -> [PreviewState] {
  var states = [
    PreviewState(file: "before", title: "Before", caption: "hair as it is now", years: nil),
    PreviewState(
      file: "after", title: "After", caption: "healed, a month after the last session", years: healedAge, pace: pace),
  ]
  let band = DarknessBand(design)
  for year in options.years {
    let number = year == year.rounded() ? String(Int(year)) : String(year)
    states.append(
      PreviewState(
        file: "year-\(number)", title: year == 1 ? "After 1 year" : "After \(number) years",
        caption: "\(pace.name) fading; \(band.caption(at: year, pace: pace))", years: year, pace: pace))
  }
  return states
}

func percent(_ share: Double) -> Int { Int((share * 100).rounded()) }

/// Title, caption and the word SIMULATION along the foot of a picture. Where they have no room beside each other the word
/// goes above the title; the note and what is too long of the caption are left out.
func label(_ image: inout RasterImage, _ state: PreviewState) {
  let unit = Float(image.height) / 1024
  let margin = max(2, 26 * unit)
  let room = Float(image.width) - 2 * margin
  let plain = SIMD3<UInt8>(214, 218, 224)
  let white = SIMD3<UInt8>(250, 250, 250)
  let yellow = SIMD3<UInt8>(255, 214, 120)
  let small = max(6, 14.5 * unit)
  /// Text of a row, in its place: on the left or on the right.
  struct Piece {
    var text: String
    var height: Float
    var colour: SIMD3<UInt8>
    var weight = TextWeight.regular
    var isRight = false
    var width: Float { textWidth(text, height: height, weight: weight) }
  }
  let word = "SIMULATION"
  var cap = max(8, 22 * unit)
  cap *= min(1, room / textWidth(word, height: cap, weight: .bold))
  let title = Piece(text: state.title, height: cap, colour: white, weight: .bold)
  var simulation = Piece(text: word, height: cap, colour: yellow, weight: .bold, isRight: true)
  var rows: [[Piece]] = [[title, simulation]]
  if title.width + simulation.width + cap > room {
    simulation.isRight = false
    rows = title.width <= room ? [[simulation], [title]] : [[simulation]]
  }
  let caption = Piece(text: state.caption, height: small, colour: plain)
  let note = Piece(text: "not a promise of results", height: small, colour: plain, isRight: true)
  if caption.width + note.width + small <= room {
    rows.append([caption, note])
  } else if caption.width <= room {
    rows.append([caption])
  } else {
    for line in state.caption.split(separator: ";") {
      let piece = Piece(text: String(line.drop { $0 == " " }), height: small, colour: plain)
      if piece.width <= room { rows.append([piece]) }
    }
  }
  // Never more than a third of the picture, and never without the word.
  let pitch = max(36 * unit, cap + 3)
  let top = max(3, 16 * unit)
  func height(_ rows: Int) -> Float { top + pitch * Float(rows - 1) + max(cap + 3, 32 * unit) }
  while rows.count > 1, height(rows.count) > Float(image.height) / 3 { rows.removeLast() }
  let band = min(image.height, Int(height(rows.count)))
  image.fill(
    x: 0, y: image.height - band, width: image.width, height: band, colour: SIMD3(12, 14, 17), opacity: 0.62)
  for (k, row) in rows.enumerated() {
    for piece in row {
      drawText(
        piece.text, into: &image, x: piece.isRight ? Float(image.width) - margin - piece.width : margin,
        y: Float(image.height - band) + top + pitch * Float(k), height: piece.height, colour: piece.colour,
        weight: piece.weight)
    }
  }
}
