// A disc seen through a Gaussian blur, and the Bessel function that radial blurs need.

import Arithmetic

/// A disc of `radius` and height 1, blurred by a Gaussian of `sigma`, at distance `r` from its centre: the chance that
/// a point scattered by `sigma` around `r` falls inside (1 - Marcum Q). Gauss-Legendre over the overlap.
public func blurredDisc(at r: Double, radius: Double, sigma: Double) -> Double {
  // Only radii within 5 sigma of r matter.
  let low = max(0, r - 5 * sigma)
  let high = min(radius, r + 5 * sigma)
  if high <= low { return 0 }
  let half = (high - low) / 2
  let middle = (high + low) / 2
  var sum = 0.0
  for (node, weight) in gaussLegendre16 {
    for sign in [-1.0, 1.0] {
      let x = middle + sign * node * half
      let t = r * x / (sigma * sigma)
      let difference = (r - x) / sigma
      sum += weight * x * exponential(-0.5 * difference * difference) * scaledBesselI0(t)
    }
  }
  return min(1, sum * half / (sigma * sigma))
}

/// exp(-x) I0(x), relative error under 2e-7 (Abramowitz and Stegun 9.8.1 and 9.8.2).
func scaledBesselI0(_ x: Double) -> Double {
  if x < 3.75 {
    let t = (x / 3.75) * (x / 3.75)
    let i0 =
      1 + t * (3.5156229 + t * (3.0899424 + t * (1.2067492 + t * (0.2659732 + t * (0.0360768 + t * 0.0045813)))))
    return i0 * exponential(-x)
  }
  let t = 3.75 / x
  let high = -0.02057706 + t * (0.02635537 + t * (-0.01647633 + t * 0.00392377))
  let series = 0.39894228 + t * (0.01328592 + t * (0.00225319 + t * (-0.00157565 + t * (0.00916281 + t * high))))
  return series / x.squareRoot()
}

/// Positive nodes and weights of 16-point Gauss-Legendre quadrature on [-1, 1].
private let gaussLegendre16: [(Double, Double)] = [
  (0.0950125098376374, 0.1894506104550685), (0.2816035507792589, 0.1826034150449236),
  (0.4580167776572274, 0.1691565193950025), (0.6178762444026438, 0.1495959888165767),
  (0.7554044083550030, 0.1246289712555339), (0.8656312023878318, 0.0951585116824928),
  (0.9445750230732326, 0.0622535239386479), (0.9894009349916499, 0.0271524594117541),
]
