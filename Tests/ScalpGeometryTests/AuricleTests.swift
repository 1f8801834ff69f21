import Arithmetic
import Meshes
import TestSupport
import Testing

@testable import ScalpGeometry

/// Hair keeps off the ears that a scan has.
@Suite("The auricle of a scan")
struct AuricleTests {
  /// The mean man as a scan: without the template's places, and with his ears moved.
  private func scan(earsMoved move: SIMD3<Float> = .zero) throws -> Head {
    var head = try MeanHeads.man.get().head
    head.templatePositions = []
    for i in head.mesh.positions.indices {
      let p = head.mesh.positions[i]
      // What stands off the skull, with skin around it giving way
      let q = SIMD2(p.y - 8, p.z + 13)
      let weight = 1 - smoothstep(35, 60, length(SIMD3(q.x, q.y, 0)))
      if abs(p.x) > 50 { head.mesh.positions[i] += move * weight }
    }
    head.mesh = TriangleMesh(positions: head.mesh.positions, triangles: head.mesh.triangles)
    return head
  }

  @Test(arguments: [SIMD3<Float>(0, 0, 0), SIMD3(0, 4, -8), SIMD3(0, 10, 0), SIMD3(0, -6, 4)])
  func itIsFoundAndHairKeepsOff(_ move: SIMD3<Float>) throws {
    let head = try scan(earsMoved: move)
    let scalp = try Scalp(head)
    let mesh = head.mesh
    for side: Float in [1, -1] {
      let ear = try #require(Auricle(on: head, side: side))
      let ys = ear.members.map { mesh.positions[Int($0)].y }
      let height = (ys.max() ?? 0) - (ys.min() ?? 0)
      #expect((35...90).contains(height), "\(height)")
      #expect(ear.members.allSatisfy { scalp.region.distances[Int($0)] <= -6 })
      // Above and behind it hair begins within a centimetre of its root.
      let tragion = side > 0 ? head.landmarks.leftTragion : head.landmarks.rightTragion
      let skull = mesh.positions.indices.filter { i in
        let p = mesh.positions[i]
        return p.x * side > 20 && !ear.members.contains(Int32(i)) && p.y - tragion.y > 5
          && (p.z - tragion.z < -8 || p.y - tragion.y > 25)
      }
      for i in skull {
        let away = ear.distance(of: mesh.positions[i])
        if away > 9 && away < 20 && mesh.positions[i].z - tragion.z < -5 { #expect(scalp.region.distances[i] > 0) }
        if away < 4 { #expect(scalp.region.distances[i] < 0) }
      }
      // None below it.
      let below = mesh.positions.indices.filter { i in
        let p = mesh.positions[i]
        return p.x * side > 20 && p.y < -25 && p.z > -40
      }
      #expect(below.allSatisfy { scalp.region.distances[$0] < 0 })
    }
    #expect(abs(scalp.area / (try MeanHeads.man.get().area) - 1) < 0.08)
  }

  @Test func headsWithoutEarsAndMannequinsStayAsTheyWere() throws {
    let egg = EggHead.make(noise: 0.3)
    #expect(Auricle(on: egg, side: 1) == nil && Auricle(on: egg, side: -1) == nil)
    #expect(try Scalp(egg).area > 100)
    let man = try MeanHeads.man.get().head
    #expect(try Scalp(man).region.distances == MeanHeads.man.get().region.distances)
  }

  @Test func theResultDoesNotDependOnThreads() throws {
    let head = try scan()
    #expect(try Scalp(head, threads: 1).region.distances == Scalp(head, threads: 5).region.distances)
  }

  @Test func anyMeshIsLookedAt() throws {
    // Triangles without order, a single sheet, and landmarks that are nowhere near
    let random = CounterRandom(seed: 3, stream: 5)
    var positions: [SIMD3<Float>] = []
    for i in 0..<3000 {
      let k = UInt64(3 * i)
      let p = SIMD3<Float>(random.uniform(k), random.uniform(k + 1), random.uniform(k + 2))
      positions.append(p * 160 - 80)
    }
    let triangles = (0..<UInt32(1000)).map { (k: UInt32) in SIMD3<UInt32>(3 * k, 3 * k + 1, 3 * k + 2) }
    var head = EggHead.make()
    head.mesh = TriangleMesh(positions: positions, triangles: triangles)
    _ = Auricle(on: head, side: 1)
    head.mesh = TriangleMesh(
      positions: [SIMD3(70, 0, 0), SIMD3(71, 9, 0), SIMD3(70, 0, 9)], triangles: [SIMD3(0, 1, 2)])
    #expect(Auricle(on: head, side: 1) == nil)
    head.mesh = TriangleMesh(positions: [], triangles: [])
    #expect(Auricle(on: head, side: -1) == nil)
  }
}
