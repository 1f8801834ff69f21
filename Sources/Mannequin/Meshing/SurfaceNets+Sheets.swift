// Two sheets of skin that pass through the same pair of cells can end up with a common edge, which then has four
// triangles. Here they get vertices of their own, at the same place, so that the mesh is a manifold.

import Arithmetic
import Meshes

extension TemplateMesh {
  /// Gives every fan of triangles its own vertex. Linear time; nothing changes in a mesh that is a manifold.
  mutating func separateTouchingSheets() {
    let mesh = TriangleMesh(positions: positions, triangles: triangles, normals: normals)
    // Corners of one vertex belong together when they hang together through edges.
    var sets = DisjointSets(3 * triangles.count)
    /// The corner at the lower (or higher) vertex of the edge that a half-edge lies on.
    func corner(_ e: TriangleMesh.HalfEdge, low: Bool) -> Int {
      3 * e.triangle + (e.forward == low ? e.side : (e.side + 1) % 3)
    }
    var crowded: [[TriangleMesh.HalfEdge]] = []
    mesh.forEachEdge { group in
      if group.count == 2 {
        sets.join(corner(group[0], low: true), corner(group[1], low: true))
        sets.join(corner(group[0], low: false), corner(group[1], low: false))
      } else if group.count > 2 {
        crowded.append(group)
      }
    }
    // At a crowded edge, those half-edges belong together that share a fan at its lower vertex.
    for group in crowded {
      for e in group where e.forward {
        guard
          let partner = group.first(where: {
            !$0.forward && sets.root(corner($0, low: true)) == sets.root(corner(e, low: true))
          })
        else { continue }
        sets.join(corner(e, low: false), corner(partner, low: false))
      }
    }
    var fan = [Int](repeating: -1, count: positions.count)
    var copies: [Int: UInt32] = [:]
    for i in triangles.indices {
      for k in 0..<3 {
        let v = Int(triangles[i][k])
        let r = sets.root(3 * i + k)
        if fan[v] == -1 { fan[v] = r }
        if fan[v] == r { continue }
        if copies[r] == nil {
          copies[r] = UInt32(positions.count)
          positions.append(positions[v])
          normals.append(normals[v])
        }
        triangles[i][k] = copies[r] ?? triangles[i][k]
      }
    }
  }
}
