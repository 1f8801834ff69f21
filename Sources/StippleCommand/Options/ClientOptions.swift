// What is known of a client's skin and hair, and of the work: the same words for `init` and `match`.

import ArgumentParser
import Stipple
import TreatmentDesign

struct ClientOptions: ParsableArguments {
  @Option(help: "Fitzpatrick skin type, I to VI.")
  var skin: Client.SkinType?

  @Option(help: "Hair colour at its root.")
  var hair: ExistingHair.Colour?

  @Option(parsing: .unconditional, help: "Share of grey or white hairs, 0 to 1.")
  var grey: Double?

  @Option(parsing: .unconditional, help: "Hairs per cm2 where nothing is lost, 30 to 400.")
  var density: Double?

  @Option(parsing: .unconditional, help: "Shaft diameter, 0.02 to 0.15 mm.")
  var calibre: Length?

  @Option(help: "How short the hair is worn: 0.2, 0.6 and 1.5 mm.")
  var look: HairLook?

  @Option(parsing: .unconditional, help: "Length above the skin instead, 0.1 to 6 mm.")
  var length: Length?

  @Option(parsing: .unconditional, help: "How dark the work is to be, times the hair, 0.3 to 1.2.")
  var darkness: Double?

  @Option(parsing: .unconditional, help: "Impressions per cm2, 10 to 400. Default: found.")
  var impressions: Double?

  @Option(parsing: .unconditional, help: "Needle depth, 0.2 to 3 mm. Default: found.")
  var needleDepth: Length?

  @Option(help: "What the pigment is made of.")
  var pigment: Pigment.Kind?

  /// mm.
  var hairLength: Double? { length?.millimetres ?? look?.length }
}

/// A length: millimetres, or with its unit, as 8.5cm or 3.3in.
struct Length: ExpressibleByArgument {
  let millimetres: Double

  init(millimetres: Double) { self.millimetres = millimetres }

  /// As defaults are shown in help.
  var defaultValueDescription: String { "\(millimetres)" }

  init?(argument: String) {
    guard let value = readLength(argument) ?? Double(argument), value.isFinite else { return nil }
    millimetres = value
  }
}
