// Rules that look at treated skin beside the hair: L13 the step between them, L18 pale hair, L19 work that does not show.
//
// The scalp is cut into patches of 20 mm along the tape, scars apart. Hair and impressions of a patch are averaged as light
// that they take, which gives its colour at arm's length; beside it the colour that the patch would have with all its hair.

import Arithmetic
import Meshes
import PigmentAging
import SkinOptics
import TreatmentDesign

/// Treated skin of one patch and what it is compared with.
struct TreatedPatch {
  /// Which part of the scalp: "front left", ...
  var name: String
  var layer: Int
  var area: Double
  /// The most that `step` may be.
  var allowed: Double
  /// Colours at arm's length: with all hair, now, and treated; one for each light.
  var full: [Lab]
  var before: [Lab]
  var after: [Lab]
  /// Not of extraction scars: at arm's length discs of a millimetre are told by lightness alone, their hue is not made out
  /// (Mullen. The contrast sensitivity of human colour vision. 1985: colour ends near 10 cycles per degree).
  var hueIsSeen: Bool
  /// Share of the natural hair that is missing.
  var missing: Double

  /// CIEDE2000 from the hair beside it, root mean square over the lights.
  var step: Double {
    let squares = zip(after, full).map { after, full in
      var full = full
      if !hueIsSeen { (full.a, full.b) = (after.a, after.b) }
      return square(after.difference(from: full))
    }
    return (squares.reduce(0, +) / Double(max(full.count, 1))).squareRoot()
  }

  private func square(_ x: Double) -> Double { x * x }
}

/// The most that finished work may differ from the hair beside it, CIEDE2000. Scars have lost a redness that pigment does not
/// bring back, and are narrow; under hair of some length work stays 3 L* from the hair that lies over it (photographs of
/// partings).
func allowedStep(inScar: Bool, hairLength: Double) -> Double {
  (inScar || hairLength > 2 ? 1.8 : 1) * visibleDifference
}

/// L13 and L19.
func matchRules(_ fields: CompiledDesign, threads: Int?) -> [LintFinding] {
  let patches = treatedPatches(fields, threads: threads)
  let design = fields.design
  var findings: [LintFinding] = []
  func key(_ patch: TreatedPatch) -> String {
    design.layers[patch.layer].pigment.opticalDensity != nil
      ? "layers[\(patch.layer)].\(design.layers[patch.layer].name).pigment"
      : design.pigment.stated == StatedDose() ? "layers[\(patch.layer)].\(design.layers[patch.layer].name)" : "pigment"
  }
  // Work that is meant to be lighter than the hair (`darkness`) is judged by what it is meant to be.
  if let worst = patches.max(by: { $0.step / $0.allowed < $1.step / $1.allowed }) {
    let advice = LintFinding.Advice.atMost(worst.allowed)
    if !advice.allows(worst.step) {
      let darker = (worst.after.first?.lightness ?? 0) < (worst.full.first?.lightness ?? 0)
      findings.append(
        LintFinding(
          id: "L13", level: worst.step > 2 * worst.allowed ? .error : .warning,
          subject: "difference from the hair beside it (CIEDE2000), \(worst.name),", measured: worst.step,
          advised: advice, unit: "",
          reason: darker
            ? "the work is darker than the hair and shows as a cap"
            : "the work is lighter than the hair and shows as a patch",
          keyPath: key(worst)))
    }
  }
  // How much of the missing hair's step the work makes good, where it does most.
  let shown = patches.filter { $0.missing > 0.3 }.compactMap { patch -> (TreatedPatch, Double)? in
    guard let full = patch.full.first, let before = patch.before.first, let after = patch.after.first,
      before.lightness - full.lightness > 1
    else { return nil }
    return (patch, (before.lightness - after.lightness) / (before.lightness - full.lightness))
  }
  if let (patch, share) = shown.max(by: { $0.1 < $1.1 }), !LintFinding.Advice.atLeast(0.5).allows(share) {
    findings.append(
      LintFinding(
        id: "L19", level: .error, subject: "darkness of the work over that of the hair that is missing",
        measured: share,
        advised: .atLeast(0.5), unit: "", reason: "before and after look alike; leave the dose to the match",
        keyPath: key(patch)))
  }
  return findings
}

/// L18: pigment only darkens, so beside hair that is no darker than the skin every dot stands out; and with more than half of
/// the hair grey or white and over 2 mm long, an optical density over 1.5 shows as dark points between light shafts.
func paleHairRule(_ design: Design) -> [LintFinding] {
  guard !design.layers.isEmpty else { return [] }
  let darkness = MatchTarget(MatchQuery(design)).hairDarkness
  if darkness < leastHairDarkness {
    return [
      LintFinding(
        id: "L18", level: .warning, subject: "darkness of the hair on this skin (-ln Y)", measured: darkness,
        advised: .atLeast(leastHairDarkness), unit: "",
        reason: "pigment only darkens: beside hair as pale as the skin every dot stands out", keyPath: "hair.colour")
    ]
  }
  let isWhite = design.hair.colour == .grey || design.hair.colour == .white
  guard isWhite || design.hair.grey > 0.5, design.hair.length > 2 else { return [] }
  let advice = LintFinding.Advice.atMost(1.5)
  if advice.allows(design.pigment.opticalDensity) { return [] }
  return [
    LintFinding(
      id: "L18", level: .warning, subject: "optical density under white hair", measured: design.pigment.opticalDensity,
      advised: advice, unit: "", reason: "dark points show between light hairs", keyPath: "pigment.opticalDensity")
  ]
}

