import Testing

@testable import TreatmentDesign

/// What people write, and what they mean.
@Suite struct MeantNameTests {
  @Test(arguments: [
    ("NW5", "norwood-5"), ("nw 5a", "norwood-5a"), ("Norwood V", "norwood-5"), ("Hamilton-Norwood VI", "norwood-6"),
    ("NW3V", "norwood-3-vertex"), ("norwood IIIv", "norwood-3-vertex"), ("IIIa", "norwood-3a"), ("n7", "norwood-7"),
    ("Ludwig II", "ludwig-2"), ("norwood_3", "norwood-3"), ("norwod-4", "norwood-4"), ("sinclair 3", "sinclair-3"),
  ])
  func patternsOfLoss(written: String, meant: String) {
    let names = ExistingHair.Loss.allCases.map(\.rawValue)
    // A figure alone could be of several scales.
    #expect(meantName(by: written, among: names) == (written == "IIIa" ? nil : meant))
  }

  @Test(arguments: [("2", "II"), ("type IV", "IV"), ("Fitzpatrick 6", "VI"), ("iii", "III"), ("skin type 1", "I")])
  func skins(written: String, meant: String) {
    #expect(meantName(by: written, among: Client.SkinType.allCases.map(\.rawValue)) == meant)
  }

  @Test func noNameIsMadeUp() {
    let names = Client.SkinType.allCases.map(\.rawValue)
    for word in ["", "7", "olive", String(repeating: "i", count: 1000), "-", "2.5"] {
      #expect(meantName(by: word, among: names) == nil, "\(word)")
    }
    // Every name means itself.
    for names in [
      ExistingHair.Loss.allCases.map(\.rawValue), ExistingHair.Colour.allCases.map(\.rawValue), names,
      Pictures.View.allCases.map(\.rawValue), Pigment.Kind.allCases.map(\.rawValue),
    ] {
      for name in names { #expect(meantName(by: name, among: names) == name) }
    }
  }

  @Test(
    arguments: [
      ("8.5cm", 85), ("3.3in", 83.82), ("3.3 inch", 83.82), ("2\"", 50.8), ("72mm", 72), ("0.07m", 70), ("7dm", 700),
      ("-1 cm", -10), (".5CM", 5),
    ] as [(String, Double)])
  func lengthsWithUnits(written: String, millimetres: Double) { #expect(readLength(written) == millimetres) }

  @Test(arguments: ["72", "cm", "", "8,5cm", "1e400m", "8.5 c m", "eightcm", "0x1mm", "nanmm"])
  func whatIsNoLength(written: String) { #expect(readLength(written) == nil) }
}
