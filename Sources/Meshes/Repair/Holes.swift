// Holes: closed lines of border edges. Small ones are filled, the neck stays open.
//
// G. Barequet, M. Sharir. Filling gaps in the boundary of a polyhedron. 1995 (the cover of least area);
// P. Liepa. Filling holes in meshes. 2003 (refining it to the density around, and fairing).

import Arithmetic

/// A hole of a mesh.
public struct MeshHole: Sendable, Equatable {
  /// Edges around it.
  public var edges: Int
  /// Length around it, units of the scan.
  public var perimeter: Float
  /// Length around it without the teeth of single triangles, units of the scan: what limits are held against.
  public var smoothPerimeter: Float
  /// Share of its corners that lie on the scalp.
  public var scalpShare: Float = 0
  /// Up to 32 of its corners, evenly around, in the scan's coordinates.
  public var rim: [SIMD3<Float>] = []
  /// Mean of its corners, in the scan's coordinates.
  public var centre: SIMD3<Float>
  public var fate: Fate

  public enum Fate: Sendable, Equatable {
    case filled
    /// Filled although large, because all of it lies on the scalp: the skin there is a guess.
    case filledOnScalp
    /// Left open: longer around than what is filled.
    case large
    /// Left open: no cover keeps the mesh a surface.
    case tangled
    /// Left open by repair, and closed by what was completed from a mean head.
    case completed
  }
}

extension MeshUnderRepair {
  /// Most corners of a rim that the cover is laid over: it costs their third power. A rim with more, or with edges much
  /// shorter than those around, is thinned before.
  static let mostRimCorners = 400
  /// Corners of a rim that was thinned.
  static let thinnedRimCorners = 250

  /// Fills holes shorter around than `limit`, and larger ones of up to `scalpLimit` all of whose corners `isScalp`
  /// accepts, measured along the smoothed rim. The mesh must be manifold and consistently wound.
  mutating func fillHoles(limit: Float, scalpLimit: Float, isScalp: (SIMD3<Float>) -> Bool) -> [MeshHole] {
    let loops = borderLoops()
    if loops.isEmpty { return [] }
    let (part, count) = partsOfTriangles()
    var areas = [Float](repeating: 0, count: count)
    var partOfVertex = [Int32](repeating: 0, count: positions.count)
    for i in triangles.indices {
      areas[Int(part[i])] += area(i)
      for k in 0..<3 { partOfVertex[Int(triangles[i][k])] = part[i] }
    }
    var rings = RingNeighbours(self, around: loops)
    var fans: VertexFans?
    var found: [MeshHole] = []
    for loop in loops {
      let rim = HoleRim(loop.map { positions[Int($0)] })
      var centre = SIMD3<Float>.zero
      for p in rim.corners { centre += p }
      let around = rim.perimeter < limit ? rim.perimeter : rim.smoothPerimeter
      var hole = MeshHole(
        edges: loop.count, perimeter: rim.perimeter, smoothPerimeter: around, centre: centre / Float(loop.count),
        fate: .large)
      hole.rim = stride(from: 0, to: loop.count, by: max(1, (loop.count + 31) / 32)).map { rim.corners[$0] }
      let isSmall = around < limit
      let scalpCorners = rim.corners.count(where: isScalp)
      hole.scalpShare = Float(scalpCorners) / Float(loop.count)
      let onScalp = !isSmall && around < scalpLimit && scalpCorners == loop.count
      // A hole that is the rim of its own part, as of a lone shard, is no hole.
      let disc = around * around / (4 * Float.pi)
      if (isSmall || onScalp) && areas[Int(partOfVertex[Int(loop[0])])] > 4 * disc {
        let known = fans ?? VertexFans(self)
        fans = known
        let wanted = edgeLength(around: loop, rings, known)
        let isEven = loop.count <= Self.mostRimCorners && rim.shortestEdge > 0.2 * wanted
        let isFilled = isEven ? fill(loop, rim, &rings) : fill(loop, rim, spacing: wanted, &rings, known)
        hole.fate = !isFilled ? .tangled : isSmall ? .filled : .filledOnScalp
      }
      found.append(hole)
    }
    return found
  }

  /// Fills a hole over all corners of its rim.
  private mutating func fill(_ loop: [UInt32], _ rim: HoleRim, _ rings: inout RingNeighbours) -> Bool {
    guard let cover = leastCover(of: rim.corners, isTaken: { rings.areJoined(loop[$0], loop[$1]) }) else {
      return false
    }
    var patch = HolePatch(loop: rim.corners, triangles: cover)
    patch.refine(isTaken: { rings.areJoined(loop[$0], loop[$1]) })
    patch.fair(
      outer: loop.map { v in rings.neighbours(of: v).map { .init(place: positions[Int($0)], share: 1) } },
      shortest: 1e-6)
    add(patch, patch.triangles, loop, &rings)
    return true
  }

