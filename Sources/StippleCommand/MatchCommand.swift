import ArgumentParser
import Stipple
import TreatmentDesign

struct MatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "match",
    abstract: "Finds dilution, needle, depth and density that make treated scalp look like the hair beside it.",
    discussion: """
      Takes the dose whose treated scalp differs least from the hair at arm's length under daylight, tungsten and LED light, as
      previews of a design that states none are drawn. Says how that will change over 1, 3 and 5 years, and what stands in
      the way where it cannot be met.

        stipple match --skin II --hair dark-brown --grey 0.3
        stipple match design.yaml
        stipple match design.yaml --apply
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

  @Option(parsing: .unconditional, help: "How dark the work is to be, times the hair, 0.3 to 1.2. Default: 1.")
  var darkness: Double?

  @Option(parsing: .unconditional, help: "Impressions per cm2, 10 to 400. Default: found.")
  var impressions: Double?

  @Option(parsing: .unconditional, help: "Needle depth, mm, 0.2 to 3. Default: found.")
  var needleDepth: Double?

  @Option(help: "What the pigment is made of.")
  var pigment: Pigment.Kind?

  @Flag(help: "Write what was found into the design's pigment section; comments stay.")
  var apply = false

  @Flag(help: "Print the match as JSON.")
  var json = false

  @OptionGroup var change: ChangeOption

  func validate() throws {
    if design == nil && (skin == nil || hair == nil) {
      throw ValidationError("name a design, or both --skin and --hair")
    }
    if apply && !change.changes.isEmpty {
      throw ValidationError(
        "--apply writes what was found for the document as it is; leave -D out, or write its value there")
    }
    if !change.changes.isEmpty && design == nil { throw ValidationError("-D needs a design to change") }
    if apply && design == nil { throw ValidationError("--apply needs a design to write into") }
  }

  func run() throws {
    try orExit {
      var query = try design.map { MatchQuery(try OpenedDesign($0, changes: change.made()).design) } ?? MatchQuery()
      // What the design states of mixture and dot is judged beside what is found.
      let stated = query.stated
      (query.stated.opticalDensity, query.stated.coreDiameter) = (nil, nil)
      if let skin {
        // A named type replaces whatever tone the design gives.
        (query.client.monk, query.client.melanin, query.client.blood, query.client.oxygenation) = (nil, nil, nil, nil)
        query.client.skin = skin
        if design == nil { query.hair.calibre = skin.usualCalibre }
      }
      if let hair { query.hair.colour = hair }
      if let grey { query.hair.grey = grey }
      if let density { query.hair.density = density }
      if let calibre { query.hair.calibre = calibre }
      if let look { query.hair.length = look.length }
      if let length { query.hair.length = length }
      if let impressions { query.impressions = impressions }
      if let needleDepth { query.stated.needleDepth = needleDepth }
      if let darkness { query.darkness = darkness }
      if let pigment { query.kind = pigment }
      let match = try matchShade(query, against: stated)
      if apply, let design { try applyMatch(match, to: design) }
      try emit(json ? match.json : match.text)
    }
  }
}
