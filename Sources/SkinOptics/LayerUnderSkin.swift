// An unbounded layer of pigment: what a patch tends to as dots crowd, and the limit of their overlap.

import Arithmetic

/// Reflectance per band over that of bare skin, under a layer 0.2 mm thick.
///
/// - Parameters:
///   - depth: of the layer's middle, mm, held to 0.12 to 1.5.
///   - opticalDensity: through the layer at 550 nm (natural logarithm).
///   - ink: what the layer is made of.
///   - skin: the skin that it lies under.
public func layerRatios(depth: Double, opticalDensity: Double, ink: Ink = .carbon, in skin: SkinTone) -> [Double] {
  let (t, u) = bracket(logarithm(max(skin.melanin, 1e-6)), in: TableAxes.tones.map { logarithm($0.melanin) })
  let (z, v) = bracket(depth, in: TableAxes.depths)
  let kappas = TableAxes.layerKappas
  return (0..<Spectrum.count).map { band in
    let taken = kappas.map { 1 - exponential(-$0 * opticalDensity * ink.relative[band]) }
    func loss(_ tone: Int, _ depth: Int) -> Double {
      let start = ((tone * Spectrum.count + band) * TableAxes.depths.count + depth) * kappas.count
      var sum = 0.0
      for k in kappas.indices { sum += taken[k] * Double(LayerTable.values[start + k]) }
      return sum
    }
    func blended(_ depth: Int) -> Double { loss(t, depth) * (1 - u) + loss(t + 1, depth) * u }
    return 1 - geometric(blended(z), blended(z + 1), v)
  }
}

/// Reflectance per channel of a patch over that of bare skin, for dots that may overlap: as `lightLeft(removed:)` while they
/// are few, and never darker than a layer of the same pigment.
///
/// Light that never went deep meets no dot. With p what a dense layer takes and A what one dot takes, n dots per mm² leave
/// (1 - p) + p (1 + n A / (4 p))^-4: the saturating law for crowded dots, in the mean over a patch.
public func crowdedLightLeft(_ body: PigmentBody, perSquareMillimetre n: Double, in skin: SkinTone) -> SIMD3<Double> {
  let area = removedArea(body, in: skin) * n
  let layer = channelMeans(
    layerRatios(depth: body.depth, opticalDensity: max(body.opticalDensity, 1e-6), ink: body.ink, in: skin), in: skin)
  var out = SIMD3<Double>.zero
  for c in 0..<3 {
    let p = max(1 - layer[c], 1e-6)
    let s = 1 + area[c] / (4 * p)
    out[c] = 1 - p + p / (s * s * s * s)
  }
  return out
}
