// Ageing of a whole head's impressions at once.
//
// What depends on time is the same for all impressions of a session, tissue and depth class: it is worked out once
// per group. Each impression then costs a few multiplications and two square roots.

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
  /// Day of each session after the first; at most 256.
  public var sessionDays: [Double]

  public init(
    coreDiameter: [Float], needleDepth: [Float], load: [Float], session: [UInt8], tissue: [Tissue], luck: [Float],
    sessionDays: [Double]
  ) {
    self.coreDiameter = coreDiameter
    self.needleDepth = needleDepth
    self.load = load
    self.session = session
    self.tissue = tissue
    self.luck = luck
    self.sessionDays = sessionDays
  }

  public var count: Int { coreDiameter.count }
}

/// Impressions at one time, in the order of the `Deposits` they come from.
public struct AgedDeposits: Sendable, Equatable {
  /// Pigment left, over that of the average healed impression of its kind.
  public var retained: [Float]
  /// The load to draw: the deposit's own times what is seen of it. From day 30 on that is what is retained; before,
  /// what the healing curve says.
  public var load: [Float]
  /// Full width at half maximum of the core, mm, swollen while it heals.
  public var coreWidth: [Float]
  /// Drift of the pigment's colour on a* (red), as it shows at this size of dot.
  public var redDrift: [Float]
  /// Drift on b* (negative is blue), as it shows at this size of dot.
  public var blueDrift: [Float]
  /// Redness of the skin from the latest session, 0 to 1.
  public var redness: Double
}

/// Why impressions could not be aged.
public struct AgingError: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String
}

/// How long after the last session pictures may be asked for, years.
public let agingYears: ClosedRange<Double> = 0...50

/// Luck of one impression from a standard normal number: ln m is normal with a deviation of 0.20 (grade D). Numbers
/// beyond ±4 count as ±4.
public func dotLuck(_ normal: Double) -> Double { exponential(0.20 * min(max(normal, -4), 4)) }

/// The impressions as they are `years` after the last session. Impressions of earlier sessions are older by the days
/// between.
///
/// Linear in the number of impressions; the same bytes on every machine.
/// - Parameters:
///   - years: 0 (fresh) to 50; 30 days are 30 / 365.25.
///   - lossMultiplier: product of the client's loss factors, above 0.
/// - Throws: `AgingError` when `years` or `lossMultiplier` is out of range, arrays differ in length, or a session
///   index has no day.
public func age(
  _ deposits: Deposits, years: Double, pace: Pace, kind: PigmentKind = .carbon, lossMultiplier: Double = 1
) throws(AgingError) -> AgedDeposits {
  guard agingYears.contains(years) else {
    throw AgingError(
      description: "\(years) years after the last session; allowed is 0 to \(Int(agingYears.upperBound))")
  }
  guard lossMultiplier > 0, lossMultiplier.isFinite else {
    throw AgingError(
      description: "loss multiplier \(lossMultiplier); allowed is a number above 0, 1 for an average client")
  }
  try checkArrays(of: deposits)
  let groups = AgingGroups(deposits.sessionDays, years: years, pace: pace, kind: kind, lossMultiplier: lossMultiplier)
  let count = deposits.count
  var retained = [Float](repeating: 0, count: count)
  var load = retained
  var coreWidth = retained
  var redDrift = retained
  var blueDrift = retained
  let (cores, depths, loads) = (deposits.coreDiameter, deposits.needleDepth, deposits.load)
  let (sessions, tissues, lucks) = (deposits.session, deposits.tissue, deposits.luck)
  let (table, blurAndHalo) = (groups.table, Float(blurAndHaloSquared))
  for i in 0..<count {
    let depth = depths[i]
    let group = table[groups.index(sessions[i], tissues[i], depth)]
    let luck = lucks[i]
    let core = cores[i]
    retained[i] = group.retained * luck
    load[i] = loads[i] * group.visible * luck
    let squaredWidth = core * core + group.squaredGrowth
    coreWidth[i] = squaredWidth.squareRoot() * group.swelling
    // How much of a drift shows at this apparent diameter: see `hueWeight`.
    let apparent = (squaredWidth + blurAndHalo).squareRoot()
    let shown = apparent <= 0.1 ? 0 : apparent >= 0.3 ? 1 : (apparent - 0.1) * 5
    redDrift[i] = group.redDrift * shown
    blueDrift[i] = (group.blueDrift + groups.depthDrift(depth)) * shown
  }
  return AgedDeposits(
    retained: retained, load: load, coreWidth: coreWidth, redDrift: redDrift, blueDrift: blueDrift,
    redness: groups.redness)
}

private func checkArrays(of deposits: Deposits) throws(AgingError) {
  let count = deposits.count
  let lengths = [
    ("needleDepth", deposits.needleDepth.count), ("load", deposits.load.count), ("session", deposits.session.count),
    ("tissue", deposits.tissue.count), ("luck", deposits.luck.count),
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
}

/// What all impressions of one session, tissue and depth class share at one time.
private struct AgingGroups {
  struct Group {
    var retained: Float
    var visible: Float
    var squaredGrowth: Float
    var swelling: Float
    var redDrift: Float
    var blueDrift: Float
  }

  private let tissues = Tissue.allCases.count
  private let depths = DepthClass.allCases.count
  private(set) var table: [Group] = []
  private(set) var redness = 0.0
  /// `depthDrift` every 1/256 mm up to 4 mm, for linear interpolation within 1e-4.
  private let drifts: [Float]

  init(_ sessionDays: [Double], years: Double, pace: Pace, kind: PigmentKind, lossMultiplier: Double) {
    drifts = (0...1025).map { Float(PigmentAging.depthDrift(Double($0) / 256)) }
    let last = sessionDays.max() ?? 0
    for day in sessionDays {
      let age = years + (last - day) / daysPerYear
      let fresh = age < healedAge ? healing(days: age * daysPerYear) : .healed
      redness = max(redness, fresh.redness)
      for tissue in Tissue.allCases {
        for depth in DepthClass.allCases {
          let range = FadeRange(tissue: tissue, kind: kind, depth: depth, lossMultiplier: lossMultiplier)
          let retention = range.retention(pace, years: age)
          table.append(
            Group(
              retained: Float(retention), visible: Float(age < healedAge ? fresh.darkness : retention),
              squaredGrowth: Float(range.model(pace).squaredGrowth(years: age)), swelling: Float(fresh.diameter),
              redDrift: Float(PigmentAging.redDrift(kind, years: age)),
              blueDrift: Float(
                PigmentAging.blueDrift(kind, needleDepth: 0, years: age) - PigmentAging.depthDrift(0))))
        }
      }
    }
  }

  @inline(__always)
  func index(_ session: UInt8, _ tissue: Tissue, _ needleDepth: Float) -> Int {
    let depth: DepthClass = needleDepth < 0.5 ? .shallow : needleDepth > 1.5 ? .deep : .upperDermis
    return (Int(session) * tissues + Int(tissue.rawValue)) * depths + Int(depth.rawValue)
  }

  @inline(__always)
  func depthDrift(_ needleDepth: Float) -> Float {
    // Written so that a number that is none ends at 0 mm.
    let scaled = needleDepth > 0 ? (needleDepth < 4 ? needleDepth * 256 : 1024) : 0
    let i = Int(scaled)
    return drifts[i] + (drifts[i + 1] - drifts[i]) * (scaled - Float(i))
  }
}
