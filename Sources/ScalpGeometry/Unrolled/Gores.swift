// Paper for lines on the scalp: a strip of skin around them, unrolled, and cut into gores where one piece would stretch too much.
//
// Skin within a margin of any line belongs to the paper, no more: a strip along a line unrolls nearly as it is (about
// margin² / 2R² of stretch on a sphere of radius R), a cap does not. Strips that touch are one sheet. Shapes beside the lines count
// most, so that what stretch there is goes where nothing is drawn.
//
// A sheet that stretches more than allowed, or whose lines stretch by more than two fifths of that, is cut by a plane and each part
// unrolled anew, until every one holds: first a sheet that reaches from the glabella far back, by a plane through both tragions, which
// leaves the front whole; others across their longest direction.

import Arithmetic
import Meshes

/// A line that a sheet is made for.
public struct SheetLine: Sendable {
  /// Row and column on the grid, steps of 2 mm or less.
  public var places: [SIMD2<Float>]
  /// Whether it is a tape, whose length must come out right before all else.
  public var isTape: Bool

  public init(places: [SIMD2<Float>], isTape: Bool = false) {
    self.places = places
    self.isTape = isTape
  }
}

/// Why no sheet could be made.
public struct UnrollingError: Error, Sendable, Equatable {
  /// Stretch that was left, a share; infinite where the skin folds over itself.
  public var stretch: Double
  /// Where it is greatest: the middle of the piece, as the tape measures it, mm.
  public var up: Float
  public var side: Float
}

/// Sheets that hold all of the lines as far as paper can lie on them, each stretched by at most `limit`, and along its lines by at most two
/// fifths of that; those with a tape first, then from front to back.
///
/// The result depends on the arguments alone.
///
/// - Parameters:
///   - lines: what will be drawn.
///   - grid: the skin.
///   - margin: how far paper reaches beside each line, mm.
///   - limit: greatest stretch allowed, a share.
/// - Throws: `UnrollingError` where 32 pieces of one sheet would not do.
public func scalpSheets(for lines: [SheetLine], on grid: SkinGrid, margin: Float, limit: Double)
  throws(UnrollingError) -> [ScalpSheet]
{
  let reach = LineReach(lines, on: grid, margin: margin)
  var sheets: [ScalpSheet] = []
  var cutCount = 0
  // Depth first, so that parts of one strip follow each other.
  var waiting = parts(reach.inside).map { Piece(inside: $0, cuts: [], depth: 0) }
  waiting.sort { reach.order($0.inside) < reach.order($1.inside) }
  waiting.reverse()
  while let piece = waiting.popLast() {
    // With its holes filled, if that will do: a disc is easier to lay than a ring. Lines may give way a little before it is cut.
    var least = Double.infinity
    var done = false
    let whole = withoutHoles(piece.inside)
    for (inside, attention) in [(whole, LineReach.full), (piece.inside, LineReach.full), (piece.inside, 0.1)] {
      guard let inside,
        let sheet = ScalpSheet(
          grid, inside: inside, cuts: piece.cuts, reach: reach, attention: attention, limit: 0.6 * limit)
      else { continue }
      least = min(least, sheet.stretch)
      if sheet.stretch > limit { continue }
      let ofLines = lines.reduce(0) { max($0, sheet.stretch(along: $1.places)) }
      if ofLines > LineReach.share * limit, piece.depth < Piece.deepest { continue }
      // A cut may leave paper without a line.
      if lines.contains(where: { !sheet.drawn($0.places).isEmpty }) { sheets.append(sheet) }
      done = true
      break
    }
    if done { continue }
    guard piece.depth < Piece.deepest else {
      let nodes = piece.inside.indices.filter { piece.inside[$0] > 0 }
      let middle = nodes.reduce(SIMD3<Float>.zero) { $0 + grid.positions[$1] } / Float(max(nodes.count, 1))
      let place = grid.frame.coordinates(of: middle)
      throw UnrollingError(stretch: least, up: place.up, side: place.side)
    }
    let side = piece.cut(on: grid, reach: reach)
    var halves: [Piece] = []
    for sign in [1, -1] as [Float] {
      let own = side.map { $0 * sign }
      let inside = zip(piece.inside, own).map { min($0, $1) }
      let cut = ScalpSheet.Cut(number: cutCount, side: own)
      halves += parts(inside).map { Piece(inside: $0, cuts: piece.cuts + [cut], depth: piece.depth + 1) }
    }
    cutCount += 1
    halves.sort { reach.order($0.inside) < reach.order($1.inside) }
    waiting += halves.reversed()
  }
  // A cut with nothing on its other side is an edge.
  let numbers = sheets.flatMap { $0.cuts.map(\.number) }
  for i in sheets.indices {
    sheets[i].cuts.removeAll { cut in numbers.count { $0 == cut.number } < 2 }
  }
  return sheets
}

