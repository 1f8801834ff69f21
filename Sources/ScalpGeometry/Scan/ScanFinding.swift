/// Something about a scan that its count, area and price depend on, measured while it was made ready.
///
/// `check` reports it beside the rules for designs, `plan` and `preview` among their warnings.
public struct ScanFinding: Sendable, Equatable {
  /// What was looked at; the number is the same in every version.
  public enum Rule: String, Sendable, CaseIterable {
    /// A hole in the scalp that stays open.
    case hole = "S1"
    /// Skin that lies under other skin, or hair that was taken for skin.
    case sheets = "S2"
    /// Area of the scalp over that of its smoothed copy.
    case roughness = "S3"
    /// Steps in which the file's coordinates come.
    case precision = "S4"
    /// A landmark where the skin shows none.
    case landmark = "S5"
    /// Treatment on skin that was completed from the mean head.
    case completed = "S6"
  }

  public var rule: Rule
  /// Whether figures cannot be relied on; else they should be looked at.
  public var isError: Bool
  /// What was measured, in a few words, with its place.
  public var subject: String
  /// In `unit`.
  public var measured: Double
  /// The most that is advised, in `unit`.
  public var advised: Double
  public var unit: String
  /// What happens otherwise, and what to do about it.
  public var reason: String
  /// The landmark that it is about, if it is about one.
  public var landmark: ScanLandmarks.Name?

  public init(
    _ rule: Rule, isError: Bool = false, subject: String, measured: Double, advised: Double, unit: String,
    reason: String, landmark: ScanLandmarks.Name? = nil
  ) {
    self.landmark = landmark
    self.rule = rule
    self.isError = isError
    self.subject = subject
    self.measured = measured
    self.advised = advised
    self.unit = unit
    self.reason = reason
  }
}
