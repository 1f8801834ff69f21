// The strip of triangles between two closed lines: the rim of what was scanned and the rim of what is to be joined to it.
//
// H. Fuchs, Z. M. Kedem, S. P. Uselton. Optimal surface reconstruction from planar contours. 1977: each way of joining two
// closed lines by triangles is a path through a grid, one line's corners across and the other's down, and the best one is found by
// dynamic programming. What is made least here is the length of all edges across, so that each corner is joined to those beside
// it; triangles that face the wrong way are dear.

import Arithmetic

/// Corners of two closed lines that are joined by a strip.
package struct LoopBridge {
  /// Most cells of the grid, one byte each; longer lines are joined along a band around the straight way through it.
  private static let mostCells = 24_000_000

  /// The strip's triangles, `outer.count + inner.count` of them. Each edge of both lines has exactly one, so that two surfaces whose
  /// rims these are become one without a gap, and no edge is there twice.
  ///
  /// Both lines run as `borderLoops` gives them. Time grows with the product of their lengths.
  package static func strip(
    _ outer: [UInt32], _ inner: [UInt32], positions: [SIMD3<Float>], normals: [SIMD3<Float>]
  ) -> [SIMD3<UInt32>] {
    if outer.count < 3 || inner.count < 3 { return [] }
    // Each runs with its hole on the left, so one of the two must be turned.
    let back = Array(inner.reversed())
    let (i0, j0) = nearestPair(outer, back, positions)
    let a = (0...outer.count).map { outer[(i0 + $0) % outer.count] }
    let b = (0...back.count).map { back[(j0 + $0) % back.count] }
    let (n, m) = (outer.count, back.count)
    let half = (n + 1) * (m + 1) <= mostCells ? m : max(64, mostCells / (n + 1) / 2)

    func place(_ v: UInt32) -> SIMD3<Float> { positions[Int(v)] }
    func facing(_ x: UInt32, _ y: UInt32, _ z: UInt32) -> Float {
      let normal = cross(place(y) - place(x), place(z) - place(x))
      let around = normals[Int(x)] + normals[Int(y)] + normals[Int(z)]
      let size = length(normal)
      if !(size > 0) { return 0 }
      // Nothing for a triangle that looks out, up to twelve times the root of its area for one that looks in.
      let turned = 1 - dot(normal, around) / (size * max(length(around), 1e-6))
      return 6 * size.squareRoot() * turned
    }
    var cost = [Float](repeating: .infinity, count: m + 1)
    // For each cell whether it was reached along `a` (1) or along `b` (2).
    var from = [UInt8](repeating: 0, count: (n + 1) * (m + 1))
    for i in 0...n {
      let middle = i * m / n
      let range = max(0, middle - half)...min(m, middle + half)
      let before = cost
      if i > 0 { for j in 0...m { cost[j] = .infinity } }
      for j in range {
        if i == 0 && j == 0 {
          cost[0] = 0
          continue
        }
        let across = length(place(a[i]) - place(b[j]))
        var best = Float.infinity
        var way: UInt8 = 0
        if i > 0, before[j] < .infinity {
          best = before[j] + across + facing(a[i - 1], a[i], b[j])
          way = 1
        }
        if j > 0, cost[j - 1] < .infinity {
          let other = cost[j - 1] + across + facing(b[j], b[j - 1], a[i])
          if other < best { (best, way) = (other, 2) }
        }
        cost[j] = best
        from[i * (m + 1) + j] = way
      }
    }
    var triangles: [SIMD3<UInt32>] = []
    triangles.reserveCapacity(n + m)
    var (i, j) = (n, m)
    while i > 0 || j > 0 {
      if from[i * (m + 1) + j] == 1 {
        triangles.append(SIMD3(a[i - 1], a[i], b[j]))
        i -= 1
      } else {
        triangles.append(SIMD3(b[j], b[j - 1], a[i]))
        j -= 1
      }
    }
    return triangles
  }

  /// The corners of two lines that lie nearest to each other; of equals the first.
  private static func nearestPair(_ a: [UInt32], _ b: [UInt32], _ positions: [SIMD3<Float>]) -> (Int, Int) {
    var best = (0, 0)
    var least = Float.infinity
    for i in a.indices {
      let p = positions[Int(a[i])]
      for j in b.indices {
        let d = positions[Int(b[j])] - p
        let square = dot(d, d)
        if square < least { (best, least) = ((i, j), square) }
      }
    }
    return best
  }
}

extension TriangleMesh {
  /// The closed lines of border edges of a manifold mesh, each with the hole on its left, as a triangle that fills it would be wound.
  package func borderLoops() -> [[UInt32]] { MeshUnderRepair(self).borderLoops() }
}

extension RepairedScan {
  /// Adds skin that the scan does not have: vertices, and triangles over all vertices.
  package mutating func append(positions: [SIMD3<Float>], triangles: [SIMD3<UInt32>]) {
    mesh = TriangleMesh(positions: mesh.positions + positions, triangles: mesh.triangles + triangles)
    vertexSources += [Int32](repeating: -1, count: positions.count)
    cornerSources += [SIMD3<Int32>](repeating: SIMD3(repeating: -1), count: triangles.count)
  }

  /// Fills the holes up to `limit` around all of whose corners `isMeant` accepts; the new triangles come last.
  package mutating func fillHoles(limit: Float, isMeant: (SIMD3<Float>) -> Bool) {
    var work = MeshUnderRepair(mesh)
    (work.vertexSources, work.cornerSources) = (vertexSources, cornerSources)
    let before = work.triangles.count
    _ = work.fillHoles(limit: 0, scalpLimit: limit, isScalp: isMeant)
    if work.triangles.count == before { return }
    mesh = work.mesh
    (vertexSources, cornerSources) = (work.vertexSources, work.cornerSources)
  }

  /// Leaves out triangles, and vertices that then belong to none; says how many triangles.
  @discardableResult
  package mutating func leaveOut(_ isLeftOut: [Bool]) -> Int {
    var work = MeshUnderRepair(mesh)
    (work.vertexSources, work.cornerSources) = (vertexSources, cornerSources)
    let before = work.triangles.count
    work.filterTriangles { i, _ in !isLeftOut[i] }
    work.dropUnusedVertices()
    // What touched in a corner only must not hang together there.
    var report = ScanRepairReport()
    work.splitNonManifold(&report)
    mesh = work.mesh
    (vertexSources, cornerSources) = (work.vertexSources, work.cornerSources)
    return before - work.triangles.count
  }
}