  /// Fills a hole over some corners of its rim, in even steps, and sews the others to the edges between them.
  private mutating func fill(
    _ loop: [UInt32], _ rim: HoleRim, spacing: Float, _ rings: inout RingNeighbours, _ fans: VertexFans
  ) -> Bool {
    let spacing = max(spacing, rim.perimeter / Float(Self.thinnedRimCorners))
    let kept = rim.spaced(spacing)
    func isTaken(_ i: Int, _ j: Int) -> Bool {
      // Edges between neighbours go when the corners between them are sewn on.
      abs(i - j) == 1 || abs(i - j) == kept.count - 1 ? false : rings.areJoined(loop[kept[i]], loop[kept[j]])
    }
    let corners = kept.map { rim.corners[$0] }
    guard let cover = leastCover(of: corners, isTaken: isTaken) else { return false }
    var patch = HolePatch(loop: corners, triangles: cover)
    patch.refine(edge: spacing, isTaken: isTaken)
    let n = corners.count
    let outer = kept.indices.map { (i) -> [HolePatch.Outer] in
      let within = places(around: loop[kept[i]], distance: spacing, rings, fans)
      return within.map { HolePatch.Outer(place: $0, share: nil) }
        + [corners[(i + 1) % n], corners[(i + n - 1) % n]].map { HolePatch.Outer(place: $0, share: 1) }
    }
    patch.fair(outer: outer, shortest: 0.5 * spacing)
    guard let sewn = patch.sewn(kept, rim: rim.corners, isTaken: { rings.areJoined(loop[$0], loop[$1]) }) else {
      return false
    }
    add(patch, sewn, loop, &rings)
    return true
  }

  /// Adds a patch whose triangles count the corners of the rim first.
  private mutating func add(
    _ patch: HolePatch, _ triangles: [SIMD3<Int>], _ loop: [UInt32], _ rings: inout RingNeighbours
  ) {
    let first = positions.count
    for p in patch.points.dropFirst(patch.fixed) { _ = append(vertex: p) }
    func vertex(_ i: Int) -> UInt32 { i < loop.count ? loop[i] : UInt32(first + i - loop.count) }
    for t in triangles {
      append(triangle: SIMD3(vertex(t.x), vertex(t.y), vertex(t.z)))
      for k in 0..<3 where t[k] < loop.count && t[(k + 1) % 3] < loop.count {
        rings.join(loop[t[k]], loop[t[(k + 1) % 3]])
      }
    }
  }

  /// The closed lines of border edges, each with the hole on its left as a triangle of the cover would be wound.
  func borderLoops() -> [[UInt32]] {
    let survey = EdgeSurvey(triangles, vertexCount: positions.count)
    if survey.borderEdges == 0 { return [] }
    // A manifold's border leaves each vertex once.
    var next = [UInt32](repeating: .max, count: positions.count)
    for (i, n) in survey.neighbours.enumerated() {
      for k in 0..<3 where n[k] == -1 { next[Int(triangles[i][(k + 1) % 3])] = triangles[i][k] }
    }
    var loops: [[UInt32]] = []
    for start in next.indices where next[start] != .max {
      var loop: [UInt32] = []
      var v = start
      while next[v] != .max {
        loop.append(UInt32(v))
        let after = Int(next[v])
        next[v] = .max
        v = after
      }
      if loop.count >= 3 { loops.append(loop) }
    }
    return loops
  }
}

/// Neighbours of the vertices on borders, before holes are filled.
struct RingNeighbours {
  private var lists: [UInt32: [UInt32]] = [:]
  private var joined: Set<UInt64> = []
  private let onBorder: [Bool]

  init(_ mesh: MeshUnderRepair, around loops: [[UInt32]]) {
    var onBorder = [Bool](repeating: false, count: mesh.positions.count)
    for loop in loops { for v in loop { onBorder[Int(v)] = true } }
    self.onBorder = onBorder
    for t in mesh.triangles {
      for k in 0..<3 where onBorder[Int(t[k])] {
        for other in [t[(k + 1) % 3], t[(k + 2) % 3]] where joined.insert(Self.key(t[k], other)).inserted {
          lists[t[k], default: []].append(other)
        }
      }
    }
  }

  private static func key(_ a: UInt32, _ b: UInt32) -> UInt64 { UInt64(a) << 32 | UInt64(b) }

  func neighbours(of v: UInt32) -> [UInt32] { lists[v] ?? [] }

  /// Whether a vertex of the mesh lay on a border before holes were filled.
  func isOnBorder(_ v: UInt32) -> Bool { Int(v) < onBorder.count && onBorder[Int(v)] }

  func areJoined(_ a: UInt32, _ b: UInt32) -> Bool { joined.contains(Self.key(a, b)) }

  mutating func join(_ a: UInt32, _ b: UInt32) {
    joined.insert(Self.key(a, b))
    joined.insert(Self.key(b, a))
  }
}

/// The triangulation of a closed line with the least area (Barequet and Sharir), as indices into it; nil if every one
/// would use an edge that is there already. Time grows with the third power of its length.
func leastCover(of loop: [SIMD3<Float>], isTaken: (Int, Int) -> Bool) -> [SIMD3<Int>]? {
  let n = loop.count
  if n == 3 { return [SIMD3(0, 1, 2)] }
  var cost = [Float](repeating: .infinity, count: n * n)
  var split = [Int32](repeating: -1, count: n * n)
  for i in 0..<n - 1 { cost[i * n + i + 1] = 0 }
  for span in 2..<n {
    for i in 0..<n - span {
      let j = i + span
      // The last span is the edge of the loop that closes it.
      if span < n - 1 && isTaken(i, j) { continue }
      let edge = loop[j] - loop[i]
      var best = Float.infinity
      var at: Int32 = -1
      for m in i + 1..<j {
        let c = cost[i * n + m] + cost[m * n + j]
        if c >= best { continue }
        let total = c + length(cross(loop[m] - loop[i], edge))
        if total < best { (best, at) = (total, Int32(m)) }
      }
      cost[i * n + j] = best
      split[i * n + j] = at
    }
  }
  guard cost[n - 1].isFinite else { return nil }
  var cover: [SIMD3<Int>] = []
  var stack = [(0, n - 1)]
  while let (i, j) = stack.popLast() {
    if j - i < 2 { continue }
    let m = Int(split[i * n + j])
    cover.append(SIMD3(i, m, j))
    stack.append((i, m))
    stack.append((m, j))
  }
  return cover
}
