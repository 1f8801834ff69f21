// A piece of a surface laid flat with little stretch.
//
// As-rigid-as-possible parametrisation (L. Liu, L. Zhang, Y. Xu, C. Gotsman, S. Gortler. A local/global approach to mesh
// parameterization. 2008): every triangle wants to keep its shape and size. In turn each triangle finds the rotation that fits it best
// where it lies, and one sparse system puts the vertices where the turned triangles fit together best.
//
// Two things differ. It starts from an unfolding: triangle by triangle about their common edges, breadth first. That is
// exact for what unrolls (cylinder, cone), which leaves nothing to do. And where the greatest stretch is more than is wanted, triangles
// that stretch more than others weigh more from round to round, which lowers it at the cost of the mean (C. Lawson's iteratively
// reweighted least squares. 1961).

import Arithmetic

/// A piece of a surface in the plane.
public struct UnrolledSurface: Sendable {
  /// Where each vertex lies, mm; zero for one without triangles.
  public var places: [SIMD2<Double>]
  /// Per triangle: how much the length that changes most is longer or shorter in the plane, as a share: 0.02 where 98 or 102 mm are
  /// drawn for 100. Infinite for a triangle that is turned over.
  public var stretches: [Double]
}

/// Lays a piece of a surface flat.
///
/// The result depends on the arguments alone. Time grows with vertices times the square of the piece's width in vertices.
///
/// - Parameters:
///   - positions: vertices, mm.
///   - triangles: counter-clockwise seen from outside, which becomes the upper side of the plane; connected through edges.
///   - weights: how much each triangle's shape counts, above 0; empty for one each.
///   - limit: a greatest stretch that will do, a share: the weights hold where they reach it, and give way as far as it takes where
///     they do not. Where it is over five times as much, nothing is tried.
/// - Returns: `nil` for a piece without triangles, with one of no area, or with parts that hang together by no edge.
public func unrolled(
  _ positions: [SIMD3<Float>], _ triangles: [SIMD3<UInt32>], weights: [Double] = [], limit: Double = 0
) -> UnrolledSurface? {
  guard var flat = Unrolling(positions, triangles, weights: weights) else { return nil }
  flat.settle(rounds: 150)
  var best = flat
  var least = flat.greatestStretch
  // What stretches many times as much as it may is not worth it.
  if limit > 0, least > 5 * limit { return UnrolledSurface(places: best.places, stretches: best.stretches()) }
  for _ in 0..<Unrolling.levellings where least > max(limit, 1e-4) {
    flat.weighTheStretched()
    flat.settle(rounds: 20)
    let stretch = flat.greatestStretch
    if stretch < least { (best, least) = (flat, stretch) }
  }
  return UnrolledSurface(places: best.places, stretches: best.stretches())
}

/// The state of the iteration.
private struct Unrolling {
  static let levellings = 12
  private let triangles: [SIMD3<UInt32>]
  /// Each triangle in a plane of its own: its first corner at the origin, its second on the x axis.
  private let corners: [(b: SIMD2<Double>, c: SIMD2<Double>)]
  private var weights: [Double]
  private var rotations: [SIMD2<Double>]
  private(set) var places: [SIMD2<Double>]
  private var factor: EnvelopeFactor
  private let pattern: SparseMatrix

  init?(_ positions: [SIMD3<Float>], _ triangles: [SIMD3<UInt32>], weights: [Double]) {
    guard !triangles.isEmpty else { return nil }
    self.triangles = triangles
    var corners: [(b: SIMD2<Double>, c: SIMD2<Double>)] = []
    corners.reserveCapacity(triangles.count)
    for t in triangles {
      let a = SIMD3<Double>(positions[Int(t.x)])
      let ab = SIMD3<Double>(positions[Int(t.y)]) - a
      let ac = SIMD3<Double>(positions[Int(t.z)]) - a
      let base = (ab * ab).sum().squareRoot()
      guard base > 0 else { return nil }
      let along = (ab * ac).sum() / base
      let height = ((ac * ac).sum() - along * along).squareRoot()
      guard height > 1e-9 else { return nil }
      corners.append((SIMD2(base, 0), SIMD2(along, height)))
    }
    self.corners = corners
    self.weights = weights.isEmpty ? [Double](repeating: 1, count: triangles.count) : weights
    guard let rotations = unfolded(triangles, corners) else { return nil }
    self.rotations = rotations
    places = [SIMD2<Double>](repeating: .zero, count: positions.count)
    pattern = sparsity(triangles, vertices: positions.count)
    guard let factor = EnvelopeFactor(stiffness(pattern, triangles, corners, self.weights)) else { return nil }
    self.factor = factor
    place()
  }

