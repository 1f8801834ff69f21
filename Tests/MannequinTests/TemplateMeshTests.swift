import Meshes
import Testing

@testable import Mannequin

struct TemplateMeshTests {
  @Test func touchingSheetsAreSeparated() {
    // Two tetrahedra that share an edge: four triangles on it.
    let positions: [SIMD3<Float>] = [
      SIMD3(0, 0, 0), SIMD3(0, 0, 1), SIMD3(1, 0, 0), SIMD3(1, 1, 0), SIMD3(-1, 0, 0), SIMD3(-1, -1, 0),
    ]
    func tetrahedron(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32) -> [SIMD3<UInt32>] {
      [SIMD3(a, b, c), SIMD3(a, d, b), SIMD3(a, c, d), SIMD3(b, d, c)]
    }
    let triangles = tetrahedron(0, 1, 2, 3) + tetrahedron(0, 1, 4, 5)
    var mesh = TemplateMesh(positions: positions, normals: positions, triangles: triangles)
    #expect(!TriangleMesh(positions: positions, triangles: triangles).invariants().isManifold)
    mesh.separateTouchingSheets()
    let found = TriangleMesh(positions: mesh.positions, triangles: mesh.triangles).invariants()
    #expect(found.isManifold && found.isClosed && found.componentCount == 2 && found.eulerNumber == 4)
    #expect(mesh.positions.count == 8)
  }
}
