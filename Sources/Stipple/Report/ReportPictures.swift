// What a report shows of the head: the main view before and after and over the years, the other sides, harsh light, the
// close-up. Each picture is drawn once and kept as JPEG.

import Arithmetic
import JPEGImage
import PNGImage
import PigmentAging
import ScalpRendering
import TreatmentDesign

/// Years after the last session that the switch of a report offers, beside healed work.
let reportYears = [1, 3, 5, 10]

/// A state of the main view.
struct ReportState: Sendable {
  /// Name of its figure: `before`, `y0`, `y3-slow`.
  var id: String
  /// `nil` is before treatment, 0 healed.
  var years: Int?
  var pace: Pace
  /// When it is drawn, years after the last session; not `years` where a visit has just been.
  var time: Double?
  var isAfterVisit = false
  /// Darkness, healed = 1, and its range over the paces.
  var darkness = 0.0
  var least = 0.0
  var greatest = 0.0
}

/// The main view before treatment, healed, and at each year and pace.
func reportStates(_ design: Design) -> [ReportState] {
  let band = DarknessBand(design)
  var states = [
    ReportState(id: "before", pace: .typical), state("y0", 0, .typical, at: healedAge, band, band.typical),
  ]
  for years in reportYears {
    for (pace, course) in [(Pace.slow, band.slow), (.typical, band.typical), (.fast, band.fast)] {
      // Fresh work is red and scabbed: a visit is shown when it has healed.
      let renewal = course.course.renewals.last { $0.years <= Double(years) }
      let healed = renewal.map { $0.years + healedAge } ?? 0
      var one = state("y\(years)-\(pace.name)", years, pace, at: max(Double(years), healed), band, course)
      one.isAfterVisit = healed > Double(years)
      states.append(one)
    }
  }
  return states
}

private func state(
  _ id: String, _ years: Int, _ pace: Pace, at time: Double, _ band: DarknessBand, _ course: TreatmentCourse
) -> ReportState {
  let range = band.range(at: time, with: course)
  return ReportState(
    id: id, years: years, pace: pace, time: time, darkness: course.darkness(at: time), least: range.least,
    greatest: range.greatest)
}

/// A picture of a report and what it shows.
struct ReportPicture: Sendable {
  enum Place: Sendable, Equatable {
    case main(state: Int)
    /// Another side before, or healed.
    case side(Pictures.View, healed: Bool)
    case harsh(healed: Bool)
    /// The close-up; the state is 0 before, 1 healed, 2 after five years of typical fading.
    case closeUp(state: Int)
    /// A draft with the hairline at a height, or of a named variant.
    case variant(height: Double)
    case kind(name: String)
  }
  var place: Place
  var image: RasterImage
}

/// Draws all pictures of a report, the main view in the design's size, the others at five eighths of it.
///
/// Throws `StippleError` as `preview` does.
func reportPictures(
  _ opened: OpenedDesign, states: [ReportState], progress: (Int, Int) -> Void
) throws(StippleError) -> [ReportPicture] {
  let pictures = opened.design.pictures
  try PictureScene(pictures).checkMemory(pictures: states.count)
  let portrait = try Portrait(opened)
  let main = portrait.scene.mainView
  var sides: [Pictures.View] = []
  for view in pictures.sheetViews where view != main && view != .macro && !sides.contains(view) { sides.append(view) }
  let isHarsh = pictures.light == .harsh
  let total = states.count + 2 * sides.count + (isHarsh ? 0 : 2) + (main == .macro ? 0 : 3)

  let aged = try states.map { (state) throws(StippleError) in
    try portrait.appearance(atYears: state.time, pace: state.pace)
  }
  var drawn: [ReportPicture] = []
  func add(_ place: ReportPicture.Place, _ image: RasterImage) {
    var image = image
    labelSimulation(&image)
    drawn.append(ReportPicture(place: place, image: image))
    progress(drawn.count, total)
  }
  for (i, picture) in try portrait.draw(main, states: aged).enumerated() { add(.main(state: i), picture.image) }

  let size = max(64, pictures.size * 5 / 8)
  let pair = Array(aged[..<2])
  for view in sides {
    for (i, image) in try portrait.cells(pair, view, size: size).enumerated() {
      add(.side(view, healed: i == 1), image)
    }
  }
  if !isHarsh {
    for (i, image) in try portrait.under(.harsh).cells(pair, main, size: size).enumerated() {
      add(.harsh(healed: i == 1), image)
    }
  }
  if main != .macro {
    let later = states.firstIndex { $0.id == "y5-typical" } ?? 1
    for (i, image) in try portrait.cells(pair + [aged[later]], .macro, size: size).enumerated() {
      add(.closeUp(state: i), image)
    }
  }
  return drawn
}

/// The JPEG bytes of pictures, several at a time.
///
/// - Parameter quality: 1 to 100.
func jpegFiles(_ pictures: [ReportPicture], quality: Int, threads: Int?) throws(StippleError) -> [[UInt8]] {
  var files = [Result<[UInt8], JPEGError>](repeating: .success([]), count: pictures.count)
  files.withUnsafeMutableBufferPointer { buffer in
    nonisolated(unsafe) let out = buffer
    parallelTiles(pictures.count, threads: threads) { i in
      let image = pictures[i].image
      do throws(JPEGError) {
        out[i] = .success(
          try encodeJPEG(image.pixels, width: image.width, height: image.height, quality: quality))
      } catch {
        out[i] = .failure(error)
      }
    }
  }
  return try files.map { (file) throws(StippleError) in
    do {
      return try file.get()
    } catch {
      throw StippleError(.inputOutput, "a picture of the report: \(error)")
    }
  }
}
