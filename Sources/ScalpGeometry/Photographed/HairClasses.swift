// Which patches of a scan's colours are hair and which are skin.
//
// The client's own skin is looked for where no hair grows, on the forehead between brows and hairline (on the cheeks where
// a fringe hangs over it), and grows from there over all that is like it. What is left on the scalp may be hair. How it
// differs from the skin, by tone, hue and grain together, is the direction that tells hair from skin on this head (Fisher.
// The use of multiple measurements in taxonomic problems. 1936): by tone mostly on fair skin, by hue on dark skin and under
// grey hair, by grain under light hair. From where it differs most it grows in its turn.

import Arithmetic

struct HairClasses: Sendable {
  /// 0 in skin, 1 in hair as it mostly is on this head; between where it is thin. Per patch, -0.5 to 1.5.
  private(set) var hairiness: [Float]
  /// Figures of the skin under or beside each patch, in the light that falls there.
  private(set) var skin: [SkinFigures]
  /// How hair mostly differs from skin.
  private(set) var step = SkinFigures.zero
  /// How uneven skin is.
  private(set) var deviation: SkinFigures
  /// How many deviations the hair lies off, all figures together.
  private(set) var separation: Float = 0
  /// Patches of bare skin that the client's tone was taken from; fewer than `leastSkin` are too few.
  private(set) var skinPatches = 0
  /// Share of the face that is skin by that tone.
  private(set) var faceShare: Float = 0

  static let leastSkin = 40
  /// Least separation that tells hair from uneven skin.
  static let leastSeparation: Float = 2.6
  /// From here on there is no doubt of it.
  static let sureSeparation: Float = 3.5
  /// From here on no stricter growth of the skin can tell more.
  private static let plainSeparation: Float = 5.2
  /// Hair lighter than the skin, which grain alone tells from shine, is taken for hair from this area on, mm².
  private static let leastLight: Float = 10_000

  /// Skin is never more even than this: what codes of 8 bits, mottle and pores leave.
  fileprivate static let leastDeviation = SkinFigures(0.06, 0.045, 0.05, 0.3)
  /// Deviations up to which a patch belongs to the region beside it.
  private static let limits: [Float] = [2.6, 1.9, 1.4]
  /// Less than this that is no skin is a mark on it, mm².
  private static let leastArea: Float = 1000

