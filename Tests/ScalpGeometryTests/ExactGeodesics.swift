import Meshes
import ScalpGeometry

// Exact shortest distances on a mesh, to judge others by: windows of straight paths are unfolded over the triangles in
// the order of their distance, and dropped where a vertex offers a shorter way to all that they could reach.
//
// J. Chen, Y. Han. Shortest paths on a polyhedron. 1990.
// S.-Q. Xin, G.-J. Wang. Improving Chen and Han's algorithm on the discrete geodesic problem. 2009 (the filter).
//
// Exact up to rounding for the distance to a set of points. Time grows with the number of points times the triangles
// within the band.

/// Shortest distances along a mesh from points on it to its vertices.
struct ExactGeodesics {
  /// By vertex; infinite beyond the band.
  private(set) var distances: [Double]
  /// Windows that were unfolded, for the curious.
  private(set) var windowCount = 0

  private let mesh: TriangleMesh
  private let neighbours: [SIMD3<Int32>]
  private let band: Double
  private var queue = Heap<Event>()
  /// For each face and side, the shortest way over that side to the corner beyond it, and where it crosses the side.
  private var splits: [(distance: Double, at: Double)]

  /// Paths that enter `face` over its edge `side` between `low` and `high` mm from the edge's first corner. They come
  /// straight from (x, y), y <= 0, in the plane of the face with that edge on the x axis, and have run `before` mm
  /// when they are there.
  private struct Window {
    var face: Int
    var side: Int
    var low, high: Double
    var x, y: Double
    var before: Double

    func distance(_ at: Double) -> Double { before + ((at - x) * (at - x) + y * y).squareRoot() }
    var nearest: Double { distance(min(max(x, low), high)) }
  }

  private enum Event {
    case window(Window)
    /// A vertex around which there is more than a full turn: shortest paths bend there.
    case bend(Int)
  }

  /// - Parameters:
  ///   - sources: points, each in its triangle.
  ///   - band: how far paths are followed, mm.
  init(_ mesh: TriangleMesh, from sources: [(triangle: Int, point: SIMD3<Float>)], band: Double) {
    self.mesh = mesh
    self.band = band
    neighbours = mesh.triangleNeighbours()
    distances = [Double](repeating: .infinity, count: mesh.positions.count)
    splits = Array(repeating: (.infinity, 0), count: 3 * mesh.triangles.count)
    // Angle around each vertex within reach
    var turn = [Double](repeating: 0, count: mesh.positions.count)
    var around = [[(face: Int, corner: Int)]](repeating: [], count: mesh.positions.count)
    for i in mesh.triangles.indices {
      for k in 0..<3 {
        let v = Int(mesh.triangles[i][k])
        around[v].append((i, k))
        turn[v] += angle(i, k)
      }
    }
    let bends = turn.map { $0 > 2 * .pi + 1e-9 }

    for s in sources {
      let p = SIMD3<Double>(s.point)
      for k in 0..<3 { reach(Int(mesh.triangles[s.triangle][k]), size(place(s.triangle, k) - p), bends) }
      for k in 0..<3 { leave(s.triangle, over: k, from: p, before: 0) }
    }
    while let (key, event) = queue.pop() {
      switch event {
      case .window(let w):
        windowCount += 1
        unfold(w, bends)
      case .bend(let v):
        if key > distances[v] { continue }
        for (face, corner) in around[v] {
          for k in 1...2 {
            reach(vertex(face, corner + k), key + size(place(face, corner + k) - place(face, corner)), bends)
          }
          leave(face, over: (corner + 1) % 3, from: SIMD3<Double>(mesh.positions[v]), before: distances[v])
        }
      }
    }
  }

  private func place(_ face: Int, _ corner: Int) -> SIMD3<Double> {
    SIMD3<Double>(mesh.positions[Int(mesh.triangles[face][corner % 3])])
  }

  private func vertex(_ face: Int, _ corner: Int) -> Int { Int(mesh.triangles[face][corner % 3]) }

