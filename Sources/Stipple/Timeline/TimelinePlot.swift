// The timeline as a diagram: the first two months, the years with their band, and how near dots come to merging.
//
//   ┌ healing ┐ ┌ darkness over the years, slow to fast ┐
//   │         │ │                                       │
//   └─────────┘ └───────────────────────────────────────┘
//               ┌ dot width over spacing                ┐
//               └───────────────────────────────────────┘

import Arithmetic
import Drawing
import PNGImage
import PigmentAging
import TreatmentDesign

/// Sides that a plot may have, pixels.
public let plotWidths = 480...4096

/// Draws a timeline, `width` pixels wide and five eighths as high.
///
/// - Parameters:
///   - timeline: what is drawn.
///   - paces: to draw a line for each; empty takes the timeline's own. Figures and visits are the first one's.
///   - width: pixels, within `plotWidths`.
///
/// Throws `StippleError` (`usage`) for a width outside `plotWidths`.
public func timelinePlot(_ timeline: Timeline, paces: [Pace] = [], width: Int = 1200) throws(StippleError)
  -> RasterImage
{
  guard plotWidths.contains(width) else {
    throw StippleError(.usage, "plot width \(width) is outside 480 to 4096 pixels")
  }
  return TimelinePlot(timeline, paces: paces, width: width).drawn()
}

private struct TimelinePlot {
  let timeline: Timeline
  let width: Int
  let unit: Float
  /// Years shown: twenty when something happens late, else ten.
  let horizon: Double
  /// What a line is drawn for, the timeline's own pace first.
  let courses: [(pace: Pace, course: TreatmentCourse)]

  private let bandColour = SIMD3<UInt8>(70, 110, 160)
  private let line = SIMD3<UInt8>(28, 66, 118)
  private let red = SIMD3<UInt8>(186, 62, 48)

  init(_ timeline: Timeline, paces: [Pace], width: Int) {
    var courses = [(timeline.pace, timeline.own)]
    for pace in paces where !courses.contains(where: { $0.0 == pace }) {
      courses.append((pace, courseOfTreatment(timeline.design, pace: pace).course))
    }
    self.courses = courses
    self.timeline = timeline
    self.width = width
    unit = Float(width) / 1200
    horizon = timeline.horizon
  }

  func drawn() -> RasterImage {
    func u(_ value: Float) -> Int { Int((value * unit).rounded()) }
    var page = RasterImage(width: width, height: u(750), fill: PageStyle.paper)
    drawText(
      "Darkness of the work over time", into: &page, x: 60 * unit, y: 24 * unit, height: 19 * unit,
      colour: PageStyle.ink,
      weight: .bold)
    drawText(
      "100 % is healed, 30 days after the last session. \(courses.count == 1 ? "Line" : "Lines"): "
        + "\(courses.map(\.pace.name).joined(separator: ", ")) pace. Band: slow to fast.",
      into: &page, x: 60 * unit, y: 56 * unit, height: 11.5 * unit, colour: PageStyle.grey)

    let top = u(122)
    let height = u(330)
    drawHealing(
      Diagram(
        box: PixelBox(x: u(60), y: top, width: u(250), height: height), x: 0...60, y: 0...2, unit: unit), &page)
    drawYears(
      Diagram(
        box: PixelBox(x: u(380), y: top, width: u(736), height: height), x: 0...horizon, y: 0...yearsTop, unit: unit),
      &page)
    drawWidth(
      Diagram(
        box: PixelBox(x: u(380), y: u(556), width: u(736), height: u(110)), x: 0...horizon, y: 0...widthTop, unit: unit),
      &page)
    drawNotes(x: 60 * unit, y: Float(u(556)) - 26 * unit, &page)
    drawText(
      "SIMULATION - an estimate: no study has followed this treatment for more than six months", into: &page,
      x: 60 * unit, y: 722 * unit, height: 11 * unit, colour: PageStyle.ink, weight: .bold)
    return page
  }

