// The pictures of a report on its page: the stage that scripts turn into a slider, and pairs and rows below it.

import Arithmetic
import Files
import PigmentAging
import TreatmentDesign

/// What every section of a report is made from.
struct ReportContents {
  var words: ReportWords
  let design: Design
  let states: [ReportState]
  let timeline: Timeline
  let plan: WorkPlan
  var check: CheckReport
  let pictures: [ReportPicture]
  /// The JPEG of each picture.
  var files: [[UInt8]]
  /// A logo as a data address, if the clinic has one.
  let logo: String?
}

extension ReportContents {
  /// The view that the slider shows; `nil` is a camera of one's own.
  private var mainView: Pictures.View? { design.pictures.camera == nil ? design.pictures.view : nil }

  // MARK: The slider

  var comparison: HTML {
    var figures: [HTML] = []
    for (k, picture) in pictures.enumerated() {
      guard case .main(let i) = picture.place else { continue }
      let state = states[i]
      let isBefore = state.years == nil
      let caption = isBefore ? words["caption-before"] : described(state)
      figures.append(
        figure(
          k, id: state.id, kind: isBefore ? "state before" : "state after",
          alt: words[isBefore ? "alt-before" : "alt-after", ["view": words.view(mainView), "time": moment(state)]],
          caption: caption))
    }
    return element(
      "section", ["id": "compare", "aria-labelledby": "compare-title"],
      element("h2", ["id": "compare-title", "class": "spoken"], HTML(words["compare"]))
        + element(
          "div", ["id": "stage", "class": "stage"],
          HTML(figures) + element("div", ["class": "bar", "aria-hidden": "true"], element("span"))
            + element("p", ["class": "chip left", "aria-hidden": "true"], HTML(words["before"]))
            + element("p", ["class": "chip right", "aria-hidden": "true"], HTML(words["after"]))) + controls
        + element("p", ["id": "caption", "class": "caption", "role": "status"]))
  }

  private var controls: HTML {
    let slider =
      element(
        "div", ["class": "slide"],
        element("label", ["for": "cut"], HTML(words["slider"]))
          // Drawn from right to left: what it uncovers lies on the right.
          + void(
            "input",
            [
              "id": "cut", "type": "range", "min": "0", "max": "100", "step": "1", "value": "50", "dir": "rtl",
              "aria-valuetext": words["slider-value", ["n": "50"]], "aria-describedby": "hint",
            ]) + element("p", ["id": "hint", "class": "hint"], HTML(words["slider-hint"])))
    let years =
      [choice("years", "0", words["healed"], checked: true)]
      + reportYears.map { choice("years", String($0), words.years($0), checked: false) }
    let own = design.client.pace
    let start = Pace.allCases.contains(own) ? own : .typical
    let paces = Pace.allCases.map { choice("pace", $0.name, words.pace($0), checked: $0 == start) }
    return element(
      "div", ["id": "controls", "class": "controls"],
      slider + element("fieldset", [:], element("legend", [:], HTML(words["years-legend"])) + HTML(years))
        + element(
          "fieldset", ["id": "paces"], element("legend", [:], HTML(words["pace-legend"])) + HTML(paces)))
  }

  private func choice(_ name: String, _ value: String, _ label: String, checked: Bool) -> HTML {
    element(
      "label", ["class": "choice"],
      void("input", ["type": "radio", "name": name, "value": value, "checked": checked ? "" : nil])
        + element("span", [:], HTML(label)))
  }

  /// "After 3 years, typical fading"
  private func moment(_ state: ReportState) -> String {
    guard let years = state.years else { return words["before"] }
    if years == 0 { return words["healed"] }
    return words["moment", ["time": words.years(years), "pace": words.pace(state.pace)]]
  }

  private func described(_ state: ReportState) -> String {
    if state.years == 0 { return words["caption-healed"] }
    let figures: KeyValuePairs = [
      "moment": moment(state), "dark": "\(percent(state.darkness))", "low": "\(percent(state.least))",
      "high": "\(percent(state.greatest))",
    ]
    return words["caption-year", figures] + (state.isAfterVisit ? " " + words["caption-visit"] : "")
  }

  // MARK: Other pictures

