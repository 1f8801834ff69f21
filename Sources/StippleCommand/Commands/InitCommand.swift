import ArgumentParser
import Stipple
import TreatmentDesign

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Writes a commented design to start from.",
    discussion: """
      Prints to standard output, or writes a file that does not exist yet. What is said here stands in the design; what is
      left out is usual for such a client. A scan's landmarks are found by its shape.

        stipple init design.yaml --loss norwood-5 --skin IV --hair black --grey 0.2
        stipple init design.yaml --scan head.glb --measure headBreadth=152
      """)

  @Argument(help: "File to write; standard output if left out.")
  var file: String?

  @Option(help: "Sex of the mannequin, or of whom the scan shows.")
  var sex: MannequinChoice.Sex = .male

  @Option(
    name: [.long, .customLong("from")], help: "Hair loss. Default: norwood-3 for men, ludwig-2 for women.")
  var loss: ExistingHair.Loss?

  @Option(help: "Age in years, 18 to 100.")
  var age: Double?

  @OptionGroup var client: ClientOptions

  @Option(help: "A scan in place of the mannequin, in the design's folder.")
  var scan: String?

  @Option(help: "The scan's unit: mm, cm, dm, m, inch, or mm per unit. Default: what its size fits.")
  var units: String?

  @Option(
    help: ArgumentHelp(
      "A length measured on the client that gives the scan its scale: headBreadth, headCircumference or "
        + "tragionToTragion, as headBreadth=152 or headBreadth=15.2cm.", valueName: "name=length"))
  var measure: String?

  @Flag(help: "Replace a file that is there.")
  var force = false

  @OptionGroup var threads: ThreadsOption

  @OptionGroup var memory: MemoryOption

  func validate() throws {
    if let age, !(18...100).contains(age) { throw ValidationError("--age \(age) is outside 18 to 100 years") }
    if scan == nil, units != nil || measure != nil {
      throw ValidationError("--units and --measure are a scan's; name it by --scan")
    }
    if units != nil, measure != nil {
      throw ValidationError("--units and --measure both give the scan's scale; keep one")
    }
  }

  func run() throws {
    var choice = StarterChoice()
    choice.sex = sex
    choice.loss = loss ?? (sex == .female ? .ludwigII : .norwoodIII)
    choice.age = age
    if let skin = client.skin { choice.skin = skin }
    if let hair = client.hair { choice.hairColour = hair }
    if let density = client.density { choice.hairDensity = density }
    (choice.grey, choice.calibre, choice.hairLength) = (client.grey, client.calibre?.millimetres, client.hairLength)
    (choice.darkness, choice.impressions) = (client.darkness, client.impressions)
    (choice.needleDepth, choice.pigment) = (client.needleDepth?.millimetres, client.pigment)
    if let scan {
      choice.scan = try starterScan(
        scan, for: file, units: units, measure: measure.map { try measured($0) }, threads: threads.threads)
    }
    let text = try starterDocument(choice)
    guard let file, file != standardStream else {
      try emit(text)
      return
    }
    var writing = WriteOptions()
    writing.force = force
    try writeStarter(text, to: file, options: writing)
  }

  private func measured(_ text: String) throws -> (name: String, length: Double) {
    let parts = text.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let length = Length(argument: String(parts[1])) else {
      throw StippleError(.usage, "--measure \(text) is not name=length, such as headBreadth=152")
    }
    return (String(parts[0]), length.millimetres)
  }
}
