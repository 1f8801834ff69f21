// Where on the head the work is decides what hair it is seen beside: on crown and back hair stands a tenth denser than on
// the sides and falls away from the lamps, so that stubble of 0.3 to 3 mm looks 1.15 to 1.3 times as dark there, from where
// it is seen (measured on the pictures: `preview --measure` from the back and from the left).

import Arithmetic
import TreatmentDesign

enum HairBeside {
  /// On crown and back, times the sides.
  private static let back = 1.17

  /// How dark the hair beside the work of these layers is, times hair on the sides.
  static func darkness(of layers: [Layer], loss: ExistingHair.Loss) -> Double {
    let all = layers.filter(\.setsImpressions)
    // Scars have a dose of their own, and count where there is nothing else.
    let others = all.filter { if case .scar = $0 { false } else { true } }
    let shares = (others.isEmpty ? all : others).map { layer -> Double in
      let places = layer.places
      // What names no place is where the hair is lost.
      guard !places.isEmpty else { return [.crown, .norwoodIIIVertex].contains(loss) ? 1 : 0 }
      let up = places.reduce(0) { $0 + $1.up } / Double(places.count)
      return Double(smoothstep(190, 270, Float(up)))
    }
    return 1 + (back - 1) * shares.reduce(0, +) / Double(max(shares.count, 1))
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
