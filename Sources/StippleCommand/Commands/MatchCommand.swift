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
      the way where it cannot be met. What is left out is the design's, or usual for the skin.

        stipple match --skin II --hair dark-brown --grey 0.3
        stipple match design.yaml
        stipple match design.yaml --apply
      """)

  @Argument(help: "A design document; options take precedence over what it says.")
  var design: String?

  @OptionGroup var client: ClientOptions

  @Flag(help: "Write what was found into the design's pigment section; comments stay.")
  var apply = false

  @OptionGroup var changes: ChangeOption

  @OptionGroup var answer: AnswerOptions

  func validate() throws {
    if design == nil && (client.skin == nil || client.hair == nil) {
      throw ValidationError("name a design, or both --skin and --hair")
    }
    if apply && !changes.changes.isEmpty {
      throw ValidationError(
        "--apply writes what was found for the document as it is; leave -D out, or write its value there")
    }
    if !changes.changes.isEmpty && design == nil { throw ValidationError("-D needs a design to change") }
    if apply && design == nil { throw ValidationError("--apply needs a design to write into") }
    if apply && design == standardStream { throw ValidationError("--apply needs a file to write into") }
  }

  func run() throws {
    var query = try design.map { MatchQuery(try OpenedDesign($0, changes: changes.made()).design) } ?? MatchQuery()
    // What the design states of mixture and dot is judged beside what is found.
    let stated = query.stated
    (query.stated.opticalDensity, query.stated.coreDiameter) = (nil, nil)
    if let skin = client.skin {
      // A named type replaces whatever tone the design gives.
      (query.client.monk, query.client.melanin, query.client.blood, query.client.oxygenation) = (nil, nil, nil, nil)
      query.client.skin = skin
      if design == nil { query.hair.calibre = skin.usualCalibre }
    }
    if let hair = client.hair { query.hair.colour = hair }
    if let grey = client.grey { query.hair.grey = grey }
    if let density = client.density { query.hair.density = density }
    if let calibre = client.calibre { query.hair.calibre = calibre.millimetres }
    if let length = client.hairLength { query.hair.length = length }
    if let impressions = client.impressions { query.impressions = impressions }
    if let depth = client.needleDepth { query.stated.needleDepth = depth.millimetres }
    if let darkness = client.darkness { query.darkness = darkness }
    if let pigment = client.pigment { query.kind = pigment }
    let clock = Stopwatch(answer)
    let match = try matchShade(query, against: stated)
    clock.lap("dose found")
    if apply, let design { try applyMatch(match, to: design) }
    try answer.give(match)
  }
}
