// What a template shows of a design: its lines on the skin, the tapes that check them, and the places that are marked.

import Arithmetic
import Meshes
import ScalpGeometry
import TreatmentDesign

/// A line that is drawn, as rows and columns of the grid.
struct TemplateLine {
  enum Kind: CaseIterable {
    /// A hairline with its irregularity, and the smooth course under it.
    case hairline, course
    /// Where a broken hairline has a gap.
    case gap
    /// Where a hairline goes on along the border of the client's own hair.
    case ownBorder
    case zone, work
    case scar, blend
  }
  var kind: Kind
  var places: [SIMD2<Float>]
  /// What it belongs to, in the names of pieces: "hairline", "zone".
  var name: String
}

/// A length that a tape gives on the client.
struct TemplateTape {
  var name: String
  /// On the skin, mm.
  var length: Double
  var places: [SIMD2<Float>]
}

/// A place that is marked and named.
struct TemplateMark {
  var place: SIMD2<Float>
  var text: String
  /// Whether its name stands above it.
  var isAbove = false
}

struct TemplateLines {
  var lines: [TemplateLine] = []
  var tapes: [TemplateTape] = []
  var marks: [TemplateMark] = []
  /// From the glabella to the front, if a line crosses the midline there: a mm to a step, and the line's own `up`.
  var midline: (places: [SIMD2<Float>], up: Float)?

  init(_ fields: CompiledDesign, on grid: SkinGrid) {
    addHairlines(fields, grid)
    addBorders(fields, grid)
    addStripScars(fields, grid)
    addEdgeOfWork(fields, grid)
    addMidline(fields, grid)
    let landmarks = fields.scalp.head.landmarks
    for (name, place) in [("vertex", landmarks.vertex), ("inion", landmarks.inion)] {
      marks.append(TemplateMark(place: grid.place(of: place), text: name, isAbove: true))
    }
  }

  /// What paper is made for.
  var paper: [SheetLine] {
    let drawn = lines.filter { $0.kind != .course }.map { SheetLine(places: $0.places) }
    return drawn + (midline.map { [SheetLine(places: $0.places, isTape: true)] } ?? [])
  }

  private mutating func addHairlines(_ fields: CompiledDesign, _ grid: SkinGrid) {
    let guides = fields.hairlines
    for (k, guide) in guides.enumerated() {
      let name = guides.count == 1 ? "hairline" : "hairline \(k + 1)"
      let arcs = guide.smooth.arcs
      let own = arcs.indices.filter { guide.own.contains(arcs[$0]) }
      guard let first = own.first, let last = own.last else { continue }
      func places(_ positions: [SIMD3<Float>], _ range: ClosedRange<Int>) -> [SIMD2<Float>] {
        positions[range].map { grid.place(of: $0) }
      }
      lines.append(TemplateLine(kind: .course, places: places(guide.smooth.positions, first...last), name: name))
      func isGap(_ i: Int) -> Bool { guide.gaps.contains { $0.contains(arcs[i]) } }
      var start = first
      for i in first..<last where i == last - 1 || isGap(i + 1) != isGap(start + 1) {
        let end = i == last - 1 ? last : i + 1
        lines.append(
          TemplateLine(kind: isGap(start + 1) ? .gap : .hairline, places: places(guide.drawn, start...end), name: name))
        start = end
      }
      for run in [max(first - 12, 0)...first, last...min(last + 12, arcs.count - 1)] {
        lines.append(TemplateLine(kind: .ownBorder, places: places(guide.drawn, run), name: name))
      }
      func tape(_ text: String, _ from: Float, _ to: Float) {
        let between = arcs.indices.filter { arcs[$0] > from && arcs[$0] < to }.map { guide.smooth.positions[$0] }
        let all = [guide.smooth.position(at: from)] + between + [guide.smooth.position(at: to)]
        tapes.append(
          TemplateTape(
            name: (guides.count == 1 ? "" : name + ", ") + text, length: Double(to - from),
            places: all.map { grid.place(of: $0) }))
      }
      tape("temple to temple along the line", guide.own.lowerBound, guide.own.upperBound)
      if let left = guide.corners.first, let right = guide.corners.last, right > left {
        tape("corner to corner along the line", left, right)
      }
      for (arc, what) in [(guide.own.lowerBound, "temple"), (guide.own.upperBound, "temple")]
        + guide.corners.map({ ($0, "corner") })
      {
        let position = guide.smooth.position(at: arc)
        marks.append(
          TemplateMark(
            place: grid.place(of: position), text: what + " " + tapeText(fields.scalp.frame, position),
            isAbove: what == "corner"))
      }
    }
  }

