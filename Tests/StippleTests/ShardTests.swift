import Testing

@testable import Stipple

/// Variables as a batch system sets them, written as "NAME=value ...".
private func shard(_ variables: String, shards: Int? = nil) throws -> Shard? {
  let pairs = variables.split(separator: " ").map { $0.split(separator: "=", omittingEmptySubsequences: false) }
  let table = Dictionary(uniqueKeysWithValues: pairs.map { (String($0[0]), String($0[1])) })
  return try Shard(shards: shards) { table[$0] }
}

private func slurm(_ id: Int, _ least: Int, _ most: Int, _ count: Int, _ step: Int) -> String {
  "SLURM_ARRAY_TASK_ID=\(id) SLURM_ARRAY_TASK_MIN=\(least) SLURM_ARRAY_TASK_MAX=\(most) SLURM_ARRAY_TASK_COUNT=\(count) "
    + "SLURM_ARRAY_TASK_STEP=\(step)"
}

@Suite struct Shards {
  @Test(
    arguments: [
      ("", nil, nil), (slurm(0, 0, 7, 8, 1), nil, "0/8"), (slurm(8, 1, 8, 8, 1), nil, "7/8"),
      // --array=0-6:2 has four tasks.
      (slurm(0, 0, 6, 4, 2), nil, "0/4"), (slurm(6, 0, 6, 4, 2), nil, "3/4"),
      (slurm(5, 1, 7, 4, 2), nil, "2/4"), (slurm(7, 7, 7, 1, 1), nil, "0/1"),
      // With the number of shards told, the task is the shard.
      (slurm(5, 3, 5, 2, 1), 8, "5/8"), ("JOB_COMPLETION_INDEX=2 JOB_COMPLETIONS=5", nil, "2/5"),
      ("JOB_COMPLETION_INDEX=2", 4, "2/4"), ("JOB_COMPLETION_INDEX=2 JOB_COMPLETIONS=5", 4, "2/4"),
      ("AWS_BATCH_JOB_ARRAY_INDEX=0", 3, "0/3"), ("SLURM_ARRAY_TASK_ID= AWS_BATCH_JOB_ARRAY_INDEX=1", 3, "1/3"),
    ] as [(String, Int?, String?)])
  func batchSystemsNameTheirs(variables: String, shards: Int?, text: String?) throws {
    #expect(try shard(variables, shards: shards)?.text == text)
  }

  @Test(
    arguments: [
      // --array=3,5: both of its tasks.
      (slurm(3, 3, 5, 2, 1), nil, "have gaps"), (slurm(5, 3, 5, 2, 1), nil, "have gaps"),
      // The same where only the least is told.
      ("SLURM_ARRAY_TASK_ID=5 SLURM_ARRAY_TASK_MIN=3 SLURM_ARRAY_TASK_COUNT=2", nil, "have gaps"),
      // --array=0-6:2 and no step told.
      ("SLURM_ARRAY_TASK_ID=6 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_COUNT=4", nil, "have gaps"),
      (slurm(1, 0, 6, 4, 2), nil, "have gaps"), (slurm(5, 1, 7, 3, 20), nil, "have gaps"),
      (slurm(2, 3, 5, 3, 1), nil, "have gaps"),
      ("SLURM_ARRAY_TASK_ID=5", nil, "SLURM_ARRAY_TASK_MIN"), ("SLURM_ARRAY_TASK_ID=x", nil, "no whole number"),
      ("SLURM_ARRAY_TASK_ID=99999999999999999999", nil, "no whole number"),
      (slurm(8, 0, 8, 9, 1), 8, "there are 0 to 7"),
      ("JOB_COMPLETION_INDEX=2", nil, "JOB_COMPLETIONS"), ("JOB_COMPLETION_INDEX=5 JOB_COMPLETIONS=5", nil, "0 to 4"),
      ("AWS_BATCH_JOB_ARRAY_INDEX=2", nil, "--shards N"), ("AWS_BATCH_JOB_ARRAY_INDEX=3", 3, "0 to 2"),
      ("AWS_BATCH_JOB_ARRAY_INDEX=-1", 3, "no whole number"), ("", 3, "--shard I/3"),
    ] as [(String, Int?, String)])
  func whatWouldLeaveLinesOutIsRefused(variables: String, shards: Int?, message: String) {
    let error = #expect(throws: StippleError.self) { try shard(variables, shards: shards) }
    #expect(error?.kind == .usage && error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test(arguments: ["", "1", "1/", "/3", "3/3", "0/0", "-1/3", "1/3/5", "a/b", "0/1000001", " 1/3", "0x1/3"])
  func whatIsNoShard(text: String) {
    #expect(throws: StippleError.self) { try Shard(parsing: text) }
  }

  @Test(arguments: [1, 2, 3, 7, 11])
  func everyJobBelongsToOne(count: Int) throws {
    let shards = try (0..<count).map { try Shard($0, of: count) }
    for job in 0..<50 { #expect(shards.count { $0.takes(job) } == 1) }
    #expect(try Shard(parsing: "\(count - 1)/\(count)") == shards[count - 1])
  }
}
