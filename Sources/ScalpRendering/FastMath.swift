// Small functions for kernels.

/// Largest integer not above `v`, for |v| < 2^31.
@inline(__always)
func floorInt(_ v: Float) -> Int32 {
  let t = Int32(v)
  return Float(t) > v ? t &- 1 : t
}

/// 1 - (1 - x)^5 and relatives need whole powers only.
@inline(__always)
func power5(_ x: Float) -> Float {
  let x2 = x * x
  return x2 * x2 * x
}
