// Rules about the density as it lies on a head: L10 evenness over the scalp, L13 the step beside real hair.
import Arithmetic
import Meshes
import ScalpGeometry

/// L10: where at least 200 cm² are treated, density differs between its zones: lighter at the edge, at the crown. A
/// variation under 5 % between zones reads as a helmet. Zones: the first centimetre behind a hairline, front, middle
/// and crown; those with less than 8 cm² of work do not count, and three must be left.
func uniformDensityRule(_ fields: CompiledDesign, _ samples: [DensitySample]) -> [LintFinding] {
  var sums = [SIMD2<Double>](repeating: .zero, count: 4)
  var most = (layer: 0, impressions: 0.0)
  var byLayer = [Double](repeating: 0, count: fields.design.layers.count)
  for sample in samples where sample.impressions > 5 {
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

/// L13: beside shaved hair, hair and impressions together are within a quarter of the hair that stands next to them.
/// Measured where the loss has its border (a quarter to 85 % of the hair is left) and impressions are set, behind the
/// hairline's own feather, on the left, on the right and behind. Longer hair hides the step, and a filled parting is
/// meant to stay lighter, so hair over 2 mm is left out.
func sideStepRule(_ fields: CompiledDesign, _ samples: [DensitySample]) -> [LintFinding] {
  let design = fields.design
  guard design.hair.length <= 2, design.hair.density > 0 else { return [] }
  let names = ["left", "right", "back"]
  var sums = [SIMD2<Double>](repeating: .zero, count: 3)
  var byLayer = [[Double]](repeating: [Double](repeating: 0, count: design.layers.count), count: 3)
  for sample in samples where sample.impressions > 5 && sample.natural > 0.6 * Float(design.hair.density) {
    let left = sample.hair / sample.natural
    if left < 0.25 || left > 0.85 { continue }
    if let behind = sample.behind, behind < 20 { continue }
    let sector = sample.s > 0.75 && abs(sample.t) < 0.4 ? 2 : sample.t > 0 ? 0 : 1
    sums[sector] += SIMD2(Double((sample.hair + sample.impressions) / sample.natural), 1) * sample.area
    if let layer = sample.layer { byLayer[sector][layer] += sample.area }
  }
  let steps = sums.map { $0.y >= 2 ? abs($0.x / $0.y - 1) : 0 }
  guard let worst = steps.indices.max(by: { steps[$0] < steps[$1] }) else { return [] }
  let advice = LintFinding.Advice.atMost(0.25)
  if advice.allows(steps[worst]) { return [] }
  let layer = byLayer[worst].indices.max { byLayer[worst][$0] < byLayer[worst][$1] } ?? 0
  return [
    LintFinding(
      id: "L13", level: .error, subject: "density step beside the hair, \(names[worst]),", measured: steps[worst],
      advised: advice, unit: "", reason: "the treated top shows as a cap against the hair around it",
      keyPath: "layers[\(layer)].\(design.layers[layer].name).density")
  ]
}

/// What the density rules know of one triangle.
struct DensitySample {
  /// cm²
  var area: Double
  /// Share of the midline, and share of the way from the midline to the ear, as in `ScalpFrame.shares`.
  var s: Float
  var t: Float
  /// Per cm²: natural hair, hair that shows (by calibre), impressions.
  var natural: Float
  var hair: Float
  var impressions: Float
  /// Behind the front-most hairline, mm; `nil` without one.
  var behind: Float?
  /// The layer that put most impressions there.
  var layer: Int?
}

extension CompiledDesign {
  /// One sample in the middle of each triangle of the scalp.
  func densitySamples(threads: Int?) -> [DensitySample] {
    let mesh = scalp.head.mesh
    let inside = scalp.region.distances
    let frame = scalp.frame
    let found = tabulate(mesh.triangles.count, initial: DensitySample?.none, threads: threads) { i in
      let t = mesh.triangles[i]
      guard inside[Int(t.x)] > 0 || inside[Int(t.y)] > 0 || inside[Int(t.z)] > 0 else { return nil }
      let a = mesh.positions[Int(t.x)]
      let b = mesh.positions[Int(t.y)]
      let c = mesh.positions[Int(t.z)]
      let point = SurfacePoint(position: (a + b + c) / 3, triangle: UInt32(i), v: 1.0 / 3, w: 1.0 / 3)
      let place = frame.coordinates(of: point.position)
      let shares = frame.shares(up: place.up, side: place.side)
      let hair = visibleHair(at: point)
      var layer: Int?
      var most: Float = 0
      var before: Float = 0
      var total: Float = 0
      fields.blend(at: point) { index, after, _ in
        if index >= 0, after - before > most {
          most = after - before
          layer = index
        }
        before = after
        total = after
      }
      return DensitySample(
        area: Double(0.5 * length(cross(b - a, c - a)) / 100), s: shares.s, t: shares.t, natural: hair.natural,
        hair: hair.now, impressions: max(total, 0), behind: distanceBehindHairline(at: point), layer: layer)
    }
    return found.compactMap { $0 }
  }
}
