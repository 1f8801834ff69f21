import PigmentAging
import ScalpRendering
import SkinOptics
import Testing
import TreatmentDesign

@testable import Stipple

/// Pictures fade as the curve says: the mean step in lightness between treated and bare scalp, measured in the picture,
/// against the timeline's darkness.
@Suite struct PictureFadeTests {
  /// A bald man, filled at a usual density, on the coarse head.
  static let opened = Result {
    var design = Design()
    design.seed = 5
    design.hair.loss = .total
    design.hair.density = 30
    var zone = ZoneLayer()
    zone.density = 150
    zone.area = .ellipse(centre: ScalpPlace(up: 150, side: 0), length: 44, width: 44, turn: 0)
    design.layers = [.zone(zone)]
    (design.pigment.opticalDensity, design.pigment.coreDiameter, design.pigment.needleDepth) = (3.2, 0.17, 0.65)
    design.pictures.macroPlace = ScalpPlace(up: 150, side: 0)
    return try OpenedDesign(design, on: coarseHead.get())
  }
  private static let studio = Result { try Portrait(opened.get()) }

  /// Mean step in L* over the pixels that the healed work darkens.
  private func steps(_ view: Pictures.View, size: Int, years: [Double], pace: PigmentPace) throws -> [Double] {
    let studio = try Self.studio.get()
    let dressed = try studio.dress(view, size: size)
    let bare = dressed.light().map(lightness)
    let healed = dressed.light(impressions: try studio.appearance(atYears: healedAge, pace: pace)).map(lightness)
    let greatest = zip(bare, healed).map { $0 - $1 }.sorted().dropLast(bare.count / 200).last ?? 0
    // At a distance every treated pixel is darker; in a close-up the skin between dots belongs to it too.
    let treated =
      view == .macro ? Array(bare.indices) : bare.indices.filter { bare[$0] - healed[$0] > 0.25 * greatest }
    #expect(treated.count > 150)
    return try years.map { years in
      let now = dressed.light(impressions: try studio.appearance(atYears: years, pace: pace)).map(lightness)
      return treated.reduce(0) { $0 + bare[$1] - now[$1] } / Double(treated.count)
    }
  }

  private func lightness(_ light: SIMD3<Float>) -> Double {
    Lab(linearRGB: SIMD3(Double(light.x), Double(light.y), Double(light.z))).lightness
  }

  @Test(arguments: [(Pictures.View.top, PigmentPace.typical), (.top, .fast), (.macro, .typical)])
  func lightnessStepsFollowTheCurve(view: Pictures.View, pace: PigmentPace) throws {
    let years = [healedAge, 1, 3, 5, 10]
    let seen = try steps(view, size: view == .macro ? 96 : 128, years: years, pace: pace)
    let course = courseOfTreatment(try Self.opened.get().design, pace: pace).course
    for (t, step) in zip(years, seen) {
      let curve = course.darkness(at: t)

      #expect(abs(step / seen[0] - curve) <= 0.10 * curve, "\(view.rawValue) after \(t) years")
    }
  }

  /// Fresh work has redness around it, which takes green and blue light and leaves red; healed work has none.
  @Test func freshWorkIsRed() throws {
    let studio = try Self.studio.get()
    let fresh = try studio.appearance(atYears: 0, pace: .typical)
    #expect(fresh.count == 2)
    let flush = fresh[1].styles[0].area
    #expect(flush.y > 2 * flush.x && flush.z > 1.5 * flush.x && flush.x > 0)
    #expect(fresh[1].strength.allSatisfy { $0 > 0 && $0 <= 0.8 } && fresh[1].count < fresh[0].count)
    #expect(try studio.appearance(atYears: healedAge, pace: .typical).count == 1)
  }
}
