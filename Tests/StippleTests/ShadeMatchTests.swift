import Foundation
import SkinOptics
import Testing
import TreatmentDesign

@testable import Stipple

private func match(
  _ skin: Client.SkinType, _ hair: ExistingHair.Colour, _ change: (inout MatchQuery) -> Void = { _ in }
) throws -> ShadeMatch {
  var query = MatchQuery()
  (query.client.skin, query.hair.colour) = (skin, hair)
  change(&query)
  return try matchShade(query)
}

@Suite struct ShadeMatchTests {
  @Test(arguments: [
    (Client.SkinType.ii, ExistingHair.Colour.darkBrown), (.ii, .lightBrown), (.iii, .brown), (.iv, .black),
  ])
  func usualPairsAreServed(skin: Client.SkinType, hair: ExistingHair.Colour) throws {
    let match = try match(skin, hair)
    #expect(match.best.difference < visibleDifference)
    #expect(match.isWithinContrast)
    #expect(match.best.dotStep <= dotContrast(skin).upperBound)
    #expect(match.best.patchStep <= match.hairStep + 1)
    #expect(!match.warnings.contains { $0.contains("no shade") })
  }

  /// The proposal is the nearest, or within half a unit of it and more dilute.
  @Test func noOtherCandidateIsMuchNearer() throws {
    let found = try match(.ii, .brown)
    for other in found.byNeedle where other.dotStep <= 30 && other.patchStep <= found.hairStep + 1 {
      #expect(found.best.difference <= other.difference + 0.5)
    }
    // The usual needle serves here, so it stays.
    #expect(found.best.needle == found.query.needle)
    let thin = try match(.ii, .brown) { $0.needle = Needle(diameter: 0.12, points: 1) }
    #expect(
      thin.byNeedle.contains { $0.needle.diameter == 0.12 } && thin.best.difference <= found.best.difference + 0.5)
  }

  @Test func paleHairAsksForMoreWaterAndGreyForMore() throws {
    let dark = try match(.ii, .darkBrown)
    let pale = try match(.ii, .blonde)
    #expect(pale.best.opticalDensity < dark.best.opticalDensity)
    #expect(pale.best.patchStep < dark.best.patchStep)
    let greying = try match(.ii, .darkBrown) { $0.hair.grey = 0.6 }
    #expect(greying.hairStep < dark.hairStep)
    #expect(greying.warnings.contains { $0.contains("half of the hair is grey") })
  }

  @Test(arguments: [Client.SkinType.i, .iii])
  func whiteHairIsServedByNoShade(skin: Client.SkinType) throws {
    let match = try match(skin, .white) { $0.hair.grey = 1 }
    #expect(match.warnings.contains { $0.contains("no shade serves") })
  }

  @Test func yearsCarryTheirRange() throws {
    let match = try match(.ii, .darkBrown)
    #expect(match.moments.map(\.years) == [0, 1, 3, 5])
    for i in Illuminant.allCases.indices {
      // A month has widened the dots by a hundredth.
      #expect(abs(match.moments[0].differences[i] - match.best.differences[i]) < 0.03)
      for moment in match.moments {
        #expect(moment.least[i] <= moment.differences[i] && moment.differences[i] <= moment.greatest[i])
      }
      // Faded work differs more, and no one knows by how much.
      #expect(match.moments[3].greatest[i] - match.moments[3].least[i] > 0.5)
      #expect(match.moments[3].greatest[i] > match.moments[1].greatest[i])
    }
  }

  @Test func designsSayWhatTheyKnow() throws {
    let query = MatchQuery(try OpenedDesign(samplesFolder + "/buzz-edge-up.yaml").design)
    let found = try matchShade(query)
    #expect(found.query.client == query.client && query.client.skin != .ii)
    let json = try #require(JSONSerialization.jsonObject(with: Data(found.json.utf8)) as? [String: Any])
    let proposal = try #require(json["proposal"] as? [String: Any])
    for key in ["shade", "pigmentShare", "needleDiameter", "needlePoints", "difference"] {
      #expect(proposal[key] is NSNumber, "\(key)")
    }
    #expect((json["years"] as? [Any])?.count == 4)
    #expect(found.text.contains("daylight") && found.text.contains("tungsten") && found.text.contains("led"))
  }

  @Test func queriesOutsideTheirRangesAreRefused() {
    let wrong: [(String, (inout MatchQuery) -> Void)] = [
      ("grey", { $0.hair.grey = 1.2 }), ("grey", { $0.hair.grey = -0.1 }), ("grey", { $0.hair.grey = .nan }),
      ("hair density", { $0.hair.density = 0 }), ("hair length", { $0.hair.length = 9 }),
      ("needle depth", { $0.needleDepth = -1 }), ("impressions", { $0.impressions = 5000 }),
      ("hair calibre", { $0.hair.calibre = 0 }),
    ]
    for (name, change) in wrong {
      let error = #expect(throws: StippleError.self) { try match(.ii, .brown, change) }
      #expect(error?.kind == .usage && error?.message.contains(name) == true && error?.message.contains(" to ") == true)
    }
  }
}
