import Meshes

/// Points spread evenly over a mesh, each standing for a small area: what integrals and gap measures are taken over.
///
/// Triangle t is cut into k² equal parts, k the rounded square root of its share of the wanted number of points.
struct SurfaceQuadrature: Sendable {
  /// Centroids of the parts.
  var points: [SurfacePoint] = []
  /// Area of each part, mm².
  var areas: [Float] = []
  /// Density at each point, per cm².
  var densities: [Float] = []
  /// Area of the mesh, mm².
  var area = 0.0

  init(
    _ surface: PreparedSurface, density: some SurfaceDensity, wanted: Int, threads: Int?
  ) throws(SamplingError) {
    area = surface.areas.reduce(0) { $0 + Double($1) }
    for i in surface.live.indices {
      let triangle = surface.live[i]
      let share = Double(surface.areas[i]) / area * Double(wanted)
      let k = max(1, min(400, Int(share.squareRoot().rounded())))
      let step = 1 / Float(k)
      let part = surface.areas[i] / Float(k * k)
      for a in 0..<k {
        for b in 0..<(k - a) {
          for inverted in 0..<(a + b < k - 1 ? 2 : 1) {
            let offset: Float = inverted == 0 ? 1.0 / 3 : 2.0 / 3
            let v = (Float(a) + offset) * step
            let w = (Float(b) + offset) * step
            points.append(
              SurfacePoint(position: surface.position(triangle, v, w), triangle: triangle, v: v, w: w))
            areas.append(part)
          }
        }
      }
    }
    densities = try evaluate(density, at: points, threads: threads)
  }

  /// Integral of the density over the points that `keep` accepts, in impressions.
  func integral(where keep: (SIMD3<Float>) -> Bool = { _ in true }) -> Double {
    var sum = 0.0
    for i in points.indices where keep(points[i].position) { sum += Double(areas[i]) * Double(densities[i]) * 0.01 }
    return sum
  }
}
