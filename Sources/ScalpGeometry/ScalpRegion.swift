// Where hair grows on an adult head before any loss.
//
// The border is a closed line through places that were set on the mean man (hairline, frontotemporal corner on the
// vertical through the outer corner of the eye, temporal peak, sideburn, around the ear, nape) and that follow a
// head's landmarks: heights scale with the vertex, depths with glabella and inion, widths with the tragions.
// Anchors: trichion about 61 mm above the glabella (men), temporal peak 5 cm from the frontotemporal corner
// (Garg 2015), border 575 cm² around on the mean man; the rest are design values. On scans it runs around the ears that
// are found there (Auricle.swift).

import Arithmetic
import Meshes

/// The part of a head where hair grows or grew, with a signed distance to its border at every vertex.
public struct ScalpRegion: Sendable {
  /// The border: nape, right ear, forehead, left ear, nape.
  public let border: SurfaceCurve
  /// Distance to the border along the skin, mm, positive inside, per vertex; held within ±`band`.
  public let distances: [Float]
  public static let band: Float = 60
  /// The same to the border of the mean head or the client's own, whichever lies further out: where hair may have grown.
  public let widest: [Float]
  /// Per vertex: 1 where the nearest border is the nape, an ear or the back of a sideburn, 0 where it is the
  /// hairline of forehead or temple, smooth between. Tells a hairline design where it ends and nature goes on.
  public let closure: [Float]
  /// Per vertex: 1 where the nearest border is the hairline of the forehead, 0 from the temporal peaks backwards.
  public let frontage: [Float]
  /// The hairline from the left temporal peak down the front of the sideburn to its tip, in order.
  public let leftTemple: [SIMD3<Float>]
  /// The same on the right.
  public let rightTemple: [SIMD3<Float>]
  /// Lengths along the border between which it runs around an ear, mm.
  let earSpans: [ClosedRange<Float>]
  /// Lengths along it from temporal peak to temporal peak, mm.
  let frontSpan: ClosedRange<Float>

  /// Finds the border on `frame`'s head: the mean head's, and the client's own where the scan's colours show it
  /// (`Head.photographedHair`).
  public init(_ frame: ScalpFrame, index: SkinIndex, threads: Int? = nil) {
    let marks = frame.head.landmarks
    let borderPlaces = frame.head.sex == .female ? womansBorder : mansBorder
    let left = borderPlaces.map { onHead($0.place, marks) }
    func mirrored(_ p: SIMD3<Float>) -> SIMD3<Float> { SIMD3(-p.x, p.y, p.z) }
    // Nape, right side forwards, forehead, left side backwards. The first and last places lie on the midline.
    let last = left.count - 1
    let places = (0...last).map { mirrored(left[last - $0]) } + left[1..<last]
    let mean = SurfaceCurve(through: places, closed: true, on: frame)
    let own = frame.head.photographedHair.map { mean.moved($0.border, places: places.count, on: frame) }
    let border = own?.border ?? mean
    /// Length along the border at one of `places`.
    let arcs = (0..<places.count).map { border.controlArcs[own == nil ? $0 : OwnBorder.between * $0] }
    self.border = border
    let found = surfaceDistance(to: border, on: frame, index: index, band: Self.band, threads: threads)

    let chart = ScalpChart(marks)
    let polygon = ChartPolygon(border.positions.map { chart.map($0) })
    let mesh = frame.head.mesh
    var inside = tabulate(mesh.positions.count, initial: 0, threads: threads) { i in
      polygon.contains(chart.map(mesh.positions[i])) ? found.distances[i] : -found.distances[i]
    }
    // The mannequin's ears are where the mean head has them.
    if frame.head.templatePositions.isEmpty {
      let back = borderPlaces.firstIndex { $0.part == .back } ?? 0
      for side: Float in [1, -1] {
        guard let ear = Auricle(on: frame.head, side: side) else { continue }
        func arc(_ k: Int) -> Float { arcs[side > 0 ? last + back + k : last - back - k] }
        inside = laid(
          around: ear, inside: inside, found: found,
          part: BorderAtEar(start: arc(1), startWhole: arc(3), endWhole: arc(8), end: arc(9)), side: side,
          on: frame.head, threads: threads)
      }
    }
    let distances = inside
    self.distances = distances
    if own == nil {
      widest = distances
    } else {
      let other = surfaceDistance(to: mean, on: frame, index: index, band: Self.band, threads: threads).distances
      let outline = ChartPolygon(mean.positions.map { chart.map($0) })
      widest = tabulate(distances.count, initial: 0, threads: threads) { i in
        max(distances[i], outline.contains(chart.map(mesh.positions[i])) ? other[i] : -other[i])
      }
    }
    // Lengths along the border of its named parts; the right side comes first.
    func arc(_ part: BorderPart, left isLeft: Bool) -> Float {
      let index = borderPlaces.firstIndex { $0.part == part } ?? 0
      return arcs[isLeft ? last + index : last - index]
    }
    let rightTip = arc(.sideburnTip, left: false)
    let leftTip = arc(.sideburnTip, left: true)
    let rightFold = arc(.templeFold, left: false)
    let leftFold = arc(.templeFold, left: true)
    let rightPeak = arc(.temporalPeak, left: false)
    let leftPeak = arc(.temporalPeak, left: true)
    closure = tabulate(mesh.positions.count, initial: 0, threads: threads) { i in
      if found.distances[i] >= Self.band { return closureFarAway(mesh.positions[i], marks) }
      let a = found.alongs[i]
      return 1 - smoothstep(rightTip, rightFold, a) * (1 - smoothstep(leftFold, leftTip, a))
    }
    frontage = tabulate(mesh.positions.count, initial: 0, threads: threads) { i in
      if found.distances[i] >= Self.band { return 0 }
      let a = found.alongs[i]
      return smoothstep(rightPeak - 10, rightPeak + 20, a) * (1 - smoothstep(leftPeak - 20, leftPeak + 10, a))
    }
    let first = borderPlaces.firstIndex { $0.part == .temporalPeak } ?? 0
    let tip = borderPlaces.firstIndex { $0.part == .sideburnTip } ?? first
    let back = borderPlaces.firstIndex { $0.part == .back } ?? 0
    earSpans = [arcs[last - back - 8]...arcs[last - back + 1], arcs[last + back - 1]...arcs[last + back + 8]]
    frontSpan = rightPeak...leftPeak
    if own != nil {
      leftTemple = (first...tip).map { border.position(at: arcs[last + $0]) }
      rightTemple = (first...tip).map { border.position(at: arcs[last - $0]) }
    } else {
      leftTemple = (first...tip).map { frame.skin(towards: left[$0]).position }
      rightTemple = (first...tip).map { frame.skin(towards: mirrored(left[$0])).position }
    }
  }
}

