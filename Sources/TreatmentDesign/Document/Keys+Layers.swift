import Yams

// The key tables of the layers.

extension Layer {
  /// The kinds of layer; each item of `layers` has exactly one of them.
  static let keys: [DesignKey<Layer?>] =
    [
      kind(
        "hairline", HairlineLayer(), HairlineLayer.keys, "a front hairline with what lies behind it", Layer.hairline
      ) { if case .hairline(let line) = $0 { line } else { nil } },
      kind("zone", ZoneLayer(), ZoneLayer.keys, "an area of the scalp", Layer.zone) {
        if case .zone(let zone) = $0 { zone } else { nil }
      },
      kind("scar", ScarLayer(), ScarLayer.keys, "a scar and how it is treated", Layer.scar) {
        if case .scar(let scar) = $0 { scar } else { nil }
      },
      kind(
        "gradient", GradientLayer(), GradientLayer.keys, "a density that rises or falls along a way", Layer.gradient
      ) { if case .gradient(let gradient) = $0 { gradient } else { nil } },
      kind("mask", MaskLayer(), MaskLayer.keys, "a density painted as a grey picture", Layer.mask) {
        if case .mask(let mask) = $0 { mask } else { nil }
      },
    ]

  private static func kind<Kind>(
    _ name: String, _ start: Kind, _ keys: [DesignKey<Kind>], _ help: String, _ wrap: @escaping (Kind) -> Layer,
    unwrap: @escaping (Layer?) -> Kind?
  ) -> DesignKey<Layer?> {
    DesignKey(name, .section(keys.map(\.description)), required: false, help: help) { layer, node, reader in
      let found = reader.problems.count
      var value = start
      reader.section(node, into: &value, keys)
      let made = wrap(value)
      if reader.problems.count == found { checkLayer(made, written: reader.names(node), &reader) }
      layer = made
    } write: { layer, _ in
      unwrap(layer).map { .section(writtenFields(of: $0, over: start, keys)) }
    }
  }

  static func read(_ node: Node, _ reader: inout DocumentReader) -> Layer? {
    guard reader.mapping(node, expecting: ValueShape.oneOf(keys.map(\.description)).allowed) != nil else { return nil }
    let written = reader.names(node)
    guard written.count == 1 || !written.allSatisfy({ name in keys.contains { $0.name == name } }) else {
      reader.report(
        written.isEmpty
          ? "an empty layer; a layer is \(ValueShape.oneOf(keys.map(\.description)).allowed)"
          : "one layer with \(written.joined(separator: " and ")); start each with its own '- '")
      return nil
    }
    if let name = written.first(where: { name in keys.contains { $0.name == name } }), written.count > 1,
      reader.hasNoValue(node, name)
    {
      reader.report("the keys of '\(name)' stand beside it; indent them further than '\(name)'")
      return nil
    }
    var layer: Layer?
    reader.section(node, into: &layer, keys)
    return layer
  }

  var written: WrittenValue { .section(writtenFields(of: self, over: nil, Self.keys)) }
}

extension HairlineLayer {
  static let keys: [DesignKey<HairlineLayer>] =
    [
      // Drawn places take the line's course over, and the reader refuses what would shape it beside them.
      .number("height", \.height, heights, "mm", "mid-frontal point above the glabella, along the skin")
        .alwaysWritten().written(when: \.points.isEmpty),
      .choice("style", \.style, "how crisp and how regular the edge is"),
      .optionalChoice("shape", \.shape, "course of the front; left out, m, and round for the female style")
        .written(when: \.points.isEmpty),
      .choice("temples", \.temples, "how the temporal peaks stand").written(when: \.points.isEmpty),
      .optionalNumber("feather", \.feather, 0.5...40, "mm", "from 10 to 90 % of the density"),
      .optionalNumber("edgeShare", \.edgeShare, 0...1, "", "density at the edge over the density behind it"),
      .number("templeRecession", \.templeRecession, 0...70, "mm", "how far the temple corner lies behind the middle")
        .written(when: \.points.isEmpty),
      .number("widowsPeak", \.widowsPeak, 0...30, "mm", "height of a widow's peak; 0 for none")
        .written(when: \.points.isEmpty),
      .optionalNumber("undulation", \.undulation, 0...10, "mm", "amplitude of slow waves along the line"),
      .optionalNumber("jitter", \.jitter, 0...5, "mm", "standard deviation of the fine irregularity"),
      .number("asymmetry", \.asymmetry, -15...15, "mm", "how far the left temple lies behind the right")
        .written(when: \.points.isEmpty),
      .optionalNumber(
        "density", \.density, 0...400, "per cm2",
        "of impressions behind the edge, hair counted in; left out, what stands for the missing hair"
      ).written(when: \.blend.takesDensity),
      .optionalNumber("fillTo", \.fillTo, 0.05...1.2, "", "how far it is to look like what nature plants at each place")
        .written(when: \.blend.takesDensity),
      .optionalNumber("factor", \.factor, 0...4, "", "what 'blend: multiply' multiplies by")
        .written { $0.blend == .multiply },
      .optionalNumber("reach", \.reach, 5...450, "mm", "how far behind the line the layer goes; left out, all the way"),
      .places("points", \.points, least: 3, "the line itself, from one side to the other, instead of a shape"),
      .choice("blend", \.blend, "how the layer joins the layers before it"),
      .section("pigment", \.pigment, LayerPigment.keys, "what differs from the design's pigment here"),
      .section(
        "beyondScalp", \.beyondScalp, over: BeyondScalpReason(reason: ""), BeyondScalpReason.keys,
        "that pigment is meant to go where no hair grows, which L20 refuses otherwise"),
    ]
}

