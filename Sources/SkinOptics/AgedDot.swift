// Where ageing meets the light in skin.
//
// The fade model's darkness is calibrated on what people see: clients ask for a touch-up when it falls to 0.65. So a
// picture draws that, and the optics say how much pigment it takes: the optical density is solved for at which treated
// skin is darker than bare skin by that share of the healed step in lightness. Taking the model's mass instead would
// fade pictures too slowly, because light saturates in dense dots and a dot that spreads takes more light away.

/// How much darker a patch with `density` bodies per cm² is than bare skin, L*.
func lightnessStep(removed area: SIMD3<Double>, density: Double, in skin: SkinTone) -> Double {
  let bare = skin.linearRGB
  return Lab(linearRGB: bare).lightness
    - Lab(linearRGB: bare * lightLeft(removed: area * (density / 100))).lightness
}

/// The body that `healed` has become: `width` mm wide, centred at `depth` mm, and as dense as makes the step in lightness
/// of skin with `density` of them per cm² `darkness` times the healed one's.
package func agedBody(
  _ healed: PigmentBody, darkness: Double, width: Double, depth: Double, density: Double, in skin: SkinTone
) -> PigmentBody {
  var body = PigmentBody(diameter: max(width, 0.02), depth: depth, opticalDensity: 0, ink: healed.ink)
  let wanted = darkness * lightnessStep(removed: removedArea(healed, in: skin), density: density, in: skin)
  guard wanted > 0 else { return body }
  func step(_ opticalDensity: Double) -> Double {
    body.opticalDensity = opticalDensity
    return lightnessStep(removed: removedArea(body, in: skin), density: density, in: skin)
  }
  // The step rises with density, so halving the interval finds the one answer, or the darkest there is.
  var (low, high) = (0.0, PigmentBody.opticalDensityRange.upperBound)
  for _ in 0..<30 {
    let middle = (low + high) / 2
    if step(middle) < wanted { low = middle } else { high = middle }
  }
  body.opticalDensity = (low + high) / 2
  return body
}

extension LossProfile {
  /// The same with every loss multiplied.
  func scaled(by factor: SIMD3<Double>) -> LossProfile {
    var profile = self
    for i in profile.core.indices { profile.core[i] *= factor }
    profile.near *= factor
    profile.far *= factor
    return profile
  }

  /// With the colour at its axis shifted by `red` on a* and `blue` on b*, its removed luminance kept.
  package func tinted(red: Double, blue: Double, in skin: SkinTone) -> LossProfile {
    if red == 0 && blue == 0 { return self }
    let bare = skin.linearRGB
    let peak = loss(at: 0)
    var colour = Lab(linearRGB: bare * (SIMD3(repeating: 1) - peak))
    colour.a += red
    colour.b += blue
    let wanted = SIMD3(repeating: 1) - linearRGB(colour) / bare
    var factor = SIMD3<Double>(repeating: 1)
    for c in 0..<3 where peak[c] > 1e-6 { factor[c] = min(max(wanted[c] / peak[c], 0.3), 1.7) }
    let before = luminance(bare * area)
    let after = luminance(bare * area * factor)
    return scaled(by: after > 0 ? factor * (before / after) : factor)
  }
}

/// Linear sRGB of a colour; the inverse of `Lab(linearRGB:)`.
private func linearRGB(_ lab: Lab) -> SIMD3<Double> {
  let fy = (lab.lightness + 16) / 116
  func inverse(_ f: Double) -> Double { f * f * f > 0.008856 ? f * f * f : (f - 16.0 / 116) / 7.787 }
  let x = inverse(fy + lab.a / 500) * 0.95047
  let y = inverse(fy)
  let z = inverse(fy - lab.b / 200) * 1.08883
  return SIMD3(
    3.2404542 * x - 1.5371385 * y - 0.4985314 * z, -0.9692660 * x + 1.8760108 * y + 0.0415560 * z,
    0.0556434 * x - 0.2040259 * y + 1.0572252 * z)
}
