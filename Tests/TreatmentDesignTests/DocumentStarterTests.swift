import ScalpGeometry
import Testing

@testable import TreatmentDesign

@Suite struct DocumentStarterTests {
  @Test(arguments: MannequinChoice.Sex.allCases, ExistingHair.Loss.allCases)
  func readsWithoutProblemsAndSaysWhatWasChosen(sex: MannequinChoice.Sex, loss: ExistingHair.Loss) throws {
    var choice = StarterChoice()
    choice.sex = sex
    choice.loss = loss
    let design = try readDesign(starterDesign(choice), named: "starter.yaml")
    guard case .mannequin(let mannequin) = design.head else {
      Issue.record("the starter is made for the mannequin")
      return
    }
    #expect(mannequin.sex == sex)
    #expect(design.hair.loss == loss)
    #expect(design.client.age == 35)
    #expect(!design.layers.isEmpty)
  }

  @Test(arguments: Client.SkinType.allCases, ExistingHair.Colour.allCases)
  func everySkinAndHairColourReadsBack(skin: Client.SkinType, colour: ExistingHair.Colour) throws {
    var choice = StarterChoice()
    choice.skin = skin
    choice.hairColour = colour
    let design = try readDesign(starterDesign(choice), named: "starter.yaml")
    #expect(design.client.skin == skin)
    #expect(design.hair.colour == colour)
  }

  @Test(arguments: [nil, 3, 18, 44.5, 71, 130] as [Double?])
  func anyAgeGivesADocumentThatReads(age: Double?) throws {
    var choice = StarterChoice()
    choice.age = age
    let design = try readDesign(starterDesign(choice), named: "starter.yaml")
    #expect((design.client.age == nil) == (age == nil))
  }

  @Test func commentsAreAlignedAndLinesAreShort() {
    for line in starterDesign().split(separator: "\n") {
      #expect(line.count <= 130, "\(line)")
      #expect(line.last != " ", "\(line)")
    }
  }
}