extension ZoneLayer {
  static let keys: [DesignKey<ZoneLayer>] =
    ZoneLayer.Area.keys(\.area) + [
      .optionalNumber(
        "density", \.density, 0...400, "per cm2",
        "of impressions, hair counted in; left out, what stands for the missing hair"
      ).written(when: \.blend.takesDensity),
      .optionalNumber("fillTo", \.fillTo, 0.05...1.2, "", "how far it is to look like what nature plants at each place")
        .written(when: \.blend.takesDensity),
      .optionalNumber("factor", \.factor, 0...4, "", "what 'blend: multiply' multiplies by")
        .written { $0.blend == .multiply },
      .number("feather", \.feather, 0.5...80, "mm", "from 10 to 90 % of the density across the border"),
      .choice("blend", \.blend, "how the layer joins the layers before it"),
      .section("pigment", \.pigment, LayerPigment.keys, "what differs from the design's pigment here"),
      .section(
        "beyondScalp", \.beyondScalp, over: BeyondScalpReason(reason: ""), BeyondScalpReason.keys,
        "that pigment is meant to go where no hair grows, which L20 refuses otherwise"),
    ]
}

extension ZoneLayer.Area {
  static let names = ["area", "ellipse", "polygon", "band"]

  /// The ways to write an area; exactly one of them is needed, which `checkArea` sees to. Where the whole scalp is the
  /// default, `scalpIsWritten` is false.
  static func keys<Root>(
    _ field: WritableKeyPath<Root, ZoneLayer.Area>, scalpIsWritten: Bool = true
  ) -> [DesignKey<Root>] {
    [
      DesignKey("area", .choice(["scalp"]), required: false, help: "scalp: every place where hair grows or grew") {
        root, node, reader in
        if reader.choice(node, WholeScalp.self) != nil { root[keyPath: field] = .scalp }
      } write: { root, _ in
        scalpIsWritten && root[keyPath: field] == .scalp ? .plain(WholeScalp.scalp.rawValue) : nil
      },
      .draft("ellipse", over: EllipseDraft(), EllipseDraft.keys, "a round area") { root, draft in
        root[keyPath: field] = .ellipse(
          centre: draft.centre, length: draft.length, width: draft.width, turn: draft.turn)
      } give: { root in
        guard case .ellipse(let centre, let length, let width, let turn) = root[keyPath: field] else { return nil }
        return EllipseDraft(centre: centre, length: length, width: width, turn: turn)
      },
      DesignKey("polygon", placeList(3), required: false, help: "an area by its corners, in order") {
        root, node, reader in
        if let places = reader.list(node, 3...400, ScalpPlace.read) { root[keyPath: field] = .polygon(places) }
      } write: { root, _ in
        if case .polygon(let places) = root[keyPath: field] { .list(places.map(\.written)) } else { nil }
      },
      .draft("band", over: PathDraft(), PathDraft.keys(widest: 200), "a band along a line") { root, draft in
        root[keyPath: field] = .band(path: draft.path, width: draft.width)
      } give: { root in
        if case .band(let path, let width) = root[keyPath: field] { PathDraft(path: path, width: width) } else { nil }
      },
    ]
  }

  private static func placeList(_ least: Int) -> ValueShape {
    .list(.section(ScalpPlace.keys.map(\.description)), count: least...400)
  }
}

/// The one name that `area` takes.
private enum WholeScalp: String, CaseIterable { case scalp }

