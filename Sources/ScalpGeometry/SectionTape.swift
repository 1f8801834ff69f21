// Small pieces of the tape measure: sections smoothed against noise, and tables read both ways.

import Arithmetic

/// Points of a plane section given by radii over directions, each radius averaged with its neighbours (1 2 1)/4.
///
/// On nodes 2° apart the average takes about 0.05 mm off a head's radius and five eighths of the noise variance.
func smoothedSection(_ radii: ArraySlice<Float>, along directions: [SIMD2<Float>]) -> [SIMD2<Float>] {
  let first = radii.startIndex
  let count = radii.count
  return (0..<count).map { i in
    let before = radii[first + max(i - 1, 0)]
    let after = radii[first + min(i + 1, count - 1)]
    return directions[i] * (0.25 * (before + after) + 0.5 * radii[first + i])
  }
}

/// Straight distance of two points of a plane.
func distance(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> Float {
  let d = a - b
  return (d.x * d.x + d.y * d.y).squareRoot()
}

/// `table` at a fractional index; outside, the nearest end. Tables are short: a thousandth before the last entry is not
/// rounded up to it below 16,384 entries.
func interpolate(_ table: [Float], at index: Float) -> Float {
  let i = held(index, 0, Float(table.count - 1) - 0.001)
  return mix(table[Int(i)], table[Int(i) + 1], i - Float(Int(i)))
}

/// `table` at a fractional index; outside, the nearest end.
func interpolate(_ table: [SIMD2<Float>], at index: Float) -> SIMD2<Float> {
  let i = held(index, 0, Float(table.count - 1) - 0.001)
  return table[Int(i)] + (table[Int(i) + 1] - table[Int(i)]) * (i - Float(Int(i)))
}

/// Fractional index at which the increasing `table` has `value`; outside, the nearest end.
func inverse(_ table: [Float], of value: Float) -> Float {
  var low = 0
  var high = table.count - 1
  if value <= table[low] { return 0 }
  if value >= table[high] { return Float(high) }
  while high - low > 1 {
    let middle = (low + high) / 2
    if table[middle] <= value { low = middle } else { high = middle }
  }
  return Float(low) + (value - table[low]) / max(table[high] - table[low], .leastNormalMagnitude)
}
