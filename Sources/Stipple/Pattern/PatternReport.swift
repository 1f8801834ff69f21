import Arithmetic
import Files
import ImpressionSampling
import ScalpGeometry
import TreatmentDesign

/// How evenly the impressions of a placement lie, and how near they come to the density asked for.
public struct PatternReport: Sendable, Report {
  public var statistics: PatternStatistics
  /// What was found out about a scan that the points depend on; empty for a mannequin.
  public var warnings: [String] = []

  /// Measures the impressions of a placement on its head, as a whole and in the frontal, upper and rear part of the scalp.
  ///
  /// Throws `StippleError` (`data`) if the field cannot be measured.
  public init(_ placement: Placement, threads: Int? = nil) throws(StippleError) {
    let frame = placement.fields.scalp.frame
    let vertex = frame.vertexUp
    func part(_ name: String, _ range: Range<Float>) -> PatternZone {
      PatternZone(name: name) { range.contains(frame.coordinates(of: $0).up) }
    }
    do {
      statistics = try PatternStatistics(
        of: placement.impressions, on: placement.head.mesh, density: placement.fields.impressionDensity,
        zones: [
          part("front", -.infinity..<(0.62 * vertex)), part("top", (0.62 * vertex)..<(1.25 * vertex)),
          part("back", (1.25 * vertex)..<(.infinity)),
        ], threads: threads)
    } catch {
      throw StippleError(.data, "\(error)")
    }
  }

  /// Names, values and what they mean, in order.
  private var figures: [(key: String, value: Double, meaning: String)] {
    let s = statistics
    return [
      ("count", Double(s.count), "impressions"), ("wanted", s.wanted, "integral of the density"),
      ("minimumDistance", Double(s.minimumDistance), "mm, the closest pair"),
      (
        "minimumDistanceOverRadius", Double(s.minimumDistanceOverRadius),
        "closest pair over the distance allowed there; below 1 is a violation"
      ),
      ("rho", Double(s.rho), "closest pair over the hexagonal spacing"),
      ("largestHole", Double(s.largestHole), "over the spacing; 0.58 for a hexagonal lattice"),
      ("uncoveredShare", Double(s.uncoveredShare), "of the area lies farther from a dot than its distance"),
      (
        "nearestNeighbourVariation", Double(s.nearestNeighbourVariation),
        "0.25 to 0.43 on photographs of healed work, under 0.12 reads as a grid"
      ),
      ("numberVariance", Double(s.numberVariance), "1 for chance, about 0.1 for random darts"),
    ]
  }

  public var text: String {
    func pad(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    var lines = warnings + figures.map { pad($0.key, 28) + pad(short($0.value, 3), 10) + $0.meaning }
    for zone in statistics.zones where zone.wanted >= 0.5 || zone.placed > 0 {
      // Under one impression a share in per cent says nothing
      let share = zone.wanted < 1 ? "" : ", \(short(100 * zone.relativeError, 3)) %"
      lines.append(
        pad(zone.name, 28) + pad("\(zone.placed)", 10) + "placed for \(short(zone.wanted, 3))" + share)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  public var json: String {
    JSONValue.object(
      answer("patternStatistics") + figures.map { ($0.key, .number($0.value)) } + [
        ("pairCorrelation", .list(statistics.pairCorrelation.map { .number(Double($0)) })),
        ("radialSpectrum", .list(statistics.radialSpectrum.map { .number(Double($0)) })),
        (
          "zones",
          .list(
            statistics.zones.map {
              .object([
                ("name", .text($0.name)), ("wanted", .number($0.wanted)), ("placed", .integer($0.placed)),
                ("relativeError", .number($0.relativeError)),
              ])
            })
        ),
      ] + warningMembers(warnings)
    ).written() + "\n"
  }
}

/// What `pattern` says of the file that it wrote.
public struct PatternSummary: Sendable, Report {
  public var work: WorkFigures
  public var file: String
  /// As in `PatternReport`.
  public var warnings: [String]

  public init(work: WorkFigures, file: String, warnings: [String]) {
    (self.work, self.file, self.warnings) = (work, file, warnings)
  }

  public var text: String { (warnings + ["\(work.text) in \(file)"]).joined(separator: "\n") + "\n" }

  public var json: String {
    JSONValue.object(answer("pattern") + work.members + warningMembers(warnings)).written() + "\n"
  }
}

/// Warnings as a member of an object, where there are any.
private func warningMembers(_ warnings: [String]) -> [(String, JSONValue)] {
  warnings.isEmpty ? [] : [("warnings", .list(warnings.map { .text($0) }))]
}
