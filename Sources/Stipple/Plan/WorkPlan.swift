// The plan that a practitioner works from: zones with needle, depth and shade, sessions with dots and hours, healing,
// touch-ups, and the clinic's own price.
//
// Dots are counted as they were placed, so that the plan adds up to the pictures. Hours come from the one published working
// speed, 1 to 2 dots a second (14,000 in 2 to 4 hours; grade C).

import Arithmetic
import ImpressionSampling
import Meshes
import PigmentAging
import ScalpGeometry
import SkinOptics
import TreatmentDesign

/// Work of one kind: the same needle, depth and mixture.
public struct PlannedZone: Sendable, Equatable {
  /// Where it lies.
  public enum Place: Sendable, Equatable {
    /// The first centimetre of a hairline.
    case edge
    case core
    /// Beside a scar.
    case blendRing
    case scar(ScarLayer.Surface)
  }
  public var name: String
  public var place: Place
  /// The layer whose pigment it takes, from 1; `nil` for the design's own.
  public var layer: Int?
  /// Impressions in all sessions together, and the area that holds them, cm².
  public var dots: Int
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
  public var dots: Int
  /// Hours in the chair at 1.3 dots a second, and at 2 and at 1.
  public var hours: Double
  public var shortest: Double
  public var longest: Double
}

/// A design as a plan of work.
public struct WorkPlan: Sendable, Equatable {
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
  /// Part of the price that is paid when the first session is booked; 0 for none.
  public var deposit: Double
  /// Impressions and treated area.
  public var work: WorkFigures
  /// What was left out of a scan, and what was found out about it that the figures depend on.
  public var warnings: [String] = []

  /// Works out the plan of a design.
  ///
  /// - Parameters:
  ///   - opened: the design.
  ///   - start: date of the first session, if the plan is to carry dates.
  ///
  /// Throws `StippleError` when the design does not fit its head.
  public init(_ opened: OpenedDesign, start: CalendarDate? = nil) throws(StippleError) {
    let placement = try opened.placement()
    let work = try opened.work()
    let design = opened.design
    var counts = [Int](repeating: 0, count: max(design.sessions.count, 1))
    for i in 0..<placement.impressions.count { counts[placement.session(of: i)] += 1 }
    let sessions = design.sessions.enumerated().map { i, session in
      let part = Double(counts[i])
      return PlannedSession(
        day: session.day, date: start?.adding(days: Int(session.day.rounded())), share: session.share, dots: counts[i],
        hours: part / 1.3 / 3600, shortest: part / 2 / 3600, longest: part / 3600)
    }
    warnings = try opened.scanWarnings()
    zones = plannedZones(placement, threads: opened.threads)
    (self.sessions, self.work) = (sessions, work)
    let touchUps = plannedTouchUps(design)
    self.touchUps = touchUps
    pace = design.client.pace
    let last = design.sessions.last?.day ?? 0
    touchUpDates = touchUps.map { visit in
      visit.years.flatMap { years in start?.adding(days: Int((last + years * 365.25).rounded())) }
    }
    price =
      try design.rates.map { (rates) throws(StippleError) in
        try priceLines(
          rates, of: opened, sessions: sessions, touchUps: design.touchUps.count, dots: Double(work.impressions),
          area: work.treatedArea)
      } ?? []
    (currency, deposit) = (design.rates?.currency ?? "", design.rates?.deposit ?? 0)
  }
}

// MARK: - Zones

/// Share of pigment in a mixture with `shade` ml of water per ml.
func pigmentShare(shade: Double) -> Double { 0.15 / (1 + shade) }

/// What the work is sorted by: the layer whose pigment is used, and where it stands.
private struct ZoneKinds {
  let fields: CompiledDesign
  let surfaces = ScarLayer.Surface.allCases
  /// First centimetre, core, beside a scar, and a kind for each surface of scars.
  var count: Int { 3 + surfaces.count }

