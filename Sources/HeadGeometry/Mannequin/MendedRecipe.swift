// The recipe that the mannequin uses: the plain one with its weaknesses cured and with the tragion moved to where
// the survey arcs over forehead, upper lip and chin want it.

extension MannequinRecipe {
  /// The mended recipe, 50th-percentile man. Its frame is the template frame.
  static let mended: MannequinRecipe = {
    var r = MannequinRecipe.plain
    // Tape arcs from tragion to tragion over the face come out 14 to 21 mm short when the ear sits as drawn;
    // with the head 8 mm further forward of the tragion they fit.
    r.forward = 8
    r.earForward = 4
    r.cutRounding = 0
    r.face = .mendedFace
    r.neck = .mendedNeck
    r.neckFillet = 18
    r.mendRelief()
    r.eye = .mended
    r.nose = .mended
    r.lips = .mended
    r.ear = .mended
    return r
  }()

  private mutating func mendRelief() {
    func brush(_ name: String, spread: [Double]? = nil, height: Double) {
      guard let i = brushes.firstIndex(where: { $0.name == name }) else { return }
      brushes[i].height = height
      if let spread { brushes[i].spread = spread }
    }
    func stroke(
      _ name: String, along points: [[Double]]? = nil, sigma: Double? = nil, height: Double, mirrored: Bool = false
    ) {
      guard let i = strokes.firstIndex(where: { $0.name == name }) else { return }
      strokes[i].height = height
      strokes[i].mirrored = mirrored
      if let points { strokes[i].points = points }
      if let sigma { strokes[i].sigma = sigma }
    }
    // A softer jaw corner and cheek
    brush("gonial angle", height: 0.3)
    brush("masseter", height: 1.0)
    brush("cheekbone", spread: [18, 15, 15], height: 2.6)
    stroke("jaw line", sigma: 8, height: 0.6)
    // A calm brow: one soft arch across the midline, shallower orbits
    stroke(
      "superciliary arch", along: [[0, 30, 97], [12, 31, 95.5], [24, 33, 92], [36, 33, 86], [46, 28, 76]], sigma: 7,
      height: 1.5, mirrored: true)
    stroke("supraorbital rim", height: 0.9)
    brush("glabella", spread: [16, 11, 9], height: 0.9)
    brush("orbit", height: -5)
    brush("orbit medial", height: -2)
    // Shallow folds around the mouth
    stroke("nasolabial fold", sigma: 4.5, height: -0.55)
    stroke("labiomental corner", height: -0.5)
    brush("mentolabial sulcus", height: -1)
    stroke("alar crease", sigma: 2.2, height: -0.7)
    // A narrower nape
    stroke("sternomastoid", sigma: 10, height: 2.4)
  }
}

extension LoftShape {
  static let mendedFace: LoftShape = {
    var shape = LoftShape.plainFace
    shape.smoothing = 5
    shape.join = 15
    shape.cappedEnds = true
    let chin = [
      Section(-64, 95, 54.6, 9, -10, 2.06, 2.4), Section(-73, 93, 51, 13, 0, 2.06, 2.4),
      Section(-82, 94.5, 46, 21, 11, 2.06, 2.4), Section(-90, 94.5, 39.5, 33, 23, 2.06, 2.4),
      Section(-96, 92, 31.5, 45, 34, 2.1, 2.4), Section(-99.5, 88, 23.5, 56, 44, 2.1, 2.4),
      Section(-102, 82, 14, 65, 54, 2.1, 2.2), Section(-103.5, 76, 4, 71, 66, 2.06, 2.06),
    ]
    shape.sections = shape.sections.filter { $0.y > -60 } + chin
    // An exponent below 2 has infinite curvature on the midline: a ridge.
    for i in shape.sections.indices { shape.sections[i].nFront = max(shape.sections[i].nFront, 2.06) }
    return shape
  }()

  static let mendedNeck: LoftShape = {
    var shape = LoftShape.plainNeck
    shape.smoothing = 5
    shape.join = 15
    shape.cappedEnds = true
    let nape = [
      Section(0, 26, 46, -10, -72, 2.05), Section(-25, 26, 46, -12, -72, 2.05), Section(-50, 27, 46.5, -14, -73, 2.05),
      Section(-75, 29, 49, -17, -76, 2.05), Section(-95, 32, 53, -21, -82, 2.05),
      Section(-115, 34, 57.5, -26, -90, 2.05),
    ]
    shape.sections = nape + shape.sections.filter { $0.y < -120 }
    return shape
  }()
}

extension EyeShape {
  static let mended = EyeShape.plain
}

extension NoseShape {
  static let mended: NoseShape = {
    var shape = NoseShape.plain
    shape.cones[0] = Cone(from: [0, 22, 83.8], radiusFrom: 6.2, to: [0, 2, 94.6], radiusTo: 6.6)
    shape.cones[1] = Cone(from: [0, 2, 94.2], radiusFrom: 6.6, to: [0, -15, 107.2], radiusTo: 6.2)
    shape.lobes[0] = Lobe(centre: [0, -18.2, 107.4], radii: [7.2, 6.6, 9.6], fillet: 7)
    shape.lobes[1] = Lobe(centre: [10.6, -23, 98.8], radii: [6.6, 6.4, 9.2], fillet: 5.5)
    shape.nostril = Lobe(centre: [6.4, -30.2, 102.6], radii: [2.6, 3, 5.4], fillet: 2.5)
    shape.creaseDepth = 0
    return shape
  }()
}

extension LipShape {
  static let mended: LipShape = {
    var shape = LipShape.plain
    shape.upper = [
      [0, -50.9, 98.6, 3.7], [5.5, -49.7, 98.4, 4.2], [12, -50.8, 95.8, 3.8], [18.5, -52.3, 90.8, 2.8],
      [25, -53.2, 84.6, 1.5],
    ]
    shape.lower = [
      [0, -58.4, 96.6, 4.9], [8, -58.3, 95.7, 4.9], [14, -57.3, 93.2, 4.2], [19.5, -55.3, 89.2, 3],
      [25, -53.4, 84.6, 1.5],
    ]
    shape.line = [[0, -54.9], [5, -54.3], [10, -54.5], [18, -54], [25.8, -53.2]]
    shape.fillet = 5
    return shape
  }()
}

extension EarShape {
  static let mended: EarShape = {
    var shape = EarShape.plain
    shape.flare = 31
    return shape
  }()
}
