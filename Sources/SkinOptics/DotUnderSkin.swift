// What one deposit of pigment does to the light that comes back out of the skin around it.
//
// A dot is a ratio, not a paint: reflectance with the dot over reflectance without it, as a function of distance
// from its axis. Three parts, each a loss F = 1 - ratio:
//
// 1. The core. Light crosses the pigment once on its way in (near-vertical, hence sharp) and at least once on its
//    way out (wide). A closed form with constants fitted to Monte Carlo runs of the layered skin of SkinTone.swift.
// 2. The halo, a millimetre wide: light that wandered under the dot and is missing around it.
// 3. The total. A small absorber under diffuse light removes light in proportion to
//    h = S/4 (1 - exp(-mu 4V/S)), S and V being surface and volume of the pigment body (Cauchy's mean chord).
//    The factor depends on skin and depth only; the halo takes what the core leaves of that total.
//
// Against Monte Carlo for cores of 0.10 to 0.20 mm at depths of 0.18 to 0.50 mm, Fitzpatrick II to VI: removed light
// within 10, 17 and 30 % (red, green, blue); peak contrast within 0.06 for cores from 0.13 mm and optical densities up
// to 4, up to 0.14 low beyond. Both are tests. The pigment is taken as purely absorbing, as 1/wavelength (carbon
// black). Depth and optical density of real work are not published: both are settings.

import RealModule

/// A body of pigment in the dermis: a vertical cylinder 0.2 mm high.
public struct PigmentBody: Sendable, Equatable {
  /// Diameter of the pigment itself, mm, 0.05 to 0.6.
  public var diameter: Double
  /// Depth of its centre below the surface, mm, 0.12 to 1.5.
  public var depth: Double
  /// Optical depth along its axis at 550 nm (natural logarithm), 0 to 16.
  public var opticalDensity: Double

  public init(diameter: Double, depth: Double, opticalDensity: Double) {
    self.diameter = diameter
    self.depth = depth
    self.opticalDensity = opticalDensity
  }

  static let height = 0.2

  /// Depth at which pigment rests for a needle depth, mm: the visible part is the shallow end of the track.
  /// Factor 0.3, evidence grade D.
  public static func restingDepth(needleDepth: Double) -> Double { 0.3 * needleDepth }

  /// Light removed per unit of skin factor, mm²: h of the file's head.
  var absorptionCrossSection: Double {
    let radius = diameter / 2
    let surface = 2 * Double.pi * radius * (radius + PigmentBody.height)
    let volume = Double.pi * radius * radius * PigmentBody.height
    let mu = opticalDensity / PigmentBody.height
    return surface / 4 * (1 - Double.exp(-mu * 4 * volume / surface))
  }
}

/// The light removed by one small absorber, as the area of perfect black that removes as much, mm², per linear
/// sRGB channel. A patch with n absorbers per mm² keeps about exp(-n area) of its diffuse light.
public func removedArea(_ body: PigmentBody, in skin: SkinTone) -> SIMD3<Double> {
  body.absorptionCrossSection * lossFactor(depth: body.depth, melanin: skin.melanin)
}

/// The share of its diffuse light that a patch keeps whose absorbers remove `area` mm² per mm².
public func lightLeft(removed area: SIMD3<Double>) -> SIMD3<Double> {
  SIMD3(Double.exp(-area.x), Double.exp(-area.y), Double.exp(-area.z))
}

/// How the light around a small absorber is reduced, per linear sRGB channel.
///
/// `loss(r) = core(r) + near exp(-r²/2 nearSigma²) + far exp(-r²/2 farSigma²)`; reflectance is multiplied by
/// `1 - loss`.
public struct LossProfile: Sendable, Equatable {
  /// Loss of the core at r = i * `step`, for i = 0, 1, ...; zero beyond the last.
  public var core: [SIMD3<Double>]
  /// Distance between entries of `core`, mm.
  public var step: Double
  /// Peak of the near halo.
  public var near: SIMD3<Double>
  /// Width of the near halo, mm.
  public var nearSigma: Double
  /// Peak of the far halo.
  public var far: SIMD3<Double>
  /// Width of the far halo per channel, mm: red light wanders farthest.
  public var farSigma: SIMD3<Double>

