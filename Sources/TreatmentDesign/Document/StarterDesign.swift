// The first document a person edits: every section with its unit and what it does, filled in for one kind of client.

/// What a starter document is made for.
public struct StarterChoice: Sendable, Equatable {
  public var sex = MannequinChoice.Sex.male
  public var loss = ExistingHair.Loss.norwoodIII
  public var skin = Client.SkinType.ii
  public var hairColour = ExistingHair.Colour.darkBrown
  /// Years, 18 to 100; `nil` leaves the age out.
  public var age: Double? = 35

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
    schemaVersion: 1
    seed: 1  # the same seed gives the same pictures

    head:
      sex: \(choice.sex.rawValue)
      percentile: 50  # size of the head, 1 to 99; or headLength, headBreadth, headCircumference in mm

    client:
      skin: \(choice.skin.rawValue)  # Fitzpatrick type, I to VI

    """
  if let age = choice.age.map({ min(max($0, 18), 100) }) {
    text += "  age: \(plain(age))  # years, for advice and the face\n"
  }
  let colour = choice.hairColour
  let greyShare = colour == .white ? 1 : colour == .grey ? 0.7 : 0
  let length = long ? 3 : 0.6
  text += """

    hair:  # what is there before treatment
      colour: \(colour.rawValue)  # \(names(ExistingHair.Colour.self))
      grey: \(plain(greyShare))  # share of grey or white hairs, 0 to 1
      density: 200  # hairs per cm2 where nothing is lost
      calibre: \(plain(choice.skin.usualCalibre))  # shaft diameter, mm
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
      kind: \(choice.hairColour == .red ? "iron-oxide" : "carbon")  # carbon, iron-oxide, azo, temporary
    \(wish(long: long, pale: greyShare > 0.5))
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
private func wish(long: Bool, pale: Bool) -> String {
  // Dark points would show between light hairs.
  if long && pale { return "  opticalDensity: 1.5  # pale dots between light hairs; the rest is found for it" }
  let match =
    "  match: hair  # dilution, needle, depth and density are found so that the work looks like the hair beside it\n"
  return match
    + (long
      ? "  darkness: 0.8  # times the hair's; under longer hair a little lighter is enough"
      : "  # darkness: 0.9  # times the hair's, for a softer look")
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
            blend: fill  # impressions go where hair is missing

      """
  case .crown:
    return crown()
  case .areataSingle, .areataMultiple, .ophiasis, .diffuse:
    return """
        - zone:
            area: scalp
            # density: 250  # impressions per cm2, hair counted in; left out, what stands for the missing hair
            feather: 10  # from 10 to 90 % of the density at the border, mm
            blend: fill  # impressions go where hair is missing

      """
  case .norwoodII, .norwoodIIa, .norwoodIII, .norwoodIIIa, .norwoodIIIVertex, .norwoodIV, .norwoodIVa, .norwoodV,
    .norwoodVa, .norwoodVI, .norwoodVII, .traction, .totalis, .total, .none:
    return hairline(for: choice) + (choice.loss == .norwoodIIIVertex ? crown() : "")
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
          # density: 250  # impressions per cm2, hair counted in; left out, what stands for the missing hair

    """ + reach
}

private func crown() -> String {
  """
    - zone:
        ellipse:  # the crown
          centre: {up: 265}
          length: 100  # front to back
          width: 100  # side to side
        feather: 25  # from 10 to 90 % of the density, mm
        blend: fill  # impressions go where hair is missing

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
