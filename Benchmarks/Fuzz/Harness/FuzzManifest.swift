@testable import Stipple

/// Reads the input as the manifest of a batch, in a folder that is not there: no file of this machine is looked at.
func fuzzManifest(_ bytes: [UInt8]) {
  let manifest: Manifest
  do {
    manifest = try Manifest("/nowhere/m.jsonl", bytes: bytes)
  } catch {
    precondition(!error.message.isEmpty)
    return
  }
  precondition(!manifest.jobs.isEmpty)
  var taken: Set<String> = []
  for (number, job) in manifest.jobs.enumerated() {
    precondition(job.number == number && job.line > number)
    precondition(taken.insert(job.id.lowercased()).inserted, "two jobs have one folder")
    // It becomes the name of a folder.
    precondition(!job.id.isEmpty && !job.id.hasPrefix(".") && !job.id.contains("/"))
    precondition(!job.design.hasPrefix("/") && !job.design.split(separator: "/").contains(".."))
    precondition(!job.outputs.isEmpty && job.years.allSatisfy { (0...20).contains($0) })
  }
  // Each job is in one of the shards.
  do {
    let shards = try (0..<3).map { index in try Shard(index, of: 3) }
    precondition(manifest.jobs.allSatisfy { job in shards.count { $0.takes(job.number) } == 1 })
    for shard in shards { precondition(!manifest.described(shard).isEmpty) }
  } catch {
    fatalError("a shard is refused: \(error)")
  }
}
