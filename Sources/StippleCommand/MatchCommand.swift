import ArgumentParser
import Stipple
import TreatmentDesign

struct MatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "match",
    abstract: "Proposes shade, dilution and needle for a skin and a hair colour.",
    discussion: """
      Tries needles and shades, and takes the one whose treated scalp differs least from shaved hair at arm's length under
      daylight, tungsten and LED light. Says how that will change over 1, 3 and 5 years, and warns where no shade serves.

        stipple match --skin II --hair dark-brown --grey 0.3
        stipple match design.yaml
      """)

  @Argument(help: "A design document; options take precedence over what it says.")
  var design: String?

  @Option(help: "Fitzpatrick skin type.")
  var skin: Client.SkinType?

  @Option(help: "Hair colour at its root.")
  var hair: ExistingHair.Colour?

  @Option(parsing: .unconditional, help: "Share of grey or white hairs, 0 to 1.")
  var grey: Double?

  @Option(parsing: .unconditional, help: "Hairs per cm2 where nothing is lost, 30 to 400.")
  var density: Double?

  @Option(parsing: .unconditional, help: "Shaft diameter, mm, 0.02 to 0.15.")
  var calibre: Double?

  @Option(help: "How short the hair is worn: 0.2, 0.6 and 1.5 mm. Default: the design's length, or shaved.")
  var look: HairLook?

  @Option(parsing: .unconditional, help: "Length above the skin instead, mm, 0.1 to 6.")
  var length: Double?

  @Option(parsing: .unconditional, help: "Impressions per cm2, 10 to 400. Default: as many as there are hairs.")
  var impressions: Double?

  @Option(parsing: .unconditional, help: "Needle depth, mm, 0.4 to 3.")
  var needleDepth: Double?

  @Option(help: "What the pigment is made of.")
  var pigment: Pigment.Kind?

  @Flag(help: "Print the match as JSON.")
  var json = false

  func validate() throws {
    if design == nil && (skin == nil || hair == nil) {
      throw ValidationError("name a design, or both --skin and --hair")
    }
  }

  func run() throws {
    try orExit {
      var query = try design.map { MatchQuery(try OpenedDesign($0).design) } ?? MatchQuery()
      if let skin {
        // A named type replaces whatever tone the design gives.
        (query.client.monk, query.client.melanin, query.client.blood, query.client.oxygenation) = (nil, nil, nil, nil)
        query.client.skin = skin
      }
      if let hair { query.hair.colour = hair }
      if let grey { query.hair.grey = grey }
      if let density { query.hair.density = density }
      if let calibre { query.hair.calibre = calibre }
      if let look { query.hair.length = look.length }
      if let length { query.hair.length = length }
      if let impressions { query.impressions = impressions }
      if let needleDepth { query.needleDepth = needleDepth }
      if let pigment { query.kind = pigment }
      let match = try matchShade(query)
      print(json ? match.json : match.text, terminator: "")
    }
  }
}
