// Integrals of radial profiles over the skin.

import Arithmetic

/// The integral over a disc of a profile given at ascending radii (mm; equal neighbours are a step).
///
/// Between two radii the profile falls geometrically where both values are positive, as light in tissue does, and linearly
/// otherwise.
package func discIntegral(_ radii: [Double], _ values: [Double]) -> Double {
  var sum = 0.0
  for i in 0..<(radii.count - 1) {
    let a = radii[i]
    let h = radii[i + 1] - a
    if h <= 0 { continue }
    let p = values[i]
    let q = values[i + 1]
    if p > 0 && q > 0 && abs(p / q - 1) > 1e-3 {
      // Integral of (a + x) p exp(-k x) over 0...h.
      let k = logarithm(p / q) / h
      sum += a * (p - q) / k + (p - q * (1 + k * h)) / (k * k)
    } else {
      sum += h * (a * (p + q) / 2 + h * (p + 2 * q) / 6)
    }
  }
  return 2 * Double.pi * sum
}
