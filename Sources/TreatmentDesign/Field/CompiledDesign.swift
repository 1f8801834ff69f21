import ScalpGeometry

/// A design laid on a head: densities at every point of the skin, and what pictures and plans ask about it.
///
/// Everything is a pure function of design and head; the number of threads does not change it.
public struct CompiledDesign: Sendable {
  public let design: Design
  public let scalp: Scalp
  let fields: DesignFields

  /// Impressions wanted after the last session, per cm².
  public var impressionDensity: ImpressionDensity { ImpressionDensity(fields: fields) }
  /// Hairs that stand now, per cm².
  public var hairDensity: HairDensity { HairDensity(fields: fields) }
  /// Area that counts as bald or thin, cm²: by the scan's colours where they show hair, else by the loss pattern.
  public var lossArea: Float { fields.hair.bareArea }
  /// Area that the loss pattern counts as bald or thin, cm².
  package var patternArea: Float { fields.hair.loss.area }
}

/// Lays `design` on `head`.
///
/// - Parameters:
///   - design: the design.
///   - head: the head to lay it on.
///   - threads: worker threads; `nil` means one per processor core. The result does not depend on it.
/// - Throws: `CompileError`, which names the layer, the value and what is allowed.
/// - Complexity: linear in the triangles for each layer.
public func compile(_ design: Design, on head: Head, threads: Int? = nil) throws(CompileError) -> CompiledDesign {
  let scalp: Scalp
  do {
    scalp = try Scalp(head.wearing(design.hair), threads: threads)
  } catch {
    throw CompileError(layer: nil, field: "head", found: "the head's mesh and landmarks", problem: error.description)
  }
  return try compile(design, on: scalp, threads: threads)
}

/// Lays `design` on a head that is already measured: the call for several designs on one head.
public func compile(_ design: Design, on scalp: Scalp, threads: Int? = nil) throws(CompileError) -> CompiledDesign {
  try compile(design, on: scalp, after: nil, threads: threads)
}

extension CompiledDesign {
  /// Another design on the same head: what it has in common with this one, layer by layer, is not worked out again.
  ///
  /// Gives the same as `compile(design, on: scalp)`.
  public func changed(to design: Design, threads: Int? = nil) throws(CompileError) -> CompiledDesign {
    try compile(design, on: scalp, after: self, threads: threads)
  }
}

private func compile(
  _ design: Design, on scalp: Scalp, after previous: CompiledDesign?, threads: Int?
) throws(CompileError) -> CompiledDesign {
  let previous = previous?.design.seed == design.seed ? previous : nil
  let hair =
    if let previous, previous.design.hair == design.hair, previous.design.pictures.skin == design.pictures.skin {
      previous.fields.hair
    } else {
      try HairCover(
        design.hair, seed: design.seed, drawsPhotographed: design.pictures.skin == .fromDesign, on: scalp,
        threads: threads)
    }
  var layers = [CompiledLayer]()
  for (index, layer) in design.layers.enumerated() {
    if let previous, previous.design.hair == design.hair, previous.design.pigment.found == design.pigment.found,
      index < previous.design.layers.count,
      previous.design.layers[index] == layer
    {
      layers.append(previous.fields.layers[index])
      continue
    }
    switch layer {
    case .hairline(let line):
      let made = try Hairline(line, index: index, seed: design.seed, on: scalp, threads: threads)
      layers.append(
        CompiledLayer(
          source: .hairline(made), density: Float(design.density(of: layer)), blend: line.blend,
          followsNature: design.isMatched(layer), reach: design.reach(layer), hairWorth: design.hairWorth(layer)))
    case .zone(let zone):
      let made = try Zone(zone, index: index, on: scalp, threads: threads)
      layers.append(
        CompiledLayer(
          source: .zone(made), density: Float(design.density(of: layer)), blend: zone.blend,
          followsNature: design.isMatched(layer), reach: design.reach(layer), hairWorth: design.hairWorth(layer)))
    case .scar(let scar):
      let made = try Scar(scar, index: index, seed: design.seed, on: scalp, threads: threads)
      layers.append(
        CompiledLayer(source: .scar(made), density: 0, blend: .maximum, hairWorth: design.impressionsPerHair))
    case .gradient(let gradient):
      let made = try Gradient(gradient, index: index, on: scalp, threads: threads)
      layers.append(CompiledLayer(source: .gradient(made), density: 0, blend: gradient.blend))
    case .mask(let mask):
      let made = try Mask(mask, index: index, on: scalp, threads: threads)
      layers.append(
        CompiledLayer(
          source: .mask(made), density: Float(design.density(of: layer)), blend: mask.blend,
          followsNature: design.isMatched(layer), reach: design.reach(layer), hairWorth: design.hairWorth(layer)))
    }
  }
  if let place = design.pictures.macroPlace {
    _ = try PlaceReader(scalp: scalp, layer: nil).skin(place, "pictures.macroPlace", outside: 100)
  }
  return CompiledDesign(
    design: design, scalp: scalp, fields: DesignFields(scalp: scalp, hair: hair, layers: layers))
}

extension Layer {
  /// Whether it puts impressions in, rather than changing how many others put.
  package var setsImpressions: Bool {
    switch self {
    case .hairline(let line): line.blend.takesDensity
    case .zone(let zone): zone.blend.takesDensity
    case .mask(let mask): mask.blend.takesDensity
    case .gradient(let gradient): gradient.blend.takesDensity
    case .scar(let scar): scar.treat
    }
  }
}

extension Design {
  /// The density of a layer, per cm²: as written, or what the match found, times the layer's share of it (`fillTo`). The
  /// factor of a layer that multiplies; the greater end of a gradient; of a scar without a density of its own, 1.15 times
  /// what stands for the hair.
  public func density(of layer: Layer) -> Double {
    func density(_ own: Double?, _ fillTo: Double?, _ factor: Double?, _ blend: Blend) -> Double {
      if blend == .multiply { return factor ?? 1 }
      return own ?? (fillTo ?? 1) * pigment.found.density
    }
    switch layer {
    case .hairline(let line): return density(line.density, line.fillTo, line.factor, line.blend)
    case .zone(let zone): return density(zone.density, zone.fillTo, zone.factor, zone.blend)
    case .mask(let mask): return density(mask.density, mask.fillTo, mask.factor, mask.blend)
    case .gradient(let gradient): return max(gradient.from, gradient.to)
    case .scar(let scar):
      return scar.density ?? scar.pigment.found?.density
        ?? min(Double(Scar.surroundFactor) * pigment.found.density, Scar.greatestDensity)
    }
  }

  /// Impressions that stand for one hair, as the match found them.
  var impressionsPerHair: Float { Float(pigment.found.density / max(hair.density, 1)) }

  /// Whether a layer leaves its density to the match. It then follows nature where that plants less.
  package func isMatched(_ layer: Layer) -> Bool {
    switch layer {
    case .hairline(let line): line.density == nil && line.blend.takesDensity
    case .zone(let zone): zone.density == nil && zone.blend.takesDensity
    case .mask(let mask): mask.density == nil && mask.blend.takesDensity
    case .scar(let scar): scar.density == nil
    case .gradient: false
    }
  }

  /// How many of a layer's impressions a hair that stands there is worth.
  fileprivate func hairWorth(_ layer: Layer) -> Float { isMatched(layer) ? impressionsPerHair * reach(layer) : 1 }

  /// Impressions that would be as dark as the hair, over the layer's density.
  fileprivate func reach(_ layer: Layer) -> Float { isMatched(layer) ? Float(pigment.found.reach) : 1 }
}
