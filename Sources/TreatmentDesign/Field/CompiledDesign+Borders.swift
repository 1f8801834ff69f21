// The borders of a design's layers, for whoever draws them on paper or skin.
import Arithmetic
import Meshes
import ScalpGeometry

/// The border of an area that a layer names, or that its picture shows.
public struct LayerBorder: Sendable {
  public enum Kind: Sendable {
    case zone, gradient, mask
    /// A patch scar.
    case scar
    /// The area over which extraction scars lie.
    case extractions
  }
  /// Index into `Design.layers`.
  public var layer: Int
  public var kind: Kind
  /// Per vertex of the head's mesh: positive inside, zero on the border. Millimetres, but for a mask, of which it is the share
  /// of its density less a half.
  public var inside: [Float]
}

extension CompiledDesign {
  /// Borders of zones, gradients, masks, patch scars and areas of extraction scars, in the order of the layers. Hairlines and
  /// strip scars are lines (`hairlines`, `stripScarLines`); a zone of the whole scalp has no border of its own.
  public var borders: [LayerBorder] {
    fields.layers.indices.compactMap { i in
      switch fields.layers[i].source {
      case .hairline: return nil
      case .zone(let zone):
        if case .zone(let layer) = design.layers[i], layer.area == .scalp { return nil }
        return LayerBorder(layer: i, kind: .zone, inside: zone.inside)
      case .gradient(let gradient):
        if case .gradient(let layer) = design.layers[i], layer.area == .scalp { return nil }
        return LayerBorder(layer: i, kind: .gradient, inside: gradient.ways.map(\.y))
      case .mask(let mask): return LayerBorder(layer: i, kind: .mask, inside: mask.shares.map { $0 - 0.5 })
      case .scar(let scar):
        switch scar.outline {
        case .strip: return nil
        case .extractions(let scars): return LayerBorder(layer: i, kind: .extractions, inside: scars.area)
        case .patch(let distances): return LayerBorder(layer: i, kind: .scar, inside: distances)
        }
      }
    }
  }

  /// Strip scars: the middle line, the mean width and how far the blend beside the scar reaches, mm.
  public var stripScarLines: [(layer: Int, line: SurfaceCurve, width: Float, ring: Float)] {
    fields.layers.indices.compactMap { i in
      guard case .scar(let scar) = fields.layers[i].source, case .strip(let strip) = scar.outline,
        case .scar(let layer) = design.layers[i], case .strip(_, let width) = layer.shape
      else { return nil }
      return (i, strip.curve, Float(width), scar.isTreated ? scar.ring : 0)
    }
  }
}
