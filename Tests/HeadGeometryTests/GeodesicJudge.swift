import HeadGeometry

// Distances on a mesh to judge others by: shortest paths over points on the edges (M. Lanthier, A. Maheshwari,
// J.-R. Sack. Approximating weighted shortest paths on polyhedral surfaces. 1997), each then pulled straight inside the
// strip of triangles it runs through.
//
// With 3 points to an edge a path is at most about 4 % too long; pulled straight it is the shortest of its strip.
// What is left is the chance that a neighbouring strip is shorter, a few thousandths of a millimetre on a mesh this
// smooth. It never falls below the true distance on the mesh.

/// Shortest ways on a mesh from a curve to vertices.
struct GeodesicJudge {
  let mesh: TriangleMesh
  /// Distance along the mesh by vertex, where asked for.
  private(set) var distances: [Int: Float] = [:]

  private static let perEdge = 3

  /// - Parameters:
  ///   - targets: vertices to judge.
  ///   - band: how far paths are followed, mm.
  init(_ mesh: TriangleMesh, from curve: SurfaceCurve, to targets: [Int], band: Float) {
    self.mesh = mesh
    let neighbours = mesh.triangleNeighbours()
    // Nodes: perEdge points on every edge, numbered by the lower triangle that has it
    var firstNode = [[Int]](repeating: [-1, -1, -1], count: mesh.triangles.count)
    var nodePlace: [SIMD3<Float>] = []
    var nodeEdge: [(SIMD3<Float>, SIMD3<Float>)] = []
    var nodeTriangles: [(Int, Int)] = []
    func corner(_ i: Int, _ k: Int) -> SIMD3<Float> { mesh.positions[Int(mesh.triangles[i][k % 3])] }
    let low = curve.positions.reduce(SIMD3(repeating: Float.infinity)) { pointwiseMin($0, $1) } - band - 3
    let high = curve.positions.reduce(SIMD3(repeating: -Float.infinity)) { pointwiseMax($0, $1) } + band + 3
    for i in mesh.triangles.indices {
      let a = corner(i, 0)
      if any(a .< low) || any(a .> high) { continue }
      for k in 0..<3 {
        let j = Int(neighbours[i][k])
        if firstNode[i][k] >= 0 { continue }
        firstNode[i][k] = nodePlace.count
        if j >= 0, let side = (0..<3).first(where: { Int(neighbours[j][$0]) == i }) {
          firstNode[j][side] = nodePlace.count
        }
        let (p, q) = (corner(i, k), corner(i, k + 1))
        for m in 0..<Self.perEdge {
          nodePlace.append(p + (q - p) * ((Float(m) + 0.5) / Float(Self.perEdge)))
          nodeEdge.append((p, q))
          nodeTriangles.append((i, j))
        }
      }
    }
    func nodes(of i: Int) -> [Int] {
      firstNode[i].flatMap { $0 < 0 ? [] : Array($0..<$0 + Self.perEdge) }
    }

    // Start: every point of the curve reaches the nodes of its own triangle and of those around it.
    let tree = BoundingVolumeHierarchy(mesh)
    var length = [Float](repeating: .infinity, count: nodePlace.count)
    var before = [Int](repeating: -1, count: nodePlace.count)
    var heap = Heap()
    // Corners of triangles that the curve runs through reach it without crossing an edge.
    var direct = [Int: Float]()
    for v in targets { direct[v] = .infinity }
    for s in 0..<Int(curve.length * 4) {
      let place = curve.position(at: Float(s) / 4)
      let i = Int(tree.closestPoint(to: place).triangle)
      for k in 0..<3 {
        let v = Int(mesh.triangles[i][k])
        if let known = direct[v] { direct[v] = min(known, HeadGeometry.length(mesh.positions[v] - place)) }
      }
      for n in nodes(of: i) {
        let d = HeadGeometry.length(nodePlace[n] - place)
        if d < length[n] {
          length[n] = d
          heap.push(d, n)
        }
      }
    }
    // Dijkstra
    while let (d, n) = heap.pop() {
      if d > length[n] || d > band { continue }
      for i in [nodeTriangles[n].0, nodeTriangles[n].1] where i >= 0 {
        for m in nodes(of: i) where m != n {
          let there = d + HeadGeometry.length(nodePlace[m] - nodePlace[n])
          if there < length[m] {
            length[m] = there
            before[m] = n
            heap.push(there, m)
          }
        }
      }
    }
    // From each vertex back along the best path, then straight
    var opposite = [Int: [Int]]()
    for v in targets { opposite[v] = [] }
    for (i, t) in mesh.triangles.enumerated() {
      for k in 0..<3 where opposite[Int(t[k])] != nil && firstNode[i][(k + 1) % 3] >= 0 {
        opposite[Int(t[k])]?.append(firstNode[i][(k + 1) % 3])
      }
    }
    for v in targets {
      var best = Float.infinity
      var from = -1
      for first in opposite[v] ?? [] {
        for n in first..<first + Self.perEdge {
          let d = length[n] + HeadGeometry.length(nodePlace[n] - mesh.positions[v])
          if d < best { (best, from) = (d, n) }
        }
      }
      if from < 0 || best > band { continue }
      var path: [Int] = []
      while from >= 0 {
        path.append(from)
        from = before[from]
      }
      distances[v] = min(
        direct[v] ?? .infinity,
        Self.straightened(
          from: mesh.positions[v], over: path.map { nodeEdge[$0] }, path.map { nodePlace[$0] }, to: curve))
    }
  }

