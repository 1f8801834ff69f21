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

  public init(
    tissue: Tissue = .skin, kind: PigmentKind = .carbon, depth: DepthClass = .upperDermis, lossMultiplier: Double = 1
  ) {
    func model(_ pace: Pace) -> FadeModel {
      FadeModel(pace: pace, tissue: tissue, kind: kind, depth: depth, lossMultiplier: lossMultiplier)
    }
    (slow, typical, fast) = (model(.slow), model(.typical), model(.fast))
  }

  public func model(_ pace: Pace) -> FadeModel {
    switch pace {
    case .slow: slow
    case .typical: typical
    case .fast: fast
    }
  }

  /// Mass left over that of the healed state at a pace, `years` after the impression. Before day 30, where a faster
  /// pace has more still to shed, the model's own value.
  public func retention(_ pace: Pace, years: Double) -> Double {
    let own = model(pace).retention(years: years)
    guard years > healedAge else { return own }
    switch pace {
    case .slow: return max(own, typical.retention(years: years))
    case .typical: return own
    case .fast: return min(own, typical.retention(years: years))
    }
  }

  /// Perceived darkness over that of the healed state at a pace.
  public func darkness(_ pace: Pace, years: Double) -> Double {
    model(pace).darkness(retention: retention(pace, years: years))
  }
}
