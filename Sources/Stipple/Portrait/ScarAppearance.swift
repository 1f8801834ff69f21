// Scars of a design as the renderer takes them.

import Arithmetic
import ScalpGeometry
import ScalpRendering
import SkinOptics
import TreatmentDesign

extension ScarSkin {
  /// The look of a strip or patch layer.
  init(_ layer: ScarLayer, _ outline: CompiledDesign.ScarOutline) {
    let shape: Outline =
      switch outline {
      case .band(let band, let line): .band(band, line)
      case .patch(let distances): .patch(distances)
      }
    let relief: Relief =
      switch layer.surface {
      case .flat: .flat
      case .hypertrophic: .raised
      case .atrophic: .sunken
      }
    self.init(shape, relief: relief, redness: Self.redness(months: layer.age))
  }
}

/// Extraction scars as marks that lighten: hairless discs, white to pink.
///
/// A hole of the punch heals as a small scar: less melanin and blood than the skin, how much less differs from one to the
/// next, and in one of four the vessels stay (by eye against photographs of donor areas, grade D).
func extractionSpots(_ fields: CompiledDesign, in skin: SkinTone) -> Marks {
  var marks = Marks(styles: [])
  // How white and how red: factors on melanin and blood, young ones redder
  func gain(_ melanin: Double, _ blood: Double, _ collagen: Double) -> SIMD3<Double> {
    let scar = skin.changed(melanin: melanin, blood: blood).linearRGB / skin.linearRGB
    // Dense collagen close under the surface sends light back before it meets blood.
    return scar * collagen - SIMD3(repeating: 1)
  }
  let widths: [Double] = [0.76, 0.86, 0.97, 1.10, 1.24, 1.40]
  for group in fields.extractionScars {
    guard case .scar(let layer) = fields.design.layers[group.layer] else { continue }
    let young = Double(ScarSkin.redness(months: layer.age))
    let gains = [
      gain(0.55, 0.65 + 1.2 * young, 1.95), gain(0.60, 0.85 + 1.2 * young, 1.84), gain(0.65, 1.35 + young, 1.70),
    ]
    let mean = 0.5 * Double(group.scars.diameter)
    let first = marks.styles.count
    for width in widths { for gain in gains { marks.styles.append(paleDisc(radius: mean * width, lightening: gain)) } }
    let random = CounterRandom(seed: fields.design.seed, stream: RandomStream.layer(group.layer, 10))
    for i in group.scars.centres.indices {
      let p = group.scars.centres[i]
      let size = Double(group.scars.radii[i]) / mean
      let width = widths.indices.min { abs(widths[$0] - size) < abs(widths[$1] - size) } ?? 0
      let luck = random.uniformPair(UInt64(i))
      let kind = luck.x < 0.38 ? 0 : luck.x < 0.76 ? 1 : 2
      marks.append(
        position: p, normal: fields.scalp.frame.skin(towards: p).normal, style: first + width * gains.count + kind,
        strength: 0.8 + 0.4 * luck.y)
    }
  }
  return marks
}
