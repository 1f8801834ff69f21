// One dot in figures: the answer to "what does this pigment look like under this skin?", in the columns that optical tables
// use, so that anyone can hold the model against another without a camera.

import Files
import SkinOptics

/// What to look at.
public struct DotQuestion: Sendable, Equatable {
  /// A Fitzpatrick type, "I" to "VI", or "monk-1" to "monk-10".
  public var skin = "II"
  /// Instead of the skin's own: volume fractions of melanosomes and blood, share of oxygenated haemoglobin.
  public var melanin: Double?
  public var blood: Double?
  public var oxygenation: Double?
  /// Depth of the pigment's centre below the surface, mm.
  public var depth = 0.24
  /// Diameter of the pigment itself, mm.
  public var diameter = 0.13
  /// Optical density along the axis at 550 nm.
  public var opticalDensity = 2.0
  /// Name of a pigment, as in designs.
  public var pigment = "carbon"

  public init() {}

  /// The skin asked for. Throws `StippleError` of kind `usage`.
  func tone() throws(StippleError) -> SkinTone {
    let preset: SkinTone
    if let type = SkinTone.fitzpatrick(skin.uppercased()) {
      preset = type
    } else if skin.lowercased().hasPrefix("monk-"), let step = Int(skin.dropFirst(5)), let tone = SkinTone.monk(step) {
      preset = tone
    } else {
      throw StippleError(.usage, "there is no skin '\(skin)'; I, II, III, IV, V, VI or monk-1 to monk-10")
    }
    if melanin == nil && blood == nil && oxygenation == nil { return preset }
    return try inRange { () throws(OpticsError) in
      try SkinTone(
        melanin: melanin ?? preset.melanin, blood: blood ?? preset.blood, oxygenation: oxygenation ?? preset.oxygenation
      )
    }
  }

  func body() throws(StippleError) -> PigmentBody {
    guard let ink = Ink.named(pigment) else {
      let known = Ink.all.map(\.name).joined(separator: ", ")
      throw StippleError(.usage, "there is no pigment '\(pigment)'; \(known)")
    }
    let body = PigmentBody(diameter: diameter, depth: depth, opticalDensity: opticalDensity, ink: ink)
    try inRange { () throws(OpticsError) in try body.validate() }
    return body
  }
}

private func inRange<T>(_ body: () throws(OpticsError) -> T) throws(StippleError) -> T {
  do { return try body() } catch { throw StippleError(.usage, error.description) }
}

/// What one dot looks like.
///
/// Keys of `json`: `tone`, `depth_mm`, `diam_mm`, `OD550`, `contrast_Y` (loss of luminance at the centre), `fwhm_Y_mm`,
/// `centre_L/a/b`, `centre_dE00`, `dL`, `da`, `db`, `area_Y_2mm` and `area_Y_4mm`, `area_R/G/B_4mm` (light removed, as mm² of
/// black), `diam_dE1_mm`, `bare_L/a/b`, and `profile` with `r_mm`, `ratioR/G/B` per bin. The centre is the mean of the first
/// two bins: 0 to 0.08 mm, or 0.04 mm for dots thinner than 0.2 mm.
public struct DotReport: Sendable, Report {
  public let measures: DotMeasures
  private let question: DotQuestion
  private let tone: String

  /// Answers a question. Throws `StippleError` of kind `usage` for what no table covers, with what is allowed.
  public init(_ question: DotQuestion) throws(StippleError) {
    let skin = try question.tone()
    self.question = question
    tone = skin.name
    measures = DotMeasures(try question.body(), in: skin)
  }

  public var json: String {
    let bare = measures.bareLab
    let centre = measures.centreLab
    let area = measures.area(to: 4)
    func fixed(_ value: Double, _ digits: Int) -> JSONValue { .number(rounded(value, digits)) }
    return JSONValue.object(
      answer("dot") + [
        ("tone", .text(tone)), ("pigment", .text(question.pigment)), ("depth_mm", .number(question.depth)),
        ("diam_mm", .number(question.diameter)), ("OD550", .number(question.opticalDensity)),
        ("contrast_Y", fixed(measures.contrast, 4)), ("fwhm_Y_mm", fixed(measures.fullWidth, 3)),
        ("centre_L", fixed(centre.lightness, 2)), ("centre_a", fixed(centre.a, 2)), ("centre_b", fixed(centre.b, 2)),
        ("centre_dE00", fixed(measures.centreDifference, 2)), ("dL", fixed(centre.lightness - bare.lightness, 2)),
        ("da", fixed(centre.a - bare.a, 2)), ("db", fixed(centre.b - bare.b, 2)),
        ("area_Y_2mm", fixed(measures.luminanceArea(to: 2), 4)),
        ("area_Y_4mm", fixed(measures.luminanceArea(to: 4), 4)),
        ("area_R_4mm", fixed(area.x, 4)), ("area_G_4mm", fixed(area.y, 4)), ("area_B_4mm", fixed(area.z, 4)),
        ("diam_dE1_mm", fixed(measures.visibleDiameter, 3)), ("bare_L", fixed(bare.lightness, 2)),
        ("bare_a", fixed(bare.a, 2)), ("bare_b", fixed(bare.b, 2)),
        (
          "profile",
          .list(
            measures.ratios.indices.map { bin in
              let ratio = measures.ratios[bin]
              return .object([
                ("r_mm", fixed(measures.radius(ofBin: bin), 4)), ("ratioR", fixed(ratio.x, 5)),
                ("ratioG", fixed(ratio.y, 5)), ("ratioB", fixed(ratio.z, 5)),
              ])
            })
        ),
      ]
    ).written() + "\n"
  }

  public var text: String {
    let bare = measures.bareLab
    let centre = measures.centreLab
    func lab(_ c: Lab) -> String { "L* \(rounded(c.lightness, 1))  a* \(rounded(c.a, 1))  b* \(rounded(c.b, 1))" }
    let disc = (measures.luminanceArea(to: 4) / Double.pi).squareRoot() * 2
    var lines = [
      "\(question.pigment), \(question.diameter) mm wide, \(question.depth) mm deep, optical density "
        + "\(question.opticalDensity), under skin \(tone)", "",
      "bare skin    \(lab(bare))", "dot's centre \(lab(centre))   (CIEDE2000 \(rounded(measures.centreDifference, 1)))",
      "contrast     \(rounded(100 * measures.contrast, 1)) % of the luminance",
      "width        \(rounded(measures.fullWidth, 3)) mm at half of that",
      "from afar    as a black disc \(rounded(disc, 2)) mm wide", "", "  r mm     R      G      B   of bare skin",
    ]
    for bin in measures.ratios.indices where measures.edges[bin] < 1 {
      let ratio = measures.ratios[bin]
      lines.append(
        "  " + padded(measures.radius(ofBin: bin), 2) + "  " + padded(ratio.x, 3) + "  " + padded(ratio.y, 3) + "  "
          + padded(ratio.z, 3))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// `value` to so many decimals.
private func rounded(_ value: Double, _ digits: Int) -> Double {
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  return (value * scale).rounded() / scale
}

/// As `rounded`, with all its decimals written.
private func padded(_ value: Double, _ digits: Int) -> String {
  let text = String(rounded(value, digits))
  let decimals = text.split(separator: ".").last?.count ?? 0
  return text + String(repeating: "0", count: max(0, digits - decimals))
}