  /// The integral of the loss over the surface, mm².
  public var area: SIMD3<Double> {
    coreArea + 2 * Double.pi * (nearSigma * nearSigma * near + farSigma * farSigma * far)
  }

  /// The integral of the core alone, mm² (trapezoids in r).
  public var coreArea: SIMD3<Double> {
    var sum = SIMD3<Double>.zero
    for (i, value) in core.enumerated() { sum += value * Double(i) }
    return sum * (2 * Double.pi * step * step)
  }

  /// The loss at distance `r` mm from the axis.
  public func loss(at r: Double) -> SIMD3<Double> {
    var value = localLoss(at: r)
    for c in 0..<3 { value[c] += far[c] * Double.exp(-r * r / (2 * farSigma[c] * farSigma[c])) }
    return value
  }

  /// The loss without the far halo, which renderers gather on a coarse grid.
  public func localLoss(at r: Double) -> SIMD3<Double> {
    let x = r / step
    let cell = Int(x)
    var value = SIMD3<Double>.zero
    if cell + 1 < core.count { value = core[cell] + (core[cell + 1] - core[cell]) * (x - Double(cell)) }
    return value + near * Double.exp(-r * r / (2 * nearSigma * nearSigma))
  }
}

/// The loss around one deposit of pigment.
///
/// - Returns: a profile whose `area` is `removedArea(body, in: skin)`, except where the core alone removes more.
public func lossProfile(_ body: PigmentBody, in skin: SkinTone) -> LossProfile {
  let far = farHalo(body, melanin: skin.melanin)
  let core = coreLoss(body, in: skin)
  var profile = LossProfile(
    core: core, step: coreStep, near: .zero, nearSigma: nearHaloSigma, far: far.peak, farSigma: far.sigma)
  fillNearHalo(&profile, total: removedArea(body, in: skin))
  return profile
}

/// Radial step of core tables, mm.
let coreStep = 0.01
/// Width of the near halo, mm: between the core and the far halo, from the radial shares of removed light.
let nearHaloSigma = 0.33

/// Gives the near halo what core and far halo leave of `total`, never less than nothing, and lowers the core by the
/// halos' height at the axis, so that the peak stays the core's own.
func fillNearHalo(_ profile: inout LossProfile, total: SIMD3<Double>) {
  let unit = 2 * Double.pi * profile.nearSigma * profile.nearSigma
  let coreArea = profile.coreArea
  let farArea = profile.area - coreArea
  for c in 0..<3 {
    let peak = max(profile.core[0][c], 1e-9)
    let perPeak = coreArea[c] / peak
    let rest = total[c] - farArea[c] - coreArea[c] + perPeak * profile.far[c]
    profile.near[c] = max(0, rest / (unit - perPeak))
    let keep = max(0, 1 - (profile.near[c] + profile.far[c]) / peak)
    for i in profile.core.indices { profile.core[i][c] *= keep }
  }
}

// MARK: - Skin factors

/// Removed light over cross-section, [melanin node][depth node] -> RGB; means over core diameters of 0.10 to 0.20 mm
/// and optical densities of 0.5 to 8 in the Monte Carlo runs (spread 2, 6 and 11 % in R, G, B).
private let lossFactors: [[SIMD3<Double>]] = [
  [SIMD3(4.237, 3.678, 3.126), SIMD3(4.202, 3.356, 2.725), SIMD3(4.116, 3.002, 2.286), SIMD3(3.444, 2.066, 1.137)],
  [SIMD3(3.673, 2.968, 2.463), SIMD3(3.719, 2.744, 2.172), SIMD3(3.665, 2.445, 1.806), SIMD3(3.096, 1.591, 0.837)],
  [SIMD3(2.931, 2.210, 1.542), SIMD3(3.082, 2.060, 1.352), SIMD3(3.093, 1.800, 1.094), SIMD3(2.630, 1.021, 0.431)],
]
private let lossFactorDepths = [0.18, 0.24, 0.30, 0.50]
/// Melanin of Fitzpatrick II, IV and VI, the nodes of tables by tone.
let melaninNodes = [0.0096074, 0.043578, 0.15246]

