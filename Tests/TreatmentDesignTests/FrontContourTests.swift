import Testing

@testable import TreatmentDesign

/// The front that zones, gradients and masks make is judged as hairlines are; pigment beyond the scalp is an error.
@Suite struct FrontContourTests {
  private static let ids = ["L2", "L4", "L5", "L15", "L20"]

  private func findings(
    _ layers: [Layer], loss: ExistingHair.Loss = .total, change: (inout Design) -> Void = { _ in }
  ) throws -> [LintFinding] {
    var design = Design()
    (design.hair.loss, design.layers) = (loss, layers)
    change(&design)
    guard let meanMan else { return [] }
    return lint(try compile(design, on: meanMan)).filter { Self.ids.contains($0.id) }
  }

  private func zone(_ area: ZoneLayer.Area, feather: Double = 10, density: Double = 180) -> ZoneLayer {
    var zone = ZoneLayer()
    (zone.area, zone.feather, zone.density) = (area, feather, density)
    return zone
  }

  private func ellipse(up: Double, length: Double, width: Double) -> ZoneLayer.Area {
    .ellipse(centre: ScalpPlace(up: up, side: 0), length: length, width: width, turn: 0)
  }

  @Test func aZoneOnTheForeheadIsTooLowAndBeyondTheScalp() throws {
    let found = try findings([.zone(zone(ellipse(up: 35, length: 40, width: 80)))], loss: .norwoodIII)
    let low = try #require(found.first { $0.id == "L4" })
    #expect(low.level == .error && abs(low.measured - 15) < 4 && low.keyPath == "layers[0].zone.ellipse")
    let beyond = try #require(found.first { $0.id == "L20" })
    #expect(beyond.level == .error && beyond.measured > 15 && beyond.measured < 30)
    #expect(beyond.subject.contains("on the forehead") && beyond.subject.contains("impressions"))
    #expect(beyond.keyPath == "layers[0].zone.ellipse")
  }

  @Test func theBandOfAHelmetIsLowAndStraight() throws {
    let corners = [(45.0, -70.0), (45, 70), (200, 80), (200, -80)].map { ScalpPlace(up: $0.0, side: $0.1) }
    let found = try findings([.zone(zone(.polygon(corners), feather: 2))])
    #expect(abs(try #require(found.first { $0.id == "L4" }).measured - 45) < 3)
    #expect(try #require(found.first { $0.id == "L2" }).measured > 60)
    // The same front as a gradient
    var gradient = GradientLayer()
    (gradient.area, gradient.feather) = (.polygon(corners), 2)
    (gradient.from, gradient.to) = (220, 160)
    gradient.course = .along(from: ScalpPlace(up: 45, side: 0), to: ScalpPlace(up: 200, side: 0))
    let other = try findings([.gradient(gradient)])
    #expect(other.contains { $0.id == "L4" && $0.keyPath == "layers[0].gradient.polygon" })
  }

  @Test func aWhiteMaskIsPigmentOnTheWholeForehead() throws {
    var mask = MaskLayer()
    (mask.image, mask.density) = (MaskImage(width: 1, height: 1, shares: [1]), 200)
    let found = try findings([.mask(mask)])
    #expect(found.contains { $0.id == "L4" && $0.measured < 5 && $0.keyPath == "layers[0].mask.image" })
    #expect(found.contains { $0.id == "L20" && $0.measured > 40 })
  }

  @Test func whereHairMakesTheFrontNoneIsFound() throws {
    // A crown behind hair and on a bald head; a filled recession behind what stands in front of it.
    let crown = Layer.zone(zone(ellipse(up: 255, length: 90, width: 90), feather: 25))
    #expect(try findings([crown], loss: .norwoodIIIVertex) == [])
    #expect(try findings([crown]) == [])
    #expect(try findings([.zone(zone(ellipse(up: 120, length: 60, width: 60)))], loss: .diffuse) == [])
  }

  @Test func hairlinesAreJudgedAsTheyWere() throws {
    var line = HairlineLayer()
    (line.height, line.style) = (45, .edgeUp)
    let low = try findings([.hairline(line)])
    #expect(low.map(\.id) == ["L2", "L4"] && low[1].keyPath == "layers[0].hairline.height" && low[1].measured == 45)
    // A zone behind it is no front of its own.
    (line.height, line.style) = (74, .natural)
    let crown = Layer.zone(zone(ellipse(up: 170, length: 160, width: 120), feather: 25))
    #expect(try findings([.hairline(line), crown]) == findings([.hairline(line)]))
    // One ahead of it is.
    let ahead = Layer.zone(zone(ellipse(up: 45, length: 30, width: 70)))
    #expect(
      try findings([.hairline(line), ahead]).contains { $0.id == "L4" && $0.keyPath == "layers[1].zone.ellipse" })
  }

  @Test func aFrontFitsTheAge() throws {
    let corners: [(Double, Double)] = [
      (66, 0), (72, -28), (88, -46), (70, -70), (130, -100), (180, -80), (205, 0), (180, 80), (130, 100), (70, 70),
      (88, 46), (71, 28),
    ]
    let places = corners.map { ScalpPlace(up: $0.0, side: $0.1) }
    let front = Layer.zone(zone(.polygon(places)))
    let found = try findings([front]) { $0.client.age = 60 }
    #expect(found.contains { $0.id == "L15" && abs($0.measured - 66) < 4 && $0.advised == .atLeast(75) })
    #expect(try !findings([front]) { $0.client.age = 25 }.contains { $0.id == "L15" || $0.id == "L4" })
  }

  @Test func aReasonSetsItAside() throws {
    var forehead = zone(ellipse(up: 30, length: 30, width: 30))
    #expect(try findings([.zone(forehead)]).first { $0.id == "L20" }?.waived == nil)
    forehead.beyondScalp = BeyondScalpReason(reason: "a scar, camouflaged")
    let waived = try #require(try findings([.zone(forehead)]).first { $0.id == "L20" })
    #expect(waived.waived == "a scar, camouflaged" && !waived.breaks(strict: true))
    // A trace is none.
    #expect(try !findings([.zone(zone(ellipse(up: 30, length: 8, width: 8), feather: 1))]).contains { $0.id == "L20" })
  }

  @Test func theReasonIsReadAndWritten() throws {
    let text = "schemaVersion: 1\nlayers:\n  - zone: {area: scalp, beyondScalp: {reason: 'his: own'}}\n"
    let design = try readDesign(text, named: "d")
    #expect(design.layers[0].beyondScalp?.reason == "his: own")
    #expect(try readDesign(writeDesign(design), named: "d") == design)
    for (wrong, problem) in [
      ("true", "3:38: 'true' where a section with the keys reason belongs"), ("{}", "3:25: 'reason' is missing"),
      ("{reason: }", "3:39: 'reason' has no value"),
    ] {
      let error = #expect(throws: DesignDocumentError.self) {
        try readDesign(text.replacing("{reason: 'his: own'}", with: wrong), named: "d")
      }
      #expect(error?.description.hasPrefix("d:\(problem)") == true, "\(error?.description ?? "")")
    }
  }
}
