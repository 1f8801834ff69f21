import Arithmetic
import ImpressionSampling
import Meshes
import ScalpGeometry
import TreatmentDesign

/// A design worked out on a head: every hair and every impression has its place.
public struct Placement: Sendable {
  public let design: Design
  public let head: Head
  /// Densities, tissue and curves on this head.
  public let fields: CompiledDesign
  /// The hair that is there, by follicular units: hairs of one unit follow each other.
  public let hair: DotPattern
  /// The impressions in the order in which sessions place them: each session takes the next share.
  public let impressions: DotPattern

  /// Session of impression `index`, 0 for the first.
  public func session(of index: Int) -> Int {
    let share = (Double(index) + 0.5) / Double(max(impressions.count, 1))
    return design.sessions.firstIndex { share <= $0.share } ?? max(0, design.sessions.count - 1)
  }
}

/// Most impressions, and most hairs, that a placement may hold.
public let largestPattern = 1_000_000

/// A needle keeps off the hairs themselves, mm.
let hairClearance: Float = 0.12

/// Samples the hair and the impressions of a design that was laid on its head.
///
/// Deterministic from the design's seed, for any number of threads. Impressions keep clear of hairs, as a practitioner
/// works between them.
///
/// Throws `StippleError` of kind `limit` for too many of either.
func placed(_ fields: CompiledDesign, threads: Int?) throws(StippleError) -> Placement {
  let design = fields.design
  let head = fields.scalp.head
  do {
    let sampler = try PoissonDiscSampler(on: head.mesh)
    var options = PoissonDiscOptions()
    options.threads = threads
    options.maximumCount = largestPattern
    let sizes = UnitSizes(fields)
    let units = try sampler.sample(
      density: UnitDensity(sizes: sizes), seed: RandomStream.seed(design.seed, RandomStream.hairPlaces),
      options: options)
    let hair = hairs(of: units, sizes, on: sampler, seed: design.seed)
    if hair.count > largestPattern {
      throw SamplingError.tooMany(asked: Double(hair.count), maximum: largestPattern)
    }
    options.obstacles = hair.points.map { Obstacle(point: $0, radius: hairClearance) }
    let impressions = try sampler.sample(
      passes: design.passes, density: fields.impressionDensity, seed: design.seed, options: options)
    return Placement(design: design, head: head, fields: fields, hair: hair, impressions: impressions)
  } catch {
    throw StippleError(.limit, "\(error)")
  }
}