/// Interpolates the logarithm linearly in depth and in the logarithm of melanin; extrapolates the last slope.
func lossFactor(depth: Double, melanin: Double) -> SIMD3<Double> {
  let z = min(max(depth, 0.12), 1.5)
  let (i, u) = cell(z, in: lossFactorDepths)
  return interpolateByMelanin(melanin) { tone in
    let a = lossFactors[tone][i]
    let b = lossFactors[tone][i + 1]
    var value = SIMD3<Double>.zero
    for c in 0..<3 { value[c] = Double.exp((1 - u) * Double.log(a[c]) + u * Double.log(b[c])) }
    return value
  }
}

/// A value between the melanin nodes, linear in the logarithm of melanin, held to the range of the nodes plus one
/// Fitzpatrick type on the fair side.
func interpolateByMelanin(_ melanin: Double, _ node: (Int) -> SIMD3<Double>) -> SIMD3<Double> {
  let logs = melaninNodes.map { Double.log($0) }
  let x = min(max(Double.log(melanin), logs[0] - 1), logs[2])
  let (i, u) = cell(x, in: logs)
  return node(i) * (1 - u) + node(i + 1) * u
}

/// The cell of a sorted list that holds `x`, and where in it; outside the list, the end cell and a fraction
/// outside 0...1.
func cell(_ x: Double, in nodes: [Double]) -> (index: Int, fraction: Double) {
  var i = 0
  while i + 2 < nodes.count, x > nodes[i + 1] { i += 1 }
  return (i, (x - nodes[i]) / (nodes[i + 1] - nodes[i]))
}

/// Peak and width of the far halo: the Monte Carlo tail beyond 1.2 mm, scaled by the cross-section.
func farHalo(_ body: PigmentBody, melanin: Double) -> (peak: SIMD3<Double>, sigma: SIMD3<Double>) {
  let sigmas = [SIMD3(1.25, 0.90, 0.80), SIMD3(1.20, 0.80, 0.70), SIMD3(1.10, 0.70, 0.55)]
  let (i, u) = cell(min(max(body.depth, 0.12), 1.5), in: farHaloDepths)
  let reference = PigmentBody(diameter: 0.3, depth: 0.3, opticalDensity: 4).absorptionCrossSection
  let scale = body.absorptionCrossSection / reference
  let peak = interpolateByMelanin(melanin) { tone in
    farHaloPeaks[tone][i] * (1 - u) + farHaloPeaks[tone][i + 1] * u
  }
  var held = SIMD3<Double>.zero
  for c in 0..<3 { held[c] = max(0, peak[c] * scale) }
  return (held, interpolateByMelanin(melanin) { sigmas[$0] })
}

private let farHaloDepths = [0.18, 0.3, 0.5, 0.65, 0.8, 1.1, 1.5]
/// Peaks for a body 0.3 mm wide of optical density 4, [melanin node][depth] -> RGB.
private let farHaloPeaks: [[SIMD3<Double>]] = [
  [
    SIMD3(0.0169, 0.0191, 0.0122), SIMD3(0.0169, 0.0179, 0.0110), SIMD3(0.0163, 0.0147, 0.0079),
    SIMD3(0.0153, 0.0117, 0.0061), SIMD3(0.0143, 0.0091, 0.0039), SIMD3(0.0115, 0.0049, 0.0015),
    SIMD3(0.0079, 0.0019, 0.0002),
  ],
  [
    SIMD3(0.0139, 0.0167, 0.0103), SIMD3(0.0147, 0.0163, 0.0100), SIMD3(0.0147, 0.0132, 0.0072),
    SIMD3(0.0140, 0.0102, 0.0056), SIMD3(0.0131, 0.0076, 0.0032), SIMD3(0.0106, 0.0035, 0.0007),
    SIMD3(0.0073, 0.0009, 0.0000),
  ],
  [
    SIMD3(0.0106, 0.0124, 0.0127), SIMD3(0.0124, 0.0122, 0.0112), SIMD3(0.0135, 0.0091, 0.0058),
    SIMD3(0.0130, 0.0061, 0.0039), SIMD3(0.0123, 0.0037, 0.0000), SIMD3(0.0099, 0.0001, 0.0000),
    SIMD3(0.0067, 0.0000, 0.0000),
  ],
]
