import Arithmetic
import Meshes
import Testing

struct BoundingVolumeHierarchyTests {
  static func point(_ random: CounterRandom, _ i: Int, _ scale: Float) -> SIMD3<Float> {
    let n = UInt64(i) * 3
    return (SIMD3(random.uniform(n), random.uniform(n + 1), random.uniform(n + 2)) * 2 - 1) * scale
  }

  /// Triangles scattered at random, and two regular meshes.
  static let meshes: [TriangleMesh] = {
    let random = CounterRandom(seed: 1, stream: 1)
    var soup = TriangleMesh(positions: [], triangles: [], normals: [])
    for i in 0..<200 {
      let centre = point(random, 4 * i, 2)
      for k in 1...3 { soup.positions.append(centre + point(random, 4 * i + k, 0.4)) }
      soup.triangles.append(SIMD3(UInt32(3 * i), UInt32(3 * i + 1), UInt32(3 * i + 2)))
    }
    return [soup, MeshFixture.sphere(3), MeshFixture.torus(12)]
  }()

  @Test(arguments: meshes.indices)
  func closestPointAgreesWithBruteForce(_ index: Int) {
    let mesh = Self.meshes[index]
    let tree = BoundingVolumeHierarchy(mesh)
    let random = CounterRandom(seed: 2, stream: 7)
    for i in 0..<60 {
      let p = Self.point(random, i, 4)
      let found = tree.closestPoint(to: p)
      var least = Float.infinity
      for t in mesh.triangles {
        let a = mesh.positions[Int(t.x)]
        let ab = mesh.positions[Int(t.y)] - a
        let ac = mesh.positions[Int(t.z)] - a
        let (v, w) = closestWeights(a, ab, ac, p)
        least = min(least, length(a + ab * v + ac * w - p))
      }
      #expect(length(found.position - p) <= least * (1 + 1e-5))
      // The point is what its triangle and weights say.
      let t = mesh.triangles[Int(found.triangle)]
      let a = mesh.positions[Int(t.x)]
      let q =
        a + (mesh.positions[Int(t.y)] - a) * found.v + (mesh.positions[Int(t.z)] - a) * found.w
      #expect(length(q - found.position) < 1e-5)
      #expect(found.v >= 0 && found.w >= 0 && found.v + found.w <= 1 + 1e-5)
    }
  }

  /// The weights themselves, against a dense sampling of the triangle.
  @Test func closestWeightsBeatEverySample() {
    let random = CounterRandom(seed: 4, stream: 7)
    for i in 0..<100 {
      let a = Self.point(random, 4 * i, 1)
      let ab = Self.point(random, 4 * i + 1, 1)
      let ac = Self.point(random, 4 * i + 2, 1)
      let p = Self.point(random, 4 * i + 3, 2)
      let (v, w) = closestWeights(a, ab, ac, p)
      #expect(v >= 0 && w >= 0 && v + w <= 1 + 1e-6)
      let distance = length(a + ab * v + ac * w - p)
      for j in 0...12 {
        for k in 0...(12 - j) {
          let q = a + ab * (Float(j) / 12) + ac * (Float(k) / 12)
          #expect(distance <= length(q - p) + 1e-5)
        }
      }
    }
  }

  @Test(arguments: meshes.indices)
  func firstHitAgreesWithBruteForce(_ index: Int) {
    let mesh = Self.meshes[index]
    let tree = BoundingVolumeHierarchy(mesh)
    let random = CounterRandom(seed: 3, stream: 7)
    var hits = 0
    for i in 0..<150 {
      let origin = Self.point(random, 2 * i, 5)
      var direction = normalized(Self.point(random, 2 * i + 1, 1) - origin * 0.3)
      // Some rays run along an axis, where a box test divides by zero.
      if i % 5 == 0 { direction = SIMD3(0, 0, origin.z > 0 ? -1 : 1) }
      var nearest = Float.infinity
      for t in mesh.triangles {
        let a = mesh.positions[Int(t.x)]
        let b = mesh.positions[Int(t.y)]
        let c = mesh.positions[Int(t.z)]
        // Signs of the volumes that the ray spans with the edges
        let n = cross(b - a, c - a)
        let along = dot(n, direction)
        if along == 0 { continue }
        let s = dot(n, a - origin) / along
        let q = origin + direction * s
        let inside = [(a, b), (b, c), (c, a)].allSatisfy { dot(cross($0.1 - $0.0, q - $0.0), n) >= 0 }
        if s >= 0 && inside { nearest = min(nearest, s) }
      }
      let found = tree.firstHit(origin: origin, direction: direction)
      if nearest == .infinity {
        // Rounding may let a ray that grazes an edge hit for one and miss for the other.
        if let found { #expect(min(found.point.v, min(found.point.w, 1 - found.point.v - found.point.w)) < 1e-3) }
      } else {
        hits += 1
        #expect(abs((found?.distance ?? -1) - nearest) < 1e-4)
      }
    }
    #expect(hits > 10)
  }

  @Test func limitsAndEmptyMeshes() {
    let tree = BoundingVolumeHierarchy(MeshFixture.sphere(2))
    #expect(tree.firstHit(origin: SIMD3(0, 0, 5), direction: SIMD3(0, 0, -1), limit: 3.9) == nil)
    #expect(tree.firstHit(origin: SIMD3(0, 0, 5), direction: SIMD3(0, 0, -1), limit: 4.1) != nil)
    #expect(tree.firstHit(origin: SIMD3(0, 0, 5), direction: SIMD3(0, 0, 1)) == nil)
    let empty = BoundingVolumeHierarchy(TriangleMesh(positions: [], triangles: []))
    #expect(empty.firstHit(origin: .zero, direction: SIMD3(0, 0, 1)) == nil)
    #expect(empty.closestPoint(to: SIMD3(1, 2, 3)).position == SIMD3(1, 2, 3))
    // A ray from inside meets the far side.
    #expect(tree.firstHit(origin: .zero, direction: SIMD3(1, 0, 0)).map { abs($0.distance - 1) < 1e-5 } == true)
  }
}
