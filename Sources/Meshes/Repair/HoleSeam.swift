// The seam between a patch that was laid over some corners of a rim and all corners of that rim: where corners were left out
// between two that were kept, the triangle at that edge of the patch becomes a fan from its far corner to all of them.

import Arithmetic

extension HolePatch {
  /// The patch's triangles over the whole rim: indices below `rim.count` are its corners, the others follow the patch's
  /// points after `fixed`. nil if an edge would be there twice.
  ///
  /// - Parameters:
  ///   - kept: which corner of the rim each of the first `fixed` points is, in order.
  ///   - isTaken: whether two corners of the rim are joined outside the patch.
  func sewn(_ kept: [Int], rim: [SIMD3<Float>], isTaken: (Int, Int) -> Bool) -> [SIMD3<Int>]? {
    func number(_ i: Int) -> Int { i < fixed ? kept[i] : rim.count + i - fixed }
    func place(_ i: Int) -> SIMD3<Float> { i < rim.count ? rim[i] : points[fixed + i - rim.count] }
    var result = triangles.map { SIMD3(number($0.x), number($0.y), number($0.z)) }
    // The triangle at each edge between kept corners, by the corner that it starts from. A triangle may have two or three.
    var next = [Int](repeating: -1, count: rim.count)
    for (i, k) in kept.enumerated() { next[k] = kept[(i + 1) % kept.count] }
    var edges: [(triangle: Int, from: Int)] = []
    for (i, t) in result.enumerated() {
      for k in 0..<3 where t[k] < rim.count && next[t[k]] == t[(k + 1) % 3] && !isNeighbour(t[k], next[t[k]], rim.count)
      {
        edges.append((i, t[k]))
      }
    }
    for index in edges.indices {
      let edge = edges[index]
      let t = result[edge.triangle]
      let k = t.x == edge.from ? 0 : (t.y == edge.from ? 1 : 2)
      let (a, b, c) = (t[k], t[(k + 1) % 3], t[(k + 2) % 3])
      var chain = [a]
      while let last = chain.last, last != b { chain.append((last + 1) % rim.count) }
      guard let pieces = sewing(chain, c, place, isTaken: isTaken, rim: rim.count) else { return nil }
      result[edge.triangle] = pieces[0]
      let first = result.count
      result.append(contentsOf: pieces.dropFirst())
      // The other edges of the triangle go with the pieces that have them.
      for later in index + 1..<edges.count where edges[later].triangle == edge.triangle {
        let from = edges[later].from
        for (m, piece) in pieces.enumerated() {
          for side in 0..<3 where piece[side] == from && piece[(side + 1) % 3] == next[from] {
            edges[later].triangle = m == 0 ? edge.triangle : first + m - 1
          }
        }
      }
    }
    return result
  }

  private func isNeighbour(_ a: Int, _ b: Int, _ count: Int) -> Bool { (a + 1) % count == b }

  /// Triangles between a chain and the far corner: a fan, or where that would fold back the cover of least area.
  private func sewing(
    _ chain: [Int], _ apex: Int, _ place: (Int) -> SIMD3<Float>, isTaken: (Int, Int) -> Bool, rim: Int
  ) -> [SIMD3<Int>]? {
    let fan = (0..<chain.count - 1).map { SIMD3(chain[$0], chain[$0 + 1], apex) }
    let tip = place(apex)
    let facing = cross(place(chain[chain.count - 1]) - place(chain[0]), tip - place(chain[0]))
    let folds = fan.contains { t in dot(cross(place(t.y) - place(t.x), tip - place(t.x)), facing) < 0 }
    let meets = apex < rim && chain.dropFirst().dropLast().contains { isTaken($0, apex) }
    if !folds && !meets { return fan }
    if chain.count > Self.longestChain { return meets ? nil : fan }
    let corners = chain + [apex]
    let cover = leastCover(of: corners.map(place)) { i, j in
      corners[i] < rim && corners[j] < rim && isTaken(corners[i], corners[j])
    }
    return cover.map { $0.map { SIMD3(corners[$0.x], corners[$0.y], corners[$0.z]) } } ?? (meets ? nil : fan)
  }

  /// Most corners between two kept ones that a cover of least area is laid over.
  private static let longestChain = 100
}
