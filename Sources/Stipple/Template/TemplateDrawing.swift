// The drawing of a template: pieces, lines, tape marks, each in its place on a canvas, then page by page.

import Arithmetic
import PDFDocument
import ScalpGeometry
import TreatmentDesign

/// How a line is drawn: width, grey, and dashes (on, off, mm; empty for none).
struct TemplatePen {
  var width: Double
  var grey = 0.0
  var dashes: [Double] = []

  static let edge = TemplatePen(width: 0.15, grey: 0.45)
  static let cut = TemplatePen(width: 0.25, grey: 0.3, dashes: [5, 1.5, 1, 1.5])
  static let fine = TemplatePen(width: 0.15, grey: 0.4)
  static let mark = TemplatePen(width: 0.2)
}

extension TemplateLine.Kind {
  var pen: TemplatePen {
    switch self {
    case .hairline: TemplatePen(width: 0.5)
    case .course: TemplatePen(width: 0.15, grey: 0.45)
    case .gap: TemplatePen(width: 0.25, grey: 0.3, dashes: [0.6, 1.6])
    case .ownBorder: TemplatePen(width: 0.3, grey: 0.3, dashes: [1, 1])
    case .zone: TemplatePen(width: 0.45, dashes: [6, 1.5])
    case .work: TemplatePen(width: 0.45, dashes: [3, 1.5])
    case .scar: TemplatePen(width: 0.4)
    case .blend: TemplatePen(width: 0.3, grey: 0.3, dashes: [2, 2])
    }
  }

  var legend: String {
    switch self {
    case .hairline: "hairline as designed"
    case .course: "its smooth course, for the tape"
    case .gap: "gap in the hairline"
    case .ownBorder: "goes on along the client's own border"
    case .zone: "border of a zone"
    case .work: "edge of the work"
    case .scar: "scar"
    case .blend: "end of the blend beside the scar"
    }
  }
}

/// Something on a canvas: points in mm from its lower left corner.
struct TemplateStroke {
  var points: [SIMD2<Double>]
  var pen: TemplatePen
  var isClosed = false
}

struct TemplateWord {
  var text: String
  var at: SIMD2<Double>
  var height: Double
  var grey = 0.0
  var face = PDFWriter.Face.regular
  /// Where `at` lies along the word, 0 at its beginning to 1 at its end.
  var anchor = 0.0
}

/// A template with every piece in its place.
struct TemplateDrawing {
  let design: Design
  let frame: ScalpFrame
  let lines: TemplateLines
  let sheets: [ScalpSheet]
  let options: TemplateOptions
  let canvases: [TemplateCanvas]
  let outlines: [[(points: [SIMD2<Double>], cuts: [Int])]]
  let pieces: [MadeTemplate.Piece]
  let tapes: [MadeTemplate.Tape]

  init(
    _ design: Design, _ fields: CompiledDesign, _ lines: TemplateLines, _ sheets: [ScalpSheet],
    _ options: TemplateOptions
  ) {
    (self.design, self.lines, self.sheets, self.options) = (design, lines, sheets, options)
    frame = fields.scalp.frame
    outlines = sheets.map(\.outline)
    pieces = sheets.map { sheet in
      var names: [String] = []
      for line in lines.lines where !names.contains(line.name) && !sheet.drawn(line.places).isEmpty {
        names.append(line.name)
      }
      let drawn = lines.lines.map(\.places) + (lines.midline.map { [$0.places] } ?? [])
      return MadeTemplate.Piece(
        name: names.joined(separator: "; "), stretch: sheet.stretch,
        stretchOfLines: drawn.map { sheet.stretch(along: $0) }.max() ?? 0)
    }
    let titles = pieces.indices.map { [pieces, sheets] in
      Self.title($0, of: sheets.count, pieces[$0])
    }
    canvases = Stipple.canvases(
      for: outlines.indices.map { [outlines] in TemplateBox(outlines[$0], title: titles[$0]) }, on: options.paper)
    tapes = lines.tapes.map { tape in
      let paper = sheets.flatMap { $0.drawn(tape.places) }.reduce(0) { $0 + pathLength($1) }
      return MadeTemplate.Tape(name: tape.name, skin: tape.length, paper: paper)
    }
  }

