// Skin as melanin in the epidermis and blood in the dermis.
//
// Six presets, one per Fitzpatrick type: fractions fitted in Lab to typical scalp colours, and the reflectance
// that a Monte Carlo simulation of the layered half-space gives for them (melanin between 0.02 and 0.08 mm, blood
// at 70 % oxygenation below, refractive index 1.4, reduced scattering 3.0 (lambda/500)^-1.70 per mm after
// in-vivo cohort data). Typical colours are design choices (evidence grade D): real scalps vary by 4 to 5 L*.

/// The colour of bare skin, by what absorbs in it.
public struct SkinTone: Sendable, Equatable {
  /// Fitzpatrick type, "I" to "VI".
  public var name: String
  /// Volume fraction of melanosomes in the epidermis, 0.002 to 0.6.
  public var melanin: Double
  /// Volume fraction of blood in the dermis, 0.001 to 0.06.
  public var blood: Double
  /// Diffuse reflectance per band of `Spectrum`, 0 to 1, specular reflection excluded.
  public var reflectance: [Double]

  /// Linear sRGB albedo.
  public var linearRGB: SIMD3<Double> { Spectrum.linearRGB(reflectance: reflectance) }

  /// Fitzpatrick types I to VI.
  public static let presets: [SkinTone] = [
    SkinTone(
      name: "I", melanin: 0.0036957, blood: 0.0054056,
      reflectance: [
        0.21255, 0.20595, 0.22824, 0.31665, 0.35389, 0.36881, 0.36162, 0.31361,
        0.33508, 0.31701, 0.45916, 0.49487, 0.50725, 0.51272, 0.51574, 0.5161,
      ]),
    SkinTone(
      name: "II", melanin: 0.0096074, blood: 0.0070057,
      reflectance: [
        0.16355, 0.15991, 0.18053, 0.26181, 0.29898, 0.31506, 0.30947, 0.26498,
        0.28681, 0.27092, 0.41581, 0.45715, 0.47338, 0.48206, 0.48798, 0.49092,
      ]),
    SkinTone(
      name: "III", melanin: 0.019958, blood: 0.0082091,
      reflectance: [
        0.11788, 0.11821, 0.13669, 0.20468, 0.23932, 0.25671, 0.25525, 0.21959,
        0.24118, 0.22942, 0.36468, 0.40786, 0.42723, 0.43925, 0.44844, 0.45446,
      ]),
    SkinTone(
      name: "IV", melanin: 0.043578, blood: 0.010037,
      reflectance: [
        0.07245, 0.074423, 0.088043, 0.13636, 0.16397, 0.17985, 0.18184, 0.15794,
        0.17697, 0.17038, 0.28217, 0.32287, 0.34398, 0.35892, 0.37148, 0.38107,
      ]),
    SkinTone(
      name: "V", melanin: 0.088874, blood: 0.013476,
      reflectance: [
        0.039256, 0.040483, 0.048066, 0.076391, 0.094507, 0.10588, 0.10848, 0.09446,
        0.10834, 0.10544, 0.18597, 0.21956, 0.23898, 0.25393, 0.26737, 0.27846,
      ]),
    SkinTone(
      name: "VI", melanin: 0.15246, blood: 0.016268,
      reflectance: [
        0.021049, 0.021731, 0.025362, 0.039374, 0.050097, 0.057897, 0.061079, 0.054537,
        0.064304, 0.063995, 0.11822, 0.14411, 0.16079, 0.17459, 0.1876, 0.1989,
      ]),
  ]

  /// The preset of a Fitzpatrick type, or `nil` if there is none of that name.
  public static func fitzpatrick(_ name: String) -> SkinTone? { presets.first { $0.name == name } }
}
