import Testing

@testable import PigmentAging

private let start = DotHistory(sessions: [(day: 0, amount: 0.3), (day: 10, amount: 0.4), (day: 30, amount: 0.3)])

@Suite struct TouchUpTests {
  @Test(arguments: [
    (FadeModel(pace: .typical), 4.4), (FadeModel(pace: .slow), 10.5), (FadeModel(pace: .fast), 1.4),
    (FadeModel(pace: .typical, tissue: .flatScar), 2.0), (FadeModel(pace: .typical, depth: .deep), 11.2),
    (FadeModel(pace: .typical, kind: .temporary), 0.5),
  ])
  func dueWhenClinicsSay(model: FadeModel, years: Double) throws {
    let due = try #require(touchUpDue(model))
    #expect(abs(due - years) <= 0.05)
    #expect(abs(model.darkness(years: due) - touchUpDarkness) < 1e-9)
  }

  @Test func whatNeverFadesIsNeverDue() {
    #expect(touchUpDue(FadeModel(shedShare: 0.1, settlingShare: 0, lossRate: 1e-6)) == nil)
    #expect(touchUpDue(FadeModel(), darkness: 2) == healedAge)
  }

  /// A client in three sessions who comes after 4.4 years: one session of 0.46 of the original deposit brings the dose
  /// back, and it fades with its own clock.
  @Test func oneSessionRestoresTheDose() {
    let model = FadeModel(pace: .typical)
    #expect(abs(start.relativeDose(at: 60 / daysPerYear, model) - 1) < 1e-12)
    let amount = start.touchUpAmount(at: 4.4, model)
    #expect(abs(amount - 0.46) < 0.005)
    var history = start
    history.impressions.append(.init(years: 4.4, amount: amount))
    for (later, dose) in [(30 / daysPerYear, 0.99), (1, 0.85), (3, 0.68), (5, 0.56)] {
      #expect(abs(history.relativeDose(at: 4.4 + later, model) - dose) < 0.012, "\(later)")
    }
    #expect(abs(history.lifetimeDose - 1.46) < 0.01)
    // Old ink has spread, so the dot after the touch-up is wider than a fresh one and narrower than the old one.
    let width = history.width(core: 0.13, at: 4.4 + healedAge, model)
    #expect(width > model.width(core: 0.13, years: healedAge) && width < model.width(core: 0.13, years: 4.4))
  }

  /// Each time darkness falls to 0.65 the dose is restored: 1.46 after the first, 1.93 after the second, ten years in.
  @Test func theSecondRoutineTouchUpExceedsTheLifetimeBudget() {
    let model = FadeModel(pace: .typical)
    var history = start
    var years = healedAge
    var visits: [(years: Double, dose: Double)] = []
    while visits.count < 2 && years < 30 {
      years += 1 / 52.0
      let fresh = history.impressions.contains { years - $0.years < healedAge }
      if !fresh && model.darkness(retention: history.relativeDose(at: years, model)) < touchUpDarkness {
        history.impressions.append(.init(years: years, amount: history.touchUpAmount(at: years, model)))
        visits.append((years, history.lifetimeDose))
      }
    }
    #expect(visits.count == 2)
    #expect(visits[0].dose < lifetimeDoseLimit && visits[1].dose > lifetimeDoseLimit)
    #expect(abs(visits[0].years - 4.5) < 0.15 && abs(visits[0].dose - 1.46) < 0.02)
    #expect(abs(visits[1].years - 10.1) < 0.3 && abs(visits[1].dose - 1.93) < 0.03)
  }

  @Test func nothingIsMissingFromFreshWork() {
    #expect(start.touchUpAmount(at: 31 / daysPerYear, FadeModel()) == 0)
    #expect(start.mass(at: -1, FadeModel()) == 0)
    #expect(start.width(core: 0.13, at: -1, FadeModel()) == 0.13)
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
