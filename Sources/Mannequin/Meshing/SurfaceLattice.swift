// The lattice on which the head is meshed: bricks of 4 x 4 x 4 cells in three sizes, arranged as an octree of
// depth three, over the left half of the head (x >= 0; the right half is its mirror image).
//
//   level 0: neck and base       cell 4 units    brick 16 units
//   level 1: scalp and face      cell 2 units    brick  8 units
//   level 2: ears, eyes, mouth   cell 1 unit     brick  4 units = one "slot"

/// Where bricks of which size lie.
struct SurfaceLattice: Sendable {
  /// Cells along an edge of a brick.
  static let cells = 4
  /// Side of the finest cell, mm.
  let unit: Float
  /// Low corner, mm; x is 0.
  let origin: SIMD3<Float>
  /// Slots along x, y and z, multiples of 4.
  let slots: SIMD3<Int>
  /// Level of the brick that covers each slot.
  let levels: [UInt8]

  /// - Parameters:
  ///   - box: what must be covered; its low y becomes the middle of the lowest cells.
  ///   - level: the level wanted somewhere in a box, 0 to 2.
  init(unit: Float, box: FieldBox, level: (FieldBox) -> Int) {
    self.unit = unit
    let coarse = 16 * unit
    origin = SIMD3(0, box.low.y - 2 * unit, box.low.z)
    let high = box.high
    let extent = high - origin
    let n = SIMD3(
      Int((extent.x / coarse).rounded(.up)), Int((extent.y / coarse).rounded(.up)),
      Int((extent.z / coarse).rounded(.up)))
    slots = n &* 4
    var levels = [UInt8](repeating: 0, count: slots.x * slots.y * slots.z)
    let start = origin
    func cell(_ low: SIMD3<Int>, _ side: Int) -> FieldBox {
      let corner = start + SIMD3(Float(low.x), Float(low.y), Float(low.z)) * (4 * unit)
      return FieldBox(low: corner, high: corner + 4 * unit * Float(side))
    }
    for z in 0..<n.z {
      for y in 0..<n.y {
        for x in 0..<n.x {
          let low = SIMD3(x, y, z) &* 4
          if level(cell(low, 4)) == 0 { continue }
          for half in 0..<8 {
            let child = low &+ SIMD3(half & 1, half >> 1 & 1, half >> 2) &* 2
            let fine: UInt8 = level(cell(child, 2)) == 2 ? 2 : 1
            for k in 0..<8 {
              let slot = child &+ SIMD3(k & 1, k >> 1 & 1, k >> 2)
              levels[(slot.z * n.y * 4 + slot.y) * n.x * 4 + slot.x] = fine
            }
          }
        }
      }
    }
    self.levels = levels
  }

  @inline(__always)
  func index(_ x: Int, _ y: Int, _ z: Int) -> Int { (z * slots.y + y) * slots.x + x }

  /// Units per cell of a level.
  @inline(__always)
  static func cellUnits(_ level: Int) -> Int { 4 >> level }

  /// The slot of the low corner of the brick that covers a slot.
  @inline(__always)
  func brickSlot(_ x: Int, _ y: Int, _ z: Int) -> Int {
    let mask = ~((4 >> Int(levels[index(x, y, z)])) - 1)
    return index(x & mask, y & mask, z & mask)
  }

  /// Coordinates of a slot.
  func coordinates(_ slot: Int) -> SIMD3<Int> {
    SIMD3(slot % slots.x, slot / slots.x % slots.y, slot / (slots.x * slots.y))
  }

  /// Position of a lattice point given in units.
  @inline(__always)
  func position(_ x: Int, _ y: Int, _ z: Int) -> SIMD3<Float> {
    SIMD3(origin.x + Float(x) * unit, origin.y + Float(y) * unit, origin.z + Float(z) * unit)
  }
}