  private func angle(_ face: Int, _ k: Int) -> Double {
    let u = place(face, k + 1) - place(face, k)
    let v = place(face, k + 2) - place(face, k)
    // The library's own arc tangent is not exported; a cosine's inverse by bisection would be slow, so use a series-free
    // half-angle form: tan(a/2) = |u x v| / (|u||v| + u.v).
    let c = SIMD3(u.y * v.z - u.z * v.y, u.z * v.x - u.x * v.z, u.x * v.y - u.y * v.x)
    return 2 * arcTangent(size(c) / (size(u) * size(v) + (u * v).sum()))
  }

  /// A path of length `d` ends at a vertex.
  private mutating func reach(_ v: Int, _ d: Double, _ bends: [Bool]) {
    if d < distances[v] && d <= band {
      distances[v] = d
      if bends[v] { queue.push(d, .bend(v)) }
    }
  }

  /// A window over the whole of a face's edge, from a point in that face.
  private mutating func leave(_ face: Int, over k: Int, from p: SIMD3<Double>, before: Double) {
    let next = Int(neighbours[face][k])
    guard next >= 0, let side = (0..<3).first(where: { Int(neighbours[next][$0]) == face }) else { return }
    let a = place(next, side)
    let e = place(next, side + 1) - a
    let length = size(e)
    let along = ((p - a) * e).sum() / length
    let across = (max(((p - a) * (p - a)).sum() - along * along, 0)).squareRoot()
    push(Window(face: next, side: side, low: 0, high: length, x: along, y: -across, before: before))
  }

  private mutating func push(_ w: Window) {
    let key = w.nearest
    if key <= band { queue.push(key, .window(w)) }
  }

  /// Carries a window over its face to the other two edges.
  private mutating func unfold(_ w: Window, _ bends: [Bool]) {
    let (a, b, c) = (place(w.face, w.side), place(w.face, w.side + 1), place(w.face, w.side + 2))
    let (va, vb, vc) = (vertex(w.face, w.side), vertex(w.face, w.side + 1), vertex(w.face, w.side + 2))
    let length = size(b - a)
    // Does one of the edge's ends offer a shorter way to every place of the window?
    let tiny = 1e-9
    if distances[va] + w.high < w.distance(w.high) - tiny { return }
    if distances[vb] + length - w.low < w.distance(w.low) - tiny { return }

    let axis = (b - a) / length
    let cx = ((c - a) * axis).sum()
    let cy = size(c - a - axis * cx)
    // Left of a ray means over the edge from c to a.
    func passesLeftOf(_ t: Double) -> Bool { (t - w.x) * (cy - w.y) + w.y * (cx - w.x) > 0 }
    let lowExitsRight = passesLeftOf(w.low)
    let highExitsRight = passesLeftOf(w.high)
    /// Where the ray through `t` meets the line from p to q, mm from p.
    func hit(_ t: Double, _ px: Double, _ py: Double, _ qx: Double, _ qy: Double) -> Double {
      let (dx, dy) = (t - w.x, -w.y)
      let (ex, ey) = (qx - px, qy - py)
      let span = (ex * ex + ey * ey).squareRoot()
      let turn = dx * ey - dy * ex
      if abs(turn) < 1e-14 { return 0 }
      return min(max(((w.x - px) * dy - (w.y - py) * dx) / -turn, 0), 1) * span
    }
    var goesRight = highExitsRight
    var goesLeft = !lowExitsRight
    let at = w.x + (cx - w.x) * -w.y / (cy - w.y)
    covered: if at >= w.low - 1e-7 && at <= w.high + 1e-7 || goesLeft && goesRight {
      let d = w.before + ((cx - w.x) * (cx - w.x) + (cy - w.y) * (cy - w.y)).squareRoot()
      // Also along the border of a window: on flat ground whole rows of vertices lie on borders only
      reach(vc, d, bends)
      guard goesLeft && goesRight else { break covered }
      // One angle, one split: only the shortest way to the corner goes on to both sides of it (Chen and Han, lemma 3.4);
      // a longer one on the side where it lies.
      let best = splits[3 * w.face + w.side]
      if d < best.distance - tiny {
        splits[3 * w.face + w.side] = (d, at)
      } else if best.at > at {
        goesRight = false
      } else {
        goesLeft = false
      }
    }
    if goesRight {
      // Over the edge b-c; the next face sees it from c to b.
      let span = size(c - b)
      let from = lowExitsRight ? hit(w.low, cx, cy, length, 0) : 0
      pass(
        w, over: w.side + 1, from: from, to: hit(w.high, cx, cy, length, 0), originX: cx, originY: cy, endX: length,
        endY: 0, span: span, corner: va, cornerX: 0, isLow: false)
    }
    if goesLeft {
      // Over the edge c-a; the next face sees it from a to c.
      let span = size(c - a)
      let to = highExitsRight ? span : hit(w.high, 0, 0, cx, cy)
      pass(
        w, over: w.side + 2, from: hit(w.low, 0, 0, cx, cy), to: to, originX: 0, originY: 0, endX: cx, endY: cy,
        span: span, corner: vb, cornerX: length, isLow: true)
    }
  }

