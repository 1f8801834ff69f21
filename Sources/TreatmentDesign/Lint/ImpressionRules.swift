// Rules about single impressions: L6 dot size, L7 merging with the years, L8 needle depth.

/// L6: an impression stays a dot. Its apparent diameter, widened by the light that scatters around it, is at most
/// 0.40 mm, and its core at most three shafts of the hair beside it. The core is compared with the shaft, the
/// apparent diameter with the eye's limit; the other way round even good work would fail.
func dotSizeRule(_ design: Design) -> [LintFinding] {
  let core = design.pigment.coreDiameter
  var findings: [LintFinding] = []
  let apparent = apparentDiameter(core: core)
  if !LintFinding.Advice.atMost(0.4).allows(apparent) {
    findings.append(
      LintFinding(
        id: "L6", level: .error, subject: "apparent dot diameter, healed,", measured: apparent, advised: .atMost(0.4),
        unit: "mm", reason: "dots this large are seen one by one", keyPath: "pigment.coreDiameter"))
  }
  let widest = 3 * design.hair.calibre
  if !LintFinding.Advice.atMost(widest).allows(core) {
    findings.append(
      LintFinding(
        id: "L6", level: .error, subject: "core diameter", measured: core, advised: .atMost(widest), unit: "mm",
        reason: "more than three hair shafts wide, it does not pass for a cut hair", keyPath: "pigment.coreDiameter"))
  }
  return findings
}

/// L7: neighbours stay apart for five years. The core's full width at half maximum after five years of spreading,
/// over the mean spacing at the layer's density, is at most 0.38; over 0.5 the dots merge into a tone. Spreading is
/// the least supported figure of all (grade D). Layers are judged one by one, where no hair is left.
func mergeRule(_ design: Design) -> [LintFinding] {
  func finding(density: Double, diffusion: Double, keyPath: String) -> LintFinding? {
    guard density > 0 else { return nil }
    let ratio =
      spreadWidth(core: design.pigment.coreDiameter, diffusion: diffusion, years: 5) / meanSpacing(density: density)
    let advice = LintFinding.Advice.atMost(0.38)
    if advice.allows(ratio) { return nil }
    return LintFinding(
      id: "L7", level: ratio > 0.5 ? .error : .warning, subject: "dot width over spacing after 5 years",
      measured: ratio,
      advised: advice, unit: "",
      reason: "dots that grow together read as a painted tone; fewer or finer ones keep apart",
      keyPath: keyPath)
  }
  // Pigment beyond the dermis' upper layers spreads an order of magnitude faster.
  let diffusion = design.pigment.needleDepth > 1.5 ? 4e-3 : 3e-4
  return design.layers.enumerated().compactMap { index, layer in
    switch layer {
    case .hairline(let line) where line.blend != .exclude:
      return finding(density: line.density, diffusion: diffusion, keyPath: "layers[\(index)].hairline.density")
    case .zone(let zone) where zone.blend != .exclude:
      return finding(density: zone.density, diffusion: diffusion, keyPath: "layers[\(index)].zone.density")
    case .scar(let scar) where scar.treat:
      // Scar tissue lets pigment spread three times as fast.
      return finding(
        density: scar.density ?? 1.15 * design.hair.density, diffusion: 3 * diffusion,
        keyPath: "layers[\(index)].scar.density")
    default:
      return nil
    }
  }
}

/// L8: the needle goes 0.5 to 1.5 mm deep. Clinics disagree on more than the bounds: shallower pigment is shed within
/// weeks, deeper pigment spreads and turns blue (grade C).
func needleDepthRule(_ design: Design) -> [LintFinding] {
  let depth = design.pigment.needleDepth
  let advice = LintFinding.Advice.within(0.5...1.5)
  if advice.allows(depth) { return [] }
  return [
    LintFinding(
      id: "L8", level: .error, subject: "needle depth", measured: depth, advised: advice, unit: "mm",
      reason: depth < 0.5 ? "pigment this shallow is shed within weeks" : "pigment this deep spreads and turns blue",
      keyPath: "pigment.needleDepth")
  ]
}

// MARK: - The arithmetic

/// What the eye sees of a healed core, mm: the core, 0.04 mm of optical blur and a halo of 0.20 mm, in quadrature.
func apparentDiameter(core: Double) -> Double {
  let blur = 2.355 * 0.04
  let halo = 0.2
  return (core * core + blur * blur + halo * halo).squareRoot()
}

/// Full width at half maximum of a core that has spread for `years`, mm, with diffusion in mm² per year.
func spreadWidth(core: Double, diffusion: Double, years: Double) -> Double {
  (core * core + 2.355 * 2.355 * 2 * diffusion * years).squareRoot()
}

/// Spacing of a hexagonal pattern of `density` dots per cm², mm.
func meanSpacing(density: Double) -> Double { (200 / (3.0.squareRoot() * density)).squareRoot() }
