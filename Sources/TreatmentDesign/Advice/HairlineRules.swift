// Rules about lines and edges: L3 gradient, L4 height, L14 symmetry, L15 age.

/// L3: an edge needs a gradient. Between 10 and 90 % of the density lie at least 2 mm, unless the edge is meant to
/// be cut. Without it the border of the pigment shows as a border, the commonest sign of painted work.
func softEdgeRule(_ design: Design) -> [LintFinding] {
  func finding(_ feather: Double, _ keyPath: String) -> LintFinding? {
    let advice = LintFinding.Advice.atLeast(2)
    if advice.allows(feather) { return nil }
    return LintFinding(
      id: "L3", level: .error, subject: "feather", measured: feather, advised: advice, unit: "mm",
      reason: "without a gradient the edge of the pigment shows as a painted border", keyPath: "\(keyPath).feather")
  }
  let lines = hairlines(of: design).compactMap { line, keyPath in
    line.style == .edgeUp ? nil : line.feather.flatMap { finding($0, keyPath) }
  }
  return lines + zones(of: design).compactMap { zone, keyPath in finding(zone.feather, keyPath) }
}

/// L4: a line is not lower than 60 mm above the glabella on a man, 50 mm on a woman. Measured lines are rarely
/// lower (young Kurdish men 56.5 mm, Japanese men 66.5, women 55 to 64); a low line cannot be raised again.
func hairlineHeightRule(_ design: Design) -> [LintFinding] {
  let lowest: Double = sex(of: design) == .male ? 60 : 50
  return hairlines(of: design).compactMap { line, keyPath in
    let height = middleHeight(of: line)
    let advice = LintFinding.Advice.atLeast(lowest)
    if advice.allows(height) { return nil }
    return LintFinding(
      id: "L4", level: .error, subject: "hairline above the glabella", measured: height, advised: advice, unit: "mm",
      reason: "a line this low sits on the forehead and cannot be raised again",
      keyPath: line.points.isEmpty ? "\(keyPath).height" : "\(keyPath).points")
  }
}

/// L14: left and right differ a little. A root-mean-square difference under 0.5 mm looks drawn with a ruler, over
/// 8 mm looks like a mistake.
func symmetryRule(_ design: Design) -> [LintFinding] {
  hairlines(of: design).compactMap { line, keyPath in
    guard let residual = leftRightResidual(of: line) else { return nil }
    let advice = LintFinding.Advice.within(0.5...8)
    if advice.allows(residual) { return nil }
    let reason =
      residual < 0.5
      ? "no grown hairline is this symmetric; it looks drawn" : "the two sides do not seem to belong together"
    return LintFinding(
      id: "L14", level: .warning, subject: "difference of left and right", measured: residual, advised: advice,
      unit: "mm", reason: reason, keyPath: line.points.isEmpty ? "\(keyPath).asymmetry" : "\(keyPath).points")
  }
}

/// L15: a man's line fits his age: no lower than 65 mm, 70 from 36 on, 75 from 51 on, with temple corners 15 mm
/// behind the middle at thirty and 25 mm at fifty. Hair goes on receding; a boy's line over it looks false.
func ageRule(_ design: Design) -> [LintFinding] {
  guard sex(of: design) == .male, let age = design.client.age else { return [] }
  let lowest = lowestFront(atAge: age)
  let leastRecession = 15 + 10 * min(max((age - 30) / 20, 0), 1)
  return hairlines(of: design).flatMap { line, keyPath -> [LintFinding] in
    var findings: [LintFinding] = []
    let height = middleHeight(of: line)
    // Lines that L4 calls too low for anybody need no second remark.
    if height < lowest && height >= 60 {
      findings.append(
        LintFinding(
          id: "L15", level: .warning, subject: "hairline above the glabella at \(plain(age)) years", measured: height,
          advised: .atLeast(lowest), unit: "mm",
          reason: "the line is younger than the face and will look so more each year",
          keyPath: line.points.isEmpty ? "\(keyPath).height" : "\(keyPath).points"))
    }
    if line.points.isEmpty && line.templeRecession < leastRecession {
      findings.append(
        LintFinding(
          id: "L15", level: .warning, subject: "temple recession at \(plain(age)) years",
          measured: line.templeRecession,
          advised: .atLeast(leastRecession), unit: "mm", reason: "filled temple corners are a boy's",
          keyPath: "\(keyPath).templeRecession"))
    }
    return findings
  }
}

/// The lowest front that fits a man of `age` years, mm above the glabella.
func lowestFront(atAge age: Double) -> Double { age > 50 ? 75 : age > 35 ? 70 : 65 }

// MARK: - Measuring a line

/// Where the line crosses the midline, mm above the glabella.
func middleHeight(of line: HairlineLayer) -> Double {
  guard !line.points.isEmpty else { return line.height }
  return height(of: line.points, atSide: 0) ?? line.points.min { abs($0.side) < abs($1.side) }?.up ?? line.height
}

/// Root mean square of the difference in height between left and right over the width both sides have, mm; `nil`
/// for a line on one side only.
///
/// A shape's asymmetry grows evenly from none at the middle to its full value at the temples, which is
/// asymmetry / √3; waves of amplitude A with unrelated phases left and right differ by A.
func leftRightResidual(of line: HairlineLayer) -> Double? {
  if line.points.isEmpty {
    let undulation = line.figures.undulation
    return (line.asymmetry * line.asymmetry / 3 + undulation * undulation).squareRoot()
  }
  let sides = line.points.map(\.side)
  guard let leftmost = sides.max(), let rightmost = sides.min() else { return nil }
  let reach = min(leftmost, -rightmost)
  guard reach > 0 else { return nil }
  let steps = 64
  var sum = 0.0
  for i in 1...steps {
    let side = reach * Double(i) / Double(steps)
    guard let left = height(of: line.points, atSide: side), let right = height(of: line.points, atSide: -side) else {
      return nil
    }
    sum += (left - right) * (left - right)
  }
  return (sum / Double(steps)).squareRoot()
}

/// Height at which the polyline through `points` first passes `side`, going along it.
private func height(of points: [ScalpPlace], atSide side: Double) -> Double? {
  for (a, b) in zip(points, points.dropFirst()) {
    let (low, high) = (min(a.side, b.side), max(a.side, b.side))
    guard low <= side && side <= high else { continue }
    if high == low { return min(a.up, b.up) }
    return a.up + (b.up - a.up) * (side - a.side) / (b.side - a.side)
  }
  return nil
}
