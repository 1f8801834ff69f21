import Arithmetic
import Foundation
import PNGImage
import TestSupport
import Testing
import TreatmentDesign

@testable import Stipple

/// A few marks on a bare head, in the smallest pictures.
private let bare = """
  schemaVersion: 1
  hair: {density: 30, loss: total}
  layers:
    - zone:
        ellipse: {centre: {up: 100, side: 0}, length: 20, width: 20}
        density: 40
  pigment: {opticalDensity: 2, coreDiameter: 0.13, needleDepth: 0.5}
  pictures: {size: 64, quality: draft, sheetViews: []}
  """

/// A folder with a manifest of six jobs.
private func sixJobs() throws -> (scratch: Scratch, manifest: Manifest) {
  let scratch = try Scratch()
  _ = try scratch.write(bare, "bare.yaml")
  let lines = (0..<6).map { k in
    let outputs = [#"["preview"]"#, #"["timeline"]"#, #"["timeline", "sheet"]"#][k % 3]
    return #"{"id": "j\#(k)", "design": "bare.yaml", "seed": \#(k), "outputs": \#(outputs), "years": [1]}"#
  }
  let path = try scratch.write("# six\n" + lines.joined(separator: "\n") + "\n", "m.jsonl")
  return (scratch, try Manifest(path))
}

/// Whatever head a design names, it is laid on one that is quickly drawn.
private let egg = EggHead.make()

private func shelf() -> HeadShelf { HeadShelf { (_) throws(StippleError) in egg } }

private final class Told: @unchecked Sendable {
  private let lock = NSLock()
  private var held: [JobReport] = []
  var reports: [JobReport] { lock.withLock { held } }
  func add(_ report: JobReport) { lock.withLock { held.append(report) } }
}

@discardableResult
private func run(
  _ manifest: Manifest, to output: String, shard: Shard = .whole, resumes: Bool = false, keepsGoing: Bool = false,
  threads: Int? = nil
) throws -> (result: BatchResult, reports: [JobReport]) {
  let told = Told()
  var options = BatchOptions()
  (options.shard, options.resumes, options.keepsGoing, options.threads) = (shard, resumes, keepsGoing, threads)
  options.told = { told.add($0) }
  return (try runBatch(manifest, to: output, options: options, heads: shelf()), told.reports)
}

/// The jobs' files by their paths from the output folder.
private func made(_ output: String) throws -> [String: Data] {
  var files: [String: Data] = [:]
  for name in try FileManager.default.subpathsOfDirectory(atPath: output) where name.contains("/") {
    files[name] = try Data(contentsOf: URL(fileURLWithPath: output + "/" + name))
  }
  return files
}

@Suite struct Batch {
  @Test func anyShardingMakesTheSameFiles() throws {
    let (scratch, manifest) = try sixJobs()
    let (whole, parts) = (scratch.path + "/whole", scratch.path + "/parts/")
    let one = try run(manifest, to: whole)
    #expect(one.result.exitCode == 0 && one.result.done == 6)
    #expect(one.reports.map(\.id) == (0..<6).map { "j\($0)" } && one.reports.allSatisfy { $0.status == .done })
    for index in [2, 0, 1] {
      let part = try run(manifest, to: parts, shard: Shard(index, of: 3), threads: index + 1)
      #expect(part.reports.map(\.number) == [index, index + 3])
    }
    let files = try made(whole)
    #expect(files == (try made(parts)))
    #expect(
      files.keys.filter { $0.hasPrefix("j0/") || $0.hasPrefix("j2/") }.sorted() == [
        "j0/after.png", "j0/before.png", "j0/job.json", "j0/sheet.png", "j0/year-1.png", "j2/job.json", "j2/sheet.png",
        "j2/timeline.json", "j2/timeline.png",
      ])
    // A job's pictures are those of `stipple preview`.
    var overrides = DesignOverrides()
    overrides.seed = 3
    var options = PreviewOptions()
    options.years = [1]
    let opened = try OpenedDesign(scratch.path + "/bare.yaml", overrides: overrides).on(egg)
    for file in try writePreview(of: opened, to: scratch.path + "/preview", options: options).files {
      let name = "j3/" + (file as NSString).lastPathComponent
      #expect(files[name] == (try Data(contentsOf: URL(fileURLWithPath: file))), "\(name)")
    }

    // Gathered: in the manifest's order, nothing amiss, whatever shards there were.
    for folder in [whole, parts] {
      let found = try collectBatch(folder)
      #expect(found.isComplete && found.jobs.map(\.id) == manifest.jobs.map(\.id))
      #expect(try JobReport.list(in: (folder + "/jobs.jsonl")).map(\.number) == Array(0..<6))
    }
    let sheets = try [whole, parts].map { try Data(contentsOf: URL(fileURLWithPath: $0 + "/contact.png")) }
    #expect(sheets[0] == sheets[1])
    let contact = try decodePNG([UInt8](sheets[0])).raster
    #expect(contact.width > 900 && contact.height < 400)
  }

  @Test func resumingDoesWhatIsNotThereAsItWas() throws {
    let (scratch, manifest) = try sixJobs()
    let output = scratch.path + "/out"
    try run(manifest, to: output)
    let first = try made(output)
    #expect(try run(manifest, to: output, resumes: true).reports.allSatisfy { $0.status == .skipped })

    // Removed, cut short, changed in one byte, another picture in its place, the record gone.
    try FileManager.default.removeItem(atPath: output + "/j0/year-1.png")
    try first["j1/timeline.png"]!.dropLast().write(to: URL(fileURLWithPath: output + "/j1/timeline.png"))
    var changed = first["j2/sheet.png"]!
    changed[changed.count / 2] ^= 1
    try changed.write(to: URL(fileURLWithPath: output + "/j2/sheet.png"))
    try first["j0/before.png"]!.write(to: URL(fileURLWithPath: output + "/j3/after.png"))
    try FileManager.default.removeItem(atPath: output + "/j4/job.json")
    let found = try collectBatch(output)
    #expect(found.jobs.map { $0.state == .there } == [false, false, false, false, false, true])
    #expect(found.text.contains("line 2: j0 missing: year-1.png is not there as it was written"))
    #expect(found.text.contains("1 of 6 jobs are there, 0 failed, 5 are missing"))
    let again = try run(manifest, to: output, resumes: true)
    #expect(again.result.done == 5 && again.result.skipped == 1)
    #expect(try made(output) == first)
    #expect(try collectBatch(output).isComplete)
  }

  @Test func resumingKnowsAnotherDesign() throws {
    let (scratch, manifest) = try sixJobs()
    let output = scratch.path + "/out"
    try run(manifest, to: output)
    // A comment changes nothing; a density changes every job; fewer years leave no stale picture.
    _ = try scratch.write("# again\n" + bare, "bare.yaml")
    #expect(try run(manifest, to: output, resumes: true).result.skipped == 6)
    _ = try scratch.write(bare.replacingOccurrences(of: "density: 40", with: "density: 41"), "bare.yaml")
    #expect(try run(manifest, to: output, shard: Shard(1, of: 3), resumes: true).result.done == 2)
    let path = try scratch.write(#"{"id": "j0", "design": "bare.yaml", "years": []}"#, "m.jsonl")
    let shorter = try Manifest(path)
    // What lies there was made of another line; a shard without jobs brings the manifest alone.
    try run(shorter, to: output, shard: Shard(1, of: 2))
    #expect(try collectBatch(output).text.contains("j0 missing: what is there was made of another line"))
    try run(shorter, to: output, resumes: true)
    #expect(!FileManager.default.fileExists(atPath: output + "/j0/year-1.png"))
    #expect(try collectBatch(output).isComplete)
  }

  @Test func aJobThatFailsIsToldAndTheOthersAreDone() throws {
    let scratch = try Scratch()
    _ = try scratch.write(bare, "bare.yaml")
    _ = try scratch.write("schemaVersion: 1\nlayers: 3\n", "bad.yaml")
    func line(_ id: String, _ design: String) -> String {
      #"{"id": "\#(id)", "design": "\#(design)", "outputs": ["timeline"]}"#
    }
    let path = try scratch.write(
      [line("good", "bare.yaml"), line("bad", "bad.yaml"), line("none", "none.yaml"), line("last", "bare.yaml")]
        .joined(separator: "\n"), "m.jsonl")
    let manifest = try Manifest(path)
    let output = scratch.path + "/out"
    let stopped = try run(manifest, to: output)
    #expect(stopped.result.exitCode == 65 && stopped.reports.map(\.status) == [.done, .failed])
    let found = try collectBatch(output)
    #expect(found.text.contains("line 2: bad failed: ") && found.text.contains("line 4: last missing: it was not done"))

    let gone = try run(manifest, to: output, resumes: true, keepsGoing: true)
    #expect(gone.result.exitCode == 3 && gone.reports.map(\.status) == [.skipped, .failed, .failed, .done])
    #expect(gone.reports.map { $0.error?.kind } == [nil, .data, .noInput, nil])
    #expect(gone.reports[1].error?.message.hasPrefix("bad.yaml:2:") == true)
    // Lists are handed on: they say nothing of where the files lie.
    let list = try String(contentsOfFile: output + "/jobs-0-of-1.jsonl", encoding: .utf8)
    #expect(list.contains("none.yaml") && !list.contains(scratch.path))
    // The report of what was done outlives that of its being skipped.
    #expect(try JobReport.list(in: output + "/jobs-0-of-1.jsonl").first { $0.id == "good" }?.status == .done)
    // Nothing but failures has their own code.
    #expect(try run(manifest, to: output, shard: Shard(1, of: 4), keepsGoing: true).result.exitCode == 65)
    // More shards than jobs.
    #expect(try run(manifest, to: output, shard: Shard(8, of: 9)).result == BatchResult(isComplete: true))
    // Mended, it is done by whoever comes next.
    _ = try scratch.write(bare, "bad.yaml")
    _ = try scratch.write(bare, "none.yaml")
    #expect(try run(manifest, to: output, shard: Shard(0, of: 1), resumes: true).result.done == 2)
    #expect(try collectBatch(output).isComplete)
  }

  @Test func reportsReadAsTheyAreWritten() throws {
    var report = JobReport(BatchJob(id: "a", design: "b"), try Shard(2, of: 3), .failed, seconds: 1.25, peakMemory: 90)
    (report.files, report.warnings) = (["a/x.png"], ["quote \" and\nline"])
    report.error = StippleError(.limit, "too much")
    #expect(JobReport(reading: Array(report.json.utf8)) == report && !report.json.contains("\n"))
    let scratch = try Scratch()
    let file = try scratch.write(report.json + "\n{}\n", "jobs-0-of-1.jsonl")
    let error = #expect(throws: StippleError.self) { try JobReport.list(in: file) }
    #expect(error?.message.contains("jobs-0-of-1.jsonl:2: ") == true)
    #expect(throws: StippleError.self) { try collectBatch(scratch.path) }
    #expect(report.finished.count == 24 && peakMemory() > 0)
  }

  /// A record leads to no file outside its folder.
  @Test(arguments: ["../x", "/etc/hosts", ".hidden", ""])
  func recordsNameFilesOfTheirFolder(name: String) throws {
    let scratch = try Scratch()
    _ = try scratch.write(
      #"{"id": "a", "digest": "d", "request": "r", "files": [{"name": "\#(name)", "bytes": 1, "sha256": "s"}]}"#,
      "job.json")
    #expect(JobRecord(in: scratch.path) == nil)
  }
}

@Suite struct SharedHeads {
  @Test func jobsShareHeadsWithinABound() throws {
    let shelf = shelf()
    func place(_ percentile: Double, age: Double? = nil) throws {
      var design = try readDesign(bare, named: "bare")
      var choice = MannequinChoice()
      choice.percentile = percentile
      design.head = .mannequin(choice)
      if let age { design.client.age = age }
      _ = try shelf.placed(OpenedDesign(design))
    }
    for _ in 0..<3 { for percentile in [10.0, 20, 30, 40] { try place(percentile) } }
    #expect(shelf.made == 4)
    // A fifth takes the place of the one that was wanted least lately; an age is another face.
    try place(50)
    try place(20)
    #expect(shelf.made == 5)
    try place(10)
    #expect(shelf.made == 6)
    try place(10, age: 70)
    #expect(shelf.made == 7)
  }

  @Test func aScanIsKnownByWhatItsFilesHold() throws {
    let scratch = try Scratch()
    var design = try readDesign(bare, named: "bare")
    var choice = ScanChoice()
    choice.file = "scan.obj"
    choice.landmarks[.leftTragion] = SIMD3(74, 0, 0)
    choice.landmarks[.rightTragion] = SIMD3(-74, 0, 0)
    choice.landmarks[.glabella] = SIMD3(0, 34, 106)
    design.head = .scan(choice)
    func digest() throws -> String? {
      try HeadShelf().meshDigest(of: OpenedDesign(design, folder: scratch.path))
    }
    #expect(throws: StippleError.self) { try digest() }
    let mesh = "mtllib scan.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nusemtl a\nf 1/1 2/1 3/1\n"
    _ = try scratch.write(mesh, "scan.obj")
    let bare = try digest()
    _ = try scratch.write("newmtl a\nKd 1 0 0\n", "scan.mtl")
    let red = try digest()
    _ = try scratch.write("newmtl a\nKd 0 1 0\n", "scan.mtl")
    let green = try digest()
    _ = try scratch.write(mesh + "\n", "scan.obj")
    let longer = try digest()
    #expect(Set([bare, red, green, longer]).count == 4 && bare != nil, "\([bare, red, green, longer])")
    choice.file = "other.obj"
    design.head = .scan(choice)
    _ = try scratch.write(mesh + "\n", "other.obj")
    #expect(try digest() == longer)
  }
}
