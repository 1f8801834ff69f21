// The density as it lies on a head, sampled for the rules that need it, and L10, its evenness over the scalp.
import Arithmetic
import Meshes
import ScalpGeometry

/// L10: where at least 200 cm² are treated, density differs between its zones: lighter at the edge, at the crown. A
/// variation under 5 % between zones reads as a helmet. Zones: the first centimetre behind a hairline, front, middle
/// and crown; those with less than 8 cm² of work do not count, and three must be left. Where half of the hair stands, it is
/// the hair that is seen.
func uniformDensityRule(_ fields: CompiledDesign, _ samples: [WorkSample]) -> [LintFinding] {
  var sums = [SIMD2<Double>](repeating: .zero, count: 4)
  var most = (layer: 0, impressions: 0.0)
  var byLayer = [Double](repeating: 0, count: fields.design.layers.count)
  for sample in samples where sample.impressions > 5 && sample.hair < 0.5 * sample.natural {
    let zone: Int
    if let behind = sample.behind, behind < 10 {
      zone = 0
    } else {
      zone = sample.s < 0.4 ? 1 : sample.s < 0.6 ? 2 : 3
    }
    sums[zone] += SIMD2(Double(sample.impressions + sample.hair), 1) * sample.area
    if let layer = sample.layer { byLayer[layer] += Double(sample.impressions) * sample.area }
  }
  for (i, value) in byLayer.enumerated() where value > most.impressions { most = (i, value) }
  let means = sums.filter { $0.y >= 8 }.map { $0.x / $0.y }
  guard means.count >= 3, sums.reduce(0, { $0 + $1.y }) >= 200, !byLayer.isEmpty else { return [] }
  let mean = means.reduce(0, +) / Double(means.count)
  let deviation = (means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(means.count)).squareRoot()
  let advice = LintFinding.Advice.atLeast(0.05)
  if advice.allows(deviation / mean) { return [] }
  return [
    LintFinding(
      id: "L10", level: .warning, subject: "variation of density between zones", measured: deviation / mean,
      advised: advice, unit: "", reason: "the same density everywhere reads as a helmet; edge and crown are lighter",
      keyPath: "layers[\(most.layer)].\(fields.design.layers[most.layer].name).density")
  ]
}

/// What the rules about work on a head know of one triangle.
package struct WorkSample: Sendable {
  /// cm²
  package var area: Double
  package var point: SurfacePoint
  /// Share of the midline, and share of the way from the midline to the ear, as in `ScalpFrame.shares`.
  package var s: Float
  package var t: Float
  /// Along the tape, mm.
  package var up: Float
  package var side: Float
  /// Per cm²: natural hair, hair that shows (by calibre), impressions.
  package var natural: Float
  package var hair: Float
  package var impressions: Float
  /// Behind the front-most hairline, mm; `nil` without one.
  package var behind: Float?
  /// The layer that put most impressions there, and its share there, 0 at its border to 1.
  package var layer: Int?
  package var share: Float
}

extension CompiledDesign {
  /// One sample in the middle of each triangle of the scalp.
  package func workSamples(threads: Int?) -> [WorkSample] {
    let mesh = scalp.head.mesh
    let inside = scalp.region.distances
    let frame = scalp.frame
    let found = tabulate(mesh.triangles.count, initial: WorkSample?.none, threads: threads) { i in
      let t = mesh.triangles[i]
      guard inside[Int(t.x)] > 0 || inside[Int(t.y)] > 0 || inside[Int(t.z)] > 0 else { return nil }
      let a = mesh.positions[Int(t.x)]
      let b = mesh.positions[Int(t.y)]
      let c = mesh.positions[Int(t.z)]
      let point = SurfacePoint(position: (a + b + c) / 3, triangle: UInt32(i), v: 1.0 / 3, w: 1.0 / 3)
      let place = frame.coordinates(of: point.position)
      let shares = frame.shares(up: place.up, side: place.side)
      let hair = visibleHair(at: point)
      let (layer, total) = fields.principalLayer(at: point)
      return WorkSample(
        area: Double(0.5 * length(cross(b - a, c - a)) / 100), point: point, s: shares.s, t: shares.t, up: place.up,
        side: place.side, natural: hair.natural, hair: hair.now, impressions: total,
        behind: distanceBehindHairline(at: point), layer: layer,
        share: layer.map { fields.share(ofLayer: $0, at: point) } ?? 0)
    }
    return found.compactMap { $0 }
  }
}
