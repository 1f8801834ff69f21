import Arithmetic

/// Points with minimum distances, and the question whether another one fits.
///
/// One grid per factor 2 of minimum distance, so that a search costs about the same beside dense and sparse
/// points.
struct DotField: Sendable {
  /// The grid of the smallest minimum distances, and mostly the only one; apart, because a grid is read in place here
  /// and would be copied out of an array for every search.
  private var first: SparseGrid
  private var others: [SparseGrid] = []
  /// Greatest minimum distance that a grid is meant for, mm; the last one takes all above.
  private var limits: [Float]
  /// Greatest minimum distance in each grid, 0 while it is empty.
  private var greatest: [Float]
  private(set) var normals: [SIMD3<Float>] = []

  /// A field for minimum distances of `smallest` to `largest` inside a box. Others are allowed and cost time.
  ///
  /// - Parameter cell: side of a grid cell over the greatest minimum distance of its level.
  init(low: SIMD3<Float>, high: SIMD3<Float>, smallest: Float, largest: Float, cell: Float = 1.5) {
    var radius = smallest * 1.001
    first = SparseGrid(low: low, high: high, cell: radius * cell)
    limits = [radius]
    while radius < largest && limits.count < 24 {
      radius *= 2
      others.append(SparseGrid(low: low, high: high, cell: radius * cell))
      limits.append(radius)
    }
    greatest = [Float](repeating: 0, count: limits.count)
  }

  mutating func insert(_ p: SIMD3<Float>, radius: Float, normal: SIMD3<Float>) {
    let label = Int32(normals.count)
    normals.append(normal)
    var l = 0
    while l + 1 < limits.count && radius > limits[l] { l += 1 }
    let entry = SIMD4(p.x, p.y, p.z, radius)
    if l == 0 {
      first.insert(entry, label: label)
    } else {
      others[l - 1].insert(entry, label: label)
    }
    greatest[l] = max(greatest[l], radius)
  }

  mutating func removeAll() {
    first.removeAll()
    for l in others.indices { others[l].removeAll() }
    for l in greatest.indices { greatest[l] = 0 }
    normals.removeAll()
  }

  /// Calls `visit` for the quads with entries whose distance from `p` is below the mean of `radius` and `scale` times
  /// their minimum distance, with a bit for each of these, until it returns true; returns whether it did.
  @inline(__always)
  private func containsQuad(
    near p: SIMD3<Float>, radius: Float, scale: Float, where visit: (DotQuad, UInt32) -> Bool
  ) -> Bool {
    let base = radius * 0.5
    let half = scale * 0.5
    if greatest[0] > 0
      && first.containsQuad(near: p, within: base + greatest[0] * half, base: base, scale: half, where: visit)
    {
      return true
    }
    for l in 1..<limits.count where greatest[l] > 0 {
      if others[l - 1].containsQuad(
        near: p, within: base + greatest[l] * half, base: base, scale: half, where: visit)
      {
        return true
      }
    }
    return false
  }

  /// Whether a point would be too near another one.
  ///
  /// The rule, for impressions of minimum distance r1 and r2: as discs of diameter r1 and r2 they may not overlap,
  /// so their straight-line distance is at least (r1 + r2) / 2 (Shimada, Gossard. Bubble mesh. 1995; the
  /// distance of the "ball packing" reading of variable-radius Poisson-disc sets). Discs that do not overlap
  /// have areas that add up, so the packing stays comparable between thin and dense places, the rule is the same
  /// in whatever order points arrive, and next to a step in density neither side loses more than half a disc.
  ///
  /// Points whose normals point away from each other (negative dot product) lie on different sheets, such as the
  /// two sides of an ear, and do not repel.
  ///
  /// - Parameter give: factor on the distance that must be kept, at most 1.
  func conflicts(_ p: SIMD3<Float>, radius: Float, normal: SIMD3<Float>, give: Float = 1) -> Bool {
    let normals = normals.span
    return contains(near: p, radius: radius * give, scale: give) { _, label in dot(normal, normals[Int(label)]) >= 0 }
  }

  /// Calls `visit` with the position, minimum distance and number of every entry whose distance from `p` is below
  /// the mean of `radius` and `scale` times its minimum distance, whatever the normals, until it returns true;
  /// returns whether it did.
  @inline(__always)
  func contains(
    near p: SIMD3<Float>, radius: Float, scale: Float = 1, where visit: (SIMD4<Float>, Int32) -> Bool
  ) -> Bool {
    containsQuad(near: p, radius: radius, scale: scale) { quad, near in quad.contains(near, where: visit) }
  }

  /// Calls `visit` for the quads in which the entries lie that `contains(near:radius:scale:where:)` would visit, with a
  /// bit for each of these.
  @inline(__always)
  func forEachQuad(near p: SIMD3<Float>, radius: Float, scale: Float = 1, _ visit: (DotQuad, UInt32) -> Void) {
    _ = containsQuad(near: p, radius: radius, scale: scale) { quad, near in
      visit(quad, near)
      return false
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
