// Where on the head the work is decides what hair it is seen beside, and from where: work on top from above, beside hair that
// goes away from the eye at the rim; work on crown and back from behind, beside hair that stands a tenth denser than on the
// sides and falls away from the lamps. So stubble of 0.3 to 3 mm looks 1.05 times as dark beside the top as beside the
// temples, and 1.3 times beside the crown (measured on pictures of all samples, patch by patch: `SeenStep`). On dark skin
// stubs seen aslant hide the surface's reflection too, which no pigment takes: 1.13 times beside the top of type VI
// (measured from above and from the side, shafts of 0.06 to 0.12 mm, 0.3 to 3 mm long).

import Arithmetic
import SkinOptics
import TreatmentDesign

enum HairBeside {
  /// What is added beside work on top, and beside crown and back once more, of the darkness beside the front.
  private static let top = 0.05
  private static let back = 0.24
  /// What dark skin adds to `top`.
  private static let topOfDark = 0.08

  /// How dark the hair beside the work of these layers is, times hair on the sides.
  static func darkness(of layers: [Layer], loss: ExistingHair.Loss, on skin: SkinTone) -> Double {
    let top = top + topOfDark * darkShare(skin)
    let all = layers.filter(\.setsImpressions)
    // Scars have a dose of their own, and count where there is nothing else.
    let others = all.filter { if case .scar = $0 { false } else { true } }
    let heights = (others.isEmpty ? all : others).map { layer -> Double in
      let places = layer.places
      // What names no place is where the hair is lost.
      return places.isEmpty ? loss.middle : places.reduce(0) { $0 + $1.up } / Double(places.count)
    }
    let shares = heights.map {
      top * Double(smoothstep(100, 150, Float($0))) + back * Double(smoothstep(190, 270, Float($0)))
    }
    return 1 + shares.reduce(0, +) / Double(max(shares.count, 1))
  }
}

extension ExistingHair.Loss {
  /// Middle of what is lost, along the tape from the glabella, mm.
  fileprivate var middle: Double {
    switch self {
    case .none, .norwoodII, .norwoodIIa, .norwoodIII, .norwoodIIIa, .traction: 115
    case .norwoodIV, .norwoodIVa, .norwoodV, .norwoodVa, .norwoodVI, .norwoodVII: 160
    case .ludwigI, .ludwigII, .ludwigIII, .sinclair1, .sinclair2, .sinclair3, .sinclair4, .sinclair5, .diffuse: 160
    case .areataSingle, .areataMultiple, .ophiasis: 160
    case .crown, .norwoodIIIVertex: 280
    // No hair is left to be seen beside the work.
    case .totalis, .total: 90
    }
  }
}

extension Layer {
  /// The places by which it tells where it lies, if it does.
  fileprivate var places: [ScalpPlace] {
    func places(_ area: ZoneLayer.Area) -> [ScalpPlace] {
      switch area {
      case .scalp: []
      case .ellipse(let centre, _, _, _): [centre]
      case .polygon(let places), .band(let places, _): places
      }
    }
    switch self {
    case .zone(let zone): return places(zone.area)
    case .scar(let scar):
      switch scar.shape {
      case .strip(let path, _): return path
      case .extractions(let area, _, _), .patch(let area): return places(area)
      }
    case .hairline, .gradient, .mask: return []
    }
  }
}
