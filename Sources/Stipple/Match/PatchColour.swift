// Two patches of scalp at arm's length, where neither dots nor stubs are resolved: one with shaved hair, one with
// impressions. Spectra by band, so that both can be looked at under any light.
//
//   R = R_skin exp(-Σ n A) (1 - c) + c R_hair
// n per mm² and A the light that one shaft or dot removes below the skin, c what stubs cover above it.

import PigmentAging
import SkinOptics
import TreatmentDesign

/// How short the hair is worn that the work is to pass for.
public enum HairLook: String, Sendable, CaseIterable {
  case shaved, stubble, cropped

  /// Above the skin, mm: razor, foil shaver, clipper without a comb.
  public var length: Double {
    switch self {
    case .shaved: 0.2
    case .stubble: 0.6
    case .cropped: 1.5
    }
  }
}

/// Hair that a match is made to.
public struct HairTarget: Sendable, Equatable {
  public var colour = ExistingHair.Colour.darkBrown
  /// Share of grey or white hairs, 0 to 1.
  public var grey = 0.0
  /// Hairs per cm².
  public var density = 200.0
  /// Shaft diameter, mm.
  public var calibre = 0.075
  /// Length above the skin, mm.
  public var length = HairLook.shaved.length

  public init() {}

  /// Reflectance per band of skin with this hair, shaved.
  func reflectance(on skin: SkinTone) -> [Double] {
    let natural = HairPigment.of(colour)
    let pale = HairPigment.of(colour == .white ? .white : .grey)
    var areas = [Double](repeating: 0, count: Spectrum.count)
    var stubs = [Double](repeating: 0, count: Spectrum.count)
    var covered = 0.0
    for (pigment, share) in [(natural, 1 - grey), (pale, grey)] where share > 0 {
      let count = density / 100 * share
      let shaft = HairShaft(
        diameter: calibre, absorption: pigment.absorption, exponent: pigment.exponent)
      let removed = removedAreas(shaft, in: skin)
      // Stubs lean; seven tenths of their length is seen from above (by eye, grade D).
      let cover = min(0.5, count * calibre * 0.7 * length)
      let albedo = pigment.bands
      for band in areas.indices {
        areas[band] += count * removed[band]
        stubs[band] += cover * albedo[band]
      }
      covered += cover
    }
    let under = patchReflectance(of: skin, removing: areas)
    return under.indices.map { under[$0] * (1 - min(covered, 1)) + stubs[$0] }
  }
}

extension HairPigment {
  /// Reflectance per band of `Spectrum`, from the three channels at their middles and linear between.
  var bands: [Double] {
    let knots: [(wavelength: Double, value: Double)] = [
      (460, Double(albedo.z)), (545, Double(albedo.y)), (610, Double(albedo.x)),
    ]
    return Spectrum.wavelengths.map { x in
      if x <= knots[0].wavelength { return knots[0].value }
      for (a, b) in zip(knots, knots.dropFirst()) where x <= b.wavelength {
        return a.value + (b.value - a.value) * (x - a.wavelength) / (b.wavelength - a.wavelength)
      }
      return knots[2].value
    }
  }
}

/// Reflectance per band of skin with `density` impressions per cm².
func treatedReflectance(_ body: PigmentBody, density: Double, on skin: SkinTone) -> [Double] {
  patchReflectance(of: skin, removing: removedAreas(body, in: skin).map { $0 * density / 100 })
}
