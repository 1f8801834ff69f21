// Scars: hairless skin of a given outline, and the impressions that hide it.
//
// A strip scar is a band around a line: per vertex the distance across the line and the length along it, so that a
// scar narrower than the mesh's triangles keeps its edges. Extraction scars are discs far smaller than triangles:
// they are points in a grid. The renderer draws the same outlines (`CompiledDesign.scarOutlines`), so that hair ends where
// the scar begins.
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
  /// Width of the blend ring, mm. Round scars have one only where it is asked for: between them the hair goes on.
  let ring: Float
  let isTreated: Bool

  /// Density in the blend ring beside the border over the density in the scar.
  static let ringShare: Float = 0.2
  /// Density inside over what surrounds the scar, where the layer states none.
  static let surroundFactor: Float = 1.15
  /// More than this a scar is not given by itself, per cm².
  static let greatestDensity: Double = 400

  init(_ layer: ScarLayer, index: Int, seed: UInt64, on scalp: Scalp, threads: Int?) throws(CompileError) {
    if let density = layer.density { try check(density, in: 0...1000, "per cm²", layer: index, "density") }
    if let ring = layer.ring { try check(ring, in: 0...60, "mm", layer: index, "ring") }
    surface = layer.surface
    density = (layer.density ?? layer.pigment.found?.density).map { Float($0) }
    isTreated = layer.treat
    switch layer.shape {
    case .strip(let path, let width):
      try check(width, in: 0.5...40, "mm", layer: index, "width")
      ring = Float(layer.ring ?? max(8, 2 * width))
      outline = .strip(
        try StripOutline(path, width: Float(width), ring: ring, index: index, seed: seed, on: scalp, threads: threads))
    case .extractions(let area, let count, let diameter):
      try check(diameter, in: 0.3...4, "mm", layer: index, "diameter")
      ring = Float(layer.ring ?? 0)
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
      // No wound heals to a compass line: the border wanders by some millimetres.
      let ragged = SpaceIrregularity(
        random: CounterRandom(seed: seed, stream: RandomStream.layer(index, 7)), spacing: 4)
      let wide = SpaceIrregularity(
        random: CounterRandom(seed: seed, stream: RandomStream.layer(index, 12)), spacing: 11)
      let positions = scalp.head.mesh.positions
      outline = .patch(
        tabulate(inside.count, initial: 0, threads: threads) { i in
          abs(inside[i]) < 15 ? inside[i] + 1.3 * ragged(positions[i]) + 3 * wide(positions[i]) : inside[i]
        })
    }
  }

  /// How much of a place is scar, how bare of hair it is, and its share of the blend ring, each 0 to 1.
  @inline(__always)
  func read(_ corners: FieldCorners, at position: SIMD3<Float>) -> (weight: Float, bare: Float, ring: Float) {
    switch outline {
    case .strip(let strip):
      let inside = strip.inside(corners)
      if inside < -ring - 2 { return (0, 0, 0) }
      let weight = scarWeight(inside)
      return (weight, weight, ring > 0 ? 1 - smoothstep(0, ring, -inside) : 0)
    case .extractions(let dots):
      let area = corners.value(dots.area)
      if area < -ring - 4 { return (0, 0, 0) }
      let around = ring > 0 ? 1 - smoothstep(0, ring, -area) : 0
      let inside = dots.inside(position)
      return (scarWeight(inside), scarWeight(inside + ExtractionScars.bareMargin), around)
    case .patch(let distances):
      let inside = corners.value(distances)
      if inside < -ring - 2 { return (0, 0, 0) }
      let weight = scarWeight(inside)
      return (weight, weight, ring > 0 ? 1 - smoothstep(0, ring, -inside) : 0)
    }
  }
}

/// 1 inside a scar, 0 outside; the border itself is half a millimetre wide, as skin is.
@inline(__always)
private func scarWeight(_ inside: Float) -> Float { smoothstep(-0.25, 0.25, inside) }

/// A linear scar: a line with borders that wander and are notched, and that run out at both ends.
struct StripOutline: Sendable {
  let curve: SurfaceCurve
  let line: LineField
  let band: NotchedBand

