import Arithmetic
import Files
import MeshFiles
import ScalpGeometry
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

/// The lines of a starter's section `head` for a scan, with the landmarks that its shape shows.
///
/// - Parameters:
///   - path: of the scan.
///   - design: where the design will lie; it names files in its own folder or below.
///   - units: name of a unit or mm per unit, in place of what was found.
///   - measure: a length measured on the client, mm, that gives the scan its scale: such as `headBreadth`.
///   - threads: worker threads; `nil` is one per core. The result does not depend on it.
///
/// Throws `StippleError` as `landmarkSheet` does, `usage` for a scan elsewhere, `data` where no head is found in it.
public func starterScan(
  _ path: String, for design: String?, units: String? = nil, measure: (name: String, length: Double)? = nil,
  threads: Int? = nil
) throws(StippleError) -> [String] {
  let home = design.map { folder(of: $0) } ?? ""
  let name =
    home.isEmpty || home == "." ? path : path.hasPrefix(home + "/") ? String(path.dropFirst(home.count + 1)) : nil
  guard let name, !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else {
    throw StippleError(
      .usage, "\(shown(path)) lies outside the design's folder; a design names a scan beside it or below")
  }
  let file = try loadMesh(path)
  let sheet = try landmarkSheet(of: file.shape, origin: file.origin, colour: file.colour, named: name, threads: threads)
  guard let guess = sheet.guess else {
    throw StippleError(
      .data,
      "no head was found in \(shown(path)); 'stipple landmarks' draws it, and a design takes what is read off there")
  }
  var lines = yaml(guess, byAxes: sheet.isStraightened)
  if let measure {
    lines[0] = "  measure: {\(measure.name): \(short(measure.length))}  # mm, on the client"
  } else if let units {
    lines[0] = "  units: \(units)"
  }
  let doubt =
    guess.isSure
    ? "found by the scan's shape; 'stipple landmarks' shows them"
    : "UNCERTAIN: 'stipple landmarks' shows them, correct them by eye"
  return ["  scan: \(JSONValue.text(name).written())"]
    + lines.map { $0 == "  landmarks:" ? $0 + "  # " + doubt : $0 }
}
