import ArgumentParser
import PigmentAging
import Stipple
import TreatmentDesign

struct PreviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Draws before, after, and years 1, 3 and 5, and one sheet with all of them.",
    discussion: """
      Writes before.png, after.png, year-1.png, year-3.png, year-5.png and sheet.png into the output folder, which is
      made if it is not there. The same design and seed give the same pictures, byte for byte.
      """)

  @Argument(help: "The design document, YAML or JSON.")
  var design: String

  @Option(name: [.customShort("o"), .long], help: "Folder for the pictures.")
  var output: String = "out"

  @Option(help: "The side to show. Default: the design's.")
  var view: Pictures.View?

  @Option(help: "Side of a picture in pixels, 64 to 4096. Default: the design's.")
  var size: Int?

  @Option(
    help:
      "Pace of fading in the year pictures: slow, typical, fast, or a percentile such as p10. Default: the client's.")
  var pace: Pace?

  @Option(help: "Colour of skin: the scan's own, or the optical model's by the design's skin type.")
  var skin: SkinSource = .fromScan

  @Option(help: "Seed instead of the design's: another arrangement of the same density.")
  var seed: UInt64?

  @Option(help: "Threads to use. Default: one per processor core. Pictures do not depend on it.")
  var threads: Int?

  @Flag(help: "Leave the design out of the pictures' metadata.")
  var noMetadata = false

  @Flag(help: "Print what was drawn as JSON.")
  var json = false

  func validate() throws {
    if let threads, !(1...256).contains(threads) { throw ValidationError("--threads \(threads) is outside 1 to 256") }
    if let size, !(64...4096).contains(size) {
      throw ValidationError("--size \(size) is outside 64 to 4096 pixels")
    }
  }

  func run() throws {
    try orExit {
      var options = PreviewJob.Options()
      options.preview.size = size
      options.preview.view = view
      options.preview.pace = pace
      options.preview.skin = skin
      options.preview.threads = threads
      options.seed = seed
      options.metadata = !noMetadata
      if isInteractive {
        options.preview.progress = { done, total in
          printError("\r\(done) of \(total) pictures", terminator: done == total ? "\n" : "")
        }
      }
      let result = try writePreview(of: design, to: output, options: options)
      print(json ? result.json : result.text, terminator: "")
    }
  }
}
