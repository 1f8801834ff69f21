// The page of a report: one HTML file that needs nothing beside it.

import Files
import TreatmentDesign

/// The whole file. Its policy lets nothing load but the pictures in it, and run nothing but its own script.
func reportPage(_ contents: ReportContents) -> String {
  let words = contents.words
  let clinic = contents.design.clinic
  let style = reportStyle(notice: words["notice"])
  let policy =
    "default-src 'none'; img-src data:; style-src \(policyDigest(style)); script-src \(policyDigest(reportScript)); "
    + "base-uri 'none'; form-action 'none'"
  let title = words["title"] + (clinic?.name.map { " – \(shown($0))" } ?? "")
  let head =
    void("meta", ["charset": "utf-8"]) + void("meta", ["http-equiv": "Content-Security-Policy", "content": policy])
    + void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
    + void("meta", ["name": "generator", "content": generatorMark])
    + void("meta", ["name": "referrer", "content": "no-referrer"])
    + element("title", [:], HTML(title)) + element("style", [:], HTML(source: style))
  let sections: [HTML] = [
    contents.comparison, contents.variants, contents.sides, contents.harsh, contents.closeUp, contents.fading,
    contents.sessions,
    contents.touchUps, contents.price, contents.aftercare, contents.consent, contents.zones, contents.assumed,
    contents.findings,
  ]
  let foot =
    element("p", ["class": "notice"], HTML(words["notice"]))
    + element("p", [:], HTML(words["notice-long"] + " " + words["made"]))
  let body =
    heading(contents) + element("main", [:], HTML(sections)) + element("footer", [:], foot)
    + element("script", [:], HTML(source: reportScript))
  return "<!DOCTYPE html>\n"
    + element("html", ["lang": words.language.rawValue], element("head", [:], head) + element("body", [:], body)).source
    + "\n"
}

private func heading(_ contents: ReportContents) -> HTML {
  let words = contents.words
  let clinic = contents.design.clinic
  var parts: [HTML] = []
  if let logo = contents.logo {
    parts.append(void("img", ["src": logo, "alt": clinic?.name.map { shown($0) } ?? words["logo"]]))
  }
  let lines = [clinic?.name, clinic?.contact].compactMap { $0.map { shown($0) } }.joined(separator: " · ")
  parts.append(
    element(
      "div", [:],
      element("h1", [:], HTML(words["title"]))
        + (lines.isEmpty ? .nothing : element("p", ["class": "clinic"], HTML(lines)))
        + element("p", ["class": "notice"], HTML(words["notice"]))))
  return element("header", [:], HTML(parts))
}
