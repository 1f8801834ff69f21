import Arithmetic
import Foundation
import ImpressionSampling
import Meshes
import PNGImage
import PigmentAging
import ScalpGeometry
import Testing
import TreatmentDesign

@testable import Stipple

/// One design, one head, one count: whatever is asked of it.
@Suite struct OneDoorTests {
  @Test(arguments: ["norwood-3", "part-width", "strip-scar", "norwood-4a-gradient"])
  func everyJobCountsTheSame(_ sample: String) throws {
    let folder = try Scratch()
    let path = samplesFolder + "/" + sample + ".yaml"
    // Each opens the design anew, as a command does.
    func open() throws -> OpenedDesign {
      var overrides = DesignOverrides()
      (overrides.size, overrides.quality) = (64, .draft)
      return try OpenedDesign(path, overrides: overrides)
    }
    let wanted = try open().work()
    #expect(wanted.impressions > 0)
    #expect(try checkDesign(open()).work == wanted)
    #expect(try WorkPlan(open()).work == wanted)
    #expect(try WorkPlan(open()).zones.reduce(0) { $0 + $1.dots } == wanted.impressions)
    #expect(try writeField(of: open(), to: folder.path + "/field.png").work == wanted)
    #expect(try writePattern(of: open(), to: folder.path + "/points.csv").impressions.count == wanted.impressions)
    #expect(try writePreview(of: open(), to: folder.path).work == wanted)
    let facts = try describe(path).facts
    #expect(facts.first { $0.name == "impressions" }?.value == Double(wanted.impressions))
    #expect(facts.first { $0.name == "treated area" }?.value == wanted.treatedArea)
    let visits = facts.filter { $0.name.hasPrefix("session ") }.map(\.value)
    #expect(visits == (try WorkPlan(open()).sessions.map { Double($0.dots) }))
  }

  @Test func aTimelineDoesNotDependOnItsPictures() throws {
    let folder = try Scratch()
    // The client's age shapes the mannequin.
    let path = try folder.write(
      """
      schemaVersion: 1
      client: {age: 71}
      hair: {loss: norwood-4, density: 30}
      layers: [{hairline: {height: 74, density: 60}}]
      pictures: {size: 64, quality: draft}
      """, "design.yaml")
    var options = TimelineOptions()
    let table = try writeTimeline(of: OpenedDesign(path), to: folder.path + "/none", options: options)
    options.moments = try TimelineMoment.list("1y")
    let drawn = try writeTimeline(of: OpenedDesign(path), to: folder.path + "/drawn", options: options)
    #expect(table.timeline.spacing == drawn.timeline.spacing)
    #expect(table.timeline.rows == drawn.timeline.rows)
    #expect(drawn.pictures.count == 1)
  }

  /// Preview and timeline show the same head from the same side in the same depth.
  @Test func aTimelineIsDrawnAsAPreviewIs() throws {
    var overrides = DesignOverrides()
    overrides.camera = try Pictures.OwnCamera(parsing: "azimuth=150,elevation=20")
    (overrides.background, overrides.bits, overrides.light, overrides.pace) = (.transparent, 16, .harsh, .slow)
    let opened = try coarse("norwood-6").applying(overrides)
    let year = try #require(try preview(opened).first { $0.name == "year-3" }?.samples)
    var options = TimelineOptions()
    options.moments = try TimelineMoment.list("3y")
    let moment = try #require(try timelinePictures(opened, options: options).pictures.first?.samples)
    #expect(moment.channels == .rgba)
    guard case .sixteen(let a) = year.samples, case .sixteen(let b) = moment.samples else {
      Issue.record("not 16 bits")
      return
    }
    // The label along the foot differs.
    let above = 64 * 40 * 4
    #expect(a.prefix(above) == b.prefix(above))
  }

  @Test func aTimelineAsksForMemoryFirst() throws {
    var overrides = DesignOverrides()
    (overrides.size, overrides.bits) = (8192, 16)
    var options = TimelineOptions()
    options.moments = try TimelineMoment.list((1...24).map { "\($0)mo" }.joined(separator: ","))
    options.paces = try Pace.list("slow,typical,fast,p10,p20,p30,p80,p90")
    let opened = try coarse("crown").applying(overrides)
    let error = #expect(throws: StippleError.self) { try timelinePictures(opened, options: options) }
    #expect(error?.kind == .limit)
  }

  @Test func liveFramesAreHealedAndSaySo() throws {
    let opened = try coarse("norwood-6")
    var live = try LivePortrait(opened, size: 160)
    let healed = try live.frame(opened.design)
    #expect(try live.frame(opened.design, afterYears: healedAge) == healed)
    #expect(try live.frame(opened.design, afterYears: 0) != healed)
    /// Pixels in the colour of the word SIMULATION.
    func amber(_ image: RasterImage) -> Int {
      (0..<image.height).reduce(0) { sum, y in
        sum + (0..<image.width).count { x in image[x, y].x > 200 && Int(image[x, y].x) - Int(image[x, y].z) > 60 }
      }
    }
    #expect(amber(healed) > 30)
  }

  @Test func eachStageIsMadeOnce() throws {
    let opened = try OpenedDesign(samplesFolder + "/crown.yaml")
    let one = try opened.placement().impressions.points
    let other = try opened.placement().impressions.points
    one.withUnsafeBufferPointer { a in
      other.withUnsafeBufferPointer { b in #expect(a.baseAddress == b.baseAddress) }
    }
    // Other pictures of the design stand on the same head.
    var overrides = DesignOverrides()
    overrides.light = .harsh
    let head = try opened.head().mesh.positions
    try opened.applying(overrides).head().mesh.positions.withUnsafeBufferPointer { a in
      head.withUnsafeBufferPointer { b in #expect(a.baseAddress == b.baseAddress) }
    }
  }

  @Test func aDesignBuiltInCodeIsHeldToTheDocumentsRanges() throws {
    var design = Design()
    var line = HairlineLayer()
    line.height = 500
    design.layers = [.hairline(line)]
    let error = #expect(throws: StippleError.self) { try OpenedDesign(design) }
    #expect(error?.kind == .data && error?.message.contains("height 500 is outside") == true)
    design.layers = []
    #expect(throws: StippleError.self) { try OpenedDesign(design) }
  }

  /// Numbers that no picture can have are refused in words, not by a trap in the words.
  @Test(arguments: ["distance=1e300", "focal=1e300", "azimuth=-1e300"])
  func numbersBeyondReasonAreRefused(_ camera: String) {
    let error = #expect(throws: StippleError.self) { try Pictures.OwnCamera(parsing: camera) }
    #expect(error?.kind == .usage)
  }

  @Test(arguments: [
    (0.0, "0"), (1.5, "1.5"), (20, "20"), (0.126, "0.13"), (-3, "-3"), (1e300, "1e+300"), (.infinity, "inf"),
    (.nan, "nan"),
  ])
  func numbersAreShort(_ value: Double, _ text: String) { #expect(short(value) == text) }
}