  /// Pairs of before and healed from the design's other sides.
  var sides: HTML {
    var rows: [HTML] = []
    for view in design.pictures.sheetViews {
      let pair = indices { if case .side(view, _) = $0 { true } else { false } }
      if pair.isEmpty || rows.contains(where: { $0.source.contains("side-\(view.rawValue)-0") }) { continue }
      rows.append(element("h3", [:], HTML(words.view(view))) + row(pair, id: "side-\(view.rawValue)", words.view(view)))
    }
    return rows.isEmpty ? .nothing : section("sides", HTML(rows))
  }

  var harsh: HTML {
    let pair = indices { if case .harsh = $0 { true } else { false } }
    if pair.isEmpty { return .nothing }
    return section(
      "harsh", element("p", [:], HTML(words["harsh-note"])) + row(pair, id: "harsh", words.view(mainView)))
  }

  var closeUp: HTML {
    let three = indices { if case .closeUp = $0 { true } else { false } }
    if three.isEmpty { return .nothing }
    return section(
      "close-up", element("p", [:], HTML(words["close-up-note"])) + row(three, id: "close", words.view(.macro)))
  }

  /// Hairlines at several heights; the script puts them on top of each other.
  var variants: HTML {
    let these = indices {
      switch $0 {
      case .variant, .kind: true
      default: false
      }
    }
    guard let first = these.first else { return .nothing }
    let byHeight = if case .variant = pictures[first].place { true } else { false }
    let label = words[byHeight ? "variant-label" : "kind-label"]
    let figures = these.enumerated().map { i, k in
      let caption: String =
        switch pictures[k].place {
        case .variant(let height): words["variant-value", ["n": words.plain(height)]]
        case .kind(let name): shown(name)
        default: ""
        }
      return figure(k, id: "variant-\(i)", kind: "variant", alt: "\(label): \(caption)", caption: caption)
    }
    let slider =
      element("label", ["for": "height"], HTML(label))
      + void(
        "input",
        [
          "id": "height", "type": "range", "min": "0", "max": String(these.count - 1), "step": "1",
          "value": String(these.count / 2), "list": "heights",
        ])
      + element(
        "datalist", ["id": "heights"], HTML(these.indices.map { void("option", ["value": String($0)]) }))
    return section(
      "variants", titled: byHeight ? "variants" : "kinds",
      paragraph(byHeight ? "variants-note" : "kinds-note")
        + element("div", ["id": "heights-stage", "class": "row of3 drafts"], HTML(figures))
        + element("div", ["class": "slide controls"], slider))
  }

  private func indices(_ isWanted: (ReportPicture.Place) -> Bool) -> [Int] {
    pictures.indices.filter { isWanted(pictures[$0].place) }
  }

  /// Pictures beside each other: before, healed, and after five years where there are three.
  private func row(_ these: [Int], id: String, _ view: String) -> HTML {
    let later = words["moment", ["time": words.years(5), "pace": words.pace(.typical)]]
    let captions = [words["before"], words["healed"], later]
    let figures = these.enumerated().map { i, k in
      figure(
        k, id: "\(id)-\(i)", kind: "still",
        alt: words[i == 0 ? "alt-before" : "alt-after", ["view": view, "time": captions[i]]], caption: captions[i])
    }
    return element("div", ["class": "row of\(these.count)"], HTML(figures))
  }

  private func figure(_ k: Int, id: String, kind: String, alt: String, caption: String) -> HTML {
    let image = pictures[k].image
    return element(
      "figure", ["id": id, "class": kind],
      void(
        "img",
        [
          "src": "data:image/jpeg;base64," + base64(files[k]), "width": String(image.width),
          "height": String(image.height), "alt": alt, "decoding": "sync",
        ]) + element("figcaption", [:], HTML(caption)))
  }

  /// A section with its heading, `name` in the table of texts.
  ///
  /// - Parameter title: in its place.
  func section(_ name: String, titled title: String? = nil, _ content: HTML) -> HTML {
    element(
      "section", ["id": name, "aria-labelledby": "\(name)-title"],
      element("h2", ["id": "\(name)-title"], HTML(words[title ?? name])) + content)
  }
}
