import Arithmetic
import Meshes
import TestSupport
import Testing

@testable import ImpressionSampling

/// Nothing here grows as a square of its input.
@Suite(.serialized) struct ScalingTests {
  /// Dots that fade to nothing over a sheet of 100 mm: more than half of them on its first tenth.
  private func fadingPattern(_ count: Int) -> (DotPattern, PositionDensity) {
    let random = CounterRandom(seed: 9, stream: 1)
    let points = (0..<count).map { i -> SurfacePoint in
      let p = random.uniformPair(UInt64(i))
      return SurfacePoint(position: SIMD3(100 * p.x * p.x * p.x * p.x, 100 * p.y, 0), triangle: 0, v: 0, w: 0)
    }
    let pattern = DotPattern(
      points: points, normals: points.map { _ in SIMD3(0, 0, 1) }, radii: points.map { _ in 0.1 }, sessionEnds: [])
    // The density of the places above: the inverse of the slope of their x, and none beyond
    let level = Float(count) / 100
    let density = PositionDensity { p in
      p.x >= 100 ? 0 : level * 0.25 / max(0.001, (p.x / 100).squareRoot() * (p.x / 100).squareRoot().squareRoot())
    }
    return (pattern, density)
  }

  @Test func statisticsOfAFadingDesign() throws {
    let mesh = sheet(100, 100, 20, 20)
    func measure(_ count: Int) -> () throws -> Void {
      let (pattern, density) = fadingPattern(count)
      return {
        let statistics = try PatternStatistics(of: pattern, on: mesh, density: density, detail: 10)
        #expect(statistics.largestHole > 0)
      }
    }
    // A cloud of 20,000 points is the least, so the small one is not smaller than that
    #expect(try growth(measure(4000), measure(40_000)) < mostGrowth)
  }

  /// A cone of slivers around one vertex, in an order that follows nothing; `crowd` of them on one edge more.
  private func cone(_ count: Int, crowd: Int = 0) -> TriangleMesh {
    let random = CounterRandom(seed: 3, stream: 2)
    var positions: [SIMD3<Float>] = [SIMD3(0, 0, 30)]
    for i in 0..<count {
      let angle = 2 * Double.pi * Double(i) / Double(count)
      positions.append(SIMD3(Float(50 * cosine(angle)), Float(50 * sine(angle)), 0))
    }
    let order = (0..<count).sorted { (random.bits(UInt64($0)), $0) < (random.bits(UInt64($1)), $1) }
    var triangles = order.map { SIMD3<UInt32>(0, UInt32($0 + 1), UInt32(($0 + 1) % count + 1)) }
    for i in 0..<crowd {
      let angle = 2 * Double.pi * Double(i) / Double(crowd)
      positions.append(SIMD3(Float(25 + 40 * cosine(angle)), Float(40 * sine(angle)), 40))
      let apex = UInt32(positions.count - 1)
      triangles.append(i % 2 == 0 ? SIMD3(0, 1, apex) : SIMD3(1, 0, apex))
    }
    return TriangleMesh(positions: positions, triangles: triangles)
  }

  @Test(arguments: [0, 1])
  func neighboursAroundOneVertexAndOneEdge(crowd: Int) throws {
    func join(_ count: Int) -> () throws -> Void {
      let mesh = cone(count, crowd: crowd * count)
      let live = Array(0..<UInt32(mesh.triangles.count))
      return {
        let adjacency = TriangleAdjacency(of: mesh, joining: live)
        #expect(adjacency.twin.count == 3 * mesh.triangles.count)
      }
    }
    #expect(try growth(join(10_000), join(100_000)) < mostGrowth)
  }

  /// The same where each triangle has vertices of its own, as in an STL file.
  @Test func neighboursByPlaceAroundOneVertex() throws {
    func join(_ count: Int) -> () throws -> Void {
      let shared = cone(count)
      var positions: [SIMD3<Float>] = []
      for t in shared.triangles { for k in 0..<3 { positions.append(shared.positions[Int(t[k])]) } }
      let triangles = (0..<UInt32(count)).map { i -> SIMD3<UInt32> in SIMD3(repeating: 3 * i) &+ SIMD3(0, 1, 2) }
      let mesh = TriangleMesh(positions: positions, triangles: triangles)
      return {
        let adjacency = TriangleAdjacency(of: mesh, joining: Array(0..<UInt32(count)))
        #expect(!adjacency.isClosed && adjacency.twin.contains { $0 >= 0 })
      }
    }
    #expect(try growth(join(10_000), join(100_000)) < mostGrowth)
  }
}
