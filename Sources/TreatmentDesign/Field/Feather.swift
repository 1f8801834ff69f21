// How a density rises across a border: a smoothstep of stated 10-90 % width. Polynomial, so that every machine gives
// the same bits, and exactly zero away from the border.
import Arithmetic

/// Support of a smoothstep over its 10-90 % width. 3t² - 2t³ = 0.1 at t = 0.195800.
let supportOfFeather: Float = 1.643_706

/// From 0 to 1 across a border, 0.5 on it, positive `distance` inside.
///
/// - Parameter feather: width from 10 % to 90 %, mm.
@inline(__always)
func risen(_ distance: Float, feather: Float) -> Float {
  let t = clamp(distance / (supportOfFeather * feather) + 0.5, 0, 1)
  return t * t * (3 - 2 * t)
}

/// From 0 to 1 across a border at which it is `edgeShare`.
@inline(__always)
func risen(_ distance: Float, feather: Float, edgeAt t0: Float) -> Float {
  let t = clamp(distance / (supportOfFeather * feather) + t0, 0, 1)
  return t * t * (3 - 2 * t)
}

/// Where a smoothstep has `share`, 0 to 1: the inverse of 3t² - 2t³.
func smoothstepPosition(of share: Float) -> Float {
  var low: Float = 0
  var high: Float = 1
  for _ in 0..<24 {
    let t = 0.5 * (low + high)
    if t * t * (3 - 2 * t) < share { low = t } else { high = t }
  }
  return 0.5 * (low + high)
}
