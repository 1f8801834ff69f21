// The five views of a landmark sheet with their grid, figures, marks and notes.

import Arithmetic
import Drawing
import Meshes
import PNGImage
import ScalpGeometry
import ScalpRendering

struct SheetDrawing {
  var mesh: TriangleMesh
  let skin: ScanSkin?
  let name: String
  var box: BoundingBox
  /// In the coordinates of `mesh`.
  var guess: FrameGuess?
  /// What is printed for a design, in the file's own coordinates.
  var printed: FrameGuess? { original ?? guess }
  private var original: FrameGuess?
  var isStraightened: Bool { original != nil }
  /// Whether all of the scan is shown, along its own axes.
  var isWhole = false
  /// What is shaded.
  var completed: CompletedSkin?

  init(mesh: TriangleMesh, skin: ScanSkin?, name: String, box: BoundingBox, guess: FrameGuess?) {
    (self.mesh, self.skin, self.name, self.box, self.guess) = (mesh, skin, name, box, guess)
  }

  /// The same scan in millimetres along the axes of a frame.
  ///
  /// - Parameter printed: the guess in the file's coordinates.
  func straightened(_ frame: ScanFrame, printed: FrameGuess) -> SheetDrawing? {
    guard var moved = guess else { return nil }
    var drawing = self
    drawing.original = printed
    drawing.mesh = frame.place(mesh)
    for (name, p) in moved.landmarks.all { moved.landmarks[name] = SIMD3<Double>(frame.place(p)) }
    moved.frame = ScanFrame(
      origin: .zero, left: SIMD3(1, 0, 0), up: SIMD3(0, 1, 0), forward: SIMD3(0, 0, 1), millimetresPerUnit: 1)
    drawing.guess = moved
    guard let box = BoundingBox(drawing.mesh) else { return nil }
    drawing.box = box
    return drawing
  }

  static let panel = 820
  static let margin = 64
  static let header = 84
  static let paper = PageStyle.paper
  static let ink = PageStyle.ink
  static let grey = PageStyle.grey
  static let blue = SIMD3<UInt8>(20, 84, 180)
  static let red = SIMD3<UInt8>(208, 24, 48)

  /// Middle and half extent of what is shown: the head if one was found, all of it, else everything.
  private var frame: (centre: SIMD3<Float>, half: Float) {
    let whole = (centre: (box.low + box.high) / 2, half: 0.53 * (box.high - box.low).max())
    guard let guess, !isWhole else { return whole }
    // Skin from the throat up, and 30 mm around the mean head's.
    var low = SIMD3<Float>(repeating: .infinity)
    var high = -low
    func take(_ p: SIMD3<Float>) {
      low = low.replacing(with: p, where: p .< low)
      high = high.replacing(with: p, where: p .> high)
    }
    for p in mesh.positions {
      let q = guess.frame.place(p)
      if abs(q.x) < 125, q.y > -135, q.y < 200, q.z > -165, q.z < 155 { take(p) }
    }
    for (_, place) in guess.landmarks.all { take(SIMD3<Float>(place)) }
    return ((low + high) / 2, min(0.54 * (high - low).max(), whole.half))
  }

  /// What the sheet calls the file: names of files may be names of clients.
  private var scanName: String { "scan." + (name.split(separator: ".").last.map { $0.lowercased() } ?? "ply") }

