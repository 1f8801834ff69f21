// One dot in figures, binned as optical tables bin it, so that the model can be held against any of them row by row.

/// What one dot looks like on bare skin: diffuse light, seen straight on, without gloss.
public struct DotMeasures: Sendable, Equatable {
  /// Edges of the radial bins, mm.
  public var edges: [Double]
  /// Mean over each bin, evenly in the radius, of linear sRGB with the dot over that without.
  public var ratios: [SIMD3<Double>]
  /// Linear sRGB of the skin without the dot.
  public var bare: SIMD3<Double>

  /// Bins of dots from 0.2 mm: 0.04 mm wide at the axis, to 4 mm.
  public static let dotEdges: [Double] = [
    0, 0.04, 0.08, 0.12, 0.16, 0.20, 0.26, 0.32, 0.38, 0.44, 0.50, 0.56, 0.62, 0.68, 0.74, 0.80, 0.95, 1.1, 1.25, 1.4,
    1.55, 1.7, 1.85, 2.0, 2.5, 3.0, 3.5, 4.0,
  ]
  /// Bins of smaller dots: 0.02 mm wide at the axis, to 4 mm.
  public static let smallDotEdges: [Double] = [
    0, 0.02, 0.04, 0.06, 0.08, 0.10, 0.12, 0.14, 0.16, 0.18, 0.20, 0.24, 0.30, 0.36, 0.42, 0.48, 0.60, 0.70, 0.80, 0.90,
    1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0,
  ]

  /// Measures a dot.
  ///
  /// - Parameters:
  ///   - body: the dot.
  ///   - skin: the skin that it lies under.
  ///   - edges: ascending from 0; `nil` takes `smallDotEdges` below 0.2 mm and `dotEdges` from there.
  public init(_ body: PigmentBody, in skin: SkinTone, edges: [Double]? = nil) {
    self.init(
      stationLosses(body, in: skin), in: skin, edges ?? (body.diameter < 0.2 ? Self.smallDotEdges : Self.dotEdges))
  }

  /// Measures a hair shaft below the surface.
  public init(_ hair: HairShaft, in skin: SkinTone, edges: [Double]) {
    self.init(stationLosses(hair, in: skin), in: skin, edges)
  }

  private init(_ losses: StationLosses, in skin: SkinTone, _ edges: [Double]) {
    self.edges = edges
    bare = skin.linearRGB
    ratios = (0..<(edges.count - 1)).map { bin in
      let samples = 16
      var sum = SIMD3<Double>.zero
      for i in 0..<samples {
        sum += losses.loss(at: edges[bin] + (edges[bin + 1] - edges[bin]) * (Double(i) + 0.5) / Double(samples))
      }
      return SIMD3(1, 1, 1) - sum / Double(samples)
    }
  }

  /// Middle of a bin, mm.
  public func radius(ofBin bin: Int) -> Double { (edges[bin] + edges[bin + 1]) / 2 }
  /// Linear sRGB ratio at the centre: the mean of the first two bins.
  public var centreRatio: SIMD3<Double> { (ratios[0] + ratios[1]) / 2 }
  public var bareLab: Lab { Lab(linearRGB: bare) }
  public var centreLab: Lab { Lab(linearRGB: bare * centreRatio) }
  /// CIEDE2000 between centre and bare skin.
  public var centreDifference: Double { centreLab.difference(from: bareLab) }
  /// Loss of luminance at the centre, 0 to 1.
  public var contrast: Double { lossY(centreRatio) }

  /// Twice the radius at which the loss of luminance falls to half of `contrast`, linear between bin centres, mm.
  public var fullWidth: Double {
    let half = contrast / 2
    var (r, value) = (radius(ofBin: 0), lossY(ratios[0]))
    for bin in 1..<ratios.count {
      let next = lossY(ratios[bin])
      let at = radius(ofBin: bin)
      if next < half { return value > half ? 2 * (r + (at - r) * (value - half) / (value - next)) : 2 * r }
      (r, value) = (at, next)
    }
    return 2 * r
  }

  /// Light removed per channel to `radius` mm, as an area of perfect black, mm².
  public func area(to radius: Double) -> SIMD3<Double> {
    var sum = SIMD3<Double>.zero
    for bin in ratios.indices where edges[bin + 1] <= radius + 1e-9 {
      sum += (SIMD3(1, 1, 1) - ratios[bin]) * ring(bin)
    }
    return sum
  }

  /// As `area(to:)`, of luminance.
  public func luminanceArea(to radius: Double) -> Double {
    var sum = 0.0
    for bin in ratios.indices where edges[bin + 1] <= radius + 1e-9 { sum += lossY(ratios[bin]) * ring(bin) }
    return sum
  }

  /// Twice the middle of the outermost bin that differs from bare skin by more than one CIEDE2000, mm; 0 if none does.
  public var visibleDiameter: Double {
    let last = ratios.indices.last { Lab(linearRGB: bare * ratios[$0]).difference(from: bareLab) > 1 }
    return last.map { 2 * radius(ofBin: $0) } ?? 0
  }

  private func lossY(_ ratio: SIMD3<Double>) -> Double { 1 - luminance(bare * ratio) / luminance(bare) }
  private func ring(_ bin: Int) -> Double { Double.pi * (edges[bin + 1] * edges[bin + 1] - edges[bin] * edges[bin]) }
}
