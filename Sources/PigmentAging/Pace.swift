// How fast one client's work fades, as a place in a line of clients.
//
// Slow, typical and fast span what clinics and clients report: touch-up due after 10.5, 4.4 and 1.4 years. Between and
// beyond them the factors run geometrically. Clients as calibrated (shares and loss rate independent, ln k with a
// deviation of 0.35) come back after 2.6, 4.2 and 7.0 years at the tenth, middle and ninetieth of a hundred; 0.39
// standard deviations per step of this line give 2.6, 4.4 and 6.9. On that scale slow is past the 99th client and fast
// before the first: the band of slow to fast holds nearly everyone (grade D).

import Arithmetic

/// How fast a client's work fades; each year is shown at slow, typical and fast.
public struct Pace: Sendable, Hashable {
  /// -1 slow, 0 typical, 1 fast.
  public let position: Double
  /// As written in designs and file names: `slow`, `typical`, `fast`, or a percentile such as `p10`.
  public let name: String

  public static let slow = Pace(position: -1, name: "slow")
  public static let typical = Pace(position: 0, name: "typical")
  public static let fast = Pace(position: 1, name: "fast")

  /// The three that span the band, slowest first.
  public static let allCases = [slow, typical, fast]

  /// What `init(_:)` takes, for messages.
  public static let allowed =
    "slow, typical, fast, or a percentile of clients from p1 (fades first) over p50 to p99 (lasts longest)"

  /// - Returns: `nil` for text that is none of `allowed`. A bare number is a percentile.
  public init?(_ text: String) {
    if let named = Pace.allCases.first(where: { $0.name == text }) {
      self = named
      return
    }
    guard let percent = Double(text.hasPrefix("p") ? String(text.dropFirst()) : text),
      let pace = Pace(percentile: percent)
    else { return nil }
    self = pace
  }

  /// The client whose work outlasts that of `percent` of a hundred clients.
  ///
  /// - Parameter percent: 1 (fades first) to 99 (lasts longest); `nil` comes back for others.
  public init?(percentile percent: Double) {
    guard (1...99).contains(percent) else { return nil }
    let whole = percent == percent.rounded()
    self.init(
      position: -Pace.stepPerDeviation * normalQuantile(percent / 100), name: whole ? "p\(Int(percent))" : "p\(percent)"
    )
  }

  private init(position: Double, name: String) {
    self.position = position
    self.name = name
  }

  private static let stepPerDeviation = 0.39

  /// Factors on shed share, settling share, loss rate and spread of the typical client.
  var factors: (shed: Double, settling: Double, loss: Double, spread: Double) {
    // The three of the table as they stand there, so that they come out exactly.
    switch position {
    case -1: return (2.0 / 3, 2.0 / 3, 0.5, 1.0 / 3)
    case 0: return (1, 1, 1, 1)
    case 1: return (1.5, 5.0 / 3, 1.8, 10.0 / 3)
    default: break
    }
    // ln 1.5, ln 5/3, ln 1.8, ln 2, ln 3, ln 10/3
    let u = position
    return u < 0
      ? (
        exponential(0.4054651081 * u), exponential(0.4054651081 * u), exponential(0.6931471806 * u),
        exponential(1.0986122887 * u)
      )
      : (
        exponential(0.4054651081 * u), exponential(0.5108256238 * u), exponential(0.5877866649 * u),
        exponential(1.2039728043 * u)
      )
  }
}

/// The standard normal number that a share of `p` lies below, 0.001 to 0.999, within 1e-12.
///
/// Halves an interval on the distribution's series (Marsaglia 2004), which needs no function of the C library.
func normalQuantile(_ p: Double) -> Double {
  func below(_ x: Double) -> Double {
    var (term, sum, n) = (x, x, 1.0)
    while n < 200, abs(term) > 1e-17 {
      n += 2
      term *= x * x / n
      sum += term
    }
    return 0.5 + sum * exponential(-x * x / 2) * 0.3989422804014327
  }
  var (low, high) = (-4.0, 4.0)
  for _ in 0..<60 {
    let middle = (low + high) / 2
    if below(middle) < p { low = middle } else { high = middle }
  }
  return (low + high) / 2
}
