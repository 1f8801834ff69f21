// Light taken by unbounded layers of pigment, and by nothing but the skin.

import RealModule

/// Scores paths against layers that reach everywhere.
struct LayerScorer {
  private(set) var taken: [SIMD8<Float>]
  private(set) var bare: [Double]
  private let low: SIMD16<Float>
  private let high: SIMD16<Float>
  private let spans: Int
  private let absorptions: SIMD8<Float>

  init(spans list: [ClosedRange<Double>], absorptions: SIMD8<Float>, tones: Int) {
    var low = SIMD16<Float>(repeating: 1e9)
    var high = SIMD16<Float>(repeating: 1e9)
    for (k, span) in list.enumerated() {
      low[k] = Float(span.lowerBound)
      high[k] = Float(span.upperBound)
    }
    (self.low, self.high, spans, self.absorptions) = (low, high, list.count, absorptions)
    taken = [SIMD8<Float>](repeating: .zero, count: tones * list.count)
    bare = [Double](repeating: 0, count: tones)
  }

  /// Adds a path; [tone][span].
  mutating func add(_ pieces: [Piece], weights: [Float]) {
    var inside = SIMD16<Float>.zero
    for piece in pieces {
      let z0 = piece.start.z
      let z1 = z0 + piece.direction.z * piece.length
      let top = min(z0, z1)
      let bottom = max(z0, z1)
      if bottom - top < 1e-6 { continue }
      let a = low.replacing(with: top, where: low .< top)
      let b = high.replacing(with: bottom, where: high .> bottom)
      var overlap = b - a
      overlap.replace(with: 0, where: overlap .< 0)
      inside += overlap * (piece.length / (bottom - top))
    }
    for t in weights.indices {
      bare[t] += Double(weights[t])
      for k in 0..<spans {
        var value = SIMD8<Float>.zero
        for m in 0..<8 { value[m] = 1 - Float.exp(-absorptions[m] * inside[k]) }
        taken[t * spans + k] += value * weights[t]
      }
    }
  }
}

/// Reflectance of bare skin over a grid of absorptions of epidermis and dermis.
struct BareScorer {
  private(set) var sums: [Double]
  private let epidermis: [Float]
  private let dermis: [Float]

  init(epidermis: [Double], dermis: [Double]) {
    self.epidermis = epidermis.map { Float($0) }
    self.dermis = dermis.map { Float($0) }
    sums = [Double](repeating: 0, count: epidermis.count * dermis.count)
  }

  mutating func add(_ path: Emergence) {
    let below = dermis.map { path.weight * Float.exp(-$0 * path.dermal) }
    for (i, mu) in epidermis.enumerated() {
      let above = Float.exp(-mu * path.epidermal)
      if above < 1e-9 { continue }
      for j in below.indices { sums[i * below.count + j] += Double(above * below[j]) }
    }
  }
}
