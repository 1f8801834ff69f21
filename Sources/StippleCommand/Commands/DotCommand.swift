import ArgumentParser
import Stipple

struct DotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dot",
    abstract: "Says what one dot of pigment looks like under skin.",
    discussion: """
      Contrast, apparent width, colour at the centre, and the profile from the axis outward, in diffuse light seen straight
      on. With --json, under the column names that optical tables use.
      """)

  @Option(help: "Fitzpatrick type, I to VI, or monk-1 to monk-10.")
  var skin = "II"

  @Option(parsing: .unconditional, help: "Melanosomes in the epidermis, 0 to 1 by volume, instead of the skin's own.")
  var melanin: Double?

  @Option(parsing: .unconditional, help: "Blood in the dermis, 0 to 0.1 by volume, instead of the skin's own.")
  var blood: Double?

  @Option(parsing: .unconditional, help: "Share of blood that carries oxygen, 0 to 1, instead of 0.7.")
  var oxygenation: Double?

  @Option(
    parsing: .unconditional,
    help: "Depth of the pigment's middle below the surface, 0.12 to 1.5 mm: about 0.3 of the needle's depth.")
  var depth = Length(millimetres: 0.24)

  @Option(parsing: .unconditional, help: "Diameter of the pigment itself, 0.05 to 0.6 mm.")
  var diameter = Length(millimetres: 0.13)

  @Option(parsing: .unconditional, help: "Optical density along the axis at 550 nm, 0 to 16.")
  var od = 2.0

  @Option(help: "carbon, iron-oxide, azo or temporary.")
  var pigment = "carbon"

  @OptionGroup var answer: AnswerOptions

  func run() throws {
    var question = DotQuestion()
    (question.skin, question.melanin, question.blood, question.oxygenation) = (skin, melanin, blood, oxygenation)
    (question.depth, question.diameter) = (depth.millimetres, diameter.millimetres)
    (question.opticalDensity, question.pigment) = (od, pigment)
    try answer.give(DotReport(question))
  }
}
