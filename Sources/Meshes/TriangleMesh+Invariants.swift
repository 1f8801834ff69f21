// What must hold for a mesh before anything is computed on it. Called in tests and when a scan is loaded.

import Arithmetic

/// The shape of a mesh as a surface.
public struct MeshInvariants: Sendable, Equatable {
  /// No border: every edge has at least two triangles.
  public var isClosed: Bool
  /// Every edge has at most two triangles, and the triangles around every vertex form a single fan.
  public var isManifold: Bool
  /// Neighbouring triangles run through their common edge in opposite directions.
  public var isConsistentlyOriented: Bool
  /// Vertices - edges + triangles, counting used vertices only. 2 for each sphere-like component; 2 less for each
  /// handle, 1 less for each hole.
  public var eulerNumber: Int
  /// Pieces connected through shared vertices.
  public var componentCount: Int
  /// Every position is a finite number.
  public var isFinite: Bool
}

extension TriangleMesh {
  /// Checks the mesh as a surface. Linear time.
  ///
  /// Corner indices must be below the number of positions.
  public func invariants() -> MeshInvariants {
    var edgeCount = 0
    var closed = true
    var manifold = true
    var oriented = true
    forEachEdge { group in
      edgeCount += 1
      if group.count == 1 { closed = false }
      if group.count > 2 { manifold = false }
      if group.count == 2 && group[0].forward == group[1].forward { oriented = false }
    }

    // Components through shared vertices
    var sets = DisjointSets(positions.count)
    var used = [Bool](repeating: false, count: positions.count)
    for t in triangles {
      for k in 0..<3 {
        used[Int(t[k])] = true
        sets.join(Int(t.x), Int(t[k]))
      }
    }
    var components = 0
    var usedCount = 0
    for v in positions.indices where used[v] {
      usedCount += 1
      if sets.root(v) == v { components += 1 }
    }

    if manifold { manifold = everyVertexHasOneFan() }
    return MeshInvariants(
      isClosed: closed, isManifold: manifold, isConsistentlyOriented: oriented,
      eulerNumber: usedCount - edgeCount + triangles.count, componentCount: components,
      isFinite: positions.allSatisfy { $0.x.isFinite && $0.y.isFinite && $0.z.isFinite })
  }

  /// Whether the triangles around each vertex hang together through edges at that vertex.
  private func everyVertexHasOneFan() -> Bool {
    // Each corner is an item; corners of one vertex are merged across shared edges; a vertex with two groups left
    // is where two sheets touch.
    var sets = DisjointSets(3 * triangles.count)
    func corner(_ triangle: Int, of vertex: UInt32) -> Int {
      let t = triangles[triangle]
      return 3 * triangle + (t.x == vertex ? 0 : t.y == vertex ? 1 : 2)
    }
    forEachEdge { group in
      guard group.count == 2 else { return }
      let t = triangles[group[0].triangle]
      for vertex in [t[group[0].side], t[(group[0].side + 1) % 3]] {
        sets.join(corner(group[0].triangle, of: vertex), corner(group[1].triangle, of: vertex))
      }
    }
    var fan = [Int](repeating: -1, count: positions.count)
    for (i, t) in triangles.enumerated() {
      for k in 0..<3 {
        let r = sets.root(3 * i + k)
        let v = Int(t[k])
        if fan[v] == -1 { fan[v] = r } else if fan[v] != r { return false }
      }
    }
    return true
  }
}
