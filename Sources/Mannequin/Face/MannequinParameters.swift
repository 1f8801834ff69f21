// Which head: sex and the lengths that a tape or caliper gives.
//
// Presets: US Army ANSUR II survey 2010-12 (Gordon et al., NATICK/TR-15/007), 4082 men and 1986 women; means and
// standard deviations computed from the individual records. The coronal arc is from the NIOSH survey of 2003 (Zhuang,
// Bradtmiller), 2543 men and 1454 women.

import Arithmetic
import ScalpGeometry

/// The measurements that shape a mannequin, mm.
public struct MannequinParameters: Sendable, Equatable {
  public var sex: Sex
  /// Glabella to the farthest point of the back of the head, 160...235.
  public var headLength: Double
  /// Greatest breadth above the ears, 120...185.
  public var headBreadth: Double
  /// Tape around the head above the brows, 470...680. It must also suit length and breadth.
  public var headCircumference: Double
  /// Height of the vertex above the tragions, 100...160.
  public var tragionToVertex: Double
  /// Chin to nasal root (menton to sellion), 90...150.
  public var faceHeight: Double
  /// Across the cheekbones' arches, 105...180.
  public var bizygomaticBreadth: Double
  /// Tape from tragion to tragion over the vertex, 280...430. It must also suit breadth and height.
  public var coronalArc: Double
  /// Years, 18...80: shapes ears, nose, lips, folds and hollows. The lengths above stay as they are.
  public var age = TemplateAge.years
  /// What is this face's own.
  public var face = FaceShape()

  /// The head of a percentile of the survey: every length at that percentile of its own distribution.
  ///
  /// Women's circumference was partly taped over hair: circumference over the perimeter of the ellipse of length
  /// and breadth is 1.029 for men and 1.054 for women. The preset uses the men's ratio, which gives the mean woman
  /// 548 mm instead of 561.
  /// - Parameter percentile: 1...99; values outside are held at the ends.
  public init(sex: Sex, percentile: Double = 50) {
    let deviate = standardNormalQuantile(min(max(percentile, 1), 99) / 100)
    func at(_ mean: Double, _ deviation: Double) -> Double { mean + deviation * deviate }
    self.sex = sex
    switch sex {
    case .male:
      headLength = at(199.5, 7.02)
      headBreadth = at(154.3, 5.53)
      headCircumference = at(574.4, 16.05)
      tragionToVertex = at(131.1, 6.16)
      faceHeight = at(122.6, 6.67)
      bizygomaticBreadth = at(142.6, 6.22)
      coronalArc = at(350.7, 14.09)
    case .female:
      let hairless = 1.029 / 1.054
      headLength = at(189.8, 7.45)
      headBreadth = at(147.8, 5.19)
      headCircumference = at(561.1, 19.36) * hairless
      tragionToVertex = at(126.5, 6.55)
      faceHeight = at(113.1, 6.09)
      bizygomaticBreadth = at(133.8, 5.56)
      coronalArc = at(341, 15.59)
    }
  }

  /// Makes the head rounder or longer: `deviations` of the cephalic index (breadth over length; 3.6 points of 77.4 in
  /// men, 3.7 of 77.9 in women), with breadth times length and the height kept. The lengths that follow from breadth
  /// and length go with them.
  public mutating func setHeadShape(_ deviations: Double) {
    let ratio = 1 + deviations * (sex == .male ? 3.57 / 77.4 : 3.67 / 77.9)
    resize(length: headLength / ratio.squareRoot(), breadth: headBreadth * ratio.squareRoot())
  }

  /// Gives the head another length or breadth, and lets circumference, face and the arc over the vertex follow.
  public mutating func resize(length: Double, breadth: Double) {
    let before = Self.ellipsePerimeter(headLength, headBreadth)
    headCircumference *= Self.ellipsePerimeter(length, breadth) / before
    bizygomaticBreadth *= breadth / headBreadth
    coronalArc += breadth - headBreadth
    headLength = length
    headBreadth = breadth
  }

  /// Perimeter of an ellipse by its axes, within 1e-5 of it for heads (S. Ramanujan. 1914).
  private static func ellipsePerimeter(_ length: Double, _ breadth: Double) -> Double {
    let (a, b) = (length / 2, breadth / 2)
    return .pi * (3 * (a + b) - ((3 * a + b) * (a + 3 * b)).squareRoot())
  }

