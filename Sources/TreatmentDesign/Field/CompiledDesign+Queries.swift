// What planner, renderer and reports ask of a design on a head.
import Arithmetic
import Meshes
import ScalpGeometry

/// Skin at a point, as far as pigment is concerned.
public struct Tissue: Sendable, Equatable {
  /// 0 in normal skin, 1 in a scar, between on its border.
  public var scarWeight: Float
  /// The scar's surface; `nil` in normal skin.
  public var surface: ScarLayer.Surface?
  /// Share of an impression's pigment that is kept, over that of normal skin: about 0.75 in flat, 0.6 in hypertrophic
  /// and 0.4 in atrophic scars (one practitioner's figures, and a guess at their mean), 1 in normal skin.
  public var take: Float
}

extension ScarLayer.Surface {
  /// Pigment kept in such a scar over that in normal skin.
  public var take: Float {
    switch self {
    case .flat: 0.75
    case .hypertrophic: 0.6
    case .atrophic: 0.4
    }
  }
}

/// A hairline as it is drawn on the skin.
public struct HairlineGuide: Sendable, Equatable {
  /// Index into `Design.layers`.
  public var layer: Int
  /// The line with its irregularity, from the subject's left sideburn to the right one, steps of about 1 mm, mm.
  public var drawn: [SIMD3<Float>]
  /// The smooth line behind it.
  public var smooth: SurfaceCurve
  /// Lengths along the smooth line between which it is the design's own, from temporal peak to temporal peak, mm; beyond, it
  /// follows the border where hair grows.
  public var own: ClosedRange<Float>
  /// Lengths along it at the corners of the temples, the left one first, mm; empty for a line that was told by its places.
  public var corners: [Float]
  /// Lengths along it between which the line has a gap, mm; of the broken style.
  public var gaps: [ClosedRange<Float>]
}

/// One layer's share of the work.
public struct LayerTotal: Sendable, Equatable {
  /// Impressions that the layer adds to those before it; negative where it takes away.
  public var impressions: Double
  /// Area on which it changes more than 5 impressions per cm², cm².
  public var area: Double
  /// The part of that area on which the layers after it leave more than a twentieth of the change, cm².
  public var lastingArea: Double
}

/// Expected impressions and treated area, by integration over the skin.
public struct DesignTotals: Sendable, Equatable {
  /// One entry per layer of the design, in order.
  public var layers: [LayerTotal]
  /// Expected impressions in all.
  public var impressions: Double
  /// Area with more than 5 impressions per cm², cm².
  public var treatedArea: Double
}

extension CompiledDesign {
  /// Normal skin or scar at `point`; where scars overlap, the one that weighs most.
  public func tissue(at point: SurfacePoint) -> Tissue {
    let corners = FieldCorners(point, fields.triangles)
    var tissue = Tissue(scarWeight: 0, surface: nil, take: 1)
    for layer in fields.layers {
      guard case .scar(let scar) = layer.source else { continue }
      let weight = scar.read(corners, at: point.position).weight
      if weight > tissue.scarWeight {
        tissue = Tissue(scarWeight: weight, surface: scar.surface, take: mix(1, scar.surface.take, weight))
      }
    }
    return tissue
  }

  /// Every vertex that belongs to a triangle, as a point.
  public var vertexPoints: [SurfacePoint] { TreatmentDesign.vertexPoints(scalp.head.mesh).compactMap { $0 } }

  /// An outline of a strip or patch scar, for drawing.
  public enum ScarOutline: Sendable {
    case band(NotchedBand, LineField)
    /// Per vertex: distance inside the border, mm.
    case patch([Float])
  }

  /// The outlines of strip and patch scars, as hair and impressions follow them.
  public var scarOutlines: [(layer: ScarLayer, outline: ScarOutline)] {
    fields.layers.indices.compactMap { i in
      guard case .scar(let scar) = fields.layers[i].source, case .scar(let layer) = design.layers[i] else { return nil }
      switch scar.outline {
      case .strip(let strip): return (layer, .band(strip.band, strip.line))
      case .patch(let distances): return (layer, .patch(distances))
      case .extractions: return nil
      }
    }
  }

