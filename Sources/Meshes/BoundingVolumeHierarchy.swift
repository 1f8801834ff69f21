// Nearest point and first hit on a mesh, in logarithmic time.
//
// I. Wald. On fast construction of SAH-based bounding volume hierarchies. 2007 (binned splits).
// C. Ericson. Real-time collision detection. 2005, 5.1.5 (closest point on a triangle).
// T. Möller, B. Trumbore. Fast, minimum storage ray/triangle intersection. 1997.
//
// Nodes lie in one array, children side by side; triangles are stored in leaf order.

import Arithmetic

/// Where a ray meets a mesh.
public struct RayHit: Sendable, Equatable {
  /// The point met.
  public var point: SurfacePoint
  /// Distance from the ray's origin, in lengths of its direction vector (mm for a unit vector).
  public var distance: Float

  public init(point: SurfacePoint, distance: Float) {
    self.point = point
    self.distance = distance
  }
}

/// A tree of boxes over the triangles of a mesh. It keeps its own copy of the corners.
public struct BoundingVolumeHierarchy: Sendable {
  private struct Node: Sendable {
    var low: SIMD3<Float>
    var high: SIMD3<Float>
    /// First triangle of a leaf, or left child (the right one follows).
    var first: Int32
    /// Triangles of a leaf; 0 for an inner node.
    var count: Int32
  }
  private struct Corners: Sendable {
    var a: SIMD3<Float>
    var ab: SIMD3<Float>
    var ac: SIMD3<Float>
    var triangle: UInt32
  }
  private var nodes: [Node] = []
  private var corners: [Corners] = []

  private static let leafSize = 4
  private static let binCount = 12
  private static let binnedAbove = 48
  /// Depth of the stack of a query; splits into equal halves below half of it keep the tree shallower.
  private static let stackDepth = 64

  /// Builds the tree, in time proportional to n log n. The mesh should not be empty.
  public init(_ mesh: TriangleMesh) {
    corners = mesh.triangles.enumerated().map { i, t in
      let a = mesh.positions[Int(t.x)]
      return Corners(
        a: a, ab: mesh.positions[Int(t.y)] - a, ac: mesh.positions[Int(t.z)] - a, triangle: UInt32(i))
    }
    if corners.isEmpty { return }
    let centres = corners.map { $0.a + ($0.ab + $0.ac) * (1 / 3 as Float) }
    var order = Array(0..<corners.count)
    nodes.reserveCapacity(corners.count)
    nodes.append(Node(low: .zero, high: .zero, first: 0, count: 0))
    split(0, &order, 0..<order.count, centres, depth: 0)
    corners = order.map { corners[$0] }
  }

  private mutating func split(
    _ node: Int, _ order: inout [Int], _ range: Range<Int>, _ centres: [SIMD3<Float>], depth: Int
  ) {
    var low = SIMD3<Float>(repeating: .infinity)
    var high = -low
    var centreLow = low
    var centreHigh = high
    for i in range {
      let c = corners[order[i]]
      Self.grow(&low, &high, c.a)
      Self.grow(&low, &high, c.a + c.ab)
      Self.grow(&low, &high, c.a + c.ac)
      Self.grow(&centreLow, &centreHigh, centres[order[i]])
    }
    nodes[node] = Node(low: low, high: high, first: Int32(range.lowerBound), count: Int32(range.count))
    if range.count <= Self.leafSize { return }

    let extent = centreHigh - centreLow
    let axis = extent.x >= extent.y && extent.x >= extent.z ? 0 : (extent.y >= extent.z ? 1 : 2)
    var middle = range.lowerBound
    if depth < Self.stackDepth / 2 && extent[axis] > 0 {
      // Small nodes are halved in space: there the cost estimate gains less than it takes.
      middle =
        range.count > Self.binnedAbove
        ? binnedSplit(&order, range, centres, axis, centreLow[axis], extent[axis])
        : halved(&order, range, centres, axis, centreLow[axis] + 0.5 * extent[axis])
    }
    if middle == range.lowerBound || middle == range.upperBound {
      middle = (range.lowerBound + range.upperBound) / 2
      order[range].sort { (centres[$0][axis], $0) < (centres[$1][axis], $1) }
    }
    let left = nodes.count
    nodes.append(Node(low: .zero, high: .zero, first: 0, count: 0))
    nodes.append(Node(low: .zero, high: .zero, first: 0, count: 0))
    nodes[node].first = Int32(left)
    nodes[node].count = 0
    split(left, &order, range.lowerBound..<middle, centres, depth: depth + 1)
    split(left + 1, &order, middle..<range.upperBound, centres, depth: depth + 1)
  }

