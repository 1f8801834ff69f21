// The pictures that a person decides by: before, after, and after 1, 3 and 5 years, in the same pose and light.

import PNGImage
import PigmentAging
import ScalpRendering
import TreatmentDesign

/// What to draw beside the design's own pictures.
public struct PreviewOptions: Sendable {
  /// Years after the last session to draw, in order, 0 to 20.
  public var years: [Double] = [1, 3, 5]
  /// Called as pictures are finished, with how many of how many.
  public var progress: @Sendable (Int, Int) -> Void = { _, _ in }

  public init() {}
}

/// Draws the pictures of a design: `before`, `after`, one per year, and `sheet`, which shows every view side by side.
///
/// Every picture is labelled SIMULATION. The same design gives the same pixels for any number of threads.
///
/// Throws `StippleError`: `usage` for a year or camera outside its range or a camera inside the head, `data` for a
/// close-up off the scalp, `limit` where memory would not do; all before anything is drawn.
public func preview(_ opened: OpenedDesign, options: PreviewOptions = PreviewOptions()) throws(StippleError)
  -> [NamedPicture]
{
  for year in options.years where !(year >= 0 && year <= 20) {
    throw StippleError(.usage, "year \(year) is outside 0 to 20")
  }
  let design = opened.design
  let pace = design.client.pace
  let moments = previewMoments(design, years: options.years, pace: pace)
  try PictureScene(design.pictures).checkMemory(pictures: moments.count)
  let portrait = try Portrait(opened)
  let main = portrait.scene.mainView
  let total = moments.count + 1
  let aged = try portrait.marks(moments)
  var (pictures, row) = try portrait.series(moments, aged) { options.progress($0, total) }

  // Other views at the sheet's size.
  var titles = [portrait.scene.title(of: main)]
  var cells = [row]
  let cell = ContactSheet.cell(for: design.pictures.size)
  for (index, view) in design.pictures.sheetViews.enumerated()
  where view != main && !design.pictures.sheetViews[..<index].contains(view) {
    titles.append(portrait.scene.title(of: view))
    row = try portrait.cells(aged, view, size: cell)
    cells.append(row)
  }
  let sheet = ContactSheet.compose(
    cells, titles: titles, moments: moments,
    footer: portrait.footer(pace: "the \(pace.name) pace", showsYears: !options.years.isEmpty),
    heading: design.title)
  pictures.append(NamedPicture(name: "sheet", image: sheet))
  options.progress(total, total)
  return pictures
}

private func previewMoments(_ design: Design, years: [Double], pace: Pace) -> [PictureMoment] {
  var moments = [
    PictureMoment(file: "before", title: "Before", caption: "hair as it is now", years: nil),
    PictureMoment(
      file: "after", title: "After", caption: "healed, a month after the last session", years: healedAge, pace: pace),
  ]
  let band = DarknessBand(design)
  for year in years {
    moments.append(design.fadedMoment(year, pace: pace, band: band, file: yearName(year)))
  }
  return moments
}

/// What the picture of a year is called.
func yearName(_ year: Double) -> String { "year-" + (year == year.rounded() ? String(Int(year)) : String(year)) }
