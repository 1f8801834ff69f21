// Scars: hairless skin of a given outline, and the impressions that hide it.
//
// A strip scar is a band around a line: per vertex the distance across the line and the length along it, so that a
// scar narrower than the mesh's triangles keeps its edges. Extraction scars are discs far smaller than triangles:
// they are points in a grid.
import Arithmetic
import Meshes
import ScalpGeometry

/// A scar layer on a head.
struct Scar: Sendable {
  enum Outline: Sendable {
    case strip(StripOutline)
    case extractions(ExtractionScars)
    /// Distance inside the border, mm, per vertex.
    case patch([Float])
  }
  let outline: Outline
  let surface: ScarLayer.Surface
  /// Impressions per cm² inside; `nil` follows the surroundings.
  let density: Float?
  /// Width of the blend ring, mm.
  let ring: Float
  let isTreated: Bool

  /// Density in the blend ring beside the border over the density in the scar.
  static let ringShare: Float = 0.35
  /// Density inside over what surrounds the scar, where the layer states none.
  static let surroundFactor: Float = 1.15

  init(_ layer: ScarLayer, index: Int, seed: UInt64, on scalp: Scalp, threads: Int?) throws(CompileError) {
    if let density = layer.density { try check(density, in: 0...1000, "per cm²", layer: index, "density") }
    if let ring = layer.ring { try check(ring, in: 0...60, "mm", layer: index, "ring") }
    surface = layer.surface
    density = layer.density.map { Float($0) }
    isTreated = layer.treat
    switch layer.shape {
    case .strip(let path, let width):
      try check(width, in: 0.5...40, "mm", layer: index, "width")
      ring = Float(layer.ring ?? max(8, 2 * width))
      outline = .strip(
        try StripOutline(path, width: Float(width), ring: ring, index: index, seed: seed, on: scalp, threads: threads))
    case .extractions(let area, let count, let diameter):
      try check(diameter, in: 0.3...4, "mm", layer: index, "diameter")
      ring = Float(layer.ring ?? max(8, 2 * diameter))
      outline = .extractions(
        try ExtractionScars(
          area, count: count, diameter: Float(diameter), ring: ring, index: index, seed: seed, on: scalp,
          threads: threads))
    case .patch(let area):
      ring = Float(layer.ring ?? 10)
      let inside = try insideDistance(of: area, layer: index, "area", on: scalp, band: 20 + ring, threads: threads)
      guard inside.indices.contains(where: { inside[$0] > 0 && scalp.region.distances[$0] > -10 }) else {
        throw CompileError(
          layer: index, field: "area", found: "a scar without skin of the scalp in it",
          problem: "the scar must lie on the scalp, or within 10 mm of it")
      }
      // No wound heals to a compass line: the border wanders by a millimetre.
      let ragged = SpaceIrregularity(
        random: CounterRandom(seed: seed, stream: RandomStream.layer(index, 7)), spacing: 4)
      let positions = scalp.head.mesh.positions
      outline = .patch(
        tabulate(inside.count, initial: 0, threads: threads) { i in
          abs(inside[i]) < 15 ? inside[i] + 1.2 * ragged(positions[i]) : inside[i]
        })
    }
  }

  /// Distance to the scar's border at a place, mm: positive inside; and the place's share of the blend ring.
  @inline(__always)
  func read(_ corners: FieldCorners, at position: SIMD3<Float>) -> (weight: Float, ring: Float) {
    switch outline {
    case .strip(let strip):
      let inside = strip.inside(corners)
      if inside < -ring - 2 { return (0, 0) }
      return (scarWeight(inside), ring > 0 ? 1 - smoothstep(0, ring, -inside) : 0)
    case .extractions(let dots):
      let area = corners.value(dots.area)
      if area < -ring - 4 { return (0, 0) }
      let around = ring > 0 ? 1 - smoothstep(0, ring, -area) : (area > 0 ? 1 : 0)
      return (scarWeight(dots.inside(position)), around)
    case .patch(let distances):
      let inside = corners.value(distances)
      if inside < -ring - 2 { return (0, 0) }
      return (scarWeight(inside), ring > 0 ? 1 - smoothstep(0, ring, -inside) : 0)
    }
  }
}

/// 1 inside a scar, 0 outside; the border itself is half a millimetre wide, as skin is.
@inline(__always)
private func scarWeight(_ inside: Float) -> Float { smoothstep(-0.25, 0.25, inside) }

/// A linear scar: a line with a half width that varies along it and runs out at both ends.
struct StripOutline: Sendable {
  let curve: SurfaceCurve
  private let line: LineField
  /// Half the width, mm, one entry per millimetre.
  private let halves: [Float]

  init(
    _ path: [ScalpPlace], width: Float, ring: Float, index: Int, seed: UInt64, on scalp: Scalp, threads: Int?
  ) throws(CompileError) {
    let reader = PlaceReader(scalp: scalp, layer: index)
    let skins = try reader.skins(path, "path", atLeast: 2, outside: 25)
    let curve = SurfaceCurve(through: skins, on: scalp.frame)
    try reader.checkSimple(curve, "path")
    self.curve = curve
    line = LineField(curve, reach: 0.75 * width + ring, on: scalp, threads: threads)

    // Scars stretch unevenly: the width swings slowly by a fifth and, with the border's own raggedness, finely by
    // a twentieth; over the last stretch it runs out.
    let slow = LineIrregularity(random: CounterRandom(seed: seed, stream: RandomStream.layer(index, 4)), spacing: 9)
    let fine = LineIrregularity(random: CounterRandom(seed: seed, stream: RandomStream.layer(index, 5)), spacing: 1.5)
    let taper = min(8, 0.25 * curve.length)
    halves = (0...Int(held(curve.length.rounded(.up), 1, 1_000_000))).map { k in
      let u = Float(k)
      let swing = clamp(1 + 0.2 * slow(u) + 0.05 * fine(u), 0.5, 1.5)
      let end = clamp(min(u, curve.length - u) / taper, 0, 1)
      return 0.5 * width * swing * (end * (2 - end)).squareRoot()
    }
  }

  /// Distance inside the border, mm; negative outside.
  @inline(__always)
  func inside(_ corners: FieldCorners) -> Float {
    let place = line.read(corners)
    let x = held(place.along, 0, Float(halves.count) - 1.001)
    // On a long line the border is rounded up to the last entry.
    let i = min(Int(x), halves.count - 2)
    return mix(halves[i], halves[i + 1], x - Float(i)) - place.distance
  }
}
