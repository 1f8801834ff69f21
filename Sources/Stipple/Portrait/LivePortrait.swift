// A picture while the mouse button is still down: a design changes, and the next frame shows it.
//
// What a moved hairline does not change is made once: the head under its lamps, the hair that is there, and one dense
// pattern of places for impressions over the whole scalp in progressive order. A place of rank r among N holds an
// impression where the design wants more than r / N of the pattern's density: any such choice is as well spread as a
// prefix of the pattern, and a place keeps its impression while the line moves elsewhere, so that nothing shimmers.
// A frame then lays the changed layers on the head, asks the density at the places in sight, and draws.

import Arithmetic
import ImpressionSampling
import Meshes
import PNGImage
import PigmentAging
import ScalpGeometry
import ScalpRendering
import TreatmentDesign

/// Draws one view of a design again and again as the design changes.
///
/// Frames are drafts: their impressions lie elsewhere than those of `preview`, as another seed's would, at the same
/// density. The same design gives the same frame, whatever was drawn before it.
public struct DraftStudio: Sendable {
  /// The design of the last frame, laid on the head.
  public private(set) var fields: CompiledDesign
  private let plan: TreatmentPlan
  private let studio: Studio
  private let dressed: DressedView
  /// Places in sight in progressive order.
  private let places: DotPattern
  /// Density at which each place gets its impression, per cm².
  private let thresholds: [Float]
  /// Density of all places together, per cm²; what a design asks for beyond it is not shown.
  public let greatestDensity: Double
  private let threads: Int?

  /// Prepares a view: a second or so.
  ///
  /// - Parameters:
  ///   - plan: the design to start from.
  ///   - size: side of the frames, pixels, 64 to 2048.
  ///   - choices: view, camera, light and the like in place of the design's; the quality is always draft.
  ///   - greatestDensity: impressions per cm² that later designs may ask for; `nil` takes a quarter more than this
  ///     design's densest layer.
  ///
  /// Throws `StippleError` as `preview` does.
  public init(
    _ plan: TreatmentPlan, size: Int = 512, choices: PictureChoices = PictureChoices(),
    greatestDensity: Double? = nil, threads: Int? = nil
  ) throws(StippleError) {
    guard (64...2048).contains(size) else {
      throw StippleError(.usage, "frame size \(size) is outside 64 to 2048 pixels")
    }
    var choices = choices
    choices.quality = .draft
    let scene = try PictureScene(plan.design, choices, size: size)
    studio = try Studio(plan, scene: scene, threads: threads)
    let view: Pictures.View? = scene.pictures.camera == nil ? scene.pictures.view : nil
    dressed = try studio.dress(view, size: size)
    let camera = try studio.camera(for: view)

    let dense = plan.design.layers.map { layer -> Double in
      let density = plan.design.density(of: layer)
      return density > 3 ? density : plan.design.hair.density
    }
    let greatest = greatestDensity ?? 1.25 * max(dense.max() ?? 0, plan.design.hair.density, 50)
    self.greatestDensity = greatest
    do {
      var options = PoissonDiscOptions()
      options.threads = threads
      options.maximumCount = largestPattern
      options.obstacles = plan.hair.points.map { Obstacle(point: $0, radius: 0.12) }
      let all = try samplePoissonDisc(
        on: plan.head.mesh, density: ScalpDensity(plan.fields.scalp, perSquareCentimetre: Float(greatest)),
        seed: plan.design.seed, options: options)
      var seen = DotPattern.empty
      var thresholds: [Float] = []
      for i in 0..<all.count
      where dot(all.normals[i], camera.eye - all.points[i].position) > 0 {
        seen.points.append(all.points[i])
        seen.normals.append(all.normals[i])
        seen.radii.append(all.radii[i])
        thresholds.append(Float((Double(i) + 0.5) / Double(all.count) * greatest))
      }
      places = seen
      self.thresholds = thresholds
    } catch {
      throw StippleError(.limit, "\(error)")
    }
    fields = plan.fields
    self.plan = plan
    self.threads = threads
  }

