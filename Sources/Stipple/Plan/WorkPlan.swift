// The plan that a practitioner works from: zones with needle, depth and shade, sessions with dots and hours, healing,
// touch-ups, and the clinic's own price.
//
// Dots are the integral of the density over each zone, not a count of placed impressions, so that the plan needs no
// pattern. Hours come from the one published working speed, 1 to 2 dots a second (14,000 in 2 to 4 hours; grade C).

import Arithmetic
import Meshes
import PigmentAging
import ScalpGeometry
import TreatmentDesign

/// Work of one kind: the same needle, depth and mixture.
public struct PlannedZone: Sendable, Equatable {
  public var name: String
  /// Impressions in all sessions together, and the area that holds them, cm².
  public var dots: Double
  public var area: Double
  public var needle: Needle
  /// mm
  public var needleDepth: Double
  /// Water per part of pigment, ml per ml, and the share of carbon or its like in the mixture. A jar is taken to hold
  /// 15 % (one practitioner's figure, grade C).
  public var shade: Double
  public var pigmentShare: Double
  /// Mean of what the tissue keeps over what skin keeps, 1 for skin.
  public var take: Double
}

/// One visit of the plan.
public struct PlannedSession: Sendable, Equatable {
  /// Days after the first, and the date if a start was given.
  public var day: Double
  public var date: CalendarDate?
  /// Share of all impressions in place after it.
  public var share: Double
  public var dots: Double
  /// Hours in the chair at 1.3 dots a second, and at 2 and at 1.
  public var hours: Double
  public var shortest: Double
  public var longest: Double
}

/// A design as a plan of work.
public struct PlanSheet: Sendable, Equatable {
  public var zones: [PlannedZone]
  public var sessions: [PlannedSession]
  public var touchUps: [PlannedTouchUp]
  /// The pace that touch-ups are worked out at: the client's.
  public var pace: Pace
  /// Date of each touch-up, if a start was given and it falls due.
  public var touchUpDates: [CalendarDate?]
  /// Lines of the price, if the design carries the clinic's rates.
  public var price: [PriceLine]
  public var currency: String
  /// Impressions and treated area, cm².
  public var dots: Double
  public var area: Double

  /// - Parameter start: date of the first session, if the plan is to carry dates.
  public init(_ fields: CompiledDesign, start: CalendarDate? = nil, threads: Int? = nil) {
    let design = fields.design
    let zones = plannedZones(fields, threads: threads)
    let dots = zones.reduce(0) { $0 + $1.dots }
    let area = fields.totals(threads: threads).treatedArea
    var before = 0.0
    let sessions = design.sessions.map { session in
      let part = dots * (session.share - before)
      before = session.share
      return PlannedSession(
        day: session.day, date: start?.adding(days: Int(session.day.rounded())), share: session.share, dots: part,
        hours: part / 1.3 / 3600, shortest: part / 2 / 3600, longest: part / 3600)
    }
    (self.zones, self.sessions, self.dots, self.area) = (zones, sessions, dots, area)
    let touchUps = plannedTouchUps(design)
    self.touchUps = touchUps
    pace = design.client.pace
    let last = design.sessions.last?.day ?? 0
    touchUpDates = touchUps.map { visit in
      visit.years.flatMap { years in start?.adding(days: Int((last + years * 365.25).rounded())) }
    }
    price =
      design.rates.map {
        priceLines($0, sessions: sessions, touchUps: design.touchUps.count, dots: dots, area: area)
      } ?? []
    currency = design.rates?.currency ?? ""
  }
}

// MARK: - Zones

/// Water per part of pigment for skin and hair, ml per ml: the trade's ranges by Fitzpatrick type, dark hair at the dark
/// end and light hair at the light end (grade D: charts differ, and a test patch decides).
func proposedShade(skin: Client.SkinType, hair: ExistingHair.Colour) -> Double {
  let range: ClosedRange<Double> =
    switch skin {
    case .i: 16...30
    case .ii: 14...22
    case .iii: 10...16
    case .iv: 6...12
    case .v: 3...8
    case .vi: 0...5
    }
  let lightness: Double =
    switch hair {
    case .black: 0
    case .darkBrown: 0.25
    case .brown: 0.45
    case .lightBrown: 0.65
    case .red, .grey: 0.75
    case .blonde, .white: 1
    }
  return (range.lowerBound + (range.upperBound - range.lowerBound) * lightness).rounded()
}

