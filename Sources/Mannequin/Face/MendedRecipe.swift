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
    r.cranium = .mended
    r.face = .mendedFace
    r.neck = .mendedNeck
    r.neckFillet = 26
    r.curveStep = 0.35
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
    // A rounder back: less at its corners, more in its middle
    brush("parietal eminence", height: 1.6)
    brush("occipital bun", spread: [30, 24, 18], height: 2.6)
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
    stroke("philtrum", sigma: 3, height: -0.5)
    stroke("philtral column", height: 0.3)
    stroke(
      "alar crease", along: [[14, -14.5, 100], [18.4, -18, 97], [20.6, -24, 95], [18.6, -30.5, 95]], sigma: 2.1,
      height: -1.1)
    // Where the lips meet, the corner dips into the cheek
    brushes.append(Brush("corner of the mouth", at: [26.5, -53.2, 85], spread: [3, 2.6, 6], height: -1))
    // A jaw that passes into the neck
    brush("prejowl", height: -0.3)
    brush("submental", height: 2.5)
    // A narrower nape
    stroke("sternomastoid", sigma: 10, height: 2.4)
  }
}

extension CraniumShape {
  /// Rounder over the top, and fuller only around the level of the tape.
  static let mended: CraniumShape = {
    var shape = CraniumShape.plain
    shape.midlineRoundness = 0.75
    shape.centreZ = -21
    shape.exponents = [
      [-90, 2.2], [0, 2.14], [30, 2.14], [60, 2.14], [90, 2.16], [120, 2.18], [150, 2.16], [180, 2.14], [225, 2.14],
    ]
    shape.fullnessShare = [
      [-90, 0.6], [-30, 1], [0, 1.1], [30, 1], [60, 0.5], [90, 0.1], [120, 0.2], [150, 0.55], [180, 0.6], [225, 0.6],
    ]
    return shape
  }()
}

extension LoftShape {
  static let mendedFace: LoftShape = {
    var shape = LoftShape.plainFace
    shape.smoothing = 5
    shape.join = 15
    shape.cappedEnds = true
    // The lower face runs on down and is cut off by the underside of the jaw.
    let jaw = [
      Section(-64, 95, 55, 8, -14, 2.06, 2.3), Section(-73, 93.5, 52.5, 9, -12, 2.06, 2.3),
      Section(-82, 94.5, 49, 11, -10, 2.06, 2.3), Section(-90, 95, 45, 14, -8, 2.06, 2.3),
      Section(-96, 94.5, 41.5, 17, -5, 2.06, 2.3), Section(-104, 93, 37.5, 20, 0, 2.06, 2.3),
      Section(-112, 91, 34, 22, 4, 2.06, 2.3), Section(-122, 89, 31, 24, 8, 2.06, 2.3),
    ]
    shape.sections = shape.sections.filter { $0.y > -60 } + jaw
    shape.underside = [
      [-30, -52], [-10, -60], [8, -69.5], [40, -88.5], [60, -99], [76, -105], [90, -107.5], [104, -108],
    ]
    shape.undersideRounding = 16
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
    let base = [
      Section(-130, 32, 61, -32, -95, 2.05), Section(-145, 30.5, 68, -36, -99, 2.1),
      Section(-160, 29.5, 79, -39, -104, 2.15), Section(-175, 29, 96, -42, -108, 2.2),
      Section(-200, 28, 130, -46, -113, 2.3),
    ]
    shape.sections = nape + base
    return shape
  }()
}

extension EyeShape {
  static let mended = EyeShape.plain
}