  static func title(_ index: Int, of count: Int, _ piece: MadeTemplate.Piece) -> String {
    "piece \(index + 1) of \(count): \(piece.name)"
  }

  /// All that lies on a canvas.
  func contents(_ canvas: TemplateCanvas) -> (strokes: [TemplateStroke], words: [TemplateWord]) {
    var strokes: [TemplateStroke] = []
    var words: [TemplateWord] = []
    for placed in canvas.placed { add(placed, &strokes, &words) }
    return (strokes, words)
  }

  private func add(
    _ placed: TemplateCanvas.Placed, _ strokes: inout [TemplateStroke], _ words: inout [TemplateWord]
  ) {
    let sheet = sheets[placed.sheet]
    func moved(_ points: [SIMD2<Double>]) -> [SIMD2<Double>] { points.map { $0 + placed.origin } }
    addOutline(placed, &strokes, &words)
    // Crosses of the tape every 20 mm, named; where the midline has its own marks there are none.
    let range = frame.upRange
    for up in stride(from: Float(0), through: range.upperBound, by: 20) {
      for side in stride(from: Float(-200), through: 200, by: 20) {
        if side == 0, let midline = lines.midline, up <= midline.up { continue }
        guard let skin = frame.place(up: up, side: side),
          let (point, inside) = sheet.point(at: sheet.grid.place(of: skin.position)), inside > 1.2
        else { continue }
        let p = point + placed.origin
        strokes.append(TemplateStroke(points: [p - SIMD2(1.2, 0), p + SIMD2(1.2, 0)], pen: .fine))
        strokes.append(TemplateStroke(points: [p - SIMD2(0, 1.2), p + SIMD2(0, 1.2)], pen: .fine))
        let text = "\(Int(up))" + (side == 0 ? "" : side > 0 ? " L\(Int(side))" : " R\(Int(-side))")
        words.append(TemplateWord(text: text, at: p + SIMD2(0.7, 0.7), height: 1.9, grey: 0.4))
      }
    }
    for line in lines.lines {
      for piece in sheet.drawn(line.places) { strokes.append(TemplateStroke(points: moved(piece), pen: line.kind.pen)) }
    }
    for mark in lines.marks {
      guard let (point, inside) = sheet.point(at: mark.place), inside > 0 else { continue }
      let p = point + placed.origin
      strokes.append(TemplateStroke(points: circle(p, 1.5), pen: .mark, isClosed: true))
      words.append(
        TemplateWord(
          text: mark.text, at: p + SIMD2(0, mark.isAbove ? 2.3 : -3.9), height: 2.1, anchor: 0.5))
    }
    addMidline(sheet, placed.origin, &strokes, &words)
  }

  private func addOutline(
    _ placed: TemplateCanvas.Placed, _ strokes: inout [TemplateStroke], _ words: inout [TemplateWord]
  ) {
    let sheet = sheets[placed.sheet]
    let box = TemplateBox(outlines[placed.sheet], title: "")
    for (points, cuts) in outlines[placed.sheet] {
      // Runs of steps along the same cut, or along none
      let count = points.count
      let first = (0..<count).first { cuts[$0] != cuts[($0 + count - 1) % count] } ?? 0
      var run: [SIMD2<Double>] = [points[first] + placed.origin]
      for k in 0..<count {
        let i = (first + k) % count
        run.append(points[(i + 1) % count] + placed.origin)
        if k == count - 1 || cuts[(i + 1) % count] != cuts[i] {
          strokes.append(TemplateStroke(points: run, pen: cuts[i] < 0 ? .edge : .cut))
          if cuts[i] >= 0, pathLength(run) > 6 {
            words.append(
              TemplateWord(
                text: "joins at \(letter(cuts[i]))", at: run[run.count / 2] + SIMD2(0, 1), height: 2.1, grey: 0.3,
                anchor: 0.5))
          }
          run = [run[run.count - 1]]
        }
      }
    }
    let (low, high) = (box.low + placed.origin, box.high + placed.origin)
    words.append(
      TemplateWord(
        text: Self.title(placed.sheet, of: sheets.count, pieces[placed.sheet]), at: SIMD2(low.x, high.y + 4.6),
        height: 2.8, face: .bold))
    let isBack = sheet.isBack
    words.append(
      TemplateWord(
        text: (isBack ? "client's LEFT" : "client's RIGHT") + "   up: towards the top of the head",
        at: SIMD2(low.x, high.y + 1.4),
        height: 2.1))
    if high.x - low.x > 90 {
      words.append(
        TemplateWord(
          text: isBack ? "client's RIGHT" : "client's LEFT", at: SIMD2(high.x, high.y + 1.4), height: 2.1, anchor: 1))
    }
  }

