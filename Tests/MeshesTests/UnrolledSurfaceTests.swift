import Arithmetic
import Meshes
import Testing

/// A patch over parameters (u, v), `columns` by `rows` cells.
private func patch(
  _ columns: Int, _ rows: Int, _ point: (Double, Double) -> SIMD3<Double>
) -> (positions: [SIMD3<Float>], triangles: [SIMD3<UInt32>]) {
  var positions: [SIMD3<Float>] = []
  var triangles: [SIMD3<UInt32>] = []
  for i in 0...rows {
    for j in 0...columns {
      positions.append(SIMD3<Float>(point(Double(j) / Double(columns), Double(i) / Double(rows))))
      if i == rows || j == columns { continue }
      let n = UInt32(i * (columns + 1) + j)
      let above = n + UInt32(columns + 1)
      triangles += [SIMD3(n, n + 1, above + 1), SIMD3(n, above + 1, above)]
    }
  }
  return (positions, triangles)
}

/// The cap of a sphere up to an angle from its pole, triangles of about `cell` radians.
private func cap(radius: Double, angle: Double, cell: Double) -> (positions: [SIMD3<Float>], triangles: [SIMD3<UInt32>])
{
  let rings = max(2, Int((angle / cell).rounded()))
  var positions = [SIMD3<Float>(0, 0, Float(radius))]
  var triangles: [SIMD3<UInt32>] = []
  // Ring k has 6 k points.
  func node(_ k: Int, _ j: Int) -> UInt32 { k == 0 ? 0 : UInt32(1 + 3 * k * (k - 1) + j % (6 * k)) }
  for k in 1...rings {
    let t = angle * Double(k) / Double(rings)
    for j in 0..<6 * k {
      let f = 2 * Double.pi * Double(j) / Double(6 * k)
      positions.append(SIMD3<Float>(SIMD3(sine(t) * cosine(f), sine(t) * sine(f), cosine(t)) * radius))
    }
    for side in 0..<6 {
      for j in 0..<k {
        let (a, b) = (node(k, side * k + j), node(k, side * k + j + 1))
        triangles.append(SIMD3(a, b, node(k - 1, side * (k - 1) + j)))
        if j < k - 1 {
          triangles.append(SIMD3(node(k - 1, side * (k - 1) + j), b, node(k - 1, side * (k - 1) + j + 1)))
        }
      }
    }
  }
  return (positions, triangles)
}

