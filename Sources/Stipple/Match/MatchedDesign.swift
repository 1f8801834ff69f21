// What a design leaves out of its pigment, found: one dose for the whole, and one for each scar, whose skin is paler and
// keeps less.

import Arithmetic
import PigmentAging
import ScalpGeometry
import SkinOptics
import TreatmentDesign

extension MatchQuery {
  /// What a design says of skin, hair and pigment.
  public init(_ design: Design) {
    client = design.client
    hair = HairTarget(design)
    kind = design.pigment.kind
    darkness = design.pigment.darkness
    beside = HairBeside.darkness(of: design.layers, loss: design.hair.loss, on: client.tone)
    see(design.hair)
    stated = design.pigment.stated
    impressions = design.statedDensity
    aging = design.aging
  }

  /// The same for one of its scars; `nil` where the design or the scar states all that matters.
  init?(_ design: Design, scar: ScarLayer, around dose: Dose) {
    let own = scar.pigment
    if design.pigment.stated.opticalDensity != nil || own.opticalDensity != nil { return nil }
    self.init(design)
    stated.coreDiameter = own.coreDiameter ?? stated.coreDiameter
    // As deep as beside it: one setting of the machine.
    stated.needleDepth = own.needleDepth ?? dose.needleDepth
    impressions = scar.density
    ground = scar.ground
    beside = HairBeside.darkness(of: [.scar(scar)], loss: design.hair.loss, on: client.tone)
    see(design.hair)
    take = Double(scar.surface.take)
  }

  /// Takes the darkness of hair that the scan's colours show. They are as dark from wherever they are looked at.
  private mutating func see(_ hair: ExistingHair) {
    guard let darkness = hair.seenDarkness else { return }
    seenDarkness = darkness
    beside = 1
  }
}

extension ScarLayer {
  /// What work in it is set into.
  var ground: MatchGround {
    if case .extractions = shape { .extractionScar } else { .scar }
  }
}

extension HairTarget {
  /// The hair beside the work. Where none is left, the shaved hair that the client would have.
  public init(_ design: Design) {
    self.init()
    let hair = design.hair
    colour = hair.colour
    grey = hair.grey
    density = hair.density
    calibre = hair.calibre
    length = hair.loss == .total || hair.loss == .totalis ? min(hair.length, HairTarget.shavedLength) : hair.length
  }
}

extension Design {
  /// The density that the design states where it puts most in; `nil` where one of its layers leaves it to the match.
  var statedDensity: Double? {
    var most: Double?
    for layer in layers {
      if !layer.setsImpressions { continue }
      if case .scar = layer { continue }
      if isMatched(layer) { return nil }
      most = max(most ?? 0, density(of: layer))
    }
    return most.map { min(max($0, 10), 400) }
  }

  /// This design with the doses that it leaves to the match. About a millisecond each.
  public func matched() -> Design {
    var design = self
    design.pigment.found = matchedDose(MatchQuery(self))
    for i in layers.indices {
      guard case .scar(let scar) = layers[i], scar.treat,
        let query = MatchQuery(self, scar: scar, around: design.pigment.found)
      else { continue }
      design.layers[i].pigment.found = matchedDose(query)
    }
    return design
  }
}

extension Design {
  /// This design matched to the hair that the colours of its head show, where it takes hair from them.
  func matched(to head: Head) throws(StippleError) -> Design {
    guard let seen = head.hairToMatch(self) else { return self }
    var design = self
    design.hair.seenDarkness = seen
    return design.matched()
  }

  /// This design matched on the head that another one was opened on.
  func matched(as other: Design) -> Design {
    var design = self
    design.hair.seenDarkness = other.hair.seenDarkness
    return design.matched()
  }

  /// What the match found, in a practitioner's words, how near it comes, and what stands in its way; nothing where the design
  /// states its optical density.
  var doseWords: [String] {
    if pigment.stated.opticalDensity != nil { return [] }
    let target = MatchTarget(MatchQuery(self))
    let found = target.candidate(pigment.found)
    let lights = zip(Illuminant.allCases, found.differences).map { "\(fixed($1, 1)) in \($0.rawValue)" }
    return ["matched to the hair: " + found.words(kind: pigment.kind).joined(separator: "; ")]
      + ["difference from the hair at arm's length (CIEDE2000): " + lights.joined(separator: ", ")]
      + target.warnings(found) + aslantWords + layers.indices.flatMap(scarWords)
  }

  /// Stubble that leans hides more skin where it is seen aslant, and dots do not (measured on pictures of bald tops: within 2.5
  /// in colour from every side up to 1 mm, up to 3.2 at 1.5 mm and 4.1 at 2 mm).
  private var aslantWords: [String] {
    guard hair.length > 1.2, hair.length <= 3, hair.loss != .none else { return [] }
    return [
      "stubble of \(short(hair.length)) mm looks darker from above and behind than from the front, and dots do not: no dose passes from "
        + "every side; cut to 1 mm it does"
    ]
  }

  /// The same of a scar, which has a mixture of its own; nothing for other layers.
  private func scarWords(_ index: Int) -> [String] {
    guard case .scar(let scar) = layers[index], let dose = scar.pigment.found,
      let query = MatchQuery(self, scar: scar, around: pigment.found)
    else { return [] }
    let target = MatchTarget(query)
    let found = target.candidate(dose)
    let name = "\(scar.surface.rawValue) scar, layer \(index + 1)"
    let lighter = target.hairStep * query.darkness - found.patchStep
    return ["\(name): " + found.words(kind: pigment.kind).joined(separator: "; ")]
      + (lighter > visibleDifference
        ? [
          "\(name): it stays lighter than the hair around it, by \(fixed(lighter, 1)) L* at arm's length: it is white, and "
            + "more than \(fixed(dose.density, 0)) impressions per cm2 would grow together in it"
        ] : [])
  }
}
