import Arithmetic
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
  /// Treated skin and hair agree at arm's length, under all three lights, for every skin and all hair that is darker than it.
  @Test(arguments: Client.SkinType.allCases, [ExistingHair.Colour.black, .darkBrown, .brown])
  func darkHairIsMatchedOnEverySkin(skin: Client.SkinType, hair: ExistingHair.Colour) throws {
    for length in [0.2, 0.6, 1.2] {
      let match = try match(skin, hair) {
        $0.hair.length = length
        $0.hair.calibre = skin.usualCalibre
      }
      #expect(match.best.difference < 1.8, "\(length) mm")
      let dose = match.best.dose
      #expect(DoseHabits.opticalDensity.contains(dose.opticalDensity) && DoseHabits.density.contains(dose.density))
      #expect(DoseHabits.coreDiameter.contains(dose.coreDiameter) && DoseHabits.needleDepth.contains(dose.needleDepth))
      #expect(abs(match.best.darkness / match.hairDarkness - 1) < 0.1)
      #expect(match.warnings.isEmpty)
    }
  }

  /// Healed work with nothing said about pigment, dark hair shaved to 0.2 to 0.3 mm, as photographs have it.
  @Test func shavedLooksAreAsDarkAsPhotographs() throws {
    for length in [0.2, 0.3] {
      for skin in [Client.SkinType.i, .ii, .iii] {
        for hair in [ExistingHair.Colour.black, .darkBrown] {
          let darkness = try match(skin, hair) { $0.hair.length = length }.best.darkness
          #expect((0.21...0.35).contains(darkness), "\(skin) \(hair) \(length): \(darkness)")
        }
      }
      for skin in [Client.SkinType.iv, .v, .vi] {
        let found = try match(skin, .black) {
          $0.hair.length = length
          $0.hair.calibre = skin.usualCalibre
        }
        // With the mean shine of a scalp in it; where it is matt, as `MeasureTests` measures it, it is a tenth more.
        #expect((0.23...0.45).contains(found.best.darkness), "\(skin) \(length): \(found.best.darkness)")
      }
    }
  }

  /// Neighbouring hair gets neighbouring doses: along colour, grey, length, density and skin there is no jump.
  @Test func neighboursGetNeighbours() throws {
    func expectSmooth(_ name: String, _ steps: Int, _ change: (inout MatchQuery, Double) -> Void) throws {
      var before: Dose?
      for i in 0...steps {
        var query = MatchQuery()
        query.hair.length = 0.6
        change(&query, Double(i) / Double(steps))
        let dose = try matchShade(query).best.dose
        if let before {
          // A fortieth of the way changes no number by much; where one comes to its end, another takes over.
          #expect(abs(dose.opticalDensity / before.opticalDensity - 1) < 0.25, "\(name) \(i)")
          #expect(abs(dose.coreDiameter - before.coreDiameter) < 0.02, "\(name) \(i)")
          #expect(abs(dose.needleDepth - before.needleDepth) < 0.06, "\(name) \(i)")
          #expect(abs(dose.density / before.density - 1) < 0.1, "\(name) \(i)")
        }
        before = dose
      }
    }
    try expectSmooth("grey", 40) { $0.hair.grey = 0.8 * $1 }
    try expectSmooth("length", 40) { $0.hair.length = 0.2 + 2 * $1 }
    try expectSmooth("hair density", 40) { $0.hair.density = 100 + 200 * $1 }
    try expectSmooth("calibre", 40) { $0.hair.calibre = 0.05 + 0.05 * $1 }
    try expectSmooth("melanin", 40) { $0.client.melanin = 0.004 * power(35, $1) }
    try expectSmooth("darkness", 40) { $0.darkness = 0.5 + 0.6 * $1 }
    // The names of colours are far apart; the dose goes through them in order.
    let doses = try [ExistingHair.Colour.lightBrown, .brown, .darkBrown, .black].map { try match(.ii, $0).best }
    for (lighter, darker) in zip(doses, doses.dropFirst()) {
      #expect(lighter.darkness < darker.darkness)
      #expect(darker.dose.coreDiameter / lighter.dose.coreDiameter < 1.35)
      #expect(darker.dose.opticalDensity / lighter.dose.opticalDensity < 1.5)
    }
  }

  /// What is stated stands, and what is not is found for it.
  @Test func statedNumbersStand() throws {
    let found = try match(.ii, .darkBrown) {
      $0.stated.coreDiameter = 0.15
      $0.stated.needleDepth = 0.9
    }
    #expect(found.best.dose.coreDiameter == 0.15 && found.best.dose.needleDepth == 0.9)
    #expect(found.best.difference < 1.5)
    let fixed = try match(.ii, .darkBrown) {
      ($0.stated.opticalDensity, $0.stated.coreDiameter, $0.stated.needleDepth) = (0.4, 0.08, 0.6)
      $0.impressions = 200
    }
    #expect(fixed.best.dose.opticalDensity == 0.4 && fixed.best.dose.density == 200)
    #expect(fixed.best.difference > 4)
    #expect(fixed.warnings.contains { $0.contains("stated") })
  }

  @Test func darknessIsAShareOfTheHairs() throws {
    let whole = try match(.iii, .black)
    let soft = try match(.iii, .black) { $0.darkness = 0.7 }
    #expect(abs(soft.best.darkness / whole.best.darkness - 0.7) < 0.05)
  }

  @Test func paleHairAsksForMoreWater() throws {
    let dark = try match(.ii, .darkBrown)
    let pale = try match(.ii, .blonde)
    #expect(pale.best.shade > dark.best.shade)
    #expect(pale.best.patchStep < dark.best.patchStep)
    let greying = try match(.ii, .darkBrown) { $0.hair.grey = 0.6 }
    #expect(greying.hairStep < dark.hairStep)
    #expect(greying.warnings.contains { $0.contains("half of the hair is grey") })
  }

  @Test(arguments: [Client.SkinType.i, .iii, .vi])
  func whiteHairIsServedByNoMixture(skin: Client.SkinType) throws {
    let match = try match(skin, .white) { $0.hair.grey = 1 }
    #expect(match.warnings.contains { $0.contains("no mixture serves") && $0.contains("can only darken") })
  }

  @Test func aDoseIsFoundFast() throws {
    let clock = ContinuousClock()
    let time = try clock.measure { for _ in 0..<5 { _ = try match(.ii, .black) } }
    // Half a second is asked for one; a loaded machine may be ten times slower than a quiet one.
    #expect(time < .seconds(2.5))
  }

  /// Each scar's mixture is told, and on dark skin that the white scars of extraction stay lighter.
  @Test func mixturesOfScarsAreTold() throws {
    func words(_ skin: Client.SkinType) throws -> [String] {
      var design = try OpenedDesign(samplesFolder + "/strip-scar.yaml").design
      design.client.skin = skin
      return design.matched().doseWords
    }
    let (fair, dark) = (try words(.ii), try words(.v))
    for words in [fair, dark] {
      #expect(words.contains { $0.hasPrefix("flat scar, layer 1: ") && $0.contains("ml of water") })
      #expect(words.contains { $0.hasPrefix("flat scar, layer 2: ") && $0.contains("ml of water") })
    }
    #expect(!fair.contains { $0.contains("stays lighter") })
    #expect(dark.contains { $0.hasPrefix("flat scar, layer 2: it stays lighter") })
    var stated = try OpenedDesign(samplesFolder + "/strip-scar.yaml").design
    stated.layers[1].pigment.opticalDensity = 3
    #expect(!stated.matched().doseWords.contains { $0.hasPrefix("flat scar, layer 2") })
  }

  /// Work on the crown is made to hair that looks darker than that beside a hairline.
  @Test func whereTheWorkIsDecidesTheHairBesideIt() throws {
    func dark(_ layers: [Layer], _ loss: ExistingHair.Loss = .norwoodVI) -> Double {
      HairBeside.darkness(of: layers, loss: loss, on: Client().tone)
    }
    func ellipse(_ up: Double) -> Layer {
      var zone = ZoneLayer()
      zone.area = .ellipse(centre: ScalpPlace(up: up, side: 0), length: 90, width: 90, turn: 0)
      return .zone(zone)
    }
    let line = Layer.hairline(HairlineLayer())
    #expect(dark([line], .total) == 1 && dark([ellipse(90)]) == 1 && dark([]) == 1)
    #expect(dark([line]) == dark([ellipse(160)]) && dark([line], .norwoodIII) < dark([line]))
    #expect(dark([ellipse(280)]) > 1.1 && dark([.mask(MaskLayer())], .crown) == dark([ellipse(280)]))
    let both = dark([line, ellipse(280)])
    #expect(both > dark([line]) && both < dark([ellipse(280)]))
    func found(_ up: Double) -> Double {
      var design = Design()
      design.layers = [ellipse(up)]
      return MatchTarget(MatchQuery(design)).candidate(design.matched().pigment.found).darkness
    }
    #expect(found(280) > 1.08 * found(90))
    // No jump on the way from one to the other.
    for up in stride(from: 90.0, to: 280, by: 5) { #expect(abs(found(up + 5) / found(up) - 1) < 0.03, "\(up)") }
  }

  /// Under longer hair the work is a tone: dots as wide as may be, and pale; beside short hair no wider than cut ends. No jump
  /// on the way.
  @Test func longerHairGetsWiderAndPalerDots() throws {
    func found(_ length: Double) throws -> ShadeCandidate {
      try match(.ii, .lightBrown) { ($0.hair.length, $0.hair.calibre) = (length, 0.065) }.best
    }
    let (short, long) = (try found(1.5), try found(3))
    #expect(short.dose.coreDiameter <= 4.5 * 0.065 && long.dose.coreDiameter > 0.31)
    #expect(long.dotStep < short.dotStep)
    var last = short
    // Half of 0.015 a tenth of a millimetre, and what rounding to a thousandth adds.
    for length in stride(from: 1.55, through: 3.001, by: 0.05) {
      let next = try found(length)
      #expect(abs(next.dose.coreDiameter - last.dose.coreDiameter) < 0.0085, "\(length)")
      #expect(abs(logarithm(next.dose.opticalDensity / last.dose.opticalDensity)) < 0.125, "\(length)")
      last = next
    }
  }

  /// Where the most impressions that keep apart are not dark enough, the rest is told; elsewhere next to nothing is missing.
  @Test func whatABaldPlaceCannotReachIsTold() throws {
    let served = try match(.ii, .darkBrown).best
    #expect((1...1.15).contains(served.dose.reach))
    let capped = try match(.ii, .black) { $0.hair.length = 4 }.best
    #expect(capped.dose.density == 350 && (1.05...2).contains(capped.dose.reach), "\(capped.dose)")
    #expect(try match(.ii, .black) { ($0.hair.length, $0.impressions) = (4, 350) }.best.dose.reach == 1)
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
    for key in ["shade", "pigmentShare", "needleDiameter", "needlePoints", "impressions", "passes", "difference"] {
      #expect(proposal[key] is NSNumber, "\(key)")
    }
    #expect((json["years"] as? [Any])?.count == 4)
    #expect(found.text.contains("daylight") && found.text.contains("tungsten") && found.text.contains("led"))
    #expect(found.text.contains("ml of water") && found.text.contains("passes"))
  }

  @Test func queriesOutsideTheirRangesAreRefused() {
    let wrong: [(String, (inout MatchQuery) -> Void)] = [
      ("grey", { $0.hair.grey = 1.2 }), ("grey", { $0.hair.grey = -0.1 }), ("grey", { $0.hair.grey = .nan }),
      ("hair density", { $0.hair.density = 0 }), ("hair length", { $0.hair.length = 9 }),
      ("needle depth", { $0.stated.needleDepth = -1 }), ("impressions", { $0.impressions = 5000 }),
      ("hair calibre", { $0.hair.calibre = 0 }), ("darkness", { $0.darkness = 2 }),
    ]
    for (name, change) in wrong {
      let error = #expect(throws: StippleError.self) { try match(.ii, .brown, change) }
      #expect(error?.kind == .usage && error?.message.contains(name) == true && error?.message.contains(" to ") == true)
    }
  }
}