  /// Rotations and places in turn, until nothing moves or `rounds` are over.
  mutating func settle(rounds: Int) {
    // A millionth of the whole
    let size = places.reduce(0) { max($0, abs($1.x), abs($1.y)) }
    for _ in 0..<rounds {
      let before = places
      rotate()
      place()
      var moved = 0.0
      for i in places.indices {
        let d = places[i] - before[i]
        moved = max(moved, abs(d.x), abs(d.y))
      }
      if moved <= 1e-6 * size { return }
    }
  }

  /// Makes triangles weigh more that stretch more than others.
  mutating func weighTheStretched() {
    let stretches = stretches()
    let greatest = min(stretches.max() ?? 0, 1)
    guard greatest > 0 else { return }
    for i in weights.indices {
      let share = min(stretches[i] / greatest, 1)
      weights[i] *= 1 + 3 * share * share * share * share
    }
    let mean = weights.reduce(0, +) / Double(weights.count)
    for i in weights.indices { weights[i] /= mean }
    if let next = EnvelopeFactor(stiffness(pattern, triangles, corners, weights)) { factor = next }
  }

  var greatestStretch: Double { stretches().max() ?? 0 }

  /// By the singular values of the map from each triangle to the plane.
  func stretches() -> [Double] {
    triangles.indices.map { i in
      let t = triangles[i]
      let (b, c) = corners[i]
      let p = places[Int(t.y)] - places[Int(t.x)]
      let q = places[Int(t.z)] - places[Int(t.x)]
      // Columns of the map
      let x = p / b.x
      let y = (q - x * c.x) / c.y
      let e = SIMD2(0.5 * (x.x + y.y), 0.5 * (x.y - y.x))
      let f = SIMD2(0.5 * (x.x - y.y), 0.5 * (x.y + y.x))
      let (mean, half) = ((e * e).sum().squareRoot(), (f * f).sum().squareRoot())
      let (long, short) = (mean + half, mean - half)
      return short > 0 ? max(long, 1 / short) - 1 : .infinity
    }
  }

  /// The rotation that fits each triangle best where it lies: in the plane it has a closed form.
  private mutating func rotate() {
    for i in triangles.indices {
      let t = triangles[i]
      var sum = SIMD2<Double>.zero
      forEachEdge(i) { from, to, edge, cotangent in
        let u = places[Int(t[to])] - places[Int(t[from])]
        sum += SIMD2(edge.x * u.x + edge.y * u.y, edge.x * u.y - edge.y * u.x) * cotangent
      }
      let size = (sum * sum).sum().squareRoot()
      if size > 0 { rotations[i] = sum / size }
    }
  }

  /// The places at which the turned triangles fit together best.
  private mutating func place() {
    var right = [SIMD2<Double>](repeating: .zero, count: places.count)
    for i in triangles.indices {
      let t = triangles[i]
      let turn = rotations[i]
      let weight = weights[i]
      forEachEdge(i) { from, to, edge, cotangent in
        let turned = SIMD2(turn.x * edge.x - turn.y * edge.y, turn.y * edge.x + turn.x * edge.y) * (weight * cotangent)
        right[Int(t[to])] += turned
        right[Int(t[from])] -= turned
      }
    }
    places = factor.solve(right)
  }

  /// Each edge of a triangle in the triangle's own plane, with the cotangent of the angle that it faces.
  @inline(__always)
  private func forEachEdge(_ i: Int, _ body: (_ from: Int, _ to: Int, SIMD2<Double>, Double) -> Void) {
    let (b, c) = corners[i]
    let k = cotangents(b, c)
    body(0, 1, b, k.z)
    body(1, 2, c - b, k.x)
    body(2, 0, -c, k.y)
  }
}

/// Cotangents of the angles at the corners of the triangle 0, b, c.
@inline(__always)
private func cotangents(_ b: SIMD2<Double>, _ c: SIMD2<Double>) -> SIMD3<Double> {
  let twice = b.x * c.y - b.y * c.x
  return SIMD3((b * c).sum(), (-b * (c - b)).sum(), (-c * (b - c)).sum()) / twice
}

