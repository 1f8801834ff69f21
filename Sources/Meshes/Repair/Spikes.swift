// Spikes: vertices that were thrown off the skin, to the origin of the coordinates or anywhere, and drag their triangles along.
//
// All triangles at such a vertex are needles that meet in it, and they run the same way. Where they go all around the vertex
// that is enough: they fold up. Where they do not, that way must lead off the skin that they stand on: needles that lie in a
// surface, as at the seams of a turned shape, do not.

import Arithmetic

/// What was found of spikes.
public struct SpikeReport: Sendable, Equatable {
  /// Triangles that were left out.
  public var triangles = 0
  /// Vertices at which they met.
  public var tips = 0
  /// Where most of the tips lie, in the scan's coordinates, if they lie in one place.
  public var place: SIMD3<Float>?

  public init() {}
}

extension MeshUnderRepair {
  /// Leaves out the triangles of spikes; the holes that they leave are filled as others are. The mesh must be manifold.
  /// Linear time.
  mutating func dropSpikes() -> SpikeReport {
    var report = SpikeReport()
    let tips = needleTips()
    if !tips.contains(where: { $0 >= 0 }) { return report }
    // Vertices at which needles meet and nothing else
    var others = [Bool](repeating: false, count: positions.count)
    var along = [SIMD3<Float>](repeating: .zero, count: positions.count)
    var count = [Int32](repeating: 0, count: positions.count)
    for (i, t) in triangles.enumerated() {
      for k in 0..<3 {
        let v = Int(t[k])
        if Int(tips[i]) != k {
          others[v] = true
          continue
        }
        count[v] += 1
        let base = (positions[Int(t[(k + 1) % 3])] + positions[Int(t[(k + 2) % 3])]) * 0.5
        along[v] += normalized(positions[v] - base)
      }
    }
    // Across the short edge lies the skin: its normal tells whether the needle leaves it.
    let neighbours = EdgeSurvey(triangles, vertexCount: positions.count).neighbours
    var standing = [Int32](repeating: 0, count: positions.count)
    var lying = standing
    var isOpen = [Bool](repeating: false, count: positions.count)
    for (i, t) in triangles.enumerated() where tips[i] >= 0 {
      let k = Int(tips[i])
      let v = Int(t[k])
      if neighbours[i][k] < 0 || neighbours[i][(k + 2) % 3] < 0 { isOpen[v] = true }
      let j = Int(neighbours[i][(k + 1) % 3])
      if others[v] || j < 0 || tips[j] >= 0 { continue }
      let lean = abs(dot(normalized(doubledNormal(j)), normalized(along[v])))
      if lean > 0.35 { standing[v] += 1 } else { lying[v] += 1 }
    }
    let isSpike = positions.indices.map { v in
      count[v] > 0 && !others[v] && length(along[v]) > 0.9 * Float(count[v])
        && (!isOpen[v] || standing[v] > lying[v])
    }
    let spikes = isSpike.indices.filter { isSpike[$0] }
    if spikes.isEmpty { return report }
    let before = triangles.count
    filterTriangles { i, t in tips[i] < 0 || !isSpike[Int(t[Int(tips[i])])] }
    report.triangles = before - triangles.count
    report.tips = spikes.count
    // One place for most of them: the median of each coordinate tells it.
    func median(_ k: Int) -> Float { spikes.map { positions[$0][k] }.sorted()[spikes.count / 2] }
    let middle = SIMD3(median(0), median(1), median(2))
    let near = spikes.count { length(positions[$0] - middle) <= 1e-3 * diagonal }
    if near * 2 > spikes.count { report.place = middle }
    dropUnusedVertices()
    return report
  }

  /// For each triangle the corner at its far end if it is a needle, -1 if it is none: four times as long as wide, and as long
  /// as the edges of most triangles.
  private func needleTips() -> [Int8] {
    let typical = typicalEdge()
    return triangles.map { t in
      let (a, b, c) = (positions[Int(t.x)], positions[Int(t.y)], positions[Int(t.z)])
      let sides = SIMD3(dot(c - b, c - b), dot(a - c, a - c), dot(b - a, b - a))
      let tip = sides.x <= sides.y && sides.x <= sides.z ? 0 : (sides.y <= sides.z ? 1 : 2)
      let least = min(sides[(tip + 1) % 3], sides[(tip + 2) % 3])
      return least > 16 * sides[tip] && least > 16 * typical * typical ? Int8(tip) : -1
    }
  }

  /// The median edge of some triangles.
  func typicalEdge() -> Float {
    if triangles.isEmpty { return 0 }
    let step = max(1, triangles.count / 1000)
    var lengths = stride(from: 0, to: triangles.count, by: step).map { i in
      let t = triangles[i]
      return length(positions[Int(t.y)] - positions[Int(t.x)])
    }
    lengths.sort()
    return lengths[lengths.count / 2]
  }
}
