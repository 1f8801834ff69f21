// Elementary functions in single precision, for wherever a result decides a pixel or a point.
//
// The C library is not used for that: it picks its code by processor (with and without fused multiply-add) and changes
// it between versions, so that last bits differ from machine to machine. What is here uses additions, multiplications,
// divisions and operations on bits only, which IEEE 754 fixes to the last bit and Swift never fuses. The names differ
// from the C library's, so that neither stands in for the other unseen.
//
// Errors are in units in the last place (ulp) of the value; those of exponential and logarithm were measured over all
// arguments there are.
// In double precision: Elementary+Double.swift.

/// eˣ within 1 ulp for x from -87 to 88, nowhere falling. Saturates: 1.6e-38 below -87, 1.7e38 above 88. NaN for NaN.
///
/// Without branches, for loops that vectorise.
/// Reduction and polynomial after Stephen L. Moshier. Cephes Math Library, expf. 1989.
@inlinable @inline(__always)
package func exponential(_ v: Float) -> Float {
  let x: Float = v < -87 ? -87 : (v > 88 ? 88 : v)
  let shifted = x * 1.442_695_04 + 12_582_912  // adding 1.5 * 2^23 rounds to an integer, kept in the low bits
  let n = shifted - 12_582_912
  // ln 2 in two parts: n times the first is exact.
  let r = x - n * 0.693_359_375 + n * 2.121_944_40e-4
  var p: Float = 1.987_569_15e-4
  p = p * r + 1.398_199_95e-3
  p = p * r + 8.333_451_91e-3
  p = p * r + 4.166_579_59e-2
  p = p * r + 1.666_666_55e-1
  p = p * r + 5.000_000_12e-1
  p = p * r * r + r + 1
  return p * Float(bitPattern: (shifted.bitPattern &- 0x4B40_0000 &+ 127) &<< 23)
}

/// The natural logarithm within 2.9 ulp. -∞ for 0, NaN below 0 and for NaN, ∞ for ∞.
@inlinable @inline(__always)
package func logarithm(_ x: Float) -> Float {
  // Positive and normal, in one comparison of bits.
  x.bitPattern &- 0x0080_0000 < 0x7F00_0000 ? logarithmOfNormal(x) : logarithmOfOther(x)
}

/// `base` to the power `exponent`, within 1 + 3.5 |exponent ln base| ulp; 0 for a base of 1e-30 or less and for NaN.
/// Saturates as the exponential does.
///
/// Without branches, for loops that vectorise.
@inlinable @inline(__always)
package func power(_ base: Float, _ exponent: Float) -> Float {
  base > 1e-30 ? exponential(exponent * logarithmOfNormal(base)) : 0
}

/// Angle of the vector (x, y) from the x axis, in (-π, π], within 3.5 ulp; 0 for the zero vector. Whether a zero is
/// negative makes no difference.
///
/// Reduction and polynomial after Stephen L. Moshier. Cephes Math Library, atanf. 1989.
@inlinable @inline(__always)
package func arcTangent(_ y: Float, _ x: Float) -> Float {
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

/// The natural logarithm of a positive normal number.
@inlinable @inline(__always)
func logarithmOfNormal(_ x: Float) -> Float {
  // x = 2^e m with m in [0.707, 1.414); log m = 2 artanh s, by its series.
  let bits = x.bitPattern &+ (0x3F80_0000 - 0x3F35_04F3)
  let e = Float(Int32(bits >> 23) - 127)
  let m = Float(bitPattern: (bits & 0x007F_FFFF) &+ 0x3F35_04F3)
  let s = (m - 1) / (m + 1)
  let q = s * s
  var p: Float = 0.222_222_22
  p = p * q + 0.285_714_3
  p = p * q + 0.4
  p = p * q + 0.666_666_7
  p = p * q + 2
  return e * 0.693_359_375 - e * 2.121_944_40e-4 + p * s
}

@usableFromInline
func logarithmOfOther(_ x: Float) -> Float {
  if x > 0 { return x < .infinity ? logarithmOfNormal(x * 0x1p24) - 16.635_532 : x }
  return x == 0 ? -.infinity : .nan
}
