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
