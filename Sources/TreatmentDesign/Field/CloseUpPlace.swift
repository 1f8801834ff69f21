// Where a close-up tells most: the work changes the skin there as much as anywhere, and what it is to pass for stands beside
// it.

import Arithmetic
import Meshes

extension CompiledDesign {
  /// The place whose surroundings of 13 mm hold most of both: work in full and the hair that it adjoins; bare skin counts
  /// a quarter of hair, so that a bald head is looked at across its new line. `nil` without work.
  ///
  /// Deterministic; some milliseconds.
  var placeOfGreatestChange: SurfacePoint? {
    let reach: Float = 13
    struct Seen {
      var point: SurfacePoint
      var work: Float
      var hair: Float
      var bare: Float
    }
    let points = vertexPoints
    let seen = tabulate(points.count, initial: Seen?.none) { i in
      let point = points[i]
      let hair = visibleHair(at: point)
      let work = impressions(at: point)
      // Only where work could be, and the forehead in front of it.
      if hair.natural <= 0, work <= 0, distanceBehindHairline(at: point) ?? -100 < -30 { return nil }
      let full = hair.natural > 0 ? hair.now / hair.natural : 0
      return Seen(
        point: point, work: work, hair: work < 5 ? max(full - 0.6, 0) / 0.4 : 0,
        bare: work < 5 ? max(0.3 - full, 0) / 0.3 : 0)
    }.compactMap { $0 }
    guard let most = seen.map(\.work).max(), most > 5 else { return nil }
    // Vertices in cubes as wide as the look around.
    var cells: [SIMD3<Int32>: [Int32]] = [:]
    @Sendable func cell(_ p: SIMD3<Float>) -> SIMD3<Int32> {
      let q = p / reach
      return SIMD3(
        Int32(held(q.x.rounded(.down), -1e6, 1e6)), Int32(held(q.y.rounded(.down), -1e6, 1e6)),
        Int32(held(q.z.rounded(.down), -1e6, 1e6)))
    }
    for (i, place) in seen.enumerated() { cells[cell(place.point.position), default: []].append(Int32(i)) }
    let around = cells
    let scores = tabulate(seen.count, initial: Float(-1)) { i in
      let middle = seen[i]
      // The middle itself is worked on.
      if middle.work < 0.25 * most { return -1 }
      let home = cell(middle.point.position)
      var (work, hair, bare, count): (Float, Float, Float, Float) = (0, 0, 0, 0)
      for x in -1...1 as ClosedRange<Int32> {
        for y in -1...1 as ClosedRange<Int32> {
          for z in -1...1 as ClosedRange<Int32> {
            for j in around[home &+ SIMD3(x, y, z)] ?? [] {
              let other = seen[Int(j)]
              let d = other.point.position - middle.point.position
              if dot(d, d) > reach * reach { continue }
              work += other.work / most
              hair += other.hair
              bare += other.bare
              count += 1
            }
          }
        }
      }
      return work * (hair + 0.25 * bare) / max(count * count, 1)
    }
    var best: (score: Float, index: Int)?
    for (i, score) in scores.enumerated() where score > (best?.score ?? -1) { best = (score, i) }
    if let best, best.score > 0.01 { return seen[best.index].point }
    // Nothing beside it: where most is put in.
    return seen.max { $0.work < $1.work }?.point
  }
}
