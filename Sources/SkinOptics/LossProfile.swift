// The loss around a small absorber as a renderer draws it: a core to splat, a tail to gather on a coarse grid.

import Arithmetic

/// The loss at the stations of a table (TableAxes.swift).
struct StationLosses {
  var radii: [Double]
  var values: [SIMD3<Double>]

  /// The loss at distance `r` mm: geometric between stations, as light falls off in tissue.
  func loss(at r: Double) -> SIMD3<Double> {
    var i = 0
    while i + 2 < radii.count, r >= radii[i + 1] { i += 1 }
    return value(in: i, at: r)
  }

  func value(in cell: Int, at r: Double) -> SIMD3<Double> {
    let width = radii[cell + 1] - radii[cell]
    if width <= 0 { return values[cell + 1] }
    let t = min(max((r - radii[cell]) / width, 0), 1)
    var value = SIMD3<Double>.zero
    for c in 0..<3 { value[c] = geometric(values[cell][c], values[cell + 1][c], t) }
    return value
  }

  /// Light removed beyond `radius` mm per channel, mm².
  func area(beyond radius: Double) -> SIMD3<Double> {
    guard let first = radii.firstIndex(where: { $0 > radius }) else { return .zero }
    let edge = loss(at: radius)
    var sum = SIMD3<Double>.zero
    for c in 0..<3 {
      sum[c] = discIntegral([radius] + radii[first...], [edge[c]] + values[first...].map { $0[c] })
    }
    return sum
  }
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

  /// Root mean square width of the local loss inside `radius` mm, along one direction, mm.
  public func spread(within radius: Double) -> Double {
    var mass = 0.0
    var moment = 0.0
    for i in 1...Int(held(radius / step, 1, 1e9)) {
      let r = Double(i) * step
      let loss = abs(localLoss(at: r).y)
      mass += loss * r
      moment += loss * r * r * r
    }
    return mass > 0 ? (moment / mass / 2).squareRoot() : step
  }

  /// The integral of the local loss beyond `radius` mm, mm².
  public func localArea(beyond radius: Double) -> SIMD3<Double> {
    var sum = SIMD3<Double>.zero
    var i = Int(held((radius / step).rounded(.up), 0, Double(core.count)))
    while i < core.count {
      sum += core[i] * Double(i)
      i += 1
    }
    let nearLeft = exponential(-radius * radius / (2 * nearSigma * nearSigma))
    return 2 * Double.pi * (sum * (step * step) + near * (nearSigma * nearSigma * nearLeft))
  }

  /// The loss at distance `r` mm from the axis.
  public func loss(at r: Double) -> SIMD3<Double> {
    var value = localLoss(at: r)
    for c in 0..<3 { value[c] += far[c] * exponential(-r * r / (2 * farSigma[c] * farSigma[c])) }
    return value
  }

  /// The loss without the far halo, which renderers gather on a coarse grid.
  public func localLoss(at r: Double) -> SIMD3<Double> {
    let x = held(r / step, 0, Double(core.count))
    let cell = Int(x)
    var value = SIMD3<Double>.zero
    if cell + 1 < core.count { value = core[cell] + (core[cell + 1] - core[cell]) * (x - Double(cell)) }
    return value + near * exponential(-r * r / (2 * nearSigma * nearSigma))
  }
}

/// Radial step of core tables, mm.
let coreStep = 0.01
/// Where the core ends and the far halo stands alone, mm.
let coreRadius = 1.2

extension LossProfile {
  /// Splits losses into core and far halo. The halo holds exactly what is removed beyond `coreRadius`.
  init(_ stations: StationLosses, melanin: Double) {
    let sigma = FarHalo.sigma(melanin: melanin)
    let beyond = stations.area(beyond: coreRadius)
    var peak = SIMD3<Double>.zero
    for c in 0..<3 {
      let variance = sigma[c] * sigma[c]
      peak[c] = max(0, beyond[c] / (2 * Double.pi * variance * exponential(-coreRadius * coreRadius / (2 * variance))))
    }
    let count = Int((coreRadius / coreStep).rounded()) + 1
    var core: [SIMD3<Double>] = []
    core.reserveCapacity(count)
    // The Gaussian along the grid by its own differences: two products a step.
    var halo = peak
    var ratio = SIMD3<Double>.zero
    var turn = ratio
    for c in 0..<3 {
      let q = coreStep * coreStep / (2 * sigma[c] * sigma[c])
      ratio[c] = exponential(-q)
      turn[c] = exponential(-2 * q)
    }
    var cell = 0
    for i in 0..<count {
      let r = Double(i) * coreStep
      while cell + 2 < stations.radii.count, r >= stations.radii[cell + 1] { cell += 1 }
      let rest = stations.value(in: cell, at: r) - halo
      core.append(rest.replacing(with: 0, where: rest .< 0))
      halo *= ratio
      ratio *= turn
    }
    core.append(.zero)
    self.init(
      core: core, step: coreStep, near: .zero, nearSigma: 0.3, far: peak, farSigma: sigma)
  }
}

/// Widths of the far halo.
enum FarHalo {
  /// Width per channel in a skin, mm; linear in the logarithm of melanin.
  static func sigma(melanin: Double) -> SIMD3<Double> {
    let (i, t) = bracket(logarithm(max(melanin, 1e-6)), in: TableAxes.tones.map { logarithm($0.melanin) })
    return sigmas[i] * (1 - t) + sigmas[i + 1] * t
  }

  /// Per tone node: the Gaussian nearest to a dot's loss beyond the core, by least squares over the surface. A dot 0.3 mm
  /// wide at 0.3 mm, optical density 4; other dots have tails of much the same width.
  private static let sigmas: [SIMD3<Double>] = TableAxes.tones.indices.map { tone in
    let table = AbsorberTable.dots
    var place = table.place(skin: SkinTone.presets[0], depth: 0.3, diameter: 0.3)
    place.tone = (min(tone, TableAxes.tones.count - 2), tone == TableAxes.tones.count - 1 ? 1 : 0)
    let losses = StationLosses(
      radii: TableAxes.stations(radius: 0.15), values: table.losses(at: place, strength: SIMD3(4, 4, 4)))
    let radii = stride(from: coreRadius, to: 3.5, by: 0.05).map { $0 }
    let values = radii.map { losses.loss(at: $0) }
    var best = SIMD3<Double>(repeating: 1)
    for c in 0..<3 {
      var bestGain = -1.0
      for sigma in stride(from: 0.4, through: 2, by: 0.01) {
        var fit = 0.0
        var norm = 0.0
        for (r, value) in zip(radii, values) {
          let g = exponential(-r * r / (2 * sigma * sigma))
          fit += r * g * value[c]
          norm += r * g * g
        }
        if fit * fit / norm > bestGain {
          bestGain = fit * fit / norm
          best[c] = sigma
        }
      }
    }
    return best
  }
}