  /// How much hair keeps the sun off at every vertex, 0 to `strength`: the share of natural hair that stands now. Empty if
  /// `strength` is 0.
  public func shelteredWeights(strength: Float) -> [Float] {
    if strength <= 0 { return [] }
    return TreatmentDesign.vertexPoints(scalp.head.mesh).map { point in
      guard let point else { return 0 }
      let there = visibleHair(at: point)
      return there.natural > 0 ? strength * min(max(there.now / there.natural, 0), 1) : 0
    }
  }

  /// The round scars of each extraction layer, for drawing.
  public var extractionScars: [(layer: Int, surface: ScarLayer.Surface, scars: ExtractionScars)] {
    fields.layers.indices.compactMap { i in
      guard case .scar(let scar) = fields.layers[i].source, case .extractions(let scars) = scar.outline else {
        return nil
      }
      return (i, scar.surface, scars)
    }
  }

  /// Middle lines of the strip scars.
  package var stripScars: [(layer: Int, surface: ScarLayer.Surface, line: SurfaceCurve)] {
    fields.layers.indices.compactMap { i in
      guard case .scar(let scar) = fields.layers[i].source, case .strip(let strip) = scar.outline else { return nil }
      return (i, scar.surface, strip.curve)
    }
  }

  /// Hairs at a point, per cm²: as nature planted them, and those that stand now.
  public func hair(at point: SurfacePoint) -> (natural: Float, now: Float) {
    let there = fields.hair(at: point)
    return (there.natural, there.now)
  }

  /// Hair that shows at a point, per cm² of whole hairs: a shaft of half the calibre counts half; and as nature planted.
  public func visibleHair(at point: SurfacePoint) -> (natural: Float, now: Float) {
    let there = fields.hair(at: point)
    return (there.natural, there.now * fields.hair.keptCalibre(FieldCorners(point, fields.triangles)))
  }

  /// Hairs to draw at a point, per cm²: what stands there less what the scan's own colours show.
  public func drawnHair(at point: SurfacePoint) -> (natural: Float, now: Float) {
    let there = fields.hair(at: point)
    return (there.natural, there.now * fields.hair.drawnShare(FieldCorners(point, fields.triangles)))
  }

  /// The pigment of impressions at `point`: the design's, with what the layer changes whose scar lies there, or else the
  /// one, no scar, that put most of them there. `layer` is `nil` where nothing is changed.
  public func pigment(at point: SurfacePoint) -> (layer: Int?, pigment: Pigment) {
    guard pigmentDiffers else { return (nil, design.pigment) }
    let corners = FieldCorners(point, fields.triangles)
    for (index, layer) in fields.layers.enumerated() {
      guard case .scar(let scar) = layer.source, scar.isTreated,
        scar.read(corners, at: point.position).weight > 0.5
      else { continue }
      let own = design.layers[index].pigment
      return own.isPlain ? (nil, design.pigment) : (index, design.pigment.changed(by: own))
    }
    // What a scar has put beside it is in normal skin.
    guard let best = fields.principalLayer(at: point, among: { !isScar($0) }).layer,
      !design.layers[best].pigment.isPlain
    else { return (nil, design.pigment) }
    return (best, design.pigment.changed(by: design.layers[best].pigment))
  }

  /// Whether it is a scar that has put most impressions at `point`: in its blend ring, or in it.
  public func isBesideScar(at point: SurfacePoint) -> Bool {
    fields.principalLayer(at: point).layer.map(isScar) ?? false
  }

  private func isScar(_ layer: Int) -> Bool {
    if case .scar = design.layers[layer] { true } else { false }
  }

  /// Whether any layer changes the pigment.
  public var pigmentDiffers: Bool { design.layers.contains { !$0.pigment.isPlain } }

  /// Shaft diameter of a hair at `point` over that of untouched hair, 0 to 1.
  public func hairCalibre(at point: SurfacePoint) -> Float { fields.calibre(at: point) }

  /// Impressions wanted at `point` after the last session, per cm².
  public func impressions(at point: SurfacePoint) -> Float { max(fields.impressions(at: point), 0) }

  /// How far `point` lies behind the front-most hairline of the design with its irregularity, mm; negative ahead of
  /// it; `nil` without a hairline layer.
  public func distanceBehindHairline(at point: SurfacePoint) -> Float? {
    let corners = FieldCorners(point, fields.triangles)
    var deepest: Float?
    for layer in fields.layers {
      guard case .hairline(let line) = layer.source else { continue }
      let place = corners.value(line.behind)
      deepest = max(deepest ?? -.infinity, place.x - line.profile.shift(place.y))
    }
    return deepest
  }