  func sheet() -> LandmarkSheet {
    let (centre, half) = frame
    let pixelsPerUnit = Float(Self.panel) / (2 * half)
    let (step, labelEvery) = gridStep(pixelsPerUnit)
    let cellWidth = Self.panel + Self.margin + 24
    let cellHeight = Self.panel + 92
    var page = RasterImage(
      width: 3 * cellWidth + 24, height: Self.header + 2 * cellHeight + 16, fill: Self.paper)
    drawText("Landmarks", into: &page, x: 24, y: 20, height: 24, colour: Self.ink, weight: .bold)
    drawText(
      (isStraightened
        ? "Grid and figures in mm along the head's axes as printed here, not the file's own: a line every "
          + "\(plainNumber(step)) mm. "
        : "Grid and figures in the file's own coordinates, a line every \(plainNumber(step)) units. ")
        + "Two figures come from one view, the third from another.", into: &page, x: 24, y: 56, height: 13,
      colour: Self.grey)
    var views: [LandmarkSheet.View] = []
    for (k, side) in Side.allCases.enumerated() {
      let (right, up) = axes(of: side)
      let x = 24 + (k % 3) * cellWidth
      let y = Self.header + (k / 3) * cellHeight
      let view = OrthographicView(
        right: right, up: up, centre: centre, pixelsPerUnit: pixelsPerUnit, width: Self.panel, height: Self.panel)
      var picture = view.drawn(
        mesh, paper: SIMD3(232, 233, 235), skin: skin, shadedFrom: completed?.firstTriangle)
      drawGrid(view, step: step, into: &picture)
      if guess != nil { drawGuesses(view, side, into: &picture) }
      page.place(picture, x: x + Self.margin, y: y + 34)
      drawFigures(view, step: step, every: labelEvery, into: &page, x: x + Self.margin, y: y + 34)
      let (rightName, upName) = (axisName(right), axisName(up))
      drawText(
        guess == nil ? "\(rightName) right, \(upName) up" : side.title, into: &page, x: Float(x + Self.margin),
        y: Float(y), height: 17, colour: Self.ink, weight: .bold)
      drawText(
        "\(rightName) runs right, \(upName) runs up", into: &page, x: Float(x + Self.margin) + 330, y: Float(y) + 4,
        height: 12, colour: Self.grey)
      views.append(.init(name: side.rawValue, right: rightName, up: upName))
    }
    drawNotes(into: &page, x: 24 + 2 * cellWidth + Self.margin, y: Self.header + cellHeight + 34)
    return LandmarkSheet(image: page, views: views, guess: guess, isStraightened: isStraightened, gridStep: step)
  }

  enum Side: String, CaseIterable {
    case front, left, right, top, back

    var title: String {
      switch self {
      case .front: "front"
      case .left: "subject's left side"
      case .right: "subject's right side"
      case .top: "from above"
      case .back: "back"
      }
    }
  }

  /// The file's axes nearest to the side's right and up.
  private func axes(of side: Side) -> (right: SIMD3<Float>, up: SIMD3<Float>) {
    let left = SIMD3<Float>(guess?.frame.left ?? SIMD3(1, 0, 0))
    let above = SIMD3<Float>(guess?.frame.up ?? SIMD3(0, 1, 0))
    let ahead = SIMD3<Float>(guess?.frame.forward ?? SIMD3(0, 0, 1))
    let wanted: (right: SIMD3<Float>, up: SIMD3<Float>) =
      switch side {
      case .front: (left, above)
      case .left: (-ahead, above)
      case .right: (ahead, above)
      case .top: (left, -ahead)
      case .back: (-left, above)
      }
    func nearest(_ v: SIMD3<Float>, not taken: SIMD3<Float>) -> SIMD3<Float> {
      var best = SIMD3<Float>.zero
      for k in 0..<3 where taken[k] == 0 && abs(v[k]) > abs(dot(best, v)) {
        best = .zero
        best[k] = v[k] < 0 ? -1 : 1
      }
      return best == .zero ? SIMD3(taken.y != 0 ? 1 : 0, taken.y != 0 ? 0 : 1, 0) : best
    }
    let up = nearest(wanted.up, not: .zero)
    return (nearest(wanted.right, not: up), up)
  }

  private func axisName(_ axis: SIMD3<Float>) -> String {
    let k = axis.x != 0 ? 0 : (axis.y != 0 ? 1 : 2)
    return (axis[k] < 0 ? "-" : "+") + ["x", "y", "z"][k]
  }

  /// Distance of grid lines, and every how many lines there is a figure.
  private func gridStep(_ pixelsPerUnit: Float) -> (step: Double, labelEvery: Int) {
    // 1, 2 or 5 times a power of ten, 11 pixels or more.
    var power = 1e-6
    while power < 1e9 {
      for (digit, every) in [(1.0, 5), (2.0, 5), (5.0, 4)] where digit * power * Double(pixelsPerUnit) >= 11 {
        return (digit * power, every)
      }
      power *= 10
    }
    return (power, 5)
  }