/// `match --apply` changes numbers and nothing else.
@Suite struct ApplyMatchTests {
  private static let numbers = [("opticalDensity", 5.5), ("coreDiameter", 0.2)]

  @Test(arguments: [
    (
      "pigment: {match: hair}  # as beside it\nseed: 2\n",
      "pigment: {opticalDensity: 5.5, coreDiameter: 0.2}  # as beside it\nseed: 2\n"
    ),
    (
      "pigment:\n  # by eye\n  opticalDensity: 3  # dark\n  darkness: 0.9\n  needleDepth: 0.8\nseed: 2\n",
      "pigment:\n  coreDiameter: 0.2\n  # by eye\n  opticalDensity: 5.5  # dark\n  needleDepth: 0.8\nseed: 2\n"
    ),
    (
      "pigment: {kind: carbon, darkness: 0.8, coreDiameter: 0.1}\n",
      "pigment: {opticalDensity: 5.5, kind: carbon, coreDiameter: 0.2}\n"
    ),
    ("pigment:\n  match: hair # wish\n", "pigment:\n  opticalDensity: 5.5\n  coreDiameter: 0.2\n  # wish\n"),
  ])
  func onlyThePigmentChanges(before: String, after: String) {
    #expect(withPigment(before, at: 1, numbers: Self.numbers) == after)
  }

