import Foundation
import ScalpGeometry
import Testing

@testable import TreatmentDesign

/// A design that no rule objects to, changed by `change`.
private func design(_ change: (inout Design) -> Void = { _ in }) -> Design {
  var design = Design()
  design.client.age = 34
  design.layers = [.hairline(HairlineLayer())]
  change(&design)
  return design
}

private func withHairline(_ change: (inout HairlineLayer) -> Void) -> Design {
  design { design in
    var line = HairlineLayer()
    change(&line)
    design.layers = [.hairline(line)]
  }
}

private func female(_ design: Design) -> Design {
  var design = design
  var choice = MannequinChoice()
  choice.sex = .female
  design.head = .mannequin(choice)
  return design
}

private func levels(_ id: String, _ design: Design) -> [LintFinding.Level] {
  lint(design).filter { $0.id == id }.map(\.level)
}

@Suite struct LintTests {
  @Test func aPlainDesignIsNotObjectedTo() {
    #expect(lint(design()) == [])
  }

  @Test func edgesNeedTwoMillimetresOfGradient() {
    #expect(levels("L3", withHairline { $0.feather = 1.9 }) == [.error])
    #expect(levels("L3", withHairline { $0.feather = 2 }) == [])
    #expect(levels("L3", withHairline { ($0.feather, $0.style) = (1, .edgeUp) }) == [])
    var zone = ZoneLayer()
    zone.feather = 1
    #expect(lint(design { $0.layers = [.zone(zone)] }).map(\.keyPath) == ["layers[0].zone.feather"])
  }

  @Test func linesBelowTheForeheadAreRefusedBySex() {
    let low = withHairline { $0.height = 58 }
    #expect(levels("L4", low) == [.error])
    #expect(levels("L4", female(low)) == [])
    #expect(levels("L4", female(withHairline { $0.height = 49 })) == [.error])
    #expect(levels("L4", withHairline { $0.height = 60 }) == [])
    // A drawn line is measured where it crosses the midline: halfway between 50 and 62 here.
    let drawn = withHairline {
      $0.points = [
        .init(up: 70, side: -60), .init(up: 50, side: -10), .init(up: 62, side: 10), .init(up: 80, side: 60),
      ]
    }
    #expect(lint(drawn).first { $0.id == "L4" }?.measured == 56)
    // A scan does not say the sex; the loss pattern may.
    var scan = low
    scan.head = .scan(ScanChoice())
    #expect(levels("L4", scan) == [])
    scan.hair.loss = .norwoodIII
    #expect(levels("L4", scan) == [.error])
  }

  @Test func largeDotsAreRefused() {
    // Four and a half shafts of 0.06 mm are 0.27 mm; the apparent diameter is fine there.
    #expect(levels("L6", design { ($0.pigment.coreDiameter, $0.hair.calibre) = (0.275, 0.06) }) == [.error])
    #expect(levels("L6", design { ($0.pigment.coreDiameter, $0.hair.calibre) = (0.27, 0.06) }) == [])
    #expect(levels("L6", design { ($0.pigment.coreDiameter, $0.hair.calibre) = (0.34, 0.12) }) == [.error])
    #expect(levels("L6", design { ($0.pigment.coreDiameter, $0.hair.calibre) = (0.33, 0.12) }) == [])
  }

  /// The figures of the fade model: a 0.13 mm core is 0.183 mm wide after five years, 0.21 of the spacing at 150/cm².
  @Test func spreadAndSpacingAgreeWithTheFadeModel() {
    #expect(abs(spreadWidth(core: 0.13, diffusion: 3e-4, years: 5) - 0.183134) < 1e-6)
    #expect(abs(meanSpacing(density: 150) - 10.7457 / 150.0.squareRoot()) < 1e-5)
    #expect(abs(apparentDiameter(core: 0.13) - 0.256) < 5e-4)
  }

  @Test func crowdedOrDeepDotsMerge() {
    func crowded(_ core: Double, _ depth: Double = 0.8) -> [LintFinding.Level] {
      var crowded = withHairline { $0.density = 350 }
      (crowded.pigment.coreDiameter, crowded.pigment.needleDepth) = (core, depth)
      return levels("L7", crowded)
    }
    // What the match may find at most is no merging: 0.33 mm at 350 per cm² are 0.62 of the spacing in five years.
    #expect(crowded(0.33) == [])
    #expect(crowded(0.36) == [.warning])
    #expect(crowded(0.45) == [.error])
    #expect(crowded(0.25, 1.6) == [.error])
    // White tissue needs more dots than skin: scars are not asked for fewer.
    var scar = ScarLayer()
    (scar.shape, scar.density) = (.strip(path: [.init(up: 1, side: 0), .init(up: 9, side: 0)], width: 2), 400)
    scar.pigment.coreDiameter = 0.33
    #expect(levels("L7", design { $0.layers = [.scar(scar)] }) == [])
  }

  @Test(arguments: [(0.49, 1), (0.5, 0), (1.5, 0), (1.51, 1)])
  func needlesStayInTheUpperDermis(depth: Double, findings: Int) {
    #expect(levels("L8", design { $0.pigment.needleDepth = depth }).count == findings)
  }

  @Test func sessionsAreSmallAndApart() {
    func sessions(_ list: [(Double, Double)]) -> [LintFinding.Level] {
      levels("L11", design { $0.sessions = list.map { Session(day: $0.0, share: $0.1) } })
    }
    #expect(sessions([(0, 0.3), (14, 0.9), (28, 1)]) == [])
    #expect(sessions([(0, 0.3), (14, 0.91), (28, 1)]) == [.error])
    // One session is both too few and too much at once.
    #expect(sessions([(0, 1)]) == [.warning, .error])
    #expect(sessions([(0, 0.2), (14, 0.4), (28, 0.6), (42, 0.8), (56, 1)]) == [.warning])
    #expect(sessions([(0, 0.5), (13, 1)]) == [.warning])
    #expect(sessions([(0, 0.5), (6, 1)]) == [.error])
  }

