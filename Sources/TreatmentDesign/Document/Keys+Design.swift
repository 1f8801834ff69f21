import Files
import PigmentAging
import ScalpGeometry
import Yams

// The key tables of a design's sections other than layers. A row is a key, the field it fills, what is allowed, and
// one sentence for the person who writes it.

extension Design {
  /// The newest version of the document language that this program reads.
  public static let newestSchemaVersion = 1

  static let keys: [DesignKey<Design>] =
    [
      DesignKey("$schema", .text, required: false, help: "address of the JSON Schema, for editors") { _, node, reader in
        _ = reader.text(node)
      } write: { _, _ in
        nil
      },
      .integer(
        "schemaVersion", \.schemaVersion, 1...newestSchemaVersion, required: true,
        "version of the design language"),
      .optionalText("title", \.title, "what the design is called on pictures and sheets; their metadata leave it out"),
      DesignKey("seed", .seed, required: false, help: "the same seed gives the same pictures") { design, node, reader in
        if let seed = reader.seed(node) { design.seed = seed }
      } write: { design, _ in
        .plain("\(design.seed)")
      },
      DesignKey(
        "head", .either(MannequinChoice.keys.map(\.description), ScanChoice.keys.map(\.description)),
        required: false, help: "the mannequin, or a scan with its landmarks"
      ) { design, node, reader in
        if reader.names(node).contains("scan") {
          var scan = ScanChoice()
          reader.section(node, into: &scan, ScanChoice.keys)
          if scan.units != nil && scan.measure != nil {
            reader.report(below: "measure", "'units' and 'measure' both give the scan's scale; keep one")
          }
          design.head = .scan(scan)
        } else {
          var mannequin = MannequinChoice()
          reader.section(node, into: &mannequin, MannequinChoice.keys)
          design.head = .mannequin(mannequin)
        }
      } write: { design, _ in
        switch design.head {
        case .scan(let scan): return .section(writtenFields(of: scan, over: ScanChoice(), ScanChoice.keys))
        case .mannequin(let mannequin):
          let fields = writtenFields(of: mannequin, over: MannequinChoice(), MannequinChoice.keys)
          return fields.isEmpty ? nil : .section(fields)
        }
      },
      .section("client", \.client, Client.keys, "what must be known of the client to draw skin"),
      DesignKey(
        "hair", .nameOrSection([ExistingHair.fromTexture], ExistingHair.keys.map(\.description)), required: false,
        help: "the hair that is there before treatment; 'fromTexture' is short for {from: texture}"
      ) { design, node, reader in
        if node.scalar?.string == ExistingHair.fromTexture {
          design.hair.source = .texture
        } else if case .scalar = node {
          _ = reader.mapping(
            node,
            expecting: ValueShape.nameOrSection([ExistingHair.fromTexture], ExistingHair.keys.map(\.description))
              .allowed)
        } else {
          reader.section(node, into: &design.hair, ExistingHair.keys)
        }
      } write: { design, standard in
        let fields = writtenFields(of: design.hair, over: standard?.hair, ExistingHair.keys)
        return fields.isEmpty ? nil : .section(fields)
      },
      .list(
        "layers", \.layers, of: .oneOf(Layer.keys.map(\.description)), count: 1...64, required: true,
        "what is put where, in order; each layer is a hairline, a zone, a scar, a gradient or a mask",
        item: Layer.read, write: \.written),
      .section("pigment", \.pigment, Pigment.keys, "what is put in, and how deep"),
      .list(
        "sessions", \.sessions, of: .section(Session.keys.map(\.description)), count: 1...12,
        "the visits, in order", item: Session.read, write: \.written),
      .list(
        "touchUps", \.touchUps, of: .oneOf(TouchUp.keys.map(\.description)), count: 0...12,
        "later visits that renew the work", item: TouchUp.read, write: \.written),
      .list(
        "laser", \.laser, of: .section(LaserVisit.keys.map(\.description)), count: 0...12,
        "laser that takes pigment out again", item: LaserVisit.read, write: \.written),
      .section(
        "rates", \.rates, over: RateCard(), RateCard.keys, "the clinic's own prices, multiplied out by the plan"),
      .section("clinic", \.clinic, over: Clinic(), Clinic.keys, "who hands the report over; no picture carries it"),
      .list(
        "waive", \.waivers, of: .section(Waiver.keys.map(\.description)), count: 0...20,
        "rules of good practice that this design sets aside, each with its reason", item: Waiver.read,
        write: \.written),
      .section("aging", \.aging, AgingParameters.keys, "the ageing model's numbers; leave out what you do not know"),
      .section("pictures", \.pictures, Pictures.keys, "what the pictures show"),
    ]
}

