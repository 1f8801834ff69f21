// How far the nodes of the grid are from what is drawn, and what their shapes count for it.

import Arithmetic
import Meshes

/// How far nodes are from the lines.
struct LineReach {
  /// Attention to lines when a piece is laid flat, as a rule.
  static let full = 1.0
  /// How much lines may stretch over what a piece may.
  static let share = 0.4
  /// Margin less distance to the nearest line, mm.
  let inside: [Float]
  /// Whether a node lies beside a tape.
  let isTape: [Bool]
  private let margin: Float

  init(_ lines: [SheetLine], on grid: SkinGrid, margin: Float) {
    var inside = [Float](repeating: -margin, count: grid.positions.count)
    var isTape = [Bool](repeating: false, count: grid.positions.count)
    for line in lines {
      for place in line.places {
        let p = grid.position(at: place)
        // Cells of a degree are at least so wide there, mm.
        let across = Int(2 * margin / (length(p) * SkinGrid.step)) + 2
        let thin = max((p.y * p.y + p.z * p.z).squareRoot(), 10) * SkinGrid.step
        let along = Int(2 * margin / thin) + 2
        let (row, column) = (Int(place.x), Int(place.y))
        for i in max(0, row - along)...min(SkinGrid.rows - 1, row + along) {
          for j in max(0, column - across)...min(SkinGrid.columns - 1, column + across) {
            let n = i * SkinGrid.columns + j
            let d = margin - length(grid.positions[n] - p)
            if d > inside[n] { inside[n] = d }
            if line.isTape, d > 0.6 * margin { isTape[n] = true }
          }
        }
      }
    }
    let can = grid.canBePapered
    for n in inside.indices where !can[n] { inside[n] = min(inside[n], -0.01) }
    (self.inside, self.isTape, self.margin) = (inside, isTape, margin)
  }

  /// How much a triangle's shape counts: most along tapes, then along lines.
  func weight(_ t: SIMD3<Int>) -> Double {
    if isTape[t.x] || isTape[t.y] || isTape[t.z] { return 100 }
    let near = max(inside[t.x], inside[t.y], inside[t.z]) / margin
    return near > 0.7 ? 30 : 1
  }

  /// Sheets with a tape first, then from front to back and from left to right.
  func order(_ inside: [Float]) -> (Int, Float, Float) {
    var sum = SIMD2<Float>.zero
    var count: Float = 0
    var hasTape = false
    for n in inside.indices where inside[n] > 0 {
      sum += SIMD2(Float(n / SkinGrid.columns), -Float(n % SkinGrid.columns))
      count += 1
      if isTape[n] { hasTape = true }
    }
    let mean = sum / max(count, 1)
    return (hasTape ? 0 : 1, mean.x.rounded(), mean.y)
  }
}
