// Places relative to an open line on the skin, kept per vertex so that a line narrower than the triangles survives:
// the signed distance across the line is linear over a triangle that the line runs through, the distance is not.

/// Distance from an open line and length along it, at any point near the line.
public struct LineField: Sendable, Equatable {
  public let length: Float
  /// Distance that stands for "far from the line", mm.
  public let far: Float
  /// Per vertex: distance across the line (left positive) and length along it, mm.
  @usableFromInline let places: [SIMD2<Float>]
  @usableFromInline let longestEdge: Float

  /// - Parameter reach: how far from the line it must be right, mm.
  public init(_ curve: SurfaceCurve, reach: Float, on scalp: Scalp, threads: Int?) {
    longestEdge = scalp.index.longestEdge
    let found = scalp.distance(to: curve, band: reach + 2 * longestEdge + 2, threads: threads)
    places = found.aside.indices.map { SIMD2(found.aside[$0], found.alongs[$0]) }
    far = found.band - 0.01
    length = curve.length
  }

  /// Distances from the line at a triangle's corners.
  @inlinable
  public func asides(_ corners: SIMD3<UInt32>) -> SIMD3<Float> {
    SIMD3(places[Int(corners.x)].x, places[Int(corners.y)].x, places[Int(corners.z)].x)
  }

  /// Distance from the line (beyond an end: from that end), negative to its right, and length along it, held within it,
  /// at a point of a triangle.
  ///
  /// - Parameters:
  ///   - corners: the triangle's.
  ///   - weights: of the corners.
  @inlinable
  public func read(_ corners: SIMD3<UInt32>, _ weights: SIMD3<Float>) -> (aside: Float, along: Float) {
    let a = places[Int(corners.x)]
    let b = places[Int(corners.y)]
    let c = places[Int(corners.z)]
    if max(abs(a.x), max(abs(b.x), abs(c.x))) >= far { return (far, 0) }
    let along = a.y * weights.x + b.y * weights.y + c.y * weights.z
    var aside = a.x * weights.x + b.x * weights.y + c.x * weights.z
    // Corners on both sides that are all far lie between two arms of the line, not across it.
    let near = min(abs(a.x), min(abs(b.x), abs(c.x)))
    if near > longestEdge, min(a.x, min(b.x, c.x)) < 0, max(a.x, max(b.x, c.x)) > 0 { aside = near }
    let past = max(-along, along - length)
    if past > 0 { return ((aside * aside + past * past).squareRoot(), along < 0 ? 0 : length) }
    return (aside, along)
  }
}
