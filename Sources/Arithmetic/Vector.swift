// The few vector operations that SIMD3 lacks. Inlinable, because every target's kernels use them.

/// a · b
@inlinable @inline(__always)
package func dot(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> Float { a.x * b.x + a.y * b.y + a.z * b.z }

/// a × b
@inlinable @inline(__always)
package func cross(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> SIMD3<Float> {
  SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}

/// Euclidean length.
@inlinable @inline(__always)
package func length(_ a: SIMD3<Float>) -> Float { dot(a, a).squareRoot() }

/// `a` scaled to length 1; zero stays zero.
@inlinable @inline(__always)
package func normalized(_ a: SIMD3<Float>) -> SIMD3<Float> {
  let l = length(a)
  return l > 0 ? a / l : .zero
}

/// `value` held within `low...high`.
@inlinable @inline(__always)
package func clamp(_ value: Float, _ low: Float, _ high: Float) -> Float {
  value < low ? low : (value > high ? high : value)
}

/// As `clamp`, and `low` for what is no number: for what becomes the number of a cell. Converting NaN, infinity or a
/// number out of range to an integer ends the program.
@inlinable @inline(__always)
package func held(_ value: Float, _ low: Float, _ high: Float) -> Float {
  value > low ? (value < high ? value : high) : low
}

/// The same for `Double`.
@inlinable @inline(__always)
package func held(_ value: Double, _ low: Double, _ high: Double) -> Double {
  value > low ? (value < high ? value : high) : low
}

/// `a + (b - a) * t`
@inlinable @inline(__always)
package func mix(_ a: Float, _ b: Float, _ t: Float) -> Float { a + (b - a) * t }

/// 0 below `low`, 1 above `high`, a cubic between with zero slope at both ends. `low < high`.
@inlinable @inline(__always)
package func smoothstep(_ low: Float, _ high: Float, _ value: Float) -> Float {
  let t = clamp((value - low) / (high - low), 0, 1)
  return t * t * (3 - 2 * t)
}
