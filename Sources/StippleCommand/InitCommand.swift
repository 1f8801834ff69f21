import ArgumentParser
import Stipple
import TreatmentDesign

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Writes a commented design to start from.",
    discussion: "Prints to standard output, or writes a file that does not exist yet.")

  @Argument(help: "File to write; standard output if left out.")
  var file: String?

  @Option(help: "Sex of the mannequin.")
  var sex: MannequinChoice.Sex = .male

  @Option(
    name: [.long, .customLong("from")], help: "Hair loss. Default: norwood-3 for men, ludwig-2 for women.")
  var loss: ExistingHair.Loss?

  @Option(help: "Fitzpatrick skin type.")
  var skin: Client.SkinType = .ii

  @Option(help: "Hair colour.")
  var hair: ExistingHair.Colour = .darkBrown

  @Option(help: "Age in years, 18 to 100.")
  var age: Double?

  func validate() throws {
    if let age, !(18...100).contains(age) { throw ValidationError("--age \(age) is outside 18 to 100 years") }
  }

  func run() throws {
    try orExit {
      var choice = StarterChoice()
      choice.sex = sex
      choice.loss = loss ?? (sex == .female ? .ludwigII : .norwoodIII)
      choice.skin = skin
      choice.hairColour = hair
      choice.age = age
      let text = try starterDocument(choice)
      if let file {
        try writeStarter(text, to: file)
      } else {
        try emit(text)
      }
    }
  }
}
