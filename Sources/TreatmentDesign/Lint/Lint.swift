// Advice on a design: the signs of bad work as practitioners name them, with thresholds. Thresholds are design
// values (grade D) unless a rule names a measurement. These rules judge the document with simple arithmetic; rules
// that need the impressions, the density field or colours on a given head are checked where those exist.

/// Judges a design by the rules that the document alone decides: L3, L4, L6, L7, L8, L11, L13, L14, L15, L16, L18.
///
/// Findings come in the order of the rules, then of the document. No finding means that none of these rules objects,
/// not that the design is good.
public func lint(_ design: Design) -> [LintFinding] {
  let rules = [
    softEdgeRule, hairlineHeightRule, dotSizeRule, mergeRule, needleDepthRule, sessionRule, sideDensityRule,
    symmetryRule, ageRule, scarRingRule, greyHairRule,
  ]
  return rules.flatMap { $0(design) }
}

/// The design's layers of one kind, each with its key path.
func hairlines(of design: Design) -> [(line: HairlineLayer, keyPath: String)] {
  design.layers.enumerated().compactMap { index, layer in
    if case .hairline(let line) = layer { (line, "layers[\(index)].hairline") } else { nil }
  }
}

func zones(of design: Design) -> [(zone: ZoneLayer, keyPath: String)] {
  design.layers.enumerated().compactMap { index, layer in
    if case .zone(let zone) = layer { (zone, "layers[\(index)].zone") } else { nil }
  }
}

func scars(of design: Design) -> [(scar: ScarLayer, keyPath: String)] {
  design.layers.enumerated().compactMap { index, layer in
    if case .scar(let scar) = layer { (scar, "layers[\(index)].scar") } else { nil }
  }
}

/// The sex whose figures apply: the head's, or for a scan without one what the loss pattern tells, if anything.
func sex(of design: Design) -> MannequinChoice.Sex? {
  switch design.head {
  case .mannequin(let choice): return choice.sex
  case .scan(let choice): if let sex = choice.sex { return sex }
  }
  switch design.hair.loss {
  case .ludwigI, .ludwigII, .ludwigIII: return .female
  case .norwoodII, .norwoodIII, .norwoodIIIVertex, .norwoodIV, .norwoodV, .norwoodVI, .norwoodVII, .crown:
    return .male
  case .none, .total: return nil
  }
}
