// What a pattern is worth: how near its dots come, what it leaves open, and how evenly it fills.
//
// Based on: Lagae, Dutré. A comparison of methods for generating Poisson disk distributions. 2008 (relative radius);
// Heck, Schlömer, Deussen. Blue noise sampling with controlled aliasing. 2013 (spectrum from the pair correlation).
// Differs in: on a surface, with straight-line distances; expected numbers come from a quadrature of the same mesh
// inside the same balls, so that edges, curvature and folds need no correction; where the density varies, lengths are
// in the local hexagonal spacing.

import Arithmetic
import Meshes

/// A named part of the surface, in which placed and wanted numbers are compared.
public struct PatternZone: Sendable {
  public var name: String
  /// Whether a place, mm, belongs to the zone.
  public var contains: @Sendable (SIMD3<Float>) -> Bool

  public init(name: String, contains: @escaping @Sendable (SIMD3<Float>) -> Bool) {
    self.name = name
    self.contains = contains
  }
}

/// Placed and wanted number of impressions in a zone.
public struct ZoneCount: Sendable, Equatable {
  public var name: String
  /// Integral of the density over the zone.
  public var wanted: Double
  public var placed: Int

  /// (placed - wanted) / wanted; 0 where nothing is wanted.
  public var relativeError: Double { wanted > 0 ? (Double(placed) - wanted) / wanted : 0 }
}

/// Measures of a pattern on its mesh. Spacing is the hexagonal spacing √(2 / (√3 density)) of the local density,
/// scaled so that the integral of the density is the number of dots.
public struct PatternStatistics: Sendable, Equatable {
  /// Number of dots.
  public var count = 0
  /// Integral of the density, in dots.
  public var wanted = 0.0
  /// Smallest distance of two dots of one sheet, mm.
  public var minimumDistance: Float = 0
  /// Smallest distance over the mean of the two dots' minimum distances; below 1 is a violation.
  public var minimumDistanceOverRadius: Float = 0
  /// Smallest distance over the mean spacing of the two dots: 1 for a hexagonal lattice, 0.78 for jammed random darts.
  public var rho: Float = 0
  /// Greatest distance of a place with density to its nearest dot, over the local spacing; 0.58 for a hexagonal
  /// lattice. Measured on a cloud of points, so a lower bound.
  public var largestHole: Float = 0
  /// Share of the area with density that lies farther from its nearest dot than that dot's minimum distance.
  public var uncoveredShare: Float = 0
  /// Standard deviation of the nearest-neighbour distance over its mean, distances in the local spacing.
  public var nearestNeighbourVariation: Float = 0
  /// Variance of the number of dots in balls of radius 4 spacings, over the expected number: 1 for white noise,
  /// about 0.1 for random darts.
  public var numberVariance: Float = 0
  /// Pair correlation in bins of 0.05 spacings up to 10: observed over expected pairs.
  public var pairCorrelation: [Float] = []
  /// Power at frequencies 0.05, 0.1, ... 2.5, in units of √(dots per area): 1 for white noise.
  public var radialSpectrum: [Float] = []
  /// One entry per zone asked for.
  public var zones: [ZoneCount] = []

  /// Measures a pattern.
  ///
  /// - Parameters:
  ///   - pattern: the pattern to measure.
  ///   - mesh: the mesh it lies on.
  ///   - density: the field it should follow, impressions per cm².
  ///   - zones: parts of the surface in which to compare numbers.
  ///   - detail: points of the measuring cloud per dot; 60 resolves holes to about 2 % of the spacing.
  ///   - threads: worker threads; `nil` is one per core. The result does not depend on it.
  /// - Throws: as `samplePoissonDisc` for a bad mesh or field.
  public init(
    of pattern: DotPattern, on mesh: TriangleMesh, density: some SurfaceDensity, zones: [PatternZone] = [],
    detail: Int = 60, threads: Int? = nil
  ) throws(SamplingError) {
    let surface = try PreparedSurface(mesh)
    let wantedPoints = max(20_000, min(3_000_000, pattern.count * max(1, detail)))
    let cloud = try SurfaceQuadrature(surface, density: density, wanted: wantedPoints, threads: threads)
    count = pattern.count
    wanted = cloud.integral()
    self.zones = zones.map { zone in
      ZoneCount(
        name: zone.name, wanted: cloud.integral(where: zone.contains),
        placed: pattern.points.count { zone.contains($0.position) })
    }
    guard count > 1, wanted > 0 else { return }
    let measure = try PatternMeasure(pattern, surface, cloud, density, wanted: wanted, threads: threads)
    (minimumDistance, minimumDistanceOverRadius, rho, nearestNeighbourVariation) = measure.neighbours()
    (largestHole, uncoveredShare) = measure.holes()
    numberVariance = measure.numberVariance()
    pairCorrelation = measure.pairCorrelation()
    radialSpectrum = PatternStatistics.spectrum(of: pairCorrelation)
  }

  /// P(ν) = 1 + 2π n ∫ (g - 1) d J0(2π ν d) taper dd, with n = 2/√3 dots per squared spacing and ν turned from
  /// 1/spacing to √(dots per area). The taper falls as a cosine from 3 to 10 spacings.
  static func spectrum(of pairCorrelation: [Float]) -> [Float] {
    let n = 2 / 3.0.squareRoot()
    let bin = 0.05
    return (1...50).map { k in
      let frequency = Double(k) * 0.05 * n.squareRoot()
      var sum = 0.0
      for (b, g) in pairCorrelation.enumerated() {
        let d = (Double(b) + 0.5) * bin
        let taper = d < 3 ? 1 : 0.5 + 0.5 * cosine(.pi * (d - 3) / 7)
        sum += (Double(g) - 1) * d * besselJ0(2 * .pi * frequency * d) * taper * bin
      }
      return Float(1 + 2 * .pi * n * sum)
    }
  }
}

/// J0(x) for x not negative, within 1e-7 (Abramowitz and Stegun 9.4.1 and 9.4.3).
func besselJ0(_ x: Double) -> Double {
  if x < 3 {
    let t = (x / 3) * (x / 3)
    let high = -0.3163866 + t * (0.0444479 + t * (-0.0039444 + t * 0.0002100))
    return 1 + t * (-2.2499997 + t * (1.2656208 + t * high))
  }
  let t = 3 / x
  let size =
    0.79788456 + t
    * (-0.00000077 + t * (-0.00552740 + t * (-0.00009512 + t * (0.00137237 + t * (-0.00072805 + t * 0.00014476)))))
  let angle =
    x - 0.78539816 + t
    * (-0.04166397 + t * (-0.00003954 + t * (0.00262573 + t * (-0.00054125 + t * (-0.00029333 + t * 0.00013558)))))
  return size * cosine(angle) / x.squareRoot()
}
