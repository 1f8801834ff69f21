import Arithmetic
import Meshes
import TestSupport
import Testing

@testable import ScalpGeometry

/// Hair that a scan's colours show is found, and none where there is none.
@Suite("Photographed hair")
struct PhotographedHairTests {
  /// Middle error of the border, mm. Patches are 4 mm wide and hair sets in over 8.
  private static let borderError: Float = 2.5
  /// Nine places in ten of the border lie within this, mm: the smoothing along it rounds bays of 60 mm.
  private static let worstBorder: Float = 6
  /// Share of the scalp that may be taken for the other: a rim of 2 mm along 650 mm of border is 2 % of it, and the rim of a bald
  /// top as much again.
  private static let wrong = 0.06

  private static let cases = Paint.haired.flatMap { paint in
    Paint.Light.allCases.map { light in
      var paint = paint
      paint.light = light
      return paint
    }
  }

  @Test(arguments: cases)
  func hairIsFoundWithItsBorder(_ paint: Paint) throws {
    let painted = try PaintedHead(paint)
    let scalp = painted.scalp
    let mesh = scalp.head.mesh
    let skin = painted.colours()
    let hair = PhotographedHair(skin, on: scalp)
    #expect(hair.finding == .found)

    // Which places are hair, and which skin
    var (all, wrong, hairs) = (0, 0, 0)
    for point in skin.points where point.mix(scalp.region.distances, mesh.triangles) > BorderShift.outmost {
      let isHair = painted.share(at: point) > 0.5
      all += 1
      if isHair { hairs += 1 }
      if (point.mix(hair.shares, mesh.triangles) > 0.5) != isHair { wrong += 1 }
    }
    #expect(Double(wrong) / Double(all) < Self.wrong)
    let area = Float(hairs) * skin.spacing * skin.spacing / 100
    #expect(abs(hair.area / area - 1) < 0.08, "\(hair.area) of \(area) cm2")

    // Where it begins
    var head = scalp.head
    head.photographedHair = hair
    let own = try Scalp(head).region
    let index = BoundingVolumeHierarchy(mesh)
    // The ears are found on the head's own shape.
    let ears = own.border.positions.indices.filter { i in own.earSpans.contains { $0.contains(own.border.arcs[i]) } }
    let errors = own.border.positions.indices.filter { !ears.contains($0) }.map {
      abs(painted.depth(at: index.closestPoint(to: own.border.positions[$0])))
    }.sorted()
    #expect(errors[errors.count / 2] < Self.borderError)
    #expect(errors[errors.count * 9 / 10] < Self.worstBorder)
    #expect(hair.borderShown > 0.75)
  }

  @Test(arguments: Paint.bald, Paint.Light.allCases)
  func aBaldHeadHasNone(_ paint: Paint, light: Paint.Light) throws {
    var paint = paint
    paint.light = light
    let painted = try PaintedHead(paint)
    let hair = PhotographedHair(painted.colours(), on: painted.scalp)
    #expect(hair.finding == .none)
    #expect(hair.shares.allSatisfy { $0 == 0 } && hair.known.contains(1))
  }

  @Test func oneColourShowsNone() throws {
    let scalp = try PaintedHead.mean.get()
    for grey: Float in [0, 0.18, 0.5, 1] {
      var skin = ColouredSkin(points: skinPlaces(on: scalp.head.mesh, spacing: 0.8), colours: [], spacing: 0.8)
      skin.colours = skin.points.map { _ in SIMD3(repeating: grey) }
      #expect(PhotographedHair(skin, on: scalp).finding == .none)
    }
  }

  /// How dark the hair is in the same light as the skin, to a twentieth: what hides of the skin is a third of it.
  @Test(arguments: [Paint.haired[0], Paint.haired[3], Paint.haired[5]])
  func itsDarknessIsMeasured(_ paint: Paint) throws {
    let painted = try PaintedHead(paint)
    let hair = PhotographedHair(painted.colours(), on: painted.scalp)
    func luminance(_ c: SIMD3<Float>) -> Float { 0.2126729 * c.x + 0.7151522 * c.y + 0.0721750 * c.z }
    let full = paint.skin * (1 - paint.cover) + paint.hair * paint.cover
    let painting = logarithm(luminance(paint.skin) / luminance(full))
    #expect(abs(hair.darkness - painting) < 0.05, "\(hair.darkness) of \(painting)")
    // Lifted by what was found, the hair is as light as the skin.
    let mesh = painted.scalp.head.mesh
    let lifted = mesh.positions.indices.filter { hair.shares[$0] > 0.95 }.map { logarithm(luminance(hair.lifts[$0])) }
      .sorted()
    #expect(abs(lifted[lifted.count / 2] - painting) < 0.06)
  }

  /// A blue cap is as dark as hair and has a border, but is no hair; neither is a scan in false colours.
  @Test func whatIsNoHairIsSaid() throws {
    var cap = Paint("cap")
    (cap.hair, cap.cover) = (SIMD3(0.03, 0.05, 0.16), 0.9)
    let painted = try PaintedHead(cap)
    let found = PhotographedHair(painted.colours(), on: painted.scalp)
    guard case .unclear(let doubt) = found.finding else {
      Issue.record("\(found.finding)")
      return
    }
    #expect(doubt.contains("a cap"))
    #expect(found.border.shifts.isEmpty)
  }

  @Test func aBorderFarBehindIsLossAndTheMeanOneStands() throws {
    var paint = Paint("receded")
    paint.shift = { $0 > 0.3 && $0 < 0.7 ? 40 : 0 }
    let painted = try PaintedHead(paint)
    var head = painted.scalp.head
    let hair = PhotographedHair(painted.colours(), on: painted.scalp)
    #expect(hair.finding == .found)
    head.photographedHair = hair
    let (mean, own) = (painted.scalp.region.border, try Scalp(head).region.border)
    let middle = mean.positions.max { $0.z + $0.y < $1.z + $1.y } ?? .zero
    #expect((own.positions.map { length($0 - middle) }.min() ?? 99) < 2)
    #expect(hair.frontShown < 0.3)
  }

  @Test func theNumberOfThreadsChangesNothing() throws {
    let painted = try PaintedHead(Paint.haired[0])
    let colours = painted.colours(threads: 1)
    #expect(
      PhotographedHair(colours, on: painted.scalp, threads: 1)
        == PhotographedHair(painted.colours(threads: 3), on: painted.scalp, threads: 3))
  }
}
