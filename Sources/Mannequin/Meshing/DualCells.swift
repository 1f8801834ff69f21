// Which surface sheets pass through a cell of the lattice. Each sheet gets its own vertex, so that two sheets in
// one cell do not touch.
//
// G. M. Nielson. Dual marching cubes. 2004.

/// The twelve edges of a cell; corner c has x = c & 1, y = c >> 1 & 1, z = c >> 2.
enum DualCells {
  /// Corners at the low and high end of each edge; edges 0-3 run along x, 4-7 along y, 8-11 along z.
  static let edges: [(low: Int, high: Int)] = [
    (0, 1), (2, 3), (4, 5), (6, 7), (0, 2), (1, 3), (4, 6), (5, 7), (0, 4), (1, 5), (2, 6), (3, 7),
  ]

  /// For each of the 256 sign patterns (bit set = inside), the sheet that crosses each edge, or -1.
  static let sheets: [[Int8]] = (0..<256).map(sheetsOfEdges)

  /// Number of sheets for each sign pattern.
  static let sheetCount: [Int] = sheets.map { Int($0.max() ?? -1) + 1 }

  private static func sheetsOfEdges(_ pattern: Int) -> [Int8] {
    func inside(_ corner: Int) -> Bool { pattern >> corner & 1 == 1 }
    var group = Array(0..<12)
    func merge(_ a: Int, _ b: Int) {
      let (from, to) = (max(group[a], group[b]), min(group[a], group[b]))
      for i in 0..<12 where group[i] == from { group[i] = to }
    }
    let crossing = edges.indices.filter { inside(edges[$0].low) != inside(edges[$0].high) }
    for axis in 0..<3 {
      for side in 0..<2 {
        let face = crossing.filter { edges[$0].low >> axis & 1 == side && edges[$0].high >> axis & 1 == side }
        if face.count == 2 { merge(face[0], face[1]) }
        if face.count == 4 {
          // Two inside corners across the diagonal stay apart.
          for corner in 0..<8 where corner >> axis & 1 == side && inside(corner) {
            let around = face.filter { edges[$0].low == corner || edges[$0].high == corner }
            merge(around[0], around[1])
          }
        }
      }
    }
    var names: [Int] = []
    var result = [Int8](repeating: -1, count: 12)
    for e in crossing {
      if !names.contains(group[e]) { names.append(group[e]) }
      result[e] = Int8(names.firstIndex(of: group[e]) ?? 0)
    }
    return result
  }
}