  /// Whether a design differs from the prepared one in layers, pigment and sessions only, so that `frame` can draw it.
  public func canDraw(_ design: Design) -> Bool {
    var same = design
    same.layers = plan.design.layers
    same.pigment = plan.design.pigment
    same.sessions = plan.design.sessions
    func scars(_ design: Design) -> [Layer] {
      design.layers.filter { if case .scar = $0 { true } else { false } }
    }
    return same == plan.design && scars(design) == scars(plan.design)
  }

  /// The healed picture of a changed design, or after some years.
  ///
  /// Throws `StippleError`: `data` for a layer that does not fit the head, `usage` where head, hair, skin, scars or
  /// pictures changed and the view must be prepared anew.
  public mutating func frame(_ design: Design, afterYears years: Double = 0, pace: Pace = .typical)
    throws(StippleError) -> RasterImage
  {
    guard canDraw(design) else {
      throw StippleError(.usage, "head, hair, skin, scars or pictures changed: prepare another draft studio")
    }
    do {
      fields = try fields.changed(to: design, threads: threads)
    } catch {
      throw located(error, in: design, nil)
    }
    let (impressions, density) = impressions()
    let changed = TreatmentPlan(
      design: design, head: plan.head, fields: fields, hair: plan.hair, impressions: impressions)
    let marks = try studio.holding(changed, density: density).impressions(atYears: years, pace: pace)
    return dressed.picture(impressions: marks, threads: threads)
  }

  /// The places whose turn has come where the design's density is what it is now, and how many there are per cm² of
  /// treated skin: as many places as there are stand for a cm².
  private func impressions() -> (pattern: DotPattern, density: Double) {
    let density = fields.impressionDensity
    let tile = 2048
    let count = places.count
    let parts = tabulate((count + tile - 1) / tile, initial: (kept: [Int32](), treated: 0), threads: threads) { t in
      let range = t * tile..<min(count, (t + 1) * tile)
      var values = [Float](repeating: 0, count: range.count)
      var span = values.mutableSpan
      density.evaluate(places.points.span.extracting(range), into: &span)
      let kept = range.filter { values[$0 - range.lowerBound] > thresholds[$0] }.map { Int32($0) }
      return (kept, values.count { $0 > leastTreated })
    }
    var pattern = DotPattern.empty
    let total = parts.reduce(0) { $0 + $1.kept.count }
    pattern.points.reserveCapacity(total)
    pattern.normals.reserveCapacity(total)
    pattern.radii.reserveCapacity(total)
    for part in parts {
      for i in part.kept {
        pattern.points.append(places.points[Int(i)])
        pattern.normals.append(places.normals[Int(i)])
        pattern.radii.append(places.radii[Int(i)])
      }
    }
    let treated = parts.reduce(0) { $0 + $1.treated }
    return (pattern, treated > 0 ? Double(total) / Double(treated) * greatestDensity : 1)
  }
}

/// Skin with fewer impressions per cm² than this does not count as treated, as in `DesignTotals`.
private let leastTreated: Float = 5

/// One density wherever hair grows or a design may put impressions: to 45 mm beyond the border of adult hair.
private struct ScalpDensity: SurfaceDensity {
  let triangles: [SIMD3<UInt32>]
  let inside: [Float]
  let density: Float

  init(_ scalp: Scalp, perSquareCentimetre density: Float) {
    triangles = scalp.head.mesh.triangles
    inside = scalp.region.distances
    self.density = density
  }

  func evaluate(_ points: Span<SurfacePoint>, into densities: inout MutableSpan<Float>) {
    for i in 0..<points.count {
      let t = triangles[Int(points[i].triangle)]
      densities[i] = max(inside[Int(t.x)], inside[Int(t.y)], inside[Int(t.z)]) > -45 ? density : 0
    }
  }
}
