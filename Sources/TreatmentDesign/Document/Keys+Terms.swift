import Files
import PigmentAging
import Yams

// The key tables of needles, touch-ups, laser, ageing, prices and waivers.

extension Needle {
  static let keys: [DesignKey<Needle>] =
    [
      .number("diameter", \.diameter, 0.1...0.5, "mm", "of one point"),
      .integer("points", \.points, 1...14, "", "how many points the cartridge has"),
    ]
}

extension LayerPigment {
  static let keys: [DesignKey<LayerPigment>] =
    [
      .optionalNumber(
        "opticalDensity", \.opticalDensity, 0.1...16, "", "darkness of a healed impression in this layer"),
      .optionalNumber("coreDiameter", \.coreDiameter, 0.05...0.5, "mm", "of the healed pigment in this layer"),
      .optionalNumber("needleDepth", \.needleDepth, 0.2...3, "mm", "how deep the needle goes in this layer"),
      .optionalNumber("shade", \.shade, 0...40, "ml per ml", "water per part of pigment in this layer"),
    ]
}

extension BeyondScalpReason {
  static let keys: [DesignKey<BeyondScalpReason>] = [.text("reason", \.reason, "why, in your own words")]
}

extension TouchUp {
  static let keys: [DesignKey<TouchUp?>] =
    [
      DesignKey(
        "year", .number(0.1...20, unit: "years"), required: false, help: "so many years after the last session"
      ) { touchUp, node, reader in
        if let years = reader.number(node, 0.1...20, "years") { touchUp = .year(years) }
      } write: { touchUp, _ in
        if case .year(let years) = touchUp { .number(years) } else { nil }
      },
      DesignKey(
        "below", .number(0.3...0.95, unit: ""), required: false,
        help: "when the darkness falls to this share of the healed work's; clients come at about 0.65"
      ) { touchUp, node, reader in
        if let share = reader.number(node, 0.3...0.95, "") { touchUp = .below(share) }
      } write: { touchUp, _ in
        if case .below(let share) = touchUp { .number(share) } else { nil }
      },
    ]

  static func read(_ node: Node, _ reader: inout DocumentReader) -> TouchUp? {
    let found = reader.problems.count
    var touchUp: TouchUp?
    reader.section(node, into: &touchUp, keys)
    guard reader.problems.count == found else { return nil }
    guard reader.names(node).count == 1 else {
      reader.report("a touch-up takes exactly one of year, below")
      return nil
    }
    return touchUp
  }

  var written: WrittenValue { .section(writtenFields(of: self, over: nil, Self.keys)) }
}

extension LaserVisit {
  static let keys: [DesignKey<LaserVisit>] =
    [
      .number("year", \.year, 0.1...20, "years", required: true, "after the last session"),
      .integer("sessions", \.sessions, 1...12, "", "laser sessions, one after the other"),
    ]

  static func read(_ node: Node, _ reader: inout DocumentReader) -> LaserVisit? {
    let found = reader.problems.count
    var visit = LaserVisit()
    reader.section(node, into: &visit, keys)
    return reader.problems.count == found ? visit : nil
  }

  var written: WrittenValue { .section(writtenFields(of: self, over: LaserVisit(), Self.keys)) }
}

extension AgingParameters {
  static let keys: [DesignKey<AgingParameters>] =
    AgingParameter.all.map { .number($0.name, $0.field, $0.range, $0.unit, $0.meaning) }
}

/// Beyond any price, in any currency.
private let mostMoney = 1e6

extension RateCard {
  static let keys: [DesignKey<RateCard>] =
    [
      DesignKey("currency", .text, required: true, help: "printed behind amounts, such as EUR") { rates, node, reader in
        if let text = reader.text(node) {
          // Counted so that accents cannot pile up on a letter.
          if text.unicodeScalars.count > 8 || shown(text) != text {
            reader.report("currency: at most 8 letters")
          } else {
            rates.currency = text
          }
        }
      } write: { rates, _ in
        .text(rates.currency)
      },
      .number("base", \.base, 0...mostMoney, "", "for the whole treatment"),
      .number("perSession", \.perSession, 0...mostMoney, "", "for each session"),
      .number("perHour", \.perHour, 0...mostMoney, "", "for each hour in the chair"),
      .number("perThousandDots", \.perThousandDots, 0...mostMoney, "", "for each thousand impressions"),
      .number("perSquareCentimetre", \.perSquareCentimetre, 0...mostMoney, "", "for each cm2 treated"),
      .number("perTouchUp", \.perTouchUp, 0...mostMoney, "", "for each touch-up"),
      .section(
        "stages", \.stages, ExistingHair.Loss.allCases.map(stageKey),
        "for the whole treatment of a loss pattern, such as norwood-3: 1200"),
      .number("deposit", \.deposit, 0...mostMoney, "", "paid when the first session is booked, part of the total"),
    ]

  private static func stageKey(_ loss: ExistingHair.Loss) -> DesignKey<[ExistingHair.Loss: Double]> {
    DesignKey(
      loss.rawValue, .number(0...mostMoney, unit: ""), required: false, help: "for the whole treatment"
    ) { stages, node, reader in
      if let rate = reader.number(node, 0...mostMoney, "") { stages[loss] = rate }
    } write: { stages, _ in
      stages[loss].map(WrittenValue.number)
    }
  }
}

extension Clinic {
  static let keys: [DesignKey<Clinic>] =
    [
      .optionalText("name", \.name, "as it is to be printed"),
      .optionalText("logo", \.logo, "a PNG or JPEG beside this document"),
      .optionalText("contact", \.contact, "telephone, address, page, as they are to be printed"),
      .choice("language", \.language, "of the report"),
    ]
}

extension Waiver {
  static let keys: [DesignKey<Waiver>] =
    [
      .choice("rule", \.rule, required: true, "number of the rule, as 'stipple check' prints it"),
      .text("reason", \.reason, "why it is set aside, for whoever reads the design"),
    ]

  static func read(_ node: Node, _ reader: inout DocumentReader) -> Waiver? {
    let found = reader.problems.count
    var waiver = Waiver(rule: .l1, reason: "")
    reader.section(node, into: &waiver, keys)
    return reader.problems.count == found ? waiver : nil
  }

  var written: WrittenValue { .section(writtenFields(of: self, over: nil, Self.keys)) }
}
