// Makes the tables of SkinOptics: our own Monte Carlo of light in layered skin, from seed to source file.

import ArgumentParser
import SkinOptics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@main
struct SkinMonteCarlo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "SkinMonteCarlo",
    abstract: "Traces light through layered skin and writes the tables of SkinOptics.",
    discussion: """
      The same seed and counts give the same tables for any number of threads. With --check, compares this program with
      tables of another one instead of writing.
      """)

  @Option(name: [.customShort("o"), .long], help: "Folder for the tables.")
  var output = "Sources/SkinOptics/Tables"

  @Option(help: "Seed of the paths.")
  var seed: UInt64 = 1

  @Option(help: "Paths per spectral band, scored against absorbers.")
  var paths = 256_000

  @Option(help: "Paths per spectral band for bare skin.")
  var barePaths = 400_000

  @Option(help: "Threads to use. Default: one per processor core.")
  var threads: Int?

  @Option(help: "Compare with dot_profiles.csv in this folder.")
  var check: String?

  @Flag(help: "Compare the model with dots traced between the nodes of its tables.")
  var between = false

  func validate() throws {
    if paths < 1000 || paths > 100_000_000 { throw ValidationError("--paths \(paths) is outside 1000 to 100000000") }
    if barePaths < 1000 || barePaths > 100_000_000 {
      throw ValidationError("--bare-paths \(barePaths) is outside 1000 to 100000000")
    }
    if let threads, !(1...256).contains(threads) { throw ValidationError("--threads \(threads) is outside 1 to 256") }
  }

  func run() throws {
    var plan = Plan()
    (plan.seed, plan.paths, plan.barePaths, plan.threads) = (seed, paths, barePaths, threads)
    if let check {
      print(try comparison(plan, folder: check), terminator: "")
      return
    }
    if between {
      print(betweenNodes(plan), terminator: "")
      return
    }
    let tables = makeTables(plan) { step in
      let line = Array((step + "\n").utf8)
      _ = write(STDERR_FILENO, line, line.count)
    }
    try writeTables(tables, plan, to: output)
  }
}
