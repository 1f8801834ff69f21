// The clinic's own rates, multiplied out. No price is built in.

import TreatmentDesign

/// One line of a price.
public struct PriceLine: Sendable, Equatable {
  public var name: String
  /// What is counted, in `unit`, and the rate for one.
  public var count: Double
  public var unit: String
  public var rate: Double
  /// `count` times `rate`, to the cent.
  public var amount: Double { (count * rate * 100).rounded() / 100 }
}

func priceLines(_ rates: RateCard, sessions: [PlannedSession], touchUps: Int, dots: Double, area: Double) -> [PriceLine]
{
  // Counts as they are printed, so that a reader can check the sums.
  let hours = (sessions.reduce(0) { $0 + $1.hours } * 10).rounded() / 10
  let thousands = (dots / 100).rounded() / 10
  let lines = [
    PriceLine(name: "treatment", count: 1, unit: "", rate: rates.base),
    PriceLine(name: "sessions", count: Double(sessions.count), unit: "", rate: rates.perSession),
    PriceLine(name: "time", count: hours, unit: "h", rate: rates.perHour),
    PriceLine(name: "impressions", count: thousands, unit: "thousand", rate: rates.perThousandDots),
    PriceLine(name: "area", count: area.rounded(), unit: "cm2", rate: rates.perSquareCentimetre),
    PriceLine(name: "touch-ups", count: Double(touchUps), unit: "", rate: rates.perTouchUp),
  ]
  return lines.filter { $0.rate > 0 && $0.count > 0 }
}