  @Test func sidesDifferALittle() {
    let ruled = withHairline { ($0.asymmetry, $0.undulation) = (0, 0.1) }
    #expect(levels("L14", ruled) == [.warning])
    #expect(levels("L14", withHairline { ($0.asymmetry, $0.undulation) = (15, 0) }) == [.warning])
    #expect(levels("L14", withHairline { $0.style = .edgeUp }) == [])
    let mirrored = withHairline {
      $0.points = [.init(up: 90, side: -60), .init(up: 70, side: 0), .init(up: 90, side: 60)]
    }
    #expect(levels("L14", mirrored) == [.warning])
    // One side 3 mm further back at its end: 3/√3 by the formula for an even slope.
    let natural = withHairline {
      $0.points = [.init(up: 90, side: -60), .init(up: 70, side: 0), .init(up: 93, side: 60)]
    }
    #expect(
      abs(
        (leftRightResidual(of: { if case .hairline(let l) = natural.layers[0] { l } else { .init() } }()) ?? 0) - 3
          / 3.0.squareRoot()) < 0.03)
    #expect(levels("L14", natural) == [])
  }

  @Test func linesFitTheAge() {
    func findings(_ age: Double?, _ height: Double, _ recession: Double) -> [LintFinding] {
      var design = withHairline { ($0.height, $0.templeRecession) = (height, recession) }
      design.client.age = age
      return lint(design).filter { $0.id == "L15" }
    }
    #expect(findings(28, 65, 15) == [])
    #expect(findings(28, 64, 15).map(\.advised) == [.atLeast(65)])
    #expect(findings(40, 69, 30).map(\.advised) == [.atLeast(70)])
    #expect(findings(40, 72, 19).map(\.advised) == [.atLeast(20)])
    #expect(findings(60, 74, 24).count == 2)
    #expect(findings(nil, 62, 0) == [])
    #expect(levels("L15", female(withHairline { $0.height = 62 })) == [])
  }

  @Test func scarsBlendIntoTheirSurroundings() {
    var scar = ScarLayer()
    scar.shape = .strip(path: [.init(up: 1, side: 0), .init(up: 9, side: 0)], width: 2)
    #expect(levels("L16", design { $0.layers = [.scar(scar)] }) == [])
    scar.ring = 7.9
    #expect(levels("L16", design { $0.layers = [.scar(scar)] }) == [.error])
    scar.treat = false
    #expect(levels("L16", design { $0.layers = [.scar(scar)] }) == [])
    (scar.treat, scar.ring, scar.age) = (true, nil, 5)
    #expect(levels("L16", design { $0.layers = [.scar(scar)] }) == [.error])
    (scar.age, scar.keloid) = (6, true)
    #expect(levels("L16", design { $0.layers = [.scar(scar)] }) == [.error])
  }

  @Test func aWaivedFindingKeepsItsReasonAndBreaksNothing() throws {
    var low = withHairline { $0.height = 52.5 }
    low.waivers = [Waiver(rule: .l4, reason: "his line of 2019, on photographs")]
    let finding = try #require(lint(low).first)
    #expect(finding.waived == "his line of 2019, on photographs")
    #expect(!finding.breaks(strict: true))
    #expect(finding.description.hasPrefix("L4 waived (his line of 2019, on photographs): hairline above"))
    low.waivers = [Waiver(rule: .l7, reason: "other")]
    #expect(try #require(lint(low).first).breaks(strict: false))
  }

  @Test func layersWithPigmentOfTheirOwnAreJudgedByIt() {
    var line = HairlineLayer()
    line.pigment.needleDepth = 0.4
    line.pigment.coreDiameter = 0.29
    let findings = lint(design { ($0.layers, $0.hair.calibre) = ([.hairline(line)], 0.06) })
    #expect(findings.map(\.id) == ["L6", "L8"])
    #expect(
      findings.map(\.keyPath) == ["layers[0].hairline.pigment.coreDiameter", "layers[0].hairline.pigment.needleDepth"])
  }

  @Test func findingsReadAsSentences() {
    #expect(
      lint(withHairline { $0.height = 52.5 }).map(\.description) == [
        "L4 error: hairline above the glabella 52.5 mm, advised at least 60 mm: "
          + "a line this low sits on the forehead and cannot be raised again"
      ])
    #expect(LintFinding.Level.info < .warning && LintFinding.Level.warning < .error)
  }

  @Test(arguments: MannequinChoice.Sex.allCases, ExistingHair.Loss.allCases)
  func starterDesignsAreNotObjectedTo(sex: MannequinChoice.Sex, loss: ExistingHair.Loss) throws {
    for age in [nil, 22, 35, 44, 68] as [Double?] {
      var choice = StarterChoice()
      (choice.sex, choice.loss, choice.age) = (sex, loss, age)
      let findings = lint(try readDesign(starterDesign(choice), named: "starter.yaml"))
      #expect(findings == [], "\(findings)")
    }
  }

  @Test func findingsPointIntoTheDocument() throws {
    let document = try readDesignDocument(
      smallDesign.replacing("density: 150", with: "density: 150\n      feather: 1"), named: "d.yaml")
    let finding = try #require(lint(document.design).first)
    #expect(document.locations[finding.keyPath] == .init(line: 6, column: 7))
  }
}