extension NoseShape {
  /// A pyramid whose sides run into the cheeks, a broad tip, wings with a soft groove above them.
  static let mended = NoseShape(
    cones: [
      Cone(from: [0, 24, 83.6], radiusFrom: 6.8, to: [0, 2, 93.6], radiusTo: 7.2),
      Cone(from: [0, 2, 93.6], radiusFrom: 7.2, to: [0, -15, 106.2], radiusTo: 7),
      Cone(from: [4.5, 12, 80], radiusFrom: 5.2, to: [8.2, -16, 96], radiusTo: 8),
      Cone(from: [0, -24, 109], radiusFrom: 3.6, to: [0, -31.5, 98], radiusTo: 4.4),
    ],
    coneFillet: 9,
    lobes: [
      Lobe(centre: [0, -18.2, 107.4], radii: [8.4, 6.6, 9.2], fillet: 9),
      Lobe(centre: [11, -23, 98.4], radii: [6.2, 6.2, 9.2], fillet: 6),
    ],
    fillet: 9, nostril: Lobe(centre: [6.2, -27.6, 104.8], radii: [2.9, 6, 3.8], fillet: 2.2),
    crease: [[15, -15.5, 99], [18.6, -20, 96]], creaseDepth: 0)
}

extension LipShape {
  /// Lips with a bow, fuller in the middle and thin at the corners, which turn up a little.
  static let mended = LipShape(
    upper: [
      [0, -51.3, 98.6, 3.7], [5.5, -49.9, 98.4, 4.4], [12, -50.8, 95.6, 3.9], [18.5, -52, 90.6, 2.6],
      [24.6, -53, 84.6, 1.2],
    ],
    lower: [
      [0, -59, 96.8, 5.5], [8, -58.7, 95.7, 5.2], [14, -57.2, 93, 4.2], [19.5, -55, 89, 2.6],
      [24.6, -53.3, 84.6, 1.2],
    ],
    line: [[0, -55.2], [5, -54.5], [10, -54.5], [18, -53.8], [25.6, -52.9]], lineSigma: 1.1, lineDepth: 1, fillet: 5)
}

extension EarShape {
  /// An ear that stands out further, with a bent plate, a helix whose root rises from the bowl, and a wider
  /// furrow between helix and antihelix.
  static let mended: EarShape = {
    var shape = EarShape.plain
    shape.origin = [68.2, 1, -4]
    shape.flare = 29
    shape.bend = 2
    shape.lean = 5
    shape.conchaFillet = 6
    shape.foldFillet = 5
    shape.helix = [
      [13, -4.5, -7, 2.2], [10, -2, -5, 2.3], [7, 2.2, -2, 2.3], [5.2, 7.5, 0.6, 2.2], [4.6, 14, 1.8, 2.2],
      [5, 21, 2.6, 2.4], [8.6, 27.4, 3, 2.5], [14.8, 30.8, 3.2, 2.5], [22.2, 29.8, 3.2, 2.4], [28.4, 23.8, 3, 2.3],
      [31, 15, 2.8, 2.2], [30.4, 6, 2.4, 2.1], [27.6, -3, 2, 2], [24, -11, 1.3, 1.9], [20, -18, 0.6, 1.8],
      [16, -23, 0, 1.8],
    ]
    shape.antihelix = [
      [11.5, -14, 2.4, 2.6], [16, -11.8, 2.8, 2.5], [19.6, -5.5, 3.4, 2.6], [20.6, 2, 3.6, 2.7], [19.4, 9, 3.4, 2.8],
      [17.2, 14, 2.6, 2.8],
    ]
    shape.superiorCrus = [[17.2, 14, 2.6, 2.8], [16.8, 19, 1.4, 2.6], [15.8, 24, 0.2, 2.2]]
    shape.inferiorCrus = [[17.2, 14, 2.6, 2.8], [12.4, 15.2, 0.8, 2.3], [7.6, 15.6, -0.8, 2]]
    shape.tragus = [[-0.4, 4, -1, 2.4], [2.6, -1.6, 2.6, 3], [3, -4.6, 2.6, 2.9], [1.2, -10, 0.2, 2.6]]
    shape.plateHalfThickness = 1.8
    shape.conchaInner = EllipsoidShape(11.2, -1.5, 1.5, radii: 9.2, 12.6, 8.2)
    shape.canal = EllipsoidShape(5, -3, -5, radii: 3.6, 4, 4)
    shape.antitragus = [[8.2, -15.6, 1, 2.3], [11.5, -14.6, 2.4, 2.6], [14.5, -12.6, 2.6, 2.5]]
    return shape
  }()
}
