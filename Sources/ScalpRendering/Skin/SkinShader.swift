// The colour of skin at one point: albedo with the blotches that skin has, light from the lamps, and oil on top.
//
// Diffuse and specular are kept apart to the end: pigment lies under the surface, so it darkens the first and leaves
// the second alone, which is what makes it read as being in the skin and not on it.

import Arithmetic
import Mannequin
import SkinOptics

/// How the skin of a head looks.
public struct SkinLook: Sendable, Equatable {
  public var tone: SkinTone
  /// Sebum on the surface: 0 matt to 1 oily.
  public var shine: Float = 0.55
  /// Shadow of a shaved beard, 0 to 1.
  public var beard: Float = 0
  /// Lips and cheeks: 1 is natural.
  public var flush: Float = 1
  /// Colour of eyebrows and lashes, linear Rec.709 albedo.
  public var browColour = SIMD3<Float>(0.035, 0.024, 0.018)
  /// Strip and patch scars; extraction scars are marks.
  public var scars: [ScarSkin] = []
  /// Per vertex, 0 to 1: how much paler the skin is than `tone`, where hair used to keep the sun off; at 1 it has 0.6 of its
  /// melanin. Empty for none. A scan's own colours hold their tan lines already.
  public var paleWeight: [Float] = []
  /// Years, 18 to 80: how deep the fine folds of the mannequin's face are.
  public var age: Float = 35
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
  /// Share of the light that enters which comes out again.
  let base: SIMD3<Float>
  /// Change of log albedo with the logarithm of melanin and of blood.
  let melaninTint: SIMD3<Float>
  let bloodTint: SIMD3<Float>
  let mottle: SkinMottle
  /// What a full shaved beard leaves of the light.
  let beardShadow: SIMD3<Float>
  let look: SkinLook
  let gloss: SkinGloss
  let lamps: [StudioLight.Softbox]
  let lampTables: [LampTable]
  /// Each lamp's radiance times its flux.
  let lampPowers: [SIMD3<Float>]
  /// Lamp directions in the head frame.
  var lampDirections: [SIMD3<Float>] { outlines.map(\.direction) }
  let outlines: [LampOutline]
  let light: StudioLight
  let up: SIMD3<Float>
  let noiseSeed: UInt32
  let face: FaceDetail?
  let nape: NapeFolds?
  /// Finest structure that pixels resolve: mm per pixel.
  let pixelSize: Float
  let hasPaint: Bool
  /// The noise of one thread's last point.
  var memo: NoiseMemo?

  init(look: SkinLook, light: StudioLight, camera: Camera, pixelSize: Float, hasPaint: Bool) {
    self.look = look
    let tone = look.tone
    gloss = SkinGloss(oil: look.shine)
    // Albedos are measured with the surface's own reflection left out, seen from straight above.
    base = SIMD3<Float>(tone.linearRGB) / (1 - gloss.albedo(1))
    func slope(_ melanin: Double, _ blood: Double) -> SIMD3<Float> {
      let up = BareSkin.linearRGB(melanin: tone.melanin * (1 + melanin), blood: tone.blood * (1 + blood))
      let down = BareSkin.linearRGB(melanin: tone.melanin, blood: tone.blood)
      return SIMD3<Float>((up - down) / down / (0.25))
    }
    melaninTint = slope(0.25, 0)
    bloodTint = slope(0, 0.25)
    let hair = removedArea(HairShaft(diameter: 0.09, absorption: 30), in: tone)
    var shadow = SIMD3<Float>.zero
    for c in 0..<3 { shadow[c] = exponential(Float(-0.35 * hair[c])) }
    beardShadow = shadow
    lamps = Array(light.softboxes.prefix(3))
    lampTables = lamps.map { LampTable(sharpness: $0.sharpness) }
    lampPowers = lamps.map { $0.radiance * $0.flux }
    outlines = lamps.map { LampOutline($0, camera: camera) }
    self.light = light
    up = camera.up
    noiseSeed = UInt32(truncatingIfNeeded: RandomStream.seed(look.seed, RandomStream.skin))
    self.pixelSize = pixelSize
    self.hasPaint = hasPaint
    face = hasPaint ? FaceDetail(age: look.age, seed: noiseSeed) : nil
    nape = hasPaint ? NapeFolds(age: look.age, seed: noiseSeed) : nil
    // Fair and dark as types I and VI are.
    let fairness = Float((-2 - logarithm(max(tone.melanin, 1e-4))) / 3.6)
    mottle = SkinMottle(
      melaninTint: melaninTint, bloodTint: bloodTint, fairness: clamp(fairness, 0, 1), age: look.age, seed: noiseSeed)
  }

