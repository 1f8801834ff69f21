import Meshes
import Testing

struct TriangleMeshTopologyTests {
  @Test func sphereAndTorusAreTold() {
    let sphere = MeshFixture.sphere(2).invariants()
    #expect(sphere.isClosed && sphere.isManifold && sphere.isConsistentlyOriented && sphere.isFinite)
    #expect(sphere.eulerNumber == 2 && sphere.componentCount == 1)
    let torus = MeshFixture.torus(8).invariants()
    #expect(torus.isClosed && torus.isManifold && torus.isConsistentlyOriented)
    #expect(torus.eulerNumber == 0 && torus.componentCount == 1)
  }

  @Test func defectsAreTold() {
    var open = MeshFixture.sphere(1)
    open.triangles.removeLast()
    #expect(!open.invariants().isClosed && open.invariants().isManifold && open.invariants().eulerNumber == 1)

    var flipped = MeshFixture.sphere(1)
    let t = flipped.triangles[3]
    flipped.triangles[3] = SIMD3(t.x, t.z, t.y)
    #expect(!flipped.invariants().isConsistentlyOriented && flipped.invariants().isClosed)

    var fin = MeshFixture.sphere(1)
    fin.positions.append(SIMD3(3, 3, 3))
    fin.triangles.append(SIMD3(fin.triangles[0].x, fin.triangles[0].y, UInt32(fin.positions.count - 1)))
    #expect(!fin.invariants().isManifold)

    // Two spheres that share one vertex: every edge is fine, the vertex is not.
    let ball = MeshFixture.sphere(1)
    var touching = ball
    let offset = UInt32(ball.positions.count)
    touching.positions += ball.positions.map { SIMD3(2 - $0.x, $0.y, $0.z) }
    touching.triangles += ball.triangles.map { t in
      let moved = t &+ SIMD3(repeating: offset)
      return SIMD3(moved.x, moved.z, moved.y).replacing(with: 0, where: SIMD3(moved.x, moved.z, moved.y) .== offset)
    }
    let found = touching.invariants()
    #expect(found.isClosed && found.isConsistentlyOriented && !found.isManifold && found.componentCount == 1)

    var apart = ball
    apart.positions += ball.positions.map { $0 + SIMD3(5, 0, 0) }
    apart.triangles += ball.triangles.map { $0 &+ SIMD3(repeating: offset) }
    #expect(apart.invariants().componentCount == 2 && apart.invariants().eulerNumber == 4)

    var broken = ball
    broken.positions[0].y = .nan
    #expect(!broken.invariants().isFinite)
  }

  @Test(arguments: [MeshFixture.sphere(2), MeshFixture.torus(7)])
  func neighboursShareTheirEdge(_ mesh: TriangleMesh) {
    let neighbours = mesh.triangleNeighbours()
    for (i, n) in neighbours.enumerated() {
      for k in 0..<3 {
        let a = mesh.triangles[i][k]
        let b = mesh.triangles[i][(k + 1) % 3]
        let other = mesh.triangles[Int(n[k])]
        #expect((0..<3).contains { other[$0] == b && other[($0 + 1) % 3] == a })
        #expect((0..<3).contains { neighbours[Int(n[k])][$0] == Int32(i) })
      }
    }
  }

  @Test func bordersAndCrowdedEdgesHaveNoNeighbour() {
    var mesh = MeshFixture.sphere(1)
    let gone = mesh.triangles.removeLast()
    let neighbours = mesh.triangleNeighbours()
    var borders = 0
    for (i, n) in neighbours.enumerated() {
      for k in 0..<3 where n[k] == -1 {
        borders += 1
        let edge = [mesh.triangles[i][k], mesh.triangles[i][(k + 1) % 3]]
        #expect(edge.allSatisfy { [gone.x, gone.y, gone.z].contains($0) })
      }
    }
    #expect(borders == 3)
  }

  @Test func repairOfACleanMeshChangesNothing() {
    let mesh = MeshFixture.sphere(2)
    let (repaired, report) = mesh.repaired()
    #expect(repaired == mesh)
    #expect(report == MeshRepairReport())
  }
}
