import ScalpGeometry
import ScalpRendering
import SkinOptics
import TreatmentDesign

/// Extraction scars as marks that lighten: hairless, paler discs.
func extractionSpots(_ fields: CompiledDesign) -> Marks {
  var styles: [LossProfile] = []
  var marks = Marks(styles: [])
  for group in fields.extractionScars {
    guard let typical = group.scars.radii.first else { continue }
    // Extraction scars are paler than the skin around them, redder channels least; the size is by eye (grade D).
    styles.append(paleDisc(radius: Double(typical), lightening: SIMD3(0.13, 0.16, 0.17)))
    for i in group.scars.centres.indices {
      let p = group.scars.centres[i]
      let size = group.scars.radii[i] / typical
      marks.append(
        position: p, normal: fields.scalp.frame.skin(towards: p).normal, style: styles.count - 1, strength: size * size)
    }
  }
  marks.styles = styles
  return marks
}
