// Small functions for kernels.

import Arithmetic
import CLanes

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
