// From pace, tissue, pigment and depth to the numbers of a `FadeModel`.
//
// Factors for tissue and pigment act on whichever pace is asked for. Only the scar's faster fade is measured: a visual
// score fell by 1.6 in scars and 0.9 in skin over six months, ten patients (grade A, small); all else is grade D.

/// The tissue that an impression sits in.
public enum Tissue: UInt8, Sendable, CaseIterable {
  case skin, flatScar, hypertrophicScar, atrophicScar

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
  /// - Parameters:
  ///   - pace: how fast the client's work fades.
  ///   - tissue: skin, or what kind of scar.
  ///   - kind: what the pigment is made of.
  ///   - depth: how deep the needle went.
  ///   - lossMultiplier: product of the client's `LossFactor`s; 1 for a client of whom nothing is known.
  ///   - p: numbers of the ageing model.
  public init(
    pace: Pace, tissue: Tissue = .skin, kind: PigmentKind = .carbon, depth: DepthClass = .upperDermis,
    lossMultiplier: Double = 1, parameters p: AgingParameters = .standard
  ) {
    let factors = pace.factors
    // Pigments made to leave have shares and clocks of their own; the others differ from carbon in the slow loss.
    let isTemporary = kind == .temporary
    var shed = (isTemporary ? p.temporaryShed : p.shedShare) * factors.shed
    var settling = (isTemporary ? p.temporarySettling : p.settlingShare) * factors.settling
    var loss = p.lossRate * factors.loss * lossMultiplier
    var spread = (isTemporary ? p.temporarySpread : p.spread) * factors.spread
    switch kind {
    case .carbon: break
    case .ironOxide: loss *= p.ironOxideLoss
    case .azo: loss *= p.azoLoss
    case .temporary: loss *= p.temporaryLoss
    }
    if tissue.isScar {
      shed += p.scarShed
      settling += p.scarSettling
      loss *= p.scarLoss
      spread *= p.scarSpread
    }
    switch depth {
    case .upperDermis: break
    case .shallow: shed = max(shed, p.shallowShed)
    case .deep:
      shed *= p.deepShed
      settling *= p.deepSettling
      loss *= p.deepLoss
      spread *= p.deepSpread
    }
    self.init(
      shedShare: min(shed, 0.95), settlingShare: settling,
      settlingYears: isTemporary ? p.temporarySettlingYears : p.settlingYears, lossRate: loss, diffusion: spread,
      sheddingDay: p.sheddingDay, sheddingWidth: p.sheddingWidth, saturation: p.saturation)
  }
}

/// What makes a client's pigment leave faster or slower. Practitioners name all of these; none of the sizes is
/// measured (grade D). The Fitzpatrick type is not among them: it changes how much pigment is seen, not how much stays.
public enum LossFactor: String, Sendable, CaseIterable {
  case oilySkin, drySkin, heavySun, protectedFromSun, smoker, regularChlorine, exfoliation, over60

  /// Factor on the loss rate. Sun bleaches azo pigments, and hardly carbon.
  public func multiplier(_ kind: PigmentKind, _ parameters: AgingParameters = .standard) -> Double {
    switch self {
    case .oilySkin: parameters.oilySkin
    case .drySkin: parameters.drySkin
    case .heavySun: kind == .azo ? parameters.heavySunAzo : parameters.heavySun
    case .protectedFromSun: parameters.protectedFromSun
    case .smoker: parameters.smoker
    case .regularChlorine: parameters.chlorine
    case .exfoliation: parameters.exfoliation
    case .over60: parameters.over60
    }
  }
}
