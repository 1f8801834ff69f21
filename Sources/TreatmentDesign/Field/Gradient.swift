// A density that rises or falls steadily over the skin, and one that was painted. Both keep per-vertex values that are
// linear over a triangle (a way, a place on the chart) and turn them into densities at the point asked for.
import Arithmetic
import Meshes
import ScalpGeometry

/// A gradient layer on a head.
struct Gradient: Sendable {
  /// Per vertex: share of the way from start to end, not held within 0...1; and distance inside the area, mm.
  let ways: [SIMD2<Float>]
  private let from: Float
  private let to: Float
  private let feather: Float

  init(_ layer: GradientLayer, index: Int, on scalp: Scalp, threads: Int?) throws(CompileError) {
    try check(layer.from, in: 0...1000, "per cm²", layer: index, "from")
    try check(layer.to, in: 0...1000, "per cm²", layer: index, "to")
    try check(layer.feather, in: 0.5...80, "mm", layer: index, "feather")
    (from, to, feather) = (Float(layer.from), Float(layer.to), Float(layer.feather))
    let inside = try insideDistance(
      of: layer.area, layer: index, "area", on: scalp, band: 60 + Float(layer.feather), threads: threads)
    let reader = PlaceReader(scalp: scalp, layer: index)
    let positions = scalp.head.mesh.positions
    switch layer.course {
    case .along(let start, let end):
      _ = try reader.skin(start, "along.from", outside: 100)
      _ = try reader.skin(end, "along.to", outside: 100)
      let origin = SIMD2(Float(start.up), Float(start.side))
      let way = SIMD2(Float(end.up), Float(end.side)) - origin
      let square = max((way * way).sum(), 1)
      let frame = scalp.frame
      ways = tabulate(positions.count, initial: .zero, threads: threads) { i in
        let place = frame.coordinates(of: positions[i])
        return SIMD2(((SIMD2(place.up, place.side) - origin) * way).sum() / square, inside[i])
      }
    case .line(let path, let reach):
      try check(reach, in: 2...200, "mm", layer: index, "line.reach")
      let skins = try reader.skins(path, "line.path", atLeast: 2, outside: 45)
      let line = SurfaceCurve(through: skins, on: scalp.frame)
      try reader.checkSimple(line, "line.path")
      let distances = scalp.distance(to: line, band: Float(reach) + 8, threads: threads).distances
      ways = inside.indices.map { SIMD2(distances[$0] / Float(reach), inside[$0]) }
    }
  }

  /// Eased at both ends, so that no crease shows where the gradient stops.
  @inline(__always)
  func density(_ corners: FieldCorners) -> Float { mix(from, to, smoothstep(0, 1, corners.value(ways).x)) }

  @inline(__always)
  func share(_ corners: FieldCorners) -> Float { risen(corners.value(ways).y, feather: feather) }
}

/// A mask layer on a head.
struct Mask: Sendable {
  private let image: MaskImage
  /// Per vertex: column and row on the chart, 0 to 1.
  private let places: [SIMD2<Float>]

  init(_ layer: MaskLayer, index: Int, on scalp: Scalp, threads: Int?) throws(CompileError) {
    guard let image = layer.image else {
      throw CompileError(
        layer: index, field: "image", found: "no picture",
        problem: "the mask's picture must be read before it is laid on")
    }
    self.image = image
    let positions = scalp.head.mesh.positions
    let frame = scalp.frame
    places = tabulate(positions.count, initial: .zero, threads: threads) { i in
      let place = frame.coordinates(of: positions[i])
      return MaskChart.position(up: place.up, side: place.side)
    }
  }

  @inline(__always)
  func share(_ corners: FieldCorners) -> Float { image.share(at: corners.value(places)) }

  /// Per vertex: its share of the density, 0 to 1.
  var shares: [Float] { places.map { image.share(at: $0) } }
}
