import Arithmetic
import Meshes
import ScalpGeometry
import TestSupport
import Testing

@testable import TreatmentDesign

/// The tables of the density field, asked exactly at their borders.
@Suite struct CellBorders {
  @Test(arguments: [(1, 1), (1, 5), (5, 1), (2, 2), (7, 3), (400, 430)])
  func theChartOfAMask(width: Int, height: Int) {
    let image = MaskImage(
      width: width, height: height, shares: (0..<width * height).map { $0 % 2 == 0 ? 1 : 0.25 })
    let borders = [Float(0), 1, 0.5, 0.5 / Float(width), 1 - 0.5 / Float(width), 0.5 / Float(height)].flatMap(around)
    for x in borders {
      for y in borders {
        let share = image.share(at: SIMD2(x, y))
        let isInside = x >= 0 && x <= 1 && y >= 0 && y <= 1
        #expect(isInside ? (0.2499...1.0001).contains(share) : share == 0)
      }
      for v in wildNumbers where !(v >= 0 && v <= 1) {
        #expect(image.share(at: SIMD2(x, v)) == 0)
        #expect(image.share(at: SIMD2(v, x)) == 0)
      }
    }
    // The chart's own ends
    for side: Float in [-200, 200] {
      for up: Float in [0, 430] {
        let place = MaskChart.position(up: up, side: side)
        #expect((0...1).contains(place.x) && (0...1).contains(place.y))
        #expect(image.share(at: place) > 0)
      }
    }
  }

  @Test func variationOnItsLattice() {
    let random = CounterRandom(seed: 1, stream: 1)
    let space = SpaceIrregularity(random: random, spacing: 5)
    let line = LineIrregularity(random: random, spacing: 9)
    for k in -600...600 {
      for v in around(Float(k) * 5) { #expect(space(SIMD3(v, 0, 0)).isFinite && space(SIMD3(1, v, v)).isFinite) }
      for v in around(Float(k) * 9) { #expect(line(v).isFinite) }
    }
    for v in wildNumbers {
      _ = space(SIMD3(v, 0, 0))
      _ = space(SIMD3(v, v, v))
      _ = line(v)
    }
  }

  @Test func pointsOnTheBordersOfTheirCells() {
    var cells = PointCells(size: 2)
    let points = (-3...3).map { SIMD3(Float($0) * 2, Float($0), 0) }
    for (i, p) in points.enumerated() { cells.insert(i, at: p) }
    for (i, p) in points.enumerated() {
      for x in around(p.x) { #expect(cells.nearest(to: SIMD3(x, p.y, p.z), points, within: 1) == i) }
    }
    for v in wildNumbers {
      #expect(cells.nearest(to: SIMD3(v, 0, 0), points, within: 0) == nil)
      _ = cells.nearest(to: SIMD3(v, v, v), points, within: 1)
    }
  }

  /// Outlines of every grade at every vertex, and at the middle of every edge of some triangles.
  @Test(arguments: [ExistingHair.Loss.norwoodIIIVertex, .norwoodVII])
  func fieldsAtVerticesAndEdges(loss: ExistingHair.Loss) throws {
    var mask = MaskLayer()
    mask.image = MaskImage(width: 3, height: 2, shares: [1, 0, 1, 0, 1, 0])
    let design = try compiled([.hairline(HairlineLayer()), .mask(mask)], loss: loss)
    guard let meanMan else { throw ScalpError.noMidline }
    let mesh = meanMan.head.mesh
    for (i, t) in mesh.triangles.enumerated() where i % 50 == 0 {
      for (v, w) in [(Float(0), Float(0)), (1, 0), (0, 1), (0.5, 0), (0.5, 0.5), (0, 0.5)] {
        let p =
          mesh.positions[Int(t.x)] * (1 - v - w) + mesh.positions[Int(t.y)] * v + mesh.positions[Int(t.z)] * w
        let density = design.impressions(at: SurfacePoint(position: p, triangle: UInt32(i), v: v, w: w))
        #expect(density.isFinite)
      }
    }
  }
}
