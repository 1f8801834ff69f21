// Where a hair leaves the skin it comes out of a small pit, which keeps light from its own walls: close up a dot about
// the pore, from afar a little of what makes shaved skin dark. The light that is left in a pit has been off skin more than
// once, so that red is left most.

import Arithmetic

/// The mouth of a follicle as a loss: a soft round spot.
///
/// - Parameter diameter: mm; 0.1 to 0.3; 0.1 to 0.2 more than the shaft (by judgement, grade D).
public func follicleMouth(diameter: Double = 0.285) -> LossProfile {
  let count = Int(held((diameter / 2 + 0.1) / coreStep, 0, 1000)) + 1
  let core = (0..<count).map { i in
    SIMD3(0.86, 0.90, 0.91) * blurredDisc(at: Double(i) * coreStep, radius: diameter / 2, sigma: 0.025)
  }
  return LossProfile(
    core: core + [.zero], step: coreStep, near: .zero, nearSigma: 0.3, far: .zero, farSigma: SIMD3(repeating: 1))
}
