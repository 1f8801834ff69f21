// Elementary functions for kernels: polynomials, so that they vectorise and give the same bits on every machine.

import Arithmetic
import CLanes

/// e^v within 2 units in the last place for |v| < 87; saturates beyond (Cephes' coefficients).
@inline(__always)
func fastExp(_ v: Float) -> Float {
  let x = v < -87 ? -87 : (v > 87 ? 87 : v)
  let z = x * 1.44269504 + 12_582_912  // adding 1.5 * 2^23 rounds to an integer, kept in the low bits
  let n = z - 12_582_912
  var r = x - n * 0.693359375
  r = r + n * 2.12194440e-4
  var p: Float = 1.9875691500e-4
  p = p * r + 1.3981999507e-3
  p = p * r + 8.3334519073e-3
  p = p * r + 4.1665795894e-2
  p = p * r + 1.6666665459e-1
  p = p * r + 5.0000001201e-1
  p = p * r * r + r + 1
  return p * Float(bitPattern: (z.bitPattern &- 0x4B40_0000 &+ 127) &<< 23)
}

/// Largest integer not above `v`; held to what fits, and the lowest for what is no number: scraps of a scan may lie far
/// out, and no place may end the program.
@inline(__always)
func floorInt(_ v: Float) -> Int32 {
  let inRange = held(v, -0x1p31, 0x1.fffffep30)
  // Without the checks of Swift's own conversion: there is nothing left to check.
  let t = lane_int1(inRange)
  return Float(t) > inRange ? t &- 1 : t
}

/// 1 - (1 - x)^5 and relatives need whole powers only.
@inline(__always)
func power5(_ x: Float) -> Float {
  let x2 = x * x
  return x2 * x2 * x
}

/// log(x) for x above 0, by series and exponent, accurate to 1e-6.
@inline(__always)
func naturalLog(_ y: Float) -> Float {
  // y = m 2^e with m in [0.7, 1.42)
  var e = Int32(bitPattern: y.bitPattern >> 23) &- 127
  var m = Float(bitPattern: (y.bitPattern & 0x7F_FFFF) | 0x3F80_0000)
  if m > 1.41421356 {
    m *= 0.5
    e += 1
  }
  let t = (m - 1) / (m + 1)
  let t2 = t * t
  return Float(e) * 0.69314718 + 2 * t * (1 + t2 * (0.33333333 + t2 * (0.2 + t2 * (0.14285714 + t2 * 0.11111111))))
}
