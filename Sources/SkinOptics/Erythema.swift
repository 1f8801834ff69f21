// Redness of fresh work: more blood in the upper dermis around every needle wound. A wound adds to the optical density
// of the skin what more blood adds to it, a ring at the wound and a flush over some millimetres, so that wounds run
// together where they are dense and stand out where they are not. On dark skin the same blood shows less, as the table of bare skin has it.

import Arithmetic

/// How the skin around one fresh impression reddens at full redness. Marks of this profile at a strength of 0 to 1
/// redden skin by that share; reference density is 80 impressions per cm², a session of a usual treatment.
///
/// Amount of blood and width are by eye (grade D).
public func rednessHalo(in skin: SkinTone) -> LossProfile {
  let bare = BareSkin.linearRGB(melanin: skin.melanin, blood: skin.blood)
  let flushed = BareSkin.linearRGB(melanin: skin.melanin, blood: min(0.06, skin.blood * (1 + flush)))
  var near = SIMD3<Double>.zero
  var far = SIMD3<Double>.zero
  for c in 0..<3 {
    let density = logarithm(bare[c] / max(flushed[c], 1e-6))
    let total = max(0, density / referenceWounds)
    near[c] = ringShare * total / (2 * Double.pi * woundSigma * woundSigma)
    far[c] = (1 - ringShare) * total / (2 * Double.pi * flushSigma * flushSigma)
  }
  return LossProfile(
    core: [.zero, .zero, .zero], step: 0.01, near: near, nearSigma: woundSigma, far: far,
    farSigma: SIMD3(repeating: flushSigma))
}

/// Blood added at full redness, over what is there.
private let flush = 1.1
/// Wounds per mm² at which the skin is as red as said.
private let referenceWounds = 0.8
/// Width of the ring at a wound and of the flush around it, mm, and what share of the redness the ring holds.
private let woundSigma = 0.5
private let flushSigma = 2.2
private let ringShare = 0.25
