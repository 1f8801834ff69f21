// One winding: triangles are turned so that neighbours agree and the outside is outside.

import Arithmetic

extension MeshUnderRepair {
  /// Turns triangles so that all neighbours run through their common edge in opposite directions and normals point
  /// outwards. A one-sided surface is cut where it cannot agree with itself. The mesh must be manifold.
  mutating func orient(_ report: inout ScanRepairReport) {
    var neighbours = EdgeSurvey(triangles, vertexCount: positions.count).neighbours
    var turned = [Int8](repeating: -1, count: triangles.count)
    var parts: [[Int32]] = []
    var conflicts = 0
    var members: [Int32] = []
    for seed in triangles.indices where turned[seed] < 0 {
      // Spread from the first triangle of each part
      turned[seed] = 0
      members = [Int32(seed)]
      var next = 0
      while next < members.count {
        let i = Int(members[next])
        next += 1
        for k in 0..<3 {
          let j = Int(neighbours[i][k])
          guard j >= 0 else { continue }
          let side = sideOf(j, sharing: i, k)
          let agrees = triangles[j][side % 3] != triangles[i][k]
          let wanted = agrees ? turned[i] : 1 - turned[i]
          if turned[j] < 0 {
            turned[j] = wanted
            members.append(Int32(j))
          } else if turned[j] != wanted {
            neighbours[i][k] = -1
            neighbours[j][side % 3] = -1
            conflicts += 1
          }
        }
      }
      parts.append(members)
    }

    // Which way is out: the volume that a part spans with the middle of the whole. For a closed part the middle
    // does not matter; an open head surrounds it.
    var middle = SIMD3<Double>.zero
    var total = 0.0
    for i in triangles.indices {
      let a = Double(area(i))
      middle += SIMD3<Double>(centre(i)) * a
      total += a
    }
    let origin = SIMD3<Float>(middle / max(total, .leastNormalMagnitude))
    for part in parts {
      var volume = 0.0
      for m in part {
        let i = Int(m)
        let v = Double(dot(centre(i) - origin, doubledNormal(i)))
        volume += turned[i] == 1 ? -v : v
      }
      if volume < 0 {
        for m in part { turned[Int(m)] = 1 - turned[Int(m)] }
      }
    }
    for i in triangles.indices where turned[i] == 1 {
      let t = triangles[i]
      triangles[i] = SIMD3(t.x, t.z, t.y)
      let c = cornerSources[i]
      cornerSources[i] = SIMD3(c.x, c.z, c.y)
      // Sides follow: side 0 (x y) becomes side 2 (y x).
      let n = neighbours[i]
      neighbours[i] = SIMD3(n.z, n.y, n.x)
      report.turnedTriangles += 1
    }
    report.oneSidedEdges = conflicts
    if conflicts > 0 { cut(neighbours, &report) }
  }
}