extension MannequinChoice {
  static let keys: [DesignKey<MannequinChoice>] =
    [
      .choice("sex", \.sex, "whose average head the mannequin takes"),
      .number("percentile", \.percentile, 1...99, "", "size of the head among adults of that sex; 50 is the middle"),
      .optionalNumber("headLength", \.headLength, 165...235, "mm", "glabella to the back of the head"),
      .optionalNumber("headBreadth", \.headBreadth, 125...185, "mm", "greatest breadth above the ears"),
      .optionalNumber("headCircumference", \.headCircumference, 490...660, "mm", "around the head above the brows"),
      .optionalNumber("age", \.age, 18...80, "years", "of the mannequin's face; left out, the client's, or 30"),
      feature("headShape", \.headShape, "long (-) or round (+) head: breadth over length"),
      feature("noseWidth", \.noseWidth, "breadth across the wings of the nose"),
      feature("noseProjection", \.noseProjection, "how far the tip of the nose stands out"),
      feature("lipFullness", \.lipFullness, "height and fullness of the lips"),
      feature("jawWidth", \.jawWidth, "breadth of the lower jaw"),
      feature("browRidge", \.browRidge, "bone above the eyes and between the brows"),
      feature("cheekbones", \.cheekbones, "height of the cheekbones"),
      feature("earProtrusion", \.earProtrusion, "how far the ears stand out"),
    ]
}

extension MannequinChoice {
  /// A feature of the head or face; 0 is the mean of the sex.
  private static func feature(_ name: String, _ field: WritableKeyPath<MannequinChoice, Double>, _ help: String)
    -> DesignKey<MannequinChoice>
  {
    .number(name, field, -2...2, "standard deviations", help)
  }
}

extension ScanChoice {
  static let keys: [DesignKey<ScanChoice>] =
    [
      .text("scan", \.file, "the scan's file, beside this document"),
      unitsKey, measureKey, axesKey,
      .optionalChoice("sex", \.sex, "decides where hair grows on the scan"),
      DesignKey(
        "landmarks", .section(landmarkKeys.map(\.description)), required: true,
        help:
          "places read off the scan, in its own units and axes or by 'axes': both tragions, the glabella or the sellion, and more"
      ) { scan, node, reader in
        let found = reader.problems.count
        reader.section(node, into: &scan.landmarks, landmarkKeys)
        let names = reader.names(node)
        if reader.problems.count == found, !names.contains("glabella"), !names.contains("sellion") {
          reader.report("neither 'glabella' nor 'sellion' is in 'landmarks'; the frame of a head needs one of them")
        }
      } write: { scan, _ in
        .section(writtenFields(of: scan.landmarks, over: ScanLandmarks(), landmarkKeys))
      },
    ]

  /// A unit by name, or how many millimetres it has.
  private static var unitsKey: DesignKey<ScanChoice> {
    let shape = ValueShape.choiceOrNumber(Units.allCases.map(\.rawValue), 1e-4...1e5, unit: "mm per unit")
    return DesignKey(
      "units", shape, required: false,
      help: "the scan's unit of length; left out, it is found from 'measure', or from the distance between the tragions"
    ) { scan, node, reader in
      guard let text = reader.text(node) else { return }
      if let unit = Units(rawValue: text) {
        scan.units = .named(unit)
      } else if text.first.map({ $0.isNumber || $0 == "." || $0 == "-" || $0 == "+" }) == true {
        scan.units = reader.number(node, 1e-4...1e5, "mm per unit").map(Scale.perUnit)
      } else {
        reader.report(node, "unknown units '\(shown(text))'; allowed are \(shape.allowed)")
      }
    } write: { scan, _ in
      scan.units.map {
        switch $0 {
        case .named(let unit): .plain(unit.rawValue)
        case .perUnit(let length): .number(length)
        }
      }
    }
  }

  private static var measureKey: DesignKey<ScanChoice> {
    DesignKey(
      "measure", .oneOf(MeasureDraft.keys.map(\.description)), required: false,
      help: "a length taken on the client, which gives a scan without a scale its size"
    ) { scan, node, reader in
      let found = reader.problems.count
      var draft = MeasureDraft()
      reader.section(node, into: &draft, MeasureDraft.keys)
      guard reader.problems.count == found else { return }
      guard reader.names(node).count == 1, let measure = draft.measure else {
        return reader.report(node, "'measure' takes \(ValueShape.oneOf(MeasureDraft.keys.map(\.description)).allowed)")
      }
      scan.measure = measure
    } write: { scan, _ in
      scan.measure.map { .section(writtenFields(of: MeasureDraft($0), over: MeasureDraft(), MeasureDraft.keys)) }
    }
  }

