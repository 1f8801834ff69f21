// From linear light to the bytes of a picture: straight up to a soft shoulder, then sRGB.
//
// A film-like curve would look richer and lie: it costs a third of a dot's contrast on fair skin, and most in red, which
// turns pigment pink. This one leaves skin and dots as they are and only bends highlights, above three quarters of full
// scale, so that shine does not burn out.

import Arithmetic

enum ToneCurve {
  /// Display light for scene light: identity to 0.75, then towards 1 without a corner.
  @inline(__always)
  static func shoulder(_ x: Float) -> Float { x <= 0.75 ? x : 1 - 0.25 * exponential(3 - 4 * x) }
}
