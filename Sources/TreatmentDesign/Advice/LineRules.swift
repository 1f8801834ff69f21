// Rules about hairlines as they lie on a head: L2 straightness, L5 temple corners. For fronts that other layers make see
// ContourRules.swift.
import Arithmetic
import ScalpGeometry

/// L2: the line at which half of the density is reached does not run straight, or along one arc, for more than 40 mm.
/// Arcs of 30 mm are fitted all along it; a stretch counts where the root mean square deviation stays under 0.4 mm. Hair
/// grows in no such line; an edge-up is cut to one, so there it is only said.
func straightLineRule(_ fields: CompiledDesign) -> [LintFinding] {
  forEachHairline(of: fields) { layer, line, keyPath in
    let straight = Double(line.longestStraightStretch(deviation: 0.4))
    let advice = LintFinding.Advice.atMost(40)
    if advice.allows(straight) { return [] }
    return [
      LintFinding(
        id: "L2", level: layer.style == .edgeUp ? .info : .warning,
        subject: "straight stretch of the line, within 0.4 mm of an arc,", measured: straight, advised: advice,
        unit: "mm",
        reason: layer.style == .edgeUp
          ? "a cut edge is meant to be straight; it needs a barber every week"
          : "no hairline grows this evenly; it looks drawn with a ruler",
        keyPath: "\(keyPath).\(layer.jitter == nil ? "style" : "jitter")")
    ]
  }
}

/// L5: a man's temple corner stays open: its inner angle is at most 150°, and it lies on the vertical through the outer
/// corner of the eye, not nearer to the middle (Shapiro and Shapiro 2013). A corner filled flat is a boy's or a woman's.
func templeCornerRule(_ fields: CompiledDesign) -> [LintFinding] {
  guard sex(of: fields.design) == .male else { return [] }
  let marks = fields.scalp.head.landmarks
  return forEachHairline(of: fields) { layer, line, keyPath in
    let key = layer.points.isEmpty ? "\(keyPath).templeRecession" : "\(keyPath).points"
    return [(line.leftCorner, "left", marks.leftCanthus.x), (line.rightCorner, "right", -marks.rightCanthus.x)]
      .flatMap { corner, name, canthus -> [LintFinding] in
        guard let corner else { return [] }
        var findings: [LintFinding] = []
        let advice = LintFinding.Advice.atMost(150)
        let angle = Double(corner.angle)
        if !advice.allows(angle) {
          findings.append(
            LintFinding(
              id: "L5", level: .warning, subject: "inner angle of the \(name) temple corner", measured: angle,
              advised: advice, unit: "°", reason: "a flat temple is a boy's or a woman's", keyPath: key))
        }
        // 5 mm are within what landmarks on a scan are good for.
        let least = Double(canthus) - 5
        let aside = Double(abs(corner.position.x))
        if aside < least {
          findings.append(
            LintFinding(
              id: "L5", level: .warning, subject: "\(name) temple corner, from the midline,", measured: aside,
              advised: .atLeast(least), unit: "mm",
              reason: "the corner lies above the outer corner of the eye; nearer to the middle it narrows the face",
              keyPath: key))
        }
        return findings
      }
  }
}

private func forEachHairline(
  of fields: CompiledDesign, _ rule: (HairlineLayer, Hairline, String) -> [LintFinding]
) -> [LintFinding] {
  fields.design.layers.indices.flatMap { i -> [LintFinding] in
    guard case .hairline(let layer) = fields.design.layers[i],
      case .hairline(let line) = fields.fields.layers[i].source,
      layer.blend.takesDensity
    else { return [] }
    return rule(layer, line, "layers[\(i)].hairline")
  }
}

extension Hairline {
  /// A frontotemporal corner: its place, and the inner angle of the line there, degrees.
  struct Corner {
    var position: SIMD3<Float>
    var angle: Float
  }

  /// The corners: those of the shape; of a drawn line, on each side the sharpest bend at least 25 mm from the middle.
  var leftCorner: Corner? { corner(side: 1) }
  var rightCorner: Corner? { corner(side: -1) }