/// Share of pigment in a mixture with `shade` ml of water per ml.
func pigmentShare(shade: Double) -> Double { 0.15 / (1 + shade) }

private func plannedZones(_ fields: CompiledDesign, threads: Int?) -> [PlannedZone] {
  let design = fields.design
  let mesh = fields.scalp.head.mesh
  let surfaces = ScarLayer.Surface.allCases
  let kinds = 2 + surfaces.count
  // Sums of dots, area and edge shade steps by layer and kind, in the order of the triangles.
  let tiles = 64
  let tile = (mesh.triangles.count + tiles - 1) / tiles
  let width = (design.layers.count + 1) * kinds
  let parts = tabulate(tiles, initial: [SIMD3<Double>](), threads: threads) { k in
    var sums = [SIMD3<Double>](repeating: .zero, count: width)
    for i in min(k * tile, mesh.triangles.count)..<min((k + 1) * tile, mesh.triangles.count) {
      let t = mesh.triangles[i]
      let a = mesh.positions[Int(t.x)]
      let b = mesh.positions[Int(t.y)]
      let c = mesh.positions[Int(t.z)]
      let share = Double(0.5 * length(cross(b - a, c - a)) / 100) / 4
      for (v, w) in [(1 / 3, 1 / 3), (2 / 3, 1 / 6), (1 / 6, 2 / 3), (1 / 6, 1 / 6)] as [(Float, Float)] {
        let point = SurfacePoint(position: a * (1 - v - w) + b * v + c * w, triangle: UInt32(i), v: v, w: w)
        let density = Double(fields.impressions(at: point))
        if density <= 0 { continue }
        let tissue = fields.tissue(at: point)
        var kind = fields.isSingleNeedle(at: point) ? 0 : 1
        if tissue.scarWeight > 0.5, let surface = tissue.surface { kind = 2 + (surfaces.firstIndex(of: surface) ?? 0) }
        let layer = fields.pigment(at: point).layer ?? -1
        sums[(layer + 1) * kinds + kind] +=
          SIMD3(density, density > 5 ? 1 : 0, density * Double(fields.shadeSteps(at: point))) * share
      }
    }
    return sums
  }
  var sums = [SIMD3<Double>](repeating: .zero, count: width)
  for part in parts { for (i, sum) in part.enumerated() { sums[i] += sum } }

  return sums.indices.compactMap { i in
    let sum = sums[i]
    guard sum.x >= 0.5 else { return nil }
    let layer = i / kinds - 1
    let kind = i % kinds
    let pigment = layer < 0 ? design.pigment : design.pigment.changed(by: design.layers[layer].pigment)
    let base = pigment.shade ?? proposedShade(skin: design.client.skin, hair: design.hair.colour)
    // Each step lighter is a fifth less pigment in the same drop.
    let lighter = kind == 0 ? 1 - 0.2 * sum.z / sum.x : 1
    let shade = (1 + base) / lighter - 1
    let name: String
    var take = 1.0
    switch kind {
    case 0: name = "hairline, first centimetre"
    case 1:
      if layer >= 0, case .scar = design.layers[layer] { name = "blend ring" } else { name = "core" }
    default:
      let surface = surfaces[kind - 2]
      name = "\(surface.rawValue) scar"
      take = Double(surface.take)
    }
    return PlannedZone(
      name: layer < 0 ? name : "\(name), layer \(layer + 1) (\(design.layers[layer].name))", dots: sum.x, area: sum.y,
      needle: kind == 0 ? pigment.edgeNeedle : pigment.needle, needleDepth: pigment.needleDepth, shade: shade,
      pigmentShare: pigmentShare(shade: shade), take: take)
  }
}
