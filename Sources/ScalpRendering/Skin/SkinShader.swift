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
  /// How far melanin and blood vary from place to place, logarithm.
  let melaninSwing: Float
  let bloodSwing: Float
  /// What a full shaved beard leaves of the light.
  let beardShadow: SIMD3<Float>
  let look: SkinLook
  let gloss: SkinGloss
  let lamps: [StudioLight.Softbox]
  let lampTables: [LampTable]
  /// Each lamp's radiance times its flux.
  let lampPowers: [SIMD3<Float>]
  /// Lamp directions in the head frame.
  let lampDirections: [SIMD3<Float>]
  let light: StudioLight
  let up: SIMD3<Float>
  let noiseSeed: UInt32
  let face: FaceDetail?
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
    // Skin varies by 2 to 3 CIEDE2000 over millimetres and centimetres: 5 % of its green light by melanin and as much by
    // blood, whatever the tone.
    melaninSwing = min(0.5, 0.040 / max(abs(melaninTint.y), 1e-3))
    bloodSwing = min(0.5, 0.030 / max(abs(bloodTint.y), 1e-3))
    let hair = removedArea(HairShaft(diameter: 0.09, absorption: 30), in: tone)
    var shadow = SIMD3<Float>.zero
    for c in 0..<3 { shadow[c] = exponential(Float(-0.35 * hair[c])) }
    beardShadow = shadow
    lamps = Array(light.softboxes.prefix(3))
    lampTables = lamps.map { LampTable(sharpness: $0.sharpness) }
    lampPowers = lamps.map { $0.radiance * $0.flux }
    lampDirections = lamps.map {
      normalized(camera.right * $0.direction.x + camera.up * $0.direction.y - camera.forward * $0.direction.z)
    }
    self.light = light
    up = camera.up
    noiseSeed = UInt32(truncatingIfNeeded: RandomStream.seed(look.seed, RandomStream.skin))
    self.pixelSize = pixelSize
    self.hasPaint = hasPaint
    face = hasPaint ? FaceDetail(age: look.age, seed: noiseSeed) : nil
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
    visible: SIMD4<Float>, scar: Float, pale: Float, own: SIMD3<Float>?
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
    for (j, lamp) in lamps.enumerated() {
      let l = lampDirections[j]
      let nl = lampTables[j].meanCosine(dot(n, l))
      if nl <= 1e-3 { continue }
      let h = normalized(l + view)
      // A lamp's width spreads its highlight as half as much spread of the facets would.
      let value = lobes.light(
        nv: nv, nl: max(nl, 0.02), nh: max(dot(n, h), 0), vh: max(dot(h, view), 0),
        widening: 0.5 / lamp.sharpness + skin.unresolved)
      specular += lampPowers[j] * (value * nl * visible[j])
    }
    let mirrored = 2 * dot(n, view) * dot(n, up) - dot(view, up)
    specular += light.dome(mirrored) * (taken * visible.w) * passed

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

  /// Tilts of the surface by the size of what tilts it. Light that has wandered in the skin has lost the direction it
  /// came in by, most in red: relief of wave number k keeps 1 / sqrt(1 + (k l)²) of its shading, with the diffuse mean
  /// free paths l = 3.7, 1.4 and 0.7 mm (H. W. Jensen and others. A practical model for subsurface light transport.
  /// 2001). Without this a raking lamp makes blotches of it.
  struct Relief {
    /// Unevenness about 7 mm, 2.5 mm and 0.8 mm wide.
    var coarse = SIMD3<Float>.zero
    var middle = SIMD3<Float>.zero
    var fine = SIMD3<Float>.zero

    private static let coarseKept = SIMD3<Float>(0.31, 0.65, 0.87)
    private static let middleKept = SIMD3<Float>(0.11, 0.28, 0.50)
    private static let fineKept = SIMD3<Float>(0.035, 0.09, 0.18)

    /// Tilt that counts for a channel, 0 to 2.
    func tilt(channel c: Int) -> SIMD3<Float> {
      coarse * Self.coarseKept[c] + middle * Self.middleKept[c] + fine * Self.fineKept[c]
    }

    /// Factor on the irradiance, 0 to 2; tilts to and fro leave 1 on average.
    @inline(__always)
    func brightness(gradient: SIMD3<Float>, irradiance: Float) -> SIMD3<Float> {
      let inverse = 1 / max(irradiance, 1e-4)
      let x =
        (Self.coarseKept * dot(coarse, gradient) + Self.middleKept * dot(middle, gradient)
          + Self.fineKept * dot(fine, gradient)) * inverse
      return SIMD3(softened(x.x), softened(x.y), softened(x.z))
    }

    @inline(__always)
    private func softened(_ x: Float) -> Float { 1 + x / (1 + abs(x)) }
  }

  /// Colour and relief of the skin at one point; parameters as of `shade`.
  @inline(__always)
  func surface(place: SIMD3<Float>, normal: SIMD3<Float>, scar: Float, pale: Float, own: SIMD3<Float>?) -> Surface {
    // Slow variation, shared by colour and sheen.
    let wide = noise(place * 0.06, 0)
    let middle = noise(place * 0.21, 1)
    var melanin: Float = 0
    var blood: Float = 0
    if own == nil {
      // Blotches: melanin over 16, 5 and 1.3 mm, blood over 16, 5 and 2.4 mm.
      let fine = detail(place * 0.8, 2, wavelength: 1.3)
      let small = detail(place * 0.41, 13, wavelength: 2.4)
      melanin = melaninSwing * (0.75 * wide + 0.35 * small + 0.4 * fine)
      blood = bloodSwing * (0.9 * middle - 0.7 * wide + 0.45 * small - 0.3 * fine)
    }

    // Painted regions.
    var oil = look.shine + 0.12 * middle
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
        melanin += folds.melanin
        blood += look.flush * folds.blood
        oil += look.shine * folds.oil
      }
    }
    if own == nil { melanin -= 0.4 * pale }
    // Scar tissue: paler, smoother, shinier.
    melanin -= 0.35 * scar
    blood -= 0.25 * scar
    let texture = 1 - 0.85 * scar

    // Close up, capillaries mottle the skin and pores pit it.
    let near = resolved(0.8)
    let fineness = resolved(0.4)
    var pore: SkinPore?
    if near > 0 && own == nil {
      blood += bloodSwing * 1.1 * detail(place * 1.7, 17, wavelength: 0.9)
      // A whole head shows only the pores of nose and cheeks.
      if fineness > 0 || folds.pores > 0.05 {
        pore = skinPore(place, pixel: pixelSize, seed: noiseSeed &+ 61, memo: memo)
      }
    }
    let pit = max(0.25 * fineness, folds.pores) * near * texture

    var albedo = own.map { $0 / (1 - gloss.albedo(1)) } ?? base
    for c in 0..<3 { albedo[c] *= exponential(melaninTint[c] * melanin + bloodTint[c] * blood) }
    albedo *= SIMD3(repeating: 1) + (beardShadow - SIMD3(repeating: 1)) * beard
    // Light in a fold has been through skin: what it keeps is red.
    let hidden = folds.shade + line + 0.55 * pit * (pore?.depth ?? 0)
    albedo *= SIMD3(repeating: 1) - SIMD3(0.7, 1, 1.05) * min(hidden, 0.8)

    // Relief tilts the normal: unevenness of 4 mm and of 1.5 mm, and furrows where a close-up resolves them. Oil fills
    // the finest.
    var tilts = Relief()
    tilts.coarse = noise3(place * 0.27, 14) * (0.055 * texture)
    let relief = resolved(1.4)
    if relief > 0 { tilts.middle = noise3(place * 0.72, 3) * (0.075 * relief * texture) }
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
    tilts.coarse -= normal * dot(tilts.coarse, normal)
    tilts.middle -= normal * dot(tilts.middle, normal)
    tilts.fine -= normal * dot(tilts.fine, normal)
    // Furrows lie in their own shade; on average nothing is lost.
    let shade = furrow - meanFurrow(pixel: pixelSize, fine: fineness) * near * texture
    return Surface(
      albedo: albedo, normal: normalized(normal + tilts.coarse + tilts.middle + tilts.fine), relief: tilts,
      oil: clamp(oil + 0.3 * scar, 0, 1),
      diffuseShade: 1 - 0.05 * shade, specularShade: 1 - 0.25 * shade,
      unresolved: (0.010 * (1 - near) + 0.004 * (1 - relief)) * texture)
  }
}
