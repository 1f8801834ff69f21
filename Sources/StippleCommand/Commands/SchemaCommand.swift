import ArgumentParser
import Stipple
import TreatmentDesign

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract:
      "Prints the JSON Schema of design documents, for editors that complete and check YAML; or of what commands answer.",
    discussion: """
      Save it beside your designs and begin a design with

        $schema: stipple.schema.json

      as 'stipple init' does.
      """)

  @Flag(help: "The schema of what commands print with --json, with units.")
  var answers = false

  func run() throws { try emit(answers ? answersJSONSchema() : designJSONSchema()) }
}
