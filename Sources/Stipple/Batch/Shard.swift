// Which jobs of a manifest one process does: a stripe of them, named by hand or by the batch system that started it.

/// A share of a manifest's jobs: job `k`, counted from 0, belongs to shard `k mod count`.
public struct Shard: Sendable, Equatable {
  /// From 0.
  public let index: Int
  public let count: Int

  /// All jobs.
  public static let whole = Shard(uncheckedIndex: 0, of: 1)

  /// Most shards of one manifest.
  public static let most = 1_000_000

  private init(uncheckedIndex index: Int, of count: Int) { (self.index, self.count) = (index, count) }

  /// Throws `StippleError` (`usage`) unless 0 <= index < count <= `most`.
  public init(_ index: Int, of count: Int) throws(StippleError) {
    guard (1...Shard.most).contains(count), (0..<count).contains(index) else {
      throw StippleError(
        .usage,
        "shard \(index)/\(count) is none: shards are numbered from 0, so of \(max(count, 1)) there are 0 to "
          + "\(max(count, 1) - 1), and at most \(Shard.most) are allowed")
    }
    self.init(uncheckedIndex: index, of: count)
  }

  /// A shard written as `I/N`, such as `0/8`.
  ///
  /// Throws `StippleError` (`usage`).
  public init(parsing text: String) throws(StippleError) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = wholeNumber(parts[0]), let count = wholeNumber(parts[1]) else {
      throw StippleError(.usage, "shard '\(text)' is not I/N, such as 0/8 for the first of eight")
    }
    try self.init(index, of: count)
  }

  public func takes(_ job: Int) -> Bool { job % count == index }

  /// `0/8`
  public var text: String { "\(index)/\(count)" }
}

extension Shard {
  /// The shard that a batch system gave this process; `nil` where none did and `shards` is not given.
  ///
  /// Slurm's job arrays, Kubernetes' indexed jobs and AWS Batch's array jobs, in this order.
  ///
  /// - Parameters:
  ///   - shards: how many there are, where the system does not say; with it, the index is taken as it is.
  ///   - variable: value of an environment variable.
  ///
  /// Throws `StippleError` (`usage`) where index and number do not fit together, so that lines would be left out or done
  /// twice.
  public init?(shards: Int?, environment variable: (String) -> String?) throws(StippleError) {
    if let task = try number("SLURM_ARRAY_TASK_ID", variable) {
      if let shards {
        try self.init(given: task, by: "SLURM_ARRAY_TASK_ID", of: shards)
      } else {
        try self.init(slurmTask: task, variable)
      }
    } else if let index = try number("JOB_COMPLETION_INDEX", variable) {
      let stated = try number("JOB_COMPLETIONS", variable)
      guard let count = shards ?? stated else {
        throw StippleError(
          .usage,
          "JOB_COMPLETION_INDEX is \(index), but not of how many: set JOB_COMPLETIONS to the job's completions, or give "
            + "--shards N")
      }
      try self.init(given: index, by: "JOB_COMPLETION_INDEX", of: count)
    } else if let index = try number("AWS_BATCH_JOB_ARRAY_INDEX", variable) {
      guard let shards else {
        throw StippleError(
          .usage, "AWS_BATCH_JOB_ARRAY_INDEX is \(index), but not of how many: give --shards N, the size of the array")
      }
      try self.init(given: index, by: "AWS_BATCH_JOB_ARRAY_INDEX", of: shards)
    } else if let shards {
      throw StippleError(
        .usage,
        "--shards \(shards) says how many shards there are, and no batch system says which is meant: give --shard I/"
          + "\(shards)")
    } else {
      return nil
    }
  }

  private init(given index: Int, by name: String, of count: Int) throws(StippleError) {
    guard count >= 1, (0..<count).contains(index) else {
      throw StippleError(
        .usage, "\(name) is \(index), but of \(count) shards there are 0 to \(max(0, count - 1)): give --shard I/N")
    }
    try self.init(index, of: count)
  }

  /// Slurm numbers tasks as the user does, `--array=1-8` or `--array=0-14:2`. A list with gaps, as when some tasks are
  /// submitted again, does not say how many shards there were.
  private init(slurmTask task: Int, _ variable: (String) -> String?) throws(StippleError) {
    let least = try number("SLURM_ARRAY_TASK_MIN", variable)
    guard let least, let count = try number("SLURM_ARRAY_TASK_COUNT", variable) else {
      throw StippleError(
        .usage,
        "SLURM_ARRAY_TASK_ID is \(task), but SLURM_ARRAY_TASK_MIN and SLURM_ARRAY_TASK_COUNT are not there: give "
          + "--shard I/N")
    }
    let step = max(1, try number("SLURM_ARRAY_TASK_STEP", variable) ?? 1)
    let greatest = try number("SLURM_ARRAY_TASK_MAX", variable)
    let isEven = task >= least && (task - least) % step == 0
    let hasGaps = greatest.map { $0 < least || ($0 - least) / step + 1 != count } ?? false
    guard isEven, !hasGaps, (task - least) / step < count else {
      throw StippleError(
        .usage,
        "Slurm's array has \(count) tasks from \(least)\(greatest.map { " to \($0)" } ?? "") by \(step), and this is "
          + "\(task): its numbers have gaps, so they do not say which lines are meant; give --shard $SLURM_ARRAY_TASK_ID/N"
      )
    }
    try self.init((task - least) / step, of: count)
  }
}

/// A whole number from 0 of an environment variable; `nil` where it is not set or empty.
private func number(_ name: String, _ variable: (String) -> String?) throws(StippleError) -> Int? {
  guard let text = variable(name), !text.isEmpty else { return nil }
  guard let value = wholeNumber(text[...]) else {
    throw StippleError(.usage, "\(name) is '\(text)', which is no whole number from 0; give --shard I/N")
  }
  return value
}

/// Digits alone, and few enough that sums of them hold.
private func wholeNumber(_ text: Substring) -> Int? {
  guard (1...15).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
  return Int(text)
}