  private mutating func addBorders(_ fields: CompiledDesign, _ grid: SkinGrid) {
    for border in fields.borders {
      let (kind, name): (TemplateLine.Kind, String) =
        switch border.kind {
        case .zone: (.zone, "zone, layer \(border.layer + 1)")
        case .gradient: (.zone, "gradient, layer \(border.layer + 1)")
        case .mask: (.zone, "mask, layer \(border.layer + 1), half of its density")
        case .scar: (.scar, "scar, layer \(border.layer + 1)")
        case .extractions: (.zone, "extraction scars, layer \(border.layer + 1)")
        }
      let triangles = fields.scalp.head.mesh.triangles
      addContours(of: grid.points.map { $0?.mix(border.inside, triangles) ?? .nan }, kind, name, grid)
    }
  }

  private mutating func addContours(
    of values: [Float], _ kind: TemplateLine.Kind, _ name: String, _ grid: SkinGrid
  ) {
    for contour in grid.contours(of: values) {
      let places = contour.places + (contour.isClosed ? [contour.places[0]] : [])
      var length: Float = 0
      for (a, b) in zip(places, places.dropFirst()) {
        length += Arithmetic.length(grid.position(at: a) - grid.position(at: b))
      }
      // A crumb of 5 mm is the grain of the field, not a border.
      if length > 16 { lines.append(TemplateLine(kind: kind, places: places, name: name)) }
    }
  }

  private mutating func addStripScars(_ fields: CompiledDesign, _ grid: SkinGrid) {
    for (layer, line, width, ring) in fields.stripScarLines {
      let name = "strip scar, layer \(layer + 1)"
      func offset(_ aside: Float) -> [SIMD2<Float>] {
        line.positions.indices.map { i in
          grid.place(of: line.positions[i] + cross(line.normals[i], line.tangent(at: i)) * aside)
        }
      }
      lines.append(TemplateLine(kind: .course, places: offset(0), name: name))
      for sign in [1, -1] as [Float] {
        lines.append(TemplateLine(kind: .scar, places: offset(sign * 0.5 * width), name: name))
        if ring > 0 {
          lines.append(TemplateLine(kind: .blend, places: offset(sign * (0.5 * width + ring)), name: name))
        }
      }
      tapes.append(TemplateTape(name: name + ", end to end", length: Double(line.length), places: offset(0)))
      for position in [line.positions[0], line.positions[line.positions.count - 1]] {
        marks.append(
          TemplateMark(place: grid.place(of: position), text: "end " + tapeText(fields.scalp.frame, position)))
      }
    }
  }

  /// A zone of the whole scalp has no border to trace; the work in it ends where hair is full.
  private mutating func addEdgeOfWork(_ fields: CompiledDesign, _ grid: SkinGrid) {
    let isWhole = fields.design.layers.contains { layer in
      switch layer {
      case .zone(let zone): zone.area == .scalp && layer.setsImpressions
      case .gradient(let gradient): gradient.area == .scalp && layer.setsImpressions
      default: false
      }
    }
    if !isWhole { return }
    let wanted = grid.points.map { $0.map { fields.impressions(at: $0) } ?? .nan }
    let greatest = wanted.reduce(0) { $1 > $0 ? $1 : $0 }
    guard greatest > 1 else { return }
    addContours(of: wanted.map { $0 - 0.5 * greatest }, .work, "edge of the work", grid)
  }

  /// From the glabella to the first line above it.
  private mutating func addMidline(_ fields: CompiledDesign, _ grid: SkinGrid) {
    let frame = fields.scalp.frame
    let middle = grid.midline(up: 0).y
    var least: (up: Float, name: String)?
    let hasCourse = lines.contains { $0.kind == .course }
    for line in lines where line.kind != .hairline || !hasCourse {
      for (a, b) in zip(line.places, line.places.dropFirst()) where (a.y < middle) != (b.y < middle) {
        let place = a + (b - a) * ((middle - a.y) / (b.y - a.y))
        let up = frame.coordinates(of: grid.position(at: place)).up
        if up > 20, up < 140, up < least?.up ?? .infinity { least = (up, line.name) }
      }
    }
    guard let least else { return }
    let places = (0...Int((least.up + 4).rounded(.up))).map { grid.midline(up: min(Float($0), least.up)) }
    var taped = places
    while taped.count > 1, taped[taped.count - 2] == taped[taped.count - 1] { taped.removeLast() }
    midline = (taped, least.up)
    tapes.insert(
      TemplateTape(name: "glabella to the line over the midline", length: Double(least.up), places: taped), at: 0)
  }
}

/// A place as the tape gives it: "up 92, left 47".
func tapeText(_ frame: ScalpFrame, _ position: SIMD3<Float>) -> String {
  let place = frame.coordinates(of: position)
  let side = fixed(Double(abs(place.side)), 0)
  return "up \(fixed(Double(place.up), 0))"
    + (abs(place.side) < 0.5 ? "" : ", \(place.side > 0 ? "left" : "right") \(side)")
}
