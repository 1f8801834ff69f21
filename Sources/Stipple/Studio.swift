// A plan in front of the camera: its head prepared once, its hair grown once, every view and year drawn from that.

import HeadGeometry
import ImpressionSampling
import PNGImage
import PigmentAging
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
  let scene: PictureScene
  let threads: Int?

  init(_ plan: TreatmentPlan, skin source: SkinSource = .fromScan, scene: PictureScene? = nil, threads: Int?)
    throws(StippleError)
  {
    self.plan = plan
    let taken = if let scene { scene } else { try PictureScene(plan.design, PictureChoices(), size: nil) }
    self.scene = taken
    self.threads = threads
    let type = plan.design.client.skin.rawValue
    guard let skin = SkinTone.fitzpatrick(type) else { throw StippleError(.data, "no skin tone of type \(type)") }
    self.skin = skin
    var scanSkin: ScanSkin?
    if source == .fromScan, let colour = plan.head.colour {
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
    look.browColour = pigment.albedo
    if case .mannequin(let choice) = plan.design.head, choice.sex == .male { look.beard = 0.45 }
    look.scarWeight = plan.fields.scarWeights(threads: threads)
    self.look = look
    hair = HairAppearance(plan, head: head, skin: skin)
    face = facialHair(of: head, colour: pigment.albedo, seed: plan.design.seed)
    spots = extractionSpots(plan.fields)
    (deposits, mixtures) = makeDeposits(plan)
  }

  /// The same head, hair and skin with other impressions in it.
  func holding(_ plan: TreatmentPlan) -> Studio {
    var other = self
    other.plan = plan
    (other.deposits, other.mixtures) = makeDeposits(plan)
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

  /// The impressions as they look `years` after healing (30 days after the last session).
  ///
  /// Pigment that spreads keeps its mass: optical density falls as the core's area grows. How much of that shows is
  /// left to the optics of the skin.
  func impressions(afterYears years: Double, pace: Pace) throws(StippleError) -> [Marks] {
    if deposits.count == 0 { return [] }
    let aged: AgedDeposits
    do {
      aged = try age(deposits, years: healedAge + years, pace: pace, kind: plan.design.pigment.kind.aging)
    } catch {
      throw StippleError(.data, error.description)
    }
    // One optical style per session, tissue and mixture, at that group's mean; each impression differs by its load only.
    let tissues = PigmentAging.Tissue.allCases.count
    let groupCount = deposits.sessionDays.count * tissues * (mixtures.isEmpty ? 1 : plan.design.layers.count + 1)
    func group(_ i: Int) -> Int {
      let mixture = mixtures.isEmpty ? 0 : Int(mixtures[i])
      return (mixture * deposits.sessionDays.count + Int(deposits.session[i])) * tissues
        + Int(deposits.tissue[i].rawValue)
    }
    var sums = [SIMD4<Double>](repeating: .zero, count: groupCount)
    for i in 0..<deposits.count {
      sums[group(i)] += SIMD4(
        Double(density(aged, i)), Double(aged.coreWidth[i]), Double(deposits.needleDepth[i]), 1)
    }
    let resting = PigmentBody.restingDepth(needleDepth: plan.design.pigment.needleDepth)
    var marks = Marks(
      styles: sums.map { sum in
        let n = max(sum.w, 1)
        return lossProfile(
          PigmentBody(
            diameter: max(sum.y / n, 0.02), depth: PigmentBody.restingDepth(needleDepth: sum.z / n),
            opticalDensity: sum.x / n), in: skin)
      }, depth: Float(resting))
    for i in 0..<deposits.count {
      let mean = sums[group(i)]
      marks.append(
        position: plan.impressions.points[i].position, normal: plan.impressions.normals[i], style: group(i),
        strength: Float(Double(density(aged, i)) * mean.w / max(mean.x, 1e-9)))
    }
    return [marks]
  }

  /// Optical density of impression `i` along its axis.
  private func density(_ aged: AgedDeposits, _ i: Int) -> Float {
    let spread = deposits.coreDiameter[i] / aged.coreWidth[i]
    return aged.load[i] * spread * spread
  }

  /// What the sheet says about itself.
  func footer(pace: Pace, years: [Double]) -> [String] {
    let design = plan.design
    let pigment = design.pigment
    let count = plan.impressions.count
    var lines = [
      "\(count) impressions, core \(short(pigment.coreDiameter)) mm, needle depth \(short(pigment.needleDepth)) mm, "
        + "\(design.sessions.count) sessions; skin type \(design.client.skin.rawValue)"
        + (head.scanSkin == nil ? "" : ", coloured by the scan") + "; seed \(design.seed)"
    ]
    if !years.isEmpty {
      lines.append(
        "Fading is shown at the \(pace.rawValue) pace. No study has followed this treatment for more than six months: "
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

/// Share of the healed darkness that is left for clients who fade slowly, typically and fast.
func visibility(afterYears years: Double) -> (slow: Double, typical: Double, fast: Double) {
  let range = FadeRange()
  func share(_ pace: Pace) -> Double { range.darkness(pace, years: healedAge + years) }
  return (share(.slow), share(.typical), share(.fast))
}

/// What ageing needs to know of a plan's impressions.
private func makeDeposits(_ plan: TreatmentPlan) -> (deposits: Deposits, mixtures: [UInt8]) {
  let count = plan.impressions.count
  let pigment = plan.design.pigment
  let random = CounterRandom(seed: plan.design.seed, stream: 0x4C55_434B)
  var session = [UInt8](repeating: 0, count: count)
  var tissue = [PigmentAging.Tissue](repeating: .skin, count: count)
  var load = [Float](repeating: Float(pigment.opticalDensity), count: count)
  var luck = [Float](repeating: 1, count: count)
  var coreDiameter = [Float](repeating: Float(pigment.coreDiameter), count: count)
  var needleDepth = [Float](repeating: Float(pigment.needleDepth), count: count)
  let differs = plan.fields.pigmentDiffers
  var mixtures = [UInt8](repeating: 0, count: differs ? count : 0)
  let scarred = plan.design.layers.contains { if case .scar = $0 { true } else { false } }
  for i in 0..<count {
    session[i] = UInt8(plan.session(of: i))
    luck[i] = Float(dotLuck(Double(random.normal(UInt64(i)))))
    let point = plan.impressions.points[i]
    if differs {
      let own = plan.fields.pigment(at: point)
      mixtures[i] = UInt8((own.layer ?? -1) + 1)
      load[i] = Float(own.pigment.opticalDensity)
      coreDiameter[i] = Float(own.pigment.coreDiameter)
      needleDepth[i] = Float(own.pigment.needleDepth)
    }
    // One step lighter at the very edge of a hairline: a fifth less pigment a step.
    load[i] *= 1 - 0.2 * plan.fields.shadeSteps(at: point)
    if scarred {
      let here = plan.fields.tissue(at: point)
      load[i] *= here.take
      if here.scarWeight > 0.5, let surface = here.surface {
        tissue[i] =
          switch surface {
          case .flat: .flatScar
          case .hypertrophic: .hypertrophicScar
          case .atrophic: .atrophicScar
          }
      }
    }
  }
  let deposits = Deposits(
    coreDiameter: coreDiameter, needleDepth: needleDepth, load: load, session: session, tissue: tissue, luck: luck,
    sessionDays: plan.design.sessions.map(\.day))
  return (deposits, mixtures)
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
