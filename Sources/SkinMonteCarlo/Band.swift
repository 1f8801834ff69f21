// All paths of one spectral band, in batches that run side by side and are added in order.

import Arithmetic
import SkinOptics

/// What to trace.
struct Plan: Sendable {
  var seed: UInt64 = 1
  /// Paths per band that are scored against absorbers.
  var paths = 256_000
  /// Paths per band for bare skin.
  var barePaths = 400_000
  var threads: Int?
  /// Batches of a band; the spread between them is the error.
  static let batches = 8
  var tones: [(melanin: Double, blood: Double)] = TableAxes.tones
}

extension Plan {
  private func walker(band: Int, epidermis: Double, dermis: Double) -> Walker {
    Walker(
      reducedScattering: Chromophores.reducedScattering(band: band), anisotropy: Chromophores.anisotropy,
      index: Chromophores.refractiveIndex, layer: Chromophores.melaninTop...Chromophores.melaninBottom,
      epidermis: epidermis, dermis: dermis)
  }

  /// Share of light that passes the surface straight down.
  static let entering: Double = {
    let n = Chromophores.refractiveIndex
    let r = (n - 1) / (n + 1)
    return 1 - r * r
  }()

  /// Reflectance of bare skin in a band, [epidermis node][dermis node].
  func bare(band: Int) -> [Double] {
    let walker = walker(band: band, epidermis: TableAxes.epidermis[0], dermis: TableAxes.dermis[0])
    let source = CounterRandom(seed: seed, stream: 0xBA5E_0000 + UInt64(band))
    let parts = mapTiles(Plan.batches, threads: threads) { batch in
      var scorer = BareScorer(epidermis: TableAxes.epidermis, dermis: TableAxes.dermis)
      var pieces: [Piece] = []
      for path in stride(from: batch, to: barePaths, by: Plan.batches) {
        var random = PathRandom(source, path: path)
        if let out = walker.walk(&random, pieces: &pieces) { scorer.add(out) }
      }
      return scorer.sums
    }
    var sum = parts[0]
    for part in parts.dropFirst() { for i in sum.indices { sum[i] += part[i] } }
    return sum.map { $0 * Plan.entering / Double(barePaths) }
  }

  /// What absorbers take in a band. `losses` hold F, [tone][station][span], and its standard error.
  struct Losses: Sendable {
    var bare: [Double]
    var value: [SIMD8<Double>]
    var error: [SIMD8<Double>]
  }

  /// Traces a band once for several sets of cylinders and for layers.
  func losses(band: Int, sets: [Cylinders], layers: [ClosedRange<Double>], layerAbsorptions: SIMD8<Float>)
    -> (sets: [Losses], layers: Losses)
  {
    let epidermis = tones.map { Chromophores.epidermis(band: band, melanin: $0.melanin) }
    let dermis = tones.map { Chromophores.dermis(band: band, blood: $0.blood) }
    let walker = walker(band: band, epidermis: epidermis.min() ?? 0, dermis: dermis.min() ?? 0)
    let source = CounterRandom(seed: seed, stream: 0xD075_0000 + UInt64(band))
    let muE = epidermis.map { Float($0) }
    let muD = dermis.map { Float($0) }
    let parts = mapTiles(Plan.batches, threads: threads) { batch in
      var scorers = sets.map { CylinderScorer($0, tones: muE.count) }
      var layer = LayerScorer(spans: layers, absorptions: layerAbsorptions, tones: muE.count)
      var pieces: [Piece] = []
      var weights = [Float](repeating: 0, count: muE.count)
      for path in stride(from: batch, to: paths, by: Plan.batches) {
        var random = PathRandom(source, path: path)
        guard let out = walker.walk(&random, pieces: &pieces) else { continue }
        for t in weights.indices {
          weights[t] = out.weight * exponential(-muE[t] * out.epidermal - muD[t] * out.dermal)
        }
        for s in scorers.indices { scorers[s].add(pieces, weights: weights, random: &random) }
        layer.add(pieces, weights: weights)
      }
      return (scorers.map(\.sums), CylinderSums(bare: layer.bare, taken: layer.taken))
    }
    let perPath = Plan.entering / Double(paths)
    func combine(_ batches: [CylinderSums]) -> Losses {
      let tones = batches[0].bare.count
      let cells = batches[0].taken.count / max(tones, 1)
      let bare = (0..<tones).map { t in batches.reduce(0) { $0 + $1.bare[t] } }
      var value = [SIMD8<Double>](repeating: .zero, count: tones * cells)
      var error = value
      let n = Double(batches.count)
      for t in 0..<tones {
        for i in (t * cells)..<((t + 1) * cells) {
          var sum = SIMD8<Double>.zero
          for batch in batches { sum += SIMD8<Double>(batch.taken[i]) }
          value[i] = sum / bare[t]
          var squares = SIMD8<Double>.zero
          for batch in batches {
            // Deviation of the batch's ratio, weighted by its share of the light.
            let d = (SIMD8<Double>(batch.taken[i]) - value[i] * batch.bare[t]) / bare[t]
            squares += d * d
          }
          error[i] = (squares * n / (n - 1)).squareRoot()
        }
      }
      return Losses(bare: bare.map { $0 * perPath }, value: value, error: error)
    }
    return (
      sets.indices.map { s in combine(parts.map { $0.0[s] }) }, combine(parts.map(\.1))
    )
  }
}

/// Results of `count` tiles in tile order, whatever ran when.
func mapTiles<T: Sendable>(_ count: Int, threads: Int?, _ body: @Sendable (Int) -> T) -> [T] {
  var results = [T?](repeating: nil, count: count)
  results.withUnsafeMutableBufferPointer { buffer in
    nonisolated(unsafe) let out = buffer
    parallelTiles(count, threads: threads) { out[$0] = body($0) }
  }
  return results.compactMap { $0 }
}
