import Meshes

/// Corners and weights of a surface point, to read per-vertex values there.
struct FieldCorners {
  let a: Int
  let b: Int
  let c: Int
  let u: Float
  let v: Float
  let w: Float

  @inline(__always)
  init(_ point: SurfacePoint, _ mesh: TriangleMesh) { self.init(point, mesh.triangles) }

  @inline(__always)
  init(_ point: SurfacePoint, _ triangles: [SIMD3<UInt32>]) {
    let t = triangles[Int(point.triangle)]
    a = Int(t.x)
    b = Int(t.y)
    c = Int(t.z)
    v = point.v
    w = point.w
    u = 1 - point.v - point.w
  }

  @inline(__always)
  func value(_ values: [Float]) -> Float { values[a] * u + values[b] * v + values[c] * w }

  @inline(__always)
  func value(_ values: [SIMD2<Float>]) -> SIMD2<Float> { values[a] * u + values[b] * v + values[c] * w }
}
