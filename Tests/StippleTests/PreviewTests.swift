import Arithmetic
import Foundation
import ImpressionSampling
import Meshes
import PNGImage
import PigmentAging
import ScalpRendering
import TestSupport
import Testing
import TreatmentDesign

@testable import Stipple

let samplesFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appendingPathComponent("samples").path
let sampleNames = ["norwood-3", "norwood-6", "crown", "part-width", "strip-scar", "buzz-edge-up"]
/// Samples whose pictures take the same ways as those above: they are laid on a head and judged, but not drawn here.
let furtherSamples = ["alopecia-areata", "traction", "norwood-4a-gradient", "painted-crown"]

/// One coarse head for all tests. Samples of women are laid on it too.
let coarseHead = MeanHeads.man.map(\.head)

/// A sample on the coarse head, in small pictures.
func coarse(_ sample: String, seed: UInt64? = nil, size: Int = 64, threads: Int? = nil) throws -> OpenedDesign {
  var design = try OpenedDesign(samplesFolder + "/" + sample + ".yaml").design
  // A tenth of the hair and impressions is enough to see that pictures come out.
  design.hair.density = 30
  // With the dose of the whole: what would pass for so little hair is hardly seen.
  (design.pigment.opticalDensity, design.pigment.coreDiameter, design.pigment.needleDepth) = (
    design.pigment.opticalDensity, design.pigment.coreDiameter, design.pigment.needleDepth
  )
  for i in design.layers.indices {
    switch design.layers[i] {
    case .hairline(var layer):
      layer.density = (layer.density ?? 210) / 6
      layer.fillTo = nil
      design.layers[i] = .hairline(layer)
    case .zone(var layer):
      layer.density = (layer.density ?? 210) / 6
      layer.fillTo = nil
      design.layers[i] = .zone(layer)
    case .scar(var layer):
      layer.density = (layer.density ?? 240) / 6
      design.layers[i] = .scar(layer)
    case .gradient(var layer):
      (layer.from, layer.to) = (layer.from / 6, layer.to / 6)
      design.layers[i] = .gradient(layer)
    case .mask(var layer):
      layer.density = (layer.density ?? 210) / 6
      layer.fillTo = nil
      design.layers[i] = .mask(layer)
    }
  }
  var overrides = DesignOverrides()
  (overrides.seed, overrides.size) = (seed, size)
  return try OpenedDesign(design, overrides: overrides, on: coarseHead.get(), threads: threads)
}

/// Mean of all bytes: how light a picture is.
private func lightness(_ image: RasterImage) -> Double {
  image.pixels.reduce(0) { $0 + Double($1) } / Double(image.pixels.count)
}

