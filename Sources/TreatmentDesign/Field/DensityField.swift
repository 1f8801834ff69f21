// All layers of a design as one density of impressions, and the hair beside it, evaluated at any point of the skin.
//
// Vertices carry distances; the profiles that turn distance into density are evaluated at the point asked for, so that
// a feather of 2 mm stays 2 mm on triangles of 5 mm.
//
// With h the hair at a point (an untreated scar's lost hair counted in), a the impressions so far, D a layer's density
// and w its share there (0 to 1), a layer makes a into
//
//   fill      max(a, w D - k h)         hair and impressions together reach w D; k is what a hair is worth: 1 where the
//                                       design states D, else what the match found (D is then nature's)
//   add       a + w D
//   maximum   max(a, w D)
//   set       a + (D - a) w
//   multiply  a (1 + (F - 1) w)         F is the layer's factor
//   exclude   a (1 - w)
//   scar      max(a, w' D)              w' is 1 in the scar and falls from 0.2 to 0 over the blend ring; where no hair
//                                       grows beside it, as much as the hair was worth
//
// A hair counts in h as much as it shows: a miniaturised shaft of half the calibre is half a hair.
//
// An untreated scar takes all impressions away, whatever layers come after it.
import Arithmetic
import ImpressionSampling
import Meshes
import ScalpGeometry

/// A layer on a head: its fields, its density and how it joins.
struct CompiledLayer: Sendable {
  enum Source: Sendable {
    case hairline(Hairline)
    case zone(Zone)
    case scar(Scar)
    case gradient(Gradient)
    case mask(Mask)
  }
  let source: Source
  /// Per cm²; the factor of a layer that multiplies; not used by scars and gradients.
  let density: Float
  let blend: Blend
  /// Whether `density` is meant for places of full natural density and follows nature where it is lower.
  var followsNature = false
  /// As `Dose.reach`.
  var reach: Float = 1
  /// How many impressions a hair that stands there is worth, where hair is counted in.
  var hairWorth: Float = 1
}

/// Everything a design says about a head, ready to be asked at points. Immutable and shared by the fields below.
final class DesignFields: Sendable {
  let triangles: [SIMD3<UInt32>]
  /// Per vertex: distance inside the adult hair border, mm, and how closed that border is (see `ScalpRegion`).
  let inside: [Float]
  let closure: [Float]
  let hair: HairCover
  let layers: [CompiledLayer]

  init(scalp: Scalp, hair: HairCover, layers: [CompiledLayer]) {
    triangles = scalp.head.mesh.triangles
    inside = scalp.region.distances
    closure = scalp.region.closure
    self.hair = hair
    self.layers = layers
  }

  /// Hair at a point, per cm².
  struct HairThere {
    /// Before loss; after loss and scars.
    var natural: Float = 0
    var now: Float = 0
    /// As layers count it, weighed by calibre: what stands now, and what stood where a scar is left bare; and what would
    /// stand had no scar taken any.
    var counted: Float = 0
    var unscarred: Float = 0
  }

  func hair(at point: SurfacePoint) -> HairThere {
    let corners = FieldCorners(point, triangles)
    return hair(corners, corners.value(inside), point.position)
  }

  func calibre(at point: SurfacePoint) -> Float {
    let corners = FieldCorners(point, triangles)
    return hair.calibre(corners, inside: corners.value(inside))
  }

  @inline(__always)
  private func hair(_ corners: FieldCorners, _ depth: Float, _ position: SIMD3<Float>) -> HairThere {
    var there = HairThere()
    there.natural = hair.natural(corners, inside: depth, at: position)
    if there.natural > 0 {
      there.now = there.natural * hair.residual(corners)
      there.unscarred = there.now * hair.keptCalibre(corners)
      there.counted = there.unscarred
      for layer in layers {
        guard case .scar(let scar) = layer.source else { continue }
        let skin = 1 - scar.read(corners, at: position).bare
        there.now *= skin
        if scar.isTreated { there.counted *= skin }
      }
    }
    return there
  }

  /// Impressions per cm² at a point after all layers.
  func impressions(at point: SurfacePoint) -> Float {
    var total: Float = 0
    blend(at: point) { _, after, _ in total = after }
    return total
  }

  @inline(__always)
  private func density(of layer: CompiledLayer, _ corners: FieldCorners) -> Float {
    layer.followsNature ? layer.density * hair.naturalShare(corners) : layer.density
  }

