// From which directions light reaches each vertex: 128 directions, one bit each, found by drawing the head's depth from
// every direction (Zhukov, Iones, Kronin. An ambient light illumination model. 1998, by shadow maps). Ambient
// occlusion, soft shadows of any set of lamps and bent normals are then sums over bits, without tracing a ray again:
// done once per head, used by every view and light.

import Arithmetic
import Meshes

/// For each vertex, the directions of a fixed set that the head itself does not hide.
public struct SkyVisibility: Sendable {
  /// Number of directions.
  public static let directionCount = 128

  /// Unit vectors, evenly spread over the sphere (spherical Fibonacci).
  static let directions: [SIMD3<Float>] = (0..<directionCount).map { i in
    let y = 1 - 2 * (Double(i) + 0.5) / Double(directionCount)
    let azimuth = 360 * 0.6180339887498949 * Double(i)
    let t = turn(azimuth)
    let r = Float((1 - y * y).squareRoot())
    return SIMD3(t.cosine * r, Float(y), t.sine * r)
  }

  /// Two 64-bit words per vertex; bit k is set where direction k is open.
  var bits: [SIMD2<UInt64>]

  /// Draws the head from every direction. About 2 ms per direction and core for 100,000 triangles.
  public init(mesh: TriangleMesh, threads: Int? = nil) {
    let count = mesh.positions.count
    // Directions run in parallel, each on one thread with its own map; the words are merged in order afterwards.
    let groups = 8
    let perGroup = SkyVisibility.directionCount / groups
    var words = [SIMD2<UInt64>](repeating: .zero, count: count)
    var partial = [[SIMD2<UInt64>]](repeating: [], count: groups)
    partial.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let out = buffer
      parallelTiles(groups, threads: threads) { group in
        var mine = [SIMD2<UInt64>](repeating: .zero, count: count)
        var map = ShadowMap(size: 288)
        for k in (group * perGroup)..<((group + 1) * perGroup) {
          map.draw(mesh, from: SkyVisibility.directions[k])
          map.mark(mesh, direction: SkyVisibility.directions[k], bit: k, into: &mine)
        }
        out[group] = mine
      }
    }
    for mine in partial {
      for i in 0..<count { words[i] |= mine[i] }
    }
    bits = words
  }
}

/// Orthographic depth of a head from one direction.
private struct ShadowMap {
  let size: Int
  var triangle: [Int32]
  var depth: [Float]
  var vertices: [SIMD3<Float>] = []

  init(size: Int) {
    self.size = size
    triangle = [Int32](repeating: -1, count: size * size)
    depth = [Float](repeating: .infinity, count: size * size)
  }

  /// Draws the depth map: x and y in map cells, depth growing away from the light.
  mutating func draw(_ mesh: TriangleMesh, from direction: SIMD3<Float>) {
    let hint: SIMD3<Float> = abs(direction.y) > 0.9 ? SIMD3(0, 0, 1) : SIMD3(0, 1, 0)
    let right = normalized(cross(hint, direction))
    let up = cross(direction, right)
    var low = SIMD2<Float>(repeating: .infinity)
    var high = SIMD2<Float>(repeating: -.infinity)
    vertices.removeAll(keepingCapacity: true)
    vertices.reserveCapacity(mesh.positions.count)
    for p in mesh.positions {
      let q = SIMD3(dot(p, right), -dot(p, up), 4000 - dot(p, direction))
      low = SIMD2(min(low.x, q.x), min(low.y, q.y))
      high = SIMD2(max(high.x, q.x), max(high.y, q.y))
      vertices.append(q)
    }
    let scale = Float(size - 2) / max(high.x - low.x, high.y - low.y)
    for i in vertices.indices {
      vertices[i] = SIMD3((vertices[i].x - low.x) * scale + 1, (vertices[i].y - low.y) * scale + 1, vertices[i].z)
    }
    triangle.withUnsafeMutableBufferPointer { ids in
      depth.withUnsafeMutableBufferPointer { depths in
        rasterise(
          triangles: mesh.triangles, vertices: vertices, width: size, height: size, ids: ids, depths: depths)
      }
    }
  }

  /// Sets `bit` for each vertex that faces the light and is not behind what the map holds.
  func mark(_ mesh: TriangleMesh, direction: SIMD3<Float>, bit: Int, into words: inout [SIMD2<UInt64>]) {
    let mask = bit < 64 ? SIMD2<UInt64>(1 << UInt64(bit), 0) : SIMD2<UInt64>(0, 1 << UInt64(bit - 64))
    for i in vertices.indices {
      let facing = dot(mesh.normals[i], direction)
      if facing <= 0 { continue }
      let x = Int(held(vertices[i].x, 0, Float(size - 1)))
      let y = Int(held(vertices[i].y, 0, Float(size - 1)))
      // A map cell is about 1 mm: allow for the slope of the surface across it.
      let slope = (1 - facing * facing).squareRoot() / max(facing, 0.08)
      let bias = 1.2 + 1.3 * min(slope, 6)
      if vertices[i].z <= depth[y * size + x] + bias { words[i] |= mask }
    }
  }
}
