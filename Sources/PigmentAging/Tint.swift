// How the colour of pigment drifts, in CIELAB units added to the pigment's own colour. Practitioners' accounts agree
// on the directions (carbon towards blue, more so when deep; iron oxide towards red), not on sizes: grade D.

import Arithmetic

/// What the pigment is made of, as far as ageing cares.
public enum PigmentKind: String, Sendable, CaseIterable {
  case carbon, ironOxide, azo, temporary

  /// Share of iron oxide, whose yellow part leaves before its red part.
  var ironShare: Double { self == .ironOxide ? 1 : 0 }

  /// Share of carbon black, whose blue cast under skin the drift on b* describes. No figure is known for azo blends:
  /// they keep only what depth does.
  var carbonShare: Double { self == .carbon || self == .temporary ? 1 : 0 }
}

/// Drift towards red (a*) of pigment `years` old, before the size of the dot is weighed in.
public func redDrift(_ kind: PigmentKind, years: Double, _ parameters: AgingParameters = .standard) -> Double {
  parameters.ironOxideRed * (1 - exponential(-max(years, 0) / parameters.ironOxideRedYears)) * kind.ironShare
}

/// Drift towards blue (b*, negative) of pigment `years` old at `needleDepth` mm, before the size of the dot is
/// weighed in: a base, what the skin over a deep deposit takes out of the light, and what the years add.
public func blueDrift(
  _ kind: PigmentKind, needleDepth: Double, years: Double, _ parameters: AgingParameters = .standard
) -> Double {
  -1.5 * kind.carbonShare + yearsBlue(kind, years: years, parameters) + depthDrift(needleDepth)
}

/// The part of the drift on b* that years add. The rest of `blueDrift` is what skin does to the light over a deposit:
/// a picture that takes its colours from the optics of skin adds this part only.
public func yearsBlue(_ kind: PigmentKind, years: Double, _ parameters: AgingParameters = .standard) -> Double {
  -parameters.carbonBlue * (1 - exponential(-max(years, 0) / parameters.carbonBlueYears)) * kind.carbonShare
}

/// The part of the drift on b* that depth causes: optics, whatever the pigment.
func depthDrift(_ needleDepth: Double) -> Double { -6 * logistic((needleDepth - 1.3) / 0.15) }

/// How much of a drift shows in a dot of this apparent diameter, 0 to 1: hue is not seen in the smallest dots.
public func hueWeight(apparentDiameter: Double) -> Double { min(max((apparentDiameter - 0.10) / 0.20, 0), 1) }