  /// Walks through the layers at a point: `step` gets each layer's index, the impressions per cm² after it, without
  /// the untreated scars' share, and what part of the layers before it that leaves; a last call with index -1 gives the sum
  /// after those scars.
  @inline(__always)
  func blend(at point: SurfacePoint, _ step: (Int, Float, Float) -> Void) {
    let corners = FieldCorners(point, triangles)
    let depth = corners.value(inside)
    let there = hair(corners, depth, point.position)
    // Ears and nape end every hairline and zone as they end the hair.
    let limit = mix(1, hair.border(corners, inside: depth, at: point.position), corners.value(closure))
    var sum: Float = 0
    // The same, had no scar taken hair away: what stands around a scar.
    var around: Float = 0
    var bare: Float = 1
    for (index, layer) in layers.enumerated() {
      var leaves: Float = 1
      switch layer.source {
      case .hairline(let line):
        let share = line.profile.share(corners.value(line.behind)) * limit
        let density = density(of: layer, corners)
        leaves = left(layer.blend, sum, share, density, there.counted * layer.hairWorth, layer.reach)
        sum = joined(layer.blend, sum, share, density, there.counted * layer.hairWorth, layer.reach)
        around = joined(layer.blend, around, share, density, there.unscarred * layer.hairWorth, layer.reach)
      case .zone(let zone):
        let share = zone.share(corners.value(zone.inside)) * limit
        let density = density(of: layer, corners)
        leaves = left(layer.blend, sum, share, density, there.counted * layer.hairWorth, layer.reach)
        sum = joined(layer.blend, sum, share, density, there.counted * layer.hairWorth, layer.reach)
        around = joined(layer.blend, around, share, density, there.unscarred * layer.hairWorth, layer.reach)
      case .gradient(let gradient):
        let share = gradient.share(corners) * limit
        let density = gradient.density(corners)
        leaves = left(layer.blend, sum, share, density, there.counted * layer.hairWorth, layer.reach)
        sum = joined(layer.blend, sum, share, density, there.counted * layer.hairWorth, layer.reach)
        around = joined(layer.blend, around, share, density, there.unscarred * layer.hairWorth, layer.reach)
      case .mask(let mask):
        let share = mask.share(corners) * limit
        let density = density(of: layer, corners)
        leaves = left(layer.blend, sum, share, density, there.counted * layer.hairWorth, layer.reach)
        sum = joined(layer.blend, sum, share, density, there.counted * layer.hairWorth, layer.reach)
        around = joined(layer.blend, around, share, density, there.unscarred * layer.hairWorth, layer.reach)
      case .scar(let scar):
        let read = scar.read(corners, at: point.position)
        if !scar.isTreated {
          bare *= 1 - read.weight
        } else if read.bare > 0 || read.ring > 0 {
          let surroundings = there.unscarred * layer.hairWorth + around
          let density = scar.density ?? min(Scar.surroundFactor * surroundings, Float(Scar.greatestDensity))
          let share = read.weight + (1 - read.weight) * Scar.ringShare * read.ring
          // Beside a scar, where no hair grows, as many as the hair was worth.
          let wanted = max(density * share, density * read.weight + surroundings * (read.bare - read.weight))
          leaves = sum < wanted ? 0 : 1
          sum = max(sum, wanted)
        }
      }
      step(index, sum, leaves)
    }
    step(-1, sum * bare, 1)
  }
}

extension DesignFields {
  /// Which of some layers adds most impressions at a point, the first of equals; `nil` where none adds any. And the impressions
  /// per cm² there after all layers.
  func principalLayer(at point: SurfacePoint, among isMeant: (Int) -> Bool = { _ in true })
    -> (layer: Int?, impressions: Float)
  {
    var (layer, most, before) = (Int?.none, Float(0), Float(0))
    blend(at: point) { index, after, _ in
      if index >= 0, after - before > most, isMeant(index) { (layer, most) = (index, after - before) }
      before = after
    }
    return (layer, max(before, 0))
  }

  /// A layer's share at a point: 1 inside, falling to 0 over its feather and where hair ends; of a scar, 1 in it.
  func share(ofLayer index: Int, at point: SurfacePoint) -> Float {
    let corners = FieldCorners(point, triangles)
    let depth = corners.value(inside)
    let limit = mix(1, hair.border(corners, inside: depth, at: point.position), corners.value(closure))
    switch layers[index].source {
    case .hairline(let line): return line.profile.share(corners.value(line.behind)) * limit
    case .zone(let zone): return zone.share(corners.value(zone.inside)) * limit
    case .gradient(let gradient): return gradient.share(corners) * limit
    case .mask(let mask): return mask.share(corners) * limit
    case .scar(let scar): return scar.read(corners, at: point.position).weight
    }
  }
}

/// Impressions after a layer of density `wanted` and share `share` joined `before`, with `hair` standing there, and `reach`
/// as `Dose` has it.
@inline(__always)
func joined(_ blend: Blend, _ before: Float, _ share: Float, _ wanted: Float, _ hair: Float, _ reach: Float) -> Float {
  switch blend {
  case .fill: max(before, filled(share, wanted, hair, reach))
  case .add: before + share * wanted
  case .maximum: max(before, share * wanted)
  case .set: before + (wanted - before) * share
  case .multiply: before * (1 + (wanted - 1) * share)
  case .exclude: before * (1 - share)
  }
}

/// What the hair that stands leaves to be made good, no more than keep apart.
@inline(__always)
private func filled(_ share: Float, _ wanted: Float, _ hair: Float, _ reach: Float) -> Float {
  min(share * wanted, share * wanted * reach - hair)
}

/// What part of `before` a layer that joins it leaves: the slope of `joined` over `before`.
@inline(__always)
func left(_ blend: Blend, _ before: Float, _ share: Float, _ wanted: Float, _ hair: Float, _ reach: Float) -> Float {
  switch blend {
  case .fill: filled(share, wanted, hair, reach) > before ? 0 : 1
  case .add: 1
  case .maximum: share * wanted > before ? 0 : 1
  case .set: 1 - share
  case .multiply: 1 + (wanted - 1) * share
  case .exclude: 1 - share
  }
}

/// Impressions wanted after the last session, per cm².
public struct ImpressionDensity: SurfaceDensity {
  let fields: DesignFields

  public func evaluate(_ points: Span<SurfacePoint>, into densities: inout MutableSpan<Float>) {
    for i in 0..<points.count { densities[i] = max(fields.impressions(at: points[i]), 0) }
  }
}

/// Hairs that stand now, after loss and scars, per cm².
public struct HairDensity: SurfaceDensity {
  let fields: DesignFields

  public func evaluate(_ points: Span<SurfacePoint>, into densities: inout MutableSpan<Float>) {
    for i in 0..<points.count { densities[i] = fields.hair(at: points[i]).now }
  }
}
