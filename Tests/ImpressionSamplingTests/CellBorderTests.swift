import Meshes
import TestSupport
import Testing

@testable import ImpressionSampling

/// Points exactly on the borders of a grid's cells, of its box, and where no point should be.
@Suite struct CellBorders {
  private static let low = SIMD3<Float>(-3, 0, 5)
  private static let high = SIMD3<Float>(9, 4, 5)

  @Test func cellsAtTheirBorders() {
    var cells = BlockedCells(low: Self.low, high: Self.high, side: 0.3)
    let last = cells.last
    let count = Int(last.x + 1) * Int(last.y + 1) * Int(last.z + 1)
    for k in -1...42 {
      for x in around(-3 + Float(k) * 0.3) {
        for y in around(Float(k) * 0.3) {
          for z in around(5) { #expect((0..<count).contains(cells.cell(for: SIMD3(x, y, z)))) }
        }
      }
    }
    for corner in [Self.low, Self.high] { #expect((0..<count).contains(cells.cell(for: corner))) }
    for v in wildNumbers {
      for p in [SIMD3(v, 1, 5), SIMD3(1, v, 5), SIMD3(1, 1, v)] {
        #expect((0..<count).contains(cells.cell(for: p)))
        for reach in [Float(0.3), 5, v] { _ = cells.containsCell(near: p, within: reach) { _ in false } }
        _ = cells.containsRow(near: p, within: 0.3) { _, _ in false }
      }
    }
  }

  /// What is put in at a border is found from either side of it.
  @Test func gridsFindWhatLiesOnABorder() {
    var sparse = SparseGrid(low: Self.low, high: Self.high, cell: 0.3)
    var field = DotField(low: Self.low, high: Self.high, smallest: 0.2, largest: 0.9)
    var places: [SIMD4<Float>] = []
    for k in 0...40 {
      let p = SIMD4(-3 + Float(k) * 0.3, min(Float(k) * 0.3, 4), 5, 0.2 + Float(k % 4) * 0.2)
      places.append(p)
      sparse.insert(p, label: Int32(k))
      field.insert(SIMD3(p.x, p.y, p.z), radius: p.w, normal: SIMD3(0, 0, 1))
    }
    let packed = PackedGrid(places, reach: 1.5, low: Self.low, high: Self.high)
    for (k, p) in places.enumerated() {
      for x in around(p.x) {
        let q = SIMD3(x, p.y, p.z)
        #expect(sparse.contains(near: q, within: 0.01) { _, label in label == k })
        #expect(field.contains(near: q, radius: 0.2) { _, label in label == k })
        #expect(packed.contains(near: SIMD4(q, p.w), reach: 1) { label, _, _ in label == k })
      }
    }
    for v in wildNumbers {
      _ = sparse.contains(near: SIMD3(v, 0, 0), within: 0.3) { _, _ in false }
      _ = sparse.contains(near: SIMD3(0, 0, 5), within: v) { _, _ in false }
      _ = field.conflicts(SIMD3(v, v, v), radius: 0.3, normal: SIMD3(0, 0, 1))
      _ = packed.contains(near: SIMD4(v, 0, 5, 0.3), reach: 1) { _, _, _ in false }
    }
  }

  /// A mesh whose vertices lie on the borders of every grid over it, flat against its own box.
  @Test(arguments: [Evenness.natural, .even, .relaxed])
  func aMeshOnTheBordersOfItsBox(evenness: Evenness) throws {
    let mesh = sheet(20, 20, 10, 10)
    for density: Float in [25, 100, 115.470_055] {
      let corners = mesh.positions.indices.filter { $0 % 7 == 0 }.map { i in
        Obstacle(point: SurfacePoint(position: mesh.positions[i], triangle: 0, v: 0, w: 0), radius: 0.5)
      }
      let pattern = try samplePoissonDisc(
        on: mesh, density: UniformDensity(perSquareCentimetre: density), seed: 3,
        options: PoissonDiscOptions(evenness: evenness, threads: 1, obstacles: corners))
      #expect(pattern.count > 0)
      for p in pattern.points { #expect(p.v >= 0 && p.w >= 0 && p.v + p.w <= 1.00001) }
    }
  }

  /// A density that steps exactly along edges of the mesh.
  @Test func aDensityThatStepsOnEdges() throws {
    let mesh = sheet(20, 20, 10, 10)
    let step = PositionDensity { p in p.x < 10 ? 0 : (p.x < 14 ? 200 : 20) }
    let pattern = try samplePoissonDisc(
      on: mesh, density: step, seed: 3, options: PoissonDiscOptions(evenness: .relaxed, threads: 1))
    #expect(pattern.count > 0)
  }

  @Test func ratiosOfCuts() {
    for k in 0...10 {
      for ratio in around(Float(1 << k)) { #expect((k - 1...k + 1).contains(levels(ratio))) }
    }
    for v in wildNumbers { #expect((0...16).contains(levels(v))) }
    for wanted in [Double.nan, .infinity, -1, 0, 1, Double(1).nextUp, 1e300] {
      #expect((0...10).contains(Demand.level(of: wanted)))
    }
  }
}
