// No two marks are the same: a hand lets the needle in a little slower here, at a slant there, and now and then beside a dot
// that it has just set. Each mark is as wide, and takes as much light, as its own place says; close up it is two overlapping
// drops, so that it has an outline of its own. On photographs the widths of dots vary by 0.30 to 0.33 of their mean and
// their contrast by 0.31; a patch of many is as dark as if all were alike.

import Arithmetic

/// The shape that belongs to a place on the skin.
struct MarkShape {
  /// Pixels per mm from which on its outline shows.
  static let shownFrom: Float = 6
  /// Widths are spread evenly over 1 ± this, which is a variation of 0.28.
  private static let widthSpread: Float = 0.48
  /// Share of marks that are two dots side by side.
  private static let doubles: Float = 0.04

  private let width: Float
  private let isDouble: Bool
  private let hash: UInt64
  /// Light it takes for its size, over the mean of all.
  private let load: Float

  @inline(__always)
  init(at place: SIMD3<Float>) {
    var h =
      UInt64(place.x.bitPattern) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(place.y.bitPattern) &* 0xC2B2_AE3D_27D4_EB4F
    h = mix64(h ^ UInt64(place.z.bitPattern))
    hash = h
    isDouble = Self.share(h, 48) < Self.doubles
    width = 1 + Self.widthSpread * (2 * Self.share(h, 0) - 1)
    // The mean of the squared width, and a double is half as much again.
    let mean = (1 + Self.widthSpread * Self.widthSpread / 3) * (1 + 0.5 * Self.doubles)
    load = (isDouble ? 1.5 : 1) / mean
  }

  @inline(__always)
  private static func share(_ hash: UInt64, _ shift: UInt64) -> Float { Float((hash >> shift) & 0xFFFF) * 0x1p-16 }

  /// Light that the mark takes over the mean of all: what is left of its shape from afar.
  @inline(__always)
  var weight: Float { load * width * width }

  /// The two drops of a mark.
  ///
  /// - Parameter own: width of the dark part of its style, mm.
  func drops(of spot: ViewPlanes.Spot, width own: Float) -> (ViewPlanes.Spot, ViewPlanes.Spot) {
    let size: Float = isDouble ? 0.9 : 0.86
    let luck = Self.share(hash, 16)
    let (one, direction) = (0.38 + 0.24 * luck, turn(360 * Double(Self.share(hash, 32))))
    // Two drops as far apart as makes them an oval, or two dots.
    let apart = (isDouble ? 1.5 : 0.2 + 0.5 * luck) * own * width * spot.scale
    func drop(_ part: Float, _ side: Float) -> ViewPlanes.Spot {
      var drop = spot
      drop.scale *= width * size
      drop.strength *= load * part / (size * size)
      drop.farStrength *= load * part / (size * size)
      drop.x += side * apart * direction.cosine
      drop.y += side * apart * direction.sine
      return drop
    }
    return (drop(one, 1 - one), drop(1 - one, -one))
  }
}

extension ViewPlanes.Spot {
  /// How much longer than wide a slanted absorber is seen: most of what a shaft shows lies within a few tenths of a
  /// millimetre below the skin (by eye on close-ups, grade D).
  static let drawnOut: Float = 1.8

  /// Draws the mark out along a direction of the picture. Where it absorbs and how much in all stay the same.
  mutating func drawOut(along x: Float, _ y: Float) {
    let length = (x * x + y * y).squareRoot()
    // On slanted skin the foreshortening is the shape.
    if squeeze > 0.1 || length < 0.3 { return }
    let longer = 1 + (Self.drawnOut - 1) * length
    scale *= longer.squareRoot()
    farStrength /= longer
    (nx, ny) = (-y / length, x / length)
    strength *= (1 / (1 + squeeze)).squareRoot()
    squeeze = longer * longer - 1
  }
}
