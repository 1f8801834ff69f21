// Smooth noise in three dimensions: random values on the integer lattice, blended by cubics (value noise; Perlin's
// lattice construction, 1985, with values instead of gradients). A hash of the lattice point gives the value, so that
// there is no table and no seam. Pixels beside each other mostly lie in the same cell of the lattice: `NoiseMemo` keeps
// the corners of the last one.

/// Noise in -1...1 with features about one unit wide; `seed` picks the pattern.
@inline(__always)
func valueNoise(_ p: SIMD3<Float>, seed: UInt32, memo: NoiseMemo? = nil) -> Float {
  let cell = SIMD3(floorInt(p.x), floorInt(p.y), floorInt(p.z))
  let u = eased(p, cell)
  let corners: ValueCorners
  if let memo {
    let slot = memo.values + Int(seed % UInt32(NoiseMemo.slots))
    if slot.pointee.key != SIMD4(cell, Int32(bitPattern: seed)) {
      slot.pointee.key = SIMD4(cell, Int32(bitPattern: seed))
      slot.pointee.corners = ValueCorners(cell, seed: seed)
    }
    corners = slot.pointee.corners
  } else {
    corners = ValueCorners(cell, seed: seed)
  }
  return corners.blended(u)
}

/// Three noises in -1...1 at once, from one hash per lattice point: for directions and displacements.
@inline(__always)
func valueNoise3(_ p: SIMD3<Float>, seed: UInt32, memo: NoiseMemo? = nil) -> SIMD3<Float> {
  let cell = SIMD3(floorInt(p.x), floorInt(p.y), floorInt(p.z))
  let u = eased(p, cell)
  guard let memo else { return VectorCorners(cell, seed: seed).blended(u) }
  let slot = memo.vectors + Int(seed % UInt32(NoiseMemo.slots))
  if slot.pointee.key != SIMD4(cell, Int32(bitPattern: seed)) {
    slot.pointee.key = SIMD4(cell, Int32(bitPattern: seed))
    slot.pointee.corners = VectorCorners(cell, seed: seed)
  }
  return slot.pointee.corners.blended(u)
}

/// How far a point is into its cell, smoothed.
@inline(__always)
private func eased(_ p: SIMD3<Float>, _ cell: SIMD3<Int32>) -> SIMD3<Float> {
  let f = SIMD3(p.x - Float(cell.x), p.y - Float(cell.y), p.z - Float(cell.z))
  return f * f * (SIMD3(repeating: 3) - f * 2)
}

/// Hashes of a cell's eight corners: x runs fastest, then y.
@inline(__always)
private func cornerHashes(_ cell: SIMD3<Int32>, seed: UInt32) -> SIMD8<UInt32> {
  let (x0, x1) = (latticeX(cell.x), latticeX(cell.x &+ 1))
  let (y0, y1) = (latticeY(cell.y), latticeY(cell.y &+ 1))
  let (z0, z1) = (latticeZ(cell.z) &+ seed, latticeZ(cell.z &+ 1) &+ seed)
  return mixedLattice(
    SIMD8(x0, x1, x0, x1, x0, x1, x0, x1) ^ SIMD8(y0, y0, y1, y1, y0, y0, y1, y1)
      ^ SIMD8(z0, z0, z0, z0, z1, z1, z1, z1))
}

@inline(__always)
func latticeX(_ i: Int32) -> UInt32 { UInt32(bitPattern: i) &* 0x8DA6_B343 }
@inline(__always)
func latticeY(_ i: Int32) -> UInt32 { UInt32(bitPattern: i) &* 0xD816_3841 }
@inline(__always)
func latticeZ(_ i: Int32) -> UInt32 { UInt32(bitPattern: i) &* 0xCB1A_B31F }

/// Hashes of combined lattice indices.
@inline(__always)
func mixedLattice(_ h: SIMD8<UInt32>) -> SIMD8<UInt32> {
  var x = h
  x = (x ^ (x &>> 15)) &* 0x2C1B_3C6D
  x = (x ^ (x &>> 12)) &* 0x297A_2D39
  return x ^ (x &>> 15)
}

