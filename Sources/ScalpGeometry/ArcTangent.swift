// Four-quadrant arc tangent in additions, products and one division, so that every machine gives the same bits.
// Range reduction and polynomial after Stephen L. Moshier. Cephes Math Library, atanf. 1989-2000.
// Largest error about 2e-7 rad, which is 0.00002 mm on a head.

/// Angle of the vector (x, y) from the x axis, in (-π, π]; 0 for the zero vector.
func arcTangent(_ y: Float, _ x: Float) -> Float {
  let ax = abs(x)
  let ay = abs(y)
  let high = max(ax, ay)
  if high == 0 { return 0 }
  let ratio = min(ax, ay) / high
  // Reduce to |r| <= tan(π/8)
  let far = ratio > 0.414_213_57
  let r = far ? (ratio - 1) / (ratio + 1) : ratio
  let z = r * r
  let series = ((8.053_744_5e-2 * z - 1.387_768_6e-1) * z + 1.997_771_1e-1) * z - 3.333_294_9e-1
  var angle = series * z * r + r
  if far { angle += 0.785_398_16 }
  // Unfold the octant
  if ay > ax { angle = 1.570_796_4 - angle }
  if x < 0 { angle = 3.141_592_7 - angle }
  return y < 0 ? -angle : angle
}
