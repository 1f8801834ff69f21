// How wide the spacing may be beside denser skin.
//
// A feather runs from the full density to none within two millimetres. Taken at its word, an impression on its outer
// side would have a minimum distance of centimetres and forbid the whole feather. The spacing is therefore the
// greatest field below the asked one that grows by at most `slope` per millimetre (the Lipschitz condition of Mitchell
// et al. Variable radii Poisson-disk sampling. 2012), here along the edges of the mesh and linear inside a triangle.

import HeadGeometry

struct SpacingLimit: Sendable {
  /// Greatest growth of the spacing, mm per mm.
  static let slope: Float = 0.5
  /// Greatest spacing at each vertex, mm; empty where the asked spacing never grows too fast.
  private var atVertex: [Float] = []

  static let none = SpacingLimit()

  private init() {}

  /// - Parameters:
  ///   - values: density at each of `surface.vertexPoints`, per cm².
  ///   - triangles: those in which points may fall; the others limit nothing.
  init(_ values: [Float], on surface: PreparedSurface, within triangles: [UInt32], rule: RadiusRule) {
    // Where the density is the same everywhere the spacing cannot grow too fast
    if let first = values.first, values.allSatisfy({ $0 == first }) { return }
    var spacing = [Float](repeating: .infinity, count: surface.mesh.positions.count)
    for k in triangles {
      let t = surface.mesh.triangles[Int(k)]
      for corner in 0..<3 where spacing[Int(t[corner])] == .infinity {
        let value = values[Int(surface.vertexPointIndex[Int(t[corner])])]
        if value > 0 { spacing[Int(t[corner])] = rule.hexagonalSpacing(value) }
      }
    }
    // Sweep over the triangles, forwards and back, until the limits settle. Growth past this many sweeps
    // is many triangles away from the dense skin that would limit it.
    var changed = false
    for sweep in 0..<8 {
      var settled = true
      let count = triangles.count
      for i in 0..<count {
        let t = surface.mesh.triangles[Int(triangles[sweep % 2 == 0 ? i : count - 1 - i])]
        let low = min(spacing[Int(t.x)], spacing[Int(t.y)], spacing[Int(t.z)])
        let high = max(spacing[Int(t.x)], spacing[Int(t.y)], spacing[Int(t.z)])
        if !(high > low) { continue }
        for k in 0..<3 {
          let a = Int(t[k])
          let b = Int(t[(k + 1) % 3])
          let way = SpacingLimit.slope * length(surface.mesh.positions[a] - surface.mesh.positions[b])
          if spacing[a] > spacing[b] + way {
            spacing[a] = spacing[b] + way
            settled = false
          } else if spacing[b] > spacing[a] + way {
            spacing[b] = spacing[a] + way
            settled = false
          }
        }
      }
      if settled { break }
      changed = true
    }
    if changed { atVertex = spacing }
  }

  /// The density whose spacing is the limit at a place; the field's own value where that is greater.
  @inline(__always)
  func density(_ value: Float, at point: SurfacePoint, on surface: PreparedSurface, rule: RadiusRule) -> Float {
    if atVertex.isEmpty || !(value > 0) { return value }
    let t = surface.mesh.triangles[Int(point.triangle)]
    let limit =
      atVertex[Int(t.x)] * (1 - point.v - point.w) + atVertex[Int(t.y)] * point.v + atVertex[Int(t.z)] * point.w
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