  /// How far a structure of `wavelength` mm is resolved, 0 to 1.
  @inline(__always)
  private func resolved(_ wavelength: Float) -> Float { smoothstep(1.2, 3.5, wavelength / pixelSize) }

  @inline(__always)
  private func noise(_ p: SIMD3<Float>, _ pattern: UInt32) -> Float {
    valueNoise(p, seed: noiseSeed &+ pattern, memo: memo)
  }

  /// Noise as far as pixels resolve its `wavelength`, mm.
  @inline(__always)
  private func detail(_ p: SIMD3<Float>, _ pattern: UInt32, wavelength: Float) -> Float {
    let share = resolved(wavelength)
    return share > 0 ? share * noise(p, pattern) : 0
  }

  @inline(__always)
  private func noise3(_ p: SIMD3<Float>, _ pattern: UInt32) -> SIMD3<Float> {
    valueNoise3(p, seed: noiseSeed &+ pattern, memo: memo)
  }

  /// Shades one point.
  ///
  /// - Parameters:
  ///   - place: paint coordinates (the head's own where there are none), mm.
  ///   - view: unit vector towards the camera.
  ///   - own: albedo of the client's own skin, blotches, lips and all; `nil` where the model has to make it.
  @inline(__always)
  func shade(
    place: SIMD3<Float>, normal: SIMD3<Float>, view: SIMD3<Float>, irradiance: SIMD3<Float>, gradient: SIMD3<Float>,
    visible: SIMD4<Float>, scar: ScarTouch, pale: Float, own: SIMD3<Float>?
  ) -> ShadedPoint {
    let skin = surface(place: place, normal: normal, scar: scar, pale: pale, own: own)
    let n = skin.normal

    // What the head hides of the sky is skin as well: light that it sends on (Jimenez and others. Practical realtime
    // strategies for accurate indirect occlusion. 2016), coloured by the skin it comes from.
    let passed = passedOn(albedo: skin.albedo, hidden: 1 - visible.w)
    let taken = gloss.albedo(max(dot(normal, view), 0))
    var diffuse = irradiance * passed
    diffuse *= skin.relief.brightness(gradient: gradient, irradiance: luminance(irradiance))
    diffuse *= skin.albedo * ((1 - taken) * skin.diffuseShade)

    // The surface: lamps by two lobes, the room by their mean reflectance in the mirrored direction.
    let lobes = SkinGloss.Lobes(oil: skin.oil)
    let nv = max(dot(n, view), 0.05)
    var specular = SIMD3<Float>.zero
    let mirrored = n * (2 * dot(n, view)) - view
    for (j, lamp) in outlines.enumerated() {
      let l = lamp.direction
      let nl = lampTables[j].meanCosine(dot(n, l))
      if nl <= 1e-3 { continue }
      let h = normalized(l + view)
      let value = lobes.light(
        nv: nv, nl: max(nl, 0.02), nh: max(dot(n, h), 0), vh: max(dot(h, view), 0), mirrored: mirrored, lamp: lamp,
        unresolved: skin.unresolved)
      specular += lampPowers[j] * (value * nl * visible[j])
    }
    specular += light.dome(dot(mirrored, up)) * (taken * visible.w) * passed

    // Vellus hair, pale and too fine to see, stands over everything and shows where the surface turns away (Koenderink,
    // Pont. The secret of velvety skin. 2003): it takes a share of what comes from below and sends on what falls on it.
    let fuzz = vellusCover(max(dot(normal, view), 0))
    return ShadedPoint(
      diffuse: diffuse * (1 - fuzz),
      specular: (specular * (1 - fuzz) + irradiance * passed * vellusColour(skin.albedo) * fuzz) * skin.specularShade)
  }

