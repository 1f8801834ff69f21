// No two marks are the same: a hand lets the needle in a little slower here, at a slant there. Close up each mark has a
// width and an outline of its own, with the pigment that it has, so that a patch is as dark as before.

import Arithmetic

extension ViewPlanes.Spot {
  /// Pixels per mm from which on the shape of a mark shows.
  static let shapedFrom: Float = 6

  /// Takes the shape that belongs to a place on the skin: 0.82 to 1.18 times as wide, and up to a fifth longer one way.
  /// What it absorbs in all stays the same.
  mutating func shape(at place: SIMD3<Float>) {
    var h =
      UInt64(place.x.bitPattern) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(place.y.bitPattern) &* 0xC2B2_AE3D_27D4_EB4F
    h = mix64(h ^ UInt64(place.z.bitPattern))
    let width = 0.82 + 0.36 * Float(h & 0xFFFF) * 0x1p-16
    scale *= width
    strength /= width * width
    farStrength /= width * width
    // On slanted skin the foreshortening is the shape.
    if squeeze > 0.1 { return }
    let longer = 0.45 * Float((h >> 16) & 0xFFFF) * 0x1p-16
    let t = turn(180 * Double((h >> 32) & 0xFFFF) * 0x1p-16)
    strength *= ((1 + longer) / (1 + squeeze)).squareRoot()
    (nx, ny, squeeze) = (t.cosine, t.sine, longer)
  }
}