  private func corner(side: Float) -> Corner? {
    let candidates =
      corners.isEmpty
      ? stride(from: own.lowerBound + 20, through: max(own.upperBound - 20, own.lowerBound + 20), by: 1).map { $0 }
      : corners
    var best: Corner?
    for arc in candidates {
      let p = curve.position(at: arc)
      guard p.x * side > 25 else { continue }
      let angle = innerAngle(at: arc)
      if best.map({ angle < $0.angle }) ?? true { best = Corner(position: p, angle: angle) }
    }
    return best
  }

  /// Angle between the line's course 25 mm before and after `arc`, laid flat on the skin there, degrees.
  func innerAngle(at arc: Float) -> Float {
    return TreatmentDesign.innerAngle(
      at: curve.position(at: arc), between: curve.position(at: arc - 25), and: curve.position(at: arc + 25),
      normal: curve.normals[curve.step(at: arc).corner])
  }

  /// Length of the longest stretch of the 50 % contour whose every 30 mm lie within `deviation` mm (root mean square) of
  /// their best arc, mm; 0 if no 30 mm do. Over so short a way an arc is a parabola. Between the temple corners only:
  /// the temples' own edges grow straight.
  func longestStraightStretch(deviation: Float) -> Float {
    let front = corners.count == 2 ? corners[0]...max(corners[0], corners[1]) : own
    let inside = curve.positions.indices.filter { front.contains(curve.arcs[$0]) }
    guard let first = inside.first, let last = inside.last else { return 0 }
    let contour = (first...last).map { i in
      curve.positions[i] - cross(curve.normals[i], curve.tangent(at: i)) * profile.halfway(curve.arcs[i])
    }
    let spacing = curve.length / Float(max(curve.positions.count - 1, 1))
    let window = Int((30 / spacing).rounded())
    guard contour.count > window else { return 0 }
    var longest: Float = 0
    var run = 0
    for start in 0..<contour.count - window {
      let part = Array(contour[start...start + window])
      run = deviationFromArc(part, normal: curve.normals[first + start + window / 2]) < deviation ? run + 1 : 0
      if run > 0 { longest = max(longest, Float(window + run - 1) * spacing) }
    }
    return longest
  }
}

/// Angle at `p` between two places, laid flat on the skin whose normal there is `normal`, degrees.
func innerAngle(
  at p: SIMD3<Float>, between a: SIMD3<Float>, and b: SIMD3<Float>, normal: SIMD3<Float>
) -> Float {
  func flat(_ q: SIMD3<Float>) -> SIMD3<Float> {
    let d = q - p
    return normalized(d - normal * dot(d, normal))
  }
  let cosine = dot(flat(a), flat(b))
  // By halving: the angle whose cosine this is.
  var low: Float = 0
  var high: Float = 180
  for _ in 0..<24 {
    let middle = 0.5 * (low + high)
    if degrees(middle).x > cosine { low = middle } else { high = middle }
  }
  return 0.5 * (low + high)
}

/// Root mean square distance of places from the parabola that fits them best, seen along `normal`.
func deviationFromArc(_ places: [SIMD3<Float>], normal: SIMD3<Float>) -> Float {
  let along = normalized(places[places.count - 1] - places[0])
  let across = normalized(cross(normal, along))
  let middle = places.reduce(.zero, +) / Float(places.count)
  let x = places.map { dot($0 - middle, along) }
  let y = places.map { dot($0 - middle, across) }
  // Orthogonal polynomials on these x: 1, x, x² - a x - b.
  let n = Float(x.count)
  let x2 = x.reduce(0) { $0 + $1 * $1 }
  let x3 = x.reduce(0) { $0 + $1 * $1 * $1 }
  let slope = x2 > 0 ? zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } / x2 : 0
  let a = x2 > 0 ? x3 / x2 : 0
  let bend = x.map { $0 * $0 - a * $0 - x2 / n }
  let bend2 = bend.reduce(0) { $0 + $1 * $1 }
  let curvature = bend2 > 0 ? zip(bend, y).reduce(0) { $0 + $1.0 * $1.1 } / bend2 : 0
  let rest = x.indices.reduce(Float(0)) { sum, i in
    let r = y[i] - slope * x[i] - curvature * bend[i]
    return sum + r * r
  }
  return (rest / n).squareRoot()
}
