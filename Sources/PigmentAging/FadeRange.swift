// Ageing is shown as a range, because nothing measures it beyond six months.

/// The three paces of one tissue, pigment and depth together, in order at every age.
///
/// The models alone cross once nearly everything is gone: the share that the shedding curve never takes (see
/// `FadeModel.balance`) is larger in the fast one. It is a residue of the form, so the slow retention shown is never
/// below the typical one and the fast never above it. Carbon crosses after four decades in skin and two in
/// scars, temporary pigment after three years in skin and one in scars.
public struct FadeRange: Sendable, Equatable {
  public let slow: FadeModel
  public let typical: FadeModel
  public let fast: FadeModel
  private let make: Ingredients

  private struct Ingredients: Sendable, Equatable {
    var tissue: Tissue
    var kind: PigmentKind
    var depth: DepthClass
    var lossMultiplier: Double
    var parameters: AgingParameters
  }

  public init(
    tissue: Tissue = .skin, kind: PigmentKind = .carbon, depth: DepthClass = .upperDermis, lossMultiplier: Double = 1,
    parameters: AgingParameters = .standard
  ) {
    let make = Ingredients(
      tissue: tissue, kind: kind, depth: depth, lossMultiplier: lossMultiplier, parameters: parameters)
    self.make = make
    (slow, typical, fast) = (
      FadeRange.model(.slow, make), FadeRange.model(.typical, make), FadeRange.model(.fast, make)
    )
  }

  private static func model(_ pace: Pace, _ make: Ingredients) -> FadeModel {
    FadeModel(
      pace: pace, tissue: make.tissue, kind: make.kind, depth: make.depth, lossMultiplier: make.lossMultiplier,
      parameters: make.parameters)
  }

  /// The model of a pace, named or a percentile.
  public func model(_ pace: Pace) -> FadeModel {
    switch pace {
    case .slow: slow
    case .typical: typical
    case .fast: fast
    default: FadeRange.model(pace, make)
    }
  }

  /// Mass left over that of the healed state at a pace, `years` after the impression. Before day 30, where a faster
  /// pace has more still to shed, the model's own value.
  public func retention(_ pace: Pace, years: Double) -> Double { retention(pace, model(pace), years: years) }

  /// The same with the pace's model at hand.
  func retention(_ pace: Pace, _ model: FadeModel, years: Double) -> Double {
    let own = model.retention(years: years)
    guard years > healedAge, pace.position != 0 else { return own }
    return pace.position < 0
      ? max(own, typical.retention(years: years)) : min(own, typical.retention(years: years))
  }

  /// Perceived darkness over that of the healed state at a pace.
  public func darkness(_ pace: Pace, years: Double) -> Double {
    let model = model(pace)
    return model.darkness(retention: retention(pace, model, years: years))
  }
}
