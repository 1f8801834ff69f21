import Arithmetic
import Testing

@testable import PigmentAging

/// Impressions of three sessions in all tissues, at depths from too shallow to too deep.
func mixedDeposits(_ count: Int) -> Deposits {
  var deposits = Deposits(
    coreDiameter: [], needleDepth: [], load: [], session: [], tissue: [], luck: [], clock: [], sessionDays: [0, 21, 42])
  for i in 0..<count {
    deposits.coreDiameter.append(0.10 + 0.01 * Float(i % 9))
    deposits.needleDepth.append(0.3 + 0.05 * Float(i % 31))
    deposits.load.append(1 + 0.25 * Float(i % 5))
    deposits.session.append(UInt8(i % 3))
    deposits.tissue.append(Tissue.allCases[i / 3 % 4])
    deposits.luck.append(Float(dotLuck(Double(i % 13) / 3 - 2)))
    deposits.clock.append(0)
  }
  return deposits
}

@Suite struct DepositsTests {
  /// Single precision of values near 1.
  let rounding: Float = 1e-5

  @Test(arguments: Pace.allCases, PigmentKind.allCases)
  func theBatchSaysWhatTheModelSays(pace: Pace, kind: PigmentKind) throws {
    let deposits = mixedDeposits(400)
    for years in [healedAge, 1, 3, 5] {
      let aged = try age(deposits, years: years, pace: pace, kind: kind)
      for i in 0..<deposits.count {
        let depth = Double(deposits.needleDepth[i])
        let range = FadeRange(tissue: deposits.tissue[i], kind: kind, depth: DepthClass(needleDepth: depth))
        let old = years + (42 - deposits.sessionDays[Int(deposits.session[i])]) / daysPerYear
        let core = Double(deposits.coreDiameter[i])
        let width = range.model(pace).width(core: core, years: old)
        let retained = Float(range.retention(pace, years: old)) * deposits.luck[i]
        #expect(abs(aged.retained[i] - retained) < rounding)
        let darkness = Float(range.darkness(pace, years: old)) * deposits.luck[i]
        #expect(abs(aged.darkness[i] - darkness * deposits.load[i]) < 4 * rounding)
        #expect(abs(aged.coreWidth[i] - Float(width)) < rounding)
      }
      #expect(aged.redness.allSatisfy { $0 == 0 } && aged.scab.allSatisfy { $0 == 0 })
    }
  }

  @Test func freshWorkFollowsTheHealingCurve() throws {
    var deposits = mixedDeposits(3)
    deposits.luck = [1, 1, 1]
    let aged = try age(deposits, years: 0, pace: .typical)
    // The first session is 42 days old and healed; the last is swollen, dark and red.
    #expect(aged.darkness[0] < deposits.load[0])
    #expect(abs(aged.darkness[2] - 1.8 * deposits.load[2]) < rounding)
    #expect(abs(aged.coreWidth[2] - 1.9 * deposits.coreDiameter[2]) < rounding)
    #expect(aged.redness == [0, 0, 0.8] && aged.scab == [0, 0, 0.8])
    // The budget keeps to the mass, not to the look.
    #expect(abs(aged.retained[2] - Float(FadeModel(pace: .typical, depth: .shallow).retention(years: 0))) < rounding)
  }

  @Test func yearsOnlyFadeAndWiden() throws {
    let deposits = mixedDeposits(300)
    for pace in Pace.allCases {
      var before = try age(deposits, years: healedAge, pace: pace)
      for years in [0.5, 1, 2, 3, 5, 10, 20] {
        let after = try age(deposits, years: years, pace: pace)
        #expect(zip(after.retained, before.retained).allSatisfy { $0 <= $1 })
        #expect(zip(after.darkness, before.darkness).allSatisfy { $0 <= $1 })
        #expect(zip(after.coreWidth, before.coreWidth).allSatisfy { $0 > $1 })
        before = after
      }
    }
  }

  @Test func luckMultipliesTheMassAndNothingElse() throws {
    var lucky = mixedDeposits(50)
    lucky.luck = Array(repeating: 1, count: 50)
    let plain = try age(lucky, years: 3, pace: .typical)
    lucky.luck = Array(repeating: 1.5, count: 50)
    let more = try age(lucky, years: 3, pace: .typical)
    #expect(zip(more.retained, plain.retained).allSatisfy { abs($0 - 1.5 * $1) < rounding })
    #expect(more.coreWidth == plain.coreWidth)
  }

  @Test func luckIsOneInTheMiddleAndBounded() {
    #expect(dotLuck(0) == 1)
    #expect(dotLuck(100) == dotLuck(4) && dotLuck(-100) > 0.4)
  }

  /// Between two clocks of the table the batch interpolates; a clock runs through healing and years alike.
  @Test(arguments: [-3.7, -1, -0.26, 0, 0.5, 1.9, 4] as [Float])
  func everyImpressionHasItsOwnClock(clock: Float) throws {
    var deposits = mixedDeposits(60)
    deposits.clock = Array(repeating: clock, count: 60)
    deposits.needleDepth = Array(repeating: 0.8, count: 60)
    let factor = exponential(AgingParameters.standard.impressionClock * Double(clock))
    for years in [5 / daysPerYear, 1, 5] {
      let aged = try age(deposits, years: years, pace: .typical)
      for i in 0..<60 {
        let lead = (42 - deposits.sessionDays[Int(deposits.session[i])]) / daysPerYear
        let state = ImpressionCourse(pace: .typical, tissue: deposits.tissue[i])
          .state(years: years, lead: lead, clock: factor)
        let wanted = Float(state.darkness) * deposits.load[i] * deposits.luck[i]
        // Two clocks are 5 % apart, the healing curve has corners.
        #expect(abs(aged.darkness[i] - wanted) < 0.02 * wanted)
        #expect(abs(aged.coreWidth[i] - Float(state.width(core: Double(deposits.coreDiameter[i])))) < 0.005)
      }
    }
  }

