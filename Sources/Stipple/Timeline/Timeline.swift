// A design over the years: how dark it is seen, how much pigment is left, how wide its dots have grown, when touch-ups
// fall due; each with the range from slow to fast.

import PigmentAging
import TreatmentDesign

/// One time of a timeline.
public struct TimelineRow: Sendable, Equatable {
  public var label: String
  /// After the last session.
  public var years: Double
  /// Darkness of treated skin against bare skin at the timeline's own pace, healed = 1.
  public var darkness: Double
  /// The same at the slow, typical and fast pace.
  public var slow: Double
  public var typical: Double
  public var fast: Double
  /// The least and the greatest of the four.
  public var least: Double
  public var greatest: Double
  /// Pigment in the skin, healed = 1, and its range.
  public var dose: Double
  public var leastDose: Double
  public var greatestDose: Double
  /// Full width of a dot's core, mm, swollen while it heals; at the own pace, and the range.
  public var width: Double
  public var leastWidth: Double
  public var greatestWidth: Double
  /// Redness of the skin, 0 to 1.
  public var redness: Double
}

/// The life of a design's work.
public struct Timeline: Sendable {
  public let design: Design
  /// The pace of the table's first figures.
  public let pace: Pace
  public let rows: [TimelineRow]
  public let touchUps: [PlannedTouchUp]
  /// Dates of the touch-ups, if the first session has one.
  public let dates: [CalendarDate?]
  /// Distance between neighbouring impressions where they are densest (19 of 20 places have less), mm.
  public let spacing: Double
  /// Years until dots are wider than `mergeLimit` of their spacing at the own and at the fast pace; `nil` within 20.
  public let merging: (own: Double?, fast: Double?)
  /// Darkness band for every year.
  let band: DarknessBand
  let own: TreatmentCourse

  /// Width over spacing from which neighbours begin to run together (grade D; rule L7).
  public static let mergeLimit = 0.38

  static let usual = ["0d", "2d", "7d", "14d", "30d", "6mo", "1y", "2y", "3y", "5y", "7y", "10y", "15y", "20y"]

  /// - Parameters:
  ///   - fields: the design laid on its head.
  ///   - pace: of fading; left out, the client's own.
  ///   - moments: times beside the usual ones.
  ///   - start: date of the first session, if touch-ups are to carry dates.
  ///   - threads: worker threads; `nil` is one per core. The result does not depend on it.
  public init(
    _ fields: CompiledDesign, pace: Pace? = nil, moments: [TimelineMoment] = [], start: CalendarDate? = nil,
    threads: Int? = nil
  ) throws(StippleError) {
    let densest = highDensity(fields, threads: threads)?.density ?? 0
    try self.init(fields.design, densest: densest, pace: pace, moments: moments, start: start)
  }

  /// - Parameter densest: impressions per cm² where there are most.
  init(
    _ design: Design, densest: Double, pace: Pace? = nil, moments: [TimelineMoment] = [], start: CalendarDate? = nil
  ) throws(StippleError) {
    let pace = pace ?? design.client.pace
    let own = courseOfTreatment(design, pace: pace).course
    let band = DarknessBand(design)
    let visits = plannedTouchUps(design, pace: pace)
    touchUps = visits
    let last = design.sessions.last?.day ?? 0
    dates = visits.map { visit in
      visit.years.flatMap { years in start?.adding(days: Int((last + years * daysPerYear).rounded())) }
    }
    var times = moments
    for label in Timeline.usual {
      let moment = try TimelineMoment(label)
      if !times.contains(where: { abs($0.years - moment.years) < 1e-3 }) { times.append(moment) }
    }
    for (i, visit) in visits.enumerated() {
      guard let years = visit.years, years <= agingYears.upperBound - healedAge else { continue }
      times.append(TimelineMoment(label: "before touch-up \(i + 1)", years: years - 1e-6))
      times.append(TimelineMoment(label: "touch-up \(i + 1), healed", years: years + healedAge))
    }
    let core = design.pigment.coreDiameter
    let courses = [own, band.slow, band.typical, band.fast]
    rows = times.sorted { $0.years < $1.years }.map { moment in
      let t = moment.years
      let dark = courses.map { $0.darkness(at: t) }
      let dose = courses.map { $0.dose(at: t) }
      let width = courses.map { $0.width(core: core, at: t) }
      return TimelineRow(
        label: moment.label, years: t, darkness: dark[0], slow: dark[1], typical: dark[2], fast: dark[3],
        least: dark.min() ?? 0, greatest: dark.max() ?? 0, dose: dose[0], leastDose: dose.min() ?? 0,
        greatestDose: dose.max() ?? 0, width: width[0], leastWidth: width.min() ?? 0,
        greatestWidth: width.max() ?? 0, redness: own.redness(at: t))
    }
    let spacing = densest > 0 ? meanSpacing(density: densest) : .infinity
    self.spacing = spacing
    func merges(_ course: TreatmentCourse) -> Double? {
      func isWide(_ years: Double) -> Bool { course.width(core: core, at: years) / spacing > Timeline.mergeLimit }
      // Touch-ups narrow dots for a while, so the first quarter of a year is looked for, and then the time in it.
      guard
        var late = stride(from: healedAge, through: agingYears.upperBound, by: 0.25).first(where: isWide)
      else { return nil }
      var early = max(healedAge, late - 0.25)
      while late - early > 0.01 {
        let middle = (early + late) / 2
        if isWide(middle) { late = middle } else { early = middle }
      }
      return late
    }
    merging = (merges(own), merges(band.fast))
    (self.design, self.pace, self.own, self.band) = (design, pace, own, band)
  }
}