  /// - Parameters:
  ///   - depths: of each patch inside the mean head's border of hair, mm.
  ///   - places: what is looked at where.
  init(_ patches: SkinPatches, depths: [Float], on head: Head, isFront: [Bool], threads: Int? = nil) {
    let figures = patches.smoothed(patches.figures, threads: threads)
    let all = patches.positions.indices
    let marks = head.landmarks
    hairiness = [Float](repeating: 0, count: patches.count)
    skin = figures
    deviation = Self.leastDeviation

    // The client's own skin
    let forehead = all.filter {
      let p = patches.positions[$0]
      return isFront[$0] && depths[$0] > -45 && depths[$0] < -12 && p.y > marks.glabella.y + 6
        && abs(p.x) < 1.1 * marks.leftCanthus.x
    }
    let cheeks = all.filter {
      let p = patches.positions[$0]
      return p.z > 0.55 * marks.sellion.z && p.y < marks.sellion.y - 12 && p.y > marks.sellion.y - 45
    }
    var seeds = forehead
    if let above = middle(figures, forehead), let below = middle(figures, cheeks), cheeks.count >= Self.leastSkin {
      // A fringe: darker than the cheeks and not of their hue.
      if forehead.count < Self.leastSkin || (above.x < below.x - 0.5 && abs(above.y - below.y) > 0.15) {
        seeds = cheeks
      }
    }
    skinPatches = seeds.count
    guard seeds.count >= Self.leastSkin, let tone = middle(figures, seeds) else { return }
    deviation = unevenness(patches, figures, seeds)
    let bare = seeds

    // Shade is fitted to all that has the skin's hue outside the hair, and then to all that has grown.
    let hued = all.filter {
      depths[$0] < -10 && abs(figures[$0].y - tone.y) < 3 * deviation.y && abs(figures[$0].z - tone.z) < 3 * deviation.z
    }
    // Where the step to hair is faint, the skin's region leaks into it: then it is grown more strictly, and what tells most
    // is kept.
    var best = self
    for limit in Self.limits {
      var members = hued
      for round in 0..<3 {
        let shade = ShadeFit(patches, members: members, deviation: deviation.x)
        even = all.map { figures[$0] - SkinFigures(shade(patches.normals[$0]), tone.y, tone.z, tone.w) }
        var seeds = bare.filter { unlike(even[$0], deviation) < 2 }
        // Skin that hair encloses has no way to the forehead.
        if round == 2 { seeds += all.filter { depths[$0] > 3 && !grown[$0] && hairiness[$0] < 0.2 } }
        let region = PatchGrowth(
          patches, even, seeds: seeds, deviation: deviation, limit: limit, allowed: { _ in true })
        grown = region.isMember
        members = all.filter { grown[$0] }
        beside = patches.spread(region.local, from: grown)
        if round > 0, !tell(patches, depths, limit: limit) { break }
      }
      if limit == Self.limits[0] || worth(patches, depths) > 1.05 * best.worth(patches, depths) { best = self }
      if separation > Self.plainSeparation { break }
    }
    self = best
    skin = zip(figures, zip(even, beside)).map { $0 - $1.0 + $1.1 }
    let face = all.filter {
      let p = patches.positions[$0]
      return p.z > 0.5 * marks.sellion.z && p.y < marks.glabella.y + 20 && p.y > marks.sellion.y - 60
    }
    faceShare = Float(face.count { grown[$0] }) / Float(max(face.count, 1))
  }

  /// Patches that grew from the client's skin, all figures in even light, and what skin would be there.
  private var grown: [Bool] = []
  private var even: [SkinFigures] = []
  private var beside: [SkinFigures] = []

  /// Finds how hair differs from skin, and which patches are hair; `false` where nothing on the scalp is other than skin.
  private mutating func tell(_ patches: SkinPatches, _ depths: [Float], limit: Float) -> Bool {
    let all = patches.positions.indices
    hairiness = [Float](repeating: 0, count: patches.count)
    separation = 0
    var hairs = all.filter { !grown[$0] && depths[$0] > 3 }
    let left = area(patches, hairs)
    if left < Self.leastArea { return false }
    for _ in 0..<3 {
      guard let typical = middle(zip(even, beside).map { $0 - $1 }, hairs) else { return false }
      step = typical
      weigh()
      if isLighter && left < Self.leastLight { separation = 0 }
      if separation == 0 { return false }
      let sure = all.filter { !grown[$0] && depths[$0] > 3 && hairiness(even[$0] - beside[$0]) > 0.6 }
      if area(patches, sure) < Self.leastArea { break }
      hairs = sure
    }
    // Hair grows from where it is sure, in the light that falls on it.
    let hair = PatchGrowth(
      patches, even, seeds: hairs, deviation: deviation * 1.3, limit: limit, allowed: { !grown[$0] && depths[$0] > -35 }
    )
    let within = patches.spread(hair.local, from: hair.isMember)
    for i in all {
      let off = hairiness(even[i] - beside[i])
      // Hair in the same light, no nearer to the skin than half of the usual step.
      let whole = max(hairiness(within[i] - beside[i]), 0.5)
      hairiness[i] = clamp(off / whole, -0.5, 1.5)
    }
    return true
  }

  /// How much is told from skin, and how well.
  private func worth(_ patches: SkinPatches, _ depths: [Float]) -> Float {
    let hairs = patches.positions.indices.filter { depths[$0] > 3 && hairiness[$0] > 0.5 }
    return separation * area(patches, hairs).squareRoot()
  }

