import Arithmetic
import Meshes
import TestSupport

@testable import ImpressionSampling

/// The triangles whose corners all satisfy a test.
func part(of mesh: TriangleMesh, where keep: (SIMD3<Float>) -> Bool) -> TriangleMesh {
  TriangleMesh(
    positions: mesh.positions,
    triangles: mesh.triangles.filter { t in (0..<3).allSatisfy { keep(mesh.positions[Int(t[$0])]) } })
}

/// An open scalp: the upper part of the ellipsoid.
func openScalp(_ k: Int) -> TriangleMesh { part(of: ellipsoid(k)) { $0.y > 7 } }

/// A flat rectangle of 2 × n × m triangles in the plane z = `height`, facing +z, or -z where `flipped`.
func sheet(_ width: Float, _ depth: Float, _ n: Int, _ m: Int, height: Float = 0, flipped: Bool = false)
  -> TriangleMesh
{
  var positions: [SIMD3<Float>] = []
  for j in 0...m {
    for i in 0...n { positions.append(SIMD3(width * Float(i) / Float(n), depth * Float(j) / Float(m), height)) }
  }
  var triangles: [SIMD3<UInt32>] = []
  for j in 0..<m {
    for i in 0..<n {
      let a = UInt32(j * (n + 1) + i)
      let b = a + 1
      let c = a + UInt32(n + 1)
      triangles.append(flipped ? SIMD3(a, c, b) : SIMD3(a, b, c))
      triangles.append(flipped ? SIMD3(b, c, c + 1) : SIMD3(b, c + 1, c))
    }
  }
  return TriangleMesh(positions: positions, triangles: triangles)
}

/// Two meshes in one.
func joined(_ a: TriangleMesh, _ b: TriangleMesh) -> TriangleMesh {
  let offset = UInt32(a.positions.count)
  return TriangleMesh(
    positions: a.positions + b.positions, triangles: a.triangles + b.triangles.map { $0 &+ SIMD3(repeating: offset) })
}

/// A thin flap like an ear: two sides 1 mm apart that face away from each other, not joined at the rim.
func thinFlap(_ n: Int) -> TriangleMesh {
  joined(sheet(40, 40, n, n, height: 0.5), sheet(40, 40, n, n, height: -0.5, flipped: true))
}

/// A density given by a function of the position.
struct PositionDensity: SurfaceDensity {
  var value: @Sendable (SIMD3<Float>) -> Float

  init(_ value: @escaping @Sendable (SIMD3<Float>) -> Float) { self.value = value }

  func evaluate(_ points: Span<SurfacePoint>, into densities: inout MutableSpan<Float>) {
    for i in 0..<points.count { densities[i] = value(points[i].position) }
  }
}

/// The fields that a treatment is made of, on anything near the size of the test head.
let testFields: [(name: String, field: PositionDensity)] = [
  ("uniform", PositionDensity { _ in 60 }),
  ("ramp 1:8", PositionDensity { p in 20 + 140 * clamp((p.x + 26) / 52, 0, 1) }),
  ("step 1:8", PositionDensity { p in p.x < 1.3 ? 20 : 160 }),
  ("feather of 2 mm", PositionDensity { p in 120 * smoothstep(4, 6, p.x) }),
]

/// Pairs of points that break the rule of `DotField`, found by comparing each point with those whose x is near.
func violations(_ pattern: DotPattern) -> Int {
  let order = pattern.points.indices.sorted { pattern.points[$0].position.x < pattern.points[$1].position.x }
  let greatest = pattern.radii.max() ?? 0
  var bad = 0
  for a in order.indices {
    let i = order[a]
    let p = pattern.points[i].position
    var b = a + 1
    while b < order.count {
      let j = order[b]
      let d = pattern.points[j].position - p
      if d.x > greatest { break }
      let reach = (pattern.radii[i] + pattern.radii[j]) * 0.5
      if dot(d, d) < reach * reach && dot(pattern.normals[i], pattern.normals[j]) >= 0 { bad += 1 }
      b += 1
    }
  }
  return bad
}

/// Distance from each point to its nearest neighbour on the same sheet.
func nearestNeighbours(_ positions: [SIMD3<Float>], _ normals: [SIMD3<Float>]) -> [Float] {
  let order = positions.indices.sorted { positions[$0].x < positions[$1].x }
  var result = [Float](repeating: .infinity, count: positions.count)
  for a in order.indices {
    let i = order[a]
    for step in [1, -1] {
      var b = a + step
      while b >= 0 && b < order.count {
        let d = positions[order[b]] - positions[i]
        if abs(d.x) >= result[i] { break }
        if dot(normals[order[b]], normals[i]) >= 0 { result[i] = min(result[i], length(d)) }
        b += step
      }
    }
  }
  return result
}

/// Standard deviation over mean.
func coefficientOfVariation(_ values: [Float]) -> Float {
  let mean = values.reduce(0, +) / Float(values.count)
  let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(values.count)
  return square.squareRoot() / mean
}

/// The density's integral by a midpoint rule of its own: n² parts per triangle, all triangles that `keep` accepts.
func integral(
  of field: PositionDensity, over mesh: TriangleMesh, parts n: Int, where keep: (SIMD3<Float>) -> Bool = { _ in true }
) -> Double {
  var sum = 0.0
  for t in mesh.triangles {
    let a = mesh.positions[Int(t.x)]
    let b = mesh.positions[Int(t.y)] - a
    let c = mesh.positions[Int(t.z)] - a
    let area = Double(length(cross(b, c))) * 0.5 / Double(n * n) * 0.01
    for i in 0..<n {
      for j in 0..<(n - i) {
        let p = a + b * ((Float(i) + 1 / 3) / Float(n)) + c * ((Float(j) + 1 / 3) / Float(n))
        if keep(p) { sum += area * Double(field.value(p)) }
        if i + j < n - 1 {
          let q = a + b * ((Float(i) + 2 / 3) / Float(n)) + c * ((Float(j) + 2 / 3) / Float(n))
          if keep(q) { sum += area * Double(field.value(q)) }
        }
      }
    }
  }
  return sum
}
