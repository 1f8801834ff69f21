import Arithmetic
import Meshes

/// A head measured once, for every design on it: tape coordinates, the region where hair grows, and what distances
/// on the skin need.
public struct Scalp: Sendable {
  public let frame: ScalpFrame
  public let region: ScalpRegion
  public let index: SkinIndex
  public let chart: ScalpChart

  public var head: Head { frame.head }

  /// Measures `head`; about 20 ms for 100k triangles.
  ///
  /// - Parameter threads: worker threads; the result does not depend on it.
  /// - Throws: `ScalpError` if landmarks or midline cannot be used.
  public init(_ head: Head, threads: Int? = nil) throws(ScalpError) {
    frame = try ScalpFrame(head, threads: threads)
    index = SkinIndex(head.mesh)
    region = ScalpRegion(frame, index: index, threads: threads)
    chart = ScalpChart(head.landmarks)
  }

  /// Distance on the skin from every vertex to `curve`, see `surfaceDistance`.
  public func distance(to curve: SurfaceCurve, band: Float = 60, threads: Int? = nil) -> CurveDistance {
    surfaceDistance(to: curve, on: frame, index: index, band: band, threads: threads)
  }

  /// Distance to a closed `curve`, mm, positive inside, held within ±`band`, per vertex.
  public func signedDistance(inside curve: SurfaceCurve, band: Float = 60, threads: Int? = nil) -> [Float] {
    let found = distance(to: curve, band: band, threads: threads)
    let polygon = ChartPolygon(curve.positions.map { chart.map($0) })
    let positions = head.mesh.positions
    return tabulate(positions.count, initial: 0, threads: threads) { i in
      polygon.contains(chart.map(positions[i])) ? found.distances[i] : -found.distances[i]
    }
  }

  /// Area of the skin with `values` above zero, cm², by cutting the triangles along the zero line.
  public func area(above values: [Float]) -> Float {
    let mesh = head.mesh
    var total: Double = 0
    for t in mesh.triangles {
      let d = SIMD3(values[Int(t.x)], values[Int(t.y)], values[Int(t.z)])
      if d.x <= 0, d.y <= 0, d.z <= 0 { continue }
      let p = mesh.positions[Int(t.x)]
      let full = 0.5 * length(cross(mesh.positions[Int(t.y)] - p, mesh.positions[Int(t.z)] - p))
      total += Double(full * shareAbove(d))
    }
    return Float(total / 100)
  }

  /// Area of the region where hair grows, cm².
  public var area: Float { area(above: region.distances) }
}

/// Share of a triangle's area where the linear function with corner values `d` is above zero.
func shareAbove(_ d: SIMD3<Float>) -> Float {
  let above = (d.x > 0 ? 1 : 0) + (d.y > 0 ? 1 : 0) + (d.z > 0 ? 1 : 0)
  switch above {
  case 0: return 0
  case 3: return 1
  default:
    // The corner that stands alone cuts off a triangle.
    let alone = above == 1
    var apex = d.x
    var a = d.y
    var b = d.z
    if (d.y > 0) == alone, (d.x > 0) != alone, (d.z > 0) != alone { (apex, a, b) = (d.y, d.x, d.z) }
    if (d.z > 0) == alone, (d.x > 0) != alone, (d.y > 0) != alone { (apex, a, b) = (d.z, d.x, d.y) }
    let corner = (apex / (apex - a)) * (apex / (apex - b))
    return alone ? corner : 1 - corner
  }
}
