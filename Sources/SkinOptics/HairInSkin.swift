// A shaved hair is two things: the stub above the skin, drawn by the renderer, and the shaft below it, which makes
// the blue-grey shadow of a shaved scalp. The shaft is a thin absorbing column from the epidermis down, from tables of the
// same Monte Carlo as dots.
//
// How deep a shaft is dark enough to count is a setting: a real follicle slants, its shaft ends in a paler root, and red
// light, which reaches deepest, loses most where the column is long. A column of 3 mm would turn shaved hair green, and one
// of 1 mm still takes half as much red again as green, where photographs have hardly more.

import Arithmetic

/// A shaved or short hair as the optics see it.
public struct HairShaft: Sendable, Equatable {
  /// Shaft diameter, mm, 0.02 to 0.14.
  public var diameter: Double
  /// Absorption at 550 nm, per mm: 5 light brown, 15 brown, 40 black; 0 for white.
  public var absorption: Double
  /// Absorption goes as (550 nm / lambda) to this power: 2.5 for brown and black pigment, steeper for red.
  public var exponent: Double
  /// Depth of the lower end that still counts, mm, 0.5 to 3.
  public var depth: Double

  public init(
    diameter: Double, absorption: Double, exponent: Double = 2.5,
    depth: Double = HairShaft.usualDepth
  ) {
    self.diameter = diameter
    self.absorption = absorption
    self.exponent = exponent
    self.depth = depth
  }

  /// From the hue of shaved scalps in photographs (evidence grade D), mm: dark hair on fair skin takes 0.07 to 0.27 of a*
  /// for each L*.
  public static let usualDepth = 0.68

  func place(in skin: SkinTone) -> AbsorberTable.Place {
    AbsorberTable.hairs.place(skin: skin, depth: depth, diameter: max(diameter, 0.01))
  }

  /// Absorption per band, per mm.
  var absorptions: [Double] { HairShaft.slope(exponent).map { $0 * absorption } }

  static func slope(_ exponent: Double) -> [Double] {
    Spectrum.wavelengths.map { power(550 / $0, exponent) }
  }
}

/// The light removed below the surface by one hair shaft per band of `Spectrum`, mm² of perfect black.
public func removedAreas(_ hair: HairShaft, in skin: SkinTone) -> [Double] {
  AbsorberTable.hairs.areas(at: hair.place(in: skin), strength: hair.absorptions)
}

/// The light removed below the surface by one hair shaft, mm² of perfect black per channel.
public func removedArea(_ hair: HairShaft, in skin: SkinTone) -> SIMD3<Double> {
  channelMeans(removedAreas(hair, in: skin), in: skin)
}

/// The loss around one hair shaft below the surface.
public func lossProfile(_ hair: HairShaft, in skin: SkinTone) -> LossProfile {
  LossProfile(stationLosses(hair, in: skin), melanin: skin.melanin)
}

/// The loss at the stations of a hair shaft.
func stationLosses(_ hair: HairShaft, in skin: SkinTone) -> StationLosses {
  let table = AbsorberTable.hairs
  let place = hair.place(in: skin)
  var scale = SIMD3<Double>(repeating: hair.absorption)
  if hair.exponent != TableAxes.hairExponent && hair.absorption > 0 {
    scale = channelScale(
      table, place, skin, strength: hair.absorptions, reference: HairShaft.slope(TableAxes.hairExponent))
  }
  return StationLosses(
    radii: TableAxes.stations(radius: hair.diameter / 2), values: table.losses(at: place, strength: scale))
}