  /// Whether impressions here are set with a single needle: within 10 mm behind a hairline, and ahead of it.
  public func isSingleNeedle(at point: SurfacePoint) -> Bool {
    distanceBehindHairline(at: point).map { $0 < 10 } ?? false
  }

  /// Shade steps by which impressions here are lighter than the core: the style's at the edge of a hairline, falling
  /// to 0 over the first 15 mm behind it.
  public func shadeSteps(at point: SurfacePoint) -> Float {
    let corners = FieldCorners(point, fields.triangles)
    var steps: Float = 0
    for layer in fields.layers {
      guard case .hairline(let line) = layer.source else { continue }
      let place = corners.value(line.behind)
      if place.x > -50 {
        steps = max(
          steps, line.profile.shadeSteps * (1 - smoothstep(0, 15, place.x - line.profile.shift(place.y))))
      }
    }
    return steps
  }

  /// The design's hairlines, for guides.
  public var hairlines: [HairlineGuide] {
    fields.layers.indices.compactMap { i in
      guard case .hairline(let line) = fields.layers[i].source else { return nil }
      return HairlineGuide(
        layer: i, drawn: line.drawn(on: scalp.frame), smooth: line.curve, own: line.own, corners: line.corners,
        gaps: line.profile.gapRanges)
    }
  }

  /// Where the close-up looks: the stated place, else the named one, else where the work shows most beside hair, else the
  /// vertex.
  public var macroPlace: SurfacePoint? {
    let frame = scalp.frame
    if let place = design.pictures.macroPlace {
      return frame.place(up: Float(place.up), side: Float(place.side))
    }
    if let name = design.pictures.at { return place(named: name) }
    return placeOfGreatestChange ?? frame.place(up: frame.vertexUp, side: 0)
  }

  /// A place on the head by its name; `nil` where the design has no such thing (a scar) or the skin does not reach.
  ///
  /// Without a hairline layer, hairline and temples are where an average adult's are.
  public func place(named name: Pictures.Place) -> SurfacePoint? {
    let frame = scalp.frame
    let line = design.layers.firstIndex { if case .hairline = $0 { true } else { false } }
    func temple(_ sign: Float) -> SurfacePoint? {
      guard let line, case .hairline(let made) = fields.layers[line].source else {
        return frame.place(up: 100, side: 48 * sign)
      }
      // The corner of the line on that side, or where the line is 48 mm aside.
      let corners = made.corners.map { frame.coordinates(of: made.curve.position(at: $0)) }
      if let corner = corners.first(where: { $0.side * sign > 15 }) {
        return frame.place(up: corner.up + 4, side: corner.side)
      }
      var best = (up: Float(100), side: 48 * sign)
      var nearest = Float.infinity
      for p in made.curve.positions {
        let place = frame.coordinates(of: p)
        let off = abs(place.side - 48 * sign)
        if off < nearest { (nearest, best) = (off, place) }
      }
      return frame.place(up: best.up + 4, side: best.side)
    }
    switch name {
    case .hairline: return line.map { middle(ofLayer: $0) } ?? frame.place(up: 74, side: 0)
    case .templeLeft: return temple(1)
    case .templeRight: return temple(-1)
    case .crown: return frame.place(up: 0.5 * (frame.vertexUp + 300), side: -6)
    case .vertex: return frame.place(up: frame.vertexUp, side: 0)
    case .back: return frame.place(up: 335, side: 0)
    case .scar:
      let scar = design.layers.firstIndex { if case .scar = $0 { true } else { false } }
      return scar.flatMap { middle(ofLayer: $0) }
    }
  }

