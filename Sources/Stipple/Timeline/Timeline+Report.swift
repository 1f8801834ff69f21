import Arithmetic
import Files
import PigmentAging
import TreatmentDesign

extension Timeline: Report {
  public var text: String {
    func share(_ value: Double) -> String { "\(percent(value))" }
    var lines = [
      "Darkness of treated skin, healed = 100 % (30 days after the last session), at the \(pace.name) pace; in brackets",
      "the range over the slow, typical and fast pace. Width is a dot's core; spacing is \(spacingText).", "",
    ]
    lines += table(
      ["after the last session", "darkness %", "pigment %", "width mm", "width / spacing", "what is seen"],
      rows.map { row in
        [
          row.label, "\(share(row.darkness)) (\(share(row.least))-\(share(row.greatest)))",
          "\(share(row.dose)) (\(share(row.leastDose))-\(share(row.greatestDose)))",
          "\(fixed(row.width, 2)) (\(fixed(row.leastWidth, 2))-\(fixed(row.greatestWidth, 2)))",
          "\(fixed(row.width / spacing, 2)) (\(fixed(row.leastWidth / spacing, 2))-\(fixed(row.greatestWidth / spacing, 2)))",
          seen(row),
        ]
      }, lastIsText: true)
    lines.append("")
    for (i, visit) in touchUps.enumerated() { lines.append("touch-up \(i + 1): " + described(visit, dates[i])) }
    for visit in design.laser {
      lines.append(
        "laser after \(short(visit.year)) years: \(visit.sessions) \(visit.sessions == 1 ? "session" : "sessions")")
    }
    if let fast = merging.fast {
      lines.append(
        "dots run together (width over \(short(Timeline.mergeLimit)) of spacing): "
          + (merging.own.map { "after \(fixed($0, 1)) years" } ?? "not within 20 years at this pace")
          + "; after \(fixed(fast, 1)) years at the fast pace")
    } else {
      lines.append("dots stay apart for 20 years at every pace")
    }
    lines += [
      Timeline.honesty.0, Timeline.honesty.1,
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  static let honesty = (
    "An estimate: no study has followed this treatment for more than six months. The curve is set so that touch-ups fall",
    "due when clinics say they do; clients differ by the range in brackets."
  )

  private var spacingText: String {
    spacing.isFinite ? "\(fixed(spacing, 2)) mm where dots are densest" : "not defined: nothing is treated"
  }

  private func seen(_ row: TimelineRow) -> String {
    if row.redness >= 0.4 { return "red, swollen, dark dots" }
    if row.redness > 0.1 { return "scabs flaking, some redness" }
    if row.years < 12 / daysPerYear { return "patchy and pale, not the result" }
    if row.years < healedAge { return "even, tone returning" }
    if row.darkness < 0.05 { return "cleared" }
    return row.darkness < design.aging.touchUpDarkness ? "touch-up due" : ""
  }

  private func described(_ visit: PlannedTouchUp, _ date: CalendarDate?) -> String {
    guard let due = visit.due(date) else { return "not due within 40 years" }
    return due + "; puts in \(fixed(visit.dose, 2)) of the original "
      + "deposit, \(fixed(visit.lifetimeDose, 2)) in all"
  }

  /// Names, values.
  var members: [(String, JSONValue)] {
    func number(_ value: Double) -> JSONValue { .number((value * 1e4).rounded() / 1e4) }
    func optional(_ value: Double?) -> JSONValue { value.map(number) ?? .null }
    return [
      ("pace", .text(pace.name)), ("healed", .text("30 days after the last session")), ("spacing", number(spacing)),
      (
        "times",
        .list(
          rows.map { row in
            .object([
              ("time", .text(row.label)), ("years", .number((row.years * 1e6).rounded() / 1e6)),
              ("darkness", number(row.darkness)), ("slow", number(row.slow)), ("typical", number(row.typical)),
              ("fast", number(row.fast)), ("least", number(row.least)), ("greatest", number(row.greatest)),
              ("pigmentLeft", number(row.dose)), ("leastPigmentLeft", number(row.leastDose)),
              ("greatestPigmentLeft", number(row.greatestDose)), ("dotWidth", number(row.width)),
              ("leastDotWidth", number(row.leastWidth)), ("greatestDotWidth", number(row.greatestWidth)),
              ("widthOverSpacing", number(row.width / spacing)),
              ("leastWidthOverSpacing", number(row.leastWidth / spacing)),
              ("greatestWidthOverSpacing", number(row.greatestWidth / spacing)), ("redness", number(row.redness)),
            ])
          })
      ),
      (
        "touchUps",
        .list(
          touchUps.indices.map { i in
            let visit = touchUps[i]
            return .object([
              ("years", optional(visit.years)), ("earliest", optional(visit.earliest)),
              ("latest", optional(visit.latest)), ("date", dates[i].map { .text($0.description) } ?? .null),
              ("darkness", number(visit.darkness)),
              ("leastDarkness", optional(visit.leastDarkness)), ("greatestDarkness", optional(visit.greatestDarkness)),
              ("dose", number(visit.dose)),
              ("lifetimeDose", number(visit.lifetimeDose)),
            ])
          })
      ),
      (
        "laser",
        .list(design.laser.map { .object([("years", number($0.year)), ("sessions", .integer($0.sessions))]) })
      ),
      (
        "merging",
        .object([
          ("limit", .number(Timeline.mergeLimit)), ("years", optional(merging.own)),
          ("yearsFast", optional(merging.fast)),
        ])
      ),
      ("note", .text(Timeline.honesty.0 + " " + Timeline.honesty.1)),
    ]
  }

  public var json: String { JSONValue.object(answer("timeline") + members).written() + "\n" }
}
