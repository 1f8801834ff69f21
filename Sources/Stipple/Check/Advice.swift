import SkinOptics
import TreatmentDesign

/// Judges a design on its head by all twenty rules, L1 to L20.
///
/// Findings come in the order of the rules; those that the design waives carry its reason. No finding means that no rule
/// objects, not that the design is good. The result does not depend on `threads`.
///
/// - Parameters:
///   - fields: the design laid on its head.
///   - placing: whether a patch is placed to judge the pattern (L1).
///   - threads: worker threads; `nil` is one per core. The result does not depend on it.
public func advice(on fields: CompiledDesign, placing: Bool = true, threads: Int? = nil) -> [LintFinding] {
  let patches = treatedPatches(fields, threads: threads)
  return advice(on: fields, patches, seen: patches.map { _ in nil }, placing: placing, threads: threads)
}

/// The same with what pictures show of each patch.
func advice(
  on fields: CompiledDesign, _ patches: [TreatedPatch], seen: [SeenStep?], placing: Bool, threads: Int?
) -> [LintFinding] {
  let own =
    (placing ? gridRule(fields, threads: threads) : []) + blueRule(fields.design)
    + contrastRule(fields, threads: threads) + matchRules(fields.design, patches, seen: seen)
    + touchUpRule(fields.design)
    + paleHairRule(fields.design)
  return inRuleOrder(lint(fields, threads: threads) + own.waived(by: fields.design))
}
