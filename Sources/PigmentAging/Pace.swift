// From pace, tissue, pigment and depth to the numbers of a `FadeModel`.
//
// Slow, typical and fast span what clinics and clients report: touch-up due after 10.5, 4.4 and 1.4 years. Factors
// for tissue and pigment act on whichever pace is asked for. Only the scar's faster fade is measured: a visual score
// fell by 1.6 in scars and 0.9 in skin over six months, ten patients (grade A, small); all else is grade D.

/// How fast a client's work fades; each year is shown at all three.
public enum Pace: String, Sendable, CaseIterable {
  case slow, typical, fast

  /// Factors on shed share, settling share, loss rate and spread of the typical client.
  fileprivate var factors: (shed: Double, settling: Double, loss: Double, spread: Double) {
    switch self {
    case .slow: (2.0 / 3, 2.0 / 3, 0.5, 1.0 / 3)
    case .typical: (1, 1, 1, 1)
    case .fast: (1.5, 5.0 / 3, 1.8, 10.0 / 3)
    }
  }
}

/// The tissue that an impression sits in.
public enum Tissue: UInt8, Sendable, CaseIterable {
  case skin, flatScar, hypertrophicScar, atrophicScar

  /// Mean of what the tissue takes up over what normal skin takes up. One clinic's figures (grade C): the caller
  /// multiplies the load by it, once, when impressions are made; ageing does not apply it again.
  public var meanTake: Double {
    switch self {
    case .skin: 1
    case .flatScar: 0.75
    case .hypertrophicScar: 0.6
    case .atrophicScar: 0.4
    }
  }

  var isScar: Bool { self != .skin }
}

/// What needle depth does to the way pigment stays.
public enum DepthClass: UInt8, Sendable, CaseIterable {
  /// Under 0.5 mm: most is shed with the epidermis.
  case shallow
  /// 0.5 to 1.5 mm.
  case upperDermis
  /// Over 1.5 mm: stays longer, and blurs.
  case deep

  public init(needleDepth: Double) {
    self = needleDepth < 0.5 ? .shallow : needleDepth > 1.5 ? .deep : .upperDermis
  }
}

extension FadeModel {
  /// The model of a pace in a tissue with a pigment at a depth.
  ///
  /// - Parameter lossMultiplier: product of the client's `LossFactor`s; 1 for a client of whom nothing is known.
  public init(
    pace: Pace, tissue: Tissue = .skin, kind: PigmentKind = .carbon, depth: DepthClass = .upperDermis,
    lossMultiplier: Double = 1
  ) {
    let factors = pace.factors
    // Pigments made to leave have shares and clocks of their own; the others differ from carbon in the slow loss.
    let isTemporary = kind == .temporary
    var shed = (isTemporary ? 0.40 : 0.30) * factors.shed
    var settling = (isTemporary ? 0.35 : 0.15) * factors.settling
    var loss = 0.10 * factors.loss * lossMultiplier
    var spread = (isTemporary ? 2e-4 : 3e-4) * factors.spread
    switch kind {
    case .carbon: break
    case .ironOxide: loss *= 2
    case .azo: loss *= 3
    case .temporary: loss *= 9
    }
    if tissue.isScar {
      shed += 0.10
      settling += 0.05
      loss *= 1.75
      spread *= 3
    }
    switch depth {
    case .upperDermis: break
    case .shallow: shed = max(shed, 0.85)
    case .deep:
      shed *= 0.4
      settling *= 8.0 / 15
      loss *= 0.5
      spread *= 40.0 / 3
    }
    self.init(
      shedShare: min(shed, 0.95), settlingShare: settling, settlingYears: isTemporary ? 0.40 : 0.75, lossRate: loss,
      diffusion: spread)
  }
}

/// What makes a client's pigment leave faster or slower. Practitioners name all of these; none of the sizes is
/// measured (grade D).
public enum LossFactor: String, Sendable, CaseIterable {
  case oilySkin, drySkin, heavySun, hatOrSunscreen, smoker, regularChlorine, exfoliation, over60

  /// Factor on the loss rate. Sun bleaches azo pigments, and hardly carbon.
  public func multiplier(_ kind: PigmentKind) -> Double {
    switch self {
    case .oilySkin: 1.3
    case .drySkin: 0.95
    case .heavySun: kind == .azo ? 2.5 : 1.4
    case .hatOrSunscreen: 0.85
    case .smoker: 1.1
    case .regularChlorine: 1.15
    case .exfoliation: 1.3
    case .over60: 0.95
    }
  }
}
