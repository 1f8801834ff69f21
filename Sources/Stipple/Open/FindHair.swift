// Photographed hair: looked for when a scan is opened, told wherever the scan is spoken of.

import Arithmetic
import ScalpGeometry
import ScalpRendering
import TreatmentDesign

/// The hair that a head's colours show; `nil` where there is nothing to look at.
func photographedHair(of head: Head, _ colours: ScanSkin, threads: Int?) -> PhotographedHair? {
  guard let places = colours.places(on: head.mesh, threads: threads), let scalp = try? Scalp(head, threads: threads)
  else {
    return nil
  }
  return PhotographedHair(places, on: scalp, threads: threads)
}

extension OpenedDesign {
  /// What the scan's colours show of hair, what becomes of it, and where the design says otherwise, one sentence each; nothing
  /// where they show none and none was asked for.
  ///
  /// Throws `StippleError` as `fields` does.
  func hairWords() throws(StippleError) -> [String] {
    guard let hair = try head().photographedHair else { return [] }
    let place = place(of: "hair")
    let takes = written.hair.source == .texture
    switch hair.finding {
    case .none:
      return takes
        ? [
          place
            + "the scan's colours show no hair, and hair is taken from them: none is drawn; if there is hair too faint to be "
            + "told from skin, write 'from: drawn'"
        ] : []
    case .unclear(let doubt) where !takes:
      return [
        place
          + "the scan's colours may show hair\(hair.area > 0 ? " on \(fixed(Double(hair.area), 0)) cm2" : ""), but \(doubt); "
          + "hair is drawn as the design tells of it: 'from: texture' takes what they show, 'from: drawn' ends this remark"
      ]
    case .unclear, .found: break
    }
    var words = [
      place + "the scan's colours show hair on \(fixed(Double(hair.area), 0)) cm2, "
        + "\(shade(hair.darkness)); \(borderWords(hair)); "
        + (written.pictures.skin == .fromScan
          ? "drawn hair is left out there, and the work is matched to what they show"
          : "it is drawn there, as the scan's colours are not")
    ]
    words += try contradictions(hair)
    return words
  }

  private func shade(_ darkness: Float) -> String {
    darkness < 0
      ? "lighter than the skin (\(fixed(Double(-darkness), 2)) in ln Y)"
      : "darker than the skin by \(fixed(Double(darkness), 2)) (-ln Y)"
  }

  /// Where the client's border of hair was found.
  private func borderWords(_ hair: PhotographedHair) -> String {
    if hair.borderShown < 0.05 { return "none of the client's own hairline shows, so the mean one stands" }
    return "they show \(percent(Double(hair.frontShown))) % of the hairline from temple to temple and "
      + "\(percent(Double(hair.borderShown))) % of all of the border but the ears, which is laid there"
  }

  /// Where the design tells of other hair than the colours show.
  private func contradictions(_ hair: PhotographedHair) throws(StippleError) -> [String] {
    let fields = try fields()
    var words: [String] = []
    let (told, shown) = (Double(fields.patternArea), Double(fields.lossArea))
    // A quarter of the scalp: grades of loss next to each other differ by less.
    if abs(told - shown) > 0.25 * Double(fields.scalp.area) {
      words.append(
        place(of: "hair.loss")
          + "'loss: \(written.hair.loss.rawValue)' is bald or thin on \(fixed(told, 0)) cm2, the scan's "
          + "colours on \(fixed(shown, 0)) cm2; the colours are taken")
    }
    if written.pictures.skin == .fromScan, let seen = fields.design.hair.seenDarkness {
      var query = MatchQuery(written)
      query.seenDarkness = nil
      query.beside = 1
      let told = MatchTarget(query).hairDarkness
      if max(seen, 0.05) > 2 * max(told, 0.05) || max(told, 0.05) > 2 * max(seen, 0.05) {
        words.append(
          place(of: "hair.length")
            + "\(written.hair.colour.rawValue) hair of \(short(written.hair.length)) mm would be "
            + "\(fixed(told, 2)) darker than the skin (-ln Y), the hair that the scan's colours show is \(fixed(seen, 2)) in "
            + "the pictures; the colours are taken")
      }
    }
    return words
  }
}
