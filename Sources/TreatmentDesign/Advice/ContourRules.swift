// L2, L4, L5 and L15 for the front that zones, gradients and masks make: the same questions, with the same thresholds, as for
// hairline layers. A front line is what is seen, whatever key it was written with.
import Arithmetic
import ScalpGeometry

/// L2, L4, L5 and L15 on the contour of the whole field.
func contourRules(_ fields: CompiledDesign, threads: Int?) -> [LintFinding] {
  let front = fields.frontContour(threads: threads)
  guard let layer = front.layer else { return [] }
  let key = fields.design.areaKey(ofLayer: layer)
  return contourHeight(front, fields.design, key) + contourStraightness(front, key)
    + contourCorners(front, fields, key)
}

private func contourHeight(_ front: FrontContour, _ design: Design, _ key: String) -> [LintFinding] {
  guard let height = front.height else { return [] }
  let lowest: Double = sex(of: design) == .male ? 60 : 50
  if height < lowest {
    return [
      LintFinding(
        id: "L4", level: .error, subject: "front of the pigment above the glabella", measured: height,
        advised: .atLeast(lowest), unit: "mm",
        reason: "a front this low sits on the forehead and cannot be raised again", keyPath: key)
    ]
  }
  guard sex(of: design) == .male, let age = design.client.age else { return [] }
  let fitting = lowestFront(atAge: age)
  if height >= fitting { return [] }
  return [
    LintFinding(
      id: "L15", level: .warning, subject: "front of the pigment above the glabella at \(plain(age)) years",
      measured: height, advised: .atLeast(fitting), unit: "mm",
      reason: "the front is younger than the face and will look so more each year", keyPath: key)
  ]
}

/// A front that fades over 10 mm or more shows no line.
private func contourStraightness(_ front: FrontContour, _ key: String) -> [LintFinding] {
  var longest: Float = 0
  for run in front.runs {
    for part in run.split(whereSeparator: { $0.softness > 9.5 }) {
      let line = EvenLine(Array(part))
      let window = 30
      if line.positions.count <= window { continue }
      var count = 0
      for start in 0..<line.positions.count - window {
        let places = Array(line.positions[start...start + window])
        let isStraight = deviationFromArc(places, normal: line.normals[start + window / 2]) < 0.4
        count = isStraight ? count + 1 : 0
        if count > 0 { longest = max(longest, Float(window + count - 1) * line.spacing) }
      }
    }
  }
  let advice = LintFinding.Advice.atMost(40)
  if advice.allows(Double(longest)) { return [] }
  return [
    LintFinding(
      id: "L2", level: .warning, subject: "straight stretch of the front, within 0.4 mm of an arc,",
      measured: Double(longest), advised: advice, unit: "mm",
      reason: "no hairline grows this evenly; it looks drawn with a ruler", keyPath: key)
  ]
}

/// The sharpest bend on each side that is at least 25 mm from the middle and has 25 mm of the front on both sides.
private func contourCorners(_ front: FrontContour, _ fields: CompiledDesign, _ key: String) -> [LintFinding] {
  guard sex(of: fields.design) == .male else { return [] }
  let marks = fields.scalp.head.landmarks
  return [(Float(1), "left", marks.leftCanthus.x), (-1, "right", -marks.rightCanthus.x)].flatMap {
    side, name, canthus -> [LintFinding] in
    var best: (angle: Float, aside: Float)?
    for run in front.runs {
      let line = EvenLine(run)
      let arm = Int((25 / line.spacing).rounded())
      guard line.positions.count > 2 * arm else { continue }
      for i in arm..<line.positions.count - arm where line.positions[i].x * side > 25 {
        let angle = innerAngle(
          at: line.positions[i], between: line.positions[i - arm], and: line.positions[i + arm],
          normal: line.normals[i])
        if angle < best?.angle ?? .infinity { best = (angle, abs(line.positions[i].x)) }
      }
    }
    guard let best else { return [] }
    var findings: [LintFinding] = []
    let advice = LintFinding.Advice.atMost(150)
    if !advice.allows(Double(best.angle)) {
      findings.append(
        LintFinding(
          id: "L5", level: .warning, subject: "inner angle of the \(name) temple corner of the pigment",
          measured: Double(best.angle), advised: advice, unit: "°", reason: "a flat temple is a boy's or a woman's",
          keyPath: key))
    } else if Double(best.aside) < Double(canthus) - 5 {
      findings.append(
        LintFinding(
          id: "L5", level: .warning, subject: "\(name) temple corner of the pigment, from the midline,",
          measured: Double(best.aside), advised: .atLeast(Double(canthus) - 5), unit: "mm",
          reason: "the corner lies above the outer corner of the eye; nearer to the middle it narrows the face",
          keyPath: key))
    }
    return findings
  }
}

/// A run of the front in steps of equal length, about 1 mm.
private struct EvenLine {
  var positions: [SIMD3<Float>] = []
  var normals: [SIMD3<Float>] = []
  var spacing: Float = 1

  init(_ run: [FrontContour.Place]) {
    var arcs: [Float] = [0]
    for (a, b) in zip(run, run.dropFirst()) {
      arcs.append(arcs[arcs.count - 1] + Arithmetic.length(b.position - a.position))
    }
    guard let whole = arcs.last, whole > 1, whole < 10_000 else { return }
    let steps = Int(whole.rounded())
    spacing = whole / Float(steps)
    var k = 0
    for i in 0...steps {
      let arc = min(Float(i) * spacing, whole)
      while k + 2 < arcs.count && arcs[k + 1] < arc { k += 1 }
      let share = (arc - arcs[k]) / max(arcs[k + 1] - arcs[k], 1e-6)
      positions.append(run[k].position + (run[k + 1].position - run[k].position) * share)
      normals.append(normalized(run[k].normal + (run[k + 1].normal - run[k].normal) * share))
    }
  }
}

extension Design {
  /// The key that decides where a layer lies.
  func areaKey(ofLayer index: Int) -> String {
    let name = "layers[\(index)].\(layers[index].name)"
    switch layers[index] {
    case .zone(let zone): return "\(name).\(zone.area.key)"
    case .gradient(let gradient): return "\(name).\(gradient.area.key)"
    case .mask: return "\(name).image"
    case .hairline(let line): return line.points.isEmpty ? "\(name).height" : "\(name).points"
    case .scar: return name
    }
  }
}

extension ZoneLayer.Area {
  fileprivate var key: String {
    switch self {
    case .scalp: "area"
    case .ellipse: "ellipse"
    case .polygon: "polygon"
    case .band: "band"
    }
  }
}
