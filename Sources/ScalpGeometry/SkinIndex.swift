// Neighbourhoods of a mesh: triangles around each vertex, and vertices in compact blocks.

import Arithmetic
import Meshes

/// Neighbourhoods of a mesh's vertices, built once per head. About 40 bytes per vertex.
public struct SkinIndex: Sendable {
  // Triangles of vertex v: fans[starts[v]..<starts[v + 1]].
  private let starts: [UInt32]
  private let fans: [UInt32]
  /// Vertices of block b: `order[blocks[b].members]`.
  let order: [UInt32]
  let blocks: [Block]
  /// Longest edge of the mesh, the neck left out, mm.
  public let longestEdge: Float

  /// Vertices that share a cube of space, in a sphere.
  struct Block: Sendable {
    var members: Range<Int>
    var centre: SIMD3<Float>
    var radius: Float
  }
  /// Side of the cubes, mm.
  private static let side: Float = 10

  public init(_ mesh: TriangleMesh) {
    // Triangles by vertex: a counting sort
    var starts = [UInt32](repeating: 0, count: mesh.positions.count + 1)
    var longest: Float = 0
    for t in mesh.triangles {
      starts[Int(t.x) + 1] += 1
      starts[Int(t.y) + 1] += 1
      starts[Int(t.z) + 1] += 1
      let p = mesh.positions[Int(t.x)]
      let q = mesh.positions[Int(t.y)]
      let r = mesh.positions[Int(t.z)]
      if p.y > -80 {
        longest = max(longest, max(dot(q - p, q - p), max(dot(r - q, r - q), dot(p - r, p - r))))
      }
    }
    longestEdge = longest.squareRoot()
    for i in 1..<starts.count { starts[i] += starts[i - 1] }
    var next = starts
    var fans = [UInt32](repeating: 0, count: mesh.triangles.count * 3)
    for (i, t) in mesh.triangles.enumerated() {
      for k in 0..<3 {
        fans[Int(next[Int(t[k])])] = UInt32(i)
        next[Int(t[k])] += 1
      }
    }
    self.starts = starts
    self.fans = fans

    // Vertices by cube: the same. Far scraps of a scan share the outermost cubes.
    let cubes = SIMD3<Int>(48, 48, 48)
    func cube(_ p: SIMD3<Float>) -> Int {
      let q = p / Self.side + SIMD3(repeating: 24)
      guard q.x.isFinite, q.y.isFinite, q.z.isFinite else { return 0 }
      let x = Int(clamp(q.x, 0, 47))
      let y = Int(clamp(q.y, 0, 47))
      let z = Int(clamp(q.z, 0, 47))
      return (z * cubes.y + y) * cubes.x + x
    }
    let cubeOf = mesh.positions.map { UInt32(cube($0)) }
    var firsts = [Int](repeating: 0, count: cubes.x * cubes.y * cubes.z + 1)
    for c in cubeOf { firsts[Int(c) + 1] += 1 }
    for i in 1..<firsts.count { firsts[i] += firsts[i - 1] }
    var places = firsts
    var order = [UInt32](repeating: 0, count: cubeOf.count)
    for (i, c) in cubeOf.enumerated() {
      order[places[Int(c)]] = UInt32(i)
      places[Int(c)] += 1
    }
    self.order = order
    var blocks = [Block]()
    for c in 0..<firsts.count - 1 where firsts[c] < firsts[c + 1] {
      let members = firsts[c]..<firsts[c + 1]
      var low = SIMD3<Float>(repeating: .infinity)
      var high = -low
      for i in order[members] {
        let p = mesh.positions[Int(i)]
        low = SIMD3(min(low.x, p.x), min(low.y, p.y), min(low.z, p.z))
        high = SIMD3(max(high.x, p.x), max(high.y, p.y), max(high.z, p.z))
      }
      blocks.append(Block(members: members, centre: (low + high) / 2, radius: length(high - low) / 2))
    }
    self.blocks = blocks
  }

  /// Calls `body` with the vertices that share a triangle with `vertex`, some of them twice.
  @inline(__always)
  func forEachNeighbour(of vertex: Int, in mesh: TriangleMesh, _ body: (Int) -> Void) {
    for k in Int(starts[vertex])..<Int(starts[vertex + 1]) {
      let t = mesh.triangles[Int(fans[k])]
      body(Int(t.x))
      body(Int(t.y))
      body(Int(t.z))
    }
  }
}