  /// What vellus hair sends on: paler than the skin it grows on, by as much as light passes skin half as deep.
  @inline(__always)
  func vellusColour(_ albedo: SIMD3<Float>) -> SIMD3<Float> {
    albedo.clamped(lowerBound: .zero, upperBound: .one).squareRoot()
  }

  /// Share of the view that vellus hair covers at a cosine of the viewing angle: one in 2 mm², 0.03 mm thick and 0.8 mm
  /// long (optical depth 0.012), up to a tenth where a line of sight leaves the skin; nothing from straight above, where
  /// colours are measured with it.
  @inline(__always)
  func vellusCover(_ nv: Float) -> Float { 0.012 * (1 - nv) / (nv + 0.12) }

  /// What light arriving at skin grows to because hidden directions hold skin that is lit alike.
  @inline(__always)
  func passedOn(albedo: SIMD3<Float>, hidden: Float) -> SIMD3<Float> {
    let kept = albedo * clamp(hidden, 0, 1)
    return SIMD3(repeating: Float(1)) / heldUp(SIMD3(repeating: 1) - kept)
  }

  /// Held away from zero.
  @inline(__always)
  private func heldUp(_ v: SIMD3<Float>) -> SIMD3<Float> { SIMD3(max(v.x, 0.05), max(v.y, 0.05), max(v.z, 0.05)) }

  /// Skin at one point, whatever the light.
  struct Surface {
    /// Share of the light that enters which comes out again.
    var albedo: SIMD3<Float>
    /// Tilted by relief: the surface that reflects.
    var normal: SIMD3<Float>
    /// The same relief as light from below the surface sees it.
    var relief: Relief
    /// 0 matt to 1 oily.
    var oil: Float
    /// What furrows leave of the light under and on the surface, 1 on average.
    var diffuseShade: Float
    var specularShade: Float
    /// Squared roughness of relief that pixels do not resolve.
    var unresolved: Float
  }

