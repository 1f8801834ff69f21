// Patterns of hair loss as smooth fields over the scalp.
//
// Each grade is a few closed outlines in coordinates that carry over between heads: s, the share of the midline from
// sellion to inion, and t, the share of the way from the midline to the tragion. Inside an outline the hair keeps a
// share of its density and of its calibre; the border is a smooth step of stated width.
//
// The tables of the grades are in LossOutlines.swift.
import Arithmetic
import Meshes
import ScalpGeometry

/// What is left of the hair, and how wide the parting is.
struct LossPattern: Sendable {
  /// Per vertex: share of the natural density that remains, 0 to 1.
  let residual: [Float]
  /// Per vertex: share of the natural calibre that remains.
  let calibre: [Float]
  /// Area inside the outlines that count as bald or thin, cm².
  let area: Float
  /// A woman's parting, if there is one.
  private let parting: LineField?
  let partingWidth: Float

  init(_ hair: ExistingHair, seed: UInt64, on scalp: Scalp, threads: Int?) throws(CompileError) {
    let positions = scalp.head.mesh.positions
    let pattern = outlines(of: hair.loss)
    let ragged = SpaceIrregularity(random: CounterRandom(seed: seed, stream: RandomStream.lossEdge), spacing: 16)
    var kept = [SIMD2<Float>](
      repeating: SIMD2(pattern.elsewhere, mix(1, pattern.elsewhere, 0.3)), count: positions.count)
    // Distance inside the nearest outline that counts, or outside all.
    var bare = [Float](repeating: pattern.elsewhere == 0 ? ScalpRegion.band : -ScalpRegion.band, count: positions.count)
    for region in pattern.regions {
      let distances = region.distances(on: scalp, threads: threads)
      let taken = SIMD2(1 - region.residual, 1 - region.calibre)
      let reach = region.edge
      let before = kept
      kept = tabulate(positions.count, initial: .zero, threads: threads) { i in
        if distances[i] < -2 * reach { return before[i] }
        let wander = region.wander ?? 0.2 * reach
        let share = risen(distances[i] + wander * ragged(positions[i]), feather: reach)
        return before[i] * (SIMD2(1, 1) - taken * share)
      }
      if region.counts {
        for i in bare.indices where distances[i] > bare[i] { bare[i] = distances[i] }
      }
    }
    residual = kept.map(\.x)
    calibre = kept.map(\.y)
    let inside = scalp.region.distances
    area = scalp.area(above: bare.indices.map { min(bare[$0], inside[$0]) })

    // The parting of a woman's hair: along the midline from the hairline to the crown.
    let width = hair.partWidth ?? pattern.partingWidth
    try check(width, in: 0...60, "mm", layer: nil, "hair.partWidth")
    partingWidth = Float(width)
    guard width > 0 else {
      parting = nil
      return
    }
    let path = [0.15, 0.25, 0.35, 0.45, 0.55, 0.64].map { (s: Float) -> SIMD3<Float> in
      let tape = scalp.frame.tape(s: s, t: 0.012)
      return scalp.frame.place(up: tape.up, side: tape.side)?.position ?? .zero
    }
    let line = SurfaceCurve(through: path, on: scalp.frame)
    parting = LineField(line, reach: Float(width) + 2, on: scalp, threads: threads)
  }

  /// Share of hair that stands at a place as far as the parting goes: near 0 in it.
  @inline(__always)
  func besideParting(_ corners: FieldCorners) -> Float {
    guard let parting else { return 1 }
    let place = parting.read(corners)
    // It narrows towards the crown and ends there.
    let run = place.along / parting.length
    let half = 0.5 * partingWidth * (1 - 0.65 * run * run)
    return 1 - 0.92 * risen(half - abs(place.aside), feather: max(1.2, 0.35 * partingWidth))
  }
}
