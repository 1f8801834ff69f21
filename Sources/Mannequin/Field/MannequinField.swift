// The whole head as one signed field: negative inside, zero on the skin, mm. The base (brain case, face, neck)
// is blended, relief is added, then eyes, nose, lips and ears are joined on.

/// How one head differs from the template: factors on groups of the recipe's numbers. 1 leaves them alone.
struct MannequinMorph: Sendable, Equatable {
  /// Heights of glabella, superciliary arch and supraorbital rim.
  var brow = 1.0
  /// Heights of chin, masseter, jaw angle and jaw line, and the width of the lower face.
  var jaw = 1.0
  /// Heights of cheekbone and cheek.
  var cheek = 1.0
  /// Size of the nose.
  var nose = 1.0
  /// Radii of the lips.
  var lips = 1.0
  /// Width and depth of the neck.
  var neck = 1.0
  /// Forward shift of the forehead, mm.
  var forehead = 0.0
  /// Narrowing of the lower face per missing unit of `jaw`.
  var jawTaper = 0.1
}

/// Every number of the head.
struct MannequinRecipe: Sendable, Equatable {
  var cranium: CraniumShape
  var face: LoftShape
  var neck: LoftShape
  /// Widths of the fillets between brain case and face, and towards the neck.
  var faceFillet: Float = 14
  var neckFillet: Float = 20
  var brushes: [Brush]
  var strokes: [Stroke]
  var eye: EyeShape
  var nose: NoseShape
  var lips: LipShape
  var ear: EarShape
  /// Furrows of an aged face.
  var creases: [Crease] = []
  /// Decades beyond the age at which sagging begins, for what is painted.
  var decades = 0.0
  /// How far everything but the ear, and the ear, stand forward of the frame in which they were drawn, mm.
  var forward: Float = 0
  var earForward: Float = 0
  /// Sampling step of every curve relative to the plain recipe's; coarse polylines show as ribs.
  var curveStep = 1.0
  /// Height of the cut through the neck.
  var cutHeight: Float = -158
  /// Rounding of the cut's edge, mm; 0 leaves the neck to be cut by the mesher.
  var cutRounding: Float = 4

  /// The recipe as first drawn, from survey means. Kept as the reference of its check points; `mended` is what
  /// the mannequin uses.
  static let plain = MannequinRecipe(
    cranium: .plain, face: .plainFace, neck: .plainNeck, brushes: Brush.plain, strokes: Stroke.plain, eye: .plain,
    nose: .plain, lips: .plain, ear: .plain)

  /// The recipe with a morph applied to its numbers.
  func morphed(_ m: MannequinMorph) -> MannequinRecipe {
    var r = self
    r.cranium.forehead = m.forehead
    func scale(_ name: String) -> Double {
      switch name {
      case "glabella", "superciliary arch", "supraorbital rim": m.brow
      case "chin boss", "chin side", "masseter", "gonial angle", "jaw line": m.jaw
      case "cheekbone", "buccal fullness": m.cheek
      case "larynx": max(0, 2 * m.jaw - 1)
      default: 1
      }
    }
    for i in r.brushes.indices { r.brushes[i].height *= scale(r.brushes[i].name) }
    for i in r.strokes.indices { r.strokes[i].height *= scale(r.strokes[i].name) }
    for i in r.face.sections.indices {
      let low = min(max((-20 - r.face.sections[i].y) / 40, 0), 1)
      r.face.sections[i].halfWidth *= 1 - m.jawTaper * (1 - m.jaw) * low
    }
    for i in r.neck.sections.indices {
      r.neck.sections[i].zFront = r.neck.sections[i].zFront * m.neck - 10 * (1 - m.neck)
      r.neck.sections[i].halfWidth *= m.neck
      r.neck.sections[i].zBack += 30 * (1 - m.neck)
    }
    return r
  }
}

