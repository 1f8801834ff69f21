// This Monte Carlo against tables of another one, bin by bin: the test of the walk itself, before any fit. And against the
// model between the nodes of its tables: the test of the interpolation.

import ArgumentParser
import Foundation
import SkinOptics

/// Rows of `dot_profiles.csv`: colour ratios around a dot, one row per radial bin.
private struct ProfileRows {
  struct Row {
    var tone: String
    var depth: Double
    var diameter: Double
    var density: Double
    var radius: Double
    var ratio: SIMD3<Double>
  }
  var rows: [Row] = []

  init(folder: String) throws {
    let path = folder + "/dot_profiles.csv"
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw ValidationError("\(path) cannot be read")
    }
    let lines = text.split(whereSeparator: \.isNewline)
    let columns = ["tone", "depth_mm", "diam_mm", "OD550", "r_mm", "ratioR", "ratioG", "ratioB"]
    guard let head = lines.first, head.split(separator: ",").prefix(8).map(String.init) == columns else {
      throw ValidationError("\(path) does not begin with the columns \(columns.joined(separator: ","))")
    }
    for (number, line) in lines.enumerated().dropFirst() {
      let fields = line.split(separator: ",")
      let values = fields.dropFirst().prefix(7).compactMap { Double($0) }
      guard values.count == 7 else {
        throw ValidationError("\(path):\(number + 1): eight fields, seven of them numbers")
      }
      rows.append(
        Row(
          tone: String(fields[0]), depth: values[0], diameter: values[1], density: values[2], radius: values[3],
          ratio: SIMD3(values[4], values[5], values[6])))
    }
  }
}

/// Dots traced bin by bin, as ratios per linear sRGB channel.
private struct TracedDots {
  let depths: [Double]
  let diameters: [Double]
  private let bins = DotMeasures.dotEdges.count - 1
  private var loss: [[SIMD8<Double>]]
  private var square: [[SIMD8<Double>]]
  /// Linear sRGB of bare skin per tone.
  private(set) var light: [SIMD3<Double>]

  /// Traces all diameters at all depths in all tones of `plan`.
  init(_ plan: Plan, depths: [Double], diameters: [Double]) {
    (self.depths, self.diameters) = (depths, diameters)
    let tones = plan.tones.count
    let half = TableAxes.bodyHeight / 2
    let edges = DotMeasures.dotEdges
    let stations = (0..<bins).map { edges[$0]...edges[$0 + 1] }
    let cells = tones * diameters.count * bins * depths.count
    loss = [[SIMD8<Double>]](repeating: [SIMD8<Double>](repeating: .zero, count: cells), count: 3)
    square = loss
    light = [SIMD3<Double>](repeating: .zero, count: tones)
    for band in 0..<Spectrum.count {
      let slope = 550 / Spectrum.wavelengths[band]
      let absorptions = TableAxes.opticalDensities.map { Float($0 * slope / TableAxes.bodyHeight) }
      let cylinders = Cylinders(
        spans: depths.map { ($0 - half)...($0 + half) }, radii: diameters.map { $0 / 2 },
        stations: diameters.map { _ in stations }, absorptions: SIMD8(absorptions))
      let found = plan.losses(band: band, sets: [cylinders], layers: [], layerAbsorptions: .zero).sets[0]
      for t in 0..<tones {
        let weight = Spectrum.linearRGBWeight(band: band) * found.bare[t]
        light[t] += weight
        for c in 0..<3 {
          for i in (t * cells / tones)..<((t + 1) * cells / tones) {
            loss[c][i] += found.value[i] * weight[c]
            let error = found.error[i] * weight[c]
            square[c][i] += error * error
          }
        }
      }
    }
  }

  /// Ratio in a bin and its standard error; `density` indexes the optical densities of the tables.
  func ratio(tone: Int, depth: Int, diameter: Int, bin: Int, density: Int) -> (
    value: SIMD3<Double>, error: SIMD3<Double>
  ) {
    let cell = ((tone * diameters.count + diameter) * bins + bin) * depths.count + depth
    var value = SIMD3<Double>.zero
    var error = SIMD3<Double>.zero
    for c in 0..<3 {
      value[c] = 1 - loss[c][cell][density] / light[tone][c]
      error[c] = square[c][cell][density].squareRoot() / abs(light[tone][c])
    }
    return (value, error)
  }
}