/// Everything that is treated in full, patch by patch: not a hairline's edge, not the feather of a zone.
func treatedPatches(_ fields: CompiledDesign, threads: Int?) -> [TreatedPatch] {
  let design = fields.design
  let healthy = design.client.tone
  let hair = HairTarget(design)
  let target = MatchTarget(MatchQuery(design))
  struct Sums {
    var area = 0.0
    var natural = 0.0
    var hair = 0.0
    /// Impressions by mixture: the design's, then each layer's.
    var impressions: [Double]
    var name = ""
    var take = 1.0
    var layer = 0
  }
  var order: [Int] = []
  var sums: [Int: Sums] = [:]
  for sample in fields.workSamples(threads: threads) where sample.impressions > 5 && sample.share > 0.9 {
    guard let layer = sample.layer, sample.natural > 0.6 * Float(design.hair.density) else { continue }
    if let behind = sample.behind, behind < 20 { continue }
    let tissue = fields.tissue(at: sample.point)
    let isScar = tissue.scarWeight > 0.5
    if isScar && tissue.scarWeight < 0.95 { continue }
    let (column, row) = (Int(((sample.side + 400) / 20).rounded(.down)), Int((sample.up / 20).rounded(.down)))
    let key = isScar ? -1 - layer : (row + 100) * 64 + column
    if sums[key] == nil {
      order.append(key)
      var new = Sums(impressions: [Double](repeating: 0, count: design.layers.count + 1))
      new.name = isScar ? "in the scar" : placeName(sample)
      new.take = Double(tissue.take)
      sums[key] = new
    }
    let mixture = (fields.pigment(at: sample.point).layer ?? -1) + 1
    sums[key]?.area += sample.area
    sums[key]?.natural += Double(sample.natural) * sample.area
    sums[key]?.hair += Double(sample.hair) * sample.area
    sums[key]?.impressions[mixture] += Double(sample.impressions) * sample.area
    sums[key]?.layer = layer
  }
  let bodies = (0...design.layers.count).map { i in
    i == 0 ? design.pigment : design.pigment.changed(by: design.layers[i - 1].pigment)
  }
  func removed(_ pigment: Pigment, take: Double, _ skin: SkinTone) -> [Double] {
    removedAreas(
      PigmentBody(
        diameter: pigment.coreDiameter, depth: PigmentBody.restingDepth(needleDepth: pigment.needleDepth),
        opticalDensity: min(pigment.opticalDensity * take, PigmentBody.opticalDensityRange.upperBound),
        ink: pigment.kind.ink), in: skin)
  }
  return order.compactMap { key -> TreatedPatch? in
    guard let sum = sums[key], sum.area > (key < 0 ? 0.05 : 1) else { return nil }
    var ground = MatchGround.skin
    if key < 0, case .scar(let scar) = design.layers[sum.layer] { ground = scar.ground }
    let skin = healthy.tone(of: ground)
    var work = [Double](repeating: 0, count: Spectrum.count)
    for (mixture, total) in sum.impressions.enumerated() where total > 0 {
      let one = removed(bodies[mixture], take: sum.take, skin)
      for band in work.indices { work[band] += luckShare * total / sum.area / 100 * one[band] }
    }
    func labs(_ reflectance: [Double]) -> [Lab] { Illuminant.allCases.map { $0.lab(of: reflectance) } }
    let (natural, now) = (sum.natural / sum.area, sum.hair / sum.area)
    let full = hair.reflectance(on: healthy, count: natural)
    let wanted = zip(full, bareReflectance(healthy)).map {
      $1 * power(max($0, 1e-6) / max($1, 1e-6), target.query.darkness * target.query.beside)
    }
    return TreatedPatch(
      name: sum.name, layer: sum.layer, area: sum.area,
      allowed: allowedStep(inScar: key < 0, hairLength: design.hair.length), full: labs(wanted),
      before: labs(hair.reflectance(on: skin, count: now)),
      after: labs(hair.reflectance(on: skin, count: now, work: work)),
      hueIsSeen: ground != .extractionScar, missing: 1 - now / max(natural, 1e-9))
  }
}

private func placeName(_ sample: WorkSample) -> String {
  let along = sample.s < 0.35 ? "front" : sample.s < 0.55 ? "top" : sample.s < 0.75 ? "crown" : "back"
  return abs(sample.t) < 0.25 ? along : "\(along) \(sample.side > 0 ? "left" : "right")"
}
