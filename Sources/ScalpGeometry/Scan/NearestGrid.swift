// Which point of a surface is near a place, asked of a grid: exact to about a cell, and many times faster than a search.
//
// Cells that the surface passes through hold one of its points; the others take over the nearest of what their neighbours
// hold, in two sweeps (P.-E. Danielsson. Euclidean distance mapping. 1980, by vectors; in three dimensions with all 26
// neighbours).

import Arithmetic
import Meshes

/// Points of a surface by cells of a grid around it. About 14 MB.
struct NearestGrid: Sendable {
  private let low: SIMD3<Float>
  private let cell: Float
  private let size: SIMD3<Int>
  private let nearest: [SIMD3<Float>]
  /// Points of the surface, one from each cell that it passes through, in the order of the cells.
  let points: [SIMD3<Float>]

  /// - Parameter cells: along the longest side of the surface's box.
  init?(_ mesh: TriangleMesh, cells: Int = 88) {
    guard let box = BoundingBox(mesh), box.diagonal > 0, box.diagonal.isFinite, !mesh.triangles.isEmpty else {
      return nil
    }
    cell = (box.high - box.low).max() / Float(cells)
    let pad: Float = 3
    low = box.low - pad * cell
    let extent = (box.high - box.low) / cell + 2 * pad + 1
    size = SIMD3(Int(extent.x), Int(extent.y), Int(extent.z)) &+ 1
    var seeds = [SIMD3<Float>](repeating: SIMD3(repeating: .infinity), count: size.x * size.y * size.z)

    // One point for each cell: corners, and between the corners of triangles that span cells.
    var budget = 4_000_000
    for t in mesh.triangles {
      let (a, b, c) = (mesh.positions[Int(t.x)], mesh.positions[Int(t.y)], mesh.positions[Int(t.z)])
      let longest = max(length(b - a), max(length(c - b), length(a - c)))
      let steps = Int(held((2 * longest / cell).rounded(.up), 1, 200))
      let count = (steps + 1) * (steps + 2) / 2
      let n = budget >= count ? steps : 1
      if n > 1 { budget -= count }
      for i in 0...n {
        for j in 0...(n - i) {
          let (v, w) = (Float(i) / Float(n), Float(j) / Float(n))
          let p = a * (1 - v - w) + b * v + c * w
          let k = Self.index(of: p, low, cell, size)
          if seeds[k].x == .infinity { seeds[k] = p }
        }
      }
    }
    points = seeds.filter { $0.x < .infinity }

    // Each cell looks at those that the sweep has passed.
    let (low, cell, size) = (low, cell, size)
    func sweep(_ forward: Bool) {
      let neighbours = (0..<27).filter { $0 != 13 && ($0 < 13) == forward }.map { k in
        SIMD3(k % 3 - 1, k / 3 % 3 - 1, k / 9 - 1)
      }
      let cells = size.x * size.y * size.z
      for step in 0..<cells {
        let k = forward ? step : cells - 1 - step
        let at = SIMD3(k % size.x, k / size.x % size.y, k / (size.x * size.y))
        let middle = low + (SIMD3<Float>(Float(at.x), Float(at.y), Float(at.z)) + 0.5) * cell
        var best = seeds[k]
        var square = best.x < .infinity ? dot(best - middle, best - middle) : .infinity
        for offset in neighbours {
          let q = at &+ offset
          guard q.x >= 0, q.y >= 0, q.z >= 0, q.x < size.x, q.y < size.y, q.z < size.z else { continue }
          let other = seeds[q.x + size.x * (q.y + size.y * q.z)]
          guard other.x < .infinity else { continue }
          let d = dot(other - middle, other - middle)
          if d < square { (best, square) = (other, d) }
        }
        seeds[k] = best
      }
    }
    // What lies behind in one sweep lies ahead in the other.
    sweep(true)
    sweep(false)
    nearest = seeds
  }

  /// A point of the surface about as near to `p` as any.
  @inline(__always)
  func nearest(to p: SIMD3<Float>) -> SIMD3<Float> { nearest[Self.index(of: p, low, cell, size)] }

  @inline(__always)
  private static func index(of p: SIMD3<Float>, _ low: SIMD3<Float>, _ cell: Float, _ size: SIMD3<Int>) -> Int {
    let q = (p - low) / cell
    let x = Int(held(q.x, 0, Float(size.x - 1)))
    let y = Int(held(q.y, 0, Float(size.y - 1)))
    let z = Int(held(q.z, 0, Float(size.z - 1)))
    return x + size.x * (y + size.y * z)
  }
}
