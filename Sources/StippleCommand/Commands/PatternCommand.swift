import ArgumentParser
import Stipple
import TreatmentDesign

struct PatternCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pattern",
    abstract: "Writes where every impression goes, as a point file.",
    discussion: """
      One row per impression in the order of the sessions: position x y z in mm (x to the subject's left, y up, z \
      forward, origin between the ears), normal nx ny nz, radius (the smallest distance allowed there, mm), session.
      Writes points.csv, or the file that -o names; it ends in .csv or .ply.
      """)

  @OptionGroup var input: DesignOptions

  @OptionGroup var files: FileOptions

  @Option(help: .hidden)
  var points: String?

  @Flag(help: "Print how evenly the points lie and how well they follow the density.")
  var stats = false

  @Option(help: "Seed instead of the design's: another arrangement of the same density.")
  var seed: UInt64?

  @OptionGroup var answer: AnswerOptions

  func validate() throws {
    if points != nil, files.output != nil { throw ValidationError("the point file is named by -o; leave --points out") }
  }

  func run() throws {
    var overrides = DesignOverrides()
    overrides.seed = seed
    let opened = try input.open(overrides, saying: answer)
    let file = points ?? files.file("points.csv", for: input.design)
    let placement = try writePattern(of: opened, to: file, writing: files.writing)
    let warnings = try opened.scanWarnings()
    if stats {
      var report = try PatternReport(placement, threads: input.threads.threads)
      report.warnings = warnings
      try answer.give(report, files: file, isRehearsal: files.dryRun)
    } else {
      let summary = PatternSummary(work: try opened.work(), file: file, warnings: warnings)
      try answer.give(summary, files: file, isRehearsal: files.dryRun)
    }
  }
}
