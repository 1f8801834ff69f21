// Existing hair of a placement, as the renderer wants it: strands above the skin, shafts below.

import Arithmetic
import ImpressionSampling
import Meshes
import ScalpRendering
import SkinOptics
import TreatmentDesign

/// What a hair colour is made of.
struct HairPigment {
  /// Linear Rec.709 albedo of the shaft.
  var albedo: SIMD3<Float>
  /// Absorption at 550 nm, per mm: 40 black, 15 brown, 5 light brown; the rest by eye, grade D.
  var absorption: Double
  /// Absorption goes as wavelength to minus this power: 2.5 where brown-black pigment rules, 4.75 for red pigment alone
  /// (Donner & Jensen, A spectral BSSRDF for shading human skin, 2006), between for blonde.
  var exponent = 2.5

  static func of(_ colour: ExistingHair.Colour) -> HairPigment {
    switch colour {
    case .black: HairPigment(albedo: SIMD3(0.010, 0.009, 0.008), absorption: 40)
    case .darkBrown: HairPigment(albedo: SIMD3(0.022, 0.015, 0.011), absorption: 26)
    case .brown: HairPigment(albedo: SIMD3(0.045, 0.029, 0.019), absorption: 15)
    case .lightBrown: HairPigment(albedo: SIMD3(0.085, 0.055, 0.034), absorption: 7)
    case .blonde: HairPigment(albedo: SIMD3(0.22, 0.15, 0.085), absorption: 2.5, exponent: 3.5)
    case .red: HairPigment(albedo: SIMD3(0.12, 0.045, 0.020), absorption: 5, exponent: 4.75)
    case .grey: HairPigment(albedo: SIMD3(0.24, 0.24, 0.24), absorption: 3)
    case .white: HairPigment(albedo: SIMD3(0.60, 0.60, 0.58), absorption: 0.3)
    }
  }
}

/// Share of grey hairs in the brows.
///
/// They grey later than the scalp, so half of its share; without it, by age from 45 on as far as a third at 80. Scalps
/// aged 45 to 65 are grey by 27 % on average (S. Panhard et al. Greying of the human hair: a worldwide survey. British
/// Journal of Dermatology. 2012); what that means for brows is by judgement (grade D).
func greyBrows(_ design: Design) -> Double {
  let byAge = min(max((faceAge(design) - 45) / 35, 0), 1) / 3
  return max(design.hair.grey / 2, byAge)
}

/// The age that the face shows: the mannequin's own, else the client's, else 30.
func faceAge(_ design: Design) -> Double {
  var age = design.client.age
  if case .mannequin(let choice) = design.head { age = choice.age ?? age }
  return min(max(age ?? 30, 18), 80)
}

/// How one hair differs from the mean of its scalp: factors whose means are 1.
///
/// Shafts of one scalp differ by a fifth in calibre (one deviation). What was cut to one length stands at many: a foil
/// follows the skin badly, a comb well, and one hair in fourteen has only begun to grow again.
struct HairVariety {
  var calibre: Float
  var length: Float
  var shade: Float

  /// - Parameters:
  ///   - luck: four numbers evenly spread over 0...1, as `shade`.
  ///   - cut: length of the hair, mm.
  init(_ luck: SIMD4<Float>, shade: Float, cut: Float) {
    calibre = 0.5 + 0.5 * (luck.x + luck.y)
    let ragged: Float = cut < 1.5 ? 0.9 : 0.3
    length = (1 + ragged * (luck.w - 0.5)) * (luck.z < 0.07 ? 0.3 : 1.05)
    self.shade = 0.65 + 0.7 * shade * shade + 0.23 * luck.y
  }
}

/// Depth below the skin at which a shaft takes half of the light that it takes in all, mm (by judgement, grade D).
private let shaftMiddle: Float = 0.2

/// Existing hair ready to draw.
struct HairAppearance {
  /// Hair below the skin.
  var shafts: Marks
  /// The pits that it comes out of.
  var mouths: Marks
  /// Hair above the skin.
  var strands: Strands

  /// Grows the hair of a placement on its head.
  init(_ placement: Placement, head: PreparedHead, skin: SkinTone) {
    let hair = placement.design.hair
    let natural = HairPigment.of(hair.colour)
    let grey = HairPigment.of(hair.colour == .white ? .white : .grey)
    let random = CounterRandom(seed: placement.design.seed, stream: RandomStream.hairVariety)
    let scale = placement.hair.points.map { placement.fields.hairCalibre(at: $0) }

    // Shafts come in eight calibres of either colour.
    let calibres = 8
    func style(_ calibre: Float, isGrey: Bool) -> Int {
      let step = Int((calibre / Float(hair.calibre) * 6).rounded()) - 1
      return min(max(step, 0), calibres - 1) + (isGrey ? calibres : 0)
    }
    shafts = Marks(
      styles: [natural, grey].flatMap { pigment in
        (0..<calibres).map { k in
          lossProfile(
            HairShaft(
              diameter: hair.calibre * Double(k + 1) / 6, absorption: pigment.absorption, exponent: pigment.exponent),
            in: skin)
        }
      }, depth: 0.3)

    mouths = Marks(styles: [follicleMouth()], depth: 0.05)
    var follicles = Follicles()
    var styles: [Int] = []
    for (i, point) in placement.hair.points.enumerated() {
      let luck = random.uniformPair(UInt64(2 * i))
      let more = random.uniformPair(UInt64(2 * i + 1))
      let isGrey = Double(luck.x) < hair.grey
      // Miniaturised hairs are thinner, and shorter when shaved.
      let spread = random.uniformPair(UInt64(2 * i) &+ 0x1_0000_0000)
      let variety = HairVariety(SIMD4(luck.y, spread.x, spread.y, more.x), shade: more.y, cut: Float(hair.length))
      let calibre = Float(hair.calibre) * scale[i] * variety.calibre
      let length = Float(hair.length) * variety.length * (0.4 + 0.6 * scale[i])
      let normal = placement.hair.normals[i]
      follicles.append(
        position: point.position, normal: normal, vertex: head.mesh.triangles[Int(point.triangle)].x,
        diameter: calibre, length: length, colour: (isGrey ? grey.albedo : natural.albedo) * variety.shade)
      styles.append(style(calibre, isGrey: isGrey))
      // Fine hair has small mouths, and pale hair lights its own.
      let pale = min(1, (isGrey ? grey : natural).albedo.y.squareRoot())
      mouths.append(
        position: point.position, normal: normal, style: 0, strength: calibre / Float(hair.calibre) * (1 - pale))
    }
    let directions = hairDirections(
      follicles, flow: HairFlow(landmarks: head.landmarks), seed: placement.design.seed)
    strands = growHair(follicles, leaving: directions, seed: placement.design.seed)
    for i in directions.indices {
      let normal = follicles.normals[i]
      let rise = dot(directions[i], normal)
      let slant = directions[i] - normal * rise
      // The shaft goes on below the skin in its own line: what it absorbs lies beside the pore, away from the tip.
      let aside = min(shaftMiddle / max(rise, 0.1), 0.35)
      shafts.append(
        position: follicles.positions[i] - slant * aside, normal: normal, style: styles[i], strength: 1, slant: slant)
    }
  }
}
