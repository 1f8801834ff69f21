/// One piece of advice about a design: which rule, what was found, what is advised, and where.

import Files

public struct LintFinding: Sendable, Equatable, CustomStringConvertible {
  /// How much a practitioner should mind.
  public enum Level: String, Sendable, CaseIterable, Comparable {
    case info, warning, error

    public static func < (a: Level, b: Level) -> Bool {
      allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
    }
  }

  /// What the measured value should be.
  public enum Advice: Sendable, Equatable {
    case atLeast(Double)
    case atMost(Double)
    case within(ClosedRange<Double>)

    /// Whether `value` follows the advice. Sums of shares carry rounding, hence the slack of 1e-9.
    public func allows(_ value: Double) -> Bool {
      let slack = 1e-9
      switch self {
      case .atLeast(let limit): return value >= limit - slack
      case .atMost(let limit): return value <= limit + slack
      case .within(let range): return value >= range.lowerBound - slack && value <= range.upperBound + slack
      }
    }
  }

  /// The rule's number, `L1` to `L20`; the same in every version.
  public let id: String
  public let level: Level
  /// What was measured, in a few words: "hairline above the glabella".
  public let subject: String
  public let measured: Double
  public let advised: Advice
  /// Of `measured` and `advised`; empty for a ratio.
  public let unit: String
  /// What happens otherwise, in one sentence.
  public let reason: String
  /// The key that decides it, as in `DocumentLocations`.
  public let keyPath: String
  /// Why the design sets this finding aside; `nil` if it does not.
  public var waived: String?

  /// Whether a strict or an ordinary check should fail for it.
  public func breaks(strict: Bool) -> Bool {
    waived == nil && (level == .error || (strict && level == .warning))
  }

  public init(
    id: String, level: Level, subject: String, measured: Double, advised: Advice, unit: String, reason: String,
    keyPath: String
  ) {
    self.id = id
    self.level = level
    self.subject = subject
    self.measured = measured
    self.advised = advised
    self.unit = unit
    self.reason = reason
    self.keyPath = keyPath
  }

  /// `L4 error: hairline above the glabella 52 mm, advised at least 60 mm: a line this low …`; for a waived finding
  /// `L4 waived (his old line, on photographs): hairline above …`.
  public var description: String {
    let space = unit.isEmpty || unit == "°" ? unit : " \(unit)"
    let advice =
      switch advised {
      case .atLeast(let limit): "at least \(rounded(limit))"
      case .atMost(let limit): "at most \(rounded(limit))"
      case .within(let range): "\(rounded(range.lowerBound)) to \(rounded(range.upperBound))"
      }
    let heading = waived.map { "waived (\(shown($0)))" } ?? level.rawValue
    return "\(id) \(heading): \(subject) \(rounded(measured))\(space), advised \(advice)\(space): \(reason)"
  }
}

/// Three decimals are more than any of these figures is known to.
private func rounded(_ value: Double) -> String { plain((value * 1000).rounded() / 1000) }
