import Meshes
import ScalpRendering
import TestSupport
import Testing
import TreatmentDesign

@testable import Stipple

/// What L13 reads off pictures.
@Suite struct SeenStepTests {
  private func steps(_ change: @escaping (inout Design) -> Void) throws -> [(patch: TreatedPatch, seen: SeenStep)] {
    let opened = try OpenedDesign(
      design { d in
        d.hair.length = 0.5
        change(&d)
      }, on: coarseHead.get())
    let patches = treatedPatches(try opened.fields(), threads: nil)
    return zip(patches, try Portrait(opened).seenSteps(patches)).compactMap { patch, seen in seen.map { (patch, $0) } }
  }

  /// What the match finds is seen as near as what the model of a patch says, on fair skin and on dark.
  @Test(arguments: [Client.SkinType.ii, .v])
  func matchedWorkIsSeenToMatch(skin: Client.SkinType) throws {
    let steps = try steps { $0.client.skin = skin }
    #expect(steps.count > 20)
    for (patch, seen) in steps { #expect(seen.step < patch.allowed, "\(patch.name) from \(seen.view)") }
    let mean = steps.reduce(0) { $0 + $1.seen.step } / Double(steps.count)
    #expect(mean < 1.3)
  }

  /// Paler than the hair, or darker, by as much as the mixture is.
  @Test(arguments: [(0.8, 0.15, false), (10, 0.33, true)])
  func mixturesAreSeen(opticalDensity: Double, core: Double, isDarker: Bool) throws {
    let steps = try steps { d in
      (d.pigment.opticalDensity, d.pigment.coreDiameter, d.pigment.needleDepth) = (opticalDensity, core, 0.6)
      guard case .hairline(var line) = d.layers[0] else { return }
      line.density = isDarker ? 350 : 200
      d.layers[0] = .hairline(line)
    }
    // Where the rim's hair ends it does most of the work itself.
    for (patch, seen) in steps where patch.missing > 0.95 {
      #expect(seen.step > patch.allowed && seen.isDarker == isDarker, "\(patch.name) from \(seen.view)")
    }
  }

  /// Each patch is looked at from where it is seen best.
  @Test func viewsFaceTheirPatches() throws {
    let views = try steps { d in
      d.hair.loss = .crown
      var zone = ZoneLayer()
      zone.area = .ellipse(centre: ScalpPlace(up: 290, side: 0), length: 60, width: 60, turn: 0)
      d.layers = [.zone(zone)]
    }.map(\.seen.view)
    #expect(!views.isEmpty && views.allSatisfy { $0 == .back })
    // Over a whole bald top no one view shows all.
    #expect(Set(try steps { _ in }.map(\.seen.view)).count > 2)
  }

  /// Without hair there is nothing to look at: the model of a patch stands in.
  @Test func aBaldHeadIsLeftToTheModel() throws {
    #expect(try steps { $0.hair.loss = .total }.isEmpty)
    let report = try checkDesign(
      OpenedDesign(
        design { d in
          d.hair.loss = .total
          (d.pigment.opticalDensity, d.pigment.coreDiameter) = (0.4, 0.10)
        }, on: coarseHead.get()))
    let finding = try #require(report.findings.first { $0.finding.id == "L13" }?.finding)
    #expect(!finding.subject.contains("seen"))
  }

  /// The finding says from where.
  @Test func findingsNameTheView() throws {
    let report = try checkDesign(
      OpenedDesign(
        design { d in
          (d.hair.length, d.pigment.opticalDensity, d.pigment.coreDiameter) = (0.5, 0.4, 0.10)
        }, on: coarseHead.get()))
    let finding = try #require(report.findings.first { $0.finding.id == "L13" }?.finding)
    #expect(finding.level == .error && finding.subject.contains("seen from"))
  }
}
