// A placed design in front of the camera: its head prepared once, its hair grown once, every view and moment drawn from
// that. Previews, timelines and live drafts all stand here.

import Arithmetic
import Files
import ImpressionSampling
import Mannequin
import Meshes
import PNGImage
import PigmentAging
import ScalpGeometry
import ScalpRendering
import SkinOptics
import TreatmentDesign

struct Portrait: Sendable {
  let design: Design
  let fields: CompiledDesign
  let head: PreparedHead
  let skin: SkinTone
  let look: SkinLook
  let hair: HairAppearance
  let face: Strands
  let impressions: PlacedImpressions
  /// Pale spots of extraction scars.
  let spots: Marks
  private(set) var scene: PictureScene
  let threads: Int?

  /// Throws `StippleError` as `OpenedDesign.placement` does, and `data` or `limit` for the pictures of a scan.
  init(_ opened: OpenedDesign) throws(StippleError) {
    try self.init(
      opened.placement(), scanSkin: opened.scanSkin(), treatedArea: opened.totals().treatedArea,
      threads: opened.threads)
  }

  /// - Parameter treatedArea: cm².
  init(
    _ placement: Placement, scanSkin: ScanSkin? = nil, treatedArea: Double, threads: Int?
  ) throws(StippleError) {
    design = placement.design
    fields = placement.fields
    self.threads = threads
    scene = PictureScene(design.pictures)
    let skin = design.client.tone
    self.skin = skin
    head = PreparedHead(placement.head, scanSkin: scanSkin, threads: threads)

    let pigment = HairPigment.of(design.hair.colour)
    var look = SkinLook(tone: skin)
    look.seed = design.seed
    look.shine = Float(design.pictures.oil)
    look.age = Float(faceAge(design))
    look.browColour = pigment.albedo
    if case .mannequin(let choice) = design.head, choice.sex == .male { look.beard = 0.45 }
    look.scars = fields.scarOutlines.map { ScarSkin($0.layer, $0.outline) }
    // Photographed hair has its own skin below it.
    let isShown = scanSkin != nil && fields.photographedHair != nil
    look.paleWeight = isShown ? [] : fields.shelteredWeights(strength: Float(design.client.tan))
    self.look = look
    hair = HairAppearance(placement, head: head, skin: skin)
    face = facialHair(
      of: head, colour: pigment.albedo, grey: Float(greyBrows(design)), greyColour: HairPigment.of(.grey).albedo,
      seed: design.seed)
    spots = extractionSpots(fields, in: skin)
    impressions = PlacedImpressions(
      placement, density: treatedArea > 0 ? Double(placement.impressions.count) / treatedArea : 1, threads: threads)
  }

  /// The impressions as they look `years` after the last session; before treatment, `nil`, there are none.
  func appearance(atYears years: Double?, pace: Pace) throws(StippleError) -> [Marks] {
    guard let years else { return [] }
    return try Stipple.appearance(of: impressions, in: skin, atYears: years, pace: pace)
  }

  /// The same under other lamps.
  func under(_ light: Pictures.Light) -> Portrait {
    var pictures = scene.pictures
    pictures.light = light
    var portrait = self
    portrait.scene = PictureScene(pictures)
    return portrait
  }

  // MARK: Drawing

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
      lit.planes(window, quality: quality, threads: threads), shafts: [spots, hair.shafts, hair.mouths],
      strands: strands, background: background, threads: threads)
  }

  // MARK: Camera

  func camera(for view: Pictures.View?) throws(StippleError) -> Camera {
    var camera: Camera
    if let view, let named = view.clinicView {
      camera = named.camera(for: head.landmarks)
    } else if view != nil {
      let place = try closeUpPlace()
      camera = macroCamera(at: place.position, normal: place.normal(on: head.mesh))
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
      guard let place = fields.place(named: name) else {
        throw StippleError(.data, "the design has no place called \(name.rawValue)")
      }
      return place
    }
    guard let place = fields.macroPlace else {
      throw StippleError(.data, "pictures.macro: the close-up looks at a place off the scalp")
    }
    return place
  }

  // MARK: Words

  /// What the sheet says about itself.
  func footer(pace: String, showsYears: Bool) -> [String] {
    let pigment = design.pigment
    let count = impressions.placement.impressions.count
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

/// The scan's own colours, where it has any.
///
/// Throws `StippleError`: `limit` where memory would not do, `data` for pictures that cannot be read.
func scanColours(_ head: Head, threads: Int?) throws(StippleError) -> ScanSkin? {
  guard let colour = head.colour else { return nil }
  if let problem = memoryProblem(need: ScanSkin.memory(for: colour)) {
    throw StippleError(
      .limit, "for the scan's pictures \(problem); scale them down, or leave them out with --skin-colour from-design")
  }
  do {
    return try ScanSkin(colour, threads: threads)
  } catch {
    throw StippleError(.data, error.description)
  }
}
