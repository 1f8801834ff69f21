// The first document a person edits: every section with its unit and what it does, filled in for one kind of client.

/// What a starter document is made for.
public struct StarterChoice: Sendable, Equatable {
  public var sex = MannequinChoice.Sex.male
  public var loss = ExistingHair.Loss.norwoodIII
  public var skin = Client.SkinType.ii
  public var hairColour = ExistingHair.Colour.darkBrown
  /// Years, 18 to 100; `nil` leaves the age out.
  public var age: Double? = 35
  /// Share of grey or white hairs, 0 to 1; `nil` follows from the colour.
  public var grey: Double?
  /// Hairs per cm² where nothing is lost, 30 to 400.
  public var hairDensity: Double = 200
  /// Shaft diameter, mm; `nil` is usual for the skin.
  public var calibre: Double?
  /// Visible above the skin, mm; `nil` is short for men and 3 for women.
  public var hairLength: Double?
  /// How dark the work is to be, times the hair; `nil` leaves it to the pattern.
  public var darkness: Double?
  /// Impressions per cm² in place of those that stand for the missing hair.
  public var impressions: Double?
  /// Needle depth, mm; `nil` leaves it to be found.
  public var needleDepth: Double?
  /// What the pigment is made of; `nil` follows from the hair.
  public var pigment: Pigment.Kind?
  /// The lines of the section `head`, indented, for a scan in place of the mannequin; each ends without a line break.
  public var scan: [String]?

  public init() {}
}

/// A commented design document to start from. It reads without problems and is worded for the person who will
/// change it; the numbers are the defaults of the trade for that client, not a recommendation for anybody.
public func starterDesign(_ choice: StarterChoice = StarterChoice()) -> String {
  let long = choice.loss.widensTheParting
  var text = """
    # A scalp micropigmentation design. Lengths are in mm along the skin, densities per cm2, days from the first session.
    # Places are {up, side}: up from the glabella (between the brows) over the vertex, side from the midline,
    # positive to the subject's left. On an average head the vertex is near up 170, the crown near 265, the inion near 365.
    $schema: stipple.schema.json  # for editors; 'stipple schema > stipple.schema.json' writes it
    schemaVersion: 1
    # title: Softer hairline  # what pictures and sheets call it
    seed: 1  # the same seed gives the same pictures

    head:
    \(head(for: choice))

    client:
      skin: \(choice.skin.rawValue)  # Fitzpatrick type, I to VI

    """
  if let age = choice.age.map({ min(max($0, 18), 100) }) {
    text += "  age: \(plain(age))  # years, for advice and the face\n"
  }
  let colour = choice.hairColour
  let greyShare = choice.grey ?? (colour == .white ? 1 : colour == .grey ? 0.7 : 0)
  let length = choice.hairLength ?? (long ? 3 : 0.6)
  text += """

    hair:  # what is there before treatment
      colour: \(colour.rawValue)  # \(names(ExistingHair.Colour.self))
      grey: \(plain(greyShare))  # share of grey or white hairs, 0 to 1
      density: \(plain(choice.hairDensity))  # hairs per cm2 where nothing is lost
      calibre: \(plain(choice.calibre ?? choice.skin.usualCalibre))  # shaft diameter, mm
      length: \(plain(length))  # visible above the skin, mm: 0.2 razor, 0.6 foil shaver, 6 a short cut
      loss: \(choice.loss.rawValue)  # norwood-2 to norwood-7 (a: -2a to -5a), ludwig-1 to -3, sinclair-1 to -5; see the schema

    """
  if long { text += "  # partWidth: 8  # of the parting, mm; left out, the loss pattern's own\n" }
  text += "\nlayers:  # what is put where, in order\n"
  text += layers(for: choice)
  let (view, sheetViews) =
    long
    ? ("top", "[front, left45, macro]")
    : choice.loss == .crown ? ("back", "[top, left45, macro]") : ("left45", "[front, top, macro]")
  text += """

    pigment:
      kind: \((choice.pigment ?? (choice.hairColour == .red ? .ironOxide : .carbon)).rawValue)  # carbon, iron-oxide, azo, temporary
    \(wish(choice, long: long, pale: greyShare > 0.5))
      # coreDiameter: 0.2  # mm; a number that is stated stands, and the rest is found for it

    sessions:  # share of all impressions in place after each visit
      - {day: 0, share: 0.3}
      - {day: 21, share: 0.7}
      - {day: 42, share: 1}

    # touchUps: [{below: 0.65}]  # or {year: 4}; the plan says when, how much, and whether it is too much
    # rates: {currency: EUR, perSession: 0, perHour: 0}  # the clinic's own; the plan multiplies them out
    # waive: [{rule: L15, reason: his own words}]  # a rule of 'stipple check' set aside knowingly

    pictures:
      view: \(view)  # front, left45, right45, left, right, top, back, macro
      sheetViews: \(sheetViews)
      size: 1024  # pixels

    """
  return commentsAligned(text)
}

extension ExistingHair.Loss {
  /// A woman's pattern, worn with longer hair: the gaps are filled, no line is drawn.
  var widensTheParting: Bool { sex == .female }
}

