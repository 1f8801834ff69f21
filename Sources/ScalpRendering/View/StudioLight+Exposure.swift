// How long a camera exposes. It does so for the face before it, but by half only: dark skin is lifted from where its
// albedo puts it towards where fair skin lies, and stays darker. Photographs of treated scalps have foreheads at L* 69 to
// 80 on fair skin and at 53 to 66 on types V and VI, whose albedos alone would give 33 to 51.
//
// One exposure serves a series: it knows the skin's tone and the lamps, not what is done to the skin, so that before, after
// and every year can be compared.

import Arithmetic
import SkinOptics

extension StudioLight {
  /// What is left of a skin's darkness against type II, as a power of its luminance.
  private static let kept = 0.55

  /// These lamps, exposed for a skin.
  ///
  /// - Parameter ownColours: whether the head is drawn in a scan's own colours. Those come from a camera that has exposed
  ///   for them; the design's tone may be no more than a guess at them, so it counts by a third.
  func exposed(for tone: SkinTone, ownColours: Bool) -> StudioLight {
    var light = self
    light.exposure *= Float(Self.gain(for: tone, share: ownColours ? 1.0 / 3 : 1))
    return light
  }

  /// Exposure for a skin over that for type II.
  static func gain(for tone: SkinTone, share: Double = 1) -> Double {
    func luminance(_ tone: SkinTone) -> Double {
      let c = tone.linearRGB
      return max(0.2126 * c.x + 0.7152 * c.y + 0.0722 * c.z, 0.01)
    }
    let darkness = logarithm(luminance(SkinTone.presets[1])) - logarithm(luminance(tone))
    return exponential((1 - kept) * share * darkness)
  }
}
