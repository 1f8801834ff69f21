// Advice on a design: the signs of bad work as practitioners name them, with thresholds. Thresholds are design
// values (grade D) unless a rule names a measurement.
//
//   the document alone   L3 gradient  L4 height  L6 dot size  L7 merging  L8 depth  L11 sessions  L14 symmetry  L15 age
//                        L16 scars
//   the density field    L2 straight line  L5 temple corner  L10 evenness  L20 beyond the scalp; L2, L4, L5, L15 of the front
//                        that no hairline layer makes
//   pattern and optics   L1 grid  L9 blue  L12 contrast  L13 beside hair  L17 touch-ups  L18 pale hair  L19 shows: in the
//                        target that sees those

private typealias DocumentRule = @Sendable (Design) -> [LintFinding]

private let documentRules: [DocumentRule] = [
  softEdgeRule, hairlineHeightRule, dotSizeRule, mergeRule, needleDepthRule, sessionRule, symmetryRule, ageRule,
  scarRule,
]

/// Judges a design by the rules that the document alone decides.
///
/// Findings come in the order of the rules, then of the document; those that the design waives carry the reason. No
/// finding means that none of these rules objects, not that the design is good.
public func lint(_ design: Design) -> [LintFinding] {
  inRuleOrder(documentRules.flatMap { $0(design) }).waived(by: design)
}

/// Judges a design as it lies on its head: the document's rules, and those that measure lines and densities.
///
/// - Parameters:
///   - fields: the design laid on its head.
///   - threads: worker threads; the result does not depend on it.
public func lint(_ fields: CompiledDesign, threads: Int? = nil) -> [LintFinding] {
  let samples = fields.workSamples(threads: threads)
  let measured =
    straightLineRule(fields) + templeCornerRule(fields) + contourRules(fields, threads: threads)
    + uniformDensityRule(fields, samples) + beyondScalpRule(fields, threads: threads)
  return inRuleOrder(documentRules.flatMap { $0(fields.design) } + measured).waived(by: fields.design)
}

/// Findings by the number of their rule; those of one rule stay in order.
public func inRuleOrder(_ findings: [LintFinding]) -> [LintFinding] {
  let numbers = findings.map { Int($0.id.dropFirst()) ?? 0 }
  return findings.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }.map { findings[$0] }
}

extension [LintFinding] {
  /// These findings, with the design's own reasons on those that it waives, beside those that a layer waived.
  public func waived(by design: Design) -> [LintFinding] {
    map { finding in
      var finding = finding
      finding.waived = design.waivers.first { $0.rule.rawValue == finding.id }?.reason ?? finding.waived
      return finding
    }
  }
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

extension Layer {
  /// The key that a layer of this kind is written under.
  public var name: String {
    switch self {
    case .hairline: "hairline"
    case .zone: "zone"
    case .scar: "scar"
    case .gradient: "gradient"
    case .mask: "mask"
    }
  }
}

/// The sex whose figures apply: the head's, or for a scan without one what the loss pattern tells, if anything.
func sex(of design: Design) -> MannequinChoice.Sex? {
  switch design.head {
  case .mannequin(let choice): choice.sex
  case .scan(let choice): choice.sex ?? design.hair.loss.sex
  }
}

extension ExistingHair.Loss {
  /// Whose pattern it is; `nil` for patterns of either sex.
  var sex: MannequinChoice.Sex? {
    switch self {
    case .ludwigI, .ludwigII, .ludwigIII, .sinclair1, .sinclair2, .sinclair3, .sinclair4, .sinclair5: .female
    case .norwoodII, .norwoodIIa, .norwoodIII, .norwoodIIIa, .norwoodIIIVertex, .norwoodIV, .norwoodIVa, .norwoodV,
      .norwoodVa, .norwoodVI, .norwoodVII, .crown:
      .male
    case .none, .areataSingle, .areataMultiple, .ophiasis, .totalis, .traction, .diffuse, .total: nil
    }
  }
}