/// Values at the corners of a cell.
private struct ValueCorners {
  /// At the lower x of each edge along x, and how much greater it is at the other end.
  var low: SIMD4<Float>
  var rise: SIMD4<Float>

  @inline(__always)
  init(_ cell: SIMD3<Int32>, seed: UInt32) {
    let values =
      SIMD8<Float>(unsafeBitCast(cornerHashes(cell, seed: seed), to: SIMD8<Int32>.self)) * 0x1p-31
    low = values.evenHalf
    rise = values.oddHalf - low
  }

  @inline(__always)
  func blended(_ u: SIMD3<Float>) -> Float {
    let x = low + rise * u.x
    let y = x.evenHalf + (x.oddHalf - x.evenHalf) * u.y
    return y.x + (y.y - y.x) * u.z
  }
}

/// Three values in -1...1 at each corner of a cell, ten bits each.
private struct VectorCorners {
  var a: SIMD3<Float>
  var b: SIMD3<Float>
  var c: SIMD3<Float>
  var d: SIMD3<Float>
  var riseA: SIMD3<Float>
  var riseB: SIMD3<Float>
  var riseC: SIMD3<Float>
  var riseD: SIMD3<Float>

  @inline(__always)
  init(_ cell: SIMD3<Int32>, seed: UInt32) {
    let hashes = cornerHashes(cell, seed: seed)
    @inline(__always)
    func values(_ shift: UInt32) -> SIMD8<Float> {
      SIMD8<Float>(unsafeBitCast((hashes &>> shift) & 1023, to: SIMD8<Int32>.self)) * (1 / 511.5) - 1
    }
    let (x, y, z) = (values(0), values(10), values(20))
    @inline(__always)
    func corner(_ i: Int) -> SIMD3<Float> { SIMD3(x[i], y[i], z[i]) }
    (a, b, c, d) = (corner(0), corner(2), corner(4), corner(6))
    (riseA, riseB, riseC, riseD) = (corner(1) - a, corner(3) - b, corner(5) - c, corner(7) - d)
  }

  @inline(__always)
  func blended(_ u: SIMD3<Float>) -> SIMD3<Float> {
    let (p, q, r, s) = (a + riseA * u.x, b + riseB * u.x, c + riseC * u.x, d + riseD * u.x)
    let (low, high) = (p + (q - p) * u.y, r + (s - r) * u.y)
    return low + (high - low) * u.z
  }
}

/// The cell last asked for of each pattern: for one thread that goes along rows of pixels. Changes no value. A view is
/// shaded without one or, tile by tile, with one of the tile's own: that makes it safe to send.
struct NoiseMemo: @unchecked Sendable {
  /// Patterns whose seeds differ by less than this do not displace each other.
  static let slots = 64
  static let cellSlots = 8

  fileprivate struct Value {
    var key = SIMD4<Int32>.zero
    var corners = ValueCorners(.zero, seed: 0)
  }
  fileprivate struct Vector {
    var key = SIMD4<Int32>.zero
    var corners = VectorCorners(.zero, seed: 0)
  }
  fileprivate let values: UnsafeMutablePointer<Value>
  fileprivate let vectors: UnsafeMutablePointer<Vector>
  let cells: UnsafeMutablePointer<CellNeighbours>

  /// Calls `body` with an empty memo.
  static func with(_ body: (NoiseMemo) -> Void) {
    withUnsafeTemporaryAllocation(of: Value.self, capacity: slots) { values in
      withUnsafeTemporaryAllocation(of: Vector.self, capacity: slots) { vectors in
        withUnsafeTemporaryAllocation(of: CellNeighbours.self, capacity: cellSlots) { cells in
          // Keys and corners of these fit together: the cell at the origin of pattern 0.
          values.initialize(repeating: Value())
          vectors.initialize(repeating: Vector())
          cells.initialize(repeating: CellNeighbours(.zero, seed: 0))
          guard let v = values.baseAddress, let w = vectors.baseAddress, let c = cells.baseAddress else { return }
          body(NoiseMemo(values: v, vectors: w, cells: c))
        }
      }
    }
  }
}
