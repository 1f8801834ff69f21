import ArgumentParser
import Stipple

struct CollectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect",
    abstract: "Gathers what the shards of a batch have done: one list, what is missing, and a contact sheet.",
    discussion: """
      Writes jobs.jsonl, the reports of all jobs in the manifest's order, and contact.png, the after pictures with their ids
      (80 on a page; further pages are contact-2.png, ...). Every file is checked against the job's record.

      Exit codes: 0 every job of the manifest is there, 3 some failed or are missing; they are named with their lines.
      """)

  @Argument(help: "The output folder of 'stipple batch'.")
  var folder: String

  @OptionGroup var threads: ThreadsOption

  @OptionGroup var answer: AnswerOptions

  func run() throws {
    let result = try collectBatch(folder, threads: threads.threads)
    try answer.give(result)
    if !result.isComplete { throw ExitCode(3) }
  }
}