/// Far from the border the closure matters only outside: the forehead counts as open, all else as closed.
private func closureFarAway(_ p: SIMD3<Float>, _ marks: HeadLandmarks) -> Float {
  p.z > 0.25 * marks.glabella.z && p.y > 0 ? 0 : 1
}

enum BorderPart { case hairline, temporalPeak, templeFold, sideburnTip, back }

/// The left half of the border on the mean man, forehead to nape, mm in the head frame. Only the direction from the
/// origin counts, the place is taken to the skin.
private let mansBorder: [(place: SIMD3<Float>, part: BorderPart)] = [
  (SIMD3(0, 86.5, 90.5), .hairline),
  (SIMD3(15, 87.5, 87), .hairline),
  (SIMD3(30, 89.5, 79.5), .hairline),
  // Frontotemporal corner
  (SIMD3(41, 92, 69), .hairline),
  (SIMD3(47, 91, 62), .hairline),
  (SIMD3(52, 85, 58.5), .hairline),
  // Temple
  (SIMD3(59, 73, 54), .hairline),
  (SIMD3(64.5, 60, 51.5), .hairline),
  (SIMD3(69, 47.5, 49), .temporalPeak),
  (SIMD3(72, 39, 39.5), .hairline),
  (SIMD3(73.5, 30.5, 29), .templeFold),
  // Sideburn
  (SIMD3(74, 18, 24), .hairline),
  (SIMD3(73, 6, 22.5), .hairline),
  (SIMD3(72, -3, 21), .sideburnTip),
  (SIMD3(72, -4, 12), .back),
  (SIMD3(72.5, 5, 7), .back),
  // Around the ear
  (SIMD3(74.5, 18, 3), .back),
  (SIMD3(76, 31, -4), .back),
  (SIMD3(76.5, 39, -17), .back),
  (SIMD3(76, 40, -30), .back),
  (SIMD3(72.5, 33, -42), .back),
  (SIMD3(67, 18, -49), .back),
  (SIMD3(63, -3, -52), .back),
  // Nape
  (SIMD3(57, -25, -53), .back),
  (SIMD3(47, -43, -56), .back),
  (SIMD3(31, -52.5, -62), .back),
  (SIMD3(14, -55, -67), .back),
  (SIMD3(0, -55.5, -69), .back),
]

/// The same for women, in the mean man's coordinates: a trichion 57 mm of skin above a glabella that lies higher in
/// proportion, and rounded corners that hardly recede. From the temporal peaks backwards it is the men's.
private let womansBorder: [(place: SIMD3<Float>, part: BorderPart)] =
  [
    (SIMD3(0, 95.6, 86.3), .hairline),
    (SIMD3(15, 96, 83), .hairline),
    (SIMD3(30, 96.5, 75.5), .hairline),
    (SIMD3(41, 93.5, 67), .hairline),
    (SIMD3(49, 88, 60.5), .hairline),
    (SIMD3(55, 80, 57), .hairline),
    (SIMD3(60.5, 71, 55), .hairline),
    (SIMD3(65, 60, 53), .hairline),
  ] + mansBorder.drop { $0.part == .hairline }

/// A place of the mean man on a head with other landmarks.
func onHead(_ place: SIMD3<Float>, _ marks: HeadLandmarks) -> SIMD3<Float> {
  let width = 0.5 * (marks.leftTragion.x - marks.rightTragion.x) / 72.5
  let height = marks.vertex.y / 131
  // Depth: glabella 106 mm in front of the tragions and inion 80 mm behind on the mean man.
  let front = marks.glabella.z / 106
  let back = -marks.inion.z / 80
  return SIMD3(place.x * width, place.y * height, place.z * (place.z > 0 ? front : back))
}
