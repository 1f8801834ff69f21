// A loss profile as a pixel sees it: averaged over the pixel's footprint on the skin. Averaging the loss of each dot
// first, and only then turning it into optical density and adding, keeps the colour of a treated patch the same from
// a macro picture to a thumbnail; averaging densities does not.

import Arithmetic

extension LossProfile {
  /// This profile averaged over a Gaussian of `sigma` mm on the surface. Its `area` stays the same.
  public func blurred(sigma: Double) -> LossProfile {
    var result = self
    let widened = (nearSigma * nearSigma + sigma * sigma).squareRoot()
    result.near *= nearSigma * nearSigma / (widened * widened)
    result.nearSigma = widened
    for c in 0..<3 {
      let variance = farSigma[c] * farSigma[c] + sigma * sigma
      result.far[c] *= farSigma[c] * farSigma[c] / variance
      result.farSigma[c] = variance.squareRoot()
    }
    result.core = blurredCore(sigma: sigma)
    result.step = blurredStep(sigma: sigma)
    return result
  }

  /// Fine enough for the narrower of core table and footprint, and no finer.
  private func blurredStep(sigma: Double) -> Double { max(step, sigma / 4) }

  private func blurredCore(sigma: Double) -> [SIMD3<Double>] {
    // Nothing is averaged over nothing; so fine a footprint would take hours.
    if !(sigma > step * 1e-6) || core.isEmpty { return core }
    let outStep = blurredStep(sigma: sigma)
    let reach = Double(core.count - 1) * step + 3.5 * sigma
    let count = Int((reach / outStep).rounded(.up)) + 1
    let before = coreArea
    var table = [SIMD3<Double>](repeating: .zero, count: count)
    // Integrate the core over rings: the Gaussian's weight of a ring at x, seen from r.
    let fine = max(1, Int((4 * step / sigma).rounded(.up)))
    let h = step / Double(fine)
    for i in 0..<count {
      let r = Double(i) * outStep
      var sum = SIMD3<Double>.zero
      for j in 0..<((core.count - 1) * fine) {
        let x = (Double(j) + 0.5) * h
        let d = (r - x) / sigma
        if d > 6 || d < -6 { continue }
        let position = x / step
        // Half a step of `fine` below the last entry at most: rounding does not reach it.
        let cell = Int(position)
        let value = core[cell] + (core[cell + 1] - core[cell]) * (position - Double(cell))
        sum += value * (x * exponential(-0.5 * d * d) * scaledBesselI0(r * x / (sigma * sigma)))
      }
      table[i] = sum * (h / (sigma * sigma))
    }
    table[count - 1] = .zero
    // Quadrature and cut-off lose a little: give the area back.
    var result = self
    result.core = table
    result.step = outStep
    let after = result.coreArea
    for i in table.indices {
      for c in 0..<3 where after[c] > 0 { table[i][c] = min(0.99, table[i][c] * before[c] / after[c]) }
    }
    return table
  }
}
