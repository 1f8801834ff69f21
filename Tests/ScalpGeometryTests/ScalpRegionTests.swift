import Arithmetic
import Meshes
import ScalpGeometry
import TestSupport
import Testing

@Suite("Where hair grows")
struct ScalpRegionTests {
  @Test func areaOfTheMeanManAndWoman() throws {
    let man = try MeanHeads.man.get()
    let woman = try MeanHeads.woman.get()
    // Estimates in the literature run from 500 to 775 cm².
    #expect(man.area > 500 && man.area < 700)
    #expect(woman.area > 460 && woman.area < man.area)
  }

  /// The distance at the skin in a direction from the middle between the tragions.
  func distance(_ scalp: Scalp, _ p: SIMD3<Float>) throws -> Float {
    let place = scalp.frame.coordinates(of: p)
    let point = try #require(scalp.frame.place(up: place.up, side: place.side))
    let t = scalp.head.mesh.triangles[Int(point.triangle)]
    let d = scalp.region.distances
    return d[Int(t.x)] * (1 - point.v - point.w) + d[Int(t.y)] * point.v + d[Int(t.z)] * point.w
  }

  @Test func namedPlacesLieOnTheirSide() throws {
    let man = try MeanHeads.man.get()
    for side: Float in [-1, 1] {
      // Vertex, side of the crown, above the ear, sideburn, occiput
      for p in [
        SIMD3(0, 131, -11), SIMD3(60, 100, -40), SIMD3(78, 60, -20), SIMD3(73, 14, 15), SIMD3(0, 10, -95),
        SIMD3(40, -20, -70),
      ] as [SIMD3<Float>] {
        #expect(try distance(man, p * SIMD3(side, 1, 1)) > 0, "\(p)")
      }
      // Forehead, temple in front of the hair, cheek, throat side of the nape
      for p in [SIMD3(0, 60, 100), SIMD3(60, 60, 75), SIMD3(68, 20, 50), SIMD3(0, -75, -70)] as [SIMD3<Float>] {
        #expect(try distance(man, p * SIMD3(side, 1, 1)) < 0, "\(p)")
      }
    }
  }

  @Test func earsAreOutside() throws {
    let man = try MeanHeads.man.get()
    let mesh = man.head.mesh
    // Skin farther out than the skull reaches at the height of the ears.
    let ears = mesh.positions.indices.filter {
      abs(mesh.positions[$0].x) > 80 && mesh.positions[$0].y < 33 && mesh.positions[$0].y > -40
    }
    #expect(ears.count > 50)
    #expect(ears.allSatisfy { man.region.distances[$0] < 0 })
  }

  @Test func theTrichionLiesWhereSurveysFindIt() throws {
    let man = try MeanHeads.man.get()
    // Trichion to glabella 61.4 ± 3.2 mm in men; along the skin, not straight, so a little more.
    var up: Float = 30
    while try distance(man, #require(man.frame.place(up: up, side: 0)).position) < 0 { up += 0.5 }
    #expect(up > 55 && up < 70)
  }

  @Test func womensHairBeginsHigherAndRecedesLess() throws {
    let woman = try MeanHeads.woman.get()
    // Trichion to glabella 55.4 ± 3.3 mm in women, straight; along the skin a little more.
    func edge(_ side: Float, _ scalp: Scalp) throws -> Float {
      var up: Float = 30
      while try distance(scalp, #require(scalp.frame.place(up: up, side: side)).position) < 0 { up += 0.5 }
      return up
    }
    let middle = try edge(0, woman)
    #expect(middle > 54 && middle < 61)
    let man = try MeanHeads.man.get()
    let recession = try edge(45, woman) - middle
    let mans = try edge(45, man) - edge(0, man)
    #expect(recession > 5 && recession < mans)
    // The same head with a man's border has it 9 mm lower.
    var head = woman.head
    head.sex = nil
    #expect(try edge(0, Scalp(head)) < middle - 5)
  }

  @Test func distanceIsSmooth() throws {
    let man = try MeanHeads.man.get()
    let mesh = man.head.mesh
    // A distance cannot change more along an edge than the edge is long (5 % and 0.3 mm for the polyline and the
    // correction for curvature). Ears and the ends of the band are left out.
    for t in mesh.triangles {
      for (i, j) in [(t.x, t.y), (t.y, t.z), (t.z, t.x)] {
        let a = man.region.distances[Int(i)]
        let b = man.region.distances[Int(j)]
        guard a > -10, b > -10, a < 45, b < 45, abs(mesh.positions[Int(i)].x) < 74 else { continue }
        #expect(abs(a - b) <= 1.1 * length(mesh.positions[Int(i)] - mesh.positions[Int(j)]) + 0.3)
      }
    }
  }

  @Test func closureTellsNapeFromForehead() throws {
    let man = try MeanHeads.man.get()
    let mesh = man.head.mesh
    for (i, p) in mesh.positions.enumerated() where abs(man.region.distances[i]) < 8 {
      if p.z < -30 { #expect(man.region.closure[i] == 1) }
      if p.z > 55, p.y > 50 { #expect(man.region.closure[i] == 0) }
    }
  }
}
