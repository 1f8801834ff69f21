import Arithmetic
import Meshes
import TestSupport
import Testing

@testable import ScalpGeometry

/// Grids and tables over heads, asked exactly at the borders of their cells, and where no place should be.
@Suite struct CellBorders {
  @Test func tables() {
    let table: [Float] = [3, 5, 4, 9]
    let pairs = table.map { SIMD2($0, -$0) }
    for k in -1...4 {
      for i in around(Float(k)) {
        #expect((3...9).contains(interpolate(table, at: i)))
        #expect((3...9).contains(interpolate(pairs, at: i).x))
      }
    }
    for v in wildNumbers {
      _ = interpolate(table, at: v)
      _ = interpolate(pairs, at: v)
    }
  }

  @Test func theChart() {
    let corners = [SIMD2<Float>(0, 0), SIMD2(2, 0), SIMD2(2, 1), SIMD2(0, 1)]
    let polygon = ChartPolygon(corners)
    for k in 0...256 {
      for y in around(Float(k) / 256) { #expect(polygon.contains(SIMD2(1, y)) == (y >= 0 && y < 1)) }
    }
    for v in wildNumbers {
      #expect(!polygon.contains(SIMD2(v, v)) || v == 0)
      _ = polygon.contains(SIMD2(v, 0.5))
      for k in 0..<4 {
        var broken = corners
        broken[k].y = v
        _ = ChartPolygon(broken).contains(SIMD2(1, 0.5))
        broken[k].x = v
        _ = ChartPolygon(broken).contains(SIMD2(1, 0.5))
      }
    }
  }

  @Test func directionsAndNeighbourhoods() throws {
    var head = EggHead.make(frequency: 12)
    let frame = try ScalpFrame(head)
    // Directions on the borders of the bins, which are two degrees wide, and along the axes
    for k in 0..<180 {
      let angle = Float(k) * DirectionBins.width
      let direction = SIMD3<Float>(0, .sine(angle), .cosine(angle))
      let alpha = ScalpFrame.alpha(direction)
      for p in [direction, SIMD3(direction.y, 0, direction.z), SIMD3(direction.y, direction.z, 0)] {
        #expect(length(frame.skin(towards: p * 100).position) > 50)
      }
      for row in around(ScalpFrame.row(ofAlpha: alpha).rounded()) {
        #expect(frame.radius(row: row, column: row - 40).isFinite && frame.arc(row: row, column: row).isFinite)
      }
    }
    for up in around(frame.upRange.lowerBound) + around(frame.upRange.upperBound) {
      for side in around(frame.sideRange(up: up).lowerBound) + around(frame.sideRange(up: up).upperBound) {
        _ = frame.place(up: up, side: side)
      }
    }
    let curve = SurfaceCurve(through: [SIMD3(0, 100, 60), SIMD3(30, 110, 20), SIMD3(0, 125, 0)], on: frame)
    for arc in around(0) + around(curve.length) + around(1) + wildNumbers {
      let (corner, share) = curve.step(at: arc)
      #expect(curve.positions.indices.contains(corner + 1) && (0...1).contains(share))
    }
    for v in wildNumbers {
      _ = frame.skin(towards: SIMD3(v, 1, 1))
      _ = frame.skin(towards: SIMD3(v, v, v))
      _ = frame.coordinates(of: SIMD3(1, v, 1))
      _ = frame.place(up: v, side: v)
      _ = SurfaceCurve(through: [SIMD3(0, 100, 60), SIMD3(v, 110, 20), SIMD3(0, 125, 0)], on: frame)
    }
    // Scraps far out, and what is no number
    for (i, v) in wildNumbers.enumerated() { head.mesh.positions[20 * i][i % 3] = v }
    _ = SkinIndex(head.mesh)
    _ = DirectionBins(head.mesh).nearestHit(head.mesh, towards: SIMD3(0, 1, 0), expected: 100)
    _ = repairScan(head.mesh)
  }
}

extension Float {
  /// By halving, so that the tests need no library.
  fileprivate static func cosine(_ x: Float) -> Float {
    let h = Double(x) / 1024
    var (s, c) = (h - h * h * h / 6, 1 - h * h / 2)
    for _ in 0..<10 { (s, c) = (2 * s * c, c * c - s * s) }
    return Float(c)
  }
  fileprivate static func sine(_ x: Float) -> Float { cosine(x - .pi / 2) }
}
