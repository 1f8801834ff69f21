// Rules that need the light in the skin: L9 blue, L12 contrast.

import Meshes
import PigmentAging
import SkinOptics
import TreatmentDesign

/// L9: pigment stays neutral. Its drift on b* after five years, as it shows at this size of dot, is not below -4 once the
/// dot looks wider than 0.2 mm. Depth is what turns carbon blue (practitioners agree; sizes are grade D).
func blueRule(_ design: Design) -> [LintFinding] {
  pigments(of: design).compactMap { pigment, keyPath, _ in
    let kind = pigment.kind.aging
    let model = FadeModel(
      pace: .typical, kind: kind, depth: DepthClass(needleDepth: pigment.needleDepth), parameters: design.aging)
    let apparent = apparentDiameter(width: model.width(core: pigment.coreDiameter, years: 5))
    let drift =
      blueDrift(kind, needleDepth: pigment.needleDepth, years: 5, design.aging) * hueWeight(apparentDiameter: apparent)
    let advice = LintFinding.Advice.atLeast(-4)
    guard apparent > 0.2, !advice.allows(drift) else { return nil }
    return LintFinding(
      id: "L9", level: .warning, subject: "drift towards blue (b*) after 5 years, typical fading", measured: drift,
      advised: advice,
      unit: "", reason: "deep carbon shows blue through the skin; go shallower or finer",
      keyPath: "\(keyPath).needleDepth")
  }
}

/// L12: the work is not darker than skin bears. Treated skin where it is densest (19 of 20 places have less) is at most
/// 22 L* darker than bare skin (finished work on photographs is 7 to 20), or as dark as the hair that lies over it; and a
/// healed dot's middle, as the eye resolves it, is at most 45 L* darker; the darkest that the match sets are 42, few of them on fair skin.
func contrastRule(_ fields: CompiledDesign, threads: Int?) -> [LintFinding] {
  let design = fields.design
  let skin = design.client.tone
  let bare = skin.linearRGB
  let bareLightness = Lab(linearRGB: bare).lightness
  func darker(_ kept: SIMD3<Double>) -> Double { bareLightness - Lab(linearRGB: bare * kept).lightness }
  func body(_ pigment: Pigment, take: Double = 1) -> PigmentBody {
    PigmentBody(
      diameter: pigment.coreDiameter, depth: PigmentBody.restingDepth(needleDepth: pigment.needleDepth),
      opticalDensity: min(pigment.opticalDensity * take, PigmentBody.opticalDensityRange.upperBound),
      ink: pigment.kind.ink)
  }
  var findings: [LintFinding] = []
  for (pigment, keyPath, scar) in pigments(of: design) {
    // A scar is whiter and keeps less; the work in it is seen beside the skin around it all the same.
    let ground = skin.tone(of: scar?.ground ?? .skin)
    let healed = body(pigment, take: Double(scar?.surface.take ?? 1))
    // The eye's blur on a dot at arm's length: σ 0.04 mm (see `apparentDiameter`).
    let peak = lossProfile(healed, in: ground).blurred(sigma: 0.04).loss(at: 0)
    let dot = darker((SIMD3(repeating: 1) - peak) * ground.linearRGB / bare)
    let advice = LintFinding.Advice.atMost(45)
    if !advice.allows(dot) {
      findings.append(
        LintFinding(
          id: "L12", level: .warning, subject: "healed dot darker than the skin by", measured: dot, advised: advice,
          unit: "L*", reason: "single dots are seen across a room; dilute more", keyPath: "\(keyPath).opticalDensity"))
    }
  }
  let densest = highDensity(fields, threads: threads)
  if let densest {
    let (layer, pigment) = fields.pigment(at: densest.point)
    let tissue = fields.tissue(at: densest.point)
    var ground = MatchGround.skin
    if let layer, case .scar(let scar) = design.layers[layer] {
      // Discs of a millimetre between hairs are no cap.
      if scar.ground == .extractionScar { return findings }
      if tissue.scarWeight > 0.5 { ground = scar.ground }
    }
    let tone = skin.tone(of: ground)
    let area = removedArea(body(pigment, take: Double(tissue.take)), in: tone) * (densest.density / 100)
    let patch = darker(lightLeft(removed: area) * tone.linearRGB / bare)
    let advice = LintFinding.Advice.atMost(max(22, MatchTarget(MatchQuery(design)).hairStep.rounded(.up)))
    if !advice.allows(patch) {
      findings.append(
        LintFinding(
          id: "L12", level: .warning, subject: "treated skin darker than bare skin by", measured: patch,
          advised: advice, unit: "L*", reason: "this reads as a painted cap; dilute more, or set fewer",
          keyPath: "pigment.opticalDensity"))
    }
  }
  return findings
}

/// The density that 19 of 20 treated vertices do not exceed, and where it is; `nil` without treated skin.
func highDensity(_ fields: CompiledDesign, threads: Int?) -> (point: SurfacePoint, density: Double)? {
  var treated: [(density: Float, point: SurfacePoint)] = []
  for point in fields.vertexPoints {
    let density = fields.impressions(at: point)
    if density > 5 { treated.append((density, point)) }
  }
  guard !treated.isEmpty else { return nil }
  let order = treated.indices.sorted { (treated[$0].density, $0) < (treated[$1].density, $1) }
  let pick = treated[order[Int(0.95 * Double(order.count - 1))]]
  return (pick.point, Double(pick.density))
}