  /// Partitions a range at a coordinate; returns where the right part starts.
  private func halved(_ order: inout [Int], _ range: Range<Int>, _ centres: [SIMD3<Float>], _ axis: Int, _ at: Float)
    -> Int
  {
    var write = range.lowerBound
    for i in range where centres[order[i]][axis] < at {
      order.swapAt(i, write)
      write += 1
    }
    return write
  }

  /// Partitions a range at the bin border with the least expected cost; returns where the right part starts.
  private func binnedSplit(
    _ order: inout [Int], _ range: Range<Int>, _ centres: [SIMD3<Float>], _ axis: Int, _ start: Float,
    _ extent: Float
  ) -> Int {
    let bins = Self.binCount
    // The last one holds the border too.
    func bin(_ i: Int) -> Int { Int(held((centres[i][axis] - start) / extent * Float(bins), 0, Float(bins - 1))) }
    var counts = [Int](repeating: 0, count: bins)
    var lows = [SIMD3<Float>](repeating: SIMD3(repeating: .infinity), count: bins)
    var highs = [SIMD3<Float>](repeating: SIMD3(repeating: -.infinity), count: bins)
    for i in range {
      let c = corners[order[i]]
      let b = bin(order[i])
      counts[b] += 1
      Self.grow(&lows[b], &highs[b], c.a)
      Self.grow(&lows[b], &highs[b], c.a + c.ab)
      Self.grow(&lows[b], &highs[b], c.a + c.ac)
    }
    func area(_ low: SIMD3<Float>, _ high: SIMD3<Float>) -> Float {
      let d = high - low
      return d.x < 0 ? 0 : d.x * d.y + d.y * d.z + d.z * d.x
    }
    var rightCost = [Float](repeating: 0, count: bins)
    var low = SIMD3<Float>(repeating: .infinity)
    var high = -low
    var count = 0
    for b in stride(from: bins - 1, to: 0, by: -1) {
      Self.grow(&low, &high, lows[b])
      Self.grow(&low, &high, highs[b])
      count += counts[b]
      rightCost[b] = area(low, high) * Float(count)
    }
    low = SIMD3(repeating: .infinity)
    high = -low
    count = 0
    var best = 0
    var bestCost = Float.infinity
    for b in 0..<bins - 1 {
      Self.grow(&low, &high, lows[b])
      Self.grow(&low, &high, highs[b])
      count += counts[b]
      let cost = area(low, high) * Float(count) + rightCost[b + 1]
      if count > 0 && count < range.count && cost < bestCost { (best, bestCost) = (b, cost) }
    }
    // A stable partition, so that the tree does not depend on the sort's mood.
    var right: [Int] = []
    var write = range.lowerBound
    for i in range {
      if bin(order[i]) <= best {
        order[write] = order[i]
        write += 1
      } else {
        right.append(order[i])
      }
    }
    for (k, i) in right.enumerated() { order[write + k] = i }
    return write
  }

  @inline(__always)
  private static func grow(_ low: inout SIMD3<Float>, _ high: inout SIMD3<Float>, _ p: SIMD3<Float>) {
    low = low.replacing(with: p, where: p .< low)
    high = high.replacing(with: p, where: p .> high)
  }

  @inline(__always)
  private func squaredDistance(_ n: Int, _ p: SIMD3<Float>) -> Float {
    let low = nodes[n].low
    let high = nodes[n].high
    let q = p.replacing(with: low, where: p .< low).replacing(with: high, where: p .> high) - p
    return dot(q, q)
  }

  /// The point of the mesh nearest to `p`; of equally near ones, the one in the triangle found first.
  ///
  /// An empty mesh has no nearest point: the result is then `p` itself with triangle 0.
  ///
  /// - Parameter effort: after so many boxes the nearest point found so far has to do. Where a place is about as far from
  ///   everything, as on the axis of a cone, a search meets every triangle.
  public func closestPoint(to p: SIMD3<Float>, effort: Int = .max) -> SurfacePoint {
    var best = SurfacePoint(position: p, triangle: 0, v: 0, w: 0)
    if nodes.isEmpty { return best }
    var bestSquared = Float.infinity
    var stack = [64 of Int32](repeating: 0)
    var top = 1
    var met = 0
    while top > 0 && met < effort {
      top -= 1
      met &+= 1
      let n = Int(stack[top])
      if squaredDistance(n, p) >= bestSquared { continue }
      let node = nodes[n]
      if node.count == 0 {
        // The nearer child is looked at first.
        let left = Int(node.first)
        let nearLeft = squaredDistance(left, p) <= squaredDistance(left + 1, p)
        stack[top] = Int32(nearLeft ? left + 1 : left)
        stack[top + 1] = Int32(nearLeft ? left : left + 1)
        top += 2
        continue
      }
      for i in Int(node.first)..<Int(node.first + node.count) {
        let c = corners[i]
        let (v, w) = closestWeights(c.a, c.ab, c.ac, p)
        let q = c.a + c.ab * v + c.ac * w
        let d = dot(q - p, q - p)
        if d < bestSquared {
          bestSquared = d
          best = SurfacePoint(position: q, triangle: c.triangle, v: v, w: w)
        }
      }
    }
    return best
  }

