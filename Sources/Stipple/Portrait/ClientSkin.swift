// The client's skin as the optics take it.

import SkinOptics
import TreatmentDesign

extension Client {
  /// The step of the Monk scale or the Fitzpatrick type, with the melanin, blood and oxygenation that the design gives itself.
  var tone: SkinTone {
    let preset = monk.flatMap { SkinTone.monk($0) } ?? skin.preset
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

extension Client.SkinType {
  /// The optics' preset of the same Fitzpatrick type.
  var preset: SkinTone {
    let place =
      switch self {
      case .i: 0
      case .ii: 1
      case .iii: 2
      case .iv: 3
      case .v: 4
      case .vi: 5
      }
    return SkinTone.presets[place]
  }
}
