// A plan in front of the camera: its head prepared once, its hair grown once, every view and year drawn from that.

import Arithmetic
import Files
import ImpressionSampling
import Meshes
import PNGImage
import PigmentAging
import ScalpGeometry
import ScalpRendering
import SkinOptics
import TreatmentDesign

struct Studio: Sendable {
  private(set) var plan: TreatmentPlan
  let head: PreparedHead
  let skin: SkinTone
  let look: SkinLook
  let hair: HairAppearance
  let face: Strands
  private(set) var deposits: Deposits
  /// Per impression: 0 for the design's pigment, 1 and on for a layer's own; empty if no layer has one.
  private(set) var mixtures: [UInt8]
  /// Pale spots of extraction scars.
  let spots: Marks
  /// Impressions per cm² of treated skin, on average.
  private(set) var density: Double
  let scene: PictureScene
  let threads: Int?

  init(_ plan: TreatmentPlan, skin source: SkinSource = .fromScan, scene: PictureScene? = nil, threads: Int?)
    throws(StippleError)
  {
    self.plan = plan
    let taken = if let scene { scene } else { try PictureScene(plan.design, PictureChoices(), size: nil) }
    self.scene = taken
    self.threads = threads
    let skin = plan.design.client.tone
    self.skin = skin
    var scanSkin: ScanSkin?
    if source == .fromScan, let colour = plan.head.colour {
      let need = ScanSkin.memory(for: colour)
      if let free = freeMemory(), need > free {
        throw StippleError(
          .limit,
          "the scan's pictures need about \(need / 1_000_000) MB and \(free / 1_000_000) MB are free; scale them down, or "
            + "leave them out with --skin from-design")
      }
      do {
        scanSkin = try ScanSkin(colour, threads: threads)
      } catch {
        throw StippleError(.data, error.description)
      }
    }
    head = PreparedHead(plan.head, scanSkin: scanSkin, threads: threads)

    let pigment = HairPigment.of(plan.design.hair.colour)
    var look = SkinLook(tone: skin)
    look.seed = plan.design.seed
    look.shine = Float(taken.pictures.oil)
    look.age = Float(faceAge(plan.design))
    look.browColour = pigment.albedo
    if case .mannequin(let choice) = plan.design.head, choice.sex == .male { look.beard = 0.45 }
    look.scarWeight = plan.fields.scarWeights(threads: threads)
    look.paleWeight = plan.fields.shelteredWeights(strength: Float(plan.design.client.tan))
    self.look = look
    hair = HairAppearance(plan, head: head, skin: skin)
    face = facialHair(
      of: head, colour: pigment.albedo, grey: Float(greyBrows(plan.design)), greyColour: HairPigment.of(.grey).albedo,
      seed: plan.design.seed)
    spots = extractionSpots(plan.fields)
    (deposits, mixtures) = makeDeposits(plan, threads: threads)
    density = treatedDensity(plan, threads: threads)
  }

  /// The same head, hair and skin with other impressions in it, `density` per cm² of treated skin.
  func holding(_ plan: TreatmentPlan, density: Double) -> Studio {
    var other = self
    other.plan = plan
    (other.deposits, other.mixtures) = makeDeposits(plan, threads: threads)
    other.density = density
    return other
  }

  /// One view with the hair that is there; `nil` is the camera of one's own.
  func dress(_ view: Pictures.View?, size: Int, background: Background? = nil) throws(StippleError) -> DressedView {
    dress(
      lit(try camera(for: view)), PictureWindow(width: size, height: size), quality: scene.quality,
      background: background ?? scene.background)
  }

  /// Draws each state of a view in full size, window by window where it does not fit in memory at once.
  func draw(_ view: Pictures.View?, states: [[Marks]]) throws(StippleError) -> [DrawnPicture] {
    let size = scene.pictures.size
    let lit = lit(try camera(for: view))
    var drawn = states.map { _ in DrawnPicture(size: size, samples: scene.needsSamples) }
    for window in scene.windows(size: size) {
      let dressed = dress(lit, window, quality: scene.quality, background: scene.background)
      for (k, marks) in states.enumerated() {
        drawn[k].append(dressed.picture(impressions: marks, threads: threads))
        if scene.needsSamples {
          drawn[k].append(dressed.samples(impressions: marks, bits16: scene.pictures.sixteenBit, threads: threads))
        }
      }
    }
    return drawn
  }

