// Impressions of one client differ: each took more or less than the average, and each runs by its own clock.

import Arithmetic

/// Luck of one impression from a standard normal number: its logarithm is normal with a deviation of `spread` (0.20 by
/// default, grade D). Numbers beyond ±4 count as ±4.
public func dotLuck(_ normal: Double, spread: Double = AgingParameters.standard.impressionLuck) -> Double {
  exponential(spread * min(max(normal, -4), 4))
}

/// Clocks that ageing tabulates: standard normal numbers from -4 to 4 in halves.
let clockNodes = 17

/// How much faster than the average an impression's time runs at node `i` of the table.
func clockFactor(_ i: Int, spread: Double) -> Double { exponential(spread * (Double(i) - 8) / 2) }
