// What absorbs and scatters in skin, per spectral band.
//
// Melanin and tissue without blood: Jacques, Optical properties of biological tissues: a review (2013) and Skin optics
// (1998). Haemoglobin: the molar extinctions compiled by Prahl (1999), 150 g/l, packed in vessels of 6 µm radius, which
// hides some of it from the light (van Veen et al. 2002). Scattering: the power law fitted to reflectance of a Swedish
// cohort of 3809 people, in vivo. Two choices are this package's own, made so that dark skin is no yellower than
// measured: melanin starts 0.02 mm below the surface, and its spectrum flattens from lambda^-3.33 to lambda^-2.5 as it
// gets dense.

import Arithmetic

/// Absorption and scattering of the layers of skin. Coefficients are per mm.
package enum Chromophores {
  /// Share of haemoglobin that carries oxygen in skin at rest.
  package static let restingOxygenation = 0.7
  /// Thickness of the layer that holds melanin, mm: from 0.02 to 0.08 below the surface.
  package static let melaninLayer = 0.06
  package static let melaninTop = 0.02
  package static let melaninBottom = 0.08
  /// Refractive index of skin against air.
  package static let refractiveIndex = 1.4
  /// Mean cosine of the scattering angle (Henyey-Greenstein).
  package static let anisotropy = 0.8

  /// Reduced scattering, 3.0 (lambda/500)^-1.70.
  package static func reducedScattering(band: Int) -> Double {
    3.0 * power(Spectrum.wavelengths[band] / 500, -1.70)
  }

  /// The layer that holds melanin, for a volume fraction of melanosomes from 0 to 1.
  package static func epidermis(band: Int, melanin: Double) -> Double {
    melanin * melanosomes(band: band, fraction: melanin) + (1 - melanin) * tissue(band: band)
  }

  /// Below the epidermis, for a volume fraction of blood and the share of its haemoglobin that carries oxygen.
  package static func dermis(band: Int, blood: Double, oxygenation: Double = restingOxygenation) -> Double {
    blood * wholeBlood(band: band, oxygenation: oxygenation) + (1 - blood) * tissue(band: band)
  }

  /// Inside melanosomes: 6.6e10 lambda^-3.33 per cm at 550 nm, flatter where they are dense.
  private static func melanosomes(band: Int, fraction: Double) -> Double {
    let t = min(max(logarithm(max(fraction, 1e-9) / 0.02) / logarithm(0.12 / 0.02), 0), 1)
    return 49.4466 * power(550 / Spectrum.wavelengths[band], 3.33 - 0.83 * t * t * (3 - 2 * t))
  }

  /// Tissue without melanin or blood.
  private static func tissue(band: Int) -> Double {
    0.0244 + 8.53 * exponential(-(Spectrum.wavelengths[band] - 154) / 66.2)
  }

  private static func wholeBlood(band: Int, oxygenation: Double) -> Double {
    let extinction = oxygenation * oxyhaemoglobin[band] + (1 - oxygenation) * deoxyhaemoglobin[band]
    let mu = 2.303 * extinction * 150 / 64500 / 10
    let x = 2 * mu * 0.006
    return mu * (1 - exponential(-x)) / x
  }

  /// Molar extinction, per cm and mol/l.
  private static let oxyhaemoglobin: [Double] = [
    266232, 480360, 102580, 44480, 26629.2, 20932.8, 24202.4, 53236, 32613.2, 50104, 3200, 942, 442, 319.6, 277.6, 290,
  ]
  private static let deoxyhaemoglobin: [Double] = [
    223296, 407560, 413280, 23388.8, 14550, 20862, 31589.6, 46592, 53788, 37020, 14677.2, 6509.6, 4345.2, 3226.56,
    2407.92, 1794.28,
  ]
}
