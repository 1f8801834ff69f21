import ArgumentParser
import Stipple

extension CalendarDate: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Prints the plan of work: zones, sessions, needles, shades, hours, healing, touch-ups.",
    discussion: """
      Needle, depth and mixture per zone; impressions and hours in the chair per session; what is seen while it heals;
      the design's touch-ups; and a price, if the design carries the clinic's own rates.
      """)

  @OptionGroup var input: DesignOptions

  @Option(help: "Date of the first session, as 2026-03-02; the plan then carries dates.")
  var start: CalendarDate?

  @OptionGroup var answer: AnswerOptions

  func run() throws {
    try answer.give(WorkPlan(input.open(saying: answer), start: start))
  }
}
