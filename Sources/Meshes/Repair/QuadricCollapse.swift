// Fewer triangles: edges collapse in the order of the error they cause.
//
// M. Garland, P. Heckbert. Surface simplification using quadric error metrics. 1997; T. Dey, H. Edelsbrunner,
// S. Guha, D. Nekhayev. Topology preserving edge contraction. 1999 (the link condition, which keeps a manifold one).

import Arithmetic

extension MeshUnderRepair {
  /// Collapses edges until `target` triangles are left, or no more can go without harm to the surface.
  ///
  /// The mesh must be manifold; it stays so, with the same parts, handles and holes. A vertex that two others became
  /// keeps the source of the one that was nearer.
  mutating func collapse(to target: Int) {
    var collapse = QuadricCollapse(self)
    collapse.run(to: target)
    for i in collapse.positions.indices { positions[i] = collapse.positions[i] }
    vertexSources = collapse.sources
    for i in triangles.indices { triangles[i] = collapse.triangles[i] }
    filterTriangles { i, _ in collapse.isAlive[i] }
    dropUnusedVertices()
  }
}

/// The sum of squared distances to a set of planes, as a symmetric 4 x 4 matrix.
private struct Quadric {
  // xx xy xz xw yy yz yw zz zw ww
  var a = SIMD8<Double>.zero
  var b = SIMD2<Double>.zero

  init() {}

  init(normal n: SIMD3<Double>, offset d: Double, weight: Double) {
    a = SIMD8(n.x * n.x, n.x * n.y, n.x * n.z, n.x * d, n.y * n.y, n.y * n.z, n.y * d, n.z * n.z) * weight
    b = SIMD2(n.z * d, d * d) * weight
  }

  static func + (l: Quadric, r: Quadric) -> Quadric {
    var sum = l
    sum.a += r.a
    sum.b += r.b
    return sum
  }

  func value(_ p: SIMD3<Double>) -> Double {
    let square = a[0] * p.x * p.x + a[4] * p.y * p.y + a[7] * p.z * p.z
    let mixed = a[1] * p.x * p.y + a[2] * p.x * p.z + a[5] * p.y * p.z
    return square + 2 * (mixed + a[3] * p.x + a[6] * p.y + b[0] * p.z) + b[1]
  }

  /// The place of least value, nil where it is not unique.
  var minimum: SIMD3<Double>? {
    let c0 = a[4] * a[7] - a[5] * a[5]
    let c1 = a[2] * a[5] - a[1] * a[7]
    let c2 = a[1] * a[5] - a[2] * a[4]
    let determinant = a[0] * c0 + a[1] * c1 + a[2] * c2
    let size = a[0] + a[4] + a[7]
    guard determinant > 1e-9 * size * size * size else { return nil }
    let r = SIMD3(-a[3], -a[6], -b[0])
    let c4 = a[0] * a[7] - a[2] * a[2]
    let c5 = a[1] * a[2] - a[0] * a[5]
    let c7 = a[0] * a[4] - a[1] * a[1]
    return SIMD3(
      c0 * r.x + c1 * r.y + c2 * r.z, c1 * r.x + c4 * r.y + c5 * r.z, c2 * r.x + c5 * r.y + c7 * r.z) / determinant
  }
}

private struct QuadricCollapse {
  var positions: [SIMD3<Float>]
  var triangles: [SIMD3<UInt32>]
  var sources: [Int32]
  var isAlive: [Bool]
  private var quadrics: [Quadric]
  private var fans: [[UInt32]]
  private var isBorder: [Bool]
  private var stamp: [UInt32]
  private var heap: [Candidate] = []
  /// How many triangles of a large fan are gone, by vertex.
  private var gone: [Int: Int] = [:]
  /// The look around a vertex that last met each vertex.
  private var seen: [UInt32]
  private var look: UInt32 = 0
  /// Vertices with more triangles than this are not moved.
  private static let largestFan = 256
  /// Positions are worked on around their middle, where rounding is least.
  private let middle: SIMD3<Float>

  private struct Candidate {
    var cost: Double
    var a: UInt32
    var b: UInt32
    var stamps: SIMD2<UInt32>
    var place: SIMD3<Float>

    /// Order: cost, then the vertices, so that equal costs go the same way on every run.
    func comes(before other: Candidate) -> Bool {
      if cost != other.cost { return cost < other.cost }
      return a != other.a ? a < other.a : b < other.b
    }
  }

