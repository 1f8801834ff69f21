// What pigments absorb, as a spectrum of one shape per kind.
//
// Carbon black absorbs as 1/lambda, 7.5 m²/g at 550 nm (Bond & Bergstrom, Light absorption by carbonaceous particles, 2006).
// Iron oxides absorb below an edge: haematite near 2.1 eV, 590 nm (Cornell & Schwertmann, The iron oxides, 2003); blends
// for scalps hold red, yellow and black ones. Azo reds and yellows have an edge of much the same place, steeper. What share
// of a blend has the edge is not published for any product: one half for iron oxide, six tenths for azo, a quarter for
// temporary pigment are choices (evidence grade D).
//
// All inks here only absorb. A warm absorbing ink hardly undoes the blue cast of deep pigment, which belongs to the skin;
// one that scatters (titanium white) may, and is not simulated.

import Arithmetic

/// A pigment as light meets it.
public struct Ink: Sendable, Equatable {
  /// As in designs: "carbon", "iron-oxide", "azo", "temporary".
  public var name: String
  /// Absorption per band of `Spectrum` over that at 550 nm.
  public var relative: [Double]

  /// - Parameters:
  ///   - name: as in designs.
  ///   - relative: absorption at a wavelength in nm, in any unit.
  public init(name: String, _ relative: (_ wavelength: Double) -> Double) {
    self.name = name
    let unit = relative(550)
    self.relative = Spectrum.wavelengths.map { relative($0) / unit }
  }

  public static let carbon = Ink(name: "carbon") { 550 / $0 }
  public static let ironOxide = Ink(name: "iron-oxide") { edged($0, share: 0.5, edge: 585, width: 14) }
  public static let azo = Ink(name: "azo") { edged($0, share: 0.6, edge: 590, width: 9) }
  public static let temporary = Ink(name: "temporary") { edged($0, share: 0.25, edge: 585, width: 14) }

  /// All kinds.
  public static let all: [Ink] = [carbon, ironOxide, azo, temporary]

  /// The ink of a kind, or `nil` if there is none of that name; `all` has the names.
  public static func named(_ name: String) -> Ink? { all.first { $0.name == name } }

  /// A black part that absorbs as 1/lambda and a coloured part with an edge, equal at 550 nm at a share of one half.
  private static func edged(_ wavelength: Double, share: Double, edge: Double, width: Double) -> Double {
    func step(_ x: Double) -> Double { 1 / (1 + exponential((x - edge) / width)) }
    return (1 - share) * 550 / wavelength + share * step(wavelength) / step(550)
  }

  /// Optical density along a healed impression at 550 nm, of carbon pigment mixed with water.
  ///
  /// A jar holds about 15 % pigment by weight; a healed body keeps a share `load` of the mixture's concentration.
  ///
  /// - Parameters:
  ///   - shade: ml of water per ml of pigment, as practitioners number shades; not below 0.
  ///   - load: 0.1 gives optical densities of 1 for a light shade (20) and 4 for a dark one (5); evidence grade D.
  public static func opticalDensity(shade: Double, load: Double = 0.1) -> Double {
    // mg/ml = kg/m³; times m²/g is per mm.
    let concentration = 150 / (1 + max(shade, 0)) * load
    return concentration * 7.5 * PigmentBody.height
  }

  /// The shade that gives an optical density: the inverse of `opticalDensity(shade:load:)`, not below 0.
  public static func shade(opticalDensity: Double, load: Double = 0.1) -> Double {
    max(0, 150 * load * 7.5 * PigmentBody.height / max(opticalDensity, 1e-6) - 1)
  }
}