  @Test func aFasterClockFadesFasterAndScabsFallAtDifferentTimes() throws {
    var deposits = mixedDeposits(2)
    (deposits.session, deposits.tissue, deposits.luck) = ([2, 2], [.skin, .skin], [1, 1])
    (deposits.load, deposits.needleDepth, deposits.clock) = ([1, 1], [0.8, 0.8], [-2, 2])
    let week = try age(deposits, years: 7 / daysPerYear, pace: .typical)
    #expect(week.scab[0] > 2 * week.scab[1])
    let late = try age(deposits, years: 5, pace: .typical)
    #expect(late.darkness[0] > late.darkness[1] && late.retained[0] > late.retained[1])
  }

  @Test func laterVisitsAddAndLaserTakes() throws {
    var deposits = mixedDeposits(40)
    deposits.needleDepth = Array(repeating: 0.8, count: 40)
    deposits.renewals = [Renewal(years: 4, amount: 0.46)]
    let before = try age(deposits, years: 4 - 1e-6, pace: .typical)
    let fresh = try age(deposits, years: 4, pace: .typical)
    let healed = try age(deposits, years: 4 + healedAge, pace: .typical)
    var alone = deposits
    alone.renewals = []
    let without = try age(alone, years: 4 + healedAge, pace: .typical)
    for i in 0..<40 {
      #expect(fresh.darkness[i] > before.darkness[i] && fresh.redness[i] == 0.8)
      #expect(abs(healed.retained[i] - without.retained[i] - 0.46 * deposits.luck[i]) < 1e-3)
      #expect(healed.coreWidth[i] < without.coreWidth[i] && healed.coreWidth[i] > deposits.coreDiameter[i])
    }
    deposits.removals = [Removal(years: 6, share: 0.3)]
    let lasered = try age(deposits, years: 7, pace: .typical)
    deposits.removals = []
    let kept = try age(deposits, years: 7, pace: .typical)
    #expect(zip(lasered.retained, kept.retained).allSatisfy { abs($0 - 0.3 * $1) < rounding })
    #expect(zip(lasered.coreWidth, kept.coreWidth).allSatisfy { abs($0 - $1) < rounding })
  }

  @Test func visitsBeforeTheTreatmentAreRefused() throws {
    var early = mixedDeposits(3)
    early.renewals = [Renewal(years: -0.1, amount: 0.4)]
    let touchUp = #expect(throws: AgingError.self) { try age(early, years: 1, pace: .typical) }
    #expect(touchUp?.description.contains("allowed is 0 years or more") == true)
    early.renewals = []
    early.removals = [Removal(years: 1, share: 1.5)]
    let laser = #expect(throws: AgingError.self) { try age(early, years: 1, pace: .typical) }
    #expect(laser?.description.contains("a share of 0 to 1") == true)
  }

  @Test func theSameImpressionsAgeTheSame() throws {
    let deposits = mixedDeposits(1000)
    #expect(try age(deposits, years: 5, pace: .fast) == age(deposits, years: 5, pace: .fast))
    // Neighbours do not matter: an impression alone ages as it does among others.
    let all = try age(deposits, years: 5, pace: .fast)
    var one = deposits
    one.coreDiameter = [deposits.coreDiameter[77]]
    one.needleDepth = [deposits.needleDepth[77]]
    one.load = [deposits.load[77]]
    one.session = [deposits.session[77]]
    one.tissue = [deposits.tissue[77]]
    one.luck = [deposits.luck[77]]
    one.clock = [deposits.clock[77]]
    let alone = try age(one, years: 5, pace: .fast)
    #expect(alone.darkness[0] == all.darkness[77] && alone.coreWidth[0] == all.coreWidth[77])
  }

  @Test func noImpressionsAgeToNone() throws {
    let none = Deposits(
      coreDiameter: [], needleDepth: [], load: [], session: [], tissue: [], luck: [], clock: [], sessionDays: [])
    #expect(try age(none, years: 1, pace: .slow).darkness.isEmpty)
  }

  @Test(arguments: [-0.001, 20.001, .nan, .infinity])
  func timesOutsideTwentyYearsAreRefused(years: Double) throws {
    let error = #expect(throws: AgingError.self) { try age(mixedDeposits(3), years: years, pace: .typical) }
    #expect(error?.description.contains("allowed is 0 to 20") == true)
  }

  @Test func arraysThatDisagreeAreRefused() {
    var short = mixedDeposits(5)
    short.luck.removeLast()
    #expect(
      throws: AgingError(description: "4 entries in 'luck' for 5 impressions; every array has one per impression")
    ) {
      try age(short, years: 1, pace: .typical)
    }
    var unknown = mixedDeposits(5)
    unknown.session[3] = 3
    #expect(throws: AgingError(description: "impression 3 is of session 3, but only 3 have a day")) {
      try age(unknown, years: 1, pace: .typical)
    }
    #expect(throws: AgingError.self) { try age(mixedDeposits(5), years: 1, pace: .typical, lossMultiplier: 0) }
  }
}
