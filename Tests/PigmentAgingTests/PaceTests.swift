import Foundation
import Testing

@testable import PigmentAging

@Suite struct PaceTests {
  /// Touch-ups of calibrated clients fall due after 2.6, 4.2 and 7.0 years at the tenth, middle and ninetieth.
  @Test(arguments: [(10.0, 2.6), (50, 4.3), (90, 7.0)])
  func percentilesComeBackWhenTheCalibratedClientsDo(percent: Double, years: Double) throws {
    let pace = try #require(Pace(percentile: percent))
    let due = try #require(touchUpDue(FadeModel(pace: pace)))
    #expect(abs(due - years) < 0.12)
  }

  @Test func percentilesAreInOrder() throws {
    let paces = [1.0, 2.5, 10, 25, 50, 75, 90, 99].compactMap { Pace(percentile: $0) }
    let due = paces.compactMap { touchUpDue(FadeModel(pace: $0)) }
    #expect(due.count == 8)
    #expect(zip(due, due.dropFirst()).allSatisfy { $0 < $1 })
    // The band from fast to slow holds all of them but the last of a hundred.
    #expect(due[0] > 1.4 && due[6] < 10.5)
    for percent in [5.0, 30, 50, 70, 95] {
      let range = FadeRange()
      let pace = try #require(Pace(percentile: percent))
      for years in [1.0, 3, 5, 10, 20] {
        let own = range.retention(pace, years: years)
        #expect(own <= range.retention(.slow, years: years) && own >= range.retention(.fast, years: years))
      }
    }
  }

  @Test func paceIsReadAsWritten() throws {
    #expect(Pace("slow") == .slow && Pace("typical") == .typical && Pace("fast") == .fast)
    let tenth = Pace("p10")
    #expect(tenth == Pace(percentile: 10) && Pace("10") == tenth)
    #expect(Pace("p10")?.name == "p10" && Pace("p2.5")?.name == "p2.5")
    for wrong in ["", "medium", "p0", "p100", "-5", "p", "pp10", "nan", "1e9", "Slow"] { #expect(Pace(wrong) == nil) }
    #expect(abs(Pace("p50")?.position ?? 1) < 1e-12)
  }

  @Test func theFactorsRunOnThroughTheNamedPaces() throws {
    // Just beside the named paces, by the geometric law: no jumps.
    for (percent, named) in [(50.001, Pace.typical), (49.999, Pace.typical)] {
      let near = try #require(Pace(percentile: percent)).factors
      #expect(abs(near.loss - named.factors.loss) < 1e-4 && abs(near.spread - named.factors.spread) < 1e-4)
    }
  }

  @Test(arguments: [(0.5, 0.0), (0.975, 1.959963984540054), (0.01, -2.3263478740408408), (0.9, 1.2815515655446004)])
  func quantilesOfTheNormalDistribution(p: Double, x: Double) { #expect(abs(normalQuantile(p) - x) < 1e-9) }

  @Test func everyParameterHasARangeThatHoldsItsDefault() {
    let names = AgingParameter.all.map(\.name)
    #expect(Set(names).count == names.count)
    for parameter in AgingParameter.all {
      #expect(parameter.range.contains(AgingParameters.standard[keyPath: parameter.field]), "\(parameter.name)")
      #expect(!parameter.meaning.isEmpty && parameter.range.lowerBound < parameter.range.upperBound)
    }
    // One row per stored number.
    #expect(Mirror(reflecting: AgingParameters.standard).children.compactMap(\.label) == names)
  }

  /// The README's table is the code's.
  @Test func theDocumentationSaysWhatTheCodeSays() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/PigmentAging/README.md")
    let rows = try String(contentsOf: folder, encoding: .utf8).split(separator: "\n").filter { $0.hasPrefix("| `") }
      .map {
        $0.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
      }
    #expect(rows.map { $0[1] } == AgingParameter.all.map { "`\($0.name)`" })
    for (row, parameter) in zip(rows, AgingParameter.all) {
      let bounds = row[3].split(separator: " ")
      let numbers = [Double(row[2]), Double(bounds[0]), Double(bounds[2])]
      let value = AgingParameters.standard[keyPath: parameter.field]
      for (shown, exact) in zip(numbers, [value, parameter.range.lowerBound, parameter.range.upperBound]) {
        // Four decimals.
        #expect(abs((shown ?? .nan) - exact) < 6e-5, "\(parameter.name)")
      }
      #expect(Array(row[4...6]) == [parameter.unit, parameter.grade.rawValue, parameter.meaning])
    }
  }

  /// Each number does something: at one end of its range some impression ages otherwise than at the other.
  @Test(arguments: AgingParameter.all.map(\.name))
  func everyParameterChangesSomething(name: String) throws {
    let parameter = try #require(AgingParameter.all.first { $0.name == name })
    func fingerprint(_ value: Double) -> [Double] {
      var p = AgingParameters.standard
      p[keyPath: parameter.field] = value
      var out: [Double] = []
      for kind in PigmentKind.allCases {
        for (tissue, depth) in [
          (Tissue.skin, DepthClass.upperDermis), (.flatScar, .upperDermis), (.skin, .deep), (.skin, .shallow),
        ] {
          let course = ImpressionCourse(pace: .typical, tissue: tissue, kind: kind, depth: depth, parameters: p)
          for years in [10 / daysPerYear, 1, 6] {
            let state = course.state(years: years)
            out += [state.retained, state.darkness, state.width(core: 0.13)]
          }
        }
        out += [redDrift(kind, years: 4, p), blueDrift(kind, needleDepth: 1, years: 4, p), laserRetention(kind, p)]
        out += LossFactor.allCases.map { $0.multiplier(kind, p) }
      }
      out += [dotLuck(1, spread: p.impressionLuck), dotLuck(1, spread: p.placeLuck)]
      out += [clockFactor(10, spread: p.impressionClock), p.touchUpDarkness, p.lifetimeDose]
      return out
    }
    #expect(fingerprint(parameter.range.lowerBound) != fingerprint(parameter.range.upperBound))
  }
}
