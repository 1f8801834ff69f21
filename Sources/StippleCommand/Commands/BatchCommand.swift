import ArgumentParser
import Stipple

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

struct BatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Does many jobs from a manifest, one JSON line each; alone, or as one shard of many.",
    discussion: """
      A line names a design, relative to the manifest's folder, and what is wanted of it:

        {"id": "c00017", "design": "clients/a.yaml", "seed": 17, "overrides": {"size": 512, "light": "harsh"},
         "outputs": ["preview", "timeline"], "years": [1, 3, 5]}

      (on one line; all but id and design may be left out). Overrides have the names of the options of 'stipple preview';
      outputs are preview, sheet and timeline. Each job writes into a folder named by its id, whole or not at all, and prints
      one line of JSON when it is over. Under a job array of Slurm, an indexed job of Kubernetes or an array of AWS Batch,
      each task does its own stripe of the lines:

        stipple batch manifest.jsonl -o out --resume --keep-going
        stipple collect out

      Exit codes: 0 all done or skipped, 65 the manifest is wrong and nothing was done, 3 with --keep-going some jobs failed;
      else that of the job that failed.
      """)

  @Argument(help: "The manifest: JSON, a job on each line.")
  var manifest: String

  @Option(name: [.customShort("o"), .long], help: "Folder for the jobs' folders; shards share it.")
  var output: String = "out"

  @Option(help: ArgumentHelp("Do shard I of N, from 0: every Nth job from the Ith on.", valueName: "I/N"))
  var shard: String?

  @Option(help: "How many shards there are, where the batch system says only which one this is.")
  var shards: Int?

  @Flag(help: "Skip jobs whose files are there as they would be made again.")
  var resume = false

  @Flag(help: "Do every job anew, --resume or not.")
  var force = false

  @Flag(help: "Go on after a job that failed; the exit code is then 3.")
  var keepGoing = false

  @OptionGroup var threads: ThreadsOption

  @OptionGroup var metadata: MetadataOption

  @Flag(help: "Print nothing but errors.")
  var quiet = false

  @OptionGroup var memory: MemoryOption

  func validate() throws {
    if let shards, !(1...Shard.most).contains(shards) {
      throw ValidationError("--shards \(shards) is outside 1 to \(Shard.most)")
    }
    if shard != nil, shards != nil {
      throw ValidationError("--shard I/N says how many shards there are: leave --shards out")
    }
  }

  func run() throws {
    var options = BatchOptions()
    let given =
      try shard.map { text throws(StippleError) in try Shard(parsing: text) }
      ?? Shard(shards: shards) { name in getenv(name).map { String(cString: $0) } }
    let manifest = try Manifest(manifest)
    if let given {
      options.shard = given
      printError("stipple: " + manifest.described(given))
    }
    options.resumes = resume && !force
    options.keepsGoing = keepGoing
    options.metadata = !metadata.noMetadata
    options.threads = threads.threads
    let showsProgress = isInteractive && !quiet
    options.told = { (report) throws(StippleError) in
      do {
        try emit(report.json + "\n")
      } catch {
        throw error as? StippleError ?? StippleError(.inputOutput, "\(error)")
      }
      if let error = report.error {
        printError((showsProgress ? "\r\u{1B}[K" : "") + "stipple: \(report.id): \(error.message)")
      }
    }
    if showsProgress {
      options.progress = { progress in
        printError("\r\(progress.text)\u{1B}[K", terminator: progress.over == progress.total ? "\n" : "")
      }
    }
    let result = try runBatch(manifest, to: output, options: options)
    if result.exitCode != 0 { throw ExitCode(result.exitCode) }
  }
}
