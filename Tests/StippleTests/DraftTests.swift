import ImpressionSampling
import PNGImage
import ScalpRendering
import SkinOptics
import Testing
import TreatmentDesign

@testable import Stipple

/// A plan with its first hairline moved to `height`.
private func moved(_ design: Design, to height: Double) -> Design {
  var design = design
  for i in design.layers.indices {
    guard case .hairline(var line) = design.layers[i] else { continue }
    line.height = height
    design.layers[i] = .hairline(line)
  }
  return design
}

@Suite struct Drafts {
  @Test func framesFollowTheDesignAndNothingElse() throws {
    var overrides = DesignOverrides()
    overrides.view = .front
    let opened = try coarse("norwood-6").applying(overrides)
    let plan = try opened.placement()
    var studio = try LivePortrait(opened, size: 64)
    let low = try studio.frame(moved(plan.design, to: 66))
    let high = try studio.frame(moved(plan.design, to: 84))
    #expect(low != high)
    // The same design gives the same frame, whatever came before and on any number of threads.
    #expect(try studio.frame(moved(plan.design, to: 66)) == low)
    var single = try LivePortrait(coarse("norwood-6", threads: 1).applying(overrides), size: 64)
    #expect(try single.frame(moved(plan.design, to: 66)) == low)
    // What is laid on the head after another design is what is laid on it at once.
    let again = try compile(moved(plan.design, to: 84), on: plan.fields.scalp)
    let points = Array(plan.impressions.points.prefix(200))
    func densities(_ fields: CompiledDesign) -> [Float] {
      var values = [Float](repeating: 0, count: points.count)
      var span = values.mutableSpan
      fields.impressionDensity.evaluate(points.span, into: &span)
      return values
    }
    #expect(try densities(studio.fields.changed(to: moved(plan.design, to: 84))) == densities(again))
  }

  @Test func whatMustBePreparedAnewIsRefused() throws {
    let opened = try coarse("norwood-6")
    var studio = try LivePortrait(opened, size: 64)
    var other = opened.design
    other.hair.density += 20
    #expect(!studio.canDraw(other))
    #expect(throws: StippleError.self) { try studio.frame(other) }
    #expect(throws: StippleError.self) { try LivePortrait(opened, size: 100_000) }
  }
}

@Suite struct Scenes {
  private func scene(_ change: (inout DesignOverrides) -> Void, size: Int? = nil) throws -> PictureScene {
    var overrides = DesignOverrides()
    overrides.size = size
    change(&overrides)
    return PictureScene(try Design().applying(overrides).pictures)
  }

  @Test(arguments: [0, 63, 8193, 100_000, -5])
  func sizesOutsideTheirRangeAreRefused(size: Int) {
    #expect(throws: StippleError.self) { try scene({ _ in }, size: size) }
  }

  @Test func valuesOutsideTheirRangesAreRefused() throws {
    #expect(throws: StippleError.self) { try scene { $0.oil = 1.5 } }
    #expect(throws: StippleError.self) { try scene { $0.bits = 12 } }
    for text in ["azimuth=400", "distance=5", "focal=0", "roll=3", "azimuth", "elevation=x"] {
      #expect(throws: StippleError.self, "\(text)") { try Pictures.OwnCamera(parsing: text) }
    }
    let camera = try Pictures.OwnCamera(parsing: "azimuth=-30,focal=85")
    #expect(camera.azimuth == -30 && camera.focal == 85 && camera.distance == 1200)
  }

  @Test func aCameraInsideTheHeadIsRefused() throws {
    var overrides = DesignOverrides()
    overrides.camera = try Pictures.OwnCamera(parsing: "distance=70")
    let near = try coarse("crown").applying(overrides)
    #expect(throws: StippleError.self) { try Portrait(near).camera(for: nil) }
    #expect(throws: StippleError.self) { try preview(near) }
    overrides.orthographic = true
    #expect(try Portrait(near.applying(overrides)).camera(for: nil).isOrthographic)
  }

  @Test func memoryIsCountedBeforeItIsTaken() throws {
    let large = try scene({ $0.quality = .final }, size: 8192)
    #expect(large.windows(size: 8192).allSatisfy { $0.width * $0.height * 4 <= 1 << 22 })
    #expect(large.windows(size: 8192).map(\.height).reduce(0, +) == 8192)
    #expect(throws: StippleError.self) { try large.checkMemory(pictures: 5, free: 1_000_000_000) }
    try scene({ _ in }, size: 1024).checkMemory(pictures: 5, free: 1_000_000_000)
  }

  /// Every word of the document means what the renderer calls the same.
  @Test func namesAreTheSameInDesignsAndInTheRenderer() {
    for light in Pictures.Light.allCases { #expect(light.setup.rawValue == light.rawValue) }
    for background in Pictures.Background.allCases { #expect(background.backdropKind.rawValue == background.rawValue) }
    for quality in Pictures.Quality.allCases { #expect(quality.rendering.rawValue == quality.rawValue) }
    for view in Pictures.View.allCases where view != .macro { #expect(view.clinicView?.rawValue == view.rawValue) }
    for kind in Pigment.Kind.allCases { #expect(kind.ink.name == kind.rawValue) }
    for type in Client.SkinType.allCases { #expect(type.preset.name == type.rawValue) }
  }

  @Test func deepTransparentPicturesKeepTheirLabel() throws {
    var overrides = DesignOverrides()
    (overrides.background, overrides.bits) = (.transparent, 16)
    var options = PreviewOptions()
    options.years = []
    let pictures = try preview(coarse("crown").applying(overrides), options: options)
    let samples = try #require(pictures[0].samples)
    #expect(samples.channels == .rgba)
    guard case .sixteen(let values) = samples.samples else {
      Issue.record("not 16 bits")
      return
    }
    #expect(values[3] == 0, "the corner is clear")
    #expect(values[(62 * 64 + 1) * 4 + 3] == 65535, "the label is not")
  }
}
