// The pages of a template: the drawing through a window, and around it what printing and joining need: rulers along both edges,
// register marks that neighbours share, what joins where, and words.

import Arithmetic
import Files
import PDFDocument
import ScalpGeometry
import TreatmentDesign

extension TemplateDrawing {
  /// The PDF.
  func made() throws(PDFError) -> MadeTemplate {
    let date = options.date.map { PDFDate(year: $0.year, month: $0.month, day: $0.day) }
    let pdf = try PDFWriter(title: "Template at true scale", producer: generatorMark, date: date)
    let contents = canvases.map { self.contents($0) }
    // Pages on which there is nothing are left out.
    let pages = canvases.indices.flatMap { k in
      tiles(of: canvases[k], showing: contents[k].strokes).map {
        TemplatePage(canvas: k, column: $0.column, row: $0.row)
      }
    }
    for (number, page) in pages.enumerated() {
      draw(page, number: number, of: pages, contents[page.canvas], into: pdf)
    }
    return MadeTemplate(
      bytes: try pdf.finished(), pages: pages.count,
      pieces: pieces, tapes: tapes)
  }

  private func tiles(of canvas: TemplateCanvas, showing strokes: [TemplateStroke]) -> [(column: Int, row: Int)] {
    var tiles: [(Int, Int)] = []
    for row in 0..<canvas.rows {
      for column in 0..<canvas.columns {
        // The part that no neighbour shows
        let inset = SIMD2(repeating: 0.5 * TemplateFrame.overlap)
        let low = canvas.corner(column: column, row: row) + inset
        let high = low + canvas.frame.window - 2 * inset
        let isUsed = strokes.contains { stroke in
          stroke.points.contains { p in
            let q = seen(p, canvas)
            let isLeft = column == 0 || q.x > low.x
            let isRight = column == canvas.columns - 1 || q.x < high.x
            let isBelow = row == 0 || q.y < high.y
            let isAbove = row == canvas.rows - 1 || q.y > low.y
            return isLeft && isRight && isBelow && isAbove
          }
        }
        if isUsed { tiles.append((column, row)) }
      }
    }
    return tiles
  }

  /// Where a point of a canvas is printed: there, or across for film.
  private func seen(_ p: SIMD2<Double>, _ canvas: TemplateCanvas) -> SIMD2<Double> {
    options.isMirrored ? SIMD2(canvas.size.x - p.x, p.y) : p
  }

  private func draw(
    _ page: TemplatePage, number: Int, of pages: [TemplatePage],
    _ contents: (strokes: [TemplateStroke], words: [TemplateWord]), into pdf: PDFWriter
  ) {
    let canvas = canvases[page.canvas]
    let frame = canvas.frame
    pdf.addPage(width: frame.size.x, height: frame.size.y)
    let shift = frame.corner - canvas.corner(column: page.column, row: page.row)
    let (low, high) = (frame.corner, frame.corner + frame.window)
    pdf.clipped(x: low.x, y: low.y, width: frame.window.x, height: frame.window.y) {
      for stroke in contents.strokes {
        let points = stroke.points.map { seen($0, canvas) + shift }
        let isNear = points.contains { $0.x > low.x - 5 && $0.x < high.x + 5 && $0.y > low.y - 5 && $0.y < high.y + 5 }
        if !isNear { continue }
        pdf.setGrey(stroke.pen.grey)
        for dash in dashed(points, stroke.pen.dashes) {
          pdf.stroke(dash, width: stroke.pen.width, closed: stroke.isClosed && stroke.pen.dashes.isEmpty)
        }
      }
      for word in contents.words {
        pdf.setGrey(word.grey)
        let width = pdf.width(of: word.text, height: word.height, face: word.face)
        let at = seen(word.at - SIMD2(word.anchor * width, 0), canvas) + shift
        pdf.write(word.text, at: at, height: word.height, face: word.face, isMirrored: options.isMirrored)
      }
    }
    drawJoins(page, pages, pdf)
    drawRulers(frame, pdf)
    drawHead(page, number: number, of: pages, pdf)
    drawFoot(page, pdf)
  }

