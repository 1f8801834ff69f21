// Ageing of a whole head's impressions at once.
//
// What depends on time is the same for all impressions of a session, tissue, depth class and clock: it is worked out
// once per group, at 17 clocks. Each impression then costs one interpolation between two clocks and two square roots.

/// Impressions as far as ageing cares, one entry per impression in every array.
public struct Deposits: Sendable, Equatable {
  /// Diameter of the healed core, mm.
  public var coreDiameter: [Float]
  /// Needle depth, mm.
  public var needleDepth: [Float]
  /// Pigment in the healed impression, in the caller's unit (an optical density, say).
  public var load: [Float]
  /// Index into `sessionDays`.
  public var session: [UInt8]
  public var tissue: [Tissue]
  /// How much this one took over the average, 1 for none: see `dotLuck`.
  public var luck: [Float]
  /// How its clock runs, a standard normal number: 0 as the model says, above it faster. Counts as ±4 beyond.
  public var clock: [Float]
  /// Day of each session after the first; at most 256.
  public var sessionDays: [Double]
  /// Later visits that put more into every impression, and laser, in years after the last session.
  public var renewals: [Renewal] = []
  public var removals: [Removal] = []

  public init(
    coreDiameter: [Float], needleDepth: [Float], load: [Float], session: [UInt8], tissue: [Tissue], luck: [Float],
    clock: [Float], sessionDays: [Double]
  ) {
    self.coreDiameter = coreDiameter
    self.needleDepth = needleDepth
    self.load = load
    self.session = session
    self.tissue = tissue
    self.luck = luck
    self.clock = clock
    self.sessionDays = sessionDays
  }

  public var count: Int { coreDiameter.count }
}

/// Impressions at one time, in the order of the `Deposits` they come from.
public struct AgedDeposits: Sendable, Equatable {
  /// Pigment left, over that of the average healed impression of its kind.
  public var retained: [Float]
  /// The darkness to draw, in the unit of the deposit's load: the load times what is seen of it, healed = 1. The darkness
  /// of skin with such impressions falls in this proportion; how much pigment that takes is for the optics to say.
  public var darkness: [Float]
  /// Full width at half maximum of the core, mm, swollen while it heals.
  public var coreWidth: [Float]
  /// Redness of the skin around the dot, 0 to 1.
  public var redness: [Float]
  /// Share of the dot that is ink and scab at the surface, 0 to 1.
  public var scab: [Float]
}

/// Why impressions could not be aged.
public struct AgingError: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String
}

/// How long after the last session pictures may be asked for, years.
public let agingYears: ClosedRange<Double> = 0...20

/// The impressions as they are `years` after the last session. Impressions of earlier sessions are older by the days
/// between.
///
/// Linear in the number of impressions; the same bytes on every machine.
/// - Parameters:
///   - deposits: the impressions.
///   - years: 0 (fresh) to 20; 30 days are 30 / 365.25.
///   - pace: how fast the client's work fades.
///   - kind: what the pigment is made of.
///   - lossMultiplier: product of the client's loss factors, above 0.
///   - parameters: numbers of the ageing model.
/// - Throws: `AgingError` when `years` or `lossMultiplier` is out of range, arrays differ in length, a session
///   index has no day, or a later visit lies before the last session.
public func age(
  _ deposits: Deposits, years: Double, pace: Pace, kind: PigmentKind = .carbon, lossMultiplier: Double = 1,
  parameters: AgingParameters = .standard
) throws(AgingError) -> AgedDeposits {
  guard agingYears.contains(years) else {
    throw AgingError(
      description: "\(years) years after the last session; allowed is 0 to \(Int(agingYears.upperBound))")
  }
  guard lossMultiplier > 0, lossMultiplier.isFinite else {
    throw AgingError(
      description: "loss multiplier \(lossMultiplier); allowed is a number above 0, 1 for an average client")
  }
  try check(deposits)
  let groups = AgingGroups(
    deposits, years: years, pace: pace, kind: kind, lossMultiplier: lossMultiplier, parameters: parameters)
  let count = deposits.count
  var aged = AgedDeposits(
    retained: [Float](repeating: 0, count: count), darkness: [Float](repeating: 0, count: count),
    coreWidth: [Float](repeating: 0, count: count),
    redness: [Float](repeating: 0, count: count),
    scab: [Float](repeating: 0, count: count))
  let (cores, depths, loads) = (deposits.coreDiameter, deposits.needleDepth, deposits.load)
  let (sessions, tissues, lucks, clocks) = (deposits.session, deposits.tissue, deposits.luck, deposits.clock)
  groups.table.withUnsafeBufferPointer { table in
    for i in 0..<count {
      let depth = depths[i]
      let first = groups.index(sessions[i], tissues[i], depth) * clockNodes
      // Written so that a number that is none ends at the slowest clock.
      let position = clocks[i] > -4 ? (min(clocks[i], 3.9999) + 4) * 2 : 0
      let node = Int(position)
      let a = table[first + node]
      let state = a + (table[first + node + 1] - a) * (position - Float(node))
      let luck = lucks[i]
      let core = cores[i]
      aged.retained[i] = state[0] * luck
      aged.darkness[i] = loads[i] * state[1] * luck
      let squaredWidth = core * core + state[2]
      aged.coreWidth[i] = squaredWidth.squareRoot() * state[3]
      aged.redness[i] = state[4]
      aged.scab[i] = state[5]
    }
  }
  return aged
}