  private func lit(_ camera: Camera) -> LitView {
    LitView(head, look: look, camera: camera, light: scene.light, threads: threads)
  }

  private func dress(
    _ lit: LitView, _ window: PictureWindow, quality: PictureQuality, background: Background
  ) -> DressedView {
    var strands = hair.strands
    strands.append(face)
    return DressedView(
      lit.planes(window, quality: quality, threads: threads), shafts: [spots, hair.shafts], strands: strands,
      background: background, threads: threads)
  }

  func camera(for view: Pictures.View?) throws(StippleError) -> Camera {
    var camera: Camera
    if let view, let named = ClinicView(rawValue: view.rawValue) {
      camera = named.camera(for: head.landmarks)
    } else if view != nil {
      let place = try closeUpPlace()
      camera = macroCamera(at: place.position, normal: normal(at: place))
    } else {
      let own = scene.pictures.camera ?? Pictures.OwnCamera()
      camera = FreeCamera(
        azimuth: own.azimuth, elevation: own.elevation, distance: own.distance, focal: own.focal
      ).camera(at: scene.looksAtPlace ? try closeUpPlace().position : head.landmarks.middle)
      let least = camera.leastDistance(from: head.mesh)
      if !scene.orthographic && camera.distance < least {
        throw StippleError(
          .usage,
          "the camera stands inside the head or against it: from this side its distance must be at least "
            + "\(Int(least.rounded(.up))) mm, not \(short(own.distance))")
      }
    }
    camera.isOrthographic = scene.orthographic
    return camera
  }

  private func closeUpPlace() throws(StippleError) -> SurfacePoint {
    if scene.pictures.macroPlace == nil, let name = scene.pictures.at {
      guard let place = plan.fields.place(named: name) else {
        throw StippleError(.data, "the design has no place called \(name.rawValue)")
      }
      return place
    }
    guard let place = plan.fields.macroPlace else {
      throw StippleError(.data, "pictures.macro: the close-up looks at a place off the scalp")
    }
    return place
  }

  private func normal(at point: SurfacePoint) -> SIMD3<Float> {
    let t = head.mesh.triangles[Int(point.triangle)]
    let n = head.mesh.normals
    return normalized(
      n[Int(t.x)] * (1 - point.v - point.w) + n[Int(t.y)] * point.v + n[Int(t.z)] * point.w)
  }

