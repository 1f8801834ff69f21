// A plan in front of the camera: its head prepared once, its hair grown once, every view and year drawn from that.

import HeadGeometry
import ImpressionSampling
import PNGImage
import PigmentAging
import ScalpRendering
import SkinOptics
import TreatmentDesign

struct Studio {
  let plan: TreatmentPlan
  let head: PreparedHead
  let skin: SkinTone
  let look: SkinLook
  let hair: HairAppearance
  let face: Strands
  let deposits: Deposits
  /// Pale spots of extraction scars.
  let spots: Marks
  let threads: Int?

  init(_ plan: TreatmentPlan, skin source: SkinSource = .fromScan, threads: Int?) throws(StippleError) {
    self.plan = plan
    self.threads = threads
    let skin = plan.design.client.tone
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
    look.browColour = pigment.albedo
    if case .mannequin(let choice) = plan.design.head, choice.sex == .male { look.beard = 0.45 }
    look.scarWeight = plan.fields.scarWeights(threads: threads)
    look.paleWeight = plan.fields.shelteredWeights(strength: Float(plan.design.client.tan))
    self.look = look
    hair = HairAppearance(plan, head: head, skin: skin)
    face = facialHair(of: head, colour: pigment.albedo, seed: plan.design.seed)
    spots = extractionSpots(plan.fields)
    deposits = makeDeposits(plan)
  }

  /// One view with the hair that is there.
  func dress(_ view: Pictures.View, size: Int) throws(StippleError) -> DressedView {
    let planes = prepareView(
      of: head, look: look, camera: try camera(for: view), width: size, height: size, threads: threads)
    var strands = hair.strands
    strands.append(face)
    return DressedView(planes, shafts: [spots, hair.shafts], strands: strands, threads: threads)
  }

  private func camera(for view: Pictures.View) throws(StippleError) -> Camera {
    if let named = ClinicView(rawValue: view.rawValue) { return named.camera(for: head.landmarks) }
    guard let place = plan.fields.macroPlace else {
      throw StippleError(.data, "pictures.macro: the close-up looks at a place off the scalp")
    }
    return macroCamera(at: place.position, normal: normal(at: place))
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
    let classes = DotClasses(
      diameters: aged.coreWidth,
      depths: deposits.needleDepth.map { Float(PigmentBody.restingDepth(needleDepth: Double($0))) },
      densities: (0..<deposits.count).map { density(aged, $0) },
      ink: Ink.named(plan.design.pigment.kind.rawValue) ?? .carbon, in: skin)
    var marks = Marks(
      styles: classes.profiles, depth: Float(PigmentBody.restingDepth(needleDepth: plan.design.pigment.needleDepth)))
    for i in 0..<deposits.count {
      marks.append(
        position: plan.impressions.points[i].position, normal: plan.impressions.normals[i],
        style: Int(classes.classes[i]), strength: classes.strengths[i])
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
        + "\(design.sessions.count) sessions; skin \(design.client.skinName)"
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
private func makeDeposits(_ plan: TreatmentPlan) -> Deposits {
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
  let scarred = plan.design.layers.contains { if case .scar = $0 { true } else { false } }
  for i in 0..<count {
    session[i] = UInt8(plan.session(of: i))
    luck[i] = Float(dotLuck(Double(random.normal(UInt64(i)))))
    let point = plan.impressions.points[i]
    if differs {
      let own = plan.fields.pigment(at: point).pigment
      load[i] = Float(own.opticalDensity)
      coreDiameter[i] = Float(own.coreDiameter)
      needleDepth[i] = Float(own.needleDepth)
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
  return Deposits(
    coreDiameter: coreDiameter, needleDepth: needleDepth, load: load, session: session, tissue: tissue, luck: luck,
    sessionDays: plan.design.sessions.map(\.day))
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
