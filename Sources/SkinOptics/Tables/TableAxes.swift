// The nodes of the fitted tables: what the Monte Carlo tool scores and the model interpolates between.
//
// Stations are radii aligned with the edge of the absorber, at fixed shares of its radius inside and at fixed distances
// from the edge outside, so that two diameters blend station by station. The edge counts twice, from either side: light
// that reaches the pigment unscattered makes a step there.

/// Nodes of the tables of absorbers under skin.
package enum TableAxes {
  /// Skin tones: melanin and blood of Fitzpatrick I, IV and VI, and darker than any scalp.
  package static let tones: [(melanin: Double, blood: Double)] = [
    (0.0036957, 0.0054056), (0.043578, 0.010037), (0.15246, 0.016268), (0.5, 0.016268),
  ]

  /// Height of a pigment body, mm.
  package static let bodyHeight = 0.2
  /// Depths of the centre of a pigment body, mm.
  package static let depths = [0.12, 0.15, 0.18, 0.24, 0.30, 0.40, 0.50, 0.65, 0.80, 1.1, 1.5]
  /// Diameters of a pigment body, mm.
  package static let diameters = [0.064, 0.08, 0.10, 0.13, 0.16, 0.20, 0.25, 0.30, 0.40, 0.50, 0.60]
  /// Optical densities at which bodies are scored.
  package static let opticalDensities = [0.125, 0.25, 0.5, 1, 2, 4, 8, 16]
  /// Optical path inside the body, in units of its optical density: `F = sum A_k (1 - exp(-kappa_k OD))`.
  package static let kappas = [0.25, 0.8, 1.7, 4.5]
  /// The same inside an unbounded layer, where paths can be long.
  package static let layerKappas = [0.6, 1.8, 5, 16]

  /// Lengths of a hair shaft below the surface, mm: the lower end of a column that starts under the epidermis.
  package static let hairDepths = [0.5, 1, 2, 3]
  /// Diameters of a hair shaft, mm.
  package static let hairDiameters = [0.04, 0.06, 0.08, 0.10, 0.13]
  /// Absorption of hair at which shafts are scored, per mm.
  package static let hairAbsorptions = [1, 2.5, 5, 10, 15, 25, 40, 60.0]
  /// Path inside the shaft, mm.
  package static let hairKappas = [0.03, 0.1, 0.3, 1]
  /// Hair absorbs as (550 nm / lambda) to this power in the profile table.
  package static let hairExponent = 2.5

  /// Absorption of epidermis and dermis, per mm, at which bare skin is scored: steps even in the cube root.
  package static let epidermis = cubic(from: 0.02, to: 150, count: 24)
  package static let dermis = cubic(from: 0.02, to: 9, count: 20)

  private static func cubic(from low: Double, to high: Double, count: Int) -> [Double] {
    let a = cubeRoot(low)
    let b = cubeRoot(high)
    return (0..<count).map { i in
      let x = a + (b - a) * Double(i) / Double(count - 1)
      return x * x * x
    }
  }

  /// Stations inside, as shares of the radius; the last is the edge seen from inside.
  package static let inside = [0, 0.35, 0.6, 0.8, 0.93, 1]
  /// Stations outside, as distances from the edge, mm; the first is the edge seen from outside.
  package static let outside = [
    0, 0.008, 0.018, 0.03, 0.045, 0.065, 0.09, 0.125, 0.17, 0.23, 0.3, 0.4, 0.52, 0.68, 0.85, 1.05, 1.3, 1.6, 2.0,
    2.6, 3.3, 4.2,
  ]
  package static let stationCount = inside.count + outside.count

  /// Radii of the stations of an absorber of `radius` mm; the two at the edge are equal.
  package static func stations(radius: Double) -> [Double] { inside.map { $0 * radius } + outside.map { radius + $0 } }
}

/// The cube root of a number that is not negative.
package func cubeRoot(_ x: Double) -> Double {
  // Newton's steps from a bit-level guess: the same on every machine.
  if x <= 0 { return 0 }
  var y = Double(bitPattern: x.bitPattern / 3 + 0x2A9F_7893_0000_0000)
  for _ in 0..<6 { y -= (y * y * y - x) / (3 * y * y) }
  return y
}
