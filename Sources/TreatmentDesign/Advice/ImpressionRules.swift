// Rules about single impressions: L6 dot size, L7 merging with the years, L8 needle depth.

import Arithmetic
import PigmentAging

/// Widest core over the shaft of the hair beside it. A cut hair is seen with the shadow of its shaft under the skin, a disc of
/// three to six shafts; dots of finished work on photographs are 0.25 to 0.4 mm wide beside shafts of 0.06 to 0.09.
private let shaftsPerCore = 4.5

/// Widest core whose apparent diameter stays under 0.40 mm, mm.
public let widestCore = 0.33

/// How much the work lies under the hair instead of beside its cut ends: 0 up to 1.5 mm of length, 1 from 3 mm.
public func underHair(length: Double) -> Double { Double(smoothstep(1.5, 3, Float(length))) }

/// Widest core that passes for hair of a calibre and length, mm. Under longer hair the work is read as the tone of the scalp,
/// and nobody compares a dot with the width of a cut end.
public func widestCore(calibre: Double, length: Double) -> Double {
  let beside = min(shaftsPerCore * calibre, widestCore)
  return beside + (widestCore - beside) * underHair(length: length)
}

/// L6: an impression stays a dot. Its apparent diameter, widened by the light that scatters around it, is at most
/// 0.40 mm, and beside short hair its core at most four and a half shafts.
func dotSizeRule(_ design: Design) -> [LintFinding] {
  pigments(of: design).flatMap { pigment, keyPath, _ in
    dotSizeFindings(
      core: pigment.coreDiameter, widest: widestCore(calibre: design.hair.calibre, length: design.hair.length),
      keyPath: "\(keyPath).coreDiameter")
  }
}

private func dotSizeFindings(core: Double, widest: Double, keyPath: String) -> [LintFinding] {
  var findings: [LintFinding] = []
  let apparent = apparentDiameter(core: core)
  if !LintFinding.Advice.atMost(0.4).allows(apparent) {
    findings.append(
      LintFinding(
        id: "L6", level: .error, subject: "apparent dot diameter, healed,", measured: apparent, advised: .atMost(0.4),
        unit: "mm", reason: "dots this large are seen one by one", keyPath: keyPath))
  }
  if widest < widestCore, !LintFinding.Advice.atMost(widest).allows(core) {
    findings.append(
      LintFinding(
        id: "L6", level: .error, subject: "core diameter", measured: core, advised: .atMost(widest), unit: "mm",
        reason: "more than four and a half hair shafts wide, it does not pass for a cut hair", keyPath: keyPath))
  }
  return findings
}

/// L7: neighbours stay apart for five years. The core's full width at half maximum after five years of spreading,
/// over the mean spacing at the layer's density, is at most 0.65; over 0.8 the dots merge into a tone. Finished work on
/// photographs has dots of 0.25 to 0.4 mm, 250 to 350 to the cm²: 0.4 to 0.6 of their spacing on the day it is healed, and
/// is seen as dots from half a metre. Spreading is the least supported figure of all (grade D). Layers are judged one by
/// one, where no hair is left. Scars are left out: white tissue needs more dots than skin, and spreads them three times as fast.
func mergeRule(_ design: Design) -> [LintFinding] {
  func finding(density: Double, _ pigment: Pigment, keyPath: String) -> LintFinding? {
    guard density > 0 else { return nil }
    // Pigment beyond the dermis' upper layers spreads an order of magnitude faster.
    let diffusion = design.aging.spread * (pigment.needleDepth > 1.5 ? design.aging.deepSpread : 1)
    let ratio =
      spreadWidth(core: pigment.coreDiameter, diffusion: diffusion, years: 5) / meanSpacing(density: density)
    let advice = LintFinding.Advice.atMost(0.65)
    if advice.allows(ratio) { return nil }
    return LintFinding(
      id: "L7", level: ratio > 0.8 ? .error : .warning, subject: "dot width over spacing after 5 years, typical fading",
      measured: ratio,
      advised: advice, unit: "",
      reason: "dots that grow together read as a painted tone; fewer or finer ones keep apart",
      keyPath: keyPath)
  }
  return design.layers.enumerated().compactMap { index, layer in
    let density = design.density(of: layer)
    let pigment = design.pigment.changed(by: layer.pigment)
    let keyPath = "layers[\(index)].\(layer.name)"
    switch layer {
    case .scar: return nil
    case .gradient(let gradient):
      return finding(density: density, pigment, keyPath: "\(keyPath).\(gradient.from > gradient.to ? "from" : "to")")
    case .hairline(let line) where !line.blend.takesDensity: return nil
    case .zone(let zone) where !zone.blend.takesDensity: return nil
    case .mask(let mask) where !mask.blend.takesDensity: return nil
    case .hairline, .zone, .mask: return finding(density: density, pigment, keyPath: "\(keyPath).density")
    }
  }
}

/// L8: the needle goes 0.5 to 1.5 mm deep. Clinics disagree on more than the bounds: shallower pigment is shed within
/// weeks, deeper pigment spreads and turns blue (grade C).
func needleDepthRule(_ design: Design) -> [LintFinding] {
  pigments(of: design).compactMap { pigment, keyPath, _ in
    let depth = pigment.needleDepth
    let advice = LintFinding.Advice.within(0.5...1.5)
    if advice.allows(depth) { return nil }
    return LintFinding(
      id: "L8", level: .error, subject: "needle depth", measured: depth, advised: advice, unit: "mm",
      reason: depth < 0.5 ? "pigment this shallow is shed within weeks" : "pigment this deep spreads and turns blue",
      keyPath: "\(keyPath).needleDepth")
  }
}

/// The design's pigment and those of layers that change it, each with its key path, and the scar if it is set into one.
public func pigments(of design: Design) -> [(pigment: Pigment, keyPath: String, scar: ScarLayer?)] {
  [(design.pigment, "pigment", nil)]
    + design.layers.enumerated().compactMap { index, layer in
      if layer.pigment.isPlain { return nil }
      let scar: ScarLayer? = if case .scar(let scar) = layer { scar } else { nil }
      return (design.pigment.changed(by: layer.pigment), "layers[\(index)].\(layer.name).pigment", scar)
    }
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
public func meanSpacing(density: Double) -> Double { (200 / (3.0.squareRoot() * density)).squareRoot() }
