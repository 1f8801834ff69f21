// The colour of skin at one point: albedo with the blotches that skin has, light from the lamps, and oil on top.
//
// Diffuse and specular are kept apart to the end: pigment lies under the surface, so it darkens the first and leaves
// the second alone, which is what makes it read as being in the skin and not on it.

import HeadGeometry
import SkinOptics

/// How the skin of a head looks.
public struct SkinLook: Sendable, Equatable {
  public var tone: SkinTone
  /// 0 matt to 1 oily.
  public var shine: Float = 0.4
  /// Shadow of a shaved beard, 0 to 1.
  public var beard: Float = 0
  /// Lips and cheeks: 1 is natural.
  public var flush: Float = 1
  /// Colour of eyebrows and lashes, linear Rec.709 albedo.
  public var browColour = SIMD3<Float>(0.035, 0.024, 0.018)
  /// Per vertex, 0 to 1: how much of the surface is scar (paler, smoother, no pores). Empty for none.
  public var scarWeight: [Float] = []
  /// Per vertex, 0 to 1: how much paler the skin is than `tone`, where hair used to keep the sun off; at 1 it has 0.6 of its
  /// melanin. Empty for none. A scan's own colours hold their tan lines already.
  public var paleWeight: [Float] = []
  /// Seed of blotches and pores.
  public var seed: UInt64 = 1

  public init(tone: SkinTone) { self.tone = tone }
}

/// Diffuse and specular light of one point.
struct ShadedPoint {
  var diffuse: SIMD3<Float>
  var specular: SIMD3<Float>
}

/// What is the same for every point of a view.
struct SkinShader {
  let base: SIMD3<Float>
  /// Change of log albedo with the logarithm of melanin and of blood.
  let melaninTint: SIMD3<Float>
  let bloodTint: SIMD3<Float>
  /// What a full shaved beard leaves of the light.
  let beardShadow: SIMD3<Float>
  let look: SkinLook
  let lamps: [StudioLight.Softbox]
  /// Softbox directions in the head frame.
  let lampDirections: [SIMD3<Float>]
  let rim: SIMD3<Float>
  let noiseSeed: UInt32
  /// Finest structure that pixels resolve: mm per pixel.
  let pixelSize: Float
  let hasPaint: Bool

  init(look: SkinLook, light: StudioLight, camera: Camera, pixelSize: Float, hasPaint: Bool) {
    self.look = look
    let tone = look.tone
    base = SIMD3<Float>(tone.linearRGB)
    func slope(_ melanin: Double, _ blood: Double) -> SIMD3<Float> {
      let up = BareSkin.linearRGB(melanin: tone.melanin * (1 + melanin), blood: tone.blood * (1 + blood))
      let down = BareSkin.linearRGB(melanin: tone.melanin, blood: tone.blood)
      return SIMD3<Float>((up - down) / down / (0.25))
    }
    melaninTint = slope(0.25, 0)
    bloodTint = slope(0, 0.25)
    let hair = removedArea(HairShaft(diameter: 0.09, absorption: 30), in: tone)
    var shadow = SIMD3<Float>.zero
    for c in 0..<3 { shadow[c] = fastExp(Float(-0.35 * hair[c])) }
    beardShadow = shadow
    lamps = Array(light.softboxes.prefix(3))
    lampDirections = lamps.map {
      normalized(camera.right * $0.direction.x + camera.up * $0.direction.y - camera.forward * $0.direction.z)
    }
    rim = light.above
    noiseSeed = UInt32(truncatingIfNeeded: mix64(look.seed ^ 0x5A17))
    self.pixelSize = pixelSize
    self.hasPaint = hasPaint
  }

  /// How far a structure of `wavelength` mm is resolved, 0 to 1.
  @inline(__always)
  private func resolved(_ wavelength: Float) -> Float { smoothstep(1.2, 3.5, wavelength / pixelSize) }