  init(
    _ path: [ScalpPlace], width: Float, ring: Float, index: Int, seed: UInt64, on scalp: Scalp, threads: Int?
  ) throws(CompileError) {
    let reader = PlaceReader(scalp: scalp, layer: index)
    let skins = try reader.skins(path, "path", atLeast: 2, outside: 25)
    let curve = SurfaceCurve(through: skins, on: scalp.frame)
    try reader.checkSimple(curve, "path")
    self.curve = curve
    band = wornBand(width: width, length: curve.length, index: index, seed: seed)
    line = LineField(curve, reach: max(0.75 * width, band.reach) + ring, on: scalp, threads: threads)
  }

  /// Distance inside the border, mm; negative outside.
  @inline(__always)
  func inside(_ corners: FieldCorners) -> Float {
    let place = line.read(corners)
    return band.inside(aside: place.aside, along: place.along)
  }
}

/// The outline that a strip scar of a mean width has taken: scars stretch unevenly, and hair grows into them from both
/// sides. Measures by eye on photographs of donor scars.
private func wornBand(width: Float, length: Float, index: Int, seed: UInt64) -> NotchedBand {
  func noise(_ purpose: UInt64, spacing: Float, _ side: UInt64 = 0) -> LineIrregularity {
    LineIrregularity(
      random: CounterRandom(seed: seed ^ (side << 40), stream: RandomStream.layer(index, purpose)), spacing: spacing)
  }
  // The width swings by half over 5 to 15 mm, the middle wanders with it, and either border has notches 1 to 3 mm apart,
  // half a millimetre deep and more; a scar thinner than its notches has shallower ones.
  let swing = noise(4, spacing: 3)
  let wander = noise(8, spacing: 4)
  let notches = [noise(5, spacing: 0.6), noise(5, spacing: 0.6, 1)]
  let depth = min(0.62, 0.24 * width)
  let taper = min(8, 0.25 * length)
  let steps = Int(held((length * NotchedBand.stepsPerMillimetre).rounded(.up), 1, 1_000_000))
  func end(_ u: Float) -> Float {
    let e = clamp(min(u, length - u) / taper, 0, 1)
    return (e * (2 - e)).squareRoot()
  }
  func border(_ u: Float, _ side: Int) -> Float {
    let half = 0.5 * width * clamp(1 + 0.27 * swing(u), 0.45, 1.55)
    let offset = 0.14 * width * clamp(wander(u), -1.5, 1.5) * (side == 0 ? 1 : -1)
    return max(half + offset + depth * notches[side](u), 0.12 * width) * end(u)
  }
  let left = (0...steps).map { border(Float($0) / NotchedBand.stepsPerMillimetre, 0) }
  let right = (0...steps).map { border(Float($0) / NotchedBand.stepsPerMillimetre, 1) }

  // Stitches: one in 4 to 7 mm, of which three in four have left a trace.
  let luck = CounterRandom(seed: seed, stream: RandomStream.layer(index, 9))
  var stitches: [NotchedBand.Stitch] = []
  var at: Float = taper
  var k: UInt64 = 0
  while at < length - taper {
    let a = luck.uniformPair(3 * k)
    let b = luck.uniformPair(3 * k + 1)
    let c = luck.uniformPair(3 * k + 2)
    if a.x < 0.75 {
      stitches.append(
        NotchedBand.Stitch(
          along: at, left: 0.5 * width + 0.8 + 2.6 * b.x, right: 0.5 * width + 0.8 + 2.6 * b.y,
          half: 0.22 + 0.20 * c.x, lean: 0.5 * (c.y - 0.5)))
    }
    at += 4 + 3 * a.y
    k += 1
  }
  return NotchedBand(left: left, right: right, stitches: stitches)
}

extension LineField {
  @inline(__always)
  func read(_ corners: FieldCorners) -> (aside: Float, along: Float) {
    read(
      SIMD3(UInt32(corners.a), UInt32(corners.b), UInt32(corners.c)), SIMD3(corners.u, corners.v, corners.w))
  }
}
