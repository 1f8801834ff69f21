// Where a value on the grid is zero, as lines: marching triangles, chained through the edges of the grid.

import Arithmetic

/// A line of a contour: places (row, column) in order, with what is above zero on the left seen from outside.
public struct SkinContour: Sendable {
  public var places: [SIMD2<Float>]
  /// A closed one does not repeat its first place.
  public var isClosed: Bool
}

extension SkinGrid {
  /// The lines on which `values`, one for each node, are zero, in the order of the edges at which they begin. Nodes that are no
  /// numbers take their triangles out.
  public func contours(of values: [Float]) -> [SkinContour] {
    // Three edges belong to each node: to the next column, to the next row, across the cell.
    let edges = 3 * Self.rows * Self.columns
    var next = [Int32](repeating: -1, count: edges)
    var hasBefore = [Bool](repeating: false, count: edges)
    func edge(_ a: Int, _ b: Int) -> Int {
      let gap = abs(b - a)
      return 3 * min(a, b) + (gap == 1 ? 0 : gap == Self.columns ? 1 : 2)
    }
    for i in 0..<Self.rows - 1 {
      for j in 0..<Self.columns - 1 {
        for t in Self.triangles(ofCell: i, j) {
          let above = SIMD3(values[t.x], values[t.y], values[t.z]) .> SIMD3<Float>.zero
          if all(above) || !any(above) { continue }
          if values[t.x].isNaN || values[t.y].isNaN || values[t.z].isNaN { continue }
          // The corner that stands alone: the line passes it counter-clockwise if it is above.
          let count = (above[0] ? 1 : 0) + (above[1] ? 1 : 0) + (above[2] ? 1 : 0)
          guard let k = (0..<3).first(where: { above[$0] == (count == 1) }) else { continue }
          let (alone, after, before) = (t[k], t[(k + 1) % 3], t[(k + 2) % 3])
          var (start, end) = (edge(alone, after), edge(before, alone))
          if count == 2 { swap(&start, &end) }
          next[start] = Int32(end)
          hasBefore[end] = true
        }
      }
    }
    func place(_ e: Int) -> SIMD2<Float> {
      let n = e / 3
      let m = n + [1, Self.columns, Self.columns + 1][e % 3]
      // Never quite at a node, where it would belong to triangles that the line does not cross.
      let share = clamp(values[n] / (values[n] - values[m]), 0.001, 0.999)
      func at(_ n: Int) -> SIMD2<Float> { SIMD2(Float(n / Self.columns), Float(n % Self.columns)) }
      return at(n) + (at(m) - at(n)) * share
    }
    var lines: [SkinContour] = []
    func follow(from start: Int) {
      var places = [place(start)]
      var e = start
      while next[e] >= 0 {
        let following = Int(next[e])
        next[e] = -1
        e = following
        if e == start { break }
        places.append(place(e))
      }
      lines.append(SkinContour(places: places, isClosed: e == start))
    }
    for e in 0..<edges where next[e] >= 0 && !hasBefore[e] { follow(from: e) }
    for e in 0..<edges where next[e] >= 0 { follow(from: e) }
    return lines
  }
}

private func all(_ mask: SIMDMask<SIMD3<Int32>>) -> Bool { mask[0] && mask[1] && mask[2] }
private func any(_ mask: SIMDMask<SIMD3<Int32>>) -> Bool { mask[0] || mask[1] || mask[2] }
