// What is told of a job when it is over: one line of JSON, on standard output and in the shard's file.

import Arithmetic
import Files

/// How a job ended.
public struct JobReport: Sendable, Equatable {
  public enum Status: String, Sendable {
    /// Its files were made.
    case done
    /// Its files were there already, as this version makes them.
    case skipped
    case failed
  }
  public var id: String
  /// Place among the manifest's jobs, from 0, and line of the manifest, from 1.
  public var number: Int
  public var line: Int
  public var shard: Shard
  public var status: Status
  public var seconds: Double
  /// Most memory that the process held at a time during the job, MB of 10^6 bytes; 0 where the system does not say.
  public var peakMemory: Int
  /// Paths from the output folder.
  public var files: [String] = []
  public var warnings: [String] = []
  public var error: StippleError?
  /// When it was over, UTC, as 2026-03-02T09:30:00.000Z.
  public var finished: String
  var request: String

  /// One line without its end.
  public var json: String {
    var members: [(String, JSONValue)] = [
      ("id", .text(id)), ("job", .integer(number)), ("line", .integer(line)), ("shard", .text(shard.text)),
      ("status", .text(status.rawValue)), ("seconds", .number((seconds * 1000).rounded() / 1000)),
      ("peakMemory", .integer(peakMemory)), ("files", .list(files.map { .text($0) })),
      ("warnings", .list(warnings.map { .text($0) })),
    ]
    if let error {
      members.append(
        ("error", .object([("message", .text(error.message)), ("exitCode", .integer(Int(error.kind.rawValue)))])))
    }
    members += [("finished", .text(finished)), ("request", .text(request))]
    return JSONValue.object(members).line
  }

  /// Names files by their place from the manifest's folder, as the manifest does: lists are handed on, and where a folder lies
  /// may tell whose it is.
  mutating func nameFiles(from folder: String) {
    guard !folder.isEmpty else { return }
    let prefix = folder == "/" ? folder : folder + "/"
    warnings = warnings.map { $0.replacing(prefix, with: "") }
    error = error.map { StippleError($0.kind, $0.message.replacing(prefix, with: "")) }
  }

  /// Whether this tells more of a job than another report of it: the later one does, but a job that was skipped is told by
  /// the report of how it was done.
  func supersedes(_ other: JobReport) -> Bool {
    if (status == .skipped) != (other.status == .skipped), status != .failed, other.status != .failed {
      return other.status == .skipped
    }
    return finished >= other.finished
  }
}

extension JobReport {
  init(
    _ job: BatchJob, _ shard: Shard, _ status: Status, seconds: Double = 0, peakMemory: Int = 0,
    finished: String = now()
  ) {
    (id, number, line, request) = (job.id, job.number, job.line, job.request)
    (self.shard, self.status, self.seconds, self.peakMemory) = (shard, status, seconds, peakMemory)
    self.finished = finished
  }

  /// Reads a line; `nil` for one that is no report.
  init?(reading bytes: [UInt8]) {
    guard let value = try? JSONValue(reading: bytes), let id = value["id"]?.text, let number = value["job"]?.integer,
      let line = value["line"]?.integer, let shardText = value["shard"]?.text,
      let shard = try? Shard(parsing: shardText),
      let status = value["status"]?.text.flatMap(Status.init(rawValue:)), let seconds = value["seconds"]?.number,
      let peakMemory = value["peakMemory"]?.integer, let files = value["files"]?.texts,
      let warnings = value["warnings"]?.texts, let finished = value["finished"]?.text,
      let request = value["request"]?.text
    else { return nil }
    (self.id, self.number, self.line, self.shard, self.status) = (id, number, line, shard, status)
    (self.seconds, self.peakMemory, self.files, self.warnings) = (seconds, peakMemory, files, warnings)
    (self.finished, self.request) = (finished, request)
    if let failure = value["error"] {
      guard let message = failure["message"]?.text,
        let kind = failure["exitCode"]?.integer.flatMap({ StippleError.Kind(rawValue: Int32(clamping: $0)) })
      else { return nil }
      error = StippleError(kind, message)
    }
  }

  /// The reports of a file, in its order.
  ///
  /// Throws `StippleError`: `data` with file and line of a line that is none, `noInput`, `limit`.
  static func list(in file: String) throws(StippleError) -> [JobReport] {
    var reports: [JobReport] = []
    let lines = try readInput(file, limit: Manifest.largest).split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty {
      guard let report = JobReport(reading: Array(line)) else {
        throw StippleError(
          .data, "\(file):\(index + 1): not the report of a job; remove the file and run the batch again")
      }
      reports.append(report)
    }
    return reports
  }
}

/// The reports of one shard, as they lie in its file: one of each job, in the order in which the jobs were first over.
struct ShardReports {
  let file: String
  private var reports: [JobReport] = []
  /// The reports as they are written, and where a job's is: a shard may have a hundred thousand.
  private var lines: [String] = []
  private var places: [String: Int] = [:]
  private var isWritten = true

  /// Takes over what an earlier run of the same shard told. A file that cannot be read is made anew.
  init(_ shard: Shard, in folder: String) {
    file = folder + "/jobs-\(shard.index)-of-\(shard.count).jsonl"
    for report in (try? JobReport.list(in: file)) ?? [] { add(report) }
    isWritten = true
  }

  mutating func add(_ report: JobReport) {
    if let place = places[report.id] {
      if !report.supersedes(reports[place]) { return }
      (reports[place], lines[place]) = (report, report.json + "\n")
    } else {
      places[report.id] = reports.count
      reports.append(report)
      lines.append(report.json + "\n")
    }
    isWritten = false
  }

  /// Writes the file whole where it is behind.
  mutating func write() throws(StippleError) {
    if isWritten { return }
    try writeFile(Array(lines.joined().utf8), to: file)
    isWritten = true
  }
}