  /// The middle of a layer.
  private func middle(ofLayer index: Int) -> SurfacePoint? {
    let frame = scalp.frame
    func middle(of area: ZoneLayer.Area) -> ScalpPlace {
      switch area {
      case .scalp: ScalpPlace(up: Double(frame.vertexUp), side: 0)
      case .ellipse(let centre, _, _, _): centre
      case .polygon(let places):
        ScalpPlace(
          up: places.map(\.up).reduce(0, +) / Double(max(places.count, 1)),
          side: places.map(\.side).reduce(0, +) / Double(max(places.count, 1)))
      case .band(let path, _): path[path.count / 2]
      }
    }
    switch design.layers[index] {
    case .hairline(let layer):
      // A little behind the line, so that the picture shows edge and core.
      guard case .hairline(let line) = fields.layers[index].source else { return nil }
      let mid =
        layer.points.isEmpty
        ? (up: Float(layer.height), side: Float(0))
        : frame.coordinates(of: line.curve.position(at: 0.5 * line.curve.length))
      return frame.place(up: mid.up + 4, side: mid.side)
    case .zone(let zone):
      let place = middle(of: zone.area)
      return frame.place(up: Float(place.up), side: Float(place.side))
    case .scar(let scar):
      switch scar.shape {
      case .strip:
        guard case .scar(let made) = fields.layers[index].source, case .strip(let strip) = made.outline else {
          return nil
        }
        let place = frame.coordinates(of: strip.curve.position(at: 0.5 * strip.curve.length))
        return frame.place(up: place.up, side: place.side)
      case .extractions(let area, _, _), .patch(let area):
        let place = middle(of: area)
        return frame.place(up: Float(place.up), side: Float(place.side))
      }
    case .gradient(let gradient):
      let place = middle(of: gradient.area)
      return frame.place(up: Float(place.up), side: Float(place.side))
    case .mask:
      return frame.place(up: frame.vertexUp, side: 0)
    }
  }

  /// Expected impressions and areas, by layer and in all.
  ///
  /// Each triangle is read at four points; layers with detail finer than half a triangle are met on average only.
  public func totals(threads: Int? = nil) -> DesignTotals {
    let mesh = scalp.head.mesh
    let layerCount = fields.layers.count
    let tiles = 64
    let tile = (mesh.triangles.count + tiles - 1) / tiles
    // Per tile: impressions, area and lasting area of each layer, then of the whole. Summed in tile order.
    let sums = tabulate(tiles, initial: [SIMD4<Double>](), threads: threads) { k in
      var sums = [SIMD4<Double>](repeating: .zero, count: layerCount + 1)
      // What the layers after it leave of each layer that changes something at a point
      var lasting = [Float](repeating: 0, count: layerCount)
      for i in min(k * tile, mesh.triangles.count)..<min((k + 1) * tile, mesh.triangles.count) {
        let t = mesh.triangles[i]
        let a = mesh.positions[Int(t.x)]
        let b = mesh.positions[Int(t.y)]
        let c = mesh.positions[Int(t.z)]
        let share = Double(0.5 * length(cross(b - a, c - a)) / 100) / 4
        for (v, w) in SurfacePoint.quarters {
          let point = mesh.point(i, v: v, w: w)
          var before: Float = 0
          fields.blend(at: point) { layer, after, leaves in
            if layer >= 0 {
              for earlier in 0..<layer { lasting[earlier] *= leaves }
              let changes = abs(after - before) > 5
              lasting[layer] = changes ? 1 : 0
              sums[layer] += SIMD4(Double(after - before), changes ? 1 : 0, 0, 0) * share
              before = after
            } else {
              sums[layerCount] += SIMD4(Double(after), after > 5 ? 1 : 0, 0, 0) * share
            }
          }
          for layer in 0..<layerCount where lasting[layer] > 0.05 { sums[layer].z += share }
        }
      }
      return sums
    }
    var total = [SIMD4<Double>](repeating: .zero, count: layerCount + 1)
    for tileSums in sums {
      for (i, sum) in tileSums.enumerated() { total[i] += sum }
    }
    return DesignTotals(
      layers: total.dropLast().map { LayerTotal(impressions: $0.x, area: $0.y, lastingArea: $0.z) },
      impressions: total[layerCount].x, treatedArea: total[layerCount].y)
  }
}

/// For each vertex a surface point at it; `nil` for a vertex without triangles.
func vertexPoints(_ mesh: TriangleMesh) -> [SurfacePoint?] {
  var points = [SurfacePoint?](repeating: nil, count: mesh.positions.count)
  for (i, t) in mesh.triangles.enumerated() {
    for (corner, v, w) in [(t.x, 0, 0), (t.y, 1, 0), (t.z, 0, 1)] as [(UInt32, Float, Float)] {
      points[Int(corner)] = SurfacePoint(
        position: mesh.positions[Int(corner)], triangle: UInt32(i), v: v, w: w)
    }
  }
  return points
}