/// How dark the work is to be.
private func wish(_ choice: StarterChoice, long: Bool, pale: Bool) -> String {
  let depth = choice.needleDepth.map { "\n  needleDepth: \(plain($0))  # mm" } ?? ""
  if let darkness = choice.darkness {
    return
      "  match: hair  # dilution, needle, depth and density are found so that the work looks like the hair beside it\n"
      + "  darkness: \(plain(darkness))  # times the hair's" + depth
  }
  // Dark points would show between light hairs.
  if long && pale { return "  opticalDensity: 1.5  # pale dots between light hairs; the rest is found for it" + depth }
  let match =
    "  match: hair  # dilution, needle, depth and density are found so that the work looks like the hair beside it\n"
  return match
    + (long
      ? "  darkness: 0.8  # times the hair's; under longer hair a little lighter is enough"
      : "  # darkness: 0.9  # times the hair's, for a softer look") + depth
}

/// The mannequin, or the scan with what was found of it.
private func head(for choice: StarterChoice) -> String {
  if let scan = choice.scan { return (scan + ["  sex: \(choice.sex.rawValue)"]).joined(separator: "\n") }
  return "  sex: \(choice.sex.rawValue)\n"
    + "  percentile: 50  # size of the head, 1 to 99; or headLength, headBreadth, headCircumference in mm"
}

/// What the layers put down, as its key stands in a layer.
private func density(of choice: StarterChoice) -> String {
  choice.impressions.map { "density: \(plain($0))  # impressions per cm2, hair counted in" }
    ?? "# density: 250  # impressions per cm2, hair counted in; left out, what stands for the missing hair"
}

/// Mid-frontal height for the client's age, mm: surgical practice places a man's line at 70 to 80 and higher with
/// age; women's lines measure 55 to 64.
private func hairlineHeight(for choice: StarterChoice) -> Double {
  if choice.sex == .female { return 60 }
  guard let age = choice.age else { return 76 }
  return age > 50 ? 80 : age > 35 ? 76 : 72
}

private func layers(for choice: StarterChoice) -> String {
  switch choice.loss {
  case .ludwigI, .ludwigII, .ludwigIII, .sinclair1, .sinclair2, .sinclair3, .sinclair4, .sinclair5:
    return """
        - zone:
            ellipse:  # around the parting
              centre: {up: 165}
              length: 140  # front to back
              width: 90  # side to side
            feather: 30  # from 10 to 90 % of the density, mm
      \(filled(choice, indent: 6))      blend: fill  # impressions go where hair is missing

      """
  case .crown:
    return crown(choice)
  case .areataSingle, .areataMultiple, .ophiasis, .diffuse:
    return """
        - zone:
            area: scalp
            \(density(of: choice))
            feather: 10  # from 10 to 90 % of the density at the border, mm
            blend: fill  # impressions go where hair is missing

      """
  case .norwoodII, .norwoodIIa, .norwoodIII, .norwoodIIIa, .norwoodIIIVertex, .norwoodIV, .norwoodIVa, .norwoodV,
    .norwoodVa, .norwoodVI, .norwoodVII, .traction, .totalis, .total, .none:
    return hairline(for: choice) + (choice.loss == .norwoodIIIVertex ? crown(choice) : "")
  }
}

private func hairline(for choice: StarterChoice) -> String {
  let style = choice.sex == .female ? HairlineLayer.Style.female : .natural
  let height = hairlineHeight(for: choice)
  let recession: Double
  if choice.sex == .female { recession = 12 } else { recession = (choice.age ?? 35) > 50 ? 26 : 24 }
  let reach =
    switch choice.loss {
    case .none: "      reach: 25  # behind the line, mm\n"
    case .traction: "      reach: 40  # behind the line, mm\n"
    case .norwoodII, .norwoodIIa, .norwoodIII, .norwoodIIIa, .norwoodIIIVertex:
      "      reach: 90  # behind the line, mm\n"
    default: "      # reach: 90  # how far behind the line, mm; left out, the whole scalp\n"
    }
  return """
      - hairline:
          height: \(plain(height))  # middle of the line above the glabella, mm, 40 to 120
          style: \(style.rawValue)  # \(names(HairlineLayer.Style.self))
          # feather: 8  # from 10 to 90 % of the density, mm; left out, the style's
          templeRecession: \(plain(recession))  # the temple corners behind the middle, mm
    \(choice.sex == .female ? "      widowsPeak: 5  # mm; four women in five have one\n" : "")      asymmetry: 1.5  # left temple behind the right, mm; no face is symmetric
          \(density(of: choice))

    """ + reach
}

/// A density for a zone that is filled, if one was asked for.
private func filled(_ choice: StarterChoice, indent: Int) -> String {
  choice.impressions == nil ? "" : String(repeating: " ", count: indent) + density(of: choice) + "\n"
}

private func crown(_ choice: StarterChoice) -> String {
  """
    - zone:
        ellipse:  # the crown
          centre: {up: 265}
          length: 100  # front to back
          width: 100  # side to side
        feather: 25  # from 10 to 90 % of the density, mm
  \(filled(choice, indent: 6))      blend: fill  # impressions go where hair is missing

  """
}

private func names<Name: RawRepresentable<String> & CaseIterable>(_ type: Name.Type) -> String {
  Name.allCases.map(\.rawValue).joined(separator: ", ")
}

/// Moves the comment behind a value to a common column.
private func commentsAligned(_ text: String) -> String {
  let column = 28
  return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
    guard let hash = line.firstRange(of: "  # ")?.lowerBound,
      let end = line[..<hash].lastIndex(where: { $0 != " " })
    else { return String(line) }
    let code = line[...end]
    let gap = String(repeating: " ", count: max(2, column - code.count))
    return code + gap + line[hash...].drop { $0 == " " }
  }.joined(separator: "\n")
}
