/// A number and its neighbours.
package func around(_ v: Float) -> [Float] { [v.nextDown, v, v.nextUp] }

/// What no table is meant for.
package let wildNumbers: [Float] = [
  .nan, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 3e9, -3e9, -0.0,
]
