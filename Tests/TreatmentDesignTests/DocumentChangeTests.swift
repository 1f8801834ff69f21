import Testing

@testable import TreatmentDesign

/// Values put in place of a document's: read as if they were written there, and named as an option where they are wrong.
@Suite struct DocumentChangeTests {
  private let text = """
    schemaVersion: 1
    hair: {density: 200}
    layers:
      - hairline: {height: 72, density: 150}
      - zone: {area: scalp, density: 90}
    """

  private func read(_ changes: String...) throws -> DesignDocument {
    try readDesignDocument(text, named: "d.yaml", changes: changes.map { try DocumentChange($0) })
  }

  @Test func aChangeIsReadAsIfItWereWritten() throws {
    let written = try readDesign(
      text.replacing("height: 72", with: "height: 68.5")
        .replacing("{density: 200}", with: "{density: 180, length: 2}"),
      named: "d.yaml")
    let changed = try read("layers[0].hairline.height=68.5", "hair.density=180", "hair.length=2")
    #expect(changed.design == written)
  }

  @Test func sectionsAndListsMayBeNew() throws {
    let changed = try read(
      "client.skin=V", "layers[1].zone={area: scalp, density: 40}", "sessions=[{day: 0, share: 1}]")
    #expect(changed.design.client.skin == .v)
    #expect(changed.design.sessions.count == 1)
    guard case .zone(let zone) = changed.design.layers[1] else { throw Missing() }
    #expect(zone.density == 40)
  }

  @Test func theLaterChangeStands() throws {
    #expect(try read("hair.density=100", "hair.density=120").design.hair.density == 120)
  }

  /// Advice that is given later points at the option for what it brought, and at the document for the rest.
  @Test func placesNameTheOption() throws {
    let locations = try read("layers[0].hairline.height=60").locations
    #expect(locations.prefix("layers[0].hairline.height") == "option -D layers[0].hairline.height=60")
    #expect(locations.prefix("layers[0].hairline.density") == "d.yaml:4:28")
  }

  @Test(arguments: [
    ("hair", "it has no '='; write it as path=value"),
    ("hair.length=", "it has no value"),
    ("=3", "a key is empty"),
    ("layers[].zone=3", "'[]' is no item of a list"),
    ("layers[-1].zone=3", "'[-1]' is no item of a list"),
    ("layers[0.zone=3", "'[0' is no item of a list"),
    ("layers[2].zone.density=3", "layers has 2 items, counted from [0]"),
    ("hair[0]=3", "hair is no list, so it has no item [0]"),
    ("layers.zone=3", "layers has no keys, so none is 'zone'"),
    ("hair.density.x=3", "hair.density has no keys, so none is 'x'"),
    ("hair.density=500", "density 500 is outside 30 to 400 hairs per cm2"),
    ("hair.lenght=2", "unknown key 'lenght'; did you mean 'length'?"),
    ("hair.length={a: [", "not readable as YAML"),
    ("hair.length=&a 2", "anchors"),
    ("hair.length='2'", "in quotes is text"),
    ("layers[0].hairline.height=\u{1B}[31m", "control characters"),
    (String(repeating: "a.", count: 200) + "b=1", "nested deeper than"),
  ])
  func whatIsWrongIsNamedAsAnOption(change: String, message: String) throws {
    do {
      _ = try read(change)
      Issue.record("\(change) was read")
    } catch let error as DesignDocumentError {
      let text = error.description
      #expect(text.hasPrefix("option -D "), "\(text)")
      #expect(text.contains(message), "\(text)")
      #expect(!text.contains("\u{1B}"))
    }
  }

  private struct Missing: Error {}
}