  /// Positions of the grid's lines along an axis of the picture: the line's number and its pixel.
  private func lines(
    _ axis: SIMD3<Float>, _ view: OrthographicView, step: Double, isRight: Bool
  ) -> [(number: Int, pixel: Int)] {
    let k = axis.x != 0 ? 0 : (axis.y != 0 ? 1 : 2)
    let half = Double(Self.panel) / 2 / Double(view.pixelsPerUnit)
    let middle = Double(view.centre[k])
    let first = Int(((middle - half) / step).rounded(.up))
    let last = Int(((middle + half) / step).rounded(.down))
    return (first...max(first, last)).compactMap { number in
      let offset = (Double(number) * step - middle) * Double(view.pixelsPerUnit) * Double(axis[k])
      let pixel = Int((Double(Self.panel) / 2 + (isRight ? offset : -offset)).rounded(.down))
      return (0..<Self.panel).contains(pixel) ? (number, pixel) : nil
    }
  }

  private func drawGrid(_ view: OrthographicView, step: Double, into image: inout RasterImage) {
    let (_, every) = gridStep(view.pixelsPerUnit)
    func opacity(_ number: Int) -> Float {
      // Coloured skin is busier than grey: its lines are a little stronger.
      let weight: Float = skin == nil ? 1 : 1.35
      if number == 0 { return 0.95 }
      if number % every == 0 { return 0.5 * weight }
      return (every == 4 && number % 2 == 0 ? 0.3 : 0.16) * weight
    }
    for (number, x) in lines(view.right, view, step: step, isRight: true) {
      image.fill(x: x, y: 0, width: 1, height: Self.panel, colour: Self.blue, opacity: opacity(number))
    }
    for (number, y) in lines(view.up, view, step: step, isRight: false) {
      image.fill(x: 0, y: y, width: Self.panel, height: 1, colour: Self.blue, opacity: opacity(number))
    }
  }

  private func drawFigures(
    _ view: OrthographicView, step: Double, every: Int, into page: inout RasterImage, x: Int, y: Int
  ) {
    func figure(_ number: Int) -> String {
      let value = Double(number) * step
      let digits = step < 1 ? 1 / step : 1
      return plainNumber((value * digits * 10).rounded() / (digits * 10))
    }
    let height: Float = 11
    for (number, pixel) in lines(view.right, view, step: step, isRight: true) where number % every == 0 {
      let text = figure(number)
      drawText(
        text, into: &page, x: Float(x + pixel) - textWidth(text, height: height) / 2, y: Float(y + Self.panel) + 7,
        height: height, colour: Self.ink)
    }
    for (number, pixel) in lines(view.up, view, step: step, isRight: false) where number % every == 0 {
      let text = figure(number)
      drawText(
        text, into: &page, x: Float(x) - 8 - textWidth(text, height: height), y: Float(y + pixel) - height / 2,
        height: height, colour: Self.ink)
    }
  }

  /// The landmarks that face a side.
  private func shown(on side: Side) -> [ScanLandmarks.Name] {
    switch side {
    case .front: [.leftTragion, .rightTragion, .glabella, .sellion, .trichion, .vertex, .leftCanthus, .rightCanthus]
    case .left: [.leftTragion, .glabella, .sellion, .trichion, .vertex, .inion, .leftCanthus]
    case .right: [.rightTragion, .glabella, .sellion, .trichion, .vertex, .inion, .rightCanthus]
    case .top: [.vertex, .trichion, .leftTragion, .rightTragion]
    case .back: [.vertex, .inion]
    }
  }

