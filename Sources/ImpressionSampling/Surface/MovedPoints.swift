import Meshes

extension PoissonDiscSampler {
  /// Where points of the mesh come to when each is moved along the surface, straight on over edges, with the unit normals
  /// there. At an open edge they slide.
  ///
  /// - Parameters:
  ///   - points: points of the mesh.
  ///   - displacements: one per point, mm; what is not in the plane of the point's triangle is left out.
  package func moved(
    _ points: [SurfacePoint], by displacements: [SIMD3<Float>]
  ) -> (points: [SurfacePoint], normals: [SIMD3<Float>]) {
    let adjacency = TriangleAdjacency(of: surface.mesh, joining: surface.live)
    let positions = surface.mesh.positions.span
    let triangles = surface.mesh.triangles.span
    let twin = adjacency.twin.span
    var ends = points
    var normals = [SIMD3<Float>](repeating: .zero, count: points.count)
    for i in points.indices {
      let start = Walker(triangle: points[i].triangle, v: points[i].v, w: points[i].w)
      let (end, position) = walk(
        from: start, by: displacements[i], positions: positions, triangles: triangles, twin: twin)
      ends[i] = SurfacePoint(position: position, triangle: end.triangle, v: end.v, w: end.w)
      normals[i] = surface.normal(end.triangle, end.v, end.w)
    }
    return (ends, normals)
  }
}
