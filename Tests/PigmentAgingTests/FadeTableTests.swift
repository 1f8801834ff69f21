import Foundation
import Testing

@testable import PigmentAging

/// One row of `fade-expected.csv`, worked out by an independent program.
struct FadeRow: Sendable, CustomTestStringConvertible {
  let preset: String
  let label: String
  let years, mass, retention, darkness, width, peak: Double
  var testDescription: String { "\(preset) \(label)" }

  static let all: [FadeRow] = {
    guard let url = Bundle.module.url(forResource: "Tables/fade-expected", withExtension: "csv"),
      let text = try? String(contentsOf: url, encoding: .utf8)
    else { return [] }
    return text.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: ",")
      let numbers = cells.dropFirst(2).compactMap { Double($0) }
      guard cells.count == 8, numbers.count == 6 else { return nil }
      return FadeRow(
        preset: String(cells[0]), label: String(cells[1]), years: numbers[0], mass: numbers[1], retention: numbers[2],
        darkness: numbers[3], width: numbers[4], peak: numbers[5])
    }
  }()
}

/// The table's presets, by the numbers its header gives, and what they are made from here.
private let presets: [String: (given: FadeModel, made: FadeModel, core: Double)] = [
  "default": (FadeModel(), FadeModel(pace: .typical), 0.13),
  "slow": (
    FadeModel(shedShare: 0.2, settlingShare: 0.1, lossRate: 0.05, diffusion: 1e-4), FadeModel(pace: .slow), 0.13
  ),
  "fast": (
    FadeModel(shedShare: 0.45, settlingShare: 0.25, lossRate: 0.18, diffusion: 1e-3), FadeModel(pace: .fast), 0.13
  ),
  "scar": (
    FadeModel(shedShare: 0.4, settlingShare: 0.2, lossRate: 0.175, diffusion: 9e-4),
    FadeModel(pace: .typical, tissue: .flatScar), 0.13
  ),
  "deep": (
    FadeModel(shedShare: 0.12, settlingShare: 0.08, lossRate: 0.05, diffusion: 4e-3),
    FadeModel(pace: .typical, depth: .deep), 0.28
  ),
  "temporary": (
    FadeModel(shedShare: 0.4, settlingShare: 0.35, settlingYears: 0.4, lossRate: 0.9, diffusion: 2e-4),
    FadeModel(pace: .typical, kind: .temporary), 0.13
  ),
]

@Suite struct FadeTableTests {
  /// The table has six decimals.
  let tolerance = 1e-6

  @Test func theWholeTableIsThere() {
    #expect(FadeRow.all.count == 78)
    #expect(Set(FadeRow.all.map(\.preset)) == Set(presets.keys))
  }

  @Test(arguments: FadeRow.all)
  func everyRowComesOut(row: FadeRow) throws {
    let preset = try #require(presets[row.preset])
    for model in [preset.given, preset.made] {
      #expect(abs(model.mass(years: row.years) - row.mass) <= tolerance)
      #expect(abs(model.retention(years: row.years) - row.retention) <= tolerance)
      #expect(abs(model.darkness(years: row.years) - row.darkness) <= tolerance)
      #expect(abs(model.width(core: preset.core, years: row.years) - row.width) <= tolerance)
      #expect(abs(model.peak(core: preset.core, years: row.years) - row.peak) <= tolerance)
    }
  }
}
