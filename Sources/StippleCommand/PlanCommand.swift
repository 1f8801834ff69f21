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

  @Argument(help: designHelp)
  var design: String

  @Option(help: "Date of the first session, as 2026-03-02; the plan then carries dates.")
  var start: CalendarDate?

  @Flag(help: "Print the plan as JSON.")
  var json = false

  @OptionGroup var change: ChangeOption

  @OptionGroup var memory: MemoryOption

  func run() throws {
    try orExit {
      let sheet = try WorkPlan(OpenedDesign(design, changes: change.made()), start: start)
      try emit(json ? sheet.json : sheet.text)
    }
  }
}
