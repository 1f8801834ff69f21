// Statistics of some of a picture's pixels. Blurs see the patch alone: what lies beside it weighs nothing.

import Arithmetic
import SkinOptics

/// Some pixels of a picture in linear light.
struct MeasuredPatch {
  private let mask: [Bool]
  private let light: [SIMD3<Float>]
  private let width: Int
  let count: Int
  /// Mean linear light.
  let mean: SIMD3<Double>

  init(_ mask: [Bool], of light: [SIMD3<Float>], width: Int) {
    (self.mask, self.light, self.width) = (mask, light, width)
    var (sum, count) = (SIMD3<Double>.zero, 0)
    for i in mask.indices where mask[i] {
      sum += SIMD3<Double>(light[i])
      count += 1
    }
    self.count = count
    mean = sum / Double(max(count, 1))
  }

  /// L*, a* and b* of every pixel of the patch; zero elsewhere.
  func lab() -> [SIMD3<Float>] {
    mask.indices.map { i in
      guard mask[i] else { return .zero }
      let lab = Lab(linearRGB: SIMD3<Double>(light[i]))
      return SIMD3(Float(lab.lightness), Float(lab.a), Float(lab.b))
    }
  }

  /// Standard deviation of L* between Gaussian blurs of two widths, pixels; of the patch's inside, where the wider blur
  /// lies on the patch.
  func deviation(between fine: Double, and coarse: Double) -> Double {
    let lab = lab()
    let (a, _) = blurred(lab, sigma: fine)
    let (b, weight) = blurred(lab, sigma: coarse)
    return deviation(zip(a, b).map { $0 - $1 }, where: weight).x
  }

  /// Standard deviations of a* and b* after a blur, pixels.
  func deviations(blurredBy sigma: Double) -> (a: Double, b: Double) {
    let (values, weight) = blurred(lab(), sigma: sigma)
    let found = deviation(values, where: weight)
    return (found.y, found.z)
  }

  private func deviation(_ values: [SIMD3<Float>], where weight: [Float]) -> SIMD3<Double> {
    var (sum, squares, count) = (SIMD3<Double>.zero, SIMD3<Double>.zero, 0.0)
    for i in mask.indices where mask[i] && weight[i] > 0.95 {
      let v = SIMD3<Double>(values[i])
      sum += v
      squares += v * v
      count += 1
    }
    guard count > 1 else { return .zero }
    let mean = sum / count
    return (squares / count - mean * mean).clamped(lowerBound: .zero, upperBound: SIMD3(repeating: 1e9)).squareRoot()
  }

  /// A Gaussian blur of the patch's own pixels, and how much of the kernel lay on them.
  private func blurred(_ values: [SIMD3<Float>], sigma: Double) -> (values: [SIMD3<Float>], weight: [Float]) {
    let reach = Int((3 * sigma).rounded(.up))
    let bell = (-reach...reach).map { Float(exponential(-Double($0 * $0) / (2 * max(sigma * sigma, 1e-6)))) }
    let total = bell.reduce(0, +)
    let kernel = bell.map { $0 / total }
    let height = mask.count / width
    var current = mask.indices.map { mask[$0] ? SIMD4(values[$0], 1) : .zero }
    for (step, length) in [(1, width), (width, height)] {
      let source = current
      current = tabulate(mask.count, initial: SIMD4<Float>.zero) { i in
        let at = step == 1 ? i % width : i / width
        var sum = SIMD4<Float>.zero
        for k in max(-reach, -at)...min(reach, length - 1 - at) { sum += source[i + k * step] * kernel[k + reach] }
        return sum
      }
    }
    return (
      current.map { $0.w > 0 ? SIMD3($0.x, $0.y, $0.z) / $0.w : .zero }, current.map(\.w)
    )
  }
}

extension SkinMeasures {
  /// `nil` for a patch of less than 100 pixels.
  init?(_ patch: MeasuredPatch) {
    guard patch.count >= 100 else { return nil }
    let inside = patch.lab().filter { $0 != .zero }
    func median(_ values: [Float]) -> Double { Double(values.sorted()[values.count / 2]) }
    let lightness = median(inside.map(\.x))
    let mottle = patch.deviations(blurredBy: 3)
    self.init(
      pixels: patch.count, lightness: lightness, a: median(inside.map(\.y)), b: median(inside.map(\.z)),
      texture: patch.deviation(between: 0.7, and: 1.5), mottleA: mottle.a, mottleB: mottle.b,
      highlights: Double(inside.count { Double($0.x) > lightness + 12 }) / Double(inside.count),
      brightest: Double(inside.map(\.x).max() ?? 0))
  }
}