private func check(_ deposits: Deposits) throws(AgingError) {
  let count = deposits.count
  let lengths = [
    ("needleDepth", deposits.needleDepth.count), ("load", deposits.load.count), ("session", deposits.session.count),
    ("tissue", deposits.tissue.count), ("luck", deposits.luck.count), ("clock", deposits.clock.count),
  ]
  for (name, length) in lengths where length != count {
    throw AgingError(
      description: "\(length) entries in '\(name)' for \(count) impressions; every array has one per impression")
  }
  let sessions = deposits.sessionDays.count
  guard deposits.sessionDays.allSatisfy(\.isFinite) else {
    throw AgingError(description: "a session day is not a finite number")
  }
  if let i = deposits.session.firstIndex(where: { Int($0) >= sessions }) {
    throw AgingError(
      description: "impression \(i) is of session \(deposits.session[i]), but only \(sessions) have a day")
  }
  for renewal in deposits.renewals where !(renewal.years >= 0 && renewal.amount >= 0 && renewal.amount.isFinite) {
    throw AgingError(
      description: "a touch-up of \(renewal.amount) times the deposit \(renewal.years) years after the last session; "
        + "allowed is 0 years or more, and an amount from 0")
  }
  for removal in deposits.removals where !(removal.years >= 0 && (0...1).contains(removal.share)) {
    throw AgingError(
      description: "laser that leaves \(removal.share) at \(removal.years) years after the last session; "
        + "allowed is 0 years or more, and a share of 0 to 1")
  }
}

/// What all impressions of one session, tissue and depth class share at one time, by clock.
///
///   table[((session * tissues + tissue) * depths + depth) * 17 + clock]
///     0 retained, 1 darkness, 2 growth of the squared width, 3 swelling, 4 redness, 5 scab
private struct AgingGroups {
  private let tissues = Tissue.allCases.count
  private let depths = DepthClass.allCases.count
  private(set) var table: [SIMD8<Float>] = []

  init(
    _ deposits: Deposits, years: Double, pace: Pace, kind: PigmentKind, lossMultiplier: Double,
    parameters: AgingParameters
  ) {
    let last = deposits.sessionDays.max() ?? 0
    let clocks = (0..<clockNodes).map { clockFactor($0, spread: parameters.impressionClock) }
    var seen = [Bool](repeating: false, count: deposits.sessionDays.count * tissues * depths)
    for i in 0..<deposits.count {
      seen[index(deposits.session[i], deposits.tissue[i], deposits.needleDepth[i])] = true
    }
    for (session, day) in deposits.sessionDays.enumerated() {
      let lead = (last - day) / daysPerYear
      for tissue in Tissue.allCases {
        for depth in DepthClass.allCases {
          let group = (session * tissues + Int(tissue.rawValue)) * depths + Int(depth.rawValue)
          guard seen[group] else {
            table += [SIMD8<Float>](repeating: .zero, count: clockNodes)
            continue
          }
          var course = ImpressionCourse(
            pace: pace, tissue: tissue, kind: kind, depth: depth, lossMultiplier: lossMultiplier,
            parameters: parameters)
          course.renewals = deposits.renewals
          course.removals = deposits.removals
          for clock in clocks {
            let state = course.state(years: years, lead: lead, clock: clock)
            table.append(
              SIMD8(
                Float(state.retained), Float(state.darkness), Float(state.squaredGrowth), Float(state.swelling),
                Float(state.redness), Float(state.scab), 0, 0))
          }
        }
      }
    }
  }

  @inline(__always)
  func index(_ session: UInt8, _ tissue: Tissue, _ needleDepth: Float) -> Int {
    let depth: DepthClass = needleDepth < 0.5 ? .shallow : needleDepth > 1.5 ? .deep : .upperDermis
    return (Int(session) * tissues + Int(tissue.rawValue)) * depths + Int(depth.rawValue)
  }
}
