import Foundation
import SkinOptics
import Testing

/// A table of another Monte Carlo of the same skin, as columns: numbers, and texts for the names of tones.
struct TruthTable {
  let count: Int
  private let numbers: [String: [Double]]
  private let texts: [String: [String]]

  /// Reads a CSV file of the test bundle.
  init(_ name: String) throws {
    let url = try #require(Bundle.module.url(forResource: name, withExtension: "csv", subdirectory: "Tables"))
    let lines = try String(contentsOf: url, encoding: .utf8).utf8.split(separator: 10)
    let names = lines[0].split(separator: 44).map { String(decoding: $0, as: UTF8.self) }
    var texts = [[String]](repeating: [], count: names.count)
    for line in lines.dropFirst() {
      let fields = line.split(separator: 44, omittingEmptySubsequences: false)
      for (i, field) in fields.enumerated() { texts[i].append(String(decoding: field, as: UTF8.self)) }
    }
    count = lines.count - 1
    self.texts = Dictionary(uniqueKeysWithValues: zip(names, texts))
    numbers = self.texts.mapValues { $0.map { Double($0) ?? .nan } }
  }

  func number(_ row: Int, _ column: String) throws -> Double { try #require(numbers[column])[row] }

  func ratio(_ row: Int) throws -> SIMD3<Double> {
    SIMD3(try number(row, "ratioR"), try number(row, "ratioG"), try number(row, "ratioB"))
  }

  func skin(_ row: Int) throws -> SkinTone {
    let names = try #require(texts["tone"])
    return try #require(SkinTone.fitzpatrick(names[row]))
  }

  func body(_ row: Int) throws -> PigmentBody {
    PigmentBody(
      diameter: try number(row, "diam_mm"), depth: try number(row, "depth_mm"),
      opticalDensity: try number(row, "OD550"))
  }
}

/// Mean, 95th percentile and greatest of some errors.
struct Spread {
  private var values: [Double] = []
  mutating func add(_ value: Double) { values.append(value) }
  var count: Int { values.count }
  var mean: Double { values.reduce(0, +) / Double(max(values.count, 1)) }
  var worst: Double { values.max() ?? 0 }
  var p95: Double { values.isEmpty ? 0 : values.sorted()[Int(0.95 * Double(values.count - 1))] }
}
