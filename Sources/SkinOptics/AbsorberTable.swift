// Tables of upright absorbers under skin, and how to read between their nodes.
//
// F(r) = sum over k of A_k(r) (1 - exp(-kappa_k x)): A_k is the share of the returning light whose path inside the absorber
// is kappa_k times its strength x (correlated k; Goody et al. 1989). So strength, and with it fading and the colour of the
// ink, stays analytic. Between depths ln F is linear; between diameters stations are blended one by one, edge on edge;
// between tones F is linear in the logarithm of melanin.

import Arithmetic

/// A family of absorbers: pigment bodies or hair shafts.
struct AbsorberTable: Sendable {
  /// [tone][channel][depth][diameter][kappa][station]
  let shares: [Float]
  /// [tone][band][depth][diameter][kappa]
  let areaShares: [Float]
  let depths: [Double]
  let diameters: [Double]
  let kappas: [Double]

  static let dots = AbsorberTable(
    shares: DotTable.values, areaShares: DotAreaTable.values, depths: TableAxes.depths, diameters: TableAxes.diameters,
    kappas: TableAxes.kappas)
  static let hairs = AbsorberTable(
    shares: HairTable.values, areaShares: HairAreaTable.values, depths: TableAxes.hairDepths,
    diameters: TableAxes.hairDiameters, kappas: TableAxes.hairKappas)

  /// Where an absorber lies between the nodes.
  struct Place {
    var tone: (cell: Int, fraction: Double)
    var depth: (cell: Int, fraction: Double)
    var diameter: (cell: Int, fraction: Double)
    /// Diameter over the nearest node's, where it lies outside the table; else 1.
    var beyond: Double
  }

  func place(skin: SkinTone, depth: Double, diameter: Double) -> Place {
    Place(
      tone: bracket(logarithm(max(skin.melanin, 1e-6)), in: AbsorberTable.toneLogs),
      depth: bracket(depth, in: depths), diameter: bracket(diameter, in: diameters),
      beyond: diameter / min(max(diameter, diameters[0]), diameters[diameters.count - 1]))
  }

  private static let toneLogs = TableAxes.tones.map { logarithm($0.melanin) }

  /// Loss per channel at the stations.
  ///
  /// - Parameter strength: per channel; what `kappas` multiply.
  func losses(at place: Place, strength: SIMD3<Double>) -> [SIMD3<Double>] {
    let stations = TableAxes.stationCount
    let k = kappas.count
    let block = k * stations
    var out = [SIMD3<Double>](repeating: .zero, count: stations)
    var upper = [Double](repeating: 0, count: stations)
    var lower = upper
    shares.withUnsafeBufferPointer { shares in
      for channel in 0..<3 {
        let taken = kappas.map { 1 - exponential(-$0 * strength[channel]) }
        func gather(_ depth: Int, into sum: inout [Double]) {
          for i in 0..<stations { sum[i] = 0 }
          for (t, toneWeight) in ends(place.tone) {
            for (j, diameterWeight) in ends(place.diameter) {
              let weight = toneWeight * diameterWeight
              if weight == 0 { continue }
              let start = (((t * 3 + channel) * depths.count + depth) * diameters.count + j) * block
              for m in 0..<k {
                let scale = weight * taken[m]
                let row = start + m * stations
                for i in 0..<stations { sum[i] += scale * Double(shares[row + i]) }
              }
            }
          }
        }
        gather(place.depth.cell, into: &upper)
        let f = place.depth.fraction
        if f == 0 {
          for i in 0..<stations { out[i][channel] = upper[i] }
        } else {
          gather(place.depth.cell + 1, into: &lower)
          for i in 0..<stations { out[i][channel] = geometric(upper[i], lower[i], f) }
        }
      }
    }
    if place.beyond < 1 {
      // Thinner than the table: a small absorber takes light in proportion to its area.
      for i in out.indices { out[i] *= place.beyond * place.beyond }
    }
    return out
  }

  /// Removed area per band, mm².
  ///
  /// - Parameter strength: per band.
  func areas(at place: Place, strength: [Double]) -> [Double] {
    let k = kappas.count
    let bands = Spectrum.count
    let logs = (logarithm(diameters[place.diameter.cell]), logarithm(diameters[place.diameter.cell + 1]))
    let diameter =
      diameters[place.diameter.cell] * (1 - place.diameter.fraction)
      + diameters[place.diameter.cell + 1] * place.diameter.fraction
    // Areas go by a power of the diameter, also a little beyond the table.
    let across = (logarithm(diameter * place.beyond) - logs.0) / (logs.1 - logs.0)
    return areaShares.withUnsafeBufferPointer { shares in
      (0..<bands).map { band in
        let taken = kappas.map { 1 - exponential(-$0 * strength[band]) }
        func area(_ depth: Int) -> Double {
          var sum = 0.0
          for (t, weight) in ends(place.tone) where weight > 0 {
            func node(_ j: Int) -> Double {
              let start = (((t * bands + band) * depths.count + depth) * diameters.count + j) * k
              var area = 0.0
              for m in 0..<k { area += taken[m] * Double(shares[start + m]) }
              return area
            }
            sum += weight * geometric(node(place.diameter.cell), node(place.diameter.cell + 1), across)
          }
          return sum
        }
        let f = place.depth.fraction
        return f == 0 ? area(place.depth.cell) : geometric(area(place.depth.cell), area(place.depth.cell + 1), f)
      }
    }
  }

  private func ends(_ at: (cell: Int, fraction: Double)) -> [(Int, Double)] {
    [(at.cell, 1 - at.fraction), (at.cell + 1, at.fraction)]
  }
}

/// From `a` (t = 0) to `b` (t = 1), linear in the logarithm; linear where one of them is nothing.
@inline(__always)
func geometric(_ a: Double, _ b: Double, _ t: Double) -> Double {
  if a <= 1e-9 || b <= 1e-9 { return max(0, a + (b - a) * t) }
  return a * exponential(logarithm(b / a) * t)
}
