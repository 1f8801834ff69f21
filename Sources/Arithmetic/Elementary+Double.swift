// Elementary functions in double precision. Why they exist: see Elementary.swift.
//
// Reductions and polynomials after fdlibm. Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed
// at SunPro, a Sun Microsystems, Inc. business. Permission to use, copy, modify, and distribute this software is freely
// granted, provided that this notice is preserved.
// Differs in: no tests of words of bits; the logarithm is kept in two parts, of which the power is made.

/// eˣ within 1 ulp. ∞ above 709.79, gradually 0 below -708.4, 0 from -745.14 on; NaN for NaN.
package func exponential(_ x: Double) -> Double { exponential(x, plus: 0) }

/// The natural logarithm within 1 ulp. -∞ for 0, NaN below 0 and for NaN, ∞ for ∞.
package func logarithm(_ x: Double) -> Double {
  guard x > 0, x < .infinity else { return x < 0 ? .nan : x == 0 ? -.infinity : x }
  let (k, f) = powerOfTwoAndRest(x)
  let s = f / (2 + f)
  let z = s * s
  let half = 0.5 * f * f
  let p = logarithmSeries(z) * z + 0x1.5555555555593p-1
  return k * 0x1.62e42feep-1 - ((half - (s * (half + z * p) + k * 0x1.a39ef35793c76p-33)) - f)
}

/// `base` to the power `exponent`, within 2 ulp where the value lies between 1e-50 and 1e50, within 9 ulp elsewhere.
///
/// NaN for a base below 0. 1 where the exponent is 0 or the base 1, whatever the other is.
package func power(_ base: Double, _ exponent: Double) -> Double {
  if exponent == 0 || base == 1 { return 1 }
  guard base > 0, base < .infinity else { return exponential(exponent * logarithm(base)) }
  let log = logarithmInParts(base)
  let high = exponent * log.high
  guard abs(high) < 800 else { return exponential(high) }
  return exponential(high, plus: productError(exponent, log.high, high) + exponent * log.low)
}

/// sin x within 1 ulp for |x| up to 1e6 radians; NaN beyond.
package func sine(_ x: Double) -> Double {
  let (quarter, high, low) = quarterTurns(x)
  let value = quarter & 1 == 0 ? sineOfSmall(high, low) : cosineOfSmall(high, low)
  return quarter & 2 == 0 ? value : -value
}

/// cos x within 1 ulp for |x| up to 1e6 radians; NaN beyond.
package func cosine(_ x: Double) -> Double {
  let (quarter, high, low) = quarterTurns(x)
  let value = quarter & 1 == 0 ? cosineOfSmall(high, low) : sineOfSmall(high, low)
  return (quarter &+ 1) & 2 == 0 ? value : -value
}

/// Angle of the vector (x, y) from the x axis, in (-π, π], within 1.5 ulp; 0 for the zero vector. Whether a zero is
/// negative makes no difference. The larger coordinate must lie between 1e-300 and 1e300.
package func arcTangent(_ y: Double, _ x: Double) -> Double {
  let ax = abs(x)
  let ay = abs(y)
  let high = max(ax, ay)
  if high == 0 { return 0 }
  let low = min(ax, ay)
  // The angle from the nearer axis is that of (far, near) and `base`, in two parts.
  var (near, far, base, rest) = (low, high, 0.0, 0.0)
  if low > 0.6875 * high {
    (near, far, base, rest) = (low - high, low + high, 0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55)
  } else if low > 0.4375 * high {
    (near, far, base, rest) = (2 * low - high, 2 * high + low, 0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56)
  }
  let t = near / far
  let z = t * t
  var p = 0x1.0ad3ae322da11p-6
  p = p * z - 0x1.2b4442c6a6c2fp-5
  p = p * z + 0x1.97b4b24760debp-5
  p = p * z - 0x1.dde2d52defd9ap-5
  p = p * z + 0x1.10d66a0d03d51p-4
  p = p * z - 0x1.3b0f2af749a6dp-4
  p = p * z + 0x1.745cdc54c206ep-4
  p = p * z - 0x1.c71c6fe231671p-4
  p = p * z + 0x1.24924920083ffp-3
  p = p * z - 0x1.999999998ebc4p-3
  p = p * z + 0x1.555555555550dp-2
  var angle = base - ((t * (z * p) - rest) - t)
  // Unfold the octant; π/2 and π in two parts.
  if ay > ax { angle = 0x1.921fb54442d18p0 - (angle - 0x1.1a62633145c07p-54) }
  if x < 0 { angle = 0x1.921fb54442d18p1 - (angle - 0x1.1a62633145c07p-53) }
  return y < 0 ? -angle : angle
}

