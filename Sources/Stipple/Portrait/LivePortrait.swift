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
public struct LivePortrait: Sendable {
  /// The design of the last frame, laid on the head.
  public private(set) var fields: CompiledDesign
  /// The design that the view was prepared for.
  private let prepared: Design
  private let portrait: Portrait
  private let dressed: DressedView
  /// Places in sight in progressive order.
  private let places: DotPattern
  /// Density at which each place gets its impression, per cm².
  private let thresholds: [Float]
  /// Density of all places together, per cm²; what a design asks for beyond it is not shown.
  public let greatestDensity: Double

  /// Prepares a view: a second or so.
  ///
  /// - Parameters:
  ///   - opened: the design to start from, with the view, camera, light and background of its pictures; the quality is
  ///     always draft.
  ///   - size: side of the frames, pixels, 64 to 2048.
  ///   - greatestDensity: impressions per cm² that later designs may ask for; `nil` takes a quarter more than this
  ///     design's densest layer.
  ///
  /// Throws `StippleError` as `preview` does.
  public init(_ opened: OpenedDesign, size: Int = 512, greatestDensity: Double? = nil) throws(StippleError) {
    guard (64...2048).contains(size) else {
      throw StippleError(.usage, "frame size \(size) is outside 64 to 2048 pixels")
    }
    var overrides = DesignOverrides()
    overrides.quality = .draft
    overrides.size = size
    portrait = try Portrait(opened.applying(overrides))
    let prepared = opened.design
    self.prepared = prepared
    let placement = portrait.impressions.placement
    let threads = portrait.threads
    fields = placement.fields
    let view = portrait.scene.mainView
    dressed = try portrait.dress(view, size: size)
    let camera = try portrait.camera(for: view)

    let greatest = greatestDensity ?? 1.25 * max(prepared.greatestDensity, prepared.hair.density, 50)
    self.greatestDensity = greatest
    do {
      var options = PoissonDiscOptions()
      options.threads = threads
      options.maximumCount = largestPattern
      options.obstacles = placement.hair.points.map { Obstacle(point: $0, radius: hairClearance) }
      let all = try PoissonDiscSampler(on: placement.head.mesh).sample(
        passes: passes(density: greatest),
        density: ScalpDensity(placement.fields.scalp, perSquareCentimetre: Float(greatest)), seed: prepared.seed,
        options: options)
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
  }

  /// Whether a design differs from the prepared one in layers, pigment and sessions only, so that `frame` can draw it.
  public func canDraw(_ design: Design) -> Bool {
    let design = design.matched(as: prepared)
    var same = design
    same.layers = prepared.layers
    same.pigment = prepared.pigment
    same.sessions = prepared.sessions
    func scars(_ design: Design) -> [Layer] {
      design.layers.filter { if case .scar = $0 { true } else { false } }
    }
    return same == prepared && scars(design) == scars(prepared)
  }

  /// The picture of a changed design, healed or at another time after the last session, labelled SIMULATION.
  ///
  /// - Parameters:
  ///   - design: the changed design.
  ///   - years: after the last session, 0 (fresh) to 20; left out, the work is healed.
  ///   - pace: of fading; left out, the client's own.
  ///
  /// Throws `StippleError`: `data` for a layer that does not fit the head or a time out of range, `usage` where head, hair,
  /// skin, scars or pictures changed and the view must be prepared anew.
  public mutating func frame(_ design: Design, afterYears years: Double = healedAge, pace: Pace? = nil)
    throws(StippleError) -> RasterImage
  {
    guard canDraw(design) else {
      throw StippleError(.usage, "head, hair, skin, scars or pictures changed: prepare another live portrait")
    }
    let design = design.matched(as: prepared)
    do {
      fields = try fields.changed(to: design, threads: portrait.threads)
    } catch {
      throw located(error, in: design, nil)
    }
    let (pattern, density) = impressions()
    let still = portrait.impressions.placement
    let changed = PlacedImpressions(
      Placement(design: design, head: still.head, fields: fields, hair: still.hair, impressions: pattern),
      density: density, threads: portrait.threads)
    let pace = pace ?? design.client.pace
    let marks = try appearance(of: changed, in: portrait.skin, atYears: years, pace: pace)
    var image = dressed.picture(impressions: marks, threads: portrait.threads)
    label(&image, moment(years, pace), of: design.title)
    return image
  }

  private func moment(_ years: Double, _ pace: Pace) -> PictureMoment {
    if years == healedAge {
      return PictureMoment(file: "", title: "After", caption: "healed, a month after the last session", years: years)
    }
    let title =
      years < 1
      ? "Day \(Int((years * daysPerYear).rounded()))" : "After \(short(years)) \(years == 1 ? "year" : "years")"
    return PictureMoment(file: "", title: title, caption: "\(pace.name) fading", years: years, pace: pace)
  }

  /// The places whose turn has come where the design's density is what it is now, and how many there are per cm² of
  /// treated skin: as many places as there are stand for a cm².
  private func impressions() -> (pattern: DotPattern, density: Double) {
    let density = fields.impressionDensity
    let tile = 2048
    let count = places.count
    let parts = tabulate((count + tile - 1) / tile, initial: (kept: [Int32](), treated: 0), threads: portrait.threads) {
      t in
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