  /// The first point of the mesh along a ray, or nil.
  ///
  /// Triangles are met from both sides. `direction` need not have length 1.
  /// - Parameter limit: how far to look, in lengths of `direction`.
  public func firstHit(origin: SIMD3<Float>, direction: SIMD3<Float>, limit: Float = .infinity) -> RayHit? {
    if nodes.isEmpty { return nil }
    let inverse = SIMD3<Float>(repeating: 1) / direction
    var best: RayHit?
    var nearest = limit
    var stack = [64 of Int32](repeating: 0)
    var top = 1
    while top > 0 {
      top -= 1
      let n = Int(stack[top])
      if entry(n, origin, inverse) >= nearest { continue }
      let node = nodes[n]
      if node.count == 0 {
        let left = Int(node.first)
        let nearLeft = entry(left, origin, inverse) <= entry(left + 1, origin, inverse)
        stack[top] = Int32(nearLeft ? left + 1 : left)
        stack[top + 1] = Int32(nearLeft ? left : left + 1)
        top += 2
        continue
      }
      for i in Int(node.first)..<Int(node.first + node.count) {
        let c = corners[i]
        let h = cross(direction, c.ac)
        let determinant = dot(c.ab, h)
        if determinant == 0 { continue }
        let s = origin - c.a
        let v = dot(s, h) / determinant
        let q = cross(s, c.ab)
        let w = dot(direction, q) / determinant
        // A little beyond the edges, so that a ray does not slip between two triangles.
        if v < -Self.slack || w < -Self.slack || v + w > 1 + Self.slack { continue }
        let t = dot(c.ac, q) / determinant
        if t >= 0 && t < nearest {
          nearest = t
          best = RayHit(
            point: SurfacePoint(position: c.a + c.ab * v + c.ac * w, triangle: c.triangle, v: v, w: w), distance: t)
        }
      }
    }
    return best
  }

  private static let slack: Float = 1e-6

  /// Where a ray enters a node's box, or infinity.
  @inline(__always)
  private func entry(_ n: Int, _ origin: SIMD3<Float>, _ inverse: SIMD3<Float>) -> Float {
    let low = nodes[n].low
    let high = nodes[n].high
    var near: Float = 0
    var far = Float.infinity
    @inline(__always)
    func clip(_ low: Float, _ high: Float, _ origin: Float, _ inverse: Float) -> Bool {
      // Parallel to the slab: in it for good, or never.
      if inverse.isInfinite { return origin >= low && origin <= high }
      let a = (low - origin) * inverse
      let b = (high - origin) * inverse
      let (t0, t1) = a < b ? (a, b) : (b, a)
      if t0 > near { near = t0 }
      if t1 < far { far = t1 }
      return true
    }
    guard clip(low.x, high.x, origin.x, inverse.x), clip(low.y, high.y, origin.y, inverse.y),
      clip(low.z, high.z, origin.z, inverse.z)
    else { return .infinity }
    // Rounding must not lose a box that is met in its very face.
    return near <= far * 1.000_001 + 1e-6 ? near : .infinity
  }
}

/// Weights of the second and third corner of the point of a triangle nearest to `p`.
package func closestWeights(_ a: SIMD3<Float>, _ ab: SIMD3<Float>, _ ac: SIMD3<Float>, _ p: SIMD3<Float>)
  -> (v: Float, w: Float)
{
  let ap = p - a
  let d1 = dot(ab, ap)
  let d2 = dot(ac, ap)
  if d1 <= 0 && d2 <= 0 { return (0, 0) }
  let bp = ap - ab
  let d3 = dot(ab, bp)
  let d4 = dot(ac, bp)
  if d3 >= 0 && d4 <= d3 { return (1, 0) }
  let vc = d1 * d4 - d3 * d2
  if vc <= 0 && d1 >= 0 && d3 <= 0 { return (d1 == d3 ? 0 : d1 / (d1 - d3), 0) }
  let cp = ap - ac
  let d5 = dot(ab, cp)
  let d6 = dot(ac, cp)
  if d6 >= 0 && d5 <= d6 { return (0, 1) }
  let vb = d5 * d2 - d1 * d6
  if vb <= 0 && d2 >= 0 && d6 <= 0 { return (0, d2 == d6 ? 0 : d2 / (d2 - d6)) }
  let va = d3 * d6 - d5 * d4
  if va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0 {
    let w = (d4 - d3) / ((d4 - d3) + (d5 - d6))
    return (1 - w, w)
  }
  let sum = va + vb + vc
  return sum != 0 ? (vb / sum, vc / sum) : (0, 0)
}
