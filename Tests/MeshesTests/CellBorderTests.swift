import Meshes
import TestSupport
import Testing

/// The tree of boxes, asked exactly at the borders of its bins, and where no place should be.
@Suite struct CellBorders {
  @Test func boundingBoxes() {
    // Centres on the borders of the bins: equal steps, and more triangles than are halved.
    var mesh = TriangleMesh(positions: [], triangles: [], normals: [])
    for i in 0..<120 {
      let x = Float(i % 13)
      mesh.positions += [SIMD3(x, 0, 0), SIMD3(x, 1, 0), SIMD3(x, 0, 1)]
      mesh.triangles.append(SIMD3(UInt32(3 * i), UInt32(3 * i + 1), UInt32(3 * i + 2)))
    }
    let tree = BoundingVolumeHierarchy(mesh)
    for x in around(6) { #expect(abs(tree.closestPoint(to: SIMD3(x, 0.2, 0.2)).position.x - 6) < 1e-5) }
    for (i, v) in wildNumbers.enumerated() {
      var broken = mesh
      broken.positions[3 * i][i % 3] = v
      let tree = BoundingVolumeHierarchy(broken)
      _ = tree.closestPoint(to: SIMD3(v, v, v))
      _ = tree.firstHit(origin: SIMD3(-1, 0.2, 0.2), direction: SIMD3(1, v, 0))
    }
  }
}
