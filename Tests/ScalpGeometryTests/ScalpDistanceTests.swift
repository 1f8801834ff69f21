import Arithmetic
import Foundation
import Meshes
import ScalpGeometry
import TestSupport
import Testing

@Suite("Distance on the skin")
struct ScalpDistanceTests {
  static let head = EggHead.make()
  static let scalp = try? Scalp(head)

  /// A line along the midline over the crown.
  static func midline(_ frame: ScalpFrame) -> SurfaceCurve {
    let places = [60, 110, 160, 210, 260].compactMap { frame.place(up: $0, side: 0)?.position }
    return SurfaceCurve(through: places, on: frame)
  }

  /// In the plane of the tragions, which is a plane of symmetry of the egg, the section is the shortest way to the
  /// midline.
  @Test func distanceIsTheLengthOnTheSkin() throws {
    let scalp = try #require(Self.scalp)
    let found = scalp.distance(to: Self.midline(scalp.frame), band: 60)
    var checked = 0
    for (i, p) in Self.head.mesh.positions.enumerated() where abs(p.z) < 6 && p.y > 0 && abs(p.x) < 45 {
      let across = scalp.frame.coordinates(of: p).side
      // Third-order correction with one radius for the head: 0.06 mm mean at 15 to 40 mm on heads, more on an egg
      // whose radius of curvature at the vertex is 45 mm.
      #expect(abs(found.distances[i] - abs(across)) < 0.15 + 0.03 * abs(across))
      if abs(across) > 1 { #expect((found.aside[i] > 0) == (p.x < 0)) }
      checked += 1
    }
    #expect(checked > 20)
  }

  @Test func beyondTheBandThereIsNoDistance() throws {
    let scalp = try #require(Self.scalp)
    let found = scalp.distance(to: Self.midline(scalp.frame), band: 20)
    #expect(found.distances.allSatisfy { $0 >= 0 && $0 <= 20 })
    #expect(found.distances.contains { $0 < 1.5 })
    let low = Self.head.mesh.positions.indices.filter { Self.head.mesh.positions[$0].y < 0 }
    #expect(low.allSatisfy { found.distances[$0] == 20 })
  }

  @Test func aSecondSheetIsNotReached() throws {
    // A smaller egg inside, 4 mm under the skin, not joined to it.
    var head = Self.head
    let inner = EggHead.make(scale: 0.96)
    let first = UInt32(head.mesh.positions.count)
    head.mesh.positions += inner.mesh.positions
    head.mesh.normals += inner.mesh.normals
    head.mesh.triangles += inner.mesh.triangles.map { $0 &+ first }
    let scalp = try Scalp(head)
    let found = scalp.distance(to: Self.midline(scalp.frame), band: 30)
    #expect(found.distances[Int(first)...].allSatisfy { $0 == 30 })
    #expect(found.distances[..<Int(first)].contains { $0 < 2 })
  }

  @Test func insideIsPositive() throws {
    let scalp = try #require(Self.scalp)
    let ring = (0..<24).compactMap { k in
      let a = Double(k) / 24 * 2 * .pi
      return scalp.frame.place(up: 160 + 30 * Float(cos(a)), side: 30 * Float(sin(a)))?.position
    }
    let curve = SurfaceCurve(through: ring, closed: true, on: scalp.frame)
    let signed = scalp.signedDistance(inside: curve, band: 50)
    for (i, p) in Self.head.mesh.positions.enumerated() where p.y > 60 {
      let place = scalp.frame.coordinates(of: p)
      let away = hypot(place.up - 160, place.side)
      if away < 22 { #expect(signed[i] > 0) }
      if away > 40 { #expect(signed[i] < 0) }
    }
    // A disc of 30 mm on skin is a little smaller than in the plane.
    #expect(abs(scalp.area(above: signed) - 28.3) < 1.5)
  }

  @Test func pastAnEndTheLineRunsOn() throws {
    let scalp = try #require(Self.scalp)
    let curve = Self.midline(scalp.frame)
    let found = scalp.distance(to: curve, band: 40)
    for (i, p) in Self.head.mesh.positions.enumerated() where p.y > 0 && p.z < 0 {
      let place = scalp.frame.coordinates(of: p)
      if place.up > 270, place.up < 285, abs(place.side) < 8 {
        #expect(abs(found.alongs[i] - curve.length - (place.up - 260)) < 1)
        #expect(abs(abs(found.aside[i]) - abs(place.side)) < 1)
      }
    }
  }

  @Test func threadsDoNotChangeDistances() throws {
    let scalp = try #require(Self.scalp)
    let curve = Self.midline(scalp.frame)
    let one = scalp.distance(to: curve, threads: 1)
    let two = scalp.distance(to: curve, threads: 2)
    #expect(one.distances == two.distances)
    #expect(one.alongs == two.alongs)
    #expect(one.aside == two.aside)
  }

  @Test func curvesPassThroughTheirPlacesInEqualSteps() throws {
    let scalp = try #require(Self.scalp)
    let places = [(80, -50), (70, 0), (85, 45), (120, 60)].compactMap {
      scalp.frame.place(up: $0.0, side: $0.1)?.position
    }
    let curve = SurfaceCurve(through: places, on: scalp.frame)
    for (place, arc) in zip(places, curve.controlArcs) { #expect(length(curve.position(at: arc) - place) < 0.2) }
    for (a, b) in zip(curve.positions, curve.positions.dropFirst()) { #expect(abs(length(b - a) - 1) < 0.06) }
  }

  @Test func polygonsCountCrossings() {
    let star = (0..<10).map { k -> SIMD2<Float> in
      let a = Double(k) / 10 * 2 * .pi
      let r: Float = k % 2 == 0 ? 1 : 0.4
      return SIMD2(r * Float(cos(a)), r * Float(sin(a)))
    }
    let polygon = ChartPolygon(star)
    #expect(polygon.contains(SIMD2(0.01, 0.02)))
    #expect(polygon.contains(SIMD2(0.9, 0.01)))
    #expect(!polygon.contains(SIMD2(0.75, 0.52)))
    #expect(!polygon.contains(SIMD2(3, 0)))
    #expect(!crossesItself(star, closed: true))
    #expect(crossesItself([SIMD2(0, 0), SIMD2(1, 1), SIMD2(1, 0), SIMD2(0, 1)], closed: false))
  }
}
