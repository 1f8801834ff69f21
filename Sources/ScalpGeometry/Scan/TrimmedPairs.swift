// Pairs of closest points for one step of fitting a shape to a scan, without the far fifth of them.
//
// D. Chetverikov, D. Stepanov, P. Krsek. Robust Euclidean alignment of 3D point sets: the trimmed iterative closest point
// algorithm. 2005. The far fifth may be hair, clothes or a hole.

import Arithmetic

struct TrimmedPairs {
  struct Pair {
    var from: SIMD3<Float>
    var to: SIMD3<Float>
    var gap: Float
    var index: Int
  }

  /// Near ones first; those as near in the order of their points.
  let pairs: [Pair]
  /// How far the points lie from the scan in the mean.
  let gap: Float
  let fromMiddle: SIMD3<Float>
  let toMiddle: SIMD3<Float>

  /// - Parameters:
  ///   - points: of the shape, with their numbers.
  ///   - scale: the scan's units per mm; `gap` is in mm.
  ///   - here: where a point lies in the scan now.
  ///   - nearest: the scan's point nearest to a place in it.
  ///
  /// `nil` without points.
  init?(
    _ points: [TemplatePoint], scale: Float, here: (SIMD3<Float>) -> SIMD3<Float>,
    nearest: (SIMD3<Float>) -> SIMD3<Float>
  ) {
    var pairs = points.map { point in
      let here = here(point.position)
      let there = nearest(here)
      return Pair(from: point.position, to: there, gap: length(there - here) / scale, index: point.index)
    }
    pairs.sort { ($0.gap, $0.index) < ($1.gap, $1.index) }
    pairs.removeLast(pairs.count / 5)
    if pairs.isEmpty { return nil }
    let count = Float(pairs.count)
    gap = pairs.reduce(0) { $0 + $1.gap } / count
    fromMiddle = pairs.reduce(.zero) { $0 + $1.from } / count
    toMiddle = pairs.reduce(.zero) { $0 + $1.to } / count
    self.pairs = pairs
  }
}
