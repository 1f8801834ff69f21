// A clinic's own file: what it would otherwise write into every design.

/// Who hands reports over, and what they charge.
public struct ClinicCard: Sendable, Equatable {
  public var clinic = Clinic()
  public var rates: RateCard?

  public init() {}
}

extension ClinicCard {
  /// The keys of `clinic` in a design, and `rates` as there.
  static let keys: [DesignKey<ClinicCard>] =
    Clinic.keys.map { key in
      DesignKey(description: key.description) { card, node, reader in
        key.read(&card.clinic, node, &reader)
      } write: { card, standard in
        key.write(card.clinic, standard?.clinic)
      }
    } + [
      .section("rates", \.rates, over: RateCard(), RateCard.keys, "the clinic's own prices, in place of the design's")
    ]
}

/// Reads a clinic's file, YAML or JSON:
///
///     name: Scalp Studio
///     logo: logo.png
///     language: de
///     rates: {currency: EUR, perSession: 250}
///
/// Throws `DesignDocumentError` with every problem found.
public func readClinicCard(bytes: [UInt8], named file: String) throws(DesignDocumentError) -> ClinicCard {
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw DesignDocumentError(
      file: file, problems: [.init(line: 1, column: 1, message: "this file is not UTF-8 text")])
  }
  let composition = try compose(text, named: file)
  var reader = DocumentReader(file: file, maskingStamps: composition.maskingStamps, places: composition.places)
  for problem in composition.repeatedKeys {
    reader.report(at: .init(line: problem.line, column: problem.column), problem.message)
  }
  var card = ClinicCard()
  reader.section(composition.root, into: &card, ClinicCard.keys)
  guard reader.problems.isEmpty else { throw DesignDocumentError(file: file, problems: reader.problems) }
  return card
}
