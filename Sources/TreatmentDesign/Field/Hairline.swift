// A hairline as a density field: distance behind the line, read through the style's profile.
//
// The irregularity is not drawn into the line. The line stays smooth, and the distance is shifted by a random
// function of the length along it, so that the feather keeps its width and detail finer than the mesh survives.
import Arithmetic
import Meshes
import ScalpGeometry

/// A hairline layer on a head.
struct Hairline: Sendable {
  /// Per vertex: distance behind the line, mm, and length along it, mm.
  let behind: [SIMD2<Float>]
  let profile: HairlineProfile
  let curve: SurfaceCurve
  /// Lengths along the curve between which the line is the design's own, and those of its corners; see `HairlineShape`.
  let own: ClosedRange<Float>
  let corners: [Float]

  init(_ layer: HairlineLayer, index: Int, seed: UInt64, on scalp: Scalp, threads: Int?) throws(CompileError) {
    let figures = layer.figures
    try check(figures.feather, in: 0.5...60, "mm", layer: index, "feather")
    try check(figures.edgeShare, in: 0...0.95, "", layer: index, "edgeShare")
    try check(figures.undulation, in: 0...10, "mm", layer: index, "undulation")
    try check(figures.jitter, in: 0...5, "mm", layer: index, "jitter")
    if let density = layer.density { try check(density, in: 0...1000, "per cm²", layer: index, "density") }
    if let reach = layer.reach { try check(reach, in: 3...400, "mm", layer: index, "reach") }

    let shape = try HairlineShape(layer, index: index, on: scalp)
    curve = shape.curve
    own = shape.own
    corners = shape.corners
    profile = HairlineProfile(layer, figures, shape, index: index, seed: seed)
    let band = max(60, Float(min((layer.reach ?? 0), 150)) + 3 * Float(figures.feather))
    let found = scalp.distance(to: shape.curve, band: band, threads: threads)
    let side = shape.behind(scalp.chart)
    let positions = scalp.head.mesh.positions
    behind = tabulate(positions.count, initial: .zero, threads: threads) { i in
      let d = found.distances[i]
      return SIMD2(side.contains(scalp.chart.map(positions[i])) ? d : -d, found.alongs[i])
    }
  }

  /// The line with its irregularity, on the skin, for drawing.
  func drawn(on frame: ScalpFrame) -> [SIMD3<Float>] {
    curve.positions.indices.map { i in
      // Left of the line's direction is forward, since it runs from the subject's left to the right.
      let forward = cross(curve.normals[i], curve.tangent(at: i))
      return frame.skin(towards: curve.positions[i] - forward * profile.shift(curve.arcs[i])).position
    }
  }
}

/// Density over distance behind a hairline, as a share of the density of its core.
struct HairlineProfile: Sendable {
  // One entry per half millimetre along the line.
  static let spacing: Float = 0.5
  /// How far the line is set back, mm.
  private let shifts: [Float]
  /// 10 to 90 % width, mm.
  private let feathers: [Float]
  /// Position of the line in the smoothstep.
  private let edge: Float
  /// 1 where the line has a gap, by length along it; empty for a line without.
  private let gaps: [Float]
  private let sentinelShare: Float
  private let sentinelReach: Float
  private let reach: Float?
  private let reachFeather: Float
  let shadeSteps: Float