  private static var axesKey: DesignKey<ScanChoice> {
    func direction(
      _ name: String, _ field: WritableKeyPath<Axes, SIMD3<Double>>, _ limit: Double, _ help: String
    ) -> DesignKey<Axes> {
      DesignKey(name, .coordinates(3), required: true, help: help) { axes, node, reader in
        if let p = reader.coordinates(node, count: 3, limit: limit) { axes[keyPath: field] = SIMD3(p[0], p[1], p[2]) }
      } write: { axes, _ in
        let p = axes[keyPath: field]
        return .list([.number(p.x), .number(p.y), .number(p.z)])
      }
    }
    let keys = [
      direction("origin", \.origin, 1e7, "where the figures start, in the scan's own coordinates"),
      direction("left", \.left, 1e6, "towards the subject's left, a direction in the scan"),
      direction("up", \.up, 1e6, "upwards, a direction in the scan"),
      DesignKey<Axes>.number(
        "perUnit", \.perUnit, 1e-4...1e5, "mm per unit", required: true, "of the scan, for these figures alone"),
    ]
    return DesignKey(
      "axes", .section(keys.map(\.description)), required: false,
      help:
        "axes of the head by which 'landmarks' are written, in mm, as 'stipple landmarks' prints them for a scan that lies askew"
    ) { scan, node, reader in
      let found = reader.problems.count
      var axes = Axes()
      reader.section(node, into: &axes, keys)
      guard reader.problems.count == found else { return }
      if axes.frame == nil { return reader.report(node, "'left' and 'up' must be two different directions") }
      scan.axes = axes
    } write: { scan, _ in
      scan.axes.map { .section(writtenFields(of: $0, over: nil, keys)) }
    }
  }

  private static var landmarkKeys: [DesignKey<ScanLandmarks>] {
    ScanLandmarks.Name.allCases.map { name in
      DesignKey(
        name.rawValue, .coordinates(3), required: name == .leftTragion || name == .rightTragion, help: help(name)
      ) { landmarks, node, reader in
        // Scanners' origins can be far away, but not further than this in any unit.
        if let xyz = reader.coordinates(node, count: 3, limit: 1e7) { landmarks[name] = SIMD3(xyz[0], xyz[1], xyz[2]) }
      } write: { landmarks, _ in
        landmarks[name].map { .list([.number($0.x), .number($0.y), .number($0.z)]) }
      }
    }
  }

  private static func help(_ name: ScanLandmarks.Name) -> String {
    switch name {
    case .leftTragion, .rightTragion:
      "notch above the small flap in front of the ear canal, at the subject's \(name == .leftTragion ? "left" : "right")"
    case .glabella: "most forward point of the forehead between the brows"
    case .sellion: "deepest point of the nasal root"
    case .vertex: "highest point of the head"
    case .inion: "bump at the lower back of the skull, on the midline"
    case .trichion: "where the hairline meets the midline, or did before any loss"
    case .leftCanthus, .rightCanthus:
      "outer corner of the subject's \(name == .leftCanthus ? "left" : "right") eye"
    }
  }
}

extension Client {
  static let keys: [DesignKey<Client>] =
    [
      // A Monk step brings its type with it.
      .choice("skin", \.skin, "Fitzpatrick skin type").written { $0.monk == nil },
      .optionalInteger("monk", \.monk, 1...10, "", "step of the Monk scale, instead of a Fitzpatrick type"),
      .optionalNumber("melanin", \.melanin, 0...1, "", "share of the epidermis; scalps have 0.003 to 0.2"),
      .optionalNumber("blood", \.blood, 0...0.1, "", "share of the dermis; scalps have 0.005 to 0.02"),
      .optionalNumber("oxygenation", \.oxygenation, 0...1, "", "of the blood; 0.7 at rest"),
      .number("tan", \.tan, 0...1, "", "of skin that hair does not cover; below shaved hair it is paler"),
      .optionalNumber(
        "age", \.age, 18...100, "years", "for advice, and the mannequin's face; pigment stays a little longer after 60"),
      DesignKey("pace", .pace, required: false, help: "how fast this client's work fades, if earlier work shows it") {
        client, node, reader in
        if let pace = reader.pace(node) { client.pace = pace }
      } write: { client, standard in
        client.pace == standard?.pace ? nil : .plain(client.pace.name)
      },
      .choice("oiliness", \.oiliness, "of the scalp's skin; oil shortens what pigment lasts"),
      .choice("sun", \.sun, "on the bare scalp; protected is a hat or sunscreen"),
      .flag("smoker", \.smoker, "pigment leaves a little faster"),
      .flag("chlorine", \.chlorine, "swims in chlorinated water regularly"),
      .flag("exfoliation", \.exfoliation, "uses retinoids or acids on the scalp"),
    ]
}

