import Arithmetic

/// A round patch that sends out more light than the skin around it, as a profile of negative loss.
///
/// - Parameters:
///   - radius: mm; the edge is soft over about 0.2 mm.
///   - lightening: gain in reflectance at the centre per linear sRGB channel, 0 to 1.
public func paleDisc(radius: Double, lightening: SIMD3<Double>) -> LossProfile {
  let step = 0.02
  // No patch is wider than a head.
  let count = Int(held((radius + 0.35) / step, 0, 50_000)) + 2
  let core = (0..<count).map { i in
    -lightening * blurredDisc(at: Double(i) * step, radius: radius, sigma: 0.12)
  }
  return LossProfile(
    core: core + [.zero], step: step, near: .zero, nearSigma: 0.3, far: .zero, farSigma: SIMD3(repeating: 1))
}
