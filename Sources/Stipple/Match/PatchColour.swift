// Two patches of scalp at arm's length, where neither dots nor stubs are resolved: one with shaved hair, one with
// impressions. Spectra by band, so that both can be looked at under any light.
//
//   R = (R_skin exp(-Σ n A) s + R_surface) (1 - c) + c R_hair
// n per mm² and A the light that one shaft or dot removes below the skin, c what stubs cover above it, s what their
// shadows leave, R_surface what the skin's surface reflects.

import Arithmetic
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

  /// Length of hair that was shaved and has grown for a day, mm: what work on a bald head is matched to.
  static let shavedLength = 0.3

  /// Reflectance per band of skin with this hair.
  ///
  /// - Parameters:
  ///   - count: hairs per cm² that stand there; `nil` for `density`.
  ///   - work: what impressions take beside it, mm² of perfect black per mm² and band.
  func reflectance(on skin: SkinTone, count: Double? = nil, work: [Double]? = nil) -> [Double] {
    let all = count ?? density
    let natural = HairPigment.of(colour)
    let pale = HairPigment.of(colour == .white ? .white : .grey)
    var areas = work ?? [Double](repeating: 0, count: Spectrum.count)
    var stubs = [Double](repeating: 0, count: Spectrum.count)
    var cover = 0.0
    // Hairs of one unit stand in each other's light, thick ones more.
    let apart = power(StubModel.looseCalibre / calibre, StubModel.crowding)
    for (pigment, share) in [(natural, 1 - grey), (pale, grey)] where share > 0 {
      let count = all / 100 * share * apart
      let shaft = HairShaft(diameter: calibre, absorption: pigment.absorption, exponent: pigment.exponent)
      let removed = removedAreas(shaft, in: skin)
      // The pits that hair comes out of, less in pale hair, as the pictures draw them.
      let pit = MouthModel.area * (1 - min(1, Double(pigment.albedo.y).squareRoot()))
      for band in removed.indices { areas[band] += count * pit }
      let own = count * calibre * length
      let albedo = pigment.bands
      for band in areas.indices {
        areas[band] += count * removed[band]
        stubs[band] += own * albedo[band]
      }
      cover += own
    }
    // What stubs hide of the skin, and the shade that they throw on it.
    let open = exponential(-StubModel.cover * cover)
    let lit = exponential(-StubModel.shade * cover)
    let under = patchReflectance(of: skin, removing: areas)
    return under.indices.map {
      (under[$0] * lit + surfaceReflectance) * open + (1 - open) * StubModel.brightness * stubs[$0] / max(cover, 1e-9)
    }
  }
}

private enum MouthModel {
  /// Light that a follicle's mouth takes, mm² of perfect black per hair; mouths of one unit overlap.
  static let area = 0.62 * luminance(follicleMouth().area)
}

/// How stubs look in the pictures, measured on them: see the tests that compare the two. Hair on the back of the head,
/// which hangs away from the lamps, covers a quarter more than hair on the sides; these figures lie between.
private enum StubModel {
  /// Share of a stub's length times width that hides skin from the camera, and that shades skin beside it.
  static let cover = 0.88
  static let shade = 0.36
  /// Hairs of a unit hide some of each other's work: a hair counts as this calibre over its own to that power (shafts of 0.06
  /// to 0.12 mm, 0.3 to 3 mm long).
  static let looseCalibre = 0.08
  static let crowding = 0.13
  /// Light that a stub sends over that of a matt surface of its albedo.
  static let brightness = 0.97
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

/// What the surface of skin sends back before light meets pigment, on average over a scalp in the pictures: no work takes it
/// away, which is most of what dark skin lacks in darkness.
let surfaceReflectance = 0.025

/// Light that impressions take over what their mean body would. Their luck differs, and a dark dot takes less than twice what
/// one of half its density takes; on dark skin, where one dot takes little, this matters less (measured on pictures of the
/// same work on types I to VI). Of the round scars of extraction a third less: they are a millimetre wide, and three or four
/// dots also take light from the skin beside them (measured on pictures of types II and V).
func lightShare(_ skin: SkinTone, _ ground: MatchGround) -> Double {
  (0.93 + 0.09 * darkShare(skin)) * (ground == .extractionScar ? 0.66 : 1)
}

/// 0 for fair skin, types I and II, 1 for the darkest.
func darkShare(_ skin: SkinTone) -> Double {
  1 - Double(smoothstep(0.06, 0.28, Float(luminance(skin.linearRGB))))
}

/// Reflectance per band of bare skin as a camera sees it.
func bareReflectance(_ skin: SkinTone) -> [Double] { skin.reflectance.map { $0 + surfaceReflectance } }

/// Reflectance per band of a ground with `density` impressions per cm²; `skin` is its tone.
func treatedReflectance(_ body: PigmentBody, density: Double, on skin: SkinTone, _ ground: MatchGround) -> [Double] {
  let share = lightShare(skin, ground)
  return patchReflectance(of: skin, removing: removedAreas(body, in: skin).map { $0 * density / 100 * share })
    .map { $0 + surfaceReflectance }
}
