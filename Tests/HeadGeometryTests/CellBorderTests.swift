import Testing

@testable import Arithmetic
@testable import Mannequin
@testable import Meshes
@testable import ScalpGeometry

/// A number and its neighbours.
private func around(_ v: Float) -> [Float] { [v.nextDown, v, v.nextUp] }

private let wild: [Float] = [
  .nan, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 3e9, -3e9, -0.0,
]

/// Grids and tables over heads, asked exactly at the borders of their cells, and where no place should be.
@Suite struct CellBorders {
  @Test func holding() {
    #expect(held(Float.nan, 2, 5) == 2)
    #expect(held(-Float.infinity, 2, 5) == 2 && held(Float.infinity, 2, 5) == 5)
    for v in around(2) + around(5) { #expect(held(v, 2, 5) == clamp(v, 2, 5)) }
  }

  @Test func tables() {
    let table: [Float] = [3, 5, 4, 9]
    let pairs = table.map { SIMD2($0, -$0) }
    for k in -1...4 {
      for i in around(Float(k)) {
        #expect((3...9).contains(interpolate(table, at: i)))
        #expect((3...9).contains(interpolate(pairs, at: i).x))
      }
    }
    let cubic = CubicTable(first: -1, step: 0.5, values: [1, 2, 3, 5])
    for k in -3...9 {
      for x in around(-1 + Float(k) * 0.5) { #expect(cubic.value(x).isFinite && cubic.slope(x).isFinite) }
    }
    let loft = Loft(.plainFace)
    for v in wild {
      _ = interpolate(table, at: v)
      _ = interpolate(pairs, at: v)
      _ = cubic.value(v)
      _ = cubic.slope(v)
      _ = loft.value(v, v, v)
      for box in [FieldBox(low: SIMD3(0, v, 0), high: SIMD3(1, v, 1)), FieldBox(low: .zero, high: SIMD3(1, v, 1))] {
        _ = loft.lowerBound(box)
      }
    }
    // Rows of the loft's bounds: half millimetres from -103.5 to 60
    for k in 0...327 {
      for y in around(-103.5 + Float(k) * 0.5) {
        // As wide and deep as any section
        #expect(loft.lowerBound(FieldBox(low: SIMD3(0, y, -200), high: SIMD3(200, y + 1, 200))) < 0.01)
      }
    }
  }

  @Test func theChart() {
    let corners = [SIMD2<Float>(0, 0), SIMD2(2, 0), SIMD2(2, 1), SIMD2(0, 1)]
    let polygon = ChartPolygon(corners)
    for k in 0...256 {
      for y in around(Float(k) / 256) { #expect(polygon.contains(SIMD2(1, y)) == (y >= 0 && y < 1)) }
    }
    for v in wild {
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

  @Test func boundingBoxes() {
    // Centres on the borders of the bins: equal steps, and more triangles than are halved.
    var mesh = TriangleMesh(positions: [], triangles: [], normals: [])
    for i in 0..<120 {
      let x = Float(i % 13)
      mesh.positions += [SIMD3(x, 0, 0), SIMD3(x, 1, 0), SIMD3(x, 0, 1)]
      mesh.triangles.append(SIMD3(UInt32(3 * i), UInt32(3 * i + 1), UInt32(3 * i + 2)))
    }
    let tree = BoundingVolumeHierarchy(mesh)
    for x in around(6) { #expect(abs(tree.closestPoint(to: SIMD3(x, 0.2, 0.2)).position.x - 6) < 1e-5) }
    for (i, v) in wild.enumerated() {
      var broken = mesh
      broken.positions[3 * i][i % 3] = v
      let tree = BoundingVolumeHierarchy(broken)
      _ = tree.closestPoint(to: SIMD3(v, v, v))
      _ = tree.firstHit(origin: SIMD3(-1, 0.2, 0.2), direction: SIMD3(1, v, 0))
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
    for arc in around(0) + around(curve.length) + around(1) + wild {
      let (corner, share) = curve.step(at: arc)
      #expect(curve.positions.indices.contains(corner + 1) && (0...1).contains(share))
    }
    for v in wild {
      _ = frame.skin(towards: SIMD3(v, 1, 1))
      _ = frame.skin(towards: SIMD3(v, v, v))
      _ = frame.coordinates(of: SIMD3(1, v, 1))
      _ = frame.place(up: v, side: v)
      _ = SurfaceCurve(through: [SIMD3(0, 100, 60), SIMD3(v, 110, 20), SIMD3(0, 125, 0)], on: frame)
    }
    // Scraps far out, and what is no number
    for (i, v) in wild.enumerated() { head.mesh.positions[20 * i][i % 3] = v }
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