@Suite struct Preview {
  @Test func everySampleIsListed() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: samplesFolder).filter { $0.hasSuffix(".yaml") }
    #expect(Set(files) == Set((sampleNames + furtherSamples).map { $0 + ".yaml" }))
  }

  @Test(arguments: furtherSamples)
  func furtherSamplesKeepTheRules(sample: String) throws {
    let fields = try compile(OpenedDesign(samplesFolder + "/" + sample + ".yaml").design, on: coarseHead.get())
    #expect(fields.totals().impressions > 3000)
    #expect(advice(on: fields, placing: false).filter { $0.breaks(strict: true) } == [])
  }

  @Test(arguments: sampleNames)
  func everySampleGivesItsPictures(sample: String) throws {
    let opened = try coarse(sample)
    let plan = try opened.placement()
    let pictures = try preview(opened)
    #expect(pictures.map(\.name) == ["before", "after", "year-1", "year-3", "year-5", "sheet"])
    for picture in pictures.dropLast() {
      #expect(picture.image.width == 64 && picture.image.height == 64)
    }
    #expect(pictures[0].image != pictures[1].image, "treatment must show")
    #expect(pictures[1].image != pictures[4].image, "years must show")
    #expect(plan.impressions.count > 50)
    #expect(plan.hair.count > 500)
  }

  /// In the month in which a touch-up heals the scalp is red: a year picture is taken the day before the visit, and says so.
  @Test func aYearIsNotShownWhileATouchUpHeals() throws {
    var design = try OpenedDesign(samplesFolder + "/norwood-3.yaml").design
    design.touchUps = [.year(3)]
    let band = DarknessBand(design)
    let third = design.fadedMoment(3, pace: .typical, band: band)
    let years = try #require(third.years)
    #expect(years < 3 && years > 2.99)
    #expect(third.title == "After 3 years")
    #expect(third.caption.contains("the day before the touch-up"))
    #expect(third.caption.contains(band.caption(at: years, pace: .typical)))
    for year in [1, 2.9, 3.1, 5] {
      let moment = design.fadedMoment(year, pace: .typical, band: band)
      #expect(moment.years == year)
      #expect(!moment.caption.contains("touch-up"))
    }
    let course = courseOfTreatment(design, pace: .typical).course
    #expect(course.darkness(at: years) < course.darkness(at: 3.1))
  }

  @Test func treatmentDarkensAndYearsLighten() throws {
    let portrait = try Portrait(coarse("norwood-6"))
    let dressed = try portrait.dress(.top, size: 96)
    func light(_ years: Double?, _ pace: PigmentPace = .typical) throws -> Double {
      let marks = try portrait.appearance(atYears: years, pace: pace)
      return dressed.light(impressions: marks).reduce(0) { $0 + Double($1.x + $1.y + $1.z) }
    }
    let before = try light(nil)
    let after = try light(healedAge)
    let five = try light(5)
    let ten = try light(10)
    #expect(after < before)
    #expect(after < five && five < ten && ten < before)
    #expect(try light(5, .fast) > five && five > light(5, .slow))
  }

  @Test func threadsDoNotChangeAPixel() throws {
    func pictures(_ threads: Int) throws -> [RasterImage] {
      try preview(coarse("strip-scar", threads: threads)).map(\.image)
    }
    let one = try pictures(1)
    #expect(try pictures(2) == one)
    #expect(try pictures(7) == one)
  }

  @Test func theSeedMattersAndIsAllThatDoes() throws {
    let a = try coarse("crown", seed: 1).placement()
    let b = try coarse("crown", seed: 1).placement()
    let c = try coarse("crown", seed: 2).placement()
    #expect(a.impressions == b.impressions)
    #expect(a.impressions != c.impressions)
    // Another arrangement of the same density: within five standard deviations of a random pattern's count.
    let n = Double(a.impressions.count)
    #expect(abs(n - Double(c.impressions.count)) < 5 * n.squareRoot())
  }

  @Test func sessionsFollowTheShares() throws {
    let plan = try coarse("norwood-6").placement()
    let n = Double(plan.impressions.count)
    for (k, session) in plan.design.sessions.enumerated() {
      let upTo = plan.impressions.points.indices.count { plan.session(of: $0) <= k }
      #expect(abs(Double(upTo) / n - session.share) <= 1 / n)
    }
  }

  @Test func impressionsKeepOffHairs() throws {
    let plan = try coarse("norwood-3").placement()
    var nearest = Float.infinity
    for dot in plan.impressions.points {
      for hair in plan.hair.points { nearest = min(nearest, length(dot.position - hair.position)) }
    }
    #expect(nearest > 0.05, "an impression sits on a hair")
  }

  @Test(arguments: [0, 63, 8193, 100_000])
  func sizesOutOfRangeAreRefused(size: Int) throws {
    #expect(throws: StippleError.self) { try coarse("crown", size: size) }
  }

  @Test func aFullSizePictureIsLighterThanNothingAndSaysSimulation() throws {
    let pictures = try preview(coarse("crown", size: 256))
    let image = pictures[0].image
    #expect(lightness(image) > 60)
    // The word stands in amber at the lower right.
    var amber = 0
    for y in 220..<256 {
      for x in 128..<256 {
        let c = image[x, y]
        if c.x > 200, c.y > 150, c.z < 170 { amber += 1 }
      }
    }
    #expect(amber > 40)
  }

  @Test func theSheetKeepsLargePicturesSmall() {
    var image = RasterImage(width: 100, height: 100, fill: SIMD3(128, 128, 128))
    image[3, 4] = SIMD3(0, 0, 0)
    let small = reduced(image, to: 25)
    #expect(small.width == 25)
    #expect(small[20, 20] == SIMD3(128, 128, 128))
    #expect(small[0, 1].x < 128)
  }
}

@Suite struct Labels {
  static let state = PictureMoment(
    file: "year-3", title: "After 3 years", caption: "typical fading; darkness 73 % (48-85 % by pace)", years: 3)

  /// The word is on every picture, whole, and nothing runs into it: its colour is found where it alone was drawn.
  @Test(arguments: [64, 80, 96, 128, 160, 200, 256, 300, 512, 1024])
  func theWordIsThereAndApart(size: Int) {
    func drawn(_ state: PictureMoment) -> RasterImage {
      var image = RasterImage(width: size, height: size, fill: SIMD3(120, 120, 120))
      label(&image, state)
      return image
    }
    /// Columns and rows of what is yellow, and of what is white or grey beside it.
    func extent(_ image: RasterImage, _ isInk: (SIMD3<UInt8>) -> Bool) -> (x: ClosedRange<Int>, y: ClosedRange<Int>)? {
      var xs: [Int] = []
      var ys: [Int] = []
      for y in 0..<size {
        for x in 0..<size where isInk(image[x, y]) {
          xs.append(x)
          ys.append(y)
        }
      }
      guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max() else { return nil }
      return (left...right, top...bottom)
    }
    let image = drawn(Self.state)
    let word = extent(image) { $0.x > 180 && Int($0.x) - Int($0.z) > 60 }
    guard let word else {
      Issue.record("no word at \(size)")
      return
    }
    // As wide as the word is, in the picture, and letters at least six pixels high.
    #expect(word.x.lowerBound >= 1 && word.x.upperBound < size - 1 && word.y.upperBound < size - 1)
    #expect(word.y.count >= 6)
    #expect(word.x.count > 5 * word.y.count)
    for y in word.y {
      for x in word.x where image[x, y].x > 180 { #expect(Int(image[x, y].x) - Int(image[x, y].z) > 20) }
    }
    // No other text in the word's rows ends nearer to it than a letter.
    for y in word.y {
      for x in max(0, word.x.lowerBound - word.y.count / 2)..<word.x.lowerBound {
        // Its own edge is yellow.
        #expect(image[x, y].x < 160 || Int(image[x, y].x) - Int(image[x, y].z) > 20)
      }
    }
  }
}
