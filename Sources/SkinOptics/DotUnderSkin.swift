// What one deposit of pigment does to the light that comes back out of the skin around it.
//
// A dot is a ratio, not a paint: reflectance with the dot over reflectance without it, as a function of distance from its
// axis. The loss F = 1 - ratio comes from tables (AbsorberTable.swift) that our own Monte Carlo of layered skin makes
// (Sources/SkinMonteCarlo). It has two scales: a core within 1.2 mm, and a wide tail of light that wandered under the dot,
// which holds what the dot removes beyond.
//
// How near this comes to tables of another Monte Carlo is a test and stands in ACCURACY.md. Depth and optical density of
// real work are not published: both are settings.

import Arithmetic

/// A body of pigment in the dermis: a vertical cylinder 0.2 mm high.
public struct PigmentBody: Sendable, Equatable {
  /// Diameter of the pigment itself, mm, 0.05 to 0.6.
  public var diameter: Double
  /// Depth of its centre below the surface, mm, 0.12 to 1.5; held to that.
  public var depth: Double
  /// Optical depth along its axis at 550 nm (natural logarithm), 0 to 16.
  public var opticalDensity: Double
  /// What it is made of.
  public var ink: Ink

  public init(diameter: Double, depth: Double, opticalDensity: Double, ink: Ink = .carbon) {
    self.diameter = diameter
    self.depth = depth
    self.opticalDensity = opticalDensity
    self.ink = ink
  }

  /// Ranges that the tables cover.
  public static let diameterRange = 0.05...0.6
  public static let depthRange = 0.12...1.5
  public static let opticalDensityRange = 0.0...16

  /// Throws an `OpticsError` that names what the tables do not cover.
  public func validate() throws(OpticsError) {
    try check("diameter", diameter, in: Self.diameterRange, "mm")
    try check("depth", depth, in: Self.depthRange, "mm")
    try check("optical density", opticalDensity, in: Self.opticalDensityRange)
  }

  static let height = TableAxes.bodyHeight

  /// Depth at which pigment rests for a needle depth, mm: the visible part is the shallow end of the track.
  /// Factor 0.3, evidence grade D.
  public static func restingDepth(needleDepth: Double) -> Double { 0.3 * needleDepth }

  func place(in skin: SkinTone) -> AbsorberTable.Place {
    AbsorberTable.dots.place(skin: skin, depth: depth, diameter: max(diameter, 0.02))
  }

  /// Optical density per band.
  var densities: [Double] { ink.relative.map { $0 * opticalDensity } }
}

/// The light removed by one small absorber per band of `Spectrum`, as the area of perfect black that removes as much, mm².
public func removedAreas(_ body: PigmentBody, in skin: SkinTone) -> [Double] {
  AbsorberTable.dots.areas(at: body.place(in: skin), strength: body.densities)
}

/// The light removed by one small absorber, as the area of perfect black that removes as much, mm², per linear
/// sRGB channel. A patch with n absorbers per mm² keeps about exp(-n area) of its diffuse light.
public func removedArea(_ body: PigmentBody, in skin: SkinTone) -> SIMD3<Double> {
  channelMeans(removedAreas(body, in: skin), in: skin)
}

/// The share of its diffuse light that a patch keeps whose absorbers remove `area` mm² per mm².
public func lightLeft(removed area: SIMD3<Double>) -> SIMD3<Double> {
  SIMD3(exponential(-area.x), exponential(-area.y), exponential(-area.z))
}

/// Reflectance per band of skin whose absorbers together remove `areas` mm² per mm² of skin, per band.
///
/// The sum over kinds of absorber of count per mm² times `removedAreas`; holds while absorbers cover up to about 15 % of the
/// skin (healed work covers 2 to 5 %), and is too dark beyond.
public func patchReflectance(of skin: SkinTone, removing areas: [Double]) -> [Double] {
  precondition(areas.count == Spectrum.count, "removed areas have \(Spectrum.count) bands")
  return skin.reflectance.indices.map { skin.reflectance[$0] * exponential(-areas[$0]) }
}

/// The loss around one deposit of pigment. Depths outside 0.12 to 1.5 mm are held to that; wider than 0.6 mm, the edge
/// moves outward and the halo stays that of 0.6 mm.
public func lossProfile(_ body: PigmentBody, in skin: SkinTone) -> LossProfile {
  LossProfile(stationLosses(body, in: skin), melanin: skin.melanin)
}

/// The loss at the stations of a dot.
func stationLosses(_ body: PigmentBody, in skin: SkinTone) -> StationLosses {
  let table = AbsorberTable.dots
  let place = body.place(in: skin)
  var scale = SIMD3<Double>(1, 1, 1)
  if body.ink != .carbon && body.opticalDensity > 0 {
    scale = channelScale(table, place, skin, strength: body.densities, reference: Ink.carbon.relative)
  } else {
    scale *= body.opticalDensity
  }
  return StationLosses(
    radii: TableAxes.stations(radius: body.diameter / 2), values: table.losses(at: place, strength: scale))
}

/// Means per channel of a quantity per band, weighted by the light that bare skin sends.
func channelMeans(_ values: [Double], in skin: SkinTone) -> SIMD3<Double> {
  var sum = SIMD3<Double>.zero
  var light = SIMD3<Double>.zero
  for band in values.indices {
    let weight = Spectrum.linearRGBWeight(band: band) * skin.reflectance[band]
    sum += weight * values[band]
    light += weight
  }
  return sum / light
}

/// Profiles are tabled for a spectrum of one shape. The strength of that spectrum that removes as much light, per channel, as
/// another one does.
func channelScale(
  _ table: AbsorberTable, _ place: AbsorberTable.Place, _ skin: SkinTone, strength: [Double], reference: [Double]
) -> SIMD3<Double> {
  let wanted = channelMeans(table.areas(at: place, strength: strength), in: skin)
  // Light removed against strength, on nodes; close to a power law between two of them.
  let low = logarithm(max(strength.min() ?? 1, 1e-6)) - 0.4
  let high = logarithm(max(strength.max() ?? 1, 1e-6)) + 0.4
  let nodes = (0...8).map { low + (high - low) * Double($0) / 8 }
  let areas = nodes.map { node in
    let here = exponential(node)
    return channelMeans(table.areas(at: place, strength: reference.map { $0 * here }), in: skin)
  }
  var out = SIMD3<Double>.zero
  for c in 0..<3 {
    let (i, _) = bracket(wanted[c], in: areas.map { $0[c] })
    let (a, b) = (areas[i][c], areas[i + 1][c])
    // Deep dots remove next to nothing of some channel: any strength will do.
    let t = a > 0 && b > a && wanted[c] > 0 ? logarithm(wanted[c] / a) / logarithm(b / a) : 0.5
    out[c] = exponential(nodes[i] + (nodes[i + 1] - nodes[i]) * min(max(t, -0.5), 1.5))
  }
  return out
}