  /// Index of the zone that a place belongs to.
  func zone(at point: SurfacePoint) -> Int {
    let tissue = fields.tissue(at: point)
    var kind = fields.isSingleNeedle(at: point) ? 0 : fields.isBesideScar(at: point) ? 2 : 1
    if tissue.scarWeight > 0.5, let surface = tissue.surface { kind = 3 + (surfaces.firstIndex(of: surface) ?? 0) }
    return ((fields.pigment(at: point).layer ?? -1) + 1) * count + kind
  }
}

private func plannedZones(_ placement: Placement, threads: Int?) -> [PlannedZone] {
  let fields = placement.fields
  let design = placement.design
  let mesh = fields.scalp.head.mesh
  let kinds = ZoneKinds(fields: fields)
  let width = (design.layers.count + 1) * kinds.count
  // Impressions, and their shade steps, by zone
  let points = placement.impressions.points
  let zoneOf = tabulate(points.count, initial: Int32(0), threads: threads) { Int32(kinds.zone(at: points[$0])) }
  var dots = [Int](repeating: 0, count: width)
  var steps = [Double](repeating: 0, count: width)
  for (i, zone) in zoneOf.enumerated() {
    dots[Int(zone)] += 1
    steps[Int(zone)] += Double(fields.shadeSteps(at: points[i]))
  }
  // Area by zone, in the order of the triangles
  let tiles = 64
  let tile = (mesh.triangles.count + tiles - 1) / tiles
  let parts = tabulate(tiles, initial: [Double](), threads: threads) { k in
    var areas = [Double](repeating: 0, count: width)
    for i in min(k * tile, mesh.triangles.count)..<min((k + 1) * tile, mesh.triangles.count) {
      let t = mesh.triangles[i]
      let a = mesh.positions[Int(t.x)]
      let area = length(cross(mesh.positions[Int(t.y)] - a, mesh.positions[Int(t.z)] - a)) / 2
      for (v, w) in SurfacePoint.quarters {
        let point = mesh.point(i, v: v, w: w)
        if fields.impressions(at: point) > 5 { areas[kinds.zone(at: point)] += Double(area / 100) / 4 }
      }
    }
    return areas
  }
  var areas = [Double](repeating: 0, count: width)
  for part in parts { for (i, area) in part.enumerated() { areas[i] += area } }

  return dots.indices.compactMap { i in
    guard dots[i] > 0 else { return nil }
    let layer = i / kinds.count - 1
    let kind = i % kinds.count
    let pigment = layer < 0 ? design.pigment : design.pigment.changed(by: design.layers[layer].pigment)
    let base = pigment.shade ?? Ink.shade(opticalDensity: pigment.opticalDensity)
    // Each step lighter is a fifth less pigment in the same drop.
    let lighter = kind == 0 ? 1 - 0.2 * steps[i] / Double(dots[i]) : 1
    let shade = (1 + base) / lighter - 1
    let name: String
    let place: PlannedZone.Place
    var take = 1.0
    switch kind {
    case 0: (name, place) = ("hairline, first centimetre", .edge)
    case 1: (name, place) = ("core", .core)
    case 2: (name, place) = ("blend ring", .blendRing)
    default:
      let surface = kinds.surfaces[kind - 3]
      (name, place) = ("\(surface.rawValue) scar", .scar(surface))
      take = Double(surface.take)
    }
    return PlannedZone(
      name: layer < 0 ? name : "\(name), layer \(layer + 1) (\(design.layers[layer].name))", place: place,
      layer: layer < 0 ? nil : layer + 1, dots: dots[i], area: areas[i],
      needle: kind == 0 ? pigment.edgeNeedle : pigment.needle ?? nearestNeedle(core: pigment.coreDiameter),
      needleDepth: pigment.needleDepth,
      shade: shade, pigmentShare: pigmentShare(shade: shade), take: take)
  }
}
