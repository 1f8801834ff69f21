import Arithmetic
import Meshes
import TestSupport
import Testing

struct SpikeTests {
  private static var ball: TriangleMesh {
    var mesh = icosphere(24)
    mesh.positions = mesh.positions.map { $0 * 90 }
    return mesh
  }

  private func worst(_ mesh: TriangleMesh) -> Float { mesh.positions.reduce(0) { max($0, abs(length($1) - 90)) } }

  @Test func flyingVerticesAreLeftOut() {
    var mesh = Self.ball
    let random = CounterRandom(seed: 4, stream: 1)
    for k in 0..<40 {
      let u = SIMD3(
        random.uniform(UInt64(3 * k)), random.uniform(UInt64(3 * k + 1)), random.uniform(UInt64(3 * k + 2)))
      mesh.positions[k * 131 % mesh.positions.count] = (u * 2 - SIMD3(repeating: 1)) * 400
    }
    let result = repairScan(mesh)
    #expect(result.report.spikes.tips == 40 && result.report.spikes.place == nil)
    #expect(result.mesh.invariants().isClosed && worst(result.mesh) < 1.5)
  }

  @Test func trianglesPulledToOnePlaceAreLeftOutAndThePlaceIsTold() throws {
    var mesh = Self.ball
    mesh.positions.append(SIMD3(1, 2, 3))
    for i in stride(from: 5, to: mesh.triangles.count, by: 97) {
      mesh.triangles[i].z = UInt32(mesh.positions.count - 1)
    }
    let result = repairScan(TriangleMesh(positions: mesh.positions, triangles: mesh.triangles))
    #expect(result.report.spikes.triangles == (mesh.triangles.count - 5 + 96) / 97)
    let place = try #require(result.report.spikes.place)
    #expect(length(place - SIMD3(1, 2, 3)) < 1e-3)
    #expect(result.mesh.invariants().isClosed && worst(result.mesh) < 1.5)
  }

  @Test func needlesThatLieInASurfaceStay() {
    // A drum: rims of 200 corners, sides and lids of needles.
    var positions = [SIMD3<Float>(0, 0, 0), SIMD3(0, 100, 0)]
    var triangles: [SIMD3<UInt32>] = []
    let n = 200
    for k in 0..<n {
      let angle = Double(k) / Double(n) * 2 * Double.pi
      for y in [0, 100] as [Float] { positions.append(SIMD3(Float(sine(angle)) * 60, y, Float(cosine(angle)) * 60)) }
      let (a, b) = (UInt32(2 + 2 * k), UInt32(2 + 2 * ((k + 1) % n)))
      triangles += [SIMD3(a, b, a + 1), SIMD3(b, b + 1, a + 1), SIMD3(0, b, a), SIMD3(1, a + 1, b + 1)]
    }
    let result = repairScan(TriangleMesh(positions: positions, triangles: triangles))
    #expect(result.report.spikes.triangles == 0 && result.mesh.triangles.count == triangles.count)
  }

  @Test(arguments: [3e-4, 3e-3, 0.03] as [Float])
  func trianglesApartAreJoined(_ gap: Float) {
    let mesh = Self.ball
    let random = CounterRandom(seed: 8, stream: 2)
    var positions: [SIMD3<Float>] = []
    for (i, t) in mesh.triangles.enumerated() {
      for k in 0..<3 {
        let at = UInt64(9 * i + 3 * k)
        let u = SIMD3(random.uniform(at), random.uniform(at + 1), random.uniform(at + 2))
        positions.append(mesh.positions[Int(t[k])] + (u * 2 - SIMD3(repeating: 1)) * gap)
      }
    }
    let triangles = mesh.triangles.indices.map { UInt32(3 * $0) &+ SIMD3<UInt32>(0, 1, 2) }
    let result = repairScan(TriangleMesh(positions: positions, triangles: triangles))
    let form = result.mesh.invariants()
    #expect(form.isClosed && form.isManifold && form.componentCount == 1)
    #expect(result.report.closedGap > gap && result.report.closedGap < 30 * gap)
    #expect(result.mesh.triangles.count == mesh.triangles.count)
  }

  @Test func trianglesThatStandAloneForGoodStayApart() {
    let corners: [SIMD3<Float>] = [SIMD3(0, 0, 0), SIMD3(1, 0, 0), SIMD3(0, 1, 0)]
    var positions: [SIMD3<Float>] = []
    for k in 0..<40 { positions += corners.map { $0 + SIMD3(Float(k) * 5, 0, 0) } }
    let triangles = (0..<40).map { UInt32(3 * $0) &+ SIMD3<UInt32>(0, 1, 2) }
    #expect(repairScan(TriangleMesh(positions: positions, triangles: triangles)).report.closedGap == 0)
  }
}
