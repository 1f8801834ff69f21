// The treated scalp cut into patches of 20 mm along the tape, scars and what has no hair left apart, and the colour of each
// at arm's length: hair and impressions averaged as light that they take.

import Arithmetic
import Meshes
import PigmentAging
import SkinOptics
import TreatmentDesign

/// Treated skin of one patch and what it is compared with.
struct TreatedPatch {
  /// Which part of the scalp: "front left", ...
  var name: String
  var layer: Int
  var area: Double
  /// Triangles of the head that lie in it.
  var triangles: [UInt32]
  /// The most that `step` may be.
  var allowed: Double
  /// Colours at arm's length: with all hair, now, and treated; one for each light.
  var full: [Lab]
  var before: [Lab]
  var after: [Lab]
  /// Not of extraction scars: at arm's length discs of a millimetre are told by lightness alone, their hue is not made out
  /// (Mullen. The contrast sensitivity of human colour vision. 1985: colour ends near 10 cycles per degree).
  var hueIsSeen: Bool
  /// Share of the natural hair that is missing.
  var missing: Double

  /// CIEDE2000 from the hair beside it, root mean square over the lights.
  var step: Double {
    let squares = zip(after, full).map { after, full in
      var full = full
      if !hueIsSeen { (full.a, full.b) = (after.a, after.b) }
      return square(after.difference(from: full))
    }
    return (squares.reduce(0, +) / Double(max(full.count, 1))).squareRoot()
  }

  var isDarker: Bool { (after.first?.lightness ?? 0) < (full.first?.lightness ?? 0) }

  private func square(_ x: Double) -> Double { x * x }
}

/// Everything that is treated in full, patch by patch: not a hairline's edge, not the feather of a zone.
func treatedPatches(_ fields: CompiledDesign, threads: Int?) -> [TreatedPatch] {
  let design = fields.design
  let healthy = design.client.tone
  let hair = HairTarget(design)
  let target = MatchTarget(MatchQuery(design))
  struct Sums {
    var area = 0.0
    var natural = 0.0
    var hair = 0.0
    /// Impressions by mixture: the design's, then each layer's.
    var impressions: [Double]
    var name = ""
    var take = 1.0
    var layer = 0
    var triangles: [UInt32] = []
  }
  // Behind a hairline work and shade are full where its feather has ended.
  let edge = design.layers.reduce(Float(0)) { widest, layer in
    guard case .hairline(let line) = layer else { return widest }
    return max(widest, 1.7 * Float(line.figures.feather))
  }
  var order: [Int] = []
  var sums: [Int: Sums] = [:]
  for sample in fields.workSamples(threads: threads) where sample.impressions > 5 && sample.share > 0.9 {
    guard let layer = sample.layer, sample.natural > 0.6 * Float(design.hair.density) else { continue }
    if let behind = sample.behind, behind < edge { continue }
    let tissue = fields.tissue(at: sample.point)
    let isScar = tissue.scarWeight > 0.5
    if isScar && tissue.scarWeight < 0.95 { continue }
    let (column, row) = (Int(((sample.side + 400) / 20).rounded(.down)), Int((sample.up / 20).rounded(.down)))
    // A parting is narrow: averaged with the hair on both its sides it would never be seen.
    let isBare = sample.hair < 0.25 * sample.natural
    let key = isScar ? -1 - layer : ((row + 100) * 64 + column) * 2 + (isBare ? 1 : 0)
    if sums[key] == nil {
      order.append(key)
      var new = Sums(impressions: [Double](repeating: 0, count: design.layers.count + 1))
      new.name = isScar ? "in the scar" : placeName(sample)
      new.take = Double(tissue.take)
      sums[key] = new
    }
    let mixture = (fields.pigment(at: sample.point).layer ?? -1) + 1
    sums[key]?.area += sample.area
    sums[key]?.natural += Double(sample.natural) * sample.area
    sums[key]?.hair += Double(sample.hair) * sample.area
    sums[key]?.impressions[mixture] += Double(sample.impressions) * sample.area
    sums[key]?.layer = layer
    sums[key]?.triangles.append(sample.point.triangle)
  }
  let bodies = (0...design.layers.count).map { i in
    i == 0 ? design.pigment : design.pigment.changed(by: design.layers[i - 1].pigment)
  }
  func removed(_ pigment: Pigment, take: Double, _ skin: SkinTone) -> [Double] {
    removedAreas(
      PigmentBody(
        diameter: pigment.coreDiameter, depth: PigmentBody.restingDepth(needleDepth: pigment.needleDepth),
        opticalDensity: min(pigment.opticalDensity * take, PigmentBody.opticalDensityRange.upperBound),
        ink: pigment.kind.ink), in: skin)
  }
  return order.compactMap { key -> TreatedPatch? in
    guard let sum = sums[key], sum.area > (key < 0 ? 0.05 : key % 2 == 1 ? 0.2 : 1) else { return nil }
    var ground = MatchGround.skin
    if key < 0, case .scar(let scar) = design.layers[sum.layer] { ground = scar.ground }
    let skin = healthy.tone(of: ground)
    var work = [Double](repeating: 0, count: Spectrum.count)
    for (mixture, total) in sum.impressions.enumerated() where total > 0 {
      let one = removed(bodies[mixture], take: sum.take, skin)
      for band in work.indices { work[band] += lightShare(skin, ground) * total / sum.area / 100 * one[band] }
    }
    func labs(_ reflectance: [Double]) -> [Lab] { Illuminant.allCases.map { $0.lab(of: reflectance) } }
    let (natural, now) = (sum.natural / sum.area, sum.hair / sum.area)
    let full = hair.reflectance(on: healthy, count: natural)
    let wanted = zip(full, bareReflectance(healthy)).map {
      $1 * power(max($0, 1e-6) / max($1, 1e-6), target.exponent)
    }
    return TreatedPatch(
      name: sum.name, layer: sum.layer, area: sum.area, triangles: sum.triangles,
      allowed: allowedStep(inScar: key < 0, hairLength: design.hair.length), full: labs(wanted),
      before: labs(hair.reflectance(on: skin, count: now)),
      after: labs(hair.reflectance(on: skin, count: now, work: work)),
      hueIsSeen: ground != .extractionScar, missing: 1 - now / max(natural, 1e-9))
  }
}

private func placeName(_ sample: WorkSample) -> String {
  let along = sample.s < 0.35 ? "front" : sample.s < 0.55 ? "top" : sample.s < 0.75 ? "crown" : "back"
  return abs(sample.t) < 0.25 ? along : "\(along) \(sample.side > 0 ? "left" : "right")"
}
