// The client's skin as the optics take it.

import SkinOptics
import TreatmentDesign

extension Client {
  /// The step of the Monk scale or the Fitzpatrick type, with the melanin, blood and oxygenation that the design gives itself.
  var tone: SkinTone {
    let preset = monk.flatMap { SkinTone.monk($0) } ?? SkinTone.fitzpatrick(skin.rawValue) ?? SkinTone.presets[1]
    if melanin == nil && blood == nil && oxygenation == nil { return preset }
    // The document's ranges are those of the optics; a design made in code may break them.
    let own = try? SkinTone(
      melanin: melanin ?? preset.melanin, blood: blood ?? preset.blood, oxygenation: oxygenation ?? preset.oxygenation)
    return own ?? preset
  }

  /// What a footer calls it: "type II", "Monk 4", "melanin 0.02".
  var skinName: String {
    if let melanin { return "melanin \(melanin)" }
    return monk.map { "Monk \($0)" } ?? "type \(skin.rawValue)"
  }
}
