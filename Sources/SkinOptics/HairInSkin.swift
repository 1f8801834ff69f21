// A shaved hair is two things: the stub above the skin, drawn by the renderer, and the shaft below it, which makes
// the blue-grey shadow of a shaved scalp. The shaft is a thin absorbing column; it removes light much as a dot does.
//
// Removed area per channel: K D (1 - exp(-c mu D)), fitted here to Monte Carlo runs of a column from 0.08 to 3 mm
// below the surface (diameters 0.06 to 0.10 mm, absorption 5 to 40 per mm; within 5 %). A real follicle slants and its
// pigmented shaft is shorter than 3 mm: `visibleShare` of the column is taken. Red light reaches deepest, so a short shaft
// loses most of its effect there; a full column would turn shaved hair green. Evidence grade D, by eye on photographs.

import RealModule

/// A shaved or short hair as the optics see it.
public struct HairShaft: Sendable, Equatable {
  /// Shaft diameter, mm, 0.02 to 0.14.
  public var diameter: Double
  /// Absorption at 550 nm, per mm: 5 light brown, 15 brown, 40 black; 0 for white.
  public var absorption: Double

  public init(diameter: Double, absorption: Double) {
    self.diameter = diameter
    self.absorption = absorption
  }
}

/// Share of a 3 mm column that counts for a shaved hair, per channel.
let visibleShare = SIMD3(0.62, 0.88, 0.98)

/// The light removed below the surface by one hair shaft, mm² of perfect black per channel.
public func removedArea(_ hair: HairShaft, in skin: SkinTone) -> SIMD3<Double> {
  let opacity = SIMD3(
    1 - Double.exp(-0.785 * hair.absorption * hair.diameter), 1 - Double.exp(-1.2 * hair.absorption * hair.diameter),
    1 - Double.exp(-1.6 * hair.absorption * hair.diameter))
  let columns = [SIMD3(3.78, 1.54, 0.99), SIMD3(3.26, 1.15, 0.70), SIMD3(2.60, 0.72, 0.385)]
  let factor = interpolateByMelanin(skin.melanin) { columns[$0] }
  return visibleShare * hair.diameter * factor * opacity
}

/// The loss around one hair shaft below the surface.
public func lossProfile(_ hair: HairShaft, in skin: SkinTone) -> LossProfile {
  let total = removedArea(hair, in: skin)
  let radius = hair.diameter / 2
  // Contrast at the axis in the same Monte Carlo runs: 0.35 (light brown), 0.58 (brown), 0.74 (black) at 0.08 mm.
  let peak = 0.80 * (1 - Double.exp(-0.9 * hair.absorption * hair.diameter))
  let count = 1 + Int(((radius + 0.12) / coreStep).rounded(.up))
  var core = (0..<count).map { i in
    SIMD3<Double>(repeating: peak * blurredDisc(at: Double(i) * coreStep, radius: radius, sigma: 0.025))
  }
  core.append(.zero)
  let body = PigmentBody(diameter: 0.3, depth: 0.3, opticalDensity: 4)
  let far = farHalo(body, melanin: skin.melanin)
  // The far halo keeps the share of the total that it has around a dot.
  var profile = LossProfile(
    core: core, step: coreStep, near: .zero, nearSigma: nearHaloSigma,
    far: far.peak * total / removedArea(body, in: skin), farSigma: far.sigma)
  fillNearHalo(&profile, total: total)
  return profile
}
