import ArgumentParser
import TreatmentDesign

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints the JSON Schema of design documents, for editors that complete and check YAML.",
    discussion: """
      Save it beside your designs and begin a design with

        # yaml-language-server: $schema=stipple.schema.json
      """)

  func run() throws { try orExit { try emit(designJSONSchema()) } }
}
