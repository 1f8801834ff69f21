// What is seen in the first thirty days: swelling, scabs, the pale phase under new epidermis, and the return of the
// tone. A synthesis of clinics' aftercare accounts (grade C for the sequence, D for the sizes).
//
// This curve and the mass of `FadeModel` describe different things and differ before day 30: the curve includes scab
// and veil, the mass does not. Draw with the curve to day 30 and with retention after it, both are 1 there; never
// multiply the two.

/// How fresh work looks on one day, against the healed state.
public struct HealingState: Sendable, Equatable {
  /// Redness of the skin around the dots, 0 to 1.
  public var redness: Double
  /// Apparent darkness, healed = 1.
  public var darkness: Double
  /// Apparent diameter, healed = 1.
  public var diameter: Double
  /// Share of the dot that is still ink and scab at the surface, 0 to 1: what makes fresh dots crisp and dark (by eye,
  /// grade D).
  public var scab: Double

  /// From day 30 on.
  public static let healed = HealingState(redness: 0, darkness: 1, diameter: 1, scab: 0)
}

/// The look of an impression made `days` ago, linear between the days observed; healed from day 30 on, and day 0's
/// for negative times.
public func healing(days: Double) -> HealingState {
  guard let first = healingCurve.first, days > first.day else { return healingCurve[0].state }
  for (a, b) in zip(healingCurve, healingCurve.dropFirst()) where days < b.day {
    let t = (days - a.day) / (b.day - a.day)
    func between(_ value: KeyPath<HealingState, Double>) -> Double {
      a.state[keyPath: value] + (b.state[keyPath: value] - a.state[keyPath: value]) * t
    }
    return HealingState(
      redness: between(\.redness), darkness: between(\.darkness), diameter: between(\.diameter), scab: between(\.scab))
  }
  return .healed
}

private let healingCurve: [(day: Double, state: HealingState)] = [
  // Crisp, dark, tight, swollen.
  (0, HealingState(redness: 0.8, darkness: 1.8, diameter: 1.9, scab: 0.8)),
  // Pin-head scabs: darkest.
  (2, HealingState(redness: 0.5, darkness: 1.9, diameter: 2.1, scab: 1)),
  // Flaking begins.
  (5, HealingState(redness: 0.2, darkness: 1.6, diameter: 1.7, scab: 0.7)),
  // Scabs are off; patchy and palest, which alarms clients.
  (8, HealingState(redness: 0.05, darkness: 0.95, diameter: 1.1, scab: 0.05)),
  // Even.
  (14, HealingState(redness: 0, darkness: 0.95, diameter: 1, scab: 0)),
  // One turnover of the epidermis has cleared the veil.
  (21, .healed),
  (30, .healed),
]
