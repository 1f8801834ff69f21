// The cover of one hole, refined to the density of the mesh around it and bent to continue its curvature.
//
// P. Liepa. Filling holes in meshes. 2003; L. Kobbelt, S. Campagna, J. Vorsatz, H.-P. Seidel. Interactive
// multi-resolution modeling on arbitrary meshes. 1998 (the thin-plate energy by umbrella vectors).

import Arithmetic

/// A patch of triangles over a closed line. The first points are the line's own and do not move.
struct HolePatch {
  var points: [SIMD3<Float>]
  var triangles: [SIMD3<Int>]
  let fixed: Int

  /// A place on the mesh beside a point of the line.
  struct Outer {
    var place: SIMD3<Float>
    /// How much it counts: 1 as a neighbour in a mesh does. nil: all such places together pull outwards as the patch pulls
    /// inwards, however many they are.
    var share: Float?
  }

  init(loop: [SIMD3<Float>], triangles: [SIMD3<Int>]) {
    points = loop
    fixed = loop.count
    self.triangles = triangles
  }

  /// Splits triangles at their centres until edges are about as long as those of the line around, turning edges in
  /// between so that angles stay good. A patch has at most `mostPoints` points, whatever its line.
  ///
  /// - Parameters:
  ///   - edge: least length of edges that is wanted; 0 leaves it to the line.
  ///   - isTaken: whether two points of the line are joined outside the patch.
  mutating func refine(edge: Float = 0, isTaken: (Int, Int) -> Bool) {
    // The edge length wanted at each point: at first that of the line
    var scale = (0..<fixed).map { i in
      max(
        edge,
        0.5 * (length(points[(i + 1) % fixed] - points[i]) + length(points[(i + fixed - 1) % fixed] - points[i])))
    }
    relax(isTaken)
    let ample = 1.414_213_6 as Float
    // Each round divides edges by about 1.7; 16 rounds are more than any hole needs.
    for _ in 0..<16 {
      var hasSplit = false
      for i in triangles.indices where points.count < Self.mostPoints {
        let t = triangles[i]
        let centre = (points[t.x] + points[t.y] + points[t.z]) * (1 / 3 as Float)
        let wanted = (scale[t.x] + scale[t.y] + scale[t.z]) / 3
        let isWide = (0..<3).allSatisfy { k in
          let d = ample * length(points[t[k]] - centre)
          return d > wanted && d > scale[t[k]]
        }
        if !isWide { continue }
        points.append(centre)
        scale.append(wanted)
        let c = points.count - 1
        triangles[i] = SIMD3(t.x, t.y, c)
        triangles.append(SIMD3(t.y, t.z, c))
        triangles.append(SIMD3(t.z, t.x, c))
        hasSplit = true
      }
      if !hasSplit { break }
      relax(isTaken)
    }
  }

  /// Twice what the largest hole of a fine scan needs.
  static let mostPoints = 30_000

  /// Turns inner edges whose opposite angles sum to more than 180 degrees, until none is left.
  private mutating func relax(_ isTaken: (Int, Int) -> Bool) {
    func key(_ a: Int, _ b: Int) -> UInt64 { UInt64(min(a, b)) << 32 | UInt64(max(a, b)) }
    var joined: Set<UInt64> = []
    for t in triangles {
      for k in 0..<3 { joined.insert(key(t[k], t[(k + 1) % 3])) }
    }
    for _ in 0..<20 {
      var hasTurned = false
      // Looked up only; triangles are gone through in order.
      var owner: [UInt64: Int] = [:]
      for (i, t) in triangles.enumerated() {
        for k in 0..<3 { owner[UInt64(t[k]) << 32 | UInt64(t[(k + 1) % 3])] = i }
      }
      var touched = [Bool](repeating: false, count: triangles.count)
      for i in triangles.indices where !touched[i] {
        for k in 0..<3 {
          let t = triangles[i]
          let (a, b, c) = (t[k], t[(k + 1) % 3], t[(k + 2) % 3])
          guard let j = owner[UInt64(b) << 32 | UInt64(a)], !touched[j], j != i else { continue }
          let u = triangles[j]
          let d = u.x != a && u.x != b ? u.x : (u.y != a && u.y != b ? u.y : u.z)
          if joined.contains(key(c, d)) || (c < fixed && d < fixed && isTaken(c, d)) { continue }
          if cosine(at: c, a, b) + cosine(at: d, a, b) >= -1e-5 { continue }
          // Both new triangles must face as the old ones do. Weighted by area: one of no width has no side.
          let facing = normal(a, b, c) + normal(b, a, d)
          if dot(normal(c, d, b), facing) <= 0 || dot(normal(d, c, a), facing) <= 0 { continue }
          triangles[i] = SIMD3(c, d, b)
          triangles[j] = SIMD3(d, c, a)
          joined.remove(key(a, b))
          joined.insert(key(c, d))
          touched[i] = true
          touched[j] = true
          hasTurned = true
          break
        }
      }
      if !hasTurned { return }
    }
  }

  /// Normal of a triangle with twice its area as length.
  private func normal(_ a: Int, _ b: Int, _ c: Int) -> SIMD3<Float> {
    cross(points[b] - points[a], points[c] - points[a])
  }

  /// Cosine of the angle at `c` between `a` and `b`. Two opposite angles sum to more than 180 degrees exactly if
  /// their cosines sum to less than 0.
  private func cosine(at c: Int, _ a: Int, _ b: Int) -> Float {
    dot(normalized(points[a] - points[c]), normalized(points[b] - points[c]))
  }

