// Reflectance of bare skin, looked up.
//
// Scattering is fixed per band, so a band's reflectance depends on two numbers only: the absorption of the layer that holds
// melanin and the absorption below it. The table holds it over those two (our own Monte Carlo, weighted by absorption
// after the fact); melanin, blood, oxygenation and thickness all reach it through them. Thickness is approximate: a layer
// twice as thick is taken as one twice as absorbing, which is what it is for light that crosses it straight.

import Arithmetic

/// Diffuse reflectance of skin without pigment or hair, specular reflection excluded.
public enum BareSkin {
  /// Reflectance per band of `Spectrum`, 0 to 1.
  ///
  /// - Parameters:
  ///   - melanin: volume fraction of melanosomes in the epidermis, 0 to 1.
  ///   - blood: volume fraction of blood in the dermis, 0 to 0.1.
  ///   - oxygenation: share of haemoglobin that carries oxygen, 0 to 1.
  ///   - thickness: of the layer that holds melanin, mm; the scalp's whole epidermis is about 0.02 mm more.
  public static func reflectance(
    melanin: Double, blood: Double, oxygenation: Double = 0.7, thickness: Double = 0.06
  ) -> [Double] {
    (0..<Spectrum.count).map { band in
      reflectance(
        band: band,
        epidermis: Chromophores.epidermis(band: band, melanin: melanin) * thickness / Chromophores.melaninLayer,
        dermis: Chromophores.dermis(band: band, blood: blood, oxygenation: oxygenation))
    }
  }

  /// Linear sRGB albedo for volume fractions of melanosomes and blood.
  public static func linearRGB(melanin: Double, blood: Double) -> SIMD3<Double> {
    Spectrum.linearRGB(reflectance: reflectance(melanin: melanin, blood: blood))
  }

  /// One band; absorptions per mm. Cubic in the cube roots of both, on the logarithm of reflectance.
  static func reflectance(band: Int, epidermis: Double, dermis: Double) -> Double {
    let rows = TableAxes.epidermis.count
    let columns = TableAxes.dermis.count
    let (i, u) = position(of: epidermis, in: TableAxes.epidermis)
    let (j, v) = position(of: dermis, in: TableAxes.dermis)
    let a = catmullRom(u)
    let b = catmullRom(v)
    var sum = 0.0
    for k in 0..<4 {
      let row = min(max(i + k - 1, 0), rows - 1)
      var inner = 0.0
      for l in 0..<4 {
        let column = min(max(j + l - 1, 0), columns - 1)
        inner += b[l] * logs[(band * rows + row) * columns + column]
      }
      sum += a[k] * inner
    }
    return exponential(sum)
  }

  private static let logs: [Double] = BareSkinTable.values.map { logarithm(Double(max($0, 1e-6))) }

  /// Cell and fraction on an axis even in the cube root, held to its ends.
  private static func position(of x: Double, in nodes: [Double]) -> (Int, Double) {
    let low = cubeRoot(nodes[0])
    let high = cubeRoot(nodes[nodes.count - 1])
    let at = (cubeRoot(held(x, nodes[0], nodes[nodes.count - 1])) - low) / (high - low) * Double(nodes.count - 1)
    let cell = min(max(Int(at), 0), nodes.count - 2)
    return (cell, at - Double(cell))
  }

  private static func catmullRom(_ t: Double) -> SIMD4<Double> {
    let t2 = t * t
    let t3 = t2 * t
    return SIMD4(
      (-t + 2 * t2 - t3) / 2, (2 - 5 * t2 + 3 * t3) / 2, (t + 4 * t2 - 3 * t3) / 2, (-t2 + t3) / 2)
  }
}