extension ExistingHair {
  /// `hair: fromTexture`
  static let fromTexture = "fromTexture"

  static let keys: [DesignKey<ExistingHair>] =
    [
      .choice(
        "from", \.source,
        "what shows where hair is: a scan's colours where they show it without doubt, whatever they show, or this section"
      ),
      .choice("colour", \.colour, "of the hair at its root"),
      .number("grey", \.grey, 0...1, "", "share of grey or white hairs"),
      .number("density", \.density, 30...400, "hairs per cm2", "where nothing is lost"),
      .number(
        "perUnit", \.perUnit, 1...3, "hairs",
        "that leave the skin together, in the mean: Asian hair 1.9, European 2.2, African 2.7"),
      .number(
        "calibre", \.calibre, 0.02...0.15, "mm",
        "shaft diameter; left out, 0.075, and with skin of type IV 0.085, V 0.10, VI 0.12"
      ).alwaysWritten(),
      .number("length", \.length, 0.1...6, "mm", "visible above the skin: 0.2 razor, 0.6 foil, 6 a short cut"),
      .choice("loss", \.loss, "loss pattern before treatment: Norwood-Hamilton, Ludwig, Sinclair and others"),
      .optionalNumber("partWidth", \.partWidth, 1...60, "mm", "width of a woman's parting"),
    ]
}

extension ScalpPlace {
  static let keys: [DesignKey<ScalpPlace>] =
    [
      .number(
        "up", \.up, 0...450, "mm", required: true,
        "along the skin from the glabella over the vertex; the vertex is near 170, the inion near 365"),
      .number("side", \.side, -250...250, "mm", "from the midline along the skin, positive to the subject's left"),
    ]

  static func read(_ node: Node, _ reader: inout DocumentReader) -> ScalpPlace? {
    let found = reader.problems.count
    var place = ScalpPlace(up: 0, side: 0)
    reader.section(node, into: &place, keys)
    return reader.problems.count == found ? place : nil
  }

  var written: WrittenValue { .section(writtenFields(of: self, over: ScalpPlace(up: 0, side: 0), Self.keys)) }
}

extension Pigment {
  static let keys: [DesignKey<Pigment>] =
    [
      .choice("kind", \.kind, "what the pigment is made of"),
      .choice(
        "match", \.match, "what the work is to look like: the hair beside it; what is not stated below is found for it"),
      .number(
        "darkness", \.darkness, 0.3...1.2, "", "how dark the work is to be, times the hair that it is matched to"),
      .optionalNumber(
        "opticalDensity", \.stated.opticalDensity, 0.1...16, "",
        "darkness along a healed impression's axis; about 1 light, 8 dark; left out, the match finds it"),
      .optionalNumber(
        "coreDiameter", \.stated.coreDiameter, 0.05...0.5, "mm",
        "the healed pigment itself, without its halo; left out, the match finds it"),
      .optionalNumber(
        "needleDepth", \.stated.needleDepth, 0.2...3, "mm", "how deep the needle goes; left out, the match finds it"),
      .optionalNumber(
        "shade", \.shade, 0...40, "ml per ml", "water per part of pigment; left out, what mixes the optical density"),
      .section(
        "needle", \.needle, over: Needle(diameter: 0.25, points: 3), Needle.keys,
        "needle away from the edge; left out, the one that leaves such a core"),
      .section("edgeNeedle", \.edgeNeedle, Needle.keys, "needle on the first centimetre of a hairline"),
    ]
}

extension Session {
  static let keys: [DesignKey<Session>] =
    [
      .number("day", \.day, 0...730, "days", required: true, "after the first session"),
      .number("share", \.share, 0.01...1, "", required: true, "of all impressions in place after this session"),
    ]

  static func read(_ node: Node, _ reader: inout DocumentReader) -> Session? {
    let found = reader.problems.count
    var session = Session(day: 0, share: 1)
    reader.section(node, into: &session, keys)
    return reader.problems.count == found ? session : nil
  }

  var written: WrittenValue { .section(writtenFields(of: self, over: Session(day: 0, share: 1), Self.keys)) }
}
