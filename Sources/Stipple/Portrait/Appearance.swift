// From what was placed to what is seen: every impression aged to one moment, and the marks that it then makes in skin.

import ImpressionSampling
import Meshes
import PigmentAging
import ScalpRendering
import SkinOptics
import TreatmentDesign

/// The impressions as they look `years` after the last session, and the redness of fresh work around them.
///
/// Throws `StippleError` of kind `data` for a time or course that ageing refuses.
func appearance(of impressions: PlacedImpressions, in skin: SkinTone, atYears years: Double, pace: Pace)
  throws(StippleError) -> [Marks]
{
  if impressions.deposits.count == 0 { return [] }
  let design = impressions.placement.design
  let mixtures = impressions.mixtures
  let kind = design.pigment.kind.aging
  var deposits = impressions.deposits
  deposits.renewals = courseOfTreatment(design, pace: pace).course.course.renewals
  deposits.removals = design.removals
  let aged: AgedDeposits
  do {
    aged = try age(
      deposits, years: years, pace: pace, kind: kind, lossMultiplier: design.lossMultiplier, parameters: design.aging)
  } catch {
    throw StippleError(.data, error.description)
  }
  let pattern = impressions.placement.impressions
  // What darkness takes in optical density is solved for once per session, tissue and mixture, at the group's mean.
  let tissues = PigmentAging.Tissue.allCases.count
  let groupCount = deposits.sessionDays.count * tissues * (mixtures.isEmpty ? 1 : design.layers.count + 1)
  func group(_ i: Int) -> Int {
    let mixture = mixtures.isEmpty ? 0 : Int(mixtures[i])
    return (mixture * deposits.sessionDays.count + Int(deposits.session[i])) * tissues
      + Int(deposits.tissue[i].rawValue)
  }
  var sums = [GroupSums](repeating: GroupSums(), count: groupCount)
  for i in 0..<deposits.count {
    sums[group(i)].add(
      load: deposits.load[i] * deposits.luck[i], darkness: aged.darkness[i], core: deposits.coreDiameter[i],
      width: aged.coreWidth[i], needleDepth: deposits.needleDepth[i], scab: aged.scab[i])
  }
  let densityPerDarkness = sums.map {
    Float(
      $0.opticalDensity(density: impressions.density, ink: design.pigment.kind.ink, in: skin)
        / max($0.meanDarkness, 1e-9))
  }
  let classes = DotClasses(
    diameters: aged.coreWidth,
    depths: (0..<deposits.count).map { i in
      Float(drawnDepth(needleDepth: Double(deposits.needleDepth[i]), scab: Double(aged.scab[i])))
    },
    densities: (0..<deposits.count).map { i in aged.darkness[i] * densityPerDarkness[group(i)] },
    ink: design.pigment.kind.ink, in: skin)
  // What depth does to the colour is in the optics; only what years do is added.
  let red = redDrift(kind, years: years, design.aging)
  let blue = yearsBlue(kind, years: years, design.aging)
  let resting = PigmentBody.restingDepth(needleDepth: design.pigment.needleDepth)
  var marks = Marks(
    styles: zip(classes.profiles, classes.bodies).map { profile, body in
      let shown = hueWeight(apparentDiameter: apparentDiameter(width: body.diameter))
      return profile.tinted(red: red * shown, blue: blue * shown, in: skin)
    }, depth: Float(resting))
  marks.isSetByHand = true
  for i in 0..<deposits.count {
    marks.append(
      position: pattern.points[i].position, normal: pattern.normals[i],
      style: Int(classes.classes[i]), strength: classes.strengths[i])
  }
  guard aged.redness.contains(where: { $0 > 0 }) else { return [marks] }
  var flush = Marks(styles: [rednessHalo(in: skin)], depth: Float(resting))
  for i in 0..<deposits.count where aged.redness[i] > 0 {
    flush.append(
      position: pattern.points[i].position, normal: pattern.normals[i], style: 0,
      strength: aged.redness[i])
  }
  return [marks, flush]
}

/// Depth at which pigment is drawn, mm: where it rests, or nearer the surface as far as it is still ink and scab in the
/// epidermis.
private func drawnDepth(needleDepth: Double, scab: Double) -> Double {
  let resting = PigmentBody.restingDepth(needleDepth: needleDepth)
  let surface = PigmentBody.depthRange.lowerBound
  return resting + (min(surface, resting) - resting) * scab
}

/// Sums over the impressions of one session, tissue and mixture.
private struct GroupSums {
  private var count = 0.0
  private var load = 0.0
  private var darkness = 0.0
  private var core = 0.0
  private var width = 0.0
  private var needleDepth = 0.0
  private var scab = 0.0

  var meanDarkness: Double { darkness / max(count, 1) }

  mutating func add(load: Float, darkness: Float, core: Float, width: Float, needleDepth: Float, scab: Float) {
    count += 1
    self.load += Double(load)
    self.darkness += Double(darkness)
    self.core += Double(core)
    self.width += Double(width)
    self.needleDepth += Double(needleDepth)
    self.scab += Double(scab)
  }

  /// Optical density of the group's average impression now: see `agedBody`.
  func opticalDensity(density: Double, ink: Ink, in skin: SkinTone) -> Double {
    guard count > 0, load > 0 else { return 0 }
    let healed = PigmentBody(
      diameter: max(core / count, 0.02), depth: drawnDepth(needleDepth: needleDepth / count, scab: 0),
      opticalDensity: load / count, ink: ink)
    return agedBody(
      healed, darkness: darkness / load, width: width / count,
      depth: drawnDepth(needleDepth: needleDepth / count, scab: scab / count), density: density, in: skin
    ).opticalDensity
  }
}