  /// The window's frame, the marks that neighbouring pages share, and where their middle line lies.
  private func drawJoins(_ page: TemplatePage, _ pages: [TemplatePage], _ pdf: PDFWriter) {
    let canvas = canvases[page.canvas]
    let (low, high) = (canvas.frame.corner, canvas.frame.corner + canvas.frame.window)
    let half = 0.5 * TemplateFrame.overlap
    pdf.setGrey(0.75)
    pdf.stroke([low, SIMD2(high.x, low.y), high, SIMD2(low.x, high.y)], width: 0.1, closed: true)
    pdf.setGrey(0)
    if canvas.columns * canvas.rows == 1 { return }
    for x in [low.x + half, high.x - half] {
      for y in [low.y + half, high.y - half] {
        for arm in [SIMD2(3.0, 0), SIMD2(0, 3)] {
          pdf.stroke([SIMD2(x, y) - arm, SIMD2(x, y) + arm], width: 0.15)
        }
        pdf.stroke(
          (0..<4).map { SIMD2(x, y) + [SIMD2(1.5, 0), SIMD2(0, 1.5), SIMD2(-1.5, 0), SIMD2(0, -1.5)][$0] }, width: 0.15,
          closed: true)
      }
    }
    func join(
      _ column: Int, _ row: Int, _ a: SIMD2<Double>, _ b: SIMD2<Double>, _ at: SIMD2<Double>, _ turn: SIMD2<Double>
    ) {
      guard let other = pages.first(where: { $0.canvas == page.canvas && $0.column == column && $0.row == row }) else {
        return
      }
      pdf.setGrey(0.55)
      for dash in dashed([a, b], [1, 2]) { pdf.stroke(dash, width: 0.15) }
      pdf.setGrey(0.3)
      pdf.write("page \(other.label): lay cross on cross, cut here", at: at, height: 2.1, turn: turn)
    }
    let middle = 0.5 * (low + high)
    let up = SIMD2(0.0, 1)
    join(
      page.column - 1, page.row, SIMD2(low.x + half, low.y), SIMD2(low.x + half, high.y),
      SIMD2(low.x + half - 1, middle.y - 20), up)
    join(
      page.column + 1, page.row, SIMD2(high.x - half, low.y), SIMD2(high.x - half, high.y),
      SIMD2(high.x - half + 3, middle.y - 20), up)
    join(
      page.column, page.row - 1, SIMD2(low.x, high.y - half), SIMD2(high.x, high.y - half),
      SIMD2(middle.x - 20, high.y - half + 1), SIMD2(1, 0))
    join(
      page.column, page.row + 1, SIMD2(low.x, low.y + half), SIMD2(high.x, low.y + half),
      SIMD2(middle.x - 20, low.y + half - 3), SIMD2(1, 0))
  }

  /// 100 mm along the lower and along the left edge, from outer edge to outer edge.
  private func drawRulers(_ frame: TemplateFrame, _ pdf: PDFWriter) {
    let start = SIMD2(frame.corner.x, TemplateFrame.margin + 8)
    let upright = SIMD2(TemplateFrame.margin + 5.5, frame.corner.y)
    pdf.setGrey(0)
    pdf.fill(x: start.x, y: start.y, width: 100, height: 0.3)
    pdf.fill(x: upright.x, y: upright.y, width: 0.3, height: 100)
    for k in 0...20 {
      let at = 5 * Double(k)
      let length = k % 10 == 0 ? 4.5 : k % 2 == 0 ? 3 : 1.8
      // The end ticks lie within the 100 mm.
      let shift = k == 0 ? 0 : k == 20 ? -0.3 : -0.15
      pdf.fill(x: start.x + at + shift, y: start.y, width: 0.3, height: length)
      pdf.fill(x: upright.x + 0.3 - length, y: upright.y + at + shift, width: length, height: 0.3)
    }
    for (at, text) in [(0.0, "0"), (50, "50"), (100, "100 mm")] {
      let width = pdf.width(of: text, height: 2.3)
      pdf.write(text, at: start + SIMD2(at - (at == 0 ? 0 : 0.5 * width), -2.6), height: 2.3)
      pdf.write(text, at: upright + SIMD2(2.9, at - (at == 0 ? 0 : 0.5 * width)), height: 2.3, turn: SIMD2(0, 1))
    }
  }

  private func drawHead(_ page: TemplatePage, number: Int, of pages: [TemplatePage], _ pdf: PDFWriter) {
    let canvas = canvases[page.canvas]
    let left = TemplateFrame.margin
    var y = canvas.frame.size.y - TemplateFrame.margin - 4
    pdf.setGrey(0)
    let which = options.isMirrored ? "Template, MIRRORED for transfer film" : "Template"
    pdf.write(
      "\(which): page \(page.label), \(number + 1) of \(pages.count)", at: SIMD2(left, y), height: 4.2, face: .bold)
    y -= 4.2
    pdf.write(
      "Print at 100 % (actual size), then measure both rulers: if one is not 100 mm long, do not use this page.",
      at: SIMD2(left, y), height: 2.8, face: .bold)
    var rows: [String] = []
    if options.isMirrored {
      rows.append("Lay the printed side on the skin: words on the drawing then read the right way.")
    }
    rows.append(
      tapes.isEmpty
        ? "" : "By tape on the skin: " + tapes.map { "\($0.name) \(fixed($0.skin, 1)) mm" }.joined(separator: "; "))
    rows.append(
      "Greatest stretch: "
        + canvas.placed.map { placed in
          let piece = pieces[placed.sheet]
          return "piece \(placed.sheet + 1) \(fixed(100 * piece.stretch, 1)) %, its lines "
            + "\(fixed(100 * piece.stretchOfLines, 1)) %"
        }.joined(separator: "; ") + ". " + about)
    rows.append("SIMULATION: a plan to check on the client, not a promise of results, not medical advice.")
    let room = canvas.frame.size.x - 2 * TemplateFrame.margin - 30
    for row in rows where !row.isEmpty {
      for line in wrapped(row, room, pdf) {
        y -= 3.2
        pdf.write(line, at: SIMD2(left, y), height: 2.3)
      }
    }
    drawOverview(page, pages, pdf)
  }

