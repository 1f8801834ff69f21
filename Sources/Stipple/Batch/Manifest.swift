// The lines of a manifest: one job each, all read and checked before the first is done.

import Arithmetic
import Files
import TreatmentDesign

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One job of a manifest: a design, what is set in place of what it says, and what is to be made of it.
public struct BatchJob: Sendable, Equatable {
  /// Stem of the job's files and name of its folder.
  public var id: String
  /// The design, relative to the manifest's folder.
  public var design: String
  public var overrides = DesignOverrides()
  /// What is made, each once.
  public var outputs: [BatchOutput] = [.preview]
  /// Years after the last session to draw, 0 to 20.
  public var years: [Double] = [1, 3, 5]
  /// Place among the manifest's jobs, from 0.
  public var number = 0
  /// Line of the manifest, from 1.
  public var line = 0
  /// Digest of what the line asks for, however it is spaced.
  var request = ""
}

/// The jobs of a manifest, in its order.
public struct Manifest: Sendable {
  /// As it was named.
  public let path: String
  public let jobs: [BatchJob]
  /// As it was written.
  let bytes: [UInt8]

  /// Where the designs' paths start.
  var folder: String { Stipple.folder(of: path) }

  /// Largest manifest that is read, bytes, and the most bad lines that are told one by one.
  static let largest = 256 << 20
  static let listed = 1000

  /// Reads and checks every line of a JSONL file. Blank lines, and those that begin with `#`, are passed over.
  ///
  /// Throws `StippleError`: `noInput` for a file that cannot be read, `limit` for one over 256 MB, `data` with file and line
  /// of everything that is wrong: JSON that is none, unknown keys, values that are not allowed, names that are taken, and
  /// designs outside the manifest's folder. Designs themselves are read when their job is done.
  public init(_ path: String) throws(StippleError) {
    try self.init(path, bytes: try readInput(path, limit: Manifest.largest))
  }

  /// - Parameter checksDesigns: whether designs must lie below the manifest's folder; a copy lies elsewhere.
  init(_ path: String, bytes: [UInt8], checksDesigns: Bool = true) throws(StippleError) {
    self.path = path
    self.bytes = bytes
    var jobs: [BatchJob] = []
    var problems: [String] = []
    var taken: [String: (id: String, line: Int)] = [:]
    let folder = Stipple.folder(of: path)
    for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      var text = trimmed(line)
      if index == 0, text.starts(with: [0xEF, 0xBB, 0xBF]) { text = trimmed(text.dropFirst(3)) }
      if text.isEmpty || text.first == UInt8(ascii: "#") { continue }
      var found: [String] = []
      if var job = readJob(Array(text), problems: &found) {
        // Some file systems hold names that differ in case alone for one.
        if let other = taken[job.id.lowercased()] {
          found.append(
            other.id == job.id
              ? "id '\(job.id)' is that of line \(other.line) already"
              : "id '\(job.id)' differs from '\(other.id)' of line \(other.line) in letter case alone")
        } else {
          taken[job.id.lowercased()] = (job.id, index + 1)
        }
        do throws(StippleError) {
          // One that is missing or no text has been told already.
          if checksDesigns, !job.design.isEmpty {
            _ = try pathBeside(folder, job.design, "design", of: "the manifest's")
          }
        } catch {
          found.append(error.message)
        }
        (job.number, job.line) = (jobs.count, index + 1)
        jobs.append(job)
      }
      problems += found.map { "\(path):\(index + 1): \($0)" }
    }
    if problems.isEmpty, jobs.isEmpty {
      problems.append("\(path) holds no job; each is a line such as \(Manifest.example)")
    }
    self.jobs = jobs
    if problems.count > Manifest.listed {
      problems = problems.prefix(Manifest.listed) + ["and \(problems.count - Manifest.listed) more"]
    }
    if !problems.isEmpty { throw StippleError(.data, problems.joined(separator: "\n")) }
  }

  /// Which lines a shard takes: "shard 1/3: 134 of 400 jobs, lines 2, 5, 8, 11, ..., 398 of m.jsonl".
  public func described(_ shard: Shard) -> String {
    let lines = jobs.filter { shard.takes($0.number) }.map { String($0.line) }
    let count = lines.count
    var shown = lines.prefix(count > 6 ? 4 : 6)
    if count > 6, let last = lines.last { shown += ["...", last] }
    let which = count == 0 ? "none" : (count == 1 ? "line " : "lines ") + shown.joined(separator: ", ")
    return "shard \(shard.text): \(count) of \(jobs.count) jobs, \(which) of \(path)"
  }

  static let example = #"{"id": "c00017", "design": "clients/a.yaml", "seed": 17}"#
}

private func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }
  guard let first = line.firstIndex(where: { !isBlank($0) }), let last = line.lastIndex(where: { !isBlank($0) }) else {
    return []
  }
  return line[first...last]
}
