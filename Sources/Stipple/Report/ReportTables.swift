// The sections of a report that are words and figures: fading, sessions, aftercare, touch-ups, price, consent, and what is
// for the practitioner.

import Arithmetic
import PigmentAging
import ScalpGeometry
import TreatmentDesign

extension ReportContents {
  var fading: HTML {
    let rows = reportYears.map { years in
      let range = timeline.band.range(at: Double(years), with: timeline.own)
      return [
        words.years(years), "\(percent(timeline.own.darkness(at: Double(years)))) %",
        "\(percent(range.least))–\(percent(range.greatest)) %",
      ]
    }
    return section(
      "fading",
      element(
        "div", ["class": "keep"],
        paragraph("fading-note", ["pace": words.pace(timeline.pace)]) + reportPlot(timeline, words))
        + table(["col-time", "col-dark", "col-range"], rows))
  }

  var sessions: HTML {
    let rows = plan.sessions.enumerated().map { i, session in
      [
        String(i + 1), session.date?.description ?? words["day", ["n": fixed(session.day, 0)]],
        "\(percent(session.share)) %", String(session.dots),
        words[
          "hours",
          [
            "n": words.number(session.hours, 1), "low": words.number(session.shortest, 1),
            "high": words.number(session.longest, 1),
          ]],
      ]
    }
    return section(
      "sessions",
      table(["col-session", "col-when", "col-share", "col-dots", "col-hours"], rows) + paragraph("sessions-note"))
  }

  var aftercare: HTML {
    let days = healingDays.map { day, _ in
      let key = fixed(day, 0)
      return element("dt", [:], HTML(words["day", ["n": key]])) + element("dd", [:], HTML(words["heal-\(key)"]))
    }
    return section(
      "aftercare",
      element("p", ["class": "duty"], HTML(words["duty"])) + element("dl", [:], HTML(days))
        + list(["care-pick", "care-pale", "care-judge", "care-ask"]))
  }

  var touchUps: HTML {
    if plan.touchUps.isEmpty {
      var asked = design
      asked.touchUps = [.below(design.aging.touchUpDarkness)]
      guard let due = plannedTouchUps(asked).first, let years = due.years else {
        return section("touch-ups", paragraph("touch-up-never"))
      }
      return section(
        "touch-ups",
        paragraph(
          "touch-up-none",
          [
            "n": "\(percent(design.aging.touchUpDarkness))", "years": words.number(years, 1),
            "fast": asYears(due.earliest), "slow": asYears(due.latest),
          ]))
    }
    let items = plan.touchUps.indices.map { i in
      let visit = plan.touchUps[i]
      guard let years = visit.years else { return words["touch-up-never"] }
      let dots = visit.dose * Double(plan.work.impressions)
      var text = words[
        "touch-up",
        [
          "years": words.number(years, 1), "dark": "\(percent(visit.darkness))",
          "dots": String(Int((dots / 100).rounded()) * 100),
        ]]
      if visit.earliest != nil || visit.latest != nil {
        text += " " + words["touch-up-range", ["fast": asYears(visit.earliest), "slow": asYears(visit.latest)]]
      }
      if let date = plan.touchUpDates[i] { text = "\(date): " + text }
      return text
    }
    return section("touch-ups", element("ol", [:], HTML(items.map { element("li", [:], HTML($0)) })))
  }

  var price: HTML {
    if plan.price.isEmpty { return .nothing }
    func money(_ value: Double) -> String { "\(words.number(value, 2)) \(plan.currency)" }
    var rows = plan.price.map { line in
      let name = words["price-\(line.item.rawValue)", ["stage": stageName(line.stage)]]
      let unit = ["h": "h", "cm2": "cm²", "thousand": words["thousand"]][line.unit] ?? ""
      return [name, words.plain(line.count) + (unit.isEmpty ? "" : " \(unit)"), money(line.rate), money(line.amount)]
    }
    rows.append([words["total"], "", "", money(plan.total)])
    if plan.deposit > 0 {
      rows.append([words["deposit"], "", "", money(plan.deposit)])
      rows.append([words["remainder"], "", "", money(plan.total - plan.deposit)])
    }
    return section(
      "price",
      table(["col-item", "col-count", "col-rate", "col-amount"], rows, sums: plan.deposit > 0 ? 3 : 1)
        + paragraph("price-note"))
  }

  var consent: HTML {
    section(
      "consent",
      element("p", ["class": "duty"], HTML(words["duty"]))
        + list([
          "consent-simulation", "consent-sessions", "consent-fading", "consent-healing", "consent-light",
          "consent-tell",
        ])
        + element(
          "p", ["class": "sign"],
          element("span", [:], HTML(words["sign-date"])) + element("span", [:], HTML(words["sign-name"]))))
  }

  // MARK: Pieces

  func paragraph(_ key: String, _ filled: KeyValuePairs<String, String> = [:]) -> HTML {
    element("p", [:], HTML(words[key, filled]))
  }

  func list(_ keys: [String]) -> HTML { element("ul", [:], HTML(keys.map { element("li", [:], HTML(words[$0])) })) }

  /// A table that may be wider than the page; figures lean right.
  ///
  /// - Parameters:
  ///   - head: keys of the columns' names.
  ///   - sums: how many of the last rows are sums.
  func table(_ head: [String], _ rows: [[String]], sums: Int = 0) -> HTML {
    let columns = head.map { element("th", ["scope": "col"], HTML(words[$0])) }
    let body = rows.enumerated().map { i, row in
      let cells = row.enumerated().map { c, cell in
        c == 0 ? element("th", ["scope": "row"], HTML(cell)) : element("td", [:], HTML(cell))
      }
      return element("tr", ["class": i >= rows.count - sums ? "sum" : nil], HTML(cells))
    }
    return element(
      "div", ["class": "wide", "tabindex": "0", "role": "group", "aria-label": words[head[0]]],
      element(
        "table", [:],
        element("thead", [:], element("tr", [:], HTML(columns))) + element("tbody", [:], HTML(body))))
  }

  private func asYears(_ years: Double?) -> String { years.map { words.number($0, 1) } ?? "–" }

  /// "Norwood 3" for `norwood-3`; the names are the same in every language.
  func stageName(_ stage: String) -> String {
    let spaced = stage.map { $0 == "-" ? " " : String($0) }.joined()
    return spaced.prefix(1).uppercased() + spaced.dropFirst()
  }
}