/// Turns of the triangles when they are unfolded about their common edges, breadth first from the first one; `nil` where some
/// are not reached.
private func unfolded(_ triangles: [SIMD3<UInt32>], _ corners: [(b: SIMD2<Double>, c: SIMD2<Double>)])
  -> [SIMD2<Double>]?
{
  let vertices = Int(triangles.reduce(0) { max($0, $1.max()) }) + 1
  let neighbours = TriangleMesh(
    positions: [SIMD3<Float>](repeating: .zero, count: vertices), triangles: triangles, normals: []
  ).triangleNeighbours()
  func edge(_ i: Int, from: UInt32, to: UInt32) -> SIMD2<Double> {
    func corner(_ v: UInt32) -> SIMD2<Double> {
      let t = triangles[i]
      return v == t.x ? .zero : (v == t.y ? corners[i].b : corners[i].c)
    }
    return corner(to) - corner(from)
  }
  var turns = [SIMD2<Double>](repeating: .zero, count: triangles.count)
  turns[0] = SIMD2(1, 0)
  var queue = [0]
  var next = 0
  while next < queue.count {
    let i = queue[next]
    next += 1
    for side in 0..<3 {
      let j = Int(neighbours[i][side])
      if j < 0 || turns[j] != .zero { continue }
      let (a, b) = (triangles[i][side], triangles[i][(side + 1) % 3])
      let e = edge(i, from: a, to: b)
      let f = edge(j, from: a, to: b)
      let turned = SIMD2(turns[i].x * e.x - turns[i].y * e.y, turns[i].y * e.x + turns[i].x * e.y)
      // The neighbour's own edge, turned by what is looked for, lies on it.
      let turn = SIMD2(f.x * turned.x + f.y * turned.y, f.x * turned.y - f.y * turned.x)
      turns[j] = turn / (turn * turn).sum().squareRoot()
      queue.append(j)
    }
  }
  return queue.count == triangles.count ? turns : nil
}

/// A matrix with an entry for every pair of vertices that share a triangle, all zero.
private func sparsity(_ triangles: [SIMD3<UInt32>], vertices: Int) -> SparseMatrix {
  var counts = [Int](repeating: 0, count: vertices + 1)
  for t in triangles { for k in 0..<3 { counts[Int(t[k]) + 1] += 2 } }
  for v in 0..<vertices { counts[v + 1] += counts[v] }
  var next = counts
  var members = [Int32](repeating: 0, count: counts[vertices])
  for t in triangles {
    for k in 0..<3 {
      let v = Int(t[k])
      members[next[v]] = Int32(t[(k + 1) % 3])
      members[next[v] + 1] = Int32(t[(k + 2) % 3])
      next[v] += 2
    }
  }
  var matrix = SparseMatrix(starts: [0], columns: [], values: [])
  for v in 0..<vertices {
    var row = members[counts[v]..<counts[v + 1]] + [Int32(v)]
    row.sort()
    for (k, column) in row.enumerated() where k == 0 || row[row.startIndex + k - 1] != column {
      matrix.columns.append(column)
    }
    matrix.starts.append(matrix.columns.count)
  }
  matrix.values = [Double](repeating: 0, count: matrix.columns.count)
  return matrix
}

/// The weighted stiffness of the cotangents; its first vertex is held, and those without triangles.
private func stiffness(
  _ pattern: SparseMatrix, _ triangles: [SIMD3<UInt32>], _ corners: [(b: SIMD2<Double>, c: SIMD2<Double>)],
  _ weights: [Double]
) -> SparseMatrix {
  var matrix = pattern
  for i in triangles.indices {
    let t = triangles[i]
    let k = cotangents(corners[i].b, corners[i].c)
    for (from, to, cotangent) in [(0, 1, k.z), (1, 2, k.x), (2, 0, k.y)] {
      let value = weights[i] * cotangent
      let (a, b) = (Int(t[from]), Int(t[to]))
      matrix.add(value, row: a, column: a)
      matrix.add(value, row: b, column: b)
      matrix.add(-value, row: a, column: b)
      matrix.add(-value, row: b, column: a)
    }
  }
  matrix.add(1, row: Int(triangles[0].x), column: Int(triangles[0].x))
  for v in 0..<matrix.count where matrix.starts[v + 1] - matrix.starts[v] == 1 { matrix.add(1, row: v, column: v) }
  return matrix
}