  // MARK: The direction that tells hair from skin

  /// Whether what was found is lighter than the skin, or redder.
  var isLighter: Bool { step.x > deviation.x }
  var isRedder: Bool { step.y > 2 * deviation.y && step.w < 1.5 * deviation.w }

  private var weights = SkinFigures.zero

  /// How far a difference goes from skin, 0, to hair as it mostly is, 1.
  private func hairiness(_ difference: SkinFigures) -> Float { (difference * weights).sum() }

  /// Each figure counts by its step over its deviation, squared, none for more than three deviations.
  private mutating func weigh() {
    var m = step / deviation
    // Smoother than skin is no hair; lighter than skin is hair only if its grain shows it, for a bald head shines.
    if m.w < 0 { m.w = 0 }
    if m.x > 1 && m.w < 1 { m = .zero }
    m.clamp(lowerBound: SkinFigures(repeating: -4), upperBound: SkinFigures(repeating: 4))
    let square = (m * m).sum()
    separation = square > Self.leastSeparation * Self.leastSeparation ? square.squareRoot() : 0
    weights = separation > 0 ? m * m / square * reciprocal(step) : .zero
  }

  private func reciprocal(_ v: SkinFigures) -> SkinFigures {
    var r = SkinFigures.zero
    for k in 0..<4 where abs(v[k]) > 1e-6 { r[k] = 1 / v[k] }
    return r
  }
}

extension SkinPatches {
  /// Values of members carried to all patches, ring by ring; where there is no way to a member, the members' mean.
  func spread(_ values: [SkinFigures], from isMember: [Bool]) -> [SkinFigures] {
    var known = isMember
    var (sum, weight) = (SkinFigures.zero, Float(0))
    for i in 0..<count where isMember[i] {
      sum += values[i] * areas[i]
      weight += areas[i]
    }
    let mean = weight > 0 ? sum / weight : .zero
    var spread = (0..<count).map { isMember[$0] ? values[$0] : mean }
    var open = (0..<count).filter { !isMember[$0] }
    while !open.isEmpty {
      var found: [(Int, SkinFigures)] = []
      open.removeAll { i in
        var (sum, weight) = (SkinFigures.zero, Float(0))
        for j in around(i) where known[Int(j)] {
          sum += spread[Int(j)] * areas[Int(j)]
          weight += areas[Int(j)]
        }
        if weight == 0 { return false }
        // What lies further away says less of the light here.
        found.append((i, mean + (sum / weight - mean) * 0.97))
        return true
      }
      if found.isEmpty { break }
      for (i, value) in found {
        spread[i] = value
        known[i] = true
      }
    }
    return smoothed(spread, rounds: 2)
  }
}

/// mm²
func area(_ patches: SkinPatches, _ members: [Int]) -> Float { members.reduce(0) { $0 + patches.areas[$1] } }

/// Medians, figure by figure.
private func middle(_ figures: [SkinFigures], _ members: [Int]) -> SkinFigures? {
  if members.isEmpty { return nil }
  var result = SkinFigures.zero
  for k in 0..<4 { result[k] = members.map { figures[$0][k] }.sorted()[members.count / 2] }
  return result
}

/// How uneven skin is from patch to patch, within two centimetres: smooth shading does not count.
private func unevenness(_ patches: SkinPatches, _ figures: [SkinFigures], _ members: [Int]) -> SkinFigures {
  let means = patches.smoothed(figures, rounds: 4)
  var result = HairClasses.leastDeviation
  for k in 0..<4 {
    let off = members.map { abs(figures[$0][k] - means[$0][k]) }.sorted()[members.count / 2]
    // What is measured against a mean of a few neighbours is too small by a third.
    result[k] = clamp(1.5 * 1.48 * off, result[k], 2 * result[k])
  }
  return result
}
