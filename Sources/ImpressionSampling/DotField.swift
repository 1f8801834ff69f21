import HeadGeometry

/// Points with minimum distances, and the question whether another one fits.
///
/// One level of grids per factor 2 of minimum distance, so that a search costs the same beside dense and sparse
/// points: `own` holds the points of the level, `finer` those of all finer levels.
struct DotField: Sendable {
  private struct Level: Sendable {
    /// Greatest minimum distance of the level, mm.
    var radius: Float
    var own: SparseGrid
    var finer: SparseGrid?
    /// Greatest minimum distance that has been inserted, 0 while empty.
    var greatestOwn: Float = 0
    var greatestFiner: Float = 0
  }

  private var levels: [Level]
  private(set) var normals: [SIMD3<Float>] = []

  /// A field for minimum distances of `smallest` to `greatest` inside a box. Others are allowed and cost time.
  init(low: SIMD3<Float>, high: SIMD3<Float>, smallest: Float, greatest: Float) {
    levels = []
    var radius = smallest * 1.001
    while true {
      let grid = SparseGrid(low: low, high: high, cell: radius * 1.5)
      levels.append(Level(radius: radius, own: grid, finer: levels.isEmpty ? nil : grid))
      if radius >= greatest || levels.count == 24 { break }
      radius *= 2
    }
  }

  @inline(__always)
  private func level(of radius: Float) -> Int {
    var l = 0
    while l + 1 < levels.count && radius > levels[l].radius { l += 1 }
    return l
  }

  mutating func insert(_ p: SIMD3<Float>, radius: Float, normal: SIMD3<Float>) {
    let label = Int32(normals.count)
    normals.append(normal)
    let l = level(of: radius)
    let entry = SIMD4(p.x, p.y, p.z, radius)
    levels[l].own.insert(entry, label: label)
    levels[l].greatestOwn = max(levels[l].greatestOwn, radius)
    var coarser = l + 1
    while coarser < levels.count {
      levels[coarser].finer?.insert(entry, label: label)
      levels[coarser].greatestFiner = max(levels[coarser].greatestFiner, radius)
      coarser += 1
    }
  }

  /// Whether a point would be too near another one (see `tooNear`).
  ///
  /// - Parameter give: factor on the distance that must be kept, at most 1.
  func conflicts(_ p: SIMD3<Float>, radius: Float, normal: SIMD3<Float>, give: Float = 1) -> Bool {
    let own = level(of: radius)
    var l = own
    while l < levels.count {
      let greatest = levels[l].greatestOwn
      if greatest > 0,
        levels[l].own.contains(
          near: p, within: (radius + greatest) * 0.5,
          where: { entry, label in
            let d = SIMD3(entry.x, entry.y, entry.z) - p
            return tooNear(squaredDistance: dot(d, d), radius * give, entry.w * give, normal, normals[Int(label)])
          })
      {
        return true
      }
      l += 1
    }
    let finest = levels[own].greatestFiner
    if finest > 0, let finer = levels[own].finer,
      finer.contains(
        near: p, within: (radius + finest) * 0.5,
        where: { entry, label in
          let d = SIMD3(entry.x, entry.y, entry.z) - p
          return tooNear(squaredDistance: dot(d, d), radius * give, entry.w * give, normal, normals[Int(label)])
        })
    {
      return true
    }
    return false
  }
}
