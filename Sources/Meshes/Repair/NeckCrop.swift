// The neck crop: everything below a plane is cut off, triangles across it are cut in two.

import Arithmetic

/// A half-space: points with dot(normal, p) >= offset are in it.
public struct HalfSpace: Sendable, Equatable {
  /// Unit normal, pointing into it.
  public var normal: SIMD3<Float>
  public var offset: Float

  public init(normal: SIMD3<Float>, offset: Float) {
    self.normal = normal
    self.offset = offset
  }
}

extension MeshUnderRepair {
  /// Cuts away what lies outside `space`; says how many triangles were dropped or cut.
  mutating func crop(to space: HalfSpace) -> Int {
    // Corners in the plane itself count as a hair inside, so that no triangle is cut at a corner.
    var low = SIMD3<Float>(repeating: .infinity)
    var high = -low
    for p in positions {
      low = low.replacing(with: p, where: p .< low)
      high = high.replacing(with: p, where: p .> high)
    }
    let hair = max(length(high - low) * 3e-5, .leastNormalMagnitude)
    let depth = positions.map { p -> Float in
      let d = dot(space.normal, p) - space.offset
      return d >= 0 && d < hair ? hair : (d < 0 && d > -hair ? -hair : d)
    }
    if !depth.contains(where: { $0 < 0 }) { return 0 }

    let old = (triangles, cornerSources)
    triangles.removeAll(keepingCapacity: true)
    cornerSources.removeAll(keepingCapacity: true)
    var changed = 0
    // Vertices made on cut edges, found again by the edge.
    var made: [SIMD2<UInt32>: UInt32] = [:]
    for (t, sources) in zip(old.0, old.1) {
      let inside = (0..<3).filter { depth[Int(t[$0])] > 0 }
      if inside.count == 3 {
        append(triangle: t, sources: sources)
        continue
      }
      changed += 1
      if inside.isEmpty { continue }
      func crossing(_ a: UInt32, _ b: UInt32) -> UInt32 {
        let key = SIMD2(min(a, b), max(a, b))
        if let known = made[key] { return known }
        let (i, j) = (Int(key.x), Int(key.y))
        let share = depth[i] / (depth[i] - depth[j])
        let vertex = append(vertex: positions[i] + (positions[j] - positions[i]) * share)
        made[key] = vertex
        return vertex
      }
      // Turn the triangle so that the corner that stands alone comes first.
      let alone = inside.count == 1 ? inside[0] : (0..<3).first { depth[Int(t[$0])] < 0 } ?? 0
      let (a, b, c) = (t[alone], t[(alone + 1) % 3], t[(alone + 2) % 3])
      let (ab, ca) = (crossing(a, b), crossing(c, a))
      if inside.count == 1 {
        append(triangle: SIMD3(a, ab, ca), sources: SIMD3(sources[alone], -1, -1))
      } else {
        let (sb, sc) = (sources[(alone + 1) % 3], sources[(alone + 2) % 3])
        append(triangle: SIMD3(ab, b, c), sources: SIMD3(-1, sb, sc))
        append(triangle: SIMD3(ab, c, ca), sources: SIMD3(-1, sc, -1))
      }
    }
    dropUnusedVertices()
    return changed
  }
}
