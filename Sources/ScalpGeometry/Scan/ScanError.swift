/// Why a scan cannot be taken for a head.
public enum ScanError: Error, Equatable, CustomStringConvertible {
  /// The scale is not a positive finite number.
  case scale(Float)
  /// A landmark that the frame needs was not given.
  case missing(ScanLandmarks.Name)
  case notFinite(ScanLandmarks.Name)
  /// In no unit is this distance between the tragions, in the scan's units, a head's.
  case noUnit(tragionDistance: Float)
  /// The landmarks do not span a plane.
  case clicksInLine
  /// A length, mm, that no head has; and the unit in which the distance between the tragions would be right.
  case impossible(
    name: String, value: Float, allowed: ClosedRange<Float>, fittingUnit: ScanUnit?, landmark: ScanLandmarks.Name?)
  /// A landmark this far, mm, from where the others put it.
  case elsewhere(ScanLandmarks.Name, Float)
  /// A landmark this far, mm, from the nearest skin.
  case offTheSkin(ScanLandmarks.Name, Float)
  /// So many parts, of which so large a share of the triangles was left over.
  case notJoined(parts: Int, share: Float)
  /// No skin where a landmark must be.
  case noSkin(String)
  /// A side of the head of which the scan has no more than this share.
  case incomplete(side: String, share: Float)
  /// Of a part that the mean head is fitted by the scan shows only this share.
  case tooLittle(part: String, share: Float)
  /// The mean head's skin lies this far, mm, from the scan's wherever it is laid.
  case noMeanHead(gap: Float)

  /// The landmark that was most likely misread.
  public var landmark: ScanLandmarks.Name? {
    switch self {
    case .missing(let name), .notFinite(let name), .elsewhere(let name, _), .offTheSkin(let name, _): name
    case .impossible(_, _, _, _, let name): name
    case .noUnit: .leftTragion
    case .scale, .clicksInLine, .noSkin, .incomplete, .tooLittle, .noMeanHead, .notJoined: nil
    }
  }

  public var description: String {
    func number(_ v: Float, significant digits: Int) -> String {
      guard v > 0, v < 1e9 else { return "\(v)" }
      var step: Float = 1
      while v / step < 100 { step /= 10 }
      while v / step >= 1000 { step *= 10 }
      let steps = step < 1 ? (1 / step).rounded() : 1
      return "\(step < 1 ? (v * steps).rounded() / steps : (v / step).rounded() * step)"
    }
    func number(_ v: Float) -> String { abs(v) < 10 ? "\((v * 100).rounded() / 100)" : "\((v * 10).rounded() / 10)" }
    switch self {
    case .scale(let scale):
      return "\(scale) millimetres per unit is not allowed: it must be above 0 and finite"
    case .missing(let name):
      return name == .glabella || name == .sellion
        ? "neither glabella nor sellion is given; the frame needs one of them" : "the \(name.title) is missing"
    case .notFinite(let name):
      return "the \(name.title)'s coordinates are not finite numbers"
    case .noUnit(let distance):
      return
        "the scan has no scale: the tragions are \(distance) units apart, which in mm, cm, dm, m and inches alike is no head "
        + "(115 to 170 mm). Give a length taken on the client, 'measure: {headBreadth: 152}', or the millimetres of a unit, "
        + "'units: \(number(147.6 / distance, significant: 4))' for a head of mean breadth; or read the tragions off again"
    case .clicksInLine:
      return "glabella and tragions lie in one line or coincide; they must form a triangle"
    case .impossible(let name, let value, let allowed, let unit, _):
      let hint =
        unit.map { "; the distance between the tragions would fit if the scan were in \($0.rawValue)s" } ?? ""
      return
        "\(name) of \(number(value)) is impossible for a head: \(number(allowed.lowerBound)) to \(number(allowed.upperBound))"
        + hint
    case .elsewhere(let name, let miss):
      return
        "the \(name.title) lies \(number(miss)) mm from where the other landmarks put it; read it off again (left is the subject's left)"
    case .offTheSkin(let name, let gap):
      return
        "the \(name.title) lies \(number(gap)) mm from the nearest skin; read it off again, in the scan's own coordinates"
    case .incomplete(let side, let share):
      return
        "the scan has no \(side): \(Int(((1 - share) * 100).rounded())) % of its skin is missing, and scalp that was not scanned can be "
        + "neither measured nor planned; scan all around the head, or take a mannequin with the client's measures"
    case .tooLittle(let part, let share):
      return
        "the scan is only part of a head, and shows only \(Int((share * 100).rounded())) % of the \(part): the rest is completed from a mean "
        + "head, which needs at least half of the face and of the forehead; scan again, or check the landmarks"
    case .noMeanHead(let gap):
      return
        "the scan is only part of a head, and the mean head that would complete it lies \(number(gap)) mm off its skin, where up to "
        + "5 mm are allowed; check landmarks and units, or scan all around the head"
    case .notJoined(let parts, let share):
      return
        "the triangles of the scan are not joined: it falls into \(parts) parts, and all but "
        + "\(share < 0.01 ? "1" : "\(Int((share * 100).rounded()))") % of it would be left out; join its corners (merge by distance) "
        + "and export it again"
    case .noSkin(let name):
      return
        "no skin found where the \(name) should be; check the landmarks (left is the subject's left) and that the scan covers the head"
    }
  }
}