private func distance(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double { ((a - b) * (a - b)).sum().squareRoot() }

@Suite struct UnrolledSurfaceTests {
  /// Half a cylinder is a rectangle.
  @Test func aCylinderUnrollsExactly() throws {
    let (columns, rows, radius, height) = (60, 20, 80.0, 50.0)
    let mesh = patch(columns, rows) { u, v in
      SIMD3(radius * sine(3 * (u - 0.5)), height * v, radius * cosine(3 * (u - 0.5)))
    }
    let flat = try #require(unrolled(mesh.positions, mesh.triangles))
    #expect(flat.stretches.max()! < 1e-5)
    // The mesh is a prism, and its chords lie flat.
    let chord = 2 * radius * sine(1.5 / Double(columns))
    let diagonal = (chord * 60 * chord * 60 + height * height).squareRoot()
    #expect(abs(distance(flat.places[0], flat.places[flat.places.count - 1]) - diagonal) < 1e-3)
  }

  /// A cone, cut open, is a sector: its rim keeps its distance from the tip, and the angle at the tip is the cut cone's.
  @Test(arguments: [0.3, 0.6, 0.9]) func aConeUnrollsExactly(share: Double) throws {
    let (near, far, turn) = (40.0, 120.0, 5.5)
    let mesh = patch(150, 20) { u, v in
      let r = near + (far - near) * v
      return SIMD3(r * share * cosine(turn * u), r * share * sine(turn * u), -r * (1 - share * share).squareRoot())
    }
    let flat = try #require(unrolled(mesh.positions, mesh.triangles))
    #expect(flat.stretches.max()! < 1e-4)
    // The chord between the far corners of the sector; the cone's 150 flat sides lie in a fan.
    let step = 2 * arcSine(share * sine(turn / 300))
    let chord = 2 * far * sine(75 * step)
    #expect(abs(distance(flat.places[20 * 151], flat.places[20 * 151 + 150]) - abs(chord)) < 0.02)
  }

  /// No map of a cap is better than Milnor's bound: greatest over least scale is at least a / sin a, which the map that keeps
  /// distances from the pole attains (J. Milnor. A problem in cartography. 1969).
  @Test(arguments: [0.2, 0.45, 0.7, 0.9]) func aCapStretchesAsItMust(angle: Double) throws {
    let mesh = cap(radius: 85, angle: angle, cell: 0.03)
    let flat = try #require(unrolled(mesh.positions, mesh.triangles))
    let greatest = flat.stretches.max()!
    let bound = (angle / sine(angle)).squareRoot() - 1
    // Triangles are a little less than the sphere.
    #expect(greatest > 0.93 * bound)
    #expect(greatest < 1.25 * bound + 0.001, "\(greatest) \(bound)")
  }

  /// Weights keep shape where they are, and a limit stops what gives way.
  @Test func weightsHold() throws {
    let mesh = cap(radius: 85, angle: 0.6, cell: 0.04)
    let pole = mesh.triangles.map { t in (0..<3).allSatisfy { mesh.positions[Int(t[$0])].z > 83 } }
    let flat = try #require(
      unrolled(mesh.positions, mesh.triangles, weights: pole.map { $0 ? 1000 : 1 }, limit: 0.2))
    let even = try #require(unrolled(mesh.positions, mesh.triangles, limit: 0.2))
    func greatest(_ surface: UnrolledSurface) -> Double {
      pole.indices.filter { pole[$0] }.map { surface.stretches[$0] }.max()!
    }
    #expect(greatest(flat) < 0.3 * greatest(even))
    #expect(flat.stretches.max()! <= 0.2)
  }

  @Test func theSameEveryTime() throws {
    let mesh = cap(radius: 85, angle: 0.5, cell: 0.05)
    let once = try #require(unrolled(mesh.positions, mesh.triangles))
    let again = try #require(unrolled(mesh.positions, mesh.triangles))
    #expect(once.places == again.places && once.stretches == again.stretches)
  }

  /// Size and place in space make no difference.
  @Test func movedAndScaled() throws {
    let mesh = cap(radius: 85, angle: 0.5, cell: 0.05)
    let turned = mesh.positions.map { SIMD3(30 - 0.1 * $0.y, 5 + 0.1 * $0.z, 7 - 0.1 * $0.x) }
    let once = try #require(unrolled(mesh.positions, mesh.triangles))
    let again = try #require(unrolled(turned, mesh.triangles))
    #expect(abs(again.stretches.max()! - once.stretches.max()!) < 0.002)
  }

  @Test func whatCannotLieFlat() {
    #expect(unrolled([], []) == nil)
    let line: [SIMD3<Float>] = [SIMD3(0, 0, 0), SIMD3(1, 0, 0), SIMD3(2, 0, 0)]
    #expect(unrolled(line, [SIMD3(0, 1, 2)]) == nil)
    #expect(unrolled([.zero, .zero, SIMD3(1, 0, 0)], [SIMD3(0, 1, 2)]) == nil)
    // Two triangles that share a corner, or nothing.
    let two: [SIMD3<Float>] = [
      SIMD3(0, 0, 0), SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(5, 0, 0), SIMD3(6, 0, 0), SIMD3(5, 1, 0),
    ]
    #expect(unrolled(two, [SIMD3(0, 1, 2), SIMD3(3, 4, 5)]) == nil)
    #expect(unrolled(two, [SIMD3(0, 1, 2)]) != nil)
  }
}

/// By arcTangent.
private func arcSine(_ x: Double) -> Double { arcTangent(x, (1 - x * x).squareRoot()) }
