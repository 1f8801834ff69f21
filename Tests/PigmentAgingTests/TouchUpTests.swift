import Arithmetic
import Testing

@testable import PigmentAging

private let sessions = [(day: 0.0, share: 0.3), (day: 10.0, share: 0.4), (day: 30.0, share: 0.3)]
private let start = TreatmentCourse(ImpressionCourse(pace: .typical), sessions: sessions)
/// From the first session to the last, years.
private let lead = 30 / daysPerYear

@Suite struct TouchUpTests {
  @Test(arguments: [
    (FadeModel(pace: .typical), 4.4), (FadeModel(pace: .slow), 10.5), (FadeModel(pace: .fast), 1.4),
    (FadeModel(pace: .typical, tissue: .flatScar), 2.0), (FadeModel(pace: .typical, depth: .deep), 11.2),
    (FadeModel(pace: .typical, kind: .temporary), 0.5),
  ])
  func dueWhenClinicsSay(model: FadeModel, years: Double) throws {
    let due = try #require(touchUpDue(model))
    #expect(abs(due - years) <= 0.05)
    #expect(abs(model.darkness(years: due) - AgingParameters.standard.touchUpDarkness) < 1e-9)
  }

  @Test func whatNeverFadesIsNeverDue() {
    #expect(touchUpDue(FadeModel(shedShare: 0.1, settlingShare: 0, lossRate: 1e-6)) == nil)
    #expect(touchUpDue(FadeModel(), darkness: 2) == healedAge)
  }

  /// A client in three sessions who comes after 4.4 years: one session of 0.46 of the original deposit brings the dose
  /// back, and it fades with its own clock.
  @Test func oneSessionRestoresTheDose() {
    #expect(abs(start.dose(at: healedAge) - 1) < 1e-12 && abs(start.darkness(at: healedAge) - 1) < 1e-12)
    let visit = 4.4 - lead
    let amount = start.touchUpAmount(at: visit)
    #expect(abs(amount - 0.46) < 0.005)
    var history = start
    history.course.renewals = [Renewal(years: visit, amount: amount)]
    for (later, dose) in [(30 / daysPerYear, 0.99), (1, 0.85), (3, 0.68), (5, 0.56)] {
      #expect(abs(history.dose(at: visit + later) - dose) < 0.012, "\(later)")
    }
    #expect(abs(history.lifetimeDose - 1.46) < 0.01)
    // Old ink has spread, so the dot after the touch-up is wider than a fresh one and narrower than the old one.
    let width = history.width(core: 0.13, at: visit + healedAge)
    #expect(width > start.width(core: 0.13, at: healedAge) && width < start.width(core: 0.13, at: visit))
  }

  /// Healed is 30 days after the last session, whenever that was: late sessions do not change what 1 is.
  @Test(arguments: [14.0, 42, 200])
  func lateSessionsCountAsHealedThirtyDaysLater(day: Double) {
    let course = TreatmentCourse(
      ImpressionCourse(pace: .fast), sessions: [(day: 0, share: 0.5), (day: day, share: 0.5)])
    #expect(abs(course.dose(at: healedAge) - 1) < 1e-12)
    let alone = ImpressionCourse(pace: .fast).state(years: 3, lead: 0).retained
    let early = ImpressionCourse(pace: .fast).state(years: 3, lead: day / daysPerYear).retained
    let reference = ImpressionCourse(pace: .fast).state(years: healedAge, lead: day / daysPerYear).retained
    #expect(abs(course.dose(at: 3) - (alone + early) / (1 + reference)) < 1e-12)
  }

  /// Each time darkness falls to 0.65 the dose is restored: 1.46 after the first, 1.93 after the second, ten years in.
  @Test func theSecondRoutineTouchUpExceedsTheLifetimeBudget() {
    var history = start
    var years = healedAge
    var visits: [(years: Double, dose: Double)] = []
    while visits.count < 2 && years < 30 {
      years += 1 / 52.0
      let isFresh = history.course.renewals.contains { years - $0.years < healedAge }
      if !isFresh && history.darkness(at: years) < AgingParameters.standard.touchUpDarkness {
        history.course.renewals.append(Renewal(years: years, amount: history.touchUpAmount(at: years)))
        visits.append((years, history.lifetimeDose))
      }
    }
    #expect(visits.count == 2)
    let limit = AgingParameters.standard.lifetimeDose
    #expect(visits[0].dose < limit && visits[1].dose > limit)
    #expect(abs(visits[0].years + lead - 4.5) < 0.15 && abs(visits[0].dose - 1.46) < 0.02)
    #expect(abs(visits[1].years + lead - 10.1) < 0.3 && abs(visits[1].dose - 1.93) < 0.03)
  }

  @Test func nothingIsMissingFromFreshWork() {
    #expect(start.touchUpAmount(at: 1 / daysPerYear) == 0)
    #expect(start.touchUpAmount(at: healedAge) == 0)
  }

  /// A visit while the work of another heals: the darkness is the sum of both, without a jump when either is healed.
  @Test func darknessRunsOnThroughTouchUps() {
    var history = start
    history.course.renewals = [Renewal(years: 3, amount: 0.3)]
    var before = history.darkness(at: 3)
    #expect(before > 0.7 + 0.3 * 0.7)
    for day in 1...400 {
      let now = history.darkness(at: 3 + Double(day) / 10 / daysPerYear)
      #expect(abs(now - before) < 0.03)
      before = now
    }
  }

  @Test(arguments: PigmentKind.allCases)
  func laserLeavesAShareOfWhatIsThere(kind: PigmentKind) {
    let share = laserRetention(kind)
    #expect((0.2...0.9).contains(share))
    var lasered = start
    lasered.course.removals = [Removal(years: 2, share: share)]
    #expect(lasered.dose(at: 1.99) == start.dose(at: 1.99))
    #expect(abs(lasered.dose(at: 2.5) - share * start.dose(at: 2.5)) < 1e-12)
    #expect(abs(lasered.width(core: 0.13, at: 5) - start.width(core: 0.13, at: 5)) < 1e-12)
    // What comes after is not touched.
    lasered.course.renewals = [Renewal(years: 3, amount: 0.5)]
    #expect(lasered.dose(at: 3 + healedAge) > 0.5)
  }

  /// Clients differ: with the spread assumed for them, touch-ups fall due after 2.6, 4.2 and 7.0 years (tenth, middle
  /// and ninetieth of a hundred), and 10 to 20 % come within three years, as one practice reports.
  @Test func aPopulationComesBackWhenPracticesSay() {
    var state: UInt64 = 7
    func normal() -> Double {
      var sum = -6.0
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        sum += Double(state >> 11) * 0x1p-53
      }
      return sum
    }
    let due = (0..<1500).compactMap { _ -> Double? in
      let shed = min(max(0.30 + 0.08 * normal(), 0.10), 0.60)
      let settling = min(max(0.15 + 0.05 * normal(), 0.05), 0.35)
      return touchUpDue(
        FadeModel(shedShare: shed, settlingShare: settling, lossRate: 0.10 * exponential(0.35 * normal())))
    }.sorted()
    // Three standard errors of a quantile of 1500 are about 0.2 years, at the ninetieth 0.4.
    #expect(abs(due[due.count / 10] - 2.6) < 0.2)
    #expect(abs(due[due.count / 2] - 4.2) < 0.2)
    #expect(abs(due[due.count * 9 / 10] - 7.0) < 0.4)
    let within3 = Double(due.count { $0 < 3 }) / Double(due.count)
    #expect((0.15...0.23).contains(within3))
  }
}
