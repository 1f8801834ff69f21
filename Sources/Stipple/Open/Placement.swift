import Arithmetic
import ImpressionSampling
import ScalpGeometry
import TreatmentDesign

/// A design worked out on a head: every hair and every impression has its place.
public struct TreatmentPlan: Sendable {
  public let design: Design
  public let head: Head
  /// Densities, tissue and curves on this head.
  public let fields: CompiledDesign
  /// The hair that is there, in no particular order.
  public let hair: DotPattern
  /// The impressions in the order in which sessions place them: each session takes the next share.
  public let impressions: DotPattern

  /// Session of impression `index`, 0 for the first.
  public func session(of index: Int) -> Int {
    let share = (Double(index) + 0.5) / Double(max(impressions.count, 1))
    return design.sessions.firstIndex { share <= $0.share } ?? max(0, design.sessions.count - 1)
  }
}

/// Most impressions, and most hairs, that a plan may hold.
public let largestPattern = 1_000_000

/// Works out a design on a head: compiles its layers to densities and samples hair and impressions.
///
/// Deterministic from the design's seed, for any number of threads. Impressions keep clear of hairs, as a practitioner
/// works between them.
///
/// - Parameter locations: where the design's keys were written, so that errors can point there.
///
/// Throws `StippleError`: `data` for a layer that does not fit the head, `limit` for too many impressions.
public func planTreatment(
  _ design: Design, on head: Head, locations: DocumentLocations? = nil, threads: Int? = nil
) throws(StippleError) -> TreatmentPlan {
  let fields: CompiledDesign
  do {
    fields = try compile(design, on: head, threads: threads)
  } catch {
    throw located(error, in: design, locations)
  }
  do {
    let sampler = try PoissonDiscSampler(on: head.mesh)
    var options = PoissonDiscOptions()
    options.threads = threads
    options.maximumCount = largestPattern
    let hair = try sampler.sample(density: fields.hairDensity, seed: mix64(design.seed ^ 0x4841_4952), options: options)
    // A needle keeps off the hairs themselves.
    options.obstacles = hair.points.map { Obstacle(point: $0, radius: 0.12) }
    let impressions = try sampler.sample(density: fields.impressionDensity, seed: design.seed, options: options)
    return TreatmentPlan(design: design, head: head, fields: fields, hair: hair, impressions: impressions)
  } catch {
    throw StippleError(.limit, "\(error)")
  }
}