  /// Fresh work as each impression of the last session heals.
  private func drawHealing(_ diagram: Diagram, _ page: inout RasterImage) {
    diagram.drawAxes(
      into: &page, xTicks: [0, 15, 30, 45, 60].map { ($0, fixed($0, 0)) },
      yTicks: [0, 0.5, 1, 1.5, 2].map { ($0, "\(percent($0)) %") }, xName: "days after the last session",
      title: "Healing")
    let days = (0...240).map { Double($0) / 4 }
    diagram.fillBand(
      days.map { day in
        let range = timeline.band.range(at: day / daysPerYear, with: timeline.own)
        return (day, range.least, range.greatest)
      }, into: &page, colour: bandColour, opacity: 0.28)
    diagram.drawLine(
      days.map { ($0, timeline.own.redness(at: $0 / daysPerYear)) }, into: &page, width: 2, colour: red, dash: (6, 4))
    for (number, own) in courses.enumerated().reversed() {
      diagram.drawLine(
        days.map { ($0, own.course.darkness(at: $0 / daysPerYear)) }, into: &page, width: 2.6, colour: colour(number))
    }
    let size = 10.5 * unit
    let dark = diagram.point(6, 1.33)
    drawText("darkness", into: &page, x: dark.x, y: dark.y, height: size, colour: line, weight: .bold)
    let flush = diagram.point(7, 0.3)
    drawText("redness of the skin", into: &page, x: flush.x, y: flush.y, height: size, colour: red, weight: .bold)
  }

  /// Of a pace's line: blue for the timeline's own, then green, brown and grey in turn.
  private func colour(_ number: Int) -> SIMD3<UInt8> {
    number == 0
      ? line
      : [SIMD3<UInt8>(34, 120, 92), SIMD3<UInt8>(158, 98, 26), SIMD3<UInt8>(96, 96, 104)][(number - 1) % 3]
  }

  private var samples: [Double] { timeline.samples(600, to: horizon) }
  private var yearsTop: Double { timeline.greatestShown }

  private func drawYears(_ diagram: Diagram, _ page: inout RasterImage) {
    let limit = timeline.design.aging.touchUpDarkness
    diagram.drawAxes(
      into: &page, xTicks: yearTicks,
      yTicks: stride(from: 0, through: yearsTop, by: 0.25).map { ($0, "\(percent($0)) %") },
      xName: "years after the last session", title: "Darkness, healed = 100 %")
    let samples = samples
    diagram.fillBand(
      samples.map { t in
        let range = timeline.band.range(at: t, with: timeline.own)
        return (t, range.least, range.greatest)
      }, into: &page, colour: bandColour, opacity: 0.28)
    // Later visits come at other times at other paces: the lines would cross, the band says enough.
    let isPlain = timeline.touchUps.isEmpty && timeline.design.laser.isEmpty
    for course in isPlain && courses.count == 1 ? [timeline.band.slow, timeline.band.fast] : [] {
      diagram.drawLine(
        samples.map { ($0, course.darkness(at: $0)) }, into: &page, width: 1.2, colour: bandColour)
    }
    diagram.drawLine([(0, limit), (horizon, limit)], into: &page, width: 1.2, colour: PageStyle.grey, dash: (3, 5))
    for (number, own) in courses.enumerated().reversed() {
      diagram.drawLine(
        samples.map { ($0, own.course.darkness(at: $0)) }, into: &page, width: 2.8, colour: colour(number))
    }
    for visit in timeline.touchUps {
      guard let years = visit.years, years < horizon else { continue }
      diagram.drawLine([(years, 0), (years, yearsTop)], into: &page, width: 1.4, colour: red, dash: (5, 4))
    }
    for visit in timeline.design.laser where visit.year < horizon {
      diagram.drawLine([(visit.year, 0), (visit.year, yearsTop)], into: &page, width: 1.4, colour: red, dash: (2, 4))
    }
    let size = 10.5 * unit
    if timeline.touchUps.isEmpty {
      let note = "touch-up due below \(percent(limit)) %"
      let place = diagram.point(horizon, limit)
      drawText(
        note, into: &page, x: place.x - textWidth(note, height: size) - 8 * unit, y: place.y + 8 * unit, height: size,
        colour: PageStyle.grey)
    }
    if isPlain || courses.count > 1 { drawLineNames(diagram, size: size, &page) }
    for (i, visit) in timeline.touchUps.enumerated() {
      guard let years = visit.years, years < horizon else { continue }
      let place = diagram.point(years, yearsTop)
      drawText(
        "\(i + 1)", into: &page, x: place.x + 5 * unit, y: place.y + 6 * unit, height: size, colour: red, weight: .bold)
    }
    for visit in timeline.design.laser where visit.year < horizon {
      let place = diagram.point(visit.year, yearsTop)
      drawText("laser", into: &page, x: place.x + 5 * unit, y: place.y + 6 * unit, height: size, colour: red)
    }
  }

