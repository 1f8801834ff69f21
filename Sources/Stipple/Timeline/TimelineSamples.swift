// Where a diagram of a timeline is evaluated, and how far it reaches.

import PigmentAging
import TreatmentDesign

extension Timeline {
  /// Years that a diagram shows: twenty when something happens late, else ten.
  var horizon: Double {
    let late = (touchUps.compactMap(\.years) + design.laser.map(\.year)).max() ?? 0
    return late > 8 ? 20 : 10
  }

  /// Darkness at the top of a diagram; the days after a touch-up may run out of the frame.
  var greatestShown: Double {
    let most = rows.filter { $0.years >= healedAge }.map(\.greatest).max() ?? 1
    return most > 1.15 ? 1.5 : 1.2
  }

  /// Years from healed work on, in order: `count` even steps to `horizon`, and more where visits make the curve steep.
  func samples(_ count: Int, to horizon: Double) -> [Double] {
    var years = (0...count).map { max(healedAge, horizon * Double($0) / Double(count)) }
    for course in [own, band.slow, band.typical, band.fast] {
      for renewal in course.course.renewals where renewal.years < horizon {
        years += [renewal.years - 1e-6, renewal.years] + (1...8).map { renewal.years + Double($0) * 4 / daysPerYear }
      }
    }
    for visit in design.laser where visit.year < horizon { years += [visit.year - 1e-6, visit.year] }
    return years.sorted()
  }
}