/// e to the power `high` + `low`, where `low` is a rounding error of `high`.
@inline(__always)
private func exponential(_ high: Double, plus low: Double) -> Double {
  guard abs(high) < 708 else { return exponentialAtAnEnd(high, plus: low) }
  let (value, exponent) = reducedExponential(high, plus: low)
  return value * powerOfTwo(exponent)
}

@inline(never)
private func exponentialAtAnEnd(_ high: Double, plus low: Double) -> Double {
  let (value, exponent) = reducedExponential(high < -800 ? -800 : (high > 800 ? 800 : high), plus: low)
  // In two steps, so that values below the normal range are rounded once.
  let half = exponent >> 1
  return value * powerOfTwo(half) * powerOfTwo(exponent &- half)
}

/// A value near 1 and the power of two that it is to be multiplied with.
@inline(__always)
private func reducedExponential(_ x: Double, plus low: Double) -> (value: Double, exponent: Int64) {
  let shifted = x * 0x1.71547652b82fep0 + 0x1.8p52  // rounds to an integer, kept in the low bits
  let n = shifted - 0x1.8p52
  // ln 2 in two parts: n times the first is exact.
  let top = x - n * 0x1.62e42feep-1
  let rest = n * 0x1.a39ef35793c76p-33 - low
  let r = top - rest
  let z = r * r
  var p = 0x1.6376972bea4dp-25
  p = p * z - 0x1.bbd41c5d26bf1p-20
  p = p * z + 0x1.1566aaf25de2cp-14
  p = p * z - 0x1.6c16c16bebd93p-9
  p = p * z + 0x1.555555555553ep-3
  let c = r - z * p
  let value = 1 - ((rest - r * c / (2 - c)) - top)
  return (value, Int64(bitPattern: shifted.bitPattern &- (0x1.8p52).bitPattern))
}

@inline(__always)
private func powerOfTwo(_ n: Int64) -> Double { Double(bitPattern: UInt64(bitPattern: (n &+ 1023) &<< 52)) }

/// k and f of x = 2^k m with m in [0.707, 1.414) and f = m - 1.
@inline(__always)
private func powerOfTwoAndRest(_ x: Double) -> (k: Double, f: Double) {
  let isNormal = x >= .leastNormalMagnitude
  let bits = (isNormal ? x : x * 0x1p54).bitPattern
  let e = Int64(bitPattern: bits &- 0x3FE6_A09E_667F_3BCD) >> 52
  return (Double(isNormal ? e : e - 54), Double(bitPattern: bits &- UInt64(bitPattern: e &<< 52)) - 1)
}

/// The terms of 2 artanh s from s⁵ on, without that factor, for z = s².
@inline(__always)
private func logarithmSeries(_ z: Double) -> Double {
  var p = 0x1.2f112df3e5244p-3
  p = p * z + 0x1.39a09d078c69fp-3
  p = p * z + 0x1.7466496cb03dep-3
  p = p * z + 0x1.c71c51d8e78afp-3
  p = p * z + 0x1.2492494229359p-2
  return p * z + 0x1.999999997fa04p-2
}

