import ImpressionSampling
import Meshes
import PigmentAging
import ScalpGeometry
import TestSupport
import Testing
import TreatmentDesign

@testable import Stipple

/// One coarse head for the tests of advice, plans and fields.
let coarseScalp = MeanHeads.man

func design(_ change: (inout Design) -> Void = { _ in }) -> Design {
  var design = Design()
  design.hair.loss = .norwoodVI
  design.layers = [.hairline(HairlineLayer())]
  change(&design)
  return design
}

@Suite struct AdviceTests {
  @Test func rowsAndColumnsAreAGrid() throws {
    // A square lattice with 1 mm between dots on a flat sheet of 40 mm.
    let mesh = TriangleMesh(
      positions: [SIMD3(0, 0, 0), SIMD3(40, 0, 0), SIMD3(40, 40, 0), SIMD3(0, 40, 0)],
      triangles: [SIMD3(0, 1, 2), SIMD3(0, 2, 3)])
    var points: [SurfacePoint] = []
    for x in 0..<40 {
      for y in 0..<40 {
        let p = SIMD3(Float(x) + 0.5, Float(y) + 0.5, 0)
        points.append(
          p.y <= p.x
            ? SurfacePoint(position: p, triangle: 0, v: (p.x - p.y) / 40, w: p.y / 40)
            : SurfacePoint(position: p, triangle: 1, v: p.x / 40, w: (p.y - p.x) / 40))
      }
    }
    let count = points.count
    let lattice = DotPattern(
      points: points, normals: [SIMD3<Float>](repeating: SIMD3(0, 0, 1), count: count),
      radii: [Float](repeating: 1, count: count), sessionEnds: [count / 3, 2 * count / 3, count])
    let density = UniformDensity(perSquareCentimetre: 100)
    let found = gridFindings(try PatternStatistics(of: lattice, on: mesh, density: density, detail: 4))
    #expect(found.contains { $0.id == "L1" && $0.subject.contains("neighbours") && $0.measured < 0.01 })
    let natural = try samplePoissonDisc(on: mesh, density: density, seed: 1)
    #expect(gridFindings(try PatternStatistics(of: natural, on: mesh, density: density, detail: 4)) == [])
  }

  @Test func deepCarbonIsBlue() {
    #expect(blueRule(design()) == [])
    let deep = blueRule(design { ($0.pigment.needleDepth, $0.pigment.coreDiameter) = (1.4, 0.17) })
    #expect(deep.map(\.level) == [.warning])
    #expect(deep[0].measured < -4)
    #expect(deep[0].keyPath == "pigment.needleDepth")
  }

  @Test func contrastHasAnEnd() throws {
    func found(_ change: @escaping (inout Design) -> Void) throws -> [LintFinding] {
      contrastRule(try compile(design(change), on: coarseScalp.get()), threads: nil)
    }
    #expect(try found { _ in } == [])
    let dark = try found { d in
      (d.pigment.opticalDensity, d.pigment.coreDiameter, d.pigment.needleDepth) = (16, 0.4, 0.4)
      d.pigment.found.density = 350
      d.hair.loss = .total
    }
    #expect(dark.map(\.id) == ["L12", "L12"])
    #expect(dark[0].measured > 45 && dark[1].measured > 22)
  }

  @Test func theSecondRoutineTouchUpReachesTheLimit() throws {
    // Every 4.4 to 5.7 years: 1.46 times the original dose after the first, over 1.8 after the second.
    let routine = design { $0.touchUps = [.below(0.65), .below(0.65)] }
    let planned = plannedTouchUps(routine)
    #expect(planned.count == 2)
    let first = try #require(planned[0].years)
    #expect(abs(first - 4.4) < 0.1)
    #expect(abs(planned[0].lifetimeDose - 1.46) < 0.02)
    #expect(try #require(planned[0].earliest) < first && first < #require(planned[0].latest))
    #expect(touchUpRule(routine).map(\.id) == ["L17"])
    #expect(touchUpRule(routine)[0].keyPath == "touchUps[1]")
    #expect(touchUpRule(design { $0.touchUps = [.year(4)] }) == [])
    // A dose brings the work back to where it was.
    let again = plannedTouchUps(design { $0.touchUps = [.year(4), .year(4.09)] })
    #expect(again[1].dose < 0.02)
  }

