import ArgumentParser
import PigmentAging
import Stipple
import TreatmentDesign

struct PreviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Draws before, after, and years 1, 3 and 5, and one sheet with all of them.",
    discussion: """
      Writes before.png, after.png, year-1.png, year-3.png, year-5.png and sheet.png into the output folder. The same design
      and seed give the same pictures, byte for byte; a picture carries its design, so it can stand in the design's place:

        stipple preview out/design/after.png -o again

      With --watch it goes on: whenever the design, its scan or a mask is saved, live.png shows a quick draft, then the
      finished picture, and the folder's pictures follow. What cannot be drawn is told, and the last pictures stay.
      """)

  @OptionGroup var input: DesignOptions

  @OptionGroup var files: FileOptions

  @OptionGroup(title: "Pictures") var pictures: PictureOptions

  @Option(
    help:
      "Pace of fading in the year pictures: slow, typical, fast, or a percentile such as p10. Default: the client's.")
  var pace: Pace?

  @Flag(help: "Draw again whenever the design or a file that it names is saved.")
  var watch = false

  @Flag(help: "Show the result in the system's picture viewer.")
  var open = false

  @Flag(help: "Draw nothing; print how dark hair and work are, and how far they differ, as JSON.")
  var measure = false

  @OptionGroup var metadata: MetadataOption

  @OptionGroup var answer: AnswerOptions

  func validate() throws {
    if watch && (measure || files.dryRun) { throw ValidationError("--watch draws; leave --measure and --dry-run out") }
    if watch || open, files.output == standardStream {
      throw ValidationError("'-o -' writes no file that could be \(watch ? "watched" : "shown")")
    }
    if watch, input.design == standardStream { throw ValidationError("standard input cannot be watched") }
  }

  func run() throws {
    if measure {
      try emit(measurePicture(try opened()).json)
      return
    }
    let folder = try files.folder(for: input.design)
    if watch {
      try runWatching(folder)
    } else {
      try draw(try opened(), to: folder)
      if open { show(path(of: "sheet.png", in: folder)) }
    }
  }

  private func opened() throws -> OpenedDesign {
    var overrides = try pictures.overrides()
    overrides.pace = pace
    return try input.open(overrides, saying: answer)
  }

  private func draw(_ opened: OpenedDesign, to folder: String) throws {
    var options = PreviewOptions()
    if let progress = answer.progress { options.progress = progress }
    let clock = Stopwatch(answer)
    let result = try writePreview(
      of: opened, to: folder, options: options, metadata: !metadata.noMetadata, writing: files.writing)
    clock.lap("pictures drawn and written")
    try answer.give(result, files: files.output, isRehearsal: files.dryRun)
  }

  private func runWatching(_ folder: String) throws {
    var live = LivePreview(folder: folder, writing: files.writing)
    var isShown = !open
    try watching(document: input.design) {
      let (opened, milliseconds) = try live.draft(of: self.opened())
      if !answer.quiet { printError("stipple: draft after \(milliseconds) ms") }
      if !isShown {
        show(live.file)
        isShown = true
      }
      try draw(opened, to: folder)
      try live.finish(opened)
      return opened.watchedFiles
    }
  }
}