  /// Moves the inner points so that the patch bends as a thin plate clamped to the mesh around.
  ///
  /// Least sum of squared umbrella vectors over the patch and its line, by conjugate gradients on the normal
  /// equations; umbrellas are weighted by the inverse lengths of the edges.
  /// - Parameters:
  ///   - outer: for each point of the line its neighbours on the mesh, and how much each of them counts.
  ///   - shortest: shorter edges count as this long, so that two points that nearly coincide do not pull on nothing else.
  mutating func fair(outer: [[Outer]], shortest: Float) {
    let inner = points.count - fixed
    if inner == 0 { return }
    let system = PlateSystem(self, outer: outer, shortest: shortest)
    // Residual of L x = r with the inner points as unknowns
    var residual = system.rightSide()
    var direction = system.transposed(residual)
    var gradient = direction
    var size = norm(gradient)
    let enough = size * 1e-10
    for _ in 0..<max(60, min(4 * inner, 600)) {
      if size.max() <= enough.max() { break }
      let image = system.applied(to: direction)
      let step = ratio(size, norm(image))
      for i in 0..<inner { points[fixed + i] += SIMD3<Float>(step * direction[i]) }
      for i in residual.indices { residual[i] -= step * image[i] }
      gradient = system.transposed(residual)
      let newSize = norm(gradient)
      let share = ratio(newSize, size)
      for i in 0..<inner { direction[i] = gradient[i] + share * direction[i] }
      size = newSize
    }
  }
}

/// Squared length of each coordinate of a list of vectors.
private func norm(_ v: [SIMD3<Double>]) -> SIMD3<Double> {
  var sum = SIMD3<Double>.zero
  for x in v { sum += x * x }
  return sum
}

private func ratio(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
  SIMD3(b.x > 0 ? a.x / b.x : 0, b.y > 0 ? a.y / b.y : 0, b.z > 0 ? a.z / b.z : 0)
}

/// The umbrella vectors of a patch and its line as a linear map of the inner points.
private struct PlateSystem {
  private let fixed: Int
  private let points: [SIMD3<Float>]
  /// Per point: neighbours in the patch with weights that, with those outside, sum to 1.
  private var rows: [[(point: Int, weight: Double)]]
  /// Per point of the line: what its neighbours outside contribute.
  private var outside: [SIMD3<Double>]

  init(_ patch: HolePatch, outer: [[HolePatch.Outer]], shortest: Float) {
    fixed = patch.fixed
    points = patch.points
    var neighbours = [[Int]](repeating: [], count: points.count)
    for t in patch.triangles {
      for k in 0..<3 {
        for other in [t[(k + 1) % 3], t[(k + 2) % 3]] where !neighbours[t[k]].contains(other) {
          neighbours[t[k]].append(other)
        }
      }
    }
    rows = []
    outside = [SIMD3<Double>](repeating: .zero, count: points.count)
    for i in points.indices {
      let p = points[i]
      func weight(_ q: SIMD3<Float>) -> Double { 1 / Double(max(length(q - p), shortest)) }
      // Neighbours along the line are known to the mesh as well.
      let beyond = i < fixed ? outer[i] : []
      let within = neighbours[i].filter { i >= fixed || $0 >= fixed }
      let inward = within.reduce(SIMD3<Double>.zero) { $0 + SIMD3<Double>(points[$1] - p) * weight(points[$1]) }
      let outward = beyond.reduce(SIMD3<Double>.zero) {
        $1.share == nil ? $0 + SIMD3<Double>($1.place - p) * weight($1.place) : $0
      }
      // Else the umbrella of a flat sheet would not vanish, and a patch on a steep rim would bulge or sag.
      let squared = (outward * outward).sum()
      let balance = squared > 0 ? max(0, -(inward * outward).sum() / squared) : 0
      func outerWeight(_ q: HolePatch.Outer) -> Double { weight(q.place) * (q.share.map { Double($0) } ?? balance) }
      let sum = within.reduce(0) { $0 + weight(points[$1]) } + beyond.reduce(0) { $0 + outerWeight($1) }
      rows.append(within.map { ($0, weight(points[$0]) / sum) })
      for q in beyond { outside[i] += SIMD3<Double>(q.place) * (outerWeight(q) / sum) }
    }
  }

  /// Minus the umbrella vectors as they are.
  func rightSide() -> [SIMD3<Double>] {
    points.indices.map { i in
      var umbrella = outside[i] - SIMD3<Double>(points[i])
      for (j, w) in rows[i] { umbrella += SIMD3<Double>(points[j]) * w }
      return -umbrella
    }
  }

  /// Change of the umbrella vectors when inner points move by `x`.
  func applied(to x: [SIMD3<Double>]) -> [SIMD3<Double>] {
    points.indices.map { i in
      var sum = i >= fixed ? -x[i - fixed] : .zero
      for (j, w) in rows[i] where j >= fixed { sum += x[j - fixed] * w }
      return sum
    }
  }

  func transposed(_ r: [SIMD3<Double>]) -> [SIMD3<Double>] {
    var x = [SIMD3<Double>](repeating: .zero, count: points.count - fixed)
    for i in points.indices {
      if i >= fixed { x[i - fixed] -= r[i] }
      for (j, w) in rows[i] where j >= fixed { x[j - fixed] += r[i] * w }
    }
    return x
  }
}