  @Test func adviceComesInOrderAndCarriesWaivers() throws {
    let fields = try compile(
      design { d in
        var line = HairlineLayer()
        (line.height, line.density) = (58, 120)
        d.layers = [.hairline(line)]
        d.pigment.needleDepth = 1.6
        d.waivers = [Waiver(rule: .l4, reason: "as agreed")]
      }, on: coarseScalp.get())
    let found = advice(on: fields, placing: false)
    let ids = found.map { Int($0.id.dropFirst()) ?? 0 }
    #expect(ids == ids.sorted())
    for rule in [4, 8, 9, 13] { #expect(ids.contains(rule), "L\(rule) in \(ids)") }
    #expect(found.first { $0.id == "L4" }?.waived == "as agreed")
    #expect(found.filter { $0.id != "L4" }.allSatisfy { $0.waived == nil })
  }

  /// L13: too light is a patch, too dark a cap; what the match finds is neither.
  @Test func workStandsBesideHair() throws {
    func found(_ rule: String, _ change: @escaping (inout Design) -> Void) throws -> [LintFinding] {
      let matched = design { d in
        d.hair.length = 0.5
        change(&d)
      }.matched()
      return advice(on: try compile(matched, on: coarseScalp.get()), placing: false).filter { $0.id == rule }
    }
    for skin in Client.SkinType.allCases {
      #expect(try found("L13") { $0.client.skin = skin } == [], "\(skin)")
      #expect(try found("L19") { $0.client.skin = skin } == [], "\(skin)")
    }
    let faint = { (d: inout Design) in
      (d.pigment.opticalDensity, d.pigment.coreDiameter, d.pigment.needleDepth) = (0.4, 0.08, 0.6)
      if case .hairline(var line) = d.layers[0] {
        line.density = 200
        d.layers[0] = .hairline(line)
      }
    }
    let patch = try found("L13", faint)
    #expect(patch.map(\.level) == [.error])
    #expect(patch[0].measured > 5 && patch[0].reason.contains("lighter"))
    let unseen = try found("L19", faint)
    #expect(unseen.map(\.level) == [.error])
    #expect(unseen[0].measured < 0.2)
    let heavy = try found("L13") { d in
      (d.pigment.opticalDensity, d.pigment.coreDiameter, d.pigment.needleDepth) = (10, 0.33, 0.6)
      if case .hairline(var line) = d.layers[0] {
        line.density = 350
        d.layers[0] = .hairline(line)
      }
    }
    #expect(heavy.map(\.level) == [.error] && heavy[0].reason.contains("cap"))
  }

  @Test func paleHairIsNamed() {
    #expect(paleHairRule(design { ($0.hair.colour, $0.hair.grey) = (.white, 1) }).map(\.id) == ["L18"])
    #expect(paleHairRule(design { ($0.hair.colour, $0.client.skin) = (.blonde, .vi) }).map(\.id) == ["L18"])
    #expect(paleHairRule(design()) == [])
    func white(_ grey: Double, _ length: Double, _ opticalDensity: Double) -> [LintFinding.Level] {
      paleHairRule(
        design { ($0.hair.grey, $0.hair.length, $0.pigment.opticalDensity) = (grey, length, opticalDensity) }
      ).map(\.level)
    }
    #expect(white(0.6, 4, 2) == [.warning])
    #expect(white(0.5, 4, 2) == [])
    #expect(white(0.6, 0.6, 2) == [])
    #expect(white(0.6, 4, 1.2) == [])
  }

  /// Every client that `init` may be asked about passes the strictest check, or is told in one sentence why not.
  @Test(arguments: ExistingHair.Loss.allCases, MannequinChoice.Sex.allCases)
  func everyStarterIsServedOrRefused(loss: ExistingHair.Loss, sex: MannequinChoice.Sex) throws {
    let scalp = try coarseScalp.get()
    var refused = 0
    for skin in Client.SkinType.allCases {
      for hair in ExistingHair.Colour.allCases {
        var choice = StarterChoice()
        (choice.sex, choice.loss, choice.skin, choice.hairColour) = (sex, loss, skin, hair)
        let text: String
        do {
          text = try starterDocument(choice)
        } catch {
          #expect(error.message.contains("pigment only darkens"))
          refused += 1
          continue
        }
        let design = try readDesign(text, named: "starter").matched()
        let fields = try compile(design, on: scalp)
        let broken = advice(on: fields, placing: false).filter { $0.breaks(strict: true) }
        #expect(broken == [], "\(skin) \(hair): \(broken.map(\.description))")
      }
    }
    // White hair on every skin, and pale hair on dark ones.
    #expect((6...20).contains(refused), "\(refused)")
  }

  /// The same on pictures, for some of them: where it was hardest, and one of each kind of loss.
  @Test(arguments: [
    (ExistingHair.Loss.norwoodIV, MannequinChoice.Sex.male, Client.SkinType.ii, ExistingHair.Colour.black),
    (.norwoodIII, .male, .iv, .darkBrown), (.norwoodVI, .male, .iv, .black), (.crown, .male, .ii, .brown),
    (.ludwigIII, .female, .vi, .black), (.ludwigII, .female, .ii, .lightBrown), (.traction, .female, .v, .black),
    (.areataMultiple, .female, .iii, .black), (.ludwigII, .female, .iii, .grey), (.diffuse, .male, .i, .blonde),
    (.norwoodVII, .male, .vi, .darkBrown),
  ])
  func startersPassOnPictures(
    loss: ExistingHair.Loss, sex: MannequinChoice.Sex, skin: Client.SkinType, hair: ExistingHair.Colour
  ) throws {
    var choice = StarterChoice()
    (choice.loss, choice.sex, choice.skin, choice.hairColour) = (loss, sex, skin, hair)
    let design = try readDesign(starterDocument(choice), named: "starter")
    let report = try checkDesign(OpenedDesign(design, on: coarseHead.get()))
    #expect(!report.isBroken(strict: true), "\(report.text)")
  }
}