  private mutating func pass(
    _ w: Window, over edge: Int, from: Double, to: Double, originX: Double, originY: Double, endX: Double, endY: Double,
    span: Double, corner: Int, cornerX: Double, isLow: Bool
  ) {
    if to - from <= 1e-10 { return }
    let next = Int(neighbours[w.face][edge % 3])
    guard next >= 0, let side = (0..<3).first(where: { Int(neighbours[next][$0]) == w.face }) else { return }
    let (ux, uy) = ((endX - originX) / span, (endY - originY) / span)
    let x = (w.x - originX) * ux + (w.y - originY) * uy
    let y = (w.y - originY) * ux - (w.x - originX) * uy
    let child = Window(
      face: next, side: side, low: from, high: to, x: x, y: min(y, 0), before: w.before)
    // Does the third corner of the face offer a shorter way? The paths cross the line from it to this end of the window.
    let end = isLow ? from : to
    let (px, py) = (originX + ux * end, originY + uy * end)
    let detour = distances[corner] + ((px - cornerX) * (px - cornerX) + py * py).squareRoot()
    if detour < child.distance(end) - 1e-9 { return }
    push(child)
  }
}

private func size(_ v: SIMD3<Double>) -> Double { (v * v).sum().squareRoot() }

/// Arc tangent of t >= 0, by halving the angle until the series converges.
private func arcTangent(_ t: Double) -> Double {
  var t = t
  var factor = 1.0
  while t > 0.05 {
    t = t / (1 + (1 + t * t).squareRoot())
    factor *= 2
  }
  let q = t * t
  return factor * t * (1 - q * (1.0 / 3 - q * (0.2 - q * (1.0 / 7 - q / 9))))
}

/// A binary heap, least key first; equal keys in order of arrival.
private struct Heap<Value> {
  private var items: [(key: Double, order: Int, value: Value)] = []
  private var arrivals = 0

  private func isBefore(_ i: Int, _ j: Int) -> Bool {
    items[i].key != items[j].key ? items[i].key < items[j].key : items[i].order < items[j].order
  }

  mutating func push(_ key: Double, _ value: Value) {
    items.append((key, arrivals, value))
    arrivals += 1
    var i = items.count - 1
    while i > 0, isBefore(i, (i - 1) / 2) {
      items.swapAt(i, (i - 1) / 2)
      i = (i - 1) / 2
    }
  }

  mutating func pop() -> (Double, Value)? {
    if items.isEmpty { return nil }
    items.swapAt(0, items.count - 1)
    let top = items.removeLast()
    var i = 0
    while 2 * i + 1 < items.count {
      var child = 2 * i + 1
      if child + 1 < items.count, isBefore(child + 1, child) { child += 1 }
      if !isBefore(child, i) { break }
      items.swapAt(i, child)
      i = child
    }
    return (top.key, top.value)
  }
}
