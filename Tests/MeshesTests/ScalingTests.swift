import Arithmetic
import TestSupport
import Testing

@testable import Meshes

/// Nothing here grows as a square of its input.
@Suite(.serialized) struct ScalingTests {
  /// What many triangles meet in.
  enum Crowd: String, CaseIterable {
    /// One edge, with triangles to all sides of it.
    case edge
    /// One edge, with all triangles to one side.
    case flatEdge
    /// One vertex, with triangles in no order around it.
    case pole
    /// Two vertices, above and below.
    case twoPoles

    func mesh(_ count: Int) -> TriangleMesh {
      let random = CounterRandom(seed: 7, stream: 1)
      var positions: [SIMD3<Float>] = [SIMD3(0, 0, 50), SIMD3(0, 0, -50)]
      for i in 0..<count {
        let angle =
          switch self {
          case .edge: 2 * Double.pi * Double(random.uniform(UInt64(i)))
          case .flatEdge: 0.0
          case .pole, .twoPoles: 2 * Double.pi * Double(i) / Double(count)
          }
        let radius = self == .flatEdge ? 50 + 0.01 * Double(i) : 100
        positions.append(SIMD3(Float(radius * cosine(angle)), Float(radius * sine(angle)), 0))
      }
      let order = (0..<count).sorted { (random.bits(UInt64($0)), $0) < (random.bits(UInt64($1)), $1) }
      var triangles: [SIMD3<UInt32>] = []
      for i in order {
        let (a, b) = (UInt32(i + 2), UInt32((i + 1) % count + 2))
        switch self {
        case .edge, .flatEdge: triangles.append(SIMD3(0, 1, a))
        case .pole: triangles.append(SIMD3(0, a, b))
        case .twoPoles: triangles += [SIMD3(0, a, b), SIMD3(1, b, a)]
        }
      }
      return TriangleMesh(positions: positions, triangles: triangles)
    }
  }

  @Test(arguments: Crowd.allCases)
  func repair(_ crowd: Crowd) throws {
    func repair(_ count: Int) -> () -> Void {
      let mesh = crowd.mesh(count)
      return {
        let form = repairScan(mesh).mesh.invariants()
        #expect(form.isManifold && form.isConsistentlyOriented)
      }
    }
    #expect(growth(repair(10_000), repair(100_000)) < mostGrowth)
  }

  @Test(arguments: Crowd.allCases)
  func neighbours(_ crowd: Crowd) throws {
    func join(_ count: Int) -> () -> Void {
      let mesh = crowd.mesh(count)
      return { #expect(mesh.triangleNeighbours().count == mesh.triangles.count) }
    }
    #expect(growth(join(20_000), join(200_000)) < mostGrowth)
  }

  @Test func simplifyingAroundAPole() throws {
    func simplify(_ count: Int) -> () -> Void {
      let mesh = Crowd.twoPoles.mesh(count)
      var options = RepairOptions()
      options.maximumTriangles = count
      return { #expect(repairScan(mesh, options).mesh.invariants().isManifold) }
    }
    #expect(growth(simplify(3000), simplify(30_000)) < mostGrowth)
  }

  /// Pairs by angle are those that comparing all pairs finds, where no two are equally good.
  @Test(arguments: [2, 3, 5, 16, 17])
  func pairsByAngleAreTheFlattest(count: Int) {
    let axis = normalized(SIMD3<Float>(1, 2, 3))
    let u = normalized(cross(axis, SIMD3(1, 0, 0)))
    let v = cross(axis, u)
    for seed in 0..<20 as Range<UInt64> {
      let random = CounterRandom(seed: seed, stream: 5)
      let directions = (0..<count).map { i -> SIMD3<Float> in
        let angle = 2 * Double.pi * Double(random.uniform(UInt64(i)))
        return u * Float(cosine(angle)) + v * Float(sine(angle))
      }
      let few = oppositePairsOfFew(directions)
      let many = oppositePairsOfMany(directions, around: axis)
      // Cosines near -1 are the same for pairs that differ by less than the root of the rounding of Float
      let indistinct: Float = 2e-7
      #expect(few.count == many.count)
      for (a, b) in zip(few, many) {
        #expect(abs(dot(directions[a.0], directions[a.1]) - dot(directions[b.0], directions[b.1])) < indistinct)
      }
    }
  }
}
