// How wide the spacing may be beside denser skin.
//
// A feather runs from the full density to none within two millimetres. Taken at its word, an impression on its outer
// side would have a minimum distance of centimetres and forbid the whole feather. The spacing is therefore the
// greatest field below the asked one that grows by at most `slope` per millimetre (the Lipschitz condition of Mitchell
// et al. Variable radii Poisson-disk sampling. 2012), here along the edges of the mesh and linear inside a triangle.

import Arithmetic
import CLanes
import Meshes

struct SpacingLimit: Sendable {
  /// Greatest growth of the spacing, mm per mm.
  static let slope: Float = 0.5
  /// Greatest spacing at each vertex, mm; empty where the asked spacing never grows too fast.
  private var atVertex: [Float] = []

  static let none = SpacingLimit()

  private init() {}

  /// The limit where points may fall; triangles without a demand limit nothing.
  init(of demand: Demand, on surface: PreparedSurface, rule: RadiusRule) {
    // Where the density is the same everywhere the spacing cannot grow too fast
    if demand.isConstant { return }
    let list = demand.triangles
    var spacing = SpacingLimit.spacings(demand.vertexValues.span, on: surface, list.span, rule)
    // Sweep over the triangles, forwards and back, until the limits settle. Growth past this many sweeps
    // is many triangles away from the dense skin that would limit it.
    var sweeps = 0
    while sweeps < 8
      && SpacingLimit.sweep(&spacing, over: list.span, of: surface.mesh, isBackwards: sweeps % 2 == 1)
    {
      sweeps += 1
    }
    if sweeps > 0 { atVertex = spacing }
  }

  /// Spacing that the density asks for at the vertices of some triangles, mm; infinite at others.
  private static func spacings(
    _ values: Span<Float>, on surface: PreparedSurface, _ list: Span<UInt32>, _ rule: RadiusRule
  ) -> [Float] {
    var spacings = [Float](repeating: .infinity, count: surface.mesh.positions.count)
    let triangles = surface.mesh.triangles.span
    let index = surface.vertexPoints.index.span
    var out = spacings.mutableSpan
    for k in 0..<list.count {
      let t = triangles[unchecked: Int(list[unchecked: k])]
      set(Int(t.x), values, index, rule, &out)
      set(Int(t.y), values, index, rule, &out)
      set(Int(t.z), values, index, rule, &out)
    }
    return spacings
  }

  @inline(__always)
  private static func set(
    _ vertex: Int, _ values: Span<Float>, _ index: Span<Int32>, _ rule: RadiusRule, _ spacings: inout MutableSpan<Float>
  ) {
    if spacings[unchecked: vertex] < .infinity { return }
    let value = values[unchecked: Int(index[unchecked: vertex])]
    if value > 0 { spacings[unchecked: vertex] = rule.hexagonalSpacing(value) }
  }

  /// Lowers spacings that grow too fast along the edges of triangles.
  ///
  /// - Returns: whether there were any.
  private static func sweep(
    _ spacings: inout [Float], over list: Span<UInt32>, of mesh: TriangleMesh, isBackwards: Bool
  ) -> Bool {
    let triangles = mesh.triangles.span
    let positions = mesh.positions.span
    var out = spacings.mutableSpan
    var changed = false
    for i in 0..<list.count {
      let t = triangles[unchecked: Int(list[isBackwards ? list.count &- 1 &- i : i])]
      var x = out[unchecked: Int(t.x)]
      var y = out[unchecked: Int(t.y)]
      var z = out[unchecked: Int(t.z)]
      if x == y && y == z { continue }
      let a = positions[unchecked: Int(t.x)]
      let b = positions[unchecked: Int(t.y)]
      let c = positions[unchecked: Int(t.z)]
      let isLowered = (limit(&x, &y, a - b), limit(&y, &z, b - c), limit(&z, &x, c - a))
      if !(isLowered.0 || isLowered.1 || isLowered.2) { continue }
      changed = true
      out[Int(t.x)] = x
      out[Int(t.y)] = y
      out[Int(t.z)] = z
    }
    return changed
  }

  /// Lowers the greater of two spacings at the ends of an edge to what the smaller one allows.
  ///
  /// - Returns: whether it was greater.
  @inline(__always)
  private static func limit(_ one: inout Float, _ other: inout Float, _ edge: SIMD3<Float>) -> Bool {
    let way = slope * lane_sqrt1(dot(edge, edge))
    if one > other + way {
      one = other + way
      return true
    }
    if other > one + way {
      other = one + way
      return true
    }
    return false
  }

  /// The density whose spacing is the limit at a place; the field's own value where that is greater.
  @inline(__always)
  func density(_ value: Float, at point: SurfacePoint, on surface: PreparedSurface, rule: RadiusRule) -> Float {
    if atVertex.isEmpty || !(value > 0) { return value }
    let limit = point.mix(atVertex, surface.mesh.triangles)
    if !(limit < .infinity) { return value }
    return max(value, rule.density(spacing: limit))
  }
}

/// The density that decides distances, wherever it is asked for.
struct SpacingField<Density: SurfaceDensity>: Sendable {
  let density: Density
  let surface: PreparedSurface
  let limit: SpacingLimit
  let rule: RadiusRule
  let threads: Int?

  /// The field's values, raised to what the spacing's limit asks for; zero stays zero.
  func densities(at points: [SurfacePoint]) throws(SamplingError) -> [Float] {
    var values = try evaluate(density, at: points, threads: threads)
    for i in values.indices { values[i] = limit.density(values[i], at: points[i], on: surface, rule: rule) }
    return values
  }
}
