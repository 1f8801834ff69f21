import Arithmetic
import Files
import PigmentAging
import TreatmentDesign

/// What is seen after a session, by day (clinics' aftercare accounts, grade C).
let healingDays: [(day: Double, seen: String)] = [
  (0, "crisp, dark and tight; some swelling"), (2, "pin-head scabs, darkest"), (5, "flaking starts; do not pick"),
  (8, "scabs are off; patchy and pale, which is not the result"), (14, "even; the next session may follow"),
  (21, "the milky layer clears, the tone returns"), (30, "healed: judge it now"),
]

extension WorkPlan: Report {
  public var text: String {
    var lines = ["\(work.text) in \(sessions.count) sessions"] + warnings + [""]
    lines += table(
      ["zone", "impressions", "needle", "depth", "water per pigment", "pigment", "take"],
      zones.map { zone in
        [
          zone.name, String(zone.dots), "\(zone.needle.points) x \(fixed(zone.needle.diameter, 2)) mm",
          "\(fixed(zone.needleDepth, 2)) mm", "\(fixed(zone.shade, 1)) ml/ml", "\(fixed(zone.pigmentShare * 100, 2)) %",
          "\(percent(zone.take)) %",
        ]
      })
    lines.append("")
    lines += table(
      ["session", "when", "in place after it", "impressions", "hours in the chair"],
      sessions.enumerated().map { i, session in
        [
          "\(i + 1)", session.date.map(\.description) ?? "day \(fixed(session.day, 0))", "\(percent(session.share)) %",
          String(session.dots),
          "\(fixed(session.hours, 1)) (\(fixed(session.shortest, 1)) to \(fixed(session.longest, 1)))",
        ]
      })
    for (i, session) in sessions.enumerated() where session.dots > 18_000 {
      lines.append("session \(i + 1): \(String(session.dots)) impressions are more than a day's work (18000); split it")
    }
    lines += ["", "after each session"]
    lines += healingDays.map { day, seen in
      let state = healing(days: day)
      return "  day " + padded(fixed(day, 0), 3, right: false)
        + padded("\(percent(state.darkness)) % of healed darkness", 27)
        + seen
    }
    if !touchUps.isEmpty {
      lines += [
        "", "touch-ups (\(pace.name) fading, in brackets the range from slow to fast; years after the last session)",
      ]
      for (i, visit) in touchUps.enumerated() { lines.append("  \(i + 1)  " + described(visit, touchUpDates[i])) }
    }
    if !price.isEmpty {
      lines += ["", "price, by the clinic's own rates"]
      lines += table(
        nil,
        price.map { line in
          [
            "  " + line.name, line.unit.isEmpty ? whole(line.count) : "\(short(line.count)) \(line.unit)",
            "x \(fixed(line.rate, 2))", "\(fixed(line.amount, 2)) \(currency)",
          ]
        })
      lines.append("  total \(fixed(total, 2)) \(currency)")
      if deposit > 0 { lines.append("  of which deposit \(fixed(deposit, 2)) \(currency)") }
    }
    lines += [
      "",
      "Shades and hours are proposals: settle the shade on a test patch. Fading is an estimate: no study has followed",
      "this treatment for more than six months.",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// Sum of the price's lines.
  public var total: Double { (price.reduce(0) { $0 + $1.amount } * 100).rounded() / 100 }

  private func described(_ visit: PlannedTouchUp, _ date: CalendarDate?) -> String {
    guard let due = visit.due(date) else { return "not due within 40 years" }
    return due + ": \(whole(visit.dose * Double(work.impressions))) impressions, "
      + "\(fixed(visit.lifetimeDose, 2)) times the first treatment's pigment in all"
  }

  private func touchUpJSON(_ i: Int) -> JSONValue {
    let visit = touchUps[i]
    func number(_ value: Double, _ digits: Double = 1000) -> JSONValue { .number((value * digits).rounded() / digits) }
    func optional(_ value: Double?, _ digits: Double) -> JSONValue { value.map { number($0, digits) } ?? .null }
    let date: JSONValue = touchUpDates[i].map { .text($0.description) } ?? .null
    return .object([
      ("date", date), ("years", optional(visit.years, 100)), ("earliest", optional(visit.earliest, 100)),
      ("latest", optional(visit.latest, 100)), ("darkness", number(visit.darkness)),
      ("leastDarkness", optional(visit.leastDarkness, 1000)),
      ("greatestDarkness", optional(visit.greatestDarkness, 1000)),
      ("impressions", .integer(Int((visit.dose * Double(work.impressions)).rounded()))), ("dose", number(visit.dose)),
      ("lifetimeDose", number(visit.lifetimeDose)),
    ])
  }

  public var json: String {
    func number(_ value: Double, _ digits: Double = 1000) -> JSONValue { .number((value * digits).rounded() / digits) }
    return JSONValue.object(
      answer("plan") + [
        ("impressions", .integer(work.impressions)), ("treatedArea", number(work.treatedArea, 10)),
        (
          "zones",
          .list(
            zones.map { zone in
              .object([
                ("name", .text(zone.name)), ("impressions", .integer(zone.dots)),
                ("area", number(zone.area, 10)), ("needlePoints", .integer(zone.needle.points)),
                ("needleDiameter", number(zone.needle.diameter)), ("needleDepth", number(zone.needleDepth)),
                ("waterPerPigment", number(zone.shade, 10)), ("pigmentShare", number(zone.pigmentShare, 1e5)),
                ("take", number(zone.take)),
              ])
            })
        ),
        (
          "sessions",
          .list(
            sessions.map { session in
              .object([
                ("day", number(session.day)), ("date", session.date.map { .text($0.description) } ?? .null),
                ("share", number(session.share)), ("impressions", .integer(session.dots)),
                ("hours", number(session.hours, 100)), ("shortestHours", number(session.shortest, 100)),
                ("longestHours", number(session.longest, 100)),
              ])
            })
        ),
        (
          "healing",
          .list(
            healingDays.map { day, seen in
              let state = healing(days: day)
              return .object([
                ("day", number(day)), ("darkness", number(state.darkness)), ("redness", number(state.redness)),
                ("seen", .text(seen)),
              ])
            })
        ),
        (
          "touchUps",
          .list(
            touchUps.indices.map { touchUpJSON($0) })
        ),
        (
          "warnings", .list(warnings.map { .text($0) })
        ),
        (
          "price",
          price.isEmpty
            ? .null
            : .object([
              ("currency", .text(currency)), ("total", number(total, 100)), ("deposit", number(deposit, 100)),
              (
                "lines",
                .list(
                  price.map {
                    .object([
                      ("name", .text($0.name)), ("count", number($0.count)), ("unit", .text($0.unit)),
                      ("rate", number($0.rate)), ("amount", number($0.amount, 100)),
                    ])
                  })
              ),
            ])
        ),
      ]
    ).written() + "\n"
  }
}

/// Rows in columns of equal width; figures lean right in all columns but the first, and the last if it holds words.
func table(_ head: [String]?, _ rows: [[String]], lastIsText: Bool = false) -> [String] {
  let all = (head.map { [$0] } ?? []) + rows
  guard let columns = all.first?.count else { return [] }
  let widths = (0..<columns).map { c in all.map { $0[c].count }.max() ?? 0 }
  return all.map { row in
    row.indices.map { c in
      lastIsText && c == columns - 1 ? row[c] : padded(row[c], widths[c], right: c > 0)
    }.joined(separator: "  ")
  }
}

private func padded(_ text: String, _ width: Int, right: Bool = false) -> String {
  let gap = String(repeating: " ", count: max(0, width - text.count))
  return right ? gap + text : text + gap
}

private func whole(_ value: Double) -> String { fixed(value, 0) }
