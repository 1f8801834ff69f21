import HeadGeometry

/// Points with minimum distances, and the question whether another one fits.
///
/// One grid per factor 2 of minimum distance, so that a search costs about the same beside dense and sparse
/// points.
struct DotField: Sendable {
  private var grids: [SparseGrid] = []
  /// Greatest minimum distance that a grid is meant for, mm; the last one takes all above.
  private var limits: [Float] = []
  /// Greatest minimum distance in each grid, 0 while it is empty.
  private var greatest: [Float] = []
  private(set) var normals: [SIMD3<Float>] = []

  /// A field for minimum distances of `smallest` to `largest` inside a box. Others are allowed and cost time.
  ///
  /// - Parameter cell: side of a grid cell over the greatest minimum distance of its level.
  init(low: SIMD3<Float>, high: SIMD3<Float>, smallest: Float, largest: Float, cell: Float = 1.5) {
    var radius = smallest * 1.001
    while true {
      grids.append(SparseGrid(low: low, high: high, cell: radius * cell))
      limits.append(radius)
      greatest.append(0)
      if radius >= largest || grids.count == 24 { break }
      radius *= 2
    }
  }

  mutating func insert(_ p: SIMD3<Float>, radius: Float, normal: SIMD3<Float>) {
    let label = Int32(normals.count)
    normals.append(normal)
    var l = 0
    while l + 1 < limits.count && radius > limits[l] { l += 1 }
    grids[l].insert(SIMD4(p.x, p.y, p.z, radius), label: label)
    greatest[l] = max(greatest[l], radius)
  }

  mutating func removeAll() {
    for l in grids.indices {
      grids[l].removeAll()
      greatest[l] = 0
    }
    normals.removeAll()
  }

  /// Whether a point would be too near another one (see `tooNear`).
  ///
  /// - Parameter give: factor on the distance that must be kept, at most 1.
  func conflicts(_ p: SIMD3<Float>, radius: Float, normal: SIMD3<Float>, give: Float = 1) -> Bool {
    let normals = normals.span
    let grids = grids.span
    for l in 0..<limits.count where greatest[l] > 0 {
      let found = grids[l].contains(
        near: p, within: (radius + greatest[l]) * 0.5 * give, base: radius * give * 0.5, scale: give * 0.5
      ) { _, label in dot(normal, normals[Int(label)]) >= 0 }
      if found { return true }
    }
    return false
  }

  /// Calls `visit` with the position, minimum distance and number of every entry whose distance from `p` is below
  /// the mean of `radius` and `scale` times its minimum distance, whatever the normals, until it returns true;
  /// returns whether it did.
  @inline(__always)
  func contains(
    near p: SIMD3<Float>, radius: Float, scale: Float = 1, where visit: (SIMD4<Float>, Int32) -> Bool
  ) -> Bool {
    let grids = grids.span
    for l in 0..<limits.count where greatest[l] > 0 {
      if grids[l].contains(
        near: p, within: (radius + greatest[l] * scale) * 0.5, base: radius * 0.5, scale: scale * 0.5, where: visit)
      {
        return true
      }
    }
    return false
  }

  /// Calls `visit` for the quads in which the entries lie that `contains(near:radius:scale:where:)` would visit, with a
  /// bit for each of these.
  @inline(__always)
  func forEachQuad(near p: SIMD3<Float>, radius: Float, scale: Float = 1, _ visit: (DotQuad, UInt32) -> Void) {
    let grids = grids.span
    for l in 0..<limits.count where greatest[l] > 0 {
      _ = grids[l].containsQuad(
        near: p, within: (radius + greatest[l] * scale) * 0.5, base: radius * 0.5, scale: scale * 0.5
      ) { quad, near in
        visit(quad, near)
        return false
      }
    }
  }

  /// Calls `visit` for all that `contains(near:radius:scale:where:)` would visit.
  @inline(__always)
  func forEach(near p: SIMD3<Float>, radius: Float, scale: Float = 1, _ visit: (SIMD4<Float>, Int32) -> Void) {
    _ = contains(near: p, radius: radius, scale: scale) { entry, label in
      visit(entry, label)
      return false
    }
  }

  /// Whether any entry lies nearer to `p` than the mean of `radius` and its minimum distance, whatever the normals.
  func touches(_ p: SIMD3<Float>, radius: Float) -> Bool {
    contains(near: p, radius: radius) { _, _ in true }
  }
}