/// A piece that may become a sheet.
private struct Piece {
  /// Two to this power is how many parts a piece may be cut into.
  static let deepest = 5
  var inside: [Float]
  var cuts: [ScalpSheet.Cut]
  var depth: Int

  /// Per node its distance from a plane that halves the piece, mm.
  func cut(on grid: SkinGrid, reach: LineReach) -> [Float] {
    let nodes = inside.indices.filter { inside[$0] > 0 }
    let middle = nodes.reduce(SIMD3<Float>.zero) { $0 + grid.positions[$1] } / Float(max(nodes.count, 1))
    let rows = nodes.map { $0 / SkinGrid.columns }.sorted()
    // A tongue and a front without much behind them are no ring.
    let isDeep = rows[rows.count * 19 / 20] - rows[rows.count / 20] > 60
    if depth == 0, isDeep, nodes.contains(where: { reach.isTape[$0] }) {
      let alpha = Double(ScalpFrame.firstAlpha + Float(rows[rows.count / 2]) * SkinGrid.step)
      return grid.positions.map { $0.y * Float(cosine(alpha)) - $0.z * Float(sine(alpha)) }
    }
    // The direction in which the nodes spread most, by powers of their covariance
    var covariance = (SIMD3<Float>.zero, SIMD3<Float>.zero, SIMD3<Float>.zero)
    for n in nodes {
      let q = grid.positions[n] - middle
      covariance.0 += q * q.x
      covariance.1 += q * q.y
      covariance.2 += q * q.z
    }
    var normal = SIMD3<Float>(1, 0.1, 0.01)
    for _ in 0..<100 {
      normal = normalized(SIMD3(dot(covariance.0, normal), dot(covariance.1, normal), dot(covariance.2, normal)))
    }
    // Halves are left and right where they nearly are.
    if abs(normal.x) > 0.9, abs(middle.x) < 8 { return grid.positions.map(\.x) }
    let along = nodes.map { dot(grid.positions[$0], normal) }.sorted()
    let half = along[along.count / 2]
    return grid.positions.map { dot($0, normal) - half }
  }
}

/// The connected parts of what is above zero, each with the rest below it, by their first nodes.
private func parts(_ inside: [Float]) -> [[Float]] {
  var sets = DisjointSets(inside.count)
  let columns = SkinGrid.columns
  for n in inside.indices where inside[n] > 0 {
    if n % columns < columns - 1, inside[n + 1] > 0 { sets.join(n, n + 1) }
    if n + columns < inside.count, inside[n + columns] > 0 { sets.join(n, n + columns) }
    if n % columns < columns - 1, n + columns < inside.count, inside[n + columns + 1] > 0 {
      sets.join(n, n + columns + 1)
    }
  }
  var sizes: [Int32] = .init(repeating: 0, count: inside.count)
  for n in inside.indices where inside[n] > 0 { sizes[sets.root(n)] += 1 }
  var roots: [Int] = []
  // Crumbs of a few nodes hold nothing that could be traced.
  for n in inside.indices where inside[n] > 0 && sets.root(n) == n && sizes[n] >= 6 { roots.append(n) }
  return roots.map { root in
    inside.indices.map { inside[$0] > 0 && sets.root($0) != root ? -1 : inside[$0] }
  }
}

/// What is above zero with all that it surrounds; `nil` where it surrounds nothing.
private func withoutHoles(_ inside: [Float]) -> [Float]? {
  let (rows, columns) = (SkinGrid.rows, SkinGrid.columns)
  // What is reached from the border of the grid lies outside.
  var isOutside = [Bool](repeating: false, count: inside.count)
  var front: [Int] = []
  func reach(_ n: Int) {
    if isOutside[n] || inside[n] > 0 { return }
    isOutside[n] = true
    front.append(n)
  }
  for i in 0..<rows {
    reach(i * columns)
    reach(i * columns + columns - 1)
  }
  for j in 0..<columns {
    reach(j)
    reach((rows - 1) * columns + j)
  }
  while let n = front.popLast() {
    let (i, j) = (n / columns, n % columns)
    if j > 0 { reach(n - 1) }
    if j < columns - 1 { reach(n + 1) }
    if i > 0 { reach(n - columns) }
    if i < rows - 1 { reach(n + columns) }
  }
  let filled = inside.indices.map { inside[$0] > 0 || isOutside[$0] ? inside[$0] : max(-inside[$0], 0.5) }
  return filled == inside ? nil : filled
}
