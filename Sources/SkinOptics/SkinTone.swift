// Skin as melanin in the epidermis and blood in the dermis.
//
// Six presets, one per Fitzpatrick type: fractions fitted in Lab to typical scalp colours (L* a* b* 69 9 13, 65 10.5 15,
// 60 11 17, 52 11.5 19, 42 12.5 18.5, 33 12 16). Ten by the steps of the Monk scale: its published display colours are no
// reflectances (steps 1 to 4 are lighter than any skin without gloss, 9 and 10 darker and greyer), so a step stands for a
// scalp of the lightness that its Fitzpatrick type has, and melanin follows from that. Typical colours are design choices
// (evidence grade D): real scalps vary by 4 to 5 L*.

import Arithmetic

/// The colour of bare skin, by what absorbs in it.
public struct SkinTone: Sendable, Equatable {
  /// "I" to "VI" for Fitzpatrick types, "Monk 1" to "Monk 10"; any name for others.
  public var name: String
  /// Volume fraction of melanosomes in the epidermis, 0 to 1; scalps have 0.003 to 0.2.
  public let melanin: Double
  /// Volume fraction of blood in the dermis, 0 to 0.1; scalps have 0.005 to 0.02.
  public let blood: Double
  /// Share of haemoglobin that carries oxygen, 0 to 1.
  public let oxygenation: Double
  /// Thickness of the layer that holds melanin, mm, 0.02 to 0.2.
  public let thickness: Double
  /// Diffuse reflectance per band of `Spectrum`, 0 to 1, specular reflection excluded.
  public let reflectance: [Double]

  /// Allowed values.
  public static let melaninRange = 0.0...1.0
  public static let bloodRange = 0.0...0.1
  public static let oxygenationRange = 0.0...1.0
  public static let thicknessRange = 0.02...0.2

  /// A skin of one's own.
  ///
  /// - Throws: `OpticsError` naming what lies outside its range.
  public init(
    name: String = "own", melanin: Double, blood: Double, oxygenation: Double = 0.7, thickness: Double = 0.06
  ) throws(OpticsError) {
    try check("melanin", melanin, in: Self.melaninRange)
    try check("blood", blood, in: Self.bloodRange)
    try check("oxygenation", oxygenation, in: Self.oxygenationRange)
    try check("thickness", thickness, in: Self.thicknessRange, "mm")
    self.init(held: name, melanin, blood, oxygenation, thickness)
  }

  /// Holds every value to its range; `gain` is on the reflectance.
  init(
    held name: String, _ melanin: Double, _ blood: Double, _ oxygenation: Double = 0.7, _ thickness: Double = 0.06,
    gain: Double = 1
  ) {
    func hold(_ x: Double, _ range: ClosedRange<Double>) -> Double { min(max(x, range.lowerBound), range.upperBound) }
    self.name = name
    self.melanin = hold(melanin, Self.melaninRange)
    self.blood = hold(blood, Self.bloodRange)
    self.oxygenation = hold(oxygenation, Self.oxygenationRange)
    self.thickness = hold(thickness, Self.thicknessRange)
    reflectance = BareSkin.reflectance(
      melanin: self.melanin, blood: self.blood, oxygenation: self.oxygenation, thickness: self.thickness
    ).map { min($0 * gain, 1) }
  }

  /// Linear sRGB albedo.
  public var linearRGB: SIMD3<Double> { Spectrum.linearRGB(reflectance: reflectance) }

  /// This skin with melanin and blood multiplied by factors, held to their ranges: a tan is melanin times 1.3 to 2, the
  /// scalp under a former hairline 0.6 to 0.8, ears and nose blood times 1.3 to 1.6, a mature scar melanin times 0.3 to 0.55 and
  /// blood times 0.55 (sizes by eye, evidence grade D).
  public func changed(melanin m: Double = 1, blood b: Double = 1) -> SkinTone {
    SkinTone(held: name, melanin * m, blood * b, oxygenation, thickness)
  }

  /// This skin as a mature scar: paler, with less melanin and blood, and a twelfth more light from dense collagen close under
  /// the surface. Dark skin keeps more of its melanin (sizes by eye on photographs, evidence grade D).
  public var scarred: SkinTone {
    let dark = min(max(logarithm(melanin / 0.01) / logarithm(15), 0), 1)
    return SkinTone(held: name, melanin * (0.3 + 0.25 * dark), blood * 0.55, oxygenation, thickness, gain: 1.09)
  }

  /// This skin as the round scar of a punch: dense collagen that hardly a vessel runs through, whiter than a strip (sizes by
  /// eye on photographs of donor areas, evidence grade D).
  public var punched: SkinTone { SkinTone(held: name, melanin * 0.6, blood * 0.9, oxygenation, thickness, gain: 1.84) }

  /// Fitzpatrick types I to VI.
  public static let presets: [SkinTone] = [
    SkinTone(held: "I", 0.0036957, 0.0054056),
    SkinTone(held: "II", 0.0096074, 0.0070057),
    SkinTone(held: "III", 0.019958, 0.0082091),
    SkinTone(held: "IV", 0.043578, 0.010037),
    SkinTone(held: "V", 0.088874, 0.013476),
    SkinTone(held: "VI", 0.15246, 0.016268),
  ]

  /// Steps 1 to 10 of the Monk scale as scalps.
  public static let monkSteps: [SkinTone] = zip(1..., [67.5, 66, 64, 61, 57, 51, 45, 38, 31.5, 26]).map {
    step, lightness in
    let melanin = presetMelanin(lightness: lightness)
    return SkinTone(held: "Monk \(step)", melanin, presetBlood(melanin: melanin))
  }

  /// The preset of a Fitzpatrick type, or `nil` if there is none of that name.
  public static func fitzpatrick(_ name: String) -> SkinTone? { presets.first { $0.name == name } }

  /// The preset of a step of the Monk scale, 1 to 10, or `nil` beyond.
  public static func monk(_ step: Int) -> SkinTone? { (1...10).contains(step) ? monkSteps[step - 1] : nil }

  /// Blood that goes with melanin along the six presets, linear in the logarithm of melanin.
  private static func presetBlood(melanin: Double) -> Double {
    let (i, t) = bracket(logarithm(melanin), in: presets.map { logarithm($0.melanin) })
    return presets[i].blood + (presets[i + 1].blood - presets[i].blood) * t
  }

  /// Melanin along the six presets that gives a lightness, by halving.
  private static func presetMelanin(lightness: Double) -> Double {
    var low = logarithm(0.0005)
    var high = logarithm(0.6)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      let melanin = exponential(middle)
      let rgb = BareSkin.linearRGB(melanin: melanin, blood: presetBlood(melanin: melanin))
      if Lab(linearRGB: rgb).lightness > lightness { low = middle } else { high = middle }
    }
    return exponential((low + high) / 2)
  }
}

/// The cell of an ascending list that holds `x`, and where in it; held to the list's ends.
func bracket(_ x: Double, in nodes: [Double]) -> (cell: Int, fraction: Double) {
  var i = 0
  while i + 2 < nodes.count, x > nodes[i + 1] { i += 1 }
  return (i, min(max((x - nodes[i]) / (nodes[i + 1] - nodes[i]), 0), 1))
}
