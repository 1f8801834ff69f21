// L20: pigment stays where hair grows or grew. On forehead, face, ears and neck it looks like dirt, and it is not covered when
// hair is grown again.
import Arithmetic
import Meshes
import ScalpGeometry

/// L20: no more than 1 cm² with more than 20 impressions per cm² lies further than 10 mm from where hair grows or grew on such a
/// head. The border is the mean head's and differs by as much between people. Hairline layers may go 30 mm ahead of it, for
/// the rules for lines judge them up to there, and scars lie where they lie. A layer that is meant to go there says so (`beyondScalp`).
func beyondScalpRule(_ fields: CompiledDesign, threads: Int?) -> [LintFinding] {
  let allowed = 1.0
  var findings: [LintFinding] = []
  let samples = fields.beyondScalp(threads: threads)
  for (index, layer) in fields.design.layers.enumerated() {
    let own = samples.filter { $0.layer == index }
    let area = own.reduce(0) { $0 + $1.area }
    if area <= allowed { continue }
    let impressions = own.reduce(0) { $0 + $1.area * Double($1.impressions) }
    let regions = BeyondScalp.Region.allCases.compactMap { region -> String? in
      let part = own.filter { $0.region == region }
      let area = part.reduce(0) { $0 + $1.area }
      if area < 0.2 { return nil }
      let up = part.map(\.up)
      let side = part.map(\.side)
      func range(_ values: [Float]) -> String {
        let (low, high) = (values.min() ?? 0, values.max() ?? 0)
        return "\(plain(Double(low.rounded()))) to \(plain(Double(high.rounded())))"
      }
      return "on the \(region.rawValue) \(fixed(area, 1)) cm2 (up \(range(up)), side \(range(side)) mm)"
    }
    var finding = LintFinding(
      id: "L20", level: .error,
      subject: "pigment beyond the scalp, \(regions.joined(separator: ", ")), "
        + "\(plain(impressions.rounded())) impressions, in all",
      measured: area, advised: .atMost(allowed), unit: "cm2",
      reason: "no hair grows there: it shows on bare skin and cannot be grown over; a layer that is meant to says "
        + "beyondScalp: {reason: ...}",
      keyPath: fields.design.areaKey(ofLayer: index))
    finding.waived = layer.beyondScalp?.reason
    findings.append(finding)
  }
  return findings
}

/// Pigment in the middle of a triangle beyond the scalp.
struct BeyondScalp {
  enum Region: String, CaseIterable {
    case forehead
    case temples
    case face
    case leftEar = "left ear"
    case rightEar = "right ear"
    case neck
  }
  var region: Region
  /// cm²
  var area: Double
  /// Per cm².
  var impressions: Float
  /// On the tape, mm.
  var up: Float
  var side: Float
  var layer: Int
}

extension CompiledDesign {
  /// Where more than 20 impressions per cm² lie too far from where hair grows, in the order of triangles.
  func beyondScalp(threads: Int?) -> [BeyondScalp] {
    if !design.layers.contains(where: \.setsImpressions) { return [] }
    let mesh = scalp.head.mesh
    let inside = scalp.region.widest
    let found = tabulate(mesh.triangles.count, initial: BeyondScalp?.none, threads: threads) { i in
      let t = mesh.triangles[i]
      let depth = (inside[Int(t.x)] + inside[Int(t.y)] + inside[Int(t.z)]) / 3
      guard depth < -10 else { return nil }
      let (a, b, c) = (mesh.positions[Int(t.x)], mesh.positions[Int(t.y)], mesh.positions[Int(t.z)])
      let point = SurfacePoint(position: (a + b + c) / 3, triangle: UInt32(i), v: 1.0 / 3, w: 1.0 / 3)
      let (layer, impressions) = fields.principalLayer(at: point)
      guard let layer, impressions > FrontContour.trace else { return nil }
      switch design.layers[layer] {
      case .hairline, .scar: if depth > -30 { return nil }
      case .zone, .gradient, .mask: break
      }
      let place = scalp.frame.coordinates(of: point.position)
      return BeyondScalp(
        region: region(of: point.position), area: Double(0.5 * length(cross(b - a, c - a)) / 100),
        impressions: impressions, up: place.up, side: place.side, layer: layer)
    }
    return found.compactMap { $0 }
  }

  private func region(of p: SIMD3<Float>) -> BeyondScalp.Region {
    let marks = scalp.head.landmarks
    if Arithmetic.length(p - marks.leftTragion) < 55 && p.z < 15 { return .leftEar }
    if Arithmetic.length(p - marks.rightTragion) < 55 && p.z < 15 { return .rightEar }
    if p.z < 0 { return .neck }
    if p.y < marks.sellion.y { return .face }
    return p.x > marks.leftCanthus.x || p.x < marks.rightCanthus.x ? .temples : .forehead
  }
}

extension Layer {
  /// Why it may lay pigment beyond the scalp; `nil` where it may not.
  public var beyondScalp: BeyondScalpReason? {
    switch self {
    case .hairline(let line): line.beyondScalp
    case .zone(let zone): zone.beyondScalp
    case .scar(let scar): scar.beyondScalp
    case .gradient(let gradient): gradient.beyondScalp
    case .mask(let mask): mask.beyondScalp
    }
  }
}