/// Traces the dots of another Monte Carlo's table on its own bins and says how many ratios agree.
///
/// Both programs use the same estimator, so the other's standard error is taken as ours at its 64,000 paths.
func comparison(_ plan: Plan, folder: String) throws -> String {
  let table = try ProfileRows(folder: folder)
  let names = ["I", "II", "IV", "VI"]
  let edges = DotMeasures.dotEdges
  var plan = plan
  plan.tones = names.compactMap { SkinTone.fitzpatrick($0) }.map { ($0.melanin, $0.blood) }
  let dots = TracedDots(plan, depths: [0.18, 0.30, 0.50, 0.65, 0.80, 1.10, 1.50], diameters: [0.2, 0.3, 0.4, 0.6])

  var compared = 0
  var agreed = 0
  var outlier = ""
  var worst = 0.0
  for row in table.rows {
    guard let t = names.firstIndex(of: row.tone), let k = dots.depths.firstIndex(of: row.depth),
      let j = dots.diameters.firstIndex(of: row.diameter),
      let m = TableAxes.opticalDensities.firstIndex(of: row.density),
      let bin = edges.indices.dropLast().first(where: { row.radius < edges[$0 + 1] })
    else { continue }
    let ours = dots.ratio(tone: t, depth: k, diameter: j, bin: bin, density: m)
    for c in 0..<3 {
      let both = ours.error[c] * (1 + Double(plan.paths) / 64_000).squareRoot()
      let off = abs(ours.value[c] - row.ratio[c])
      compared += 1
      if off <= 4 * both + 0.0001 { agreed += 1 }
      if off - 4 * both > worst {
        worst = off - 4 * both
        outlier =
          "\(row.tone), depth \(row.depth), diameter \(row.diameter), OD \(row.density), r \(row.radius), channel \(c): "
          + "\(ours.value[c]) for \(row.ratio[c])"
      }
    }
  }
  let share = String(format: "%.2f", 100 * Double(agreed) / Double(max(compared, 1)))
  var text = "\(share) % of \(compared) ratios within 4 combined standard errors + 0.0001\nfarthest off: \(outlier)\n"
  for (t, name) in names.enumerated() {
    let lab = Lab(linearRGB: dots.light[t])
    text += "bare skin \(name): L* a* b* \([lab.lightness, lab.a, lab.b].map { String(format: "%.2f", $0) })\n"
  }
  return text
}

/// Traces dots between the nodes of the tables and says how far the model is from them, in CIEDE2000 over all bins.
func betweenNodes(_ plan: Plan) -> String {
  var plan = plan
  let skins = ["II", "III", "V"].compactMap { SkinTone.fitzpatrick($0) }
  plan.tones = skins.map { ($0.melanin, $0.blood) }
  let dots = TracedDots(
    plan, depths: [0.135, 0.21, 0.27, 0.35, 0.45, 0.57, 0.72, 0.95], diameters: [0.072, 0.09, 0.115, 0.18, 0.28, 0.45])
  var all: [Double] = []
  var text = ""
  for (k, depth) in dots.depths.enumerated() {
    var here: [Double] = []
    for (j, diameter) in dots.diameters.enumerated() {
      for (m, density) in TableAxes.opticalDensities.enumerated() {
        let body = PigmentBody(diameter: diameter, depth: depth, opticalDensity: density)
        for (t, skin) in skins.enumerated() {
          let model = DotMeasures(body, in: skin, edges: DotMeasures.dotEdges)
          for bin in model.ratios.indices {
            let traced = dots.ratio(tone: t, depth: k, diameter: j, bin: bin, density: m).value
            here.append(
              Lab(linearRGB: model.bare * model.ratios[bin]).difference(from: Lab(linearRGB: model.bare * traced)))
          }
        }
      }
    }
    text += "depth \(depth): " + spread(here) + "\n"
    all += here
  }
  return text + "all: " + spread(all) + "\n"
}

private func spread(_ values: [Double]) -> String {
  let sorted = values.sorted()
  let mean = values.reduce(0, +) / Double(values.count)
  return String(
    format: "mean %.2f, 95 %% %.2f, worst %.2f", mean, sorted[Int(0.95 * Double(sorted.count - 1))],
    sorted[sorted.count - 1])
}
