import ArgumentParser
import ImpressionSampling
import Stipple

struct PatternCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pattern",
    abstract: "Writes where every impression goes, as a point file.",
    discussion: """
      One row per impression in the order of the sessions: position x y z in mm (x to the subject's left, y up, z \
      forward, origin between the ears), normal nx ny nz, radius (the smallest distance allowed there, mm), session.
      """)

  @Argument(help: designHelp)
  var design: String

  @Option(help: "The file to write; its name ends in .csv or .ply.")
  var points: String

  @Flag(help: "Print how evenly the points lie and how well they follow the density.")
  var stats = false

  @Flag(help: "Print as JSON.")
  var json = false

  @Option(help: "Seed instead of the design's.")
  var seed: UInt64?

  @Option(help: "Threads to use. Default: one per processor core. Points do not depend on it.")
  var threads: Int?

  @OptionGroup var change: ChangeOption

  @OptionGroup var memory: MemoryOption

  func validate() throws {
    if let threads, !(1...256).contains(threads) { throw ValidationError("--threads \(threads) is outside 1 to 256") }
  }

  func run() throws {
    try orExit {
      var overrides = DesignOverrides()
      overrides.seed = seed
      let opened = try OpenedDesign(design, changes: change.made(), overrides: overrides, threads: threads)
      let placement = try writePattern(of: opened, to: points)
      let warnings = try opened.scanWarnings()
      if stats {
        var report = try PatternReport(placement, threads: threads)
        report.warnings = warnings
        try emit(json ? report.json : report.text)
      } else {
        let summary = PatternSummary(work: try opened.work(), file: points, warnings: warnings)
        try emit(json ? summary.json : summary.text)
      }
    }
  }
}