  /// "hairline 70 mm, natural; seed 3; stipple 0.2.0"
  private var about: String {
    var words = design.title.map { [shown($0, atMost: 60)] } ?? []
    for layer in design.layers {
      if case .hairline(let line) = layer {
        words.append(
          line.points.isEmpty
            ? "hairline \(fixed(line.height, 0)) mm, \(line.style.rawValue)" : "drawn hairline, \(line.style.rawValue)")
      }
    }
    if case .mannequin = design.head {
      words.append("on the mannequin, not the client's own head")
    } else {
      words.append("on the client's scan")
    }
    words.append("seed \(design.seed)")
    words.append("stipple \(stippleVersion)")
    if let date = options.date { words.append(date.description) }
    return "Design: " + words.joined(separator: "; ") + "."
  }

  private func wrapped(_ text: String, _ room: Double, _ pdf: PDFWriter) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if !line.isEmpty, pdf.width(of: longer, height: 2.3) > room {
        lines.append(line)
        line = String(word)
      } else {
        line = longer
      }
    }
    return lines + [line]
  }

  /// How the pages of this drawing fit together, this one filled.
  private func drawOverview(_ page: TemplatePage, _ pages: [TemplatePage], _ pdf: PDFWriter) {
    let canvas = canvases[page.canvas]
    let size = canvas.size
    let scale = min(26 / size.x, 20 / size.y)
    let corner = canvas.frame.size - SIMD2(repeating: TemplateFrame.margin) - size * scale
    for other in pages where other.canvas == page.canvas {
      let low = corner + canvas.corner(column: other.column, row: other.row) * scale
      let box = canvas.frame.window * scale
      if other == page {
        pdf.setGrey(0.88)
        pdf.fill(x: low.x, y: low.y, width: box.x, height: box.y)
      }
    }
    pdf.setGrey(0)
    for other in pages where other.canvas == page.canvas {
      let low = corner + canvas.corner(column: other.column, row: other.row) * scale
      let box = canvas.frame.window * scale
      pdf.stroke(
        [low, low + SIMD2(box.x, 0), low + box, low + SIMD2(0, box.y)], width: 0.12, closed: true)
      pdf.write(other.label, at: low + SIMD2(0.7, 0.7), height: 1.7)
    }
    pdf.setGrey(0.3)
    for placed in canvas.placed {
      for (points, _) in outlines[placed.sheet] {
        let drawn = points.enumerated().filter { $0.offset % 4 == 0 }.map {
          seen($0.element + placed.origin, canvas) * scale + corner
        }
        pdf.stroke(drawn, width: 0.12, closed: true)
      }
    }
  }

  /// What the lines mean.
  private func drawFoot(_ page: TemplatePage, _ pdf: PDFWriter) {
    let frame = canvases[page.canvas].frame
    let placed = canvases[page.canvas].placed.map { sheets[$0.sheet] }
    var entries = TemplateLine.Kind.allCases.filter { kind in
      lines.lines.contains { line in
        line.kind == kind && placed.contains { !$0.drawn(line.places).isEmpty }
      }
    }.map { ($0.pen, $0.legend) }
    entries.append((.edge, "edge of the paper: cut out"))
    if placed.contains(where: { !$0.cuts.isEmpty }) { entries.append((.cut, "joins another piece, same letter")) }
    let start = SIMD2(frame.corner.x + 107, TemplateFrame.margin + 14)
    // Columns of six
    for (k, (pen, text)) in entries.enumerated() {
      let at = start + SIMD2(42 * Double(k / 6), -2.7 * Double(k % 6))
      pdf.setGrey(pen.grey)
      for dash in dashed([at + SIMD2(0, 0.6), at + SIMD2(8, 0.6)], pen.dashes) { pdf.stroke(dash, width: pen.width) }
      pdf.setGrey(0)
      pdf.write(text, at: at + SIMD2(9, 0), height: 2)
    }
    pdf.setGrey(0.3)
    pdf.write(
      "Crosses by tape: 120 L40 is 120 mm up from the glabella on the midline, then 40 mm to the client's left.",
      at: SIMD2(frame.corner.x, TemplateFrame.margin + 0.4), height: 2)
  }
}

/// A page: a window on a canvas.
struct TemplatePage: Equatable {
  var canvas: Int
  var column: Int
  var row: Int

  /// "2-B1": the drawing, the column, the row from the top.
  var label: String { "\(canvas + 1)-\(letter(column).uppercased())\(row + 1)" }
}
