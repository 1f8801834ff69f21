// The fine pattern of skin: fields of a third to one millimetre with furrows between (glyphic pattern; on a scalp
// shallow and irregular), as cellular noise (Worley. A cellular texture basis function. 1996) on warped coordinates, in
// two sizes. Furrows differ in depth and many run out, as in skin; only close-ups resolve them.

import Arithmetic

/// Furrows near a point.
struct SkinFurrow {
  /// Direction across the nearest furrow, unit.
  var across: SIMD3<Float>
  /// 1 in the middle of a deep furrow, 0 on a field.
  var depth: Float
  /// How much of its slopes a pixel sees before they cancel, 0 to 1.
  var sharpness: Float
}

/// Mean depth of the pattern, measured, for the same arguments.
@inline(__always)
func meanFurrow(pixel: Float, fine: Float) -> Float {
  let squared = min(pixel, 0.3) * min(pixel, 0.3)
  return 0.249 - 0.85 * squared + 0.085 * fine * max(0, 1 - 15.5 * squared)
}

/// The furrow pattern at `p` mm.
///
/// - Parameters:
///   - pixel: width of a pixel, mm: narrower furrows are drawn as wide, and as much shallower.
///   - fine: how much of the smaller pattern to show, 0 to 1.
@inline(__always)
func skinRelief(_ p: SIMD3<Float>, pixel: Float, fine share: Float, seed: UInt32, memo: NoiseMemo? = nil)
  -> SkinFurrow
{
  // Fields are stretched here and there, and their borders wander.
  let slow = valueNoise3(p * 0.33, seed: seed &+ 20, memo: memo)
  let warp = slow * 0.8 + valueNoise3(p * 1.7, seed: seed &+ 23, memo: memo) * 0.18
  let large = skinFurrow((p + warp) * 1.35, width: 0.22 + 0.10 * slow.x, least: pixel * 2, seed: seed, memo: memo)
  // Where furrows run out
  let deep = smoothstep(-0.75, 0.3, valueNoise(p * 0.9, seed: seed &+ 30, memo: memo))
  let a = large.depth * deep
  if share <= 0 { return SkinFurrow(across: large.across, depth: a, sharpness: large.sharpness) }
  let small = skinFurrow((p - warp) * 2.9, width: 0.34, least: pixel * 4.4, seed: seed &+ 40, memo: memo)
  let fine = share * 0.7 * smoothstep(-0.4, 0.6, valueNoise(p * 1.3, seed: seed &+ 31, memo: memo))
  let b = small.depth * fine
  return a > b
    ? SkinFurrow(across: large.across, depth: a, sharpness: large.sharpness)
    : SkinFurrow(across: small.across, depth: b, sharpness: small.sharpness)
}

/// A pore near a point.
struct SkinPore {
  /// 1 in its middle, averaged over a pixel.
  var depth: Float
  /// From its middle to the point, mm.
  var across: SIMD3<Float>
  /// One deviation of its width, mm.
  var sigma: Float
}

/// The pore near `p` mm, if any: one or two to the mm², 0.1 to 0.2 mm wide. In most cells of a lattice on warped
/// coordinates there is a place for one, so far from the cell's faces that no other cell matters; a pore shows where the
/// skin runs through it.
@inline(__always)
func skinPore(_ p: SIMD3<Float>, pixel: Float, seed: UInt32, memo: NoiseMemo? = nil) -> SkinPore? {
  let cell: Float = 0.64
  let q = (p + valueNoise3(p * 0.45, seed: seed &+ 1, memo: memo) * 0.9) * (1 / cell)
  let x = floorInt(q.x)
  let y = floorInt(q.y)
  let z = floorInt(q.z)
  var h =
    (UInt32(bitPattern: x) &* 0x8DA6_B343) ^ (UInt32(bitPattern: y) &* 0xD816_3841)
    ^ (UInt32(bitPattern: z) &* 0xCB1A_B31F) &+ seed
  h = (h ^ (h >> 15)) &* 0x2C1B_3C6D
  h = (h ^ (h >> 12)) &* 0x297A_2D39
  h ^= h >> 15
  // Two cells in five are empty.
  let rank = Float(h >> 27) * (1 / 31 as Float)
  if rank < 0.4 { return nil }
  // From 0.25 to 0.75 of the cell
  let scale: Float = 0.5 / 511
  let middle =
    SIMD3(Float(x), Float(y), Float(z)) + 0.25
    + SIMD3(Float(h & 511), Float((h >> 9) & 511), Float((h >> 18) & 511)) * scale
  let across = (q - middle) * cell
  let own = 0.03 + 0.065 * rank
  // As wide as a pixel at least, and as much shallower
  let variance = own * own + 0.08 * min(pixel, 0.3) * min(pixel, 0.3)
  let squared = dot(across, across)
  if squared > 5 * variance { return nil }
  let sigma = variance.squareRoot()
  // The skin cuts more of the wider ones: what they hide in all stays the same.
  let kept = own / sigma
  return SkinPore(
    depth: kept * kept * kept * exponential(-0.5 * squared / variance), across: across, sigma: sigma)
}

/// Furrows between the cells of a pattern at `p`, given in cells.
///
/// - Parameters:
///   - width: of a furrow, in cells.
///   - least: width below which it is drawn wider and shallower, in cells.
@inline(__always)
private func skinFurrow(_ p: SIMD3<Float>, width: Float, least: Float, seed: UInt32, memo: NoiseMemo?)
  -> SkinFurrow
{
  let cell = SIMD3(floorInt(p.x), floorInt(p.y), floorInt(p.z))
  let (near, far): (CellNeighbours.Neighbour, CellNeighbours.Neighbour)
  if let memo {
    let slot = memo.cells + Int(seed / 8 % UInt32(NoiseMemo.cellSlots))
    if slot.pointee.key != SIMD4(cell, Int32(bitPattern: seed)) {
      slot.pointee = CellNeighbours(cell, seed: seed)
    }
    (near, far) = slot.pointee.nearestTwo(p)
  } else {
    (near, far) = CellNeighbours(cell, seed: seed).nearestTwo(p)
  }
  let gap = far.distance - near.distance
  let shown = max(width, least)
  let sharpness = width / shown
  return SkinFurrow(
    across: normalized(far.point - near.point), depth: (1 - smoothstep(0, shown, gap)) * sharpness, sharpness: sharpness
  )
}