  /// Colour and relief of the skin at one point; parameters as of `shade`.
  @inline(__always)
  func surface(place: SIMD3<Float>, normal: SIMD3<Float>, scar: ScarTouch, pale: Float, own: SIMD3<Float>?)
    -> Surface
  {
    var melanin: Float = 0
    var blood: Float = 0
    var sheen: Float
    if own == nil {
      let here = mottle(place, pixel: pixelSize, memo: memo)
      (melanin, blood, sheen) = (here.melanin, here.blood, here.sheen)
    } else {
      sheen = noise(place * 0.21, 1)
    }

    // Painted regions.
    var oil = look.shine + 0.12 * sheen
    var beard: Float = 0
    var lips: Float = 0
    var line: Float = 0
    var folds = FaceDetail.Place()
    if hasPaint && own == nil {
      let paint = facePaint(at: place)
      lips = paint.lips
      blood += look.flush * (0.42 * paint.flush + 0.55 * paint.ear + 1.0 * lips)
      melanin += 0.25 * lips
      oil += 0.2 * lips
      // A shaved beard is points of hair, not a wash.
      beard = look.beard * paint.beard
      if beard > 0 { beard *= 1 + 0.55 * detail(place * 1.15, 15, wavelength: 1) }
      // The roots of lashes and brows stand closer than single hairs show.
      line = 0.7 * paint.lash + 0.3 * paint.brow
      if let face {
        folds = face(place, pixel: pixelSize, memo: memo)
        nape?.add(to: &folds, at: place, pixel: pixelSize, memo: memo)
        melanin += folds.melanin
        blood += look.flush * folds.blood
        oil += look.shine * folds.oil
      }
    }
    if own == nil { melanin -= 0.4 * pale }
    // Scar tissue: paler or, while it is young, redder; smoother, shinier, with little of the skin's own mottle.
    let scarred = scar.weight
    var ropes: Float = 0
    if scarred > 0 {
      let colour = scarColour(at: place, scar)
      melanin = melanin * (1 - 0.7 * scarred) + colour.melanin * scarred
      blood = blood * (1 - 0.7 * scarred) + colour.blood * scarred
      ropes = scarred * (0.05 + 0.10 * abs(scar.height) + 0.06 * scar.mottled)
    }
    // A seam is smooth, a burn crinkled.
    let texture = 1 - (0.85 - 0.45 * scar.mottled) * scarred

    // Close up, capillaries mottle the skin and pores pit it.
    let near = resolved(0.8)
    let fineness = resolved(0.4)
    var pore: SkinPore?
    if near > 0 && own == nil {
      blood += 0.033 / max(abs(bloodTint.y), 0.06) * detail(place * 1.7, 17, wavelength: 0.9)
      // A whole head shows only the pores of nose and cheeks.
      if fineness > 0 || folds.pores > 0.05 {
        pore = skinPore(place, pixel: pixelSize, seed: noiseSeed &+ 61, memo: memo)
      }
    }
    let pit = max(0.25 * fineness, folds.pores) * near * texture

    var albedo = own.map { $0 / (1 - gloss.albedo(1)) } ?? base
    let excess = own == nil ? mottle.excess : .zero
    for c in 0..<3 { albedo[c] *= exponential(melaninTint[c] * melanin + bloodTint[c] * blood - excess[c]) }
    // Dense collagen sends on more than skin does.
    albedo *= 1 + (0.09 - 0.03 * scar.mottled) * scarred
    albedo *= SIMD3(repeating: 1) + (beardShadow - SIMD3(repeating: 1)) * beard
    // Light in a fold has been through skin: what it keeps is red.
    let hidden = folds.shade + line + 0.55 * pit * (pore?.depth ?? 0)
    albedo *= SIMD3(repeating: 1) - SIMD3(0.7, 1, 1.05) * min(hidden, 0.8)

    // Relief tilts the normal: unevenness of 4 mm and of 1.5 mm, and furrows where a close-up resolves them. Oil fills
    // the finest.
    var tilts = Relief()
    tilts.coarse = noise3(place * 0.27, 14) * (0.055 * texture)
    let relief = resolved(1.4)
    if relief > 0 { tilts.middle = noise3(place * 0.72, 3) * (0.095 * relief * texture) }
    tilts.middle += folds.tilt
    if lips > 0 && relief > 0 {
      // Lips are pleated from rim to rim.
      let pleat = noise(SIMD3(place.x * 1.05, place.y * 0.16, 0), 16)
      tilts.middle.x += 0.3 * lips * pleat
      albedo *= 1 - 0.10 * lips * max(-pleat, 0)
    }
    var furrow: Float = 0
    if near > 0 {
      let bare = texture * (1 - 0.45 * clamp(oil, 0, 1))
      let pattern = skinRelief(place, pixel: pixelSize, fine: fineness, seed: noiseSeed &+ 6, memo: memo)
      furrow = pattern.depth * near * texture
      tilts.fine = pattern.across * (0.34 * pattern.depth * near * bare * pattern.sharpness)
      let grain = resolved(0.11)
      if grain > 0 { tilts.fine += noise3(place * 5.3, 10) * (0.24 * grain * bare) }
    }
    if let pore { tilts.fine -= pore.across * (0.6 * pit * pore.depth / pore.sigma) }
    if scarred > 0 {
      tilts.middle += scar.tilt
      // Ropes of a raised scar, creases of a sunken one
      tilts.middle += noise3(place * (scar.height < 0 ? 0.8 : 0.42), 19) * (2 * ropes)
    }
    tilts.coarse -= normal * dot(tilts.coarse, normal)
    tilts.middle -= normal * dot(tilts.middle, normal)
    tilts.fine -= normal * dot(tilts.fine, normal)
    // Furrows lie in their own shade; on average nothing is lost.
    let shade = furrow - meanFurrow(pixel: pixelSize, fine: fineness) * near * texture
    return Surface(
      albedo: albedo, normal: normalized(normal + tilts.coarse + tilts.middle + tilts.fine), relief: tilts,
      oil: clamp(oil + (0.2 - 0.15 * scar.mottled) * scarred, 0, 1),
      diffuseShade: 1 - 0.05 * shade, specularShade: 1 - 0.25 * shade,
      unresolved: (0.010 * (1 - near) + 0.005 * (1 - relief)) * texture)
  }
}
