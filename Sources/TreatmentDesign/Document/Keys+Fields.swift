import Yams

// The key tables of gradients and masks.

extension GradientLayer {
  static var keys: [DesignKey<GradientLayer>] {
    [
      DesignKey(
        "along", .section(AlongDraft.keys.map(\.description)), required: false, help: "from one place to another"
      ) { layer, node, reader in
        var draft = AlongDraft()
        reader.section(node, into: &draft, AlongDraft.keys)
        layer.course = .along(from: draft.from, to: draft.to)
      },
      DesignKey(
        "line", .section(ReachDraft.keys.map(\.description)), required: false, help: "away from a line, to both sides"
      ) { layer, node, reader in
        var draft = ReachDraft()
        reader.section(node, into: &draft, ReachDraft.keys)
        layer.course = .line(path: draft.path, reach: draft.reach)
      },
      .number("from", \.from, 0...400, "per cm2", required: true, "density where the gradient starts, hair counted in"),
      .number("to", \.to, 0...400, "per cm2", required: true, "density where it ends"),
    ] + ZoneLayer.Area.keys(\.area) + [
      .number("feather", \.feather, 0.5...80, "mm", "from 10 to 90 % of the density across the area's border"),
      .choice("blend", \.blend, "how the layer joins the layers before it"),
      .section("pigment", \.pigment, LayerPigment.keys, "what differs from the design's pigment here"),
    ]
  }
}

private struct AlongDraft {
  var from = ScalpPlace(up: 0, side: 0)
  var to = ScalpPlace(up: 0, side: 0)

  static var keys: [DesignKey<AlongDraft>] {
    [
      .section("from", \.from, ScalpPlace.keys, required: true, "where it starts"),
      .section("to", \.to, ScalpPlace.keys, required: true, "where it ends"),
    ]
  }
}

private struct ReachDraft {
  var path: [ScalpPlace] = []
  var reach: Double = 0

  static var keys: [DesignKey<ReachDraft>] {
    [
      .places("path", \.path, least: 2, required: true, "the line that it starts from"),
      .number("reach", \.reach, 2...200, "mm", required: true, "how far from the line it ends"),
    ]
  }
}

extension MaskLayer {
  static var keys: [DesignKey<MaskLayer>] {
    [
      DesignKey("image", .text, required: true, help: "a grey PNG on the scalp chart, beside this document") {
        layer, node, reader in
        if let file = reader.text(node) { layer.file = file }
      },
      .number("density", \.density, 0...400, "per cm2", "of impressions where the picture is white, hair counted in"),
      .optionalNumber("fillTo", \.fillTo, 0.05...1.2, "", "density as a share of what nature plants at each place"),
      .optionalNumber("factor", \.factor, 0...4, "", "what 'blend: multiply' multiplies by"),
      .choice("blend", \.blend, "how the layer joins the layers before it"),
      .section("pigment", \.pigment, LayerPigment.keys, "what differs from the design's pigment here"),
    ]
  }
}