extension MannequinRecipe {
  /// The numbers of one person but for the sizes of nose and lips by sex, which the field takes as factors.
  static func individual(_ person: MannequinParameters) -> MannequinRecipe {
    var recipe = MannequinRecipe.mended.morphed(MannequinMorph(person.sex))
    recipe.take(person.face, sex: person.sex)
    recipe.age(to: person.age, sex: person.sex)
    return recipe
  }
}

/// The field of a head, ready for evaluation.
struct MannequinField: Sendable {
  private(set) var cranium: Cranium
  private let face: Loft
  private let neck: Loft
  private let faceFillet: Float
  private let neckFillet: Float
  private var relief: Relief
  private var eye: Eye
  private let nose: Nose
  private var lips: Lips
  private var ear: Ear
  private var creases: Creases
  private let forward: Float
  private let earForward: Float
  let cutHeight: Float
  /// How much longer the ears are than the template's.
  let earLengthScale: Float
  private let cutRounding: Float
  // What matters where this field will be asked; `reduced` switches parts off.
  private var hasCranium = true
  private var hasFace = true
  private var hasNeck = true
  private var hasEye = true
  private var hasNose = true
  private var hasLips = true
  private var hasEar = true

  /// - Parameter fullness: added to the exponents of the brain case.
  init(_ base: MannequinRecipe, morph: MannequinMorph = MannequinMorph(), fullness: Float = 0) {
    let recipe = base.morphed(morph)
    cranium = Cranium(recipe.cranium)
    cranium.fullness = fullness
    face = Loft(recipe.face)
    neck = Loft(recipe.neck)
    faceFillet = recipe.faceFillet
    neckFillet = recipe.neckFillet
    relief = Relief(brushes: recipe.brushes, strokes: recipe.strokes, curveStep: recipe.curveStep)
    eye = Eye(recipe.eye, curveStep: recipe.curveStep)
    nose = Nose(recipe.nose, size: morph.nose)
    lips = Lips(recipe.lips, fullness: morph.lips, curveStep: recipe.curveStep)
    ear = Ear(recipe.ear, curveStep: recipe.curveStep)
    creases = Creases(recipe.creases, curveStep: recipe.curveStep)
    earLengthScale = Float(recipe.ear.lengthScale)
    forward = recipe.forward
    earForward = recipe.earForward
    cutHeight = recipe.cutHeight
    cutRounding = recipe.cutRounding
  }

  /// The field of one person, before its fullness is solved.
  init(_ person: MannequinParameters) {
    let morph = MannequinMorph(person.sex)
    var scales = MannequinMorph()
    (scales.nose, scales.lips) = (morph.nose, morph.lips)
    self.init(.individual(person), morph: scales)
  }

  /// The same field with other fullness of the brain case.
  func with(fullness: Float) -> MannequinField {
    var result = self
    result.cranium.fullness = fullness
    return result
  }

  /// Field at a point of the template frame, mm.
  func value(_ sideways: Float, _ y: Float, _ depth: Float) -> Float {
    let x = abs(sideways)
    let z = depth - forward
    var f = hasCranium ? cranium.value(x, y, z) : Self.nowhere
    if hasFace { f = smoothMin(f, face.value(x, y, z), faceFillet) }
    if hasNeck { f = smoothMin(f, neck.value(x, y, z), neckFillet) }
    if f > 45 { return 0.8 * f }
    f -= relief.value(x, y, z)
    if z > 40 {
      if hasEye { f = eye.withBall(f, x, y, z) }
      if hasNose { f = nose.joined(to: f, x, y, z) }
      if hasLips { f = lips.joined(to: f, x, y, z) }
      if hasEye { f += eye.furrows(x, y) }
      if !creases.isEmpty { f += creases.depth(x, y) }
    }
    if hasEar {
      let ze = depth - earForward
      if ear.reaches(x, y, ze) { f = ear.joined(to: f, x, y, ze) }
    }
    return cutRounding > 0 ? smoothMax(f, cutHeight - y, cutRounding) : f
  }