  /// Length of the path once every crossing has slid along its edge to where both halves meet at equal angles.
  private static func straightened(
    from start: SIMD3<Float>, over edges: [(SIMD3<Float>, SIMD3<Float>)], _ places: [SIMD3<Float>],
    to curve: SurfaceCurve
  ) -> Float {
    var points = [start] + places + [nearest(on: curve, to: places[places.count - 1])]
    for _ in 0..<60 {
      for (i, edge) in edges.enumerated() {
        let span = HeadGeometry.length(edge.1 - edge.0)
        let axis = (edge.1 - edge.0) / span
        func along(_ p: SIMD3<Float>) -> (Float, Float) {
          let s = dot(p - edge.0, axis)
          return (s, HeadGeometry.length(p - edge.0 - axis * s))
        }
        let (s0, d0) = along(points[i])
        let (s1, d1) = along(points[i + 2])
        if d0 + d1 > 0 { points[i + 1] = edge.0 + axis * clamp((s0 * d1 + s1 * d0) / (d0 + d1), 0, span) }
      }
      points[points.count - 1] = nearest(on: curve, to: points[points.count - 2])
    }
    return zip(points, points.dropFirst()).reduce(0) { $0 + HeadGeometry.length($1.1 - $1.0) }
  }

  private static func nearest(on curve: SurfaceCurve, to p: SIMD3<Float>) -> SIMD3<Float> {
    var best = curve.positions[0]
    for (a, b) in zip(curve.positions, curve.positions.dropFirst()) {
      let e = b - a
      let q = a + e * clamp(dot(p - a, e) / max(dot(e, e), 1e-12), 0, 1)
      if HeadGeometry.length(q - p) < HeadGeometry.length(best - p) { best = q }
    }
    return best
  }

  private struct Heap {
    private var items: [(Float, Int)] = []

    mutating func push(_ key: Float, _ value: Int) {
      items.append((key, value))
      var i = items.count - 1
      while i > 0, items[(i - 1) / 2].0 > items[i].0 {
        items.swapAt(i, (i - 1) / 2)
        i = (i - 1) / 2
      }
    }

    mutating func pop() -> (Float, Int)? {
      if items.isEmpty { return nil }
      items.swapAt(0, items.count - 1)
      let top = items.removeLast()
      var i = 0
      while 2 * i + 1 < items.count {
        var child = 2 * i + 1
        if child + 1 < items.count, items[child + 1].0 < items[child].0 { child += 1 }
        if items[i].0 <= items[child].0 { break }
        items.swapAt(i, child)
        i = child
      }
      return top
    }
  }
}
