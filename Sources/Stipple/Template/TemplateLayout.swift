// Pieces of unrolled skin on sheets of paper: what fits shares a page, what does not goes over several with an overlap.

import ScalpGeometry

/// Paper to print on.
public enum TemplatePaper: String, Sendable, CaseIterable {
  case a4, letter

  /// Upright, mm.
  public var size: SIMD2<Double> {
    switch self {
    case .a4: SIMD2(210, 297)
    case .letter: SIMD2(215.9, 279.4)
    }
  }
}

/// A page without its drawing: the window for it, and the strips around.
struct TemplateFrame {
  /// No printer needs more at an edge, mm.
  static let margin = 8.0
  static let head = 25.0
  static let foot = 17.0
  /// Of the strip on the left that holds the upright ruler.
  static let strip = 10.0
  /// How much neighbouring pages show of each other, mm.
  static let overlap = 15.0

  var size: SIMD2<Double>
  /// Lower left corner and size of the window.
  var corner: SIMD2<Double> { SIMD2(Self.margin + Self.strip, Self.margin + Self.foot) }
  var window: SIMD2<Double> {
    size - SIMD2(2 * Self.margin + Self.strip, 2 * Self.margin + Self.head + Self.foot)
  }

  init(_ paper: TemplatePaper, isLandscape: Bool) {
    size = isLandscape ? SIMD2(paper.size.y, paper.size.x) : paper.size
  }
}

/// A drawing of one or several pieces over one or several pages. Lengths in mm, y upwards.
struct TemplateCanvas {
  struct Placed {
    /// Index into the template's sheets.
    var sheet: Int
    /// Where the sheet's own origin lies.
    var origin: SIMD2<Double>
  }
  var frame: TemplateFrame
  var columns = 1
  var rows = 1
  var placed: [Placed] = []

  var size: SIMD2<Double> {
    let step = frame.window - SIMD2(repeating: TemplateFrame.overlap)
    return SIMD2(repeating: TemplateFrame.overlap) + step * SIMD2(Double(columns), Double(rows))
  }

  /// Lower left corner of the window of a page; row 0 is at the top.
  func corner(column: Int, row: Int) -> SIMD2<Double> {
    let step = frame.window - SIMD2(repeating: TemplateFrame.overlap)
    return SIMD2(step.x * Double(column), step.y * Double(rows - 1 - row))
  }
}

/// The box of a sheet, with room for what is written around it.
struct TemplateBox {
  static let room = SIMD2<Double>(0.7, 8)
  var low = SIMD2<Double>(repeating: .infinity)
  var high = SIMD2<Double>(repeating: -.infinity)

  /// Room for a line of title, mm.
  private let titleWidth: Double

  init(_ outline: [(points: [SIMD2<Double>], cuts: [Int])], title: String) {
    // Helvetica in bold, 2.8 mm: 1.5 mm a letter.
    titleWidth = 1.5 * Double(title.unicodeScalars.count)
    for line in outline {
      for p in line.points {
        low = SIMD2(min(low.x, p.x), min(low.y, p.y))
        high = SIMD2(max(high.x, p.x), max(high.y, p.y))
      }
    }
  }

  var size: SIMD2<Double> { SIMD2(max(high.x - low.x, titleWidth), high.y - low.y) + 2 * Self.room }
}

/// Puts boxes on paper, in order: each on a page with those before it while there is room, or over as few pages as it needs.
func canvases(for boxes: [TemplateBox], on paper: TemplatePaper) -> [TemplateCanvas] {
  var made: [TemplateCanvas] = []
  // The page that is being filled: from the left, in rows from the top.
  var open: (canvas: TemplateCanvas, x: Double, top: Double, bottom: Double)?
  for (index, box) in boxes.enumerated() {
    let size = box.size
    func origin(_ corner: SIMD2<Double>) -> SIMD2<Double> { corner + TemplateBox.room - box.low }
    if var page = open {
      let window = page.canvas.frame.window
      if page.x + size.x > window.x { (page.x, page.top) = (0, page.bottom) }
      if page.x + size.x <= window.x, page.top - size.y >= 0 {
        page.canvas.placed.append(.init(sheet: index, origin: origin(SIMD2(page.x, page.top - size.y))))
        page.x += size.x
        page.bottom = min(page.bottom, page.top - size.y)
        open = page
        continue
      }
    }
    var best: TemplateCanvas?
    for isLandscape in [false, true] {
      var canvas = TemplateCanvas(frame: TemplateFrame(paper, isLandscape: isLandscape))
      let step = canvas.frame.window - SIMD2(repeating: TemplateFrame.overlap)
      func count(_ length: Double, _ step: Double) -> Int {
        max(1, Int(((length - TemplateFrame.overlap) / step).rounded(.up)))
      }
      (canvas.columns, canvas.rows) = (count(size.x, step.x), count(size.y, step.y))
      if canvas.columns * canvas.rows < best.map({ $0.columns * $0.rows }) ?? .max { best = canvas }
    }
    guard var canvas = best else { continue }
    let room = canvas.size
    if canvas.columns * canvas.rows == 1 {
      if let open { made.append(open.canvas) }
      canvas.placed = [.init(sheet: index, origin: origin(SIMD2(0, room.y - size.y)))]
      open = (canvas, size.x, room.y, room.y - size.y)
    } else {
      // From the corner: in the middle, the middle line would lie where pages join.
      canvas.placed = [.init(sheet: index, origin: origin(SIMD2(0, room.y - size.y)))]
      if let filled = open {
        made.append(filled.canvas)
        open = nil
      }
      made.append(canvas)
    }
  }
  if let open { made.append(open.canvas) }
  return made
}
