// The points of cellular noise (Worley. A cellular texture basis function. 1996) around one cell: one point at a hashed
// place in each of the 27 cells, and the two of them that lie nearest to a place.

import Arithmetic
import CLanes

/// The points in a cell and its neighbours.
struct CellNeighbours {
  /// A point and how far it is from the place asked about.
  struct Neighbour {
    var point: SIMD3<Float>
    var distance: Float
  }

  /// Cell and pattern that these are of.
  var key: SIMD4<Int32>
  // Eight points at a time; those beyond 27 lie far away.
  private var x = InlineArray<4, SIMD8<Float>>(repeating: .zero)
  private var y = InlineArray<4, SIMD8<Float>>(repeating: .zero)
  private var z = InlineArray<4, SIMD8<Float>>(repeating: .zero)

  init(_ cell: SIMD3<Int32>, seed: UInt32) {
    key = SIMD4(cell, Int32(bitPattern: seed))
    // Neighbours in order, x running fastest, then y.
    set(
      0, cell, seed, SIMD8(-1, 0, 1, -1, 0, 1, -1, 0), SIMD8(-1, -1, -1, 0, 0, 0, 1, 1), SIMD8(repeating: -1))
    set(
      1, cell, seed, SIMD8(1, -1, 0, 1, -1, 0, 1, -1), SIMD8(1, -1, -1, -1, 0, 0, 0, 1), SIMD8(-1, 0, 0, 0, 0, 0, 0, 0))
    set(
      2, cell, seed, SIMD8(0, 1, -1, 0, 1, -1, 0, 1), SIMD8(1, 1, -1, -1, -1, 0, 0, 0), SIMD8(0, 0, 1, 1, 1, 1, 1, 1))
    set(
      3, cell, seed, SIMD8(-1, 0, 1, 0, 0, 0, 0, 0), SIMD8(repeating: 1), SIMD8(repeating: 1))
    x[3] += SIMD8(0, 0, 0, 1e9, 1e9, 1e9, 1e9, 1e9)
  }

  /// Places the points of eight cells, given by their steps from `cell`.
  @inline(__always)
  private mutating func set(
    _ group: Int, _ cell: SIMD3<Int32>, _ seed: UInt32, _ i: SIMD8<Int32>, _ j: SIMD8<Int32>, _ k: SIMD8<Int32>
  ) {
    // Lattice indices are multiples of the cell's: a step adds one multiple.
    let h = mixedLattice(
      ((latticeX(1) &* bits(i) &+ latticeX(cell.x)) ^ (latticeY(1) &* bits(j) &+ latticeY(cell.y))
        ^ (latticeZ(1) &* bits(k) &+ latticeZ(cell.z))) &+ seed)
    x[group] = SIMD8<Float>(i &+ cell.x) + share(h, 0)
    y[group] = SIMD8<Float>(j &+ cell.y) + share(h, 10)
    z[group] = SIMD8<Float>(k &+ cell.z) + share(h, 20)
  }

  /// Ten bits as a share of one.
  @inline(__always)
  private func share(_ h: SIMD8<UInt32>, _ shift: UInt32) -> SIMD8<Float> {
    SIMD8<Float>(unsafeBitCast((h &>> shift) & 1023, to: SIMD8<Int32>.self)) * 0x1p-10
  }

  @inline(__always)
  private func bits(_ v: SIMD8<Int32>) -> SIMD8<UInt32> { unsafeBitCast(v, to: SIMD8<UInt32>.self) }

  /// The nearest point to `p` and the second nearest, with their distances.
  @inline(__always)
  func nearestTwo(_ p: SIMD3<Float>) -> (first: Neighbour, second: Neighbour) {
    // Squared distances with the point's number in their last five bits; of two that differ by less the lower number wins.
    let a = numbered(0, p)
    let b = numbered(1, p)
    let c = numbered(2, p)
    let d = numbered(3, p)
    let (ab, cd) = (twoLeast(a, b), twoLeast(c, d))
    let least = lane_min8(ab.0, cd.0)
    let next = lane_min8(lane_max8(ab.0, cd.0), lane_min8(ab.1, cd.1))
    let least4 = lane_min4(least.lowHalf, least.highHalf)
    let next4 = lane_min4(
      lane_max4(least.lowHalf, least.highHalf), lane_min4(next.lowHalf, next.highHalf))
    var (first, second) = (least4.x, Float.infinity)
    for lane in 1..<4 {
      let value = least4[lane]
      second = min(second, max(first, value))
      first = min(first, value)
    }
    second = min(second, min(min(next4.x, next4.y), min(next4.z, next4.w)))
    // Five bits, whatever they are of: one of the 32 places.
    let near = point(Int(first.bitPattern & 31))
    let far = point(Int(second.bitPattern & 31))
    return (
      Neighbour(point: near, distance: lane_sqrt1(dot(near - p, near - p))),
      Neighbour(point: far, distance: lane_sqrt1(dot(far - p, far - p)))
    )
  }

  @inline(__always)
  private func numbered(_ k: Int, _ p: SIMD3<Float>) -> SIMD8<Float> {
    let (dx, dy, dz) = (x[k] - p.x, y[k] - p.y, z[k] - p.z)
    let squared = unsafeBitCast(dx * dx + dy * dy + dz * dz, to: SIMD8<UInt32>.self)
    let numbers = SIMD8<UInt32>(0, 1, 2, 3, 4, 5, 6, 7) &+ UInt32(8 * k)
    return unsafeBitCast((squared & ~31) | numbers, to: SIMD8<Float>.self)
  }

  @inline(__always)
  private func twoLeast(_ a: SIMD8<Float>, _ b: SIMD8<Float>) -> (SIMD8<Float>, SIMD8<Float>) {
    (lane_min8(a, b), lane_max8(a, b))
  }

  @inline(__always)
  private func point(_ n: Int) -> SIMD3<Float> { SIMD3(x[n >> 3][n & 7], y[n >> 3][n & 7], z[n >> 3][n & 7]) }
}
