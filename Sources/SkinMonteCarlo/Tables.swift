// From losses per band to the tables that SkinOptics holds.

import RealModule
import SkinOptics

/// Everything that is written, as plain arrays.
struct Tables {
  /// Reflectance of bare skin, [band][epidermis][dermis].
  var bare: [Float] = []
  /// Shares of a dot's loss, [tone][channel][depth][diameter][kappa][station].
  var dots: [Float] = []
  /// Shares of the area a dot removes, mm², [tone][band][depth][diameter][kappa].
  var dotAreas: [Float] = []
  /// Shares of an unbounded layer's loss, [tone][band][depth][kappa].
  var layers: [Float] = []
  /// As for dots, with the shaft's lower end for the depth.
  var hairs: [Float] = []
  var hairAreas: [Float] = []
  /// Standard error of a dot's loss in one band at the axis, and share of that loss; the median over all dots.
  var medianError = 0.0
}

/// Traces all bands and fits.
func makeTables(_ plan: Plan, progress: (String) -> Void) -> Tables {
  var tables = Tables()
  let bands = Spectrum.count
  let tones = plan.tones.count

  for band in 0..<bands {
    tables.bare += plan.bare(band: band).map { Float($0) }
    progress("bare skin \(Int(Spectrum.wavelengths[band])) nm")
  }

  let dotStations = TableAxes.diameters.map { TableAxes.stations(radius: $0 / 2) }
  let hairStations = TableAxes.hairDiameters.map { TableAxes.stations(radius: $0 / 2) }
  let bodies = TableAxes.depths.map { ($0 - TableAxes.bodyHeight / 2)...($0 + TableAxes.bodyHeight / 2) }
  let columns = TableAxes.hairDepths.map { Chromophores.melaninBottom...$0 }
  var dots = ChannelLosses(tones: tones, stations: dotStations, spans: bodies.count)
  var hairs = ChannelLosses(tones: tones, stations: hairStations, spans: columns.count)
  var errors: [Double] = []
  var dotAreas = [[Float]](repeating: [], count: tones)
  var hairAreas = dotAreas
  var layers = dotAreas

  for band in 0..<bands {
    let slope = 550 / Spectrum.wavelengths[band]
    let densities = TableAxes.opticalDensities.map { $0 * slope }
    let absorptions = TableAxes.hairAbsorptions.map { $0 * Double.pow(slope, TableAxes.hairExponent) }
    let ink = SIMD8<Float>(densities.map { Float($0 / TableAxes.bodyHeight) })
    let (sets, layer) = plan.losses(
      band: band,
      sets: [
        cylinders(bodies, dotStations, TableAxes.diameters, ink),
        cylinders(columns, hairStations, TableAxes.hairDiameters, SIMD8(absorptions.map { Float($0) })),
      ], layers: bodies, layerAbsorptions: ink)
    dots.add(sets[0], band: band)
    hairs.add(sets[1], band: band)
    for t in 0..<tones {
      dotAreas[t] += areas(
        sets[0].value, tone: t, stations: dotStations, spans: bodies.count, at: densities, kappas: TableAxes.kappas)
      hairAreas[t] += areas(
        sets[1].value, tone: t, stations: hairStations, spans: columns.count, at: absorptions,
        kappas: TableAxes.hairKappas)
      for k in bodies.indices {
        layers[t] += fitShares(layer.value[t * bodies.count + k], at: densities, kappas: TableAxes.layerKappas).map {
          Float($0)
        }
      }
    }
    for (i, value) in sets[0].value.enumerated() where value[4] > 0.02 { errors.append(sets[0].error[i][4] / value[4]) }
    progress("absorbers \(Int(Spectrum.wavelengths[band])) nm")
  }
  tables.dots = dots.shares(at: TableAxes.opticalDensities, kappas: TableAxes.kappas)
  tables.hairs = hairs.shares(at: TableAxes.hairAbsorptions, kappas: TableAxes.hairKappas)
  tables.dotAreas = dotAreas.flatMap { $0 }
  tables.hairAreas = hairAreas.flatMap { $0 }
  tables.layers = layers.flatMap { $0 }
  tables.medianError = errors.sorted()[errors.count / 2]
  return tables
}

/// Cylinders at exact stations; the two at the edge stand just inside and just outside.
private func cylinders(
  _ spans: [ClosedRange<Double>], _ stations: [[Double]], _ diameters: [Double], _ absorptions: SIMD8<Float>
) -> Cylinders {
  Cylinders(
    spans: spans, radii: diameters.map { $0 / 2 },
    stations: stations.map { list in
      list.enumerated().map { i, r in
        let edge = i == TableAxes.inside.count - 1 ? r - 1e-5 : i == TableAxes.inside.count ? r + 1e-5 : r
        return edge...edge
      }
    }, absorptions: absorptions)
}

/// Losses per linear sRGB channel: bands weighted by the light that bare skin sends in them.
struct ChannelLosses {
  let tones: Int
  let stations: [[Double]]
  let spans: Int
  private var sums: [SIMD8<Double>]
  private var light: [SIMD3<Double>]

  init(tones: Int, stations: [[Double]], spans: Int) {
    (self.tones, self.stations, self.spans) = (tones, stations, spans)
    sums = [SIMD8<Double>](repeating: .zero, count: tones * 3 * stations.reduce(0) { $0 + $1.count } * spans)
    light = [SIMD3<Double>](repeating: .zero, count: tones)
  }

  /// Adds a band.
  mutating func add(_ losses: Plan.Losses, band: Int) {
    let cells = losses.value.count / tones
    for t in 0..<tones {
      let weight = Spectrum.linearRGBWeight(band: band) * losses.bare[t]
      light[t] += weight
      for c in 0..<3 {
        for i in 0..<cells { sums[(t * 3 + c) * cells + i] += losses.value[t * cells + i] * weight[c] }
      }
    }
  }

  /// The loss at a station.
  func loss(tone: Int, channel: Int, station: Int, span: Int) -> SIMD8<Double> {
    let cells = sums.count / tones / 3
    return sums[(tone * 3 + channel) * cells + station * spans + span] / light[tone][channel]
  }

  /// Fitted shares, [tone][channel][span][diameter][kappa][station].
  func shares(at strengths: [Double], kappas: [Double]) -> [Float] {
    var out: [Float] = []
    for t in 0..<tones {
      for c in 0..<3 {
        for k in 0..<spans {
          var first = 0
          for list in stations {
            let fits = list.indices.map { i in
              fitShares(loss(tone: t, channel: c, station: first + i, span: k), at: strengths, kappas: kappas)
            }
            for m in kappas.indices { out += fits.map { Float($0[m]) } }
            first += list.count
          }
        }
      }
    }
    return out
  }
}

/// Fitted shares of the removed area of one band and tone, [span][diameter][kappa].
private func areas(
  _ losses: [SIMD8<Double>], tone: Int, stations: [[Double]], spans: Int, at strengths: [Double], kappas: [Double]
) -> [Float] {
  let cells = stations.reduce(0) { $0 + $1.count } * spans
  var out: [Float] = []
  for k in 0..<spans {
    var first = 0
    for list in stations {
      var area = SIMD8<Double>.zero
      for m in 0..<8 {
        area[m] = discIntegral(list, list.indices.map { losses[tone * cells + (first + $0) * spans + k][m] })
      }
      out += fitShares(area, at: strengths, kappas: kappas).map { Float($0) }
      first += list.count
    }
  }
  return out
}