  init(_ mesh: MeshUnderRepair) {
    var sum = SIMD3<Double>.zero
    for p in mesh.positions { sum += SIMD3<Double>(p) }
    middle = SIMD3<Float>(sum / Double(max(mesh.positions.count, 1)))
    positions = mesh.positions
    triangles = mesh.triangles
    sources = mesh.vertexSources
    isAlive = [Bool](repeating: true, count: triangles.count)
    quadrics = [Quadric](repeating: Quadric(), count: positions.count)
    fans = [[UInt32]](repeating: [], count: positions.count)
    isBorder = [Bool](repeating: false, count: positions.count)
    stamp = [UInt32](repeating: 0, count: positions.count)
    seen = [UInt32](repeating: 0, count: positions.count)
    for (i, t) in triangles.enumerated() {
      for k in 0..<3 { fans[Int(t[k])].append(UInt32(i)) }
    }
    let neighbours = EdgeSurvey(triangles, vertexCount: positions.count).neighbours
    for (i, t) in triangles.enumerated() {
      let p = SIMD3<Double>(positions[Int(t.x)] - middle)
      let n = SIMD3<Double>(mesh.doubledNormal(i))
      let size = (n * n).sum().squareRoot()
      if size == 0 { continue }
      let unit = n / size
      // A plane weighs as the triangle's area, a third for each corner.
      let plane = Quadric(normal: unit, offset: -(unit * p).sum(), weight: size / 6)
      for k in 0..<3 { quadrics[Int(t[k])] = quadrics[Int(t[k])] + plane }
      // A border is held by planes that stand on it.
      for k in 0..<3 where neighbours[i][k] == -1 {
        let (a, b) = (Int(t[k]), Int(t[(k + 1) % 3]))
        let e = positions[b] - positions[a]
        let wall = SIMD3<Double>(normalized(cross(e, SIMD3<Float>(unit))))
        let fence = Quadric(
          normal: wall, offset: -(wall * SIMD3<Double>(positions[a] - middle)).sum(), weight: Double(dot(e, e)))
        for v in [a, b] {
          quadrics[v] = quadrics[v] + fence
          isBorder[v] = true
        }
      }
    }
  }

  mutating func run(to target: Int) {
    var left = triangles.count
    for t in triangles {
      for k in 0..<3 where t[k] < t[(k + 1) % 3] || isBorder[Int(t[k])] { propose(t[k], t[(k + 1) % 3]) }
    }
    while left > target, let next = pop() {
      let (a, b) = (Int(next.a), Int(next.b))
      guard stamp[a] == next.stamps.x, stamp[b] == next.stamps.y, !fans[a].isEmpty, !fans[b].isEmpty else { continue }
      guard isSafe(a, b, to: next.place) else { continue }
      let nearer = length(positions[b] - next.place) < length(positions[a] - next.place) ? b : a
      sources[a] = sources[nearer]
      positions[a] = next.place
      quadrics[a] = quadrics[a] + quadrics[b]
      isBorder[a] = isBorder[a] || isBorder[b]
      for f in fans[b] {
        let i = Int(f)
        let t = triangles[i]
        if t.x == next.a || t.y == next.a || t.z == next.a {
          isAlive[i] = false
          left -= 1
          for k in 0..<3 where Int(t[k]) != b { drop(f, from: Int(t[k])) }
        } else {
          triangles[i] = t.replacing(with: next.a, where: t .== next.b)
          fans[a].append(f)
        }
      }
      fans[b].removeAll()
      stamp[a] &+= 1
      stamp[b] &+= 1
      for v in ring(a) { propose(next.a, UInt32(v)) }
    }
  }

  /// Takes a triangle that is gone out of a vertex's fan: at once from a small fan, and from a large one as soon as half of
  /// it is gone, since each time costs as much as the fan is large.
  private mutating func drop(_ triangle: UInt32, from v: Int) {
    if fans[v].count <= Self.largestFan {
      fans[v].removeAll { $0 == triangle }
      return
    }
    gone[v, default: 0] += 1
    if 2 * gone[v, default: 0] < fans[v].count { return }
    gone[v] = nil
    let isAlive = isAlive
    fans[v].removeAll { !isAlive[Int($0)] }
  }

