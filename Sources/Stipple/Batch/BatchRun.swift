// `stipple batch`: the jobs of a shard, one after the other, each whole or not at all.

import Arithmetic
import Files
import PNGImage
import ScalpGeometry
import TreatmentDesign

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How a batch is to run.
public struct BatchOptions: Sendable {
  /// Which jobs are done.
  public var shard = Shard.whole
  /// Whether jobs are skipped whose files are there as this version makes them.
  public var resumes = false
  /// Whether the rest is done after a job that failed.
  public var keepsGoing = false
  /// Whether pictures carry the design that made them.
  public var metadata = true
  /// Worker threads; `nil` is one per core. Files do not depend on it.
  public var threads: Int?
  /// Called with each job when it is over; what it throws ends the batch.
  public var told: @Sendable (JobReport) throws(StippleError) -> Void = { _ in }
  /// Called after each job.
  public var progress: @Sendable (BatchProgress) -> Void = { _ in }

  public init() {}
}

/// How far a batch is.
public struct BatchProgress: Sendable, Equatable {
  /// Jobs of the shard that are over, those of them that failed, and all of them.
  public var over: Int
  public var failed: Int
  public var total: Int
  /// Seconds that the rest will take if its jobs are like those that were done; `nil` while none was.
  public var left: Double?

  /// "12 of 134 jobs, 1 failed, about 5 min left"
  public var text: String {
    var parts = ["\(over) of \(total) jobs"]
    if failed > 0 { parts.append("\(failed) failed") }
    if let left, over < total {
      let time =
        left < 90 ? "\(fixed(left, 0)) s" : left < 5400 ? "\(fixed(left / 60, 0)) min" : "\(fixed(left / 3600, 1)) h"
      parts.append("about \(time) left")
    }
    return parts.joined(separator: ", ")
  }
}

/// How a batch ended.
public struct BatchResult: Sendable, Equatable {
  public var done = 0
  public var skipped = 0
  public var failed = 0
  /// Of the first job that failed.
  public var failure: StippleError?

  /// 0; 3 where some jobs failed and others are there; else that of the first failure.
  public var exitCode: Int32 {
    guard let failure else { return 0 }
    return done + skipped > 0 && isComplete ? 3 : failure.kind.rawValue
  }
  /// Whether every job of the shard was tried.
  var isComplete = false
}

/// Name of the copy of the manifest in the output folder.
let manifestCopy = "manifest.jsonl"

/// Does the jobs of a shard and writes their files into a folder each, named by the job's id, with a record of what they
/// were made of. The same job gives the same files in whichever shard, after however many interruptions.
///
/// The folder also gets a copy of the manifest and, in `jobs-0-of-8.jsonl`, the report of each job.
///
/// - Parameters:
///   - manifest: the jobs of all shards.
///   - outputFolder: made if it is not there; shards share it.
///   - options: which shard this is, and how it goes on.
///
/// Throws `StippleError` for a folder that cannot be written. A job that fails is told in its report and in the result.
public func runBatch(
  _ manifest: Manifest, to outputFolder: String, options: BatchOptions = .init()
) throws(StippleError) -> BatchResult {
  try runBatch(manifest, to: outputFolder, options: options, heads: HeadShelf())
}

func runBatch(
  _ manifest: Manifest, to outputFolder: String, options: BatchOptions, heads: HeadShelf
) throws(StippleError) -> BatchResult {
  let output = outputFolder.count > 1 && outputFolder.hasSuffix("/") ? String(outputFolder.dropLast()) : outputFolder
  let copy = output + "/" + manifestCopy
  try checkFolder(output, for: copy)
  try makeFolders(output)
  // Shards that start together write the same.
  if (try? readInput(copy, limit: manifest.bytes.count)) != manifest.bytes { try writeFile(manifest.bytes, to: copy) }

  let jobs = manifest.jobs.filter { options.shard.takes($0.number) }
  var reports = ShardReports(options.shard, in: output)
  var result = BatchResult()
  var spent = 0.0
  for (k, job) in jobs.enumerated() {
    let start = ContinuousClock.now
    beginPeakMemory()
    var report = JobReport(job, options.shard, .done)
    do throws(StippleError) {
      let run = JobRun(job: job, manifest: manifest, output: output, options: options, heads: heads)
      (report.status, report.files, report.warnings) = try run.done()
    } catch {
      (report.status, report.error) = (.failed, error)
      result.failed += 1
      result.failure = result.failure ?? error
    }
    (report.seconds, report.peakMemory, report.finished) = (seconds(since: start), peakMemory(), now())
    if report.status == .skipped { result.skipped += 1 }
    if report.status == .done {
      result.done += 1
      spent += report.seconds
    }
    reports.add(report)
    // Skipping is quick, and a run that is cut short skips again: those reports go with the next.
    if report.status != .skipped { try reports.write() }
    try options.told(report)
    let left = result.done > 0 ? spent / Double(result.done) * Double(jobs.count - k - 1) : nil
    options.progress(BatchProgress(over: k + 1, failed: result.failed, total: jobs.count, left: left))
    if report.status == .failed, !options.keepsGoing {
      try reports.write()
      return result
    }
  }
  try reports.write()
  result.isComplete = true
  return result
}

/// One job on its way.
private struct JobRun {
  let job: BatchJob
  let manifest: Manifest
  let output: String
  let options: BatchOptions
  let heads: HeadShelf

  func done() throws(StippleError) -> (status: JobReport.Status, files: [String], warnings: [String]) {
    let folder = output + "/" + job.id
    let bare = try OpenedDesign(
      pathBeside(manifest.folder, job.design, "design", of: "the manifest's"), overrides: job.overrides,
      threads: options.threads)
    let digest = jobDigest(bare, job, mesh: try heads.meshDigest(of: bare), metadata: options.metadata)
    let before = JobRecord(in: folder)
    if options.resumes, var record = before, record.digest == digest, record.fileAmiss(in: folder) == nil {
      // The line may ask for the same in other words.
      if record.request != job.request || record.id != job.id {
        (record.request, record.id) = (job.request, job.id)
        try writeFile(Array(record.json.utf8), to: folder + "/" + JobRecord.name)
      }
      return (.skipped, names(of: record), [])
    }
    try makeFolders(folder)
    let opened = try heads.placed(bare)
    let png = PNGOptions(dotsPerInch: 300, texts: opened.pictureTexts(options.metadata))
    var files: [OutputFile] = []
    for kind in job.outputs { files += try kind.files(of: opened, for: job, in: folder, png: png) }
    let warnings = try opened.warnings()
    let record = JobRecord(job, digest: digest, files: files)
    try writeFiles(files + [OutputFile(path: folder + "/" + JobRecord.name, bytes: Array(record.json.utf8))])
    // What an earlier version of the job left and this one does not make would pass for its own.
    for file in before?.files ?? [] where !record.files.contains(where: { $0.name == file.name }) {
      _ = unlink(folder + "/" + file.name)
    }
    return (.done, names(of: record), warnings)
  }

  private func names(of record: JobRecord) -> [String] { record.files.map { job.id + "/" + $0.name } }
}
