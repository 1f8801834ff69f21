// Rules that look at treated skin beside the hair: L13 the step between them, L18 pale hair, L19 work that does not show.
//
// The scalp is cut into patches of 20 mm along the tape, scars and bare skin apart (`TreatedPatch`). What pictures show of each is compared
// with the hair beside it (`SeenStep`); without pictures, the colour that hair and impressions of the patch have on average
// at arm's length with the colour that it would have with all its hair.

import Arithmetic
import SkinOptics
import TreatmentDesign

/// The most that finished work may differ from the hair beside it, CIEDE2000. Scars have lost a redness that pigment does not
/// bring back, and are narrow; under hair of some length work stays 3 L* from the hair that lies over it (photographs of
/// partings).
func allowedStep(inScar: Bool, hairLength: Double) -> Double {
  (inScar || hairLength > 2 ? 1.8 : 1) * visibleDifference
}

/// L13 and L19.
///
/// - Parameters:
///   - patches: what is treated.
///   - seen: what pictures show of each patch; `nil` where none was drawn, or none shows it.
func matchRules(_ design: Design, _ patches: [TreatedPatch], seen: [SeenStep?]) -> [LintFinding] {
  var findings: [LintFinding] = []
  func key(_ patch: TreatedPatch) -> String {
    design.layers[patch.layer].pigment.opticalDensity != nil
      ? "layers[\(patch.layer)].\(design.layers[patch.layer].name).pigment"
      : design.pigment.stated == StatedDose() ? "layers[\(patch.layer)].\(design.layers[patch.layer].name)" : "pigment"
  }
  // Work that is meant to be lighter than the hair (`darkness`) is judged by what it is meant to be.
  let steps = zip(patches, seen).map { patch, seen in
    (patch: patch, step: seen?.step ?? patch.step, view: seen?.view, isDarker: seen?.isDarker ?? patch.isDarker)
  }
  if let worst = steps.max(by: { $0.step / $0.patch.allowed < $1.step / $1.patch.allowed }) {
    let advice = LintFinding.Advice.atMost(worst.patch.allowed)
    if !advice.allows(worst.step) {
      let view = worst.view.map { " seen from the view \($0.rawValue)," } ?? ""
      findings.append(
        LintFinding(
          id: "L13", level: worst.step > 2 * worst.patch.allowed ? .error : .warning,
          subject: "difference from the hair beside it (CIEDE2000), \(worst.patch.name),\(view)", measured: worst.step,
          advised: advice, unit: "",
          reason: worst.isDarker
            ? "the work is darker than the hair and shows as a cap"
            : "the work is lighter than the hair and shows as a patch",
          keyPath: key(worst.patch)))
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
