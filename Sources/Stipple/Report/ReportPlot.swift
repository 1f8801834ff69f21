// The timeline's curve as SVG: the band from slow to fast, the line of one pace, visits, and the darkness at which clients
// come back. The same data as the PNG of `stipple timeline --plot`.

import Arithmetic
import PigmentAging
import TreatmentDesign

/// A diagram of darkness over the years, 720 units wide, to be scaled to its column.
func reportPlot(_ timeline: Timeline, _ words: ReportWords) -> HTML {
  ReportPlot(timeline: timeline, words: words).drawn()
}

private struct ReportPlot {
  let timeline: Timeline
  let words: ReportWords

  private let left = 64.0
  private let top = 16.0
  private let width = 640.0
  private let height = 290.0

  private var horizon: Double { timeline.horizon }
  private var most: Double { timeline.greatestShown }

  private func x(_ years: Double) -> Double { left + width * years / horizon }
  private func y(_ darkness: Double) -> Double { top + height * (1 - min(max(darkness, 0), most) / most) }
  private func point(_ years: Double, _ darkness: Double) -> String { "\(fixed(x(years), 1)),\(fixed(y(darkness), 1))" }

  func drawn() -> HTML {
    let samples = timeline.samples(120, to: horizon)
    let ranges = samples.map { timeline.band.range(at: $0, with: timeline.own) }
    let upper = zip(samples, ranges).map { point($0, $1.greatest) }
    let lower = zip(samples, ranges).reversed().map { point($0, $1.least) }
    let line = samples.map { point($0, timeline.own.darkness(at: $0)) }
    var parts: [HTML] = grid()
    parts.append(element("polygon", ["class": "band", "points": (upper + lower).joined(separator: " ")]))
    let limit = timeline.design.aging.touchUpDarkness
    parts.append(segment("limit", x(0), y(limit), x(horizon), y(limit)))
    parts.append(element("polyline", ["class": "line", "points": line.joined(separator: " ")]))
    for (i, visit) in timeline.touchUps.enumerated() {
      guard let years = visit.years, years < horizon else { continue }
      parts.append(segment("visit", x(years), top, x(years), top + height))
      parts.append(text(words["plot-visit", ["n": "\(i + 1)"]], x(years) + 5, top + 14, "start"))
    }
    for visit in timeline.design.laser where visit.year < horizon {
      parts.append(segment("visit", x(visit.year), top, x(visit.year), top + height))
      parts.append(text(words["plot-laser"], x(visit.year) + 5, top + 30, "start"))
    }
    // Where the curves leave room: below them on the left.
    parts.append(segment("limit", x(0) + 10, y(0) - 16, x(0) + 44, y(0) - 16))
    parts.append(text(words["plot-limit", ["n": "\(percent(limit))"]], x(0) + 52, y(0) - 11, "start"))
    parts.append(text(words["plot-x"], left + width / 2, top + height + 42, "middle"))
    let label = words["plot-alt", ["pace": words.pace(timeline.pace), "list": spoken]]
    return element(
      "svg",
      ["class": "plot", "viewBox": "0 0 720 356", "role": "img", "aria-label": label],
      element("title", [:], HTML(words["fading"])) + HTML(parts))
  }

  private func grid() -> [HTML] {
    var parts: [HTML] = []
    for share in stride(from: 0.0, through: most, by: 0.25) {
      parts.append(segment("grid", left, y(share), left + width, y(share)))
      parts.append(text("\(percent(share)) %", left - 8, y(share) + 5, "end"))
    }
    for years in stride(from: 0.0, through: horizon, by: horizon > 10 ? 2 : 1) {
      parts.append(segment("grid", x(years), top, x(years), top + height))
      parts.append(text(fixed(years, 0), x(years), top + height + 20, "middle"))
    }
    return parts
  }

  /// What a screen reader says in place of the curve.
  private var spoken: String {
    reportYears.map { years in
      let range = timeline.band.range(at: Double(years), with: timeline.own)
      return words[
        "plot-point",
        [
          "time": words.years(years), "dark": "\(percent(timeline.own.darkness(at: Double(years))))",
          "low": "\(percent(range.least))", "high": "\(percent(range.greatest))",
        ]]
    }.joined(separator: "; ")
  }

  private func segment(_ kind: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> HTML {
    element(
      "line",
      ["class": kind, "x1": fixed(x1, 1), "y1": fixed(y1, 1), "x2": fixed(x2, 1), "y2": fixed(y2, 1)])
  }

  private func text(_ words: String, _ x: Double, _ y: Double, _ anchor: String) -> HTML {
    element("text", ["x": fixed(x, 1), "y": fixed(y, 1), "text-anchor": anchor], HTML(words))
  }
}