private struct EllipseDraft {
  var centre = ScalpPlace(up: 0, side: 0)
  var length: Double = 0
  var width: Double = 0
  var turn: Double = 0

  static let keys: [DesignKey<EllipseDraft>] =
    [
      .section("centre", \.centre, ScalpPlace.keys, required: true, "middle of the ellipse"),
      .number("length", \.length, 5...400, "mm", required: true, "front to back"),
      .number("width", \.width, 5...400, "mm", required: true, "side to side"),
      .number("turn", \.turn, -180...180, "degrees", "clockwise seen from above"),
    ]
}

private struct PathDraft {
  var path: [ScalpPlace] = []
  var width: Double = 0

  static func keys(widest: Double) -> [DesignKey<PathDraft>] {
    [
      .places("path", \.path, least: 2, required: true, "the line down the middle"),
      .number("width", \.width, 0.3...widest, "mm", required: true, "across the line"),
    ]
  }
}

extension ScarLayer {
  static let keys: [DesignKey<ScarLayer>] =
    [
      .draft(
        "strip", over: PathDraft(), PathDraft.keys(widest: 30), "a linear scar, as a strip harvest leaves"
      ) { scar, draft in
        scar.shape = .strip(path: draft.path, width: draft.width)
      } give: { scar in
        if case .strip(let path, let width) = scar.shape { PathDraft(path: path, width: width) } else { nil }
      },
      DesignKey(
        "extractions", .section(ExtractionDraft.keys.map(\.description)), required: false,
        help: "round scars, as a unit extraction leaves"
      ) { scar, node, reader in
        let found = reader.problems.count
        var draft = ExtractionDraft()
        reader.section(node, into: &draft, ExtractionDraft.keys)
        if reader.problems.count == found { checkArea(draft.area, written: reader.names(node), &reader) }
        scar.shape = .extractions(area: draft.area, count: draft.count, diameter: draft.diameter)
      } write: { scar, _ in
        guard case .extractions(let area, let count, let diameter) = scar.shape else { return nil }
        let draft = ExtractionDraft(area: area, count: count, diameter: diameter)
        return .section(writtenFields(of: draft, over: ExtractionDraft(), ExtractionDraft.keys))
      },
      DesignKey(
        "patch", .section(PatchDraft.keys.map(\.description)), required: false,
        help: "a round or free-form scar, as a burn or a wound leaves"
      ) { scar, node, reader in
        let found = reader.problems.count
        var draft = PatchDraft()
        reader.section(node, into: &draft, PatchDraft.keys)
        if reader.problems.count == found { checkArea(draft.area, written: reader.names(node), &reader) }
        scar.shape = .patch(draft.area)
      } write: { scar, _ in
        guard case .patch(let area) = scar.shape else { return nil }
        return .section(writtenFields(of: PatchDraft(area: area), over: PatchDraft(), PatchDraft.keys))
      },
      .choice("surface", \.surface, "how the scar stands: flat, raised (hypertrophic) or sunken (atrophic)"),
      .optionalNumber(
        "density", \.density, 0...600, "per cm2",
        "of impressions in the scar; left out, the match finds it, or 1.15 times what stands for the hair around"),
      .optionalNumber(
        "ring", \.ring, 0...60, "mm",
        "blend ring around the scar; left out, 8 or twice the width, and none around extractions"),
      .flag("treat", \.treat, "false shows the scar and leaves it bare"),
      .optionalNumber("age", \.age, 0...1200, "months", "since the scar was made: young ones are drawn pink"),
      .flag("keloid", \.keloid, "whether the client forms keloids; for advice only"),
      .section("pigment", \.pigment, LayerPigment.keys, "what differs from the design's pigment here"),
      .section(
        "beyondScalp", \.beyondScalp, over: BeyondScalpReason(reason: ""), BeyondScalpReason.keys,
        "that pigment is meant to go where no hair grows, which L20 refuses otherwise"),
    ]
}

private struct ExtractionDraft {
  var area = ZoneLayer.Area.scalp
  var count = 0
  var diameter: Double = 0.8

  static let keys: [DesignKey<ExtractionDraft>] =
    ZoneLayer.Area.keys(\.area) + [
      .integer("count", \.count, 1...6000, "", required: true, "how many scars"),
      .number("diameter", \.diameter, 0.3...3, "mm", "of each scar; a punch leaves 0.7 to 1"),
    ]
}

private struct PatchDraft {
  var area = ZoneLayer.Area.scalp

  /// Without the whole scalp.
  static var keys: [DesignKey<PatchDraft>] { ZoneLayer.Area.keys(\.area).filter { $0.name != "area" } }
}
