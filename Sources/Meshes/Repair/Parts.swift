// Parts: pieces that hang together. The head stays, and large pieces; crumbs go.

import Arithmetic

/// A piece of a mesh that hangs together.
public struct MeshPart: Sendable, Equatable {
  public var triangles: Int
  /// Area, squared units of the scan.
  public var area: Float
  /// Middle of its bounding box, in the scan's coordinates.
  public var centre: SIMD3<Float>
  /// Whether it stays.
  public var isKept: Bool
}

extension MeshUnderRepair {
  /// Parts below this share of all triangles are crumbs.
  static let crumbShare = 0.02

  /// Drops crumbs: parts below `crumbShare` of the triangles, unless a landmark lies on them. The largest part by
  /// area always stays.
  mutating func dropCrumbs(landmarks: [SIMD3<Float>]) -> [MeshPart] {
    let (part, count) = partsOfTriangles()
    if count <= 1 { return [] }
    var parts = [MeshPart](repeating: MeshPart(triangles: 0, area: 0, centre: .zero, isKept: false), count: count)
    var low = [SIMD3<Float>](repeating: SIMD3(repeating: .infinity), count: count)
    var high = [SIMD3<Float>](repeating: SIMD3(repeating: -.infinity), count: count)
    for i in triangles.indices {
      let p = Int(part[i])
      parts[p].triangles += 1
      parts[p].area += area(i)
      for k in 0..<3 {
        let v = positions[Int(triangles[i][k])]
        low[p] = low[p].replacing(with: v, where: v .< low[p])
        high[p] = high[p].replacing(with: v, where: v .> high[p])
      }
    }
    var largest = 0
    for p in parts.indices {
      parts[p].centre = (low[p] + high[p]) / 2
      parts[p].isKept = Double(parts[p].triangles) >= Self.crumbShare * Double(triangles.count)
      if parts[p].area > parts[largest].area { largest = p }
    }
    parts[largest].isKept = true
    for mark in landmarks {
      var nearest = Float.infinity
      var at = largest
      for i in triangles.indices {
        let d = positions[Int(triangles[i].x)] - mark
        if dot(d, d) < nearest { (nearest, at) = (dot(d, d), Int(part[i])) }
      }
      parts[at].isKept = true
    }
    let kept = parts.map(\.isKept)
    if kept.contains(false) {
      filterTriangles { i, _ in kept[Int(part[i])] }
      dropUnusedVertices()
    }
    return parts
  }

  /// The part of each triangle, numbered in order of their first triangles.
  func partsOfTriangles() -> (part: [Int32], count: Int) {
    var groups = DisjointSets(positions.count)
    for t in triangles {
      groups.join(Int(t.x), Int(t.y))
      groups.join(Int(t.x), Int(t.z))
    }
    var number = [Int32](repeating: -1, count: positions.count)
    var count = 0
    let part = triangles.map { t -> Int32 in
      let root = groups.root(Int(t.x))
      if number[root] < 0 {
        number[root] = Int32(count)
        count += 1
      }
      return number[root]
    }
    return (part, count)
  }
}
