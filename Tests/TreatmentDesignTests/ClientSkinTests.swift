import Testing

@testable import TreatmentDesign

@Suite struct ClientSkin {
  @Test func aMonkStepBringsItsSkinType() throws {
    let design = try readDesign(
      smallDesign + "client: {monk: 9, melanin: 0.2, blood: 0.02, oxygenation: 0.6, tan: 0.5}\n", named: "d.yaml")
    #expect(design.client.monk == 9 && design.client.skin == .vi)
    #expect(design.client.melanin == 0.2 && design.client.blood == 0.02)
    #expect(design.client.oxygenation == 0.6 && design.client.tan == 0.5)
  }

  @Test(arguments: [
    ("melanin: 1.2", "is outside 0 to 1"), ("melanin: -0.1", "is outside 0 to 1"),
    ("blood: 0.5", "is outside 0 to 0.1"),
    ("monk: 11", "is outside 1 to 10"), ("oxygenation: 2", "is outside 0 to 1"),
    ("tan: -1", "is outside 0 to 1"),
  ])
  func impossibleSkinIsRefusedWithWhatIsAllowed(key: String, allowed: String) {
    let found = problems(of: smallDesign + "client: {\(key)}\n")
    #expect(found.count == 1 && found[0].contains(allowed), "\(found)")
  }
}
