// `stipple collect`: what became of a manifest's jobs, from the reports of all shards and from the files themselves.

import Arithmetic
import Files
import PNGImage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A job of the manifest, as it is found in the output folder.
public struct CollectedJob: Sendable, Equatable {
  public enum State: Sendable, Equatable {
    /// Its files are there as they were written.
    case there
    /// Why it failed.
    case failed(StippleError)
    /// What is not there, in words.
    case missing(String)
  }
  public var id: String
  /// Place among the manifest's jobs, from 0, and line of the manifest, from 1.
  public var number: Int
  public var line: Int
  public var state: State
  /// The report that tells most of it; `nil` where there is none.
  public var report: JobReport?
  /// Names of its files that are there.
  var files: [String] = []
}

/// What `collectBatch` found and wrote.
public struct CollectResult: Sendable, Report {
  /// In the manifest's order.
  public var jobs: [CollectedJob]
  /// The merged reports and the contact sheet's pages.
  public var files: [String]

  public var isComplete: Bool { jobs.allSatisfy { $0.state == .there } }

  private var amiss: [(job: CollectedJob, word: String, why: String)] {
    jobs.compactMap { job in
      switch job.state {
      case .there: nil
      case .failed(let error): (job, "failed", error.message)
      case .missing(let why): (job, "missing", why)
      }
    }
  }

  public var text: String {
    let amiss = amiss
    let seconds = jobs.compactMap { $0.report?.seconds }.reduce(0, +)
    return
      (amiss.map { "line \($0.job.line): \($0.job.id) \($0.word): \($0.why)" } + [
        "\(jobs.count - amiss.count) of \(jobs.count) jobs are there, \(amiss.filter { $0.word == "failed" }.count) failed, "
          + "\(amiss.filter { $0.word == "missing" }.count) are missing; \(fixed(seconds, 1)) s of work"
      ] + files).joined(separator: "\n") + "\n"
  }

  public var json: String {
    JSONValue.object(
      answer("collect") + [
        ("jobs", .integer(jobs.count)), ("there", .integer(jobs.count - amiss.count)),
        (
          "amiss",
          .list(
            amiss.map {
              .object([
                ("id", .text($0.job.id)), ("line", .integer($0.job.line)), ("state", .text($0.word)),
                ("message", .text($0.why)),
              ])
            })
        ), ("files", .list(files.map { .text($0) })),
      ]
    ).written() + "\n"
  }
}

/// Merges the reports of all shards into `jobs.jsonl`, in the manifest's order, checks that every job's files are as they
/// were written, and draws a contact sheet of the after pictures: `contact.png`, and `contact-2.png`, ... for more than a
/// page holds.
///
/// - Parameters:
///   - folder: the output folder of the batch, with its copy of the manifest.
///   - threads: worker threads; `nil` is one per core. The result does not depend on it.
///
/// Throws `StippleError`: `noInput` for a folder that no batch has written to, `data` for reports or a manifest that are
/// none, and as `writePreview` does for files that cannot be written.
public func collectBatch(_ folder: String, threads: Int? = nil) throws(StippleError) -> CollectResult {
  let folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
  let copy = folder + "/" + manifestCopy
  let manifest: Manifest
  do throws(StippleError) {
    manifest = try Manifest(copy, bytes: try readInput(copy, limit: Manifest.largest), checksDesigns: false)
  } catch {
    if error.kind != .noInput { throw error }
    throw StippleError(.noInput, "\(error.message): is \(folder) the output folder of stipple batch?")
  }
  var told: [String: JobReport] = [:]
  let entries = try names(in: folder)
  for name in entries where name.hasPrefix("jobs-") && name.hasSuffix(".jsonl") {
    for report in try JobReport.list(in: folder + "/" + name) {
      if let other = told[report.id], !report.supersedes(other) { continue }
      told[report.id] = report
    }
  }
  let reports = told
  let none = CollectedJob(id: "", number: 0, line: 0, state: .there)
  let jobs = tabulate(manifest.jobs.count, initial: none, threads: threads) { k in
    collected(manifest.jobs[k], reports[manifest.jobs[k].id], in: folder)
  }

  let merged = folder + "/jobs.jsonl"
  let lines = jobs.compactMap { job in
    job.report.map { report in
      var report = report
      // The manifest may have grown since.
      (report.number, report.line) = (job.number, job.line)
      return report.json + "\n"
    }
  }
  try writeFile(Array(lines.joined().utf8), to: merged)
  let pages = try writeContactPages(of: jobs, in: folder, threads: threads)
  // Pages of a longer manifest that lay here before.
  for name in entries where name.hasPrefix("contact-") && name.hasSuffix(".png") {
    let number = Int(name.dropFirst("contact-".count).dropLast(".png".count))
    if let number, number > pages.count { _ = unlink(folder + "/" + name) }
  }
  return CollectResult(jobs: jobs, files: [merged] + pages)
}

private func collected(_ job: BatchJob, _ report: JobReport?, in output: String) -> CollectedJob {
  func found(_ state: CollectedJob.State, _ files: [String] = []) -> CollectedJob {
    CollectedJob(id: job.id, number: job.number, line: job.line, state: state, report: report, files: files)
  }
  if let report, report.status == .failed, report.request == job.request, let error = report.error {
    return found(.failed(error))
  }
  let folder = output + "/" + job.id
  guard let record = JobRecord(in: folder) else {
    return found(.missing(report == nil ? "it was not done" : "\(JobRecord.name) is not there, or cannot be read"))
  }
  guard record.request == job.request else {
    return found(.missing("what is there was made of another line of a manifest"))
  }
  if let file = record.fileAmiss(in: folder) {
    return found(.missing("\(file) is not there as it was written"), record.files.map(\.name).filter { $0 != file })
  }
  return found(.there, record.files.map(\.name))
}

/// Names of a folder's entries, in order.
private func names(in folder: String) throws(StippleError) -> [String] {
  guard let stream = opendir(folder) else {
    throw StippleError(.noInput, "cannot read \(folder): \(reason(errno))")
  }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    names.append(
      withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      })
  }
  return names.sorted()
}
