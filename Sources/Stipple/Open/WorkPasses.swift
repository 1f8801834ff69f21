// The hand goes over an area several times: each pass sets dots as evenly as it can, seeing the dots of the passes before
// only as something not to hit squarely. So dots of different passes lie nearer together than those of one, some touch, a
// few are double, and gaps of the same size stay: the grain that healed work has on photographs (nearest-neighbour
// variation .25 to .43, Clark-Evans 1.1 to 1.4), and one even pattern has not.
//
// Each pass is a Poisson-disc pattern of its share of the density, with the hairs and the passes before as obstacles.

import Arithmetic
import ImpressionSampling
import Meshes

/// Most that one pass sets, per cm²: dots about 0.9 mm apart (literature spacing is 1 mm).
private let passDensity = 130.0

/// How often an area is gone over for a density, per cm².
func passes(density: Double) -> Int { max(1, Int((density / passDensity).rounded(.up))) }

/// How near to a dot of an earlier pass a dot may be set, as a share of the minimum distance within the pass (by judgement
/// on close-ups, grade D).
private let clearanceShare: Float = 0.35

extension PoissonDiscSampler {
  /// One pattern made of `passes` that overlap.
  ///
  /// The result is in the order of the passes, each of them progressive. `radii` hold for any two dots of the pattern.
  func sample(
    passes: Int, density: some SurfaceDensity, seed: UInt64, options: PoissonDiscOptions
  ) throws(SamplingError) -> DotPattern {
    if passes < 2 { return try sample(density: density, seed: seed, options: options) }
    let share = SharedDensity(whole: density, share: 1 / Float(passes))
    var options = options
    let maximum = options.maximumCount
    options.maximumCount = maximum / passes
    var all = DotPattern.empty
    for pass in 0..<passes {
      var own: DotPattern
      do {
        own = try sample(
          density: share, seed: RandomStream.seed(seed, RandomStream.workPasses &+ UInt64(pass)), options: options)
      } catch .tooMany(let asked, _) {
        throw .tooMany(asked: asked * Double(passes), maximum: maximum)
      }
      for i in own.radii.indices { own.radii[i] *= clearanceShare }
      options.obstacles += own.obstacles
      all.points += own.points
      all.normals += own.normals
      all.radii += own.radii
    }
    all.sessionEnds = (1...3).map { all.count * $0 / 3 }
    return all
  }
}

/// A share of a density.
private struct SharedDensity<Whole: SurfaceDensity>: SurfaceDensity {
  let whole: Whole
  let share: Float

  func evaluate(_ points: Span<SurfacePoint>, into densities: inout MutableSpan<Float>) {
    whole.evaluate(points, into: &densities)
    for i in 0..<points.count { densities[i] *= share }
  }
}

extension Design {
  /// Impressions per cm² of its densest layer.
  var greatestDensity: Double { layers.filter(\.setsImpressions).map(density(of:)).max() ?? 0 }

  /// How often it is gone over.
  var passes: Int { Stipple.passes(density: greatestDensity) }
}