  /// Checks every number against its range.
  /// - Throws: `MannequinError.outOfRange` for the first that no head has.
  public func validate() throws(MannequinError) {
    let ranges: [(String, Double, ClosedRange<Double>)] = [
      ("head length", headLength, 160...235), ("head breadth", headBreadth, 120...185),
      ("head circumference", headCircumference, 470...680), ("tragion to vertex", tragionToVertex, 100...160),
      ("face height", faceHeight, 90...150),
      ("bizygomatic breadth", bizygomaticBreadth, 105...180), ("coronal arc", coronalArc, 280...430),
    ]
    for (name, value, allowed) in ranges where !allowed.contains(value) {
      throw .outOfRange(name: name, value: value, allowed: allowed)
    }
    if !TemplateAge.range.contains(age) {
      throw .outOfRange(name: "age", value: age, allowed: TemplateAge.range, unit: "years")
    }
    for (name, value) in face.named where !FaceShape.range.contains(value) {
      throw .outOfRange(name: name, value: value, allowed: FaceShape.range, unit: "standard deviations")
    }
  }
}

/// Why a mannequin cannot be made.
public enum MannequinError: Error, Equatable, CustomStringConvertible {
  /// A length or another number outside what heads have.
  case outOfRange(name: String, value: Double, allowed: ClosedRange<Double>, unit: String = "mm")
  /// A circumference, in mm, that no head of this length and breadth has.
  case circumferenceDoesNotFit(value: Double, allowed: ClosedRange<Double>, headLength: Double, headBreadth: Double)
  /// A length, in mm, that a head with the other lengths does not have.
  case doesNotFit(name: String, value: Double, allowed: ClosedRange<Double>)
  /// A number of triangles outside 30,000...2,000,000.
  case triangleCount(Int)

  static let triangleRange = 30_000...2_000_000

  public var description: String {
    func number(_ v: Double) -> String { (v * 10).rounded() / 10 == v.rounded() ? "\(Int(v.rounded()))" : "\(v)" }
    func short(_ v: Double) -> String { v.isFinite && abs(v) < 1e9 ? number((v * 10).rounded() / 10) : "\(v)" }
    switch self {
    case .outOfRange(let name, let value, let allowed, let unit):
      return
        "\(name) of \(short(value)) \(unit) is out of range: \(short(allowed.lowerBound)) to \(short(allowed.upperBound)) \(unit)"
    case .circumferenceDoesNotFit(let value, let allowed, let length, let breadth):
      return
        "head circumference of \(short(value)) mm does not fit a head \(short(length)) mm long and \(short(breadth)) mm broad:"
        + " \(short(allowed.lowerBound)) to \(short(allowed.upperBound)) mm"
    case .doesNotFit(let name, let value, let allowed):
      return
        "\(name) of \(short(value)) mm does not fit the head's other lengths: \(short(allowed.lowerBound)) to \(short(allowed.upperBound)) mm"
    case .triangleCount(let count):
      return
        "\(count) triangles is out of range: \(Self.triangleRange.lowerBound) to \(Self.triangleRange.upperBound)"
    }
  }
}

/// Quantile of the standard normal distribution for `p` in 0...1 (exclusive), error below 1.2e-9 relative.
///
/// P. J. Acklam. An algorithm for computing the inverse normal cumulative distribution function. 2003.
func standardNormalQuantile(_ p: Double) -> Double {
  let a = [
    -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
    -3.066479806614716e+01, 2.506628277459239e+00,
  ]
  let b = [
    -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
    -1.328068155288572e+01, 1,
  ]
  let c = [
    -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00,
    4.374664141464968e+00, 2.938163982698783e+00,
  ]
  let d = [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1]
  func polynomial(_ c: [Double], _ x: Double) -> Double { c.reduce(0) { $0 * x + $1 } }
  if p > 0.5 { return -standardNormalQuantile(1 - p) }
  if p < 0.02425 {
    let q = (-2 * logarithm(p)).squareRoot()
    return polynomial(c, q) / polynomial(d, q)
  }
  let q = p - 0.5
  let r = q * q
  return q * polynomial(a, r) / polynomial(b, r)
}