  /// Shades one point.
  ///
  /// - Parameters:
  ///   - place: paint coordinates (the head's own where there are none), mm.
  ///   - view: unit vector towards the camera.
  ///   - own: albedo of the client's own skin, blotches, lips and all; `nil` where the model has to make it.
  func shade(
    place: SIMD3<Float>, normal: SIMD3<Float>, view: SIMD3<Float>, irradiance: SIMD3<Float>, gradient: SIMD3<Float>,
    visible: SIMD4<Float>, scar: Float, pale: Float, own: SIMD3<Float>?
  ) -> ShadedPoint {
    var melanin: Float = 0
    var blood: Float = 0
    if own == nil {
      // Blotches: melanin over 8 and 2.5 mm, blood over 14 and 4 mm.
      let wide = valueNoise(place * 0.07, seed: noiseSeed)
      let middle = valueNoise(place * 0.26, seed: noiseSeed &+ 1)
      let fine = valueNoise(place * 0.8, seed: noiseSeed &+ 2) * resolved(1.2)
      melanin = 0.08 * wide + 0.035 * middle + 0.03 * fine
      blood = 0.09 * middle - 0.12 * wide + 0.05 * fine
    }

    // Painted regions.
    var gloss = look.shine
    var beard: Float = 0
    if hasPaint && own == nil {
      let paint = facePaint(at: place)
      blood += look.flush * (0.16 * paint.flush + 0.40 * paint.ear + 1.0 * paint.lips)
      melanin += 0.25 * paint.lips
      gloss += 0.15 * paint.lips
      beard = look.beard * paint.beard
    }
    if own == nil { melanin -= 0.4 * pale }
    // Scar tissue: paler, smoother, shinier.
    melanin -= 0.35 * scar
    blood -= 0.25 * scar
    let texture = 1 - 0.85 * scar

    var albedo = own ?? base
    for c in 0..<3 { albedo[c] *= fastExp(melaninTint[c] * melanin + bloodTint[c] * blood) }
    albedo *= SIMD3(repeating: 1) + (beardShadow - SIMD3(repeating: 1)) * beard

    // Relief tilts the normal: undulation of 2 mm, and furrows where a close-up resolves them.
    let near = resolved(0.42)
    let relief = resolved(1.6)
    var tilt = SIMD3<Float>.zero
    if relief > 0 {
      let p = place * 0.6
      tilt +=
        SIMD3(
          valueNoise(p, seed: noiseSeed &+ 3), valueNoise(p, seed: noiseSeed &+ 4), valueNoise(p, seed: noiseSeed &+ 5))
        * (0.05 * relief * texture)
    }
    var furrow: Float = 0
    if near > 0 {
      // Stretch the pattern by slow noise: real plates are not alike.
      let warp = SIMD3(
        valueNoise(place * 0.9, seed: noiseSeed &+ 6), valueNoise(place * 0.9, seed: noiseSeed &+ 7),
        valueNoise(place * 0.9, seed: noiseSeed &+ 8))
      let pattern = skinFurrow(place * 1.9 + warp * 0.5, seed: noiseSeed &+ 9)
      furrow = pattern.depth * near * texture
      tilt += pattern.across * (0.11 * furrow)
      let p = place * 6
      tilt +=
        SIMD3(
          valueNoise(p, seed: noiseSeed &+ 10), valueNoise(p, seed: noiseSeed &+ 11),
          valueNoise(p, seed: noiseSeed &+ 12)) * (0.06 * resolved(0.17) * texture)
    }
    tilt -= normal * dot(tilt, normal)
    let n = normalized(normal + tilt)

    var light = irradiance
    let lum = max(0.2126 * light.x + 0.7152 * light.y + 0.0722 * light.z, 1e-4)
    light *= clamp(1 + dot(n - normal, gradient) / lum, 0.4, 1.8) * (1 - 0.05 * furrow)
    let diffuse = albedo * light

    // Oil: two GGX lobes per softbox, and the room by Fresnel.
    let nv = max(dot(n, view), 0.05)
    var specular = SIMD3<Float>.zero
    let unresolved = 0.05 * (1 - near) * texture
    for (j, lamp) in lamps.enumerated() {
      let l = lampDirections[j]
      let nl = dot(n, l)
      if nl <= 0 { continue }
      let h = normalized(l + view)
      let nh = max(dot(n, h), 0)
      let fresnel = 0.028 + 0.972 * power5(1 - max(dot(h, view), 0))
      // A softbox of this width blurs the highlight like a rougher surface.
      let width = 0.18 / lamp.sharpness.squareRoot()
      let sharp = ggx(nh, alpha: 0.34 - 0.12 * gloss + width + unresolved)
      let soft = ggx(nh, alpha: 0.60 + width)
      let lobes = (0.80 * sharp + 0.20 * soft) * fresnel / (4 * max(nv, 0.25))
      // A lamp of radiance L and sharpness s gives an irradiance of about 2 pi L / s.
      let strength = 2 * Float.pi / lamp.sharpness * visible[j] * (0.4 + 1.8 * gloss)
      specular += lamp.radiance * (lobes * min(nl * 4, 1) * strength)
    }
    let grazing = 0.025 + 0.6 * power5(1 - nv)
    specular += rim * (grazing * visible.w * (0.3 + 0.4 * gloss))
    return ShadedPoint(diffuse: diffuse, specular: specular * (1 - 0.30 * furrow))
  }

  @inline(__always)
  private func ggx(_ nh: Float, alpha: Float) -> Float {
    let a2 = alpha * alpha
    let d = nh * nh * (a2 - 1) + 1
    return a2 / (Float.pi * d * d)
  }
}