  /// Vertices around `v`, in the order of its triangles.
  private mutating func ring(_ v: Int) -> [Int] {
    var found: [Int] = []
    look &+= 1
    for f in fans[v] {
      let t = triangles[Int(f)]
      for k in 0..<3 where Int(t[k]) != v && seen[Int(t[k])] != look {
        seen[Int(t[k])] = look
        found.append(Int(t[k]))
      }
    }
    return found
  }

  private mutating func propose(_ first: UInt32, _ second: UInt32) {
    let (a, b) = (min(first, second), max(first, second))
    let sum = quadrics[Int(a)] + quadrics[Int(b)]
    let p = SIMD3<Double>(positions[Int(a)] - middle)
    let q = SIMD3<Double>(positions[Int(b)] - middle)
    let half = (p + q) * 0.5
    var best = half
    // Only a minimum near the edge can be trusted.
    if let least = sum.minimum, ((least - half) * (least - half)).sum() <= ((p - q) * (p - q)).sum() {
      best = least
    } else {
      for end in [p, q] where sum.value(end) < sum.value(best) { best = end }
    }
    // A little of the edge's own length, so that flat parts come out even.
    let cost = max(sum.value(best), 0) + 1e-6 * ((p - q) * (p - q)).sum()
    push(
      Candidate(
        cost: cost, a: a, b: b, stamps: SIMD2(stamp[Int(a)], stamp[Int(b)]), place: SIMD3<Float>(best) + middle))
  }

  /// Whether the collapse keeps the surface a surface and turns no triangle over.
  private mutating func isSafe(_ a: Int, _ b: Int, to place: SIMD3<Float>) -> Bool {
    // The pole of a turned shape stays: every look at it costs as much as its fan is large.
    if fans[a].count > Self.largestFan || fans[b].count > Self.largestFan { return false }
    let ringA = ring(a)
    let ringB = ring(b)
    // Those of the last ring are marked
    let shared = ringA.filter { seen[$0] == look }
    let faces = fans[a].filter {
      let t = triangles[Int($0)]
      return t.x == UInt32(b) || t.y == UInt32(b) || t.z == UInt32(b)
    }
    // The link condition; two border vertices may only meet along the border.
    if shared.count != faces.count || faces.isEmpty { return false }
    if isBorder[a] && isBorder[b] && faces.count != 1 { return false }
    if ringA.count + ringB.count - shared.count <= 4 { return false }
    for (v, other) in [(a, b), (b, a)] {
      for f in fans[v] {
        let t = triangles[Int(f)]
        if t.x == UInt32(other) || t.y == UInt32(other) || t.z == UInt32(other) { continue }
        let before = corners(t)
        var after = before
        for k in 0..<3 where Int(t[k]) == v { after[k] = place }
        let n = cross(before[1] - before[0], before[2] - before[0])
        let m = cross(after[1] - after[0], after[2] - after[0])
        // At most 60 degrees, and no needle.
        if dot(n, m) <= 0.5 * length(n) * length(m) { return false }
        let longest = max(
          dot(after[1] - after[0], after[1] - after[0]),
          max(dot(after[2] - after[1], after[2] - after[1]), dot(after[0] - after[2], after[0] - after[2])))
        if length(m) < 0.05 * longest { return false }
      }
    }
    return true
  }

  private func corners(_ t: SIMD3<UInt32>) -> [SIMD3<Float>] {
    [positions[Int(t.x)], positions[Int(t.y)], positions[Int(t.z)]]
  }

  private mutating func push(_ c: Candidate) {
    heap.append(c)
    var i = heap.count - 1
    while i > 0, c.comes(before: heap[(i - 1) / 2]) {
      heap[i] = heap[(i - 1) / 2]
      i = (i - 1) / 2
    }
    heap[i] = c
  }

  private mutating func pop() -> Candidate? {
    guard let top = heap.first, let last = heap.popLast() else { return nil }
    if heap.isEmpty { return top }
    var i = 0
    while 2 * i + 1 < heap.count {
      var child = 2 * i + 1
      if child + 1 < heap.count, heap[child + 1].comes(before: heap[child]) { child += 1 }
      if !heap[child].comes(before: last) { break }
      heap[i] = heap[child]
      i = child
    }
    heap[i] = last
    return top
  }
}