  @Test func aDesignWithoutPigmentGetsOne() {
    #expect(
      withPigment("seed: 2\n", at: nil, numbers: Self.numbers)
        == "seed: 2\n\npigment:\n  opticalDensity: 5.5\n  coreDiameter: 0.2\n")
    #expect(
      withPigment("{\"seed\": 2}", at: nil, numbers: Self.numbers)
        == "{\n  \"pigment\": {\"opticalDensity\": 5.5, \"coreDiameter\": 0.2},\"seed\": 2}")
  }

  /// Every sample takes its mixture and keeps its comments; drawn again, it has the dose that was found.
  @Test(arguments: sampleNames + furtherSamples) func samplesTakeTheirMixture(_ name: String) throws {
    let path = samplesFolder + "/" + name + ".yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let folder = NSTemporaryDirectory() + "apply-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for other in try FileManager.default.contentsOfDirectory(atPath: samplesFolder) where other.hasSuffix(".png") {
      try FileManager.default.copyItem(atPath: samplesFolder + "/" + other, toPath: folder + "/" + other)
    }
    let copy = folder + "/design.yaml"
    try text.write(toFile: copy, atomically: true, encoding: .utf8)
    let match = try matchShade(MatchQuery(try OpenedDesign(copy).design))
    try applyMatch(match, to: copy)
    let changed = try String(contentsOfFile: copy, encoding: .utf8)
    for line in text.split(separator: "\n") where line.contains("# ") && !line.contains("match: hair") {
      #expect(changed.contains(line), "\(line)")
    }
    let again = try OpenedDesign(copy).design.pigment
    #expect(again.stated.opticalDensity == match.best.dose.opticalDensity)
    #expect(again.stated.coreDiameter == match.best.dose.coreDiameter)
    #expect(again.stated.needleDepth == match.best.dose.needleDepth)
    #expect(abs(again.found.density - match.best.dose.density) <= 0.05 * match.best.dose.density)
  }
}
