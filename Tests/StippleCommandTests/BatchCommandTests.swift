import Foundation
import PNGImage
import Testing

/// A folder with a manifest of many short jobs.
private func manyJobs(_ count: Int = 12) throws -> (folder: String, manifest: String) {
  let folder = NSTemporaryDirectory() + "stipple-batch-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  try """
  schemaVersion: 1
  hair: {density: 30, loss: total}
  layers:
    - zone: {ellipse: {centre: {up: 100, side: 0}, length: 20, width: 20}, density: 40}
  pigment: {opticalDensity: 2, coreDiameter: 0.13, needleDepth: 0.5}
  """.write(toFile: folder + "/a.yaml", atomically: true, encoding: .utf8)
  try (0..<count).map { #"{"id": "j\#($0)", "design": "a.yaml", "seed": \#($0), "outputs": ["timeline"]}"# + "\n" }
    .joined()
    .write(toFile: folder + "/m.jsonl", atomically: true, encoding: .utf8)
  return (folder, folder + "/m.jsonl")
}

private func lines(_ text: String) throws -> [[String: Any]] {
  try text.split(separator: "\n").map {
    try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
  }
}

private func paths(_ folder: String) throws -> [String] {
  try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
}

/// The jobs' files by their paths from the output folder.
private func made(_ output: String) throws -> [String: Data] {
  var files: [String: Data] = [:]
  for name in try paths(output) where name.contains("/") && !name.contains("/.") {
    files[name] = try Data(contentsOf: URL(fileURLWithPath: output + "/" + name))
  }
  return files
}

@Suite struct BatchCommand_ {
  /// A shard that is ended amid its work, gently or not, leaves whole jobs, and the next run does the rest.
  @Test(arguments: [SIGTERM, SIGKILL])
  func whatIsCutShortIsTakenUpAgain(signal: Int32) throws {
    let (folder, manifest) = try manyJobs()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let output = folder + "/out"
    let process = command(["batch", manifest, "-o", output, "--resume"])
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let begun = Date()
    while !FileManager.default.fileExists(atPath: output + "/j2/job.json"), Date().timeIntervalSince(begun) < 30 {
      usleep(2000)
    }
    let asked = Date()
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(Date().timeIntervalSince(asked) < 2)
    #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == signal)
    if signal == SIGTERM { #expect(try !paths(output).contains { $0.hasSuffix(".tmp") }) }
    // Whole or not at all.
    for job in Set(try made(output).keys.map { $0.split(separator: "/")[0] }) {
      #expect(try made(output).keys.filter { $0.hasPrefix(job + "/") }.count == 3)
    }
    let before = try run(["collect", output])
    #expect(before.status == 3 && before.out.contains("j11 missing: it was not done"))

    let again = try run(["batch", manifest, "-o", output, "--resume"])
    let reports = try lines(again.out)
    #expect(again.status == 0 && again.error == "" && reports.count == 12)
    let skipped = reports.count { $0["status"] as? String == "skipped" }
    #expect(skipped >= 3 && skipped < 12)
    #expect(try run(["batch", manifest, "-o", folder + "/whole"]).status == 0)
    #expect(try made(output) == made(folder + "/whole"))
    #expect(try run(["collect", output]).status == 0)
  }

  @Test func shardsSayWhichLinesTheyTake() throws {
    let (folder, manifest) = try manyJobs(7)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let output = folder + "/out"
    let named = try run(["batch", manifest, "-o", output, "--shard", "0/3"])
    #expect(named.status == 0 && named.error == "stipple: shard 0/3: 3 of 7 jobs, lines 1, 4, 7 of \(manifest)\n")
    #expect(try lines(named.out).map { $0["id"] as? String } == ["j0", "j3", "j6"])
    for (k, variables) in [
      [
        "SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_MAX": "5",
        "SLURM_ARRAY_TASK_COUNT": "3",
        "SLURM_ARRAY_TASK_STEP": "2",
      ], ["JOB_COMPLETION_INDEX": "2", "JOB_COMPLETIONS": "3"],
    ].enumerated() {
      let task = try run(["batch", manifest, "-o", output, "--resume"], environment: variables)
      #expect(task.status == 0 && task.error.contains("shard \(k + 1)/3: 2 of 7 jobs, lines \(k + 2), \(k + 5) of"))
    }
    let whole = try run(["batch", manifest, "-o", output, "--resume"])
    #expect(try lines(whole.out).allSatisfy { $0["status"] as? String == "skipped" })
    #expect(try paths(output).filter { $0.hasPrefix("jobs-") }.count == 4)
    let done = try run(["collect", output, "--json"])
    #expect(try done.status == 0 && lines(done.out.replacingOccurrences(of: "\n", with: ""))[0]["there"] as? Int == 7)
    #expect(
      try run(["batch", manifest, "-o", output, "--resume", "--force", "--shard", "6/7"]).out.contains("\"done\""))

    let lost = try run(
      ["batch", manifest, "-o", output],
      environment: ["SLURM_ARRAY_TASK_ID": "5", "SLURM_ARRAY_TASK_MIN": "3", "SLURM_ARRAY_TASK_COUNT": "2"])
    #expect(lost.status == 64 && lost.error.contains("have gaps") && lost.out == "")
  }

  @Test func nothingIsDoneOfAManifestThatIsWrong() throws {
    let (folder, manifest) = try manyJobs(2)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = try String(contentsOfFile: manifest, encoding: .utf8)
    try (text + "{\"id\": \"j1\", \"design\": \"../a.yaml\", \"sed\": 1}\n\n#\nno\n").write(
      toFile: manifest, atomically: true, encoding: .utf8)
    let wrong = try run(["batch", manifest, "-o", folder + "/out"])
    #expect(wrong.status == 65 && wrong.out == "" && !FileManager.default.fileExists(atPath: folder + "/out"))
    for part in [
      "m.jsonl:3: unknown key 'sed'; did you mean 'seed'?", "m.jsonl:3: id 'j1'", "m.jsonl:3: design", "m.jsonl:6: ",
    ] {
      #expect(wrong.error.contains(part))
    }
    for arguments in [
      [manifest, "--shard", "3/3"], [manifest, "--shard", "x"], [manifest, "--shards", "3"],
      [manifest, "--shards", "0"],
      [manifest, "--shard", "0/2", "--shards", "2"], [manifest, "--threads", "0"], [],
    ] {
      #expect(try run(["batch"] + arguments).status == 64)
    }
    #expect(try run(["batch", folder + "/none.jsonl"]).status == 66)
    #expect(try run(["collect", folder]).status == 66)
    #expect(try run(["collect", folder + "/none"]).status == 66)
  }

  @Test func aFailureHasItsCode() throws {
    let (folder, manifest) = try manyJobs(2)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = try String(contentsOfFile: manifest, encoding: .utf8)
    try ("{\"id\": \"none\", \"design\": \"none.yaml\"}\n" + text).write(
      toFile: manifest, atomically: true, encoding: .utf8)
    let stopped = try run(["batch", manifest, "-o", folder + "/out"])
    #expect(stopped.status == 66 && stopped.error == "stipple: none: cannot read none.yaml: no such file\n")
    let report = try #require(lines(stopped.out).first)
    #expect((report["error"] as? [String: Any])?["exitCode"] as? Int == 66 && report["status"] as? String == "failed")
    let gone = try run(["batch", manifest, "-o", folder + "/out", "--keep-going"])
    #expect(try gone.status == 3 && lines(gone.out).count == 3)
    #expect(try run(["collect", folder + "/out"]).status == 3)
    #expect(try run(["batch", manifest, "-o", "/proc/nowhere/out"]).status == 73)
  }
}
