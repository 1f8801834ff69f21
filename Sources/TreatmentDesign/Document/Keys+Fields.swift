import Yams

// The key tables of gradients and masks.

extension GradientLayer {
  static let keys: [DesignKey<GradientLayer>] =
    [
      .draft("along", over: AlongDraft(), AlongDraft.keys, "from one place to another") { layer, draft in
        layer.course = .along(from: draft.from, to: draft.to)
      } give: { layer in
        if case .along(let from, let to) = layer.course { AlongDraft(from: from, to: to) } else { nil }
      },
      .draft("line", over: ReachDraft(), ReachDraft.keys, "away from a line, to both sides") { layer, draft in
        layer.course = .line(path: draft.path, reach: draft.reach)
      } give: { layer in
        if case .line(let path, let reach) = layer.course { ReachDraft(path: path, reach: reach) } else { nil }
      },
      .number("from", \.from, 0...400, "per cm2", required: true, "density where the gradient starts, hair counted in"),
      .number("to", \.to, 0...400, "per cm2", required: true, "density where it ends"),
    ] + ZoneLayer.Area.keys(\.area, scalpIsWritten: false) + [
      .number("feather", \.feather, 0.5...80, "mm", "from 10 to 90 % of the density across the area's border"),
      .choice("blend", \.blend, "how the layer joins the layers before it"),
      .section("pigment", \.pigment, LayerPigment.keys, "what differs from the design's pigment here"),
      .section(
        "beyondScalp", \.beyondScalp, over: BeyondScalpReason(reason: ""), BeyondScalpReason.keys,
        "that pigment is meant to go where no hair grows, which L20 refuses otherwise"),
    ]
}

private struct AlongDraft {
  var from = ScalpPlace(up: 0, side: 0)
  var to = ScalpPlace(up: 0, side: 0)

  static let keys: [DesignKey<AlongDraft>] =
    [
      .section("from", \.from, ScalpPlace.keys, required: true, "where it starts"),
      .section("to", \.to, ScalpPlace.keys, required: true, "where it ends"),
    ]
}

private struct ReachDraft {
  var path: [ScalpPlace] = []
  var reach: Double = 0

  static let keys: [DesignKey<ReachDraft>] =
    [
      .places("path", \.path, least: 2, required: true, "the line that it starts from"),
      .number("reach", \.reach, 2...200, "mm", required: true, "how far from the line it ends"),
    ]
}

extension MaskLayer {
  static let keys: [DesignKey<MaskLayer>] =
    [
      .text("image", \.file, "a grey PNG on the scalp chart, beside this document"),
      .optionalNumber(
        "density", \.density, 0...400, "per cm2",
        "of impressions where the picture is white, hair counted in; left out, what stands for the missing hair"
      ).written(when: \.blend.takesDensity),
      .optionalNumber("fillTo", \.fillTo, 0.05...1.2, "", "how far it is to look like what nature plants at each place")
        .written(when: \.blend.takesDensity),
      .optionalNumber("factor", \.factor, 0...4, "", "what 'blend: multiply' multiplies by")
        .written { $0.blend == .multiply },
      .choice("blend", \.blend, "how the layer joins the layers before it"),
      .section("pigment", \.pigment, LayerPigment.keys, "what differs from the design's pigment here"),
      .section(
        "beyondScalp", \.beyondScalp, over: BeyondScalpReason(reason: ""), BeyondScalpReason.keys,
        "that pigment is meant to go where no hair grows, which L20 refuses otherwise"),
    ]
}
