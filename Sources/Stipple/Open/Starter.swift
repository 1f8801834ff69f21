import TreatmentDesign

/// A commented design to start from, for a client who can be served.
///
/// Throws `StippleError` of kind `data` where no pigment could pass for the hair, in one sentence.
public func starterDocument(_ choice: StarterChoice = StarterChoice()) throws(StippleError) -> String {
  let text = starterDesign(choice)
  do {
    let target = MatchTarget(MatchQuery(try readDesign(text, named: "starter")))
    if target.hairDarkness >= leastHairDarkness { return text }
  } catch {
    throw StippleError(.data, error.description)
  }
  throw StippleError(
    .data,
    "\(choice.hairColour.rawValue) hair is no darker than skin of type \(choice.skin.rawValue), and pigment only darkens: any "
      + "work would stand out, so there is no design to start from")
}
