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
