// From the template to one head: scaling to its measurements and a slight asymmetry. Everything that is painted
// stays in template coordinates.

import Arithmetic

/// A smooth map from the template frame to the head frame.
struct HeadWarp: Sendable, Equatable {
  /// Scale of breadth and depth.
  var scaleX: Float = 1
  var scaleZ: Float = 1
  /// Scale of height above and below the Frankfort plane; they pass into each other over ±20 mm.
  var scaleUp: Float = 1
  var scaleDown: Float = 1
  /// Breadth of the face between the zygomatic arches, and of the vault above the greatest breadth, on top of `scaleX`.
  var faceScale: Float = 1
  var vaultScale: Float = 1
  /// Amount of left-right asymmetry; 1 moves skin by up to about 1 mm.
  var asymmetry: Float = 1

  private static let blend: Float = 20

  /// Integral of the share of `scaleUp` from 0 to `y`.
  private static func shareOfUp(_ y: Float) -> Float {
    // The share is smoothstep(-b, b); its integral is t^3 - t^4 / 2 in units of 2b.
    func integral(_ y: Float) -> Float {
      if y <= -blend { return 0 }
      if y >= blend { return y }
      let t = (y + blend) / (2 * blend)
      return 2 * blend * (t * t * t - t * t * t * t / 2)
    }
    return integral(y) - integral(0)
  }

  /// Height in the head frame of a template height.
  func height(_ y: Float) -> Float { scaleDown * y + (scaleUp - scaleDown) * Self.shareOfUp(y) }

  /// The `scaleUp` that takes template height `y` (above 20) to `target`.
  func scaleUp(taking y: Float, to target: Float) -> Float {
    scaleDown + (target - scaleDown * y) / Self.shareOfUp(y)
  }

  /// How far skin at a template position stands from where symmetry would have it, mm.
  ///
  /// Jaw and nose tip lean to the left, the left brow and eye stand higher, the right occiput is fuller. Nothing
  /// moves at the tragions, which carry the frame.
  static func asymmetry(_ p: SIMD3<Float>) -> SIMD3<Float> {
    let front = smoothstep(20, 80, p.z)
    let jaw = smoothstep(-15, -95, from: p.y) * smoothstep(-20, 40, p.z)
    let nose = front * bump((p.y + 20) / 22) * bump(p.x / 25)
    let eyes = front * bump((p.y - 18) / 45)
    let back = smoothstep(-20, -95, from: p.z) * bump((p.y - 35) / 70)
    let side = p.x / 60
    return SIMD3(0.8 * jaw + 0.5 * nose, 0.6 * side * eyes + 0.3 * side * jaw, 0.8 * side * back)
  }

  /// Scale of breadth at a template height and depth.
  ///
  /// The face's share is 1 over the zygomatic arches and ends above the brows, in front of the ears and at the throat;
  /// the vault's begins above the greatest breadth. Neither moves the midline.
  func breadthScale(_ y: Float, _ z: Float) -> Float {
    let face = smoothstep(-10, 30, z) * (1 - smoothstep(18, 68, y)) * smoothstep(-130, -80, y)
    let vault = smoothstep(60, 112, y)
    return scaleX * (1 + (faceScale - 1) * face) * (1 + (vaultScale - 1) * vault)
  }

  /// Head-frame position of a template position.
  func position(_ p: SIMD3<Float>) -> SIMD3<Float> {
    let q = asymmetry == 0 ? p : p + Self.asymmetry(p) * asymmetry
    return SIMD3(q.x * breadthScale(q.y, q.z), height(q.y), q.z * scaleZ)
  }

  /// Position and unit normal in the head frame.
  func surface(_ p: SIMD3<Float>, normal n: SIMD3<Float>) -> (position: SIMD3<Float>, normal: SIMD3<Float>) {
    let e: Float = 0.5
    let dx = position(p + SIMD3(e, 0, 0)) - position(p - SIMD3(e, 0, 0))
    let dy = position(p + SIMD3(0, e, 0)) - position(p - SIMD3(0, e, 0))
    let dz = position(p + SIMD3(0, 0, e)) - position(p - SIMD3(0, 0, e))
    // Normals transform by the cofactors of the Jacobian.
    let m = cross(dy, dz) * n.x + cross(dz, dx) * n.y + cross(dx, dy) * n.z
    return (position(p), normalized(m))
  }
}

/// 1 at 0, falling smoothly to 0 at ±1.
@inline(__always)
private func bump(_ t: Float) -> Float {
  let q = 1 - t * t
  return q > 0 ? q * q : 0
}

/// 0 above `high`, 1 below `low`, for a falling coordinate.
@inline(__always)
private func smoothstep(_ high: Float, _ low: Float, from value: Float) -> Float { smoothstep(-high, -low, -value) }
