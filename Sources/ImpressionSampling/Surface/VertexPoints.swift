import Meshes

/// The vertices that the live triangles of a mesh use, as points of its surface: where a density is asked for.
struct VertexPoints: Sendable {
  /// The vertices in order of first use, each with the triangle that uses it first: a vertex point is that corner of it.
  private var uses: [Use] = []
  /// For each vertex, the number of its vertex point; -1 for vertices that no live triangle uses.
  private(set) var index: [Int32] = []

  private struct Use {
    var vertex: UInt32
    var triangle: UInt32
  }

  var count: Int { uses.count }

  /// None.
  init() {}

  init(of mesh: TriangleMesh, _ live: Span<UInt32>) {
    let triangles = mesh.triangles.span
    // One more, so that a use may be written before it is known to be the first
    var uses = [Use](unwritten: mesh.positions.count + 1)
    var index = [Int32](repeating: -1, count: mesh.positions.count)
    var usesOut = uses.mutableSpan
    var indexOut = index.mutableSpan
    var count: Int32 = 0
    for i in 0..<live.count {
      let triangle = live[unchecked: i]
      for corner in 0..<3 {
        // Without branches: half of the triangles of a mesh bring a new vertex, and no one can tell which
        let own = vertex(corner, of: Int(triangle), triangles)
        let known = indexOut[unchecked: Int(own)]
        usesOut[unchecked: Int(count)] = Use(vertex: own, triangle: triangle)
        let isFirst = known &>> 31
        indexOut[unchecked: Int(own)] = known ^ ((known ^ count) & isFirst)
        count &-= isFirst
      }
    }
    uses.removeLast(uses.count - Int(count))
    self.uses = uses
    self.index = index
  }

  /// Writes some of the points.
  func write(_ range: Range<Int>, of mesh: TriangleMesh, to points: UnsafeMutableBufferPointer<SurfacePoint>) {
    let uses = uses.span.extracting(range)
    let positions = mesh.positions.span
    let triangles = mesh.triangles.span
    for i in 0..<uses.count {
      let use = uses[unchecked: i]
      let t = triangles[unchecked: Int(use.triangle)]
      points[i] = SurfacePoint(
        position: positions[unchecked: Int(use.vertex)], triangle: use.triangle, v: t.y == use.vertex ? 1 : 0,
        w: t.z == use.vertex ? 1 : 0)
    }
  }
}
