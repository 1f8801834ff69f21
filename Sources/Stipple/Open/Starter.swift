import TreatmentDesign

/// A commented design to start from, for a client who can be served.
///
/// Throws `StippleError` of kind `data` where no pigment could pass for the hair, in one sentence.
public func starterDocument(_ choice: StarterChoice = StarterChoice()) throws(StippleError) -> String {
  let text = starterDesign(choice)
  do {
    let design = try readDesign(text, named: "starter")
    let target = MatchTarget(MatchQuery(design))
    let best = target.candidate(target.search(target.query.stated).best())
    // Work that takes its hue from pale hair by being darker than it reads as a cap.
    if target.hairDarkness >= leastHairDarkness, best.patchStep < target.hairStep + 1,
      best.difference <= allowedStep(inScar: false, hairLength: design.hair.length)
    {
      return text
    }
  } catch {
    throw StippleError(.data, error.description)
  }
  throw StippleError(
    .data,
    "\(choice.hairColour.rawValue) hair is hardly darker than skin of type \(choice.skin.rawValue), and pigment only darkens: any "
      + "work would stand out, so there is no design to start from")
}