  /// The impressions as they look `years` after the last session, and the redness of fresh work around them.
  func impressions(atYears years: Double, pace: Pace) throws(StippleError) -> [Marks] {
    if deposits.count == 0 { return [] }
    let design = plan.design
    let kind = design.pigment.kind.aging
    var deposits = deposits
    deposits.renewals = courseOfTreatment(design, pace: pace).course.course.renewals
    deposits.removals = design.removals
    let aged: AgedDeposits
    do {
      aged = try age(
        deposits, years: years, pace: pace, kind: kind, lossMultiplier: design.lossMultiplier, parameters: design.aging)
    } catch {
      throw StippleError(.data, error.description)
    }
    // What darkness takes in optical density is solved for once per session, tissue and mixture, at the group's mean.
    let tissues = PigmentAging.Tissue.allCases.count
    let groupCount = deposits.sessionDays.count * tissues * (mixtures.isEmpty ? 1 : design.layers.count + 1)
    func group(_ i: Int) -> Int {
      let mixture = mixtures.isEmpty ? 0 : Int(mixtures[i])
      return (mixture * deposits.sessionDays.count + Int(deposits.session[i])) * tissues
        + Int(deposits.tissue[i].rawValue)
    }
    var sums = [GroupSums](repeating: GroupSums(), count: groupCount)
    for i in 0..<deposits.count {
      sums[group(i)].add(
        load: deposits.load[i] * deposits.luck[i], darkness: aged.darkness[i], core: deposits.coreDiameter[i],
        width: aged.coreWidth[i], needleDepth: deposits.needleDepth[i], scab: aged.scab[i])
    }
    let densityPerDarkness = sums.map {
      Float($0.opticalDensity(density: density, ink: design.pigment.kind.ink, in: skin) / max($0.meanDarkness, 1e-9))
    }
    let classes = DotClasses(
      diameters: aged.coreWidth,
      depths: (0..<deposits.count).map { i in
        Float(drawnDepth(needleDepth: Double(deposits.needleDepth[i]), scab: Double(aged.scab[i])))
      },
      densities: (0..<deposits.count).map { i in aged.darkness[i] * densityPerDarkness[group(i)] },
      ink: design.pigment.kind.ink, in: skin)
    // What depth does to the colour is in the optics; only what years do is added.
    let red = redDrift(kind, years: years, design.aging)
    let blue = yearsBlue(kind, years: years, design.aging)
    let resting = PigmentBody.restingDepth(needleDepth: design.pigment.needleDepth)
    var marks = Marks(
      styles: zip(classes.profiles, classes.bodies).map { profile, body in
        let shown = hueWeight(apparentDiameter: apparentDiameter(width: body.diameter))
        return profile.tinted(red: red * shown, blue: blue * shown, in: skin)
      }, depth: Float(resting))
    for i in 0..<deposits.count {
      marks.append(
        position: plan.impressions.points[i].position, normal: plan.impressions.normals[i],
        style: Int(classes.classes[i]), strength: classes.strengths[i])
    }
    guard aged.redness.contains(where: { $0 > 0 }) else { return [marks] }
    var flush = Marks(styles: [rednessHalo(in: skin)], depth: Float(resting))
    for i in 0..<deposits.count where aged.redness[i] > 0 {
      flush.append(
        position: plan.impressions.points[i].position, normal: plan.impressions.normals[i], style: 0,
        strength: aged.redness[i])
    }
    return [marks, flush]
  }

  /// What the sheet says about itself.
  func footer(pace: String, showsYears: Bool) -> [String] {
    let design = plan.design
    let pigment = design.pigment
    let count = plan.impressions.count
    var lines = [
      "\(count) impressions, core \(short(pigment.coreDiameter)) mm, needle depth \(short(pigment.needleDepth)) mm, "
        + "\(design.sessions.count) sessions; skin \(design.client.skinName)"
        + (head.scanSkin == nil ? "" : ", coloured by the scan") + "; seed \(design.seed)"
    ]
    if showsYears {
      lines.append(
        "Fading is shown at \(pace). No study has followed this treatment for more than six months: "
          + "the years are an estimate, and clients differ by the range given above each year.")
    }
    return lines
  }
}

/// A number without needless digits.
func short(_ value: Double) -> String {
  let rounded = (value * 100).rounded() / 100
  return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
}

/// Depth at which pigment is drawn, mm: where it rests, or nearer the surface as far as it is still ink and scab in the
/// epidermis.
private func drawnDepth(needleDepth: Double, scab: Double) -> Double {
  let resting = PigmentBody.restingDepth(needleDepth: needleDepth)
  let surface = PigmentBody.depthRange.lowerBound
  return resting + (min(surface, resting) - resting) * scab
}

/// Sums over the impressions of one session, tissue and mixture.
private struct GroupSums {
  private var count = 0.0
  private var load = 0.0
  private var darkness = 0.0
  private var core = 0.0
  private var width = 0.0
  private var needleDepth = 0.0
  private var scab = 0.0

  var meanDarkness: Double { darkness / max(count, 1) }

  mutating func add(load: Float, darkness: Float, core: Float, width: Float, needleDepth: Float, scab: Float) {
    count += 1
    self.load += Double(load)
    self.darkness += Double(darkness)
    self.core += Double(core)
    self.width += Double(width)
    self.needleDepth += Double(needleDepth)
    self.scab += Double(scab)
  }

  /// Optical density of the group's average impression now: see `agedBody`.
  func opticalDensity(density: Double, ink: Ink, in skin: SkinTone) -> Double {
    guard count > 0, load > 0 else { return 0 }
    let healed = PigmentBody(
      diameter: max(core / count, 0.02), depth: drawnDepth(needleDepth: needleDepth / count, scab: 0),
      opticalDensity: load / count, ink: ink)
    return agedBody(
      healed, darkness: darkness / load, width: width / count,
      depth: drawnDepth(needleDepth: needleDepth / count, scab: scab / count), density: density, in: skin
    ).opticalDensity
  }
}