  /// Beside the frame, where the lines leave it, kept apart.
  private func drawLineNames(_ diagram: Diagram, size: Float, _ page: inout RasterImage) {
    var names: [(y: Float, text: String, colour: SIMD3<UInt8>, weight: TextWeight)] = []
    for (number, own) in courses.enumerated() {
      names.append(
        (diagram.point(0, own.course.darkness(at: horizon)).y, own.pace.name, colour(number), .bold))
    }
    for (course, pace) in [(timeline.band.slow, Pace.slow), (timeline.band.fast, Pace.fast)]
    where courses.count == 1 && pace != timeline.pace {
      names.append((diagram.point(0, course.darkness(at: horizon)).y, pace.name, bandColour, .regular))
    }
    names.sort { $0.y < $1.y }
    var least = -Float.infinity
    for name in names {
      let y = max(name.y - size / 2, least)
      drawText(
        name.text, into: &page, x: Float(diagram.box.x + diagram.box.width) + 8 * unit, y: y, height: size,
        colour: name.colour, weight: name.weight)
      least = y + 1.6 * size
    }
  }

  private var widthTop: Double {
    let most =
      timeline.rows.filter { $0.years <= horizon && $0.years >= healedAge }.map { $0.greatestWidth / timeline.spacing }
      .max() ?? 0
    return most > 0.76 ? 1.2 : 0.8
  }

  private func drawWidth(_ diagram: Diagram, _ page: inout RasterImage) {
    let tick = widthTop / 4
    diagram.drawAxes(
      into: &page, xTicks: yearTicks, yTicks: (0...4).map { (Double($0) * tick, fixed(Double($0) * tick, 1)) },
      xName: "years after the last session", title: "Dot width over spacing")
    guard timeline.spacing.isFinite else { return }
    let core = timeline.design.pigment.coreDiameter
    let courses = [timeline.band.slow, timeline.band.typical, timeline.band.fast]
    let samples = samples
    diagram.fillBand(
      samples.map { t in
        let widths = courses.map { $0.width(core: core, at: t) / timeline.spacing }
        return (t, widths.min() ?? 0, widths.max() ?? 0)
      }, into: &page, colour: bandColour, opacity: 0.28)
    let limit = Timeline.mergeLimit
    diagram.drawLine([(0, limit), (horizon, limit)], into: &page, width: 1.4, colour: red, dash: (3, 5))
    for (number, own) in self.courses.enumerated().reversed() {
      diagram.drawLine(
        samples.map { ($0, own.course.width(core: core, at: $0) / timeline.spacing) }, into: &page, width: 2.4,
        colour: colour(number))
    }
    let place = diagram.point(0, limit)
    drawText(
      "dots run together", into: &page, x: place.x + 8 * unit, y: place.y - 17 * unit, height: 10.5 * unit, colour: red)
  }

  private var yearTicks: [(Double, String)] {
    stride(from: 0, through: horizon, by: horizon > 10 ? 2 : 1).map { ($0, fixed($0, 0)) }
  }

  /// Figures at 1, 3 and 5 years, and the visits.
  private func drawNotes(x: Float, y: Float, _ page: inout RasterImage) {
    drawText(
      "Darkness (slow to fast)", into: &page, x: x, y: y, height: 12.5 * unit, colour: PageStyle.ink, weight: .bold)
    let size = 10.5 * unit
    var row: Float = 0
    /// One line in three columns.
    func write(_ a: String, _ b: String, _ c: String) {
      let top = y + (28 + 21 * row) * unit
      for (text, left) in [(a, 0), (b, 92), (c, 146)] as [(String, Float)] {
        drawText(text, into: &page, x: x + left * unit, y: top, height: size, colour: PageStyle.grey)
      }
      row += 1
    }
    for years in [1.0, 3, 5, 10] {
      let range = timeline.band.range(at: years, with: timeline.own)
      write(
        "\(fixed(years, 0)) \(years == 1 ? "year" : "years")", "\(percent(timeline.own.darkness(at: years))) %",
        "(\(percent(range.greatest)) to \(percent(range.least)))")
    }
    for (i, visit) in timeline.touchUps.prefix(3).enumerated() {
      let range =
        visit.earliest == nil && visit.latest == nil
        ? "" : "(\(visit.latest.map { fixed($0, 1) } ?? "-") to \(visit.earliest.map { fixed($0, 1) } ?? "-"))"
      write("touch-up \(i + 1)", visit.years.map { "\(fixed($0, 1)) y" } ?? "not due", range)
    }
  }
}