/// The natural logarithm of a positive finite number, as a rounded sum with its error: together within 2⁻⁵⁹ of the value.
@inline(__always)
private func logarithmInParts(_ x: Double) -> (high: Double, low: Double) {
  // log m = 2 artanh s with s = f / (2 + f)
  let (k, f) = powerOfTwoAndRest(x)
  let d = 2 + f
  let s = f / d
  let product = s * d
  let sLow = (((f - product) - productError(s, d, product)) - s * (f - (d - 2))) / d
  // 2 s + c s³ + s⁵ (…), the first two with their errors.
  let z = s * s
  let zLow = productError(s, s, z) + 2 * s * sLow
  let cube = s * z
  let cubeLow = productError(s, z, cube) + (s * zLow + sLow * z)
  let c = 0x1.5555555555593p-1
  let third = cube * c
  let thirdLow = productError(cube, c, third) + cubeLow * c
  let whole = k * 0x1.62e42feep-1
  let first = whole + 2 * s
  let second = first + third
  let lost = (2 * s - (first - whole)) + (third - (second - first))
  let low = lost + (cube * (z * logarithmSeries(z)) + (k * 0x1.a39ef35793c76p-33 + (2 * sLow + thirdLow)))
  let high = second + low
  return (high, low - (high - second))
}

/// What `product` lacks of a b, after T. J. Dekker. A floating-point technique for extending the available precision.
/// 1971. For |a| and |b| below 1e300.
@inline(__always)
private func productError(_ a: Double, _ b: Double, _ product: Double) -> Double {
  let (p, q) = (a * 134_217_729, b * 134_217_729)
  let (aHigh, bHigh) = (p - (p - a), q - (q - b))
  let (aLow, bLow) = (a - aHigh, b - bHigh)
  return aLow * bLow - (((product - aHigh * bHigh) - aLow * bHigh) - aHigh * bLow)
}

/// The nearest multiple of π/2, and what is left of x in two parts.
@inline(__always)
private func quarterTurns(_ x: Double) -> (quarter: Int64, high: Double, low: Double) {
  guard abs(x) <= 1e6 else { return (0, .nan, .nan) }
  let shifted = x * 0x1.45f306dc9c883p-1 + 0x1.8p52
  let n = shifted - 0x1.8p52
  // π/2 in three parts: n times the first two is exact.
  let a = x - n * 0x1.921fb544p0
  let b = n * 0x1.0b4611a6p-34
  let sum = a - b
  let back = a - sum
  let error = (a - (sum + back)) + (back - b)
  let low = error - n * 0x1.3198a2e037073p-69
  let high = sum + low
  return (Int64(bitPattern: shifted.bitPattern &- (0x1.8p52).bitPattern), high, (sum - high) + low)
}

@inline(__always)
private func sineOfSmall(_ x: Double, _ low: Double) -> Double {
  let z = x * x
  let v = z * x
  var p = 0x1.5d93a5acfd57cp-33
  p = p * z - 0x1.ae5e68a2b9cebp-26
  p = p * z + 0x1.71de357b1fe7dp-19
  p = p * z - 0x1.a01a019c161d5p-13
  p = p * z + 0x1.111111110f8a6p-7
  return x - ((z * (0.5 * low - v * p) - low) + v * 0x1.5555555555549p-3)
}

@inline(__always)
private func cosineOfSmall(_ x: Double, _ low: Double) -> Double {
  let z = x * x
  var p = -0x1.8fae9be8838d4p-37
  p = p * z + 0x1.1ee9ebdb4b1c4p-29
  p = p * z - 0x1.27e4f809c52adp-22
  p = p * z + 0x1.a01a019cb159p-16
  p = p * z - 0x1.6c16c16c15177p-10
  p = p * z + 0x1.555555555554cp-5
  let half = 0.5 * z
  let w = 1 - half
  return w + (((1 - w) - half) + (z * (z * p) - x * low))
}
