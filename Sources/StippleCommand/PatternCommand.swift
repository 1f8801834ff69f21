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

  @Argument(help: "The design document, YAML or JSON.")
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

  func validate() throws {
    if let threads, !(1...256).contains(threads) { throw ValidationError("--threads \(threads) is outside 1 to 256") }
  }

  func run() throws {
    try orExit {
      let plan = try writePattern(of: design, to: points, seed: seed, threads: threads)
      if stats {
        let report = try PatternReport(plan, threads: threads)
        print(json ? report.json : report.text, terminator: "")
      } else if json {
        print("{\n  \"impressions\": \(plan.impressions.count)\n}")
      } else {
        print("\(plan.impressions.count) impressions in \(points)")
      }
    }
  }
}