  init(_ layer: HairlineLayer, _ figures: HairlineFigures, _ shape: HairlineShape, index: Int, seed: UInt64) {
    edge = smoothstepPosition(of: Float(figures.edgeShare))
    sentinelShare = Float(figures.sentinelShare)
    sentinelReach = max(Float(figures.sentinelReach), edge * supportOfFeather * Float(figures.feather))
    reach = layer.reach.map { Float($0) }
    reachFeather = max(Float(figures.feather), 12)
    shadeSteps = Float(figures.shadeSteps)

    let slow = LineIrregularity(
      random: CounterRandom(seed: seed, stream: RandomStream.layer(index, 0)), spacing: Float(figures.wavelength) / 3)
    let fine = LineIrregularity(random: CounterRandom(seed: seed, stream: RandomStream.layer(index, 1)), spacing: 2.8)
    let gapRandom = CounterRandom(seed: seed, stream: RandomStream.layer(index, 2))
    let middle = shape.middle
    let slowMiddle = slow(middle)
    let fineMiddle = fine(middle)
    let temple = Float(min(figures.feather, 6))
    var shifts = [Float]()
    var feathers = [Float]()
    var gaps = [Float]()
    // A gap in a corner would open like a fan over all the hair behind it.
    func awayFromCorners(_ u: Float) -> Float {
      shape.corners.reduce(1) { min($0, smoothstep(6, 14, abs(u - $1))) }
    }
    // Two entries at least: what is read lies between two.
    for k in 0...Int(held((shape.curve.length / Self.spacing).rounded(.up), 1, 1_000_000)) {
      let u = Float(k) * Self.spacing
      // The design's own part fades into the adult border over 15 mm, where irregularity and feather grow small.
      let own =
        smoothstep(shape.own.lowerBound - 12, shape.own.lowerBound + 8, u)
        * (1 - smoothstep(shape.own.upperBound - 8, shape.own.upperBound + 12, u))
      // The mid-frontal point keeps its stated height: take off what the irregularity has there.
      let near = 1 - smoothstep(0, Float(figures.wavelength) / 2, abs(u - middle))
      let nearFine = 1 - smoothstep(0, 8, abs(u - middle))
      // An undulation of amplitude A has a standard deviation of A/√2.
      // Both are held within what passes for irregular rather than broken.
      var shift = Float(figures.undulation) * clamp(0.707 * (slow(u) - near * slowMiddle), -1.2, 1.2)
      shift += Float(figures.jitter) * clamp(fine(u) - nearFine * fineMiddle, -2.5, 2.5)
      if figures.hasGaps { gaps.append(gap(at: u, gapRandom) * own * awayFromCorners(u)) }
      shifts.append(shift * mix(0.3, 1, own))
      feathers.append(mix(temple, Float(figures.feather), own))
    }
    self.shifts = shifts
    self.feathers = feathers
    self.gaps = gaps
  }

  /// Lengths along the line between which it has a gap, mm.
  var gapRanges: [ClosedRange<Float>] {
    var ranges: [ClosedRange<Float>] = []
    var start: Int?
    for k in gaps.indices {
      if gaps[k] > 0.5 {
        if start == nil { start = k }
      } else if let first = start {
        ranges.append(Float(first) * Self.spacing...Float(k) * Self.spacing)
        start = nil
      }
    }
    return ranges
  }

  /// How far the line is set back at `along` mm, mm.
  func shift(_ along: Float) -> Float { interpolated(shifts, along) }

  /// How far behind the smooth line half of the core's density is reached at `along` mm, gaps aside, mm.
  func halfway(_ along: Float) -> Float {
    shift(along) + (0.5 - edge) * supportOfFeather * interpolated(feathers, along)
  }

  /// Share of the core density at a place.
  ///
  /// - Parameter place: distance behind the smooth line and length along it, mm.
  @inline(__always)
  func share(_ place: SIMD2<Float>) -> Float {
    if place.x < -50 { return 0 }
    let behind = place.x - interpolated(shifts, place.y)
    var share = risen(behind, feather: interpolated(feathers, place.y), edgeAt: edge)
    // A gap is bare at the line and closes 6 to 12 mm behind it.
    if !gaps.isEmpty { share *= 1 - interpolated(gaps, place.y) * (1 - smoothstep(6, 12, behind)) }
    // Single impressions ahead of the line
    if sentinelShare > 0 { share = max(share, sentinelShare * smoothstep(-sentinelReach, 0, behind)) }
    if let reach { share *= 1 - risen(place.x - reach, feather: reachFeather) }
    return share
  }

  @inline(__always)
  private func interpolated(_ table: [Float], _ along: Float) -> Float {
    let x = held(along / Self.spacing, 0, Float(table.count - 1))
    let i = min(Int(x), table.count - 2)
    return mix(table[i], table[i + 1], x - Float(i))
  }
}

/// 1 in short stretches of the line, 3 to 8 mm wide and about 22 mm apart, 0 elsewhere.
private func gap(at along: Float, _ random: CounterRandom) -> Float {
  let cell: Float = 22
  let k = (along / cell).rounded(.down)
  var depth: Float = 0
  for j in [k - 1, k, k + 1] where j >= 0 {
    let i = UInt64(j)
    let centre = (j + 0.2 + 0.6 * random.uniform(i * 4)) * cell
    let width = 3 + 5 * random.uniform(i * 4 + 1)
    depth = max(depth, 1 - smoothstep(0.5 * width - 1, 0.5 * width + 1, abs(along - centre)))
  }
  return depth
}
