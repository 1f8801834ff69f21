/// A number that the optics cannot take.
public struct OpticsError: Error, Equatable, CustomStringConvertible {
  /// What the number stands for, as "melanin".
  public var quantity: String
  public var value: Double
  public var allowed: ClosedRange<Double>
  /// "mm"; empty for shares.
  public var unit: String

  public var description: String {
    "\(quantity) \(value) is outside \(allowed.lowerBound) to \(allowed.upperBound)\(unit.isEmpty ? "" : " " + unit)"
  }
}

/// Throws unless `value` is a number inside `allowed`.
func check(_ quantity: String, _ value: Double, in allowed: ClosedRange<Double>, _ unit: String = "")
  throws(OpticsError)
{
  if !allowed.contains(value) { throw OpticsError(quantity: quantity, value: value, allowed: allowed, unit: unit) }
}