  private func drawGuesses(_ view: OrthographicView, _ side: Side, into image: inout RasterImage) {
    guard let guess else { return }
    var taken: [(x: ClosedRange<Float>, y: ClosedRange<Float>)] = []
    let marks = shown(on: side).compactMap { guess.landmarks[$0] }.map { view.project(SIMD3<Float>($0)) }
    for mark in marks { taken.append((mark.x - 10...mark.x + 10, mark.y - 10...mark.y + 10)) }
    for name in shown(on: side) {
      guard let place = guess.landmarks[name] else { continue }
      let p = view.project(SIMD3<Float>(place))
      let (x, y) = (Int(p.x), Int(p.y))
      // A cross with an open middle, so that the place itself stays visible.
      for (from, to) in [(-13, -4), (5, 14)] {
        image.fill(x: x + from, y: y - 1, width: to - from, height: 2, colour: Self.red)
        image.fill(x: x - 1, y: y + from, width: 2, height: to - from, colour: Self.red)
      }
      // Beside its cross where nothing else is, on the side of the face first, so that the ear stays in sight.
      let width = textWidth(name.title, height: 11)
      let isAway = side == .left && name == .leftTragion
      let (right, left) = (p.x + 16, p.x - 16 - width)
      var places: [SIMD2<Float>] = []
      for rise in [-22, 8, -42, 28, -62, 48, -82, 68] as [Float] {
        places += (isAway ? [left, right] : [right, left]).map { SIMD2($0, p.y + rise) }
      }
      let free = places.first { at in
        let (x, y) = (at.x - 3...at.x + width + 4, at.y...at.y + 17)
        return x.lowerBound >= 0 && x.upperBound < Float(Self.panel) && y.lowerBound >= 0
          && y.upperBound < Float(Self.panel) && !taken.contains { $0.x.overlaps(x) && $0.y.overlaps(y) }
      }
      let at = free ?? places[0]
      taken.append((at.x - 3...at.x + width + 4, at.y...at.y + 17))
      image.fill(
        x: Int(at.x) - 3, y: Int(at.y), width: Int(width) + 7, height: 17, colour: SIMD3(repeating: 255), opacity: 0.7)
      drawText(name.title, into: &image, x: at.x, y: at.y + 3, height: 11, colour: Self.red)
    }
  }

  /// A field of the shading and what it means.
  private func drawKey(of completed: CompletedSkin, into page: inout RasterImage, x: Int, y: Int) {
    for row in 0..<36 {
      for column in 0..<44 where x + column < page.width && y + row < page.height {
        page[x + column, y + row] = OrthographicView.shaded(SIMD3(repeating: 190), x: x + column, y: y + row)
      }
    }
    drawText(
      "Shaded: completed from the mean head; the scan does not show it.", into: &page, x: Float(x + 56), y: Float(y),
      height: 14, colour: Self.ink, weight: .bold)
    let sides = completed.sides.isEmpty ? "" : ": " + completed.sides.joined(separator: ", ")
    drawText(
      "\(Int(completed.area.rounded())) cm2, \(Int((100 * completed.share).rounded())) % of the head\(sides)",
      into: &page,
      x: Float(x + 56), y: Float(y) + 20, height: 13, colour: Self.ink)
  }

  private func drawNotes(into page: inout RasterImage, x: Int, y: Int) {
    var notes: [(String, Bool)] = []
    if let guess {
      notes += [("A first guess (red), from the shape of a mean head.", true)]
      notes += [
        ("Move each point to where the grid shows it, and put it into the design:", false), ("", false),
        ("head:", false), ("  scan: \(scanName)", false),
      ]
      notes += yaml(printed ?? guess, byAxes: isStraightened).map { ($0, false) }
      notes += [("", false)]
      if !guess.isSure {
        notes += [
          ("It is uncertain: other starts put points up to \(short(Double(guess.spread))) mm elsewhere.", true),
          ("", false),
        ]
      }
    } else {
      notes += [
        ("No head was found: the views run along the file's axes.", true), ("Read the landmarks off the grid.", false),
        ("", false),
      ]
    }
    notes += [
      ("Tragion: the notch just above the small flap in front of the ear canal.", false),
      ("Glabella: the foremost point of the forehead between the brows.", false),
      ("Sellion: the deepest point of the nasal root.", false),
      ("Both tragions and one of glabella and sellion are needed; more points help.", false),
      ("Left is the subject's left.", false),
    ]
    if let completed {
      drawKey(of: completed, into: &page, x: x, y: y + 27 * (notes.count + 1))
    }
    for (k, note) in notes.enumerated() {
      drawText(
        note.0, into: &page, x: Float(x), y: Float(y) + 27 * Float(k), height: 14, colour: Self.ink,
        weight: note.1 ? .bold : .regular)
    }
  }
}
