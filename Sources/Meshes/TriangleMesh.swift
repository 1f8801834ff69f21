import Arithmetic

/// A triangle mesh in millimetres, as flat arrays of plain values.
///
/// `triangles` holds indices into `positions`, counter-clockwise seen from outside. `normals` has one unit
/// vector per vertex (zero only where a vertex belongs to no triangle).
public struct TriangleMesh: Sendable, Equatable {
  /// Vertex positions, mm.
  public var positions: [SIMD3<Float>]
  /// Corner indices, three per triangle, counter-clockwise seen from outside.
  public var triangles: [SIMD3<UInt32>]
  /// One unit normal per vertex.
  public var normals: [SIMD3<Float>]

  public init(positions: [SIMD3<Float>], triangles: [SIMD3<UInt32>], normals: [SIMD3<Float>]) {
    self.positions = positions
    self.triangles = triangles
    self.normals = normals
  }

  /// A mesh with area-weighted vertex normals computed from its triangles.
  public init(positions: [SIMD3<Float>], triangles: [SIMD3<UInt32>]) {
    self.init(
      positions: positions, triangles: triangles,
      normals: areaWeightedNormals(positions: positions, triangles: triangles))
  }
}

/// A point on a mesh: the triangle it lies in and its barycentric weights.
///
/// `position == (1 - v - w) * corner0 + v * corner1 + w * corner2`, up to rounding.
public struct SurfacePoint: Sendable, Equatable {
  /// Position in the head frame, mm.
  public var position: SIMD3<Float>
  /// Index into `TriangleMesh.triangles`.
  public var triangle: UInt32
  /// Weight of the triangle's second corner, 0 to 1.
  public var v: Float
  /// Weight of the triangle's third corner, 0 to 1.
  public var w: Float

  public init(position: SIMD3<Float>, triangle: UInt32, v: Float, w: Float) {
    self.position = position
    self.triangle = triangle
    self.v = v
    self.w = w
  }
}

/// Unit vertex normals, each the area-weighted mean of its triangles' normals.
public func areaWeightedNormals(positions: [SIMD3<Float>], triangles: [SIMD3<UInt32>]) -> [SIMD3<Float>] {
  var normals = [SIMD3<Float>](repeating: .zero, count: positions.count)
  for t in triangles {
    let a = positions[Int(t.x)]
    let n = cross(positions[Int(t.y)] - a, positions[Int(t.z)] - a)
    normals[Int(t.x)] += n
    normals[Int(t.y)] += n
    normals[Int(t.z)] += n
  }
  for i in normals.indices {
    let length = dot(normals[i], normals[i]).squareRoot()
    if length > 0 { normals[i] /= length }
  }
  return normals
}
