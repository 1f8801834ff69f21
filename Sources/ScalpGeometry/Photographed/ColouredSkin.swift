import Arithmetic
import Meshes

/// The colours of a head looked up at many places of its skin: what a search for photographed hair reads.
public struct ColouredSkin: Sendable {
  /// Places on the head's mesh, evenly spread.
  public var points: [SurfacePoint]
  /// Linear Rec.709 of a footprint as wide as `spacing`, one for each place.
  public var colours: [SIMD3<Float>]
  /// From place to place, mm.
  public var spacing: Float

  public init(points: [SurfacePoint], colours: [SIMD3<Float>], spacing: Float) {
    self.points = points
    self.colours = colours
    self.spacing = spacing
  }

  /// As fine as a search for hair looks, mm: what stubble's grain is seen at, and coarser than one shaft.
  public static let finest: Float = 0.8
  /// Nothing is looked for further below the tragions than this, mm.
  public static let lowest: Float = -75
}

/// Places all over a head's skin above `ColouredSkin.lowest`, one for each square of `spacing` mm.
///
/// Inside a triangle they follow the sequence of least discrepancy in two dimensions (Roberts. The unreasonable effectiveness
/// of quasirandom sequences. 2018), so the same mesh gives the same places.
public func skinPlaces(on mesh: TriangleMesh, spacing: Float) -> [SurfacePoint] {
  var places: [SurfacePoint] = []
  let square = Double(max(spacing, 0.1) * max(spacing, 0.1))
  // Area since the last place: small triangles share one.
  var due = 0.5 * square
  for (i, t) in mesh.triangles.enumerated() {
    let (a, b, c) = (mesh.positions[Int(t.x)], mesh.positions[Int(t.y)], mesh.positions[Int(t.z)])
    guard min(a.y, b.y, c.y) > ColouredSkin.lowest else { continue }
    due += Double(0.5 * length(cross(b - a, c - a)))
    while due >= square {
      due -= square
      let k = Double(places.count + 1)
      var v = (k * 0.754_877_666_246_693).truncatingRemainder(dividingBy: 1)
      var w = (k * 0.569_840_290_998_053).truncatingRemainder(dividingBy: 1)
      if v + w > 1 { (v, w) = (1 - v, 1 - w) }
      let (fv, fw) = (Float(v), Float(w))
      places.append(
        SurfacePoint(position: a * (1 - fv - fw) + b * fv + c * fw, triangle: UInt32(i), v: fv, w: fw))
    }
  }
  return places
}
