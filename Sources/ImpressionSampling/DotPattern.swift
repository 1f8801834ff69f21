import Arithmetic
import Meshes

/// Impressions on a mesh, in progressive order: any prefix is itself well spread.
///
/// Sessions are prefixes: the first `sessionEnds[0]` points, then up to `sessionEnds[1]`, then all. A thinner
/// density is a prefix too.
public struct DotPattern: Sendable, Equatable {
  /// Where the impressions are.
  public var points: [SurfacePoint]
  /// The mesh's interpolated unit normal at each point.
  public var normals: [SIMD3<Float>]
  /// Minimum distance of each point, mm. Two points of one sheet are never nearer than the mean of their two
  /// minimum distances, as a straight line.
  public var radii: [Float]
  /// Ends of the prefixes of a third, two thirds and all of the points.
  public var sessionEnds: [Int]

  /// No points.
  public static let empty = DotPattern(points: [], normals: [], radii: [], sessionEnds: [0, 0, 0])

  public init(points: [SurfacePoint], normals: [SIMD3<Float>], radii: [Float], sessionEnds: [Int]) {
    self.points = points
    self.normals = normals
    self.radii = radii
    self.sessionEnds = sessionEnds
  }

  /// Number of points.
  public var count: Int { points.count }

  /// The points as obstacles for a later pattern, which then adds to this one without disturbing it.
  public var obstacles: [Obstacle] { points.indices.map { Obstacle(point: points[$0], radius: radii[$0]) } }
}

/// Whether two impressions of one pattern are too near each other.
///
/// The rule, for impressions of minimum distance r1 and r2: as discs of diameter r1 and r2 they may not overlap,
/// so their straight-line distance is at least (r1 + r2) / 2 (Shimada, Gossard. Bubble mesh. 1995; the
/// distance of the "ball packing" reading of variable-radius Poisson-disc sets). Discs that do not overlap
/// have areas that add up, so the packing stays comparable between thin and dense places, the rule is the same
/// in whatever order points arrive, and next to a step in density neither side loses more than half a disc.
///
/// Points whose normals point away from each other (negative dot product) lie on different sheets, such as the
/// two sides of an ear, and do not repel.
@inline(__always)
func tooNear(
  squaredDistance: Float, _ r1: Float, _ r2: Float, _ normal1: @autoclosure () -> SIMD3<Float>,
  _ normal2: @autoclosure () -> SIMD3<Float>
) -> Bool {
  let reach = (r1 + r2) * 0.5
  return squaredDistance < reach * reach && dot(normal1(), normal2()) >= 0
}
