import Testing

@testable import Arithmetic
@testable import Mannequin
@testable import Meshes

/// Small meshes with known properties.
enum MeshFixture {
  /// The octahedron |x| + |y| + |z| = 1, each face split `level` times into four and pushed onto the unit sphere.
  static func sphere(_ level: Int) -> TriangleMesh {
    var positions: [SIMD3<Float>] = [
      SIMD3(1, 0, 0), SIMD3(-1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, -1, 0), SIMD3(0, 0, 1), SIMD3(0, 0, -1),
    ]
    var triangles: [SIMD3<UInt32>] = [
      SIMD3(0, 2, 4), SIMD3(2, 1, 4), SIMD3(1, 3, 4), SIMD3(3, 0, 4), SIMD3(2, 0, 5), SIMD3(1, 2, 5), SIMD3(3, 1, 5),
      SIMD3(0, 3, 5),
    ]
    for _ in 0..<level {
      var middles: [SIMD2<UInt32>: UInt32] = [:]
      func middle(_ a: UInt32, _ b: UInt32) -> UInt32 {
        let key = SIMD2(min(a, b), max(a, b))
        if let known = middles[key] { return known }
        positions.append(normalized(positions[Int(a)] + positions[Int(b)]))
        middles[key] = UInt32(positions.count - 1)
        return UInt32(positions.count - 1)
      }
      var finer: [SIMD3<UInt32>] = []
      for t in triangles {
        let (ab, bc, ca) = (middle(t.x, t.y), middle(t.y, t.z), middle(t.z, t.x))
        finer += [SIMD3(t.x, ab, ca), SIMD3(t.y, bc, ab), SIMD3(t.z, ca, bc), SIMD3(ab, bc, ca)]
      }
      triangles = finer
    }
    return TriangleMesh(positions: positions, triangles: triangles)
  }

  /// A torus of `n` by `n` quads.
  static func torus(_ n: Int) -> TriangleMesh {
    var positions: [SIMD3<Float>] = []
    var triangles: [SIMD3<UInt32>] = []
    // Rational points of a circle: no trigonometry needed.
    func circle(_ k: Int) -> SIMD2<Float> {
      let t = Float(k % n) / Float(n) * 8
      let q = Int(t / 2)
      let s = t / 2 - Float(q)
      let p = SIMD2((1 - s * s) / (1 + s * s), 2 * s / (1 + s * s))
      return [p, SIMD2(-p.y, p.x), -p, SIMD2(p.y, -p.x)][q % 4]
    }
    for i in 0..<n {
      for j in 0..<n {
        let (a, b) = (circle(i), circle(j))
        positions.append(SIMD3(a.x * (3 + b.x), a.y * (3 + b.x), b.y))
        let (i1, j1) = ((i + 1) % n, (j + 1) % n)
        let (p, q, r, s) = (
          UInt32(i * n + j), UInt32(i1 * n + j), UInt32(i1 * n + j1), UInt32(i * n + j1)
        )
        triangles += [SIMD3(p, q, r), SIMD3(p, r, s)]
      }
    }
    return TriangleMesh(positions: positions, triangles: triangles)
  }
}

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
