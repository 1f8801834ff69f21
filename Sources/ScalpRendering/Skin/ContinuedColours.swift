// Colours for skin that a scan does not show: at its rim those of the scan, and from there on smoothly to their mean, so that no
// edge shows and nothing is made up.
//
// Each colour is the mean of its neighbours' with a slight pull to the middle colour of the rim, by sweeps in order (the method of
// Gauss and Seidel); enough for what lies near the rim, and what lies far is the middle colour from the start.

import Arithmetic
import Meshes

/// Colours by vertex; empty where no skin at the rim has a colour.
///
/// - Parameter albedo: the scan's colour in a corner at the rim; `nil` for none.
func continuedColours(
  _ skin: SurfaceColour.Continued, albedo: (SurfaceColour.Continued.Corner) -> SIMD3<Float>?
) -> [SIMD3<Float>] {
  let count = 1 + Int(skin.triangles.reduce(0) { max($0, $1.max()) })
  var sums = [SIMD4<Float>](repeating: .zero, count: count)
  for corner in skin.rim { if let c = albedo(corner) { sums[Int(corner.vertex)] += SIMD4(c, 1) } }
  let rim = sums.indices.filter { sums[$0].w > 0 }
  if rim.isEmpty { return [] }
  var colours = [SIMD3<Float>](repeating: .zero, count: count)
  for v in rim { colours[v] = SIMD3(sums[v].x, sums[v].y, sums[v].z) / sums[v].w }
  var middle = SIMD3<Float>.zero
  for k in 0..<3 {
    let sorted = rim.map { colours[$0][k] }.sorted()
    middle[k] = sorted[sorted.count / 2]
  }
  // Background that was photographed beside the head, and lights, are no skin.
  for v in rim { colours[v] = colours[v].clamped(lowerBound: middle * 0.4, upperBound: middle * 2) }

  var lists = [[UInt32]](repeating: [], count: count)
  for t in skin.triangles {
    for k in 0..<3 {
      for other in [t[(k + 1) % 3], t[(k + 2) % 3]] where !lists[Int(t[k])].contains(other) {
        lists[Int(t[k])].append(other)
      }
    }
  }
  let open = lists.indices.filter { !lists[$0].isEmpty && sums[$0].w == 0 }
  for v in open { colours[v] = middle }
  // A colour is carried some ten edges far, three to four centimetres.
  let pull: Float = 0.06
  for sweep in 0..<40 {
    for i in open.indices {
      let v = open[sweep % 2 == 0 ? i : open.count - 1 - i]
      var sum = middle * pull
      for other in lists[v] { sum += colours[Int(other)] }
      colours[v] = sum / (Float(lists[v].count) + pull)
    }
  }
  return colours
}
