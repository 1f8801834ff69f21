// What lies beside a job's files and says what they were made of and what they hold: by it a finished job is known again.

import Arithmetic
import Files
import TreatmentDesign

/// `job.json` of a job's folder. The same job gives the same record.
struct JobRecord: Equatable {
  struct File: Equatable {
    /// Name in the folder.
    var name: String
    var bytes: Int
    var sha256: String
  }
  var id: String
  /// Of the effective design, its head, what was wanted and the version; see `jobDigest`.
  var digest: String
  /// Of the manifest's line.
  var request: String
  var files: [File]

  static let name = "job.json"
  private static let largest = 1 << 20

  init(_ job: BatchJob, digest: String, files: [OutputFile]) {
    id = job.id
    self.digest = digest
    request = job.request
    self.files = files.map { file in
      File(
        name: file.path.split(separator: "/").last.map(String.init) ?? file.path, bytes: file.bytes.count,
        sha256: SHA256.hex(file.bytes))
    }
  }

  /// The record of a folder; `nil` where there is none, or none that can be read.
  init?(in folder: String) {
    guard let bytes = try? readInput(folder + "/" + JobRecord.name, limit: JobRecord.largest),
      let value = try? JSONValue(reading: bytes), let id = value["id"]?.text, let digest = value["digest"]?.text,
      let request = value["request"]?.text, case .list(let items) = value["files"]
    else { return nil }
    var files: [File] = []
    for item in items {
      // Only names of the folder itself: a record that was tampered with leads nowhere else.
      guard let name = item["name"]?.text, !name.isEmpty, !name.contains("/"), name.first != ".",
        let bytes = item["bytes"]?.integer, bytes >= 0, let sha256 = item["sha256"]?.text
      else { return nil }
      files.append(File(name: name, bytes: bytes, sha256: sha256))
    }
    (self.id, self.digest, self.request, self.files) = (id, digest, request, files)
  }

  var json: String {
    JSONValue.object([
      ("id", .text(id)), ("version", .text(stippleVersion)), ("digest", .text(digest)), ("request", .text(request)),
      (
        "files",
        .list(
          files.map {
            .object([("name", .text($0.name)), ("bytes", .integer($0.bytes)), ("sha256", .text($0.sha256))])
          })
      ),
    ]).written() + "\n"
  }

  /// The first of the files that is not in the folder as it was written; `nil` where all are.
  func fileAmiss(in folder: String) -> String? {
    files.first { file in
      guard let bytes = try? readInput(folder + "/" + file.name, limit: file.bytes) else { return true }
      return bytes.count != file.bytes || SHA256.hex(bytes) != file.sha256
    }?.name
  }
}

/// Digest of all that decides a job's files: the effective design with its masks, the files of its scan, what is wanted of
/// it, and the version that makes it. Names of files, comments and the design's place do not count.
///
/// - Parameters:
///   - mesh: digest of the scan, `nil` for a mannequin.
///   - metadata: whether pictures carry their design.
func jobDigest(_ opened: OpenedDesign, _ job: BatchJob, mesh: String?, metadata: Bool) -> String {
  var hash = SHA256()
  hash.add("stipple job, \(stippleVersion)\n")
  hash.add(job.outputs.map(\.rawValue).joined(separator: " ") + "\n")
  hash.add(job.years.map { "\($0)" }.joined(separator: " ") + "\n")
  hash.add("mesh \(mesh ?? "none"), metadata \(metadata)\n")
  for case .mask(let mask) in opened.written.layers {
    guard let image = mask.image else { continue }
    hash.add("mask \(image.width) x \(image.height)\n")
    hash.add(image.shares.flatMap { share in (0..<4).map { UInt8(truncatingIfNeeded: share.bitPattern >> (8 * $0)) } })
  }
  hash.add(opened.canonical)
  return hash.hex()
}
