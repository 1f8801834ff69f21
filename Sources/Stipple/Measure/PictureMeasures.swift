// A picture measured as photographs of treated scalps were: how much darker work and hair make the skin that they stand
// in, how far they differ from each other, how coarse their grain is, and how bare skin looks.
//
// Patches are places on the scalp, found through the density fields, not pixels picked by hand. The same view is drawn
// three times in one light: bare (no hair, no work, no scars), before, and after; so that shading divides out:
//
//   darkness   -ln (mean luminance with hair or work / mean luminance of the same pixels bare): it adds up
//   colour     the bare colour of both patches together, times what hair or work leaves of each channel, in CIELAB
//   step       CIEDE2000 between those two colours: 1 is just seen side by side
//   grain      standard deviation of L* between Gaussian blurs of 0.35 and 1 mm

import Arithmetic
import ImpressionSampling
import Meshes
import PigmentAging
import ScalpRendering
import SkinOptics
import TreatmentDesign

/// Hair or work as a picture shows it, where the skin does not shine: pixels 6 L* over the patch's median when bare are left
/// out.
public struct CoverMeasures: Sendable, Equatable {
  /// Pixels of the patch.
  public var pixels: Int
  /// How much darker than the same skin bare: minus the logarithm of the luminance ratio.
  public var darkness: Double
  /// Lightness, a* and b* against bare skin in the same light.
  public var lightness: Double
  public var a: Double
  public var b: Double
  /// Standard deviation of L* in the 1 mm band; `nil` where pixels are wider than 1 mm.
  public var grain: Double?
}

/// Bare skin as a picture shows it.
public struct SkinMeasures: Sendable, Equatable {
  public var pixels: Int
  /// Median colour, CIELAB.
  public var lightness: Double
  public var a: Double
  public var b: Double
  /// Standard deviation of L* between Gaussian blurs of 0.7 and 1.5 pixels.
  public var texture: Double
  /// Standard deviations of a* and b* after a blur of 3 pixels.
  public var mottleA: Double
  public var mottleB: Double
  /// Share of pixels 12 L* or more over the median, and the lightest of all.
  public var highlights: Double
  public var brightest: Double
}

/// One view of a design, measured.
public struct PictureMeasures: Sendable, Equatable {
  /// The view's name; `camera` for a camera of one's own.
  public var view: String
  /// Side of the picture that was measured, pixels.
  public var size: Int
  /// Skin of the head without hair and work: the forehead, and the scalp where hair would grow.
  public var forehead: SkinMeasures?
  public var scalp: SkinMeasures?
  /// The client's own hair where nothing is lost, and the work where most of it is; `nil` where the view shows none.
  public var hair: CoverMeasures?
  public var work: CoverMeasures?
  /// CIEDE2000 between the two, and the work's darkness over the hair's.
  public var step: Double?
  public var share: Double?
}

/// Measures the main view of a design: healed work at the pace of the client, in the design's light.
///
/// - Parameters:
///   - opened: the design.
///   - size: side of the picture that is measured, pixels, 64 to 2048; the figures that count pixels are meant for a head
///     of some 500 of them.
///
/// Throws `StippleError` as `preview` does.
public func measurePicture(_ opened: OpenedDesign, size: Int = 768) throws(StippleError) -> PictureMeasures {
  let portrait = try Portrait(opened)
  return try portrait.measures(portrait.scene.mainView, size: min(max(size, 64), 2048))
}

extension Portrait {
  /// Measures a view.
  func measures(_ view: Pictures.View?, size: Int) throws(StippleError) -> PictureMeasures {
    let lights = try measuredLights(view, size: size)
    let (seen, bare, before, after) = (lights.seen, lights.bare, lights.before, lights.after)
    let zones = PictureZones(seen, fields, threads: threads)
    let scale = Double(seen.pixelsPerMillimetre)
    func skin(_ zone: PictureZones.Zone) -> SkinMeasures? {
      SkinMeasures(MeasuredPatch(zones.mask(zone), of: bare, width: size))
    }
    let (hairMask, workMask) = (lights.matt(zones.mask(.hair)), lights.matt(zones.mask(.work)))
    let reference = zip(hairMask, workMask).map { $0 || $1 }
    let common = MeasuredPatch(reference, of: bare, width: size).mean
    // Grain is measured where it is seen from straight above.
    let straight = seen.facing.map { $0 > 0.75 }
    func cover(_ mask: [Bool], _ light: [SIMD3<Float>]) -> (measures: CoverMeasures, lab: Lab)? {
      let grained = MeasuredPatch(zip(mask, straight).map { $0 && $1 }, of: light, width: size)
      let with = MeasuredPatch(mask, of: light, width: size)
      let without = MeasuredPatch(mask, of: bare, width: size)
      guard with.count >= 40 else { return nil }
      let ratio = with.mean / without.mean
      let (shown, ground) = (Lab(linearRGB: common * ratio), Lab(linearRGB: common))
      return (
        CoverMeasures(
          pixels: with.count, darkness: -logarithm(luminance(with.mean) / luminance(without.mean)),
          lightness: shown.lightness - ground.lightness, a: shown.a - ground.a, b: shown.b - ground.b,
          grain: scale >= 1 && grained.count >= 40 ? grained.deviation(between: 0.35 * scale, and: scale) : nil), shown
      )
    }
    let hair = cover(hairMask, before)
    let work = cover(workMask, after)
    return PictureMeasures(
      view: view?.rawValue ?? "camera", size: size, forehead: skin(.forehead), scalp: skin(.scalp),
      hair: hair?.measures, work: work?.measures,
      step: hair.flatMap { hair in work.map { $0.lab.difference(from: hair.lab) } },
      share: hair.flatMap { hair in work.map { $0.measures.darkness / max(hair.measures.darkness, 1e-6) } })
  }
}

/// Which pixels of a view show what.
struct PictureZones {
  enum Zone: UInt8 { case none, forehead, scalp, hair, work }
  private let zones: [SIMD4<UInt8>]

  /// Pixels that face the camera by less than this lie on the limb and are left out.
  private static let facing: Float = 0.5

  init(_ seen: SeenSurface, _ fields: CompiledDesign, threads: Int?) {
    let most = highDensity(fields, threads: threads)?.density ?? .infinity
    let mouth = fields.scalp.head.landmarks.glabella
    zones = tabulate(seen.points.count, initial: SIMD4<UInt8>.zero, threads: threads) { i in
      guard seen.coverage[i] > 0.99, seen.facing[i] > Self.facing else { return .zero }
      let point = seen.points[i]
      let hair = fields.visibleHair(at: point)
      var zone = SIMD4<UInt8>.zero
      if hair.natural <= 0 {
        // Forehead: in front of the hair, above the brows.
        if point.position.y > mouth.y + 15, point.position.z > 0.6 * mouth.z, fields.impressions(at: point) < 1 {
          zone.x = 1
        }
        return zone
      }
      zone.y = 1
      let density = fields.impressions(at: point)
      if hair.natural > 0.85 * Float(fields.design.hair.density), hair.now > 0.9 * hair.natural, density < 5 {
        zone.z = 1
      }
      if Double(density) > 0.93 * most { zone.w = 1 }
      return zone
    }
  }

  func mask(_ zone: Zone) -> [Bool] {
    switch zone {
    case .none: zones.map { $0 == .zero }
    case .forehead: zones.map { $0.x == 1 }
    case .scalp: zones.map { $0.y == 1 }
    case .hair: zones.map { $0.z == 1 }
    case .work: zones.map { $0.w == 1 }
    }
  }
}
