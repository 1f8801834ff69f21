import Arithmetic

/// A point on a mesh: the triangle it lies in and its barycentric weights.
///
/// `position == (1 - v - w) * corner0 + v * corner1 + w * corner2`, up to rounding.
@frozen
public struct SurfacePoint: Sendable, Equatable {
  /// Position in the head frame, mm.
  public var position: SIMD3<Float>
  /// Index into `TriangleMesh.triangles`.
  public var triangle: UInt32
  /// Weight of the triangle's second corner, 0 to 1.
  public var v: Float
  /// Weight of the triangle's third corner, 0 to 1.
  public var w: Float

  @inlinable
  public init(position: SIMD3<Float>, triangle: UInt32, v: Float, w: Float) {
    self.position = position
    self.triangle = triangle
    self.v = v
    self.w = w
  }
}

extension SurfacePoint {
  /// Weights of the middles of a triangle's four quarters, each of which stands for a quarter of its area.
  package static let quarters: [(v: Float, w: Float)] = [
    (1 / 3, 1 / 3), (2 / 3, 1 / 6), (1 / 6, 2 / 3), (1 / 6, 1 / 6),
  ]

  /// What three corners hold, mixed by the point's weights.
  @inlinable @inline(__always)
  package func mix(_ a: Float, _ b: Float, _ c: Float) -> Float { a * (1 - v - w) + b * v + c * w }

  /// What three corners hold, mixed by the point's weights.
  @inlinable @inline(__always)
  package func mix(_ a: SIMD3<Float>, _ b: SIMD3<Float>, _ c: SIMD3<Float>) -> SIMD3<Float> {
    a * (1 - v - w) + b * v + c * w
  }

  /// What the corners of its triangle hold, mixed by the point's weights: one value per vertex in `values`.
  @inlinable @inline(__always)
  package func mix(_ values: [Float], _ triangles: [SIMD3<UInt32>]) -> Float {
    let t = triangles[Int(triangle)]
    return mix(values[Int(t.x)], values[Int(t.y)], values[Int(t.z)])
  }

  /// What the corners of its triangle hold, mixed by the point's weights: one value per vertex in `values`.
  @inlinable @inline(__always)
  package func mix(_ values: [SIMD3<Float>], _ triangles: [SIMD3<UInt32>]) -> SIMD3<Float> {
    let t = triangles[Int(triangle)]
    return mix(values[Int(t.x)], values[Int(t.y)], values[Int(t.z)])
  }

  /// The mesh's normal there, of length 1.
  package func normal(on mesh: TriangleMesh) -> SIMD3<Float> { normalized(mix(mesh.normals, mesh.triangles)) }
}

extension TriangleMesh {
  /// The point of triangle `i` with weights `v` and `w` of its second and third corner.
  @inlinable @inline(__always)
  package func point(_ i: Int, v: Float, w: Float) -> SurfacePoint {
    let t = triangles[i]
    let position = positions[Int(t.x)] * (1 - v - w) + positions[Int(t.y)] * v + positions[Int(t.z)] * w
    return SurfacePoint(position: position, triangle: UInt32(i), v: v, w: w)
  }
}
