// Places relative to an open line on the skin, kept per vertex so that a line narrower than the triangles survives:
// the signed distance across the line is linear over a triangle that the line runs through, the distance is not.
import ScalpGeometry

/// Distance from an open line and length along it, at any point near the line.
struct LineField: Sendable {
  let length: Float
  /// Distance that stands for "far from the line", mm.
  let far: Float
  /// Per vertex: distance across the line (left positive) and length along it, mm.
  private let places: [SIMD2<Float>]
  private let longestEdge: Float

  /// - Parameter reach: how far from the line it must be right, mm.
  init(_ curve: SurfaceCurve, reach: Float, on scalp: Scalp, threads: Int?) {
    longestEdge = scalp.index.longestEdge
    let found = scalp.distance(to: curve, band: reach + 2 * longestEdge + 2, threads: threads)
    places = found.aside.indices.map { SIMD2(found.aside[$0], found.alongs[$0]) }
    far = found.band - 0.01
    length = curve.length
  }

  /// Distance from the line (beyond an end: from that end) and length along the line, held within it.
  @inline(__always)
  func read(_ corners: FieldCorners) -> (distance: Float, along: Float) {
    let a = places[corners.a]
    let b = places[corners.b]
    let c = places[corners.c]
    if max(abs(a.x), max(abs(b.x), abs(c.x))) >= far { return (far, 0) }
    let along = a.y * corners.u + b.y * corners.v + c.y * corners.w
    var aside = a.x * corners.u + b.x * corners.v + c.x * corners.w
    // Corners on both sides that are all far lie between two arms of the line, not across it.
    let near = min(abs(a.x), min(abs(b.x), abs(c.x)))
    if near > longestEdge, min(a.x, min(b.x, c.x)) < 0, max(a.x, max(b.x, c.x)) > 0 { aside = near }
    let past = max(-along, along - length)
    if past > 0 { return ((aside * aside + past * past).squareRoot(), along < 0 ? 0 : length) }
    return (abs(aside), along)
  }
}