  /// The tape over the forehead: a tick every 5 mm, a number every 10, the line's own height at its end.
  private func addMidline(
    _ sheet: ScalpSheet, _ origin: SIMD2<Double>, _ strokes: inout [TemplateStroke], _ words: inout [TemplateWord]
  ) {
    guard let midline = lines.midline else { return }
    for piece in sheet.drawn(midline.places) {
      strokes.append(TemplateStroke(points: piece.map { $0 + origin }, pen: .fine))
    }
    for up in stride(from: Float(0), through: midline.up, by: 5) {
      guard let (point, inside) = sheet.point(at: sheet.grid.midline(up: up)), inside > -0.01 else { continue }
      let p = point + origin
      let isTen = Int(up) % 10 == 0
      let half = up == 0 ? 6 : isTen ? 2.0 : 1.1
      strokes.append(TemplateStroke(points: [p - SIMD2(half, 0), p + SIMD2(half, 0)], pen: .mark))
      if up == 0 {
        words.append(TemplateWord(text: "glabella", at: p + SIMD2(0, -2.8), height: 2.3, anchor: 0.5))
      } else if isTen, midline.up - up > 3 {
        words.append(TemplateWord(text: "\(Int(up))", at: p + SIMD2(2.6, -0.7), height: 2.1))
      }
    }
    if let (point, inside) = sheet.point(at: sheet.grid.midline(up: midline.up)), inside > 0 {
      let text = fixed(Double(midline.up), 1)
      words.append(TemplateWord(text: text, at: point + origin + SIMD2(1, -3.2), height: 2.3, face: .bold))
    }
  }
}

/// Length of a line, mm.
func pathLength(_ points: [SIMD2<Double>]) -> Double {
  zip(points, points.dropFirst()).reduce(0) { sum, step in
    let d = step.1 - step.0
    return sum + (d * d).sum().squareRoot()
  }
}

/// 0 is a, 25 z, 26 aa.
func letter(_ number: Int) -> String {
  let here = String(UnicodeScalar(UInt8(97 + number % 26)))
  return number < 26 ? here : letter(number / 26 - 1) + here
}

/// A circle as a polygon of 24 corners.
private func circle(_ middle: SIMD2<Double>, _ radius: Double) -> [SIMD2<Double>] {
  (0..<24).map { k in
    let angle = Double(k) * .pi / 12
    return middle + SIMD2(cosine(angle), sine(angle)) * radius
  }
}

/// A line cut into dashes.
func dashed(_ points: [SIMD2<Double>], _ dashes: [Double]) -> [[SIMD2<Double>]] {
  if dashes.isEmpty { return [points] }
  var pieces: [[SIMD2<Double>]] = []
  var piece = [points[0]]
  var phase = 0
  var left = dashes[0]
  for (a, b) in zip(points, points.dropFirst()) {
    let step = pathLength([a, b])
    var done = 0.0
    while step - done > left {
      done += left
      let p = a + (b - a) * (done / step)
      piece.append(p)
      if phase % 2 == 0 { pieces.append(piece) }
      piece = [p]
      phase = (phase + 1) % dashes.count
      left = dashes[phase]
    }
    left -= step - done
    piece.append(b)
  }
  if phase % 2 == 0, piece.count > 1 { pieces.append(piece) }
  return pieces
}