  /// Field and gradient at a point, from four samples at the corners of a tetrahedron of 0.1 mm.
  func valueAndGradient(_ p: SIMD3<Float>) -> (value: Float, gradient: SIMD3<Float>) {
    let e: Float = 0.05
    let a = value(p.x + e, p.y + e, p.z + e)
    let b = value(p.x + e, p.y - e, p.z - e)
    let c = value(p.x - e, p.y + e, p.z - e)
    let d = value(p.x - e, p.y - e, p.z + e)
    let s = 1 / (4 * e)
    return ((a + b + c + d) * 0.25, SIMD3((a + b - c - d) * s, (a - b + c - d) * s, (a - b - c + d) * s))
  }

  /// Higher than any field within reach: the value of a part that is left out.
  private static let nowhere: Float = 1e6
  /// Largest rise per millimetre, checked by a test: brain case, face above the brows, face below and neck,
  /// and the skin before eyes, nose and lips are joined on.
  private static let craniumSteepness: Float = 1.6
  private static let browSteepness: Float = 4
  private static let loftSteepness: Float = 2
  private static let skinSteepness: Float = 2.5

  /// The field with only what can matter in a box of the template frame with x >= 0: equal there, bit for bit.
  func reduced(to box: FieldBox) -> MannequinField {
    var result = self
    let local = FieldBox(
      low: box.low - SIMD3(0, 0, forward), high: box.high - SIMD3(0, 0, forward))
    let c = local.centre
    let radius = local.radius

    // A part that lies higher than another by their fillet everywhere in the box changes nothing there. The
    // steepness of the parts bounds how far they stray from their value in the middle of the box.
    let craniumHere = cranium.value(c.x, c.y, c.z)
    let craniumReach = Self.craniumSteepness * radius
    let faceHere = face.value(c.x, c.y, c.z)
    let faceReach = (local.high.y > 20 ? Self.browSteepness : Self.loftSteepness) * radius
    let faceLow = max(faceHere - faceReach, face.lowerBound(local))
    let neckHere = neck.value(c.x, c.y, c.z)
    let neckReach = Self.loftSteepness * radius
    let neckLow = max(neckHere - neckReach, neck.lowerBound(local))
    let headHigh = min(craniumHere + craniumReach, faceHere + faceReach)
    let headLow = min(craniumHere - craniumReach, faceLow) - faceFillet / 4
    result.hasCranium = craniumHere - craniumReach < faceHere + faceReach + faceFillet
    result.hasFace = faceLow < craniumHere + craniumReach + faceFillet
    result.hasNeck = neckLow < headHigh + neckFillet
    if headLow >= neckHere + neckReach + neckFillet {
      result.hasCranium = false
      result.hasFace = false
    }
    result.relief = relief.reduced(to: local)
    result.creases = local.high.z > 40 ? creases.reduced(to: local) : Creases([], curveStep: 1)
    if local.high.z <= 40 {
      result.hasEye = false
      result.hasNose = false
      result.hasLips = false
    } else {
      let here = smoothMin(smoothMin(craniumHere, faceHere, faceFillet), neckHere, neckFillet)
      let high = here - result.relief.value(c.x, c.y, c.z) + Self.skinSteepness * radius
      result.hasNose = nose.lowerBound(local) < high
      result.hasLips = lips.lowerBound(local) < high
      result.eye = eye.reduced(to: local)
      result.hasEye = eye.lowerBound(local) < high || result.eye.hasFurrows
      if result.hasLips { result.lips = lips.reduced(to: local) }
    }
    let earBox = FieldBox(
      low: box.low - SIMD3(0, 0, earForward), high: box.high - SIMD3(0, 0, earForward))
    result.hasEar = ear.meets(earBox)
    if result.hasEar { result.ear = ear.reduced(to: earBox) }
    return result
  }
}