/// Impressions per cm² of treated skin, on average.
private func treatedDensity(_ plan: TreatmentPlan, threads: Int?) -> Double {
  let treated = plan.fields.totals(threads: threads).treatedArea
  return treated > 0 ? Double(plan.impressions.count) / Double(treated) : 1
}

/// What ageing needs to know of one impression.
private struct Deposit: Sendable {
  var session: UInt8 = 0
  var tissue = PigmentAging.Tissue.skin
  var load: Float = 0
  var luck: Float = 1
  var clock: Float = 0
  var coreDiameter: Float = 0
  var needleDepth: Float = 0
  var mixture: UInt8 = 0
}

/// What ageing needs to know of a plan's impressions.
private func makeDeposits(_ plan: TreatmentPlan, threads: Int?) -> (deposits: Deposits, mixtures: [UInt8]) {
  let pigment = plan.design.pigment
  let random = CounterRandom(seed: plan.design.seed, stream: 0x4C55_434B)
  let places = PlaceLuck(seed: plan.design.seed)
  let aging = plan.design.aging
  let differs = plan.fields.pigmentDiffers
  let scarred = plan.design.layers.contains { if case .scar = $0 { true } else { false } }
  let all = tabulate(plan.impressions.count, initial: Deposit(), threads: threads) { i in
    let point = plan.impressions.points[i]
    var deposit = Deposit(
      session: UInt8(plan.session(of: i)), load: Float(pigment.opticalDensity),
      coreDiameter: Float(pigment.coreDiameter), needleDepth: Float(pigment.needleDepth))
    deposit.luck = Float(
      dotLuck(Double(random.normal(UInt64(2 * i))), spread: aging.impressionLuck)
        * dotLuck(places.normal(at: point.position), spread: aging.placeLuck))
    deposit.clock = random.normal(UInt64(2 * i + 1))
    if differs {
      let own = plan.fields.pigment(at: point)
      deposit.mixture = UInt8((own.layer ?? -1) + 1)
      deposit.load = Float(own.pigment.opticalDensity)
      deposit.coreDiameter = Float(own.pigment.coreDiameter)
      deposit.needleDepth = Float(own.pigment.needleDepth)
    }
    // One step lighter at the very edge of a hairline: a fifth less pigment a step.
    deposit.load *= 1 - 0.2 * plan.fields.shadeSteps(at: point)
    if scarred {
      let here = plan.fields.tissue(at: point)
      deposit.load *= here.take
      if here.scarWeight > 0.5, let surface = here.surface {
        deposit.tissue =
          switch surface {
          case .flat: .flatScar
          case .hypertrophic: .hypertrophicScar
          case .atrophic: .atrophicScar
          }
      }
    }
    return deposit
  }
  let deposits = Deposits(
    coreDiameter: all.map(\.coreDiameter), needleDepth: all.map(\.needleDepth), load: all.map(\.load),
    session: all.map(\.session), tissue: all.map(\.tissue), luck: all.map(\.luck), clock: all.map(\.clock),
    sessionDays: plan.design.sessions.map(\.day))
  return (deposits, differs ? all.map(\.mixture) : [])
}

/// Extraction scars as marks that lighten: hairless, paler discs.
private func extractionSpots(_ fields: CompiledDesign) -> Marks {
  var styles: [LossProfile] = []
  var marks = Marks(styles: [])
  for group in fields.extractionScars {
    guard let typical = group.scars.radii.first else { continue }
    // Extraction scars are paler than the skin around them, redder channels least; the size is by eye (grade D).
    styles.append(paleDisc(radius: Double(typical), lightening: SIMD3(0.13, 0.16, 0.17)))
    for i in group.scars.centres.indices {
      let p = group.scars.centres[i]
      let size = group.scars.radii[i] / typical
      marks.append(
        position: p, normal: fields.scalp.frame.skin(towards: p).normal, style: styles.count - 1, strength: size * size)
    }
  }
  marks.styles = styles
  return marks
}
