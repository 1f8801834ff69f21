// The range that every year carries: darkness at the slow, typical and fast pace.

import Arithmetic
import PigmentAging
import TreatmentDesign

/// A design's darkness over the years at the three paces that span the band, touch-ups and laser included.
struct DarknessBand {
  let design: Design
  let slow: TreatmentCourse
  let typical: TreatmentCourse
  let fast: TreatmentCourse

  init(_ design: Design) {
    self.design = design
    slow = courseOfTreatment(design, pace: .slow).course
    typical = courseOfTreatment(design, pace: .typical).course
    fast = courseOfTreatment(design, pace: .fast).course
  }

  /// The least and the greatest darkness of the three and of `own`, healed = 1. Touch-ups can put a fast client's work
  /// above a slow client's for a while.
  func range(at years: Double, with own: TreatmentCourse) -> (least: Double, greatest: Double) {
    let all = [own, slow, typical, fast].map { $0.darkness(at: years) }
    return (all.min() ?? 0, all.max() ?? 0)
  }

  /// Darkness at a pace and its range, as a picture's caption.
  func caption(at years: Double, pace: Pace) -> String {
    let own = courseOfTreatment(design, pace: pace).course
    let range = range(at: years, with: own)
    return "darkness \(percent(own.darkness(at: years))) % (\(percentRange(range.least, range.greatest)) by pace)"
  }
}

/// "36-80 %", or one figure where both round to it.
func percentRange(_ least: Double, _ greatest: Double) -> String {
  let (a, b) = (percent(least), percent(greatest))
  return a == b ? "\(a) %" : "\(a)-\(b) %"
}
