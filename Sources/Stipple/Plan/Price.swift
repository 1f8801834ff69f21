// The clinic's own rates, multiplied out. No price is built in.

import Arithmetic
import TreatmentDesign

/// One line of a price.
public struct PriceLine: Sendable, Equatable {
  /// What a line is for.
  public enum Item: String, Sendable, CaseIterable {
    case treatment, stage, sessions, time, impressions, area
    case touchUps = "touch-ups"
  }
  public var item: Item
  /// The loss pattern that a stage's price is for, else empty.
  public var stage = ""
  /// What is counted, in `unit`, and the rate for one.
  public var count: Double
  public var unit: String
  public var rate: Double
  public var name: String { stage.isEmpty ? item.rawValue : "\(item.rawValue) \(stage)" }
  /// `count` times `rate`, to the cent.
  public var amount: Double { (count * rate * 100).rounded() / 100 }
}

/// The lines of a price that are not nothing.
///
/// Throws `StippleError` (`data`) where stages have prices but the design's own has none, or the deposit is more than the
/// whole.
func priceLines(
  _ rates: RateCard, of opened: OpenedDesign, sessions: [PlannedSession], touchUps: Int, dots: Double, area: Double
) throws(StippleError) -> [PriceLine] {
  let loss = opened.design.hair.loss
  if !rates.stages.isEmpty, rates.stages[loss] == nil {
    throw StippleError(
      .data,
      "\(opened.place(of: "rates.stages"))no price for \(loss.rawValue), which 'hair.loss' says; add it to 'stages'")
  }
  // Counts as they are printed, so that a reader can check the sums.
  let hours = (sessions.reduce(0) { $0 + $1.hours } * 10).rounded() / 10
  let thousands = (dots / 100).rounded() / 10
  let lines = [
    PriceLine(item: .treatment, count: 1, unit: "", rate: rates.base),
    PriceLine(item: .stage, stage: loss.rawValue, count: 1, unit: "", rate: rates.stages[loss] ?? 0),
    PriceLine(item: .sessions, count: Double(sessions.count), unit: "", rate: rates.perSession),
    PriceLine(item: .time, count: hours, unit: "h", rate: rates.perHour),
    PriceLine(item: .impressions, count: thousands, unit: "thousand", rate: rates.perThousandDots),
    PriceLine(item: .area, count: area.rounded(), unit: "cm2", rate: rates.perSquareCentimetre),
    PriceLine(item: .touchUps, count: Double(touchUps), unit: "", rate: rates.perTouchUp),
  ].filter { $0.rate > 0 && $0.count > 0 }
  let total = lines.reduce(0) { $0 + $1.amount }
  if rates.deposit > total + 0.005 {
    throw StippleError(
      .data,
      "\(opened.place(of: "rates.deposit"))deposit \(fixed(rates.deposit, 2)) is more than the whole price, \(fixed(total, 2))"
    )
  }
  return lines
}
