// Paper for lines on the scalp: a strip of skin around them, unrolled, and cut into gores where one piece would stretch too much.
//
// Skin within a margin of any line belongs to the paper, no more: a strip along a line unrolls nearly as it is (about
// margin² / 2R² of stretch on a sphere of radius R), a cap does not. Strips that touch are one sheet. A sheet that stretches more
// than allowed is cut by a plane and each part unrolled anew, until every one holds: first a sheet with a tape from the
// glabella across it, by a plane through both tragions, which leaves the front whole; others across their longest direction.

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

/// A piece of unrolled skin: x to the subject's left and y upwards, towards the vertex, as near as the piece allows.
public struct ScalpSheet: Sendable {
  /// A cut that this sheet shares with another.
  public struct Cut: Sendable {
    /// The same on both sides, from 0.
    public var number: Int
    /// Per node, mm: zero on the cut, positive on this side.
    let side: [Float]
  }
  public let grid: SkinGrid
  public internal(set) var cuts: [Cut]
  /// Greatest stretch of any triangle of it; see `UnrolledSurface.stretches`.
  public let stretch: Double
  /// Whether y runs towards the vertex against the rows: on the back of the head.
  public let isBack: Bool
  /// Per node: distance to the edge of the sheet, mm, positive on it.
  let inside: [Float]
  /// Per node: its place in `places`, -1 off the sheet.
  private let vertices: [Int32]
  private let places: [SIMD2<Double>]

  /// Unrolls the nodes that are `inside`; `nil` where they cannot lie flat at all.
  init?(_ grid: SkinGrid, inside: [Float], cuts: [Cut], reach: LineReach, limit: Double) {
    var vertices = [Int32](repeating: -1, count: inside.count)
    var nodes: [Int] = []
    var triangles: [SIMD3<UInt32>] = []
    var weights: [Double] = []
    for i in 0..<SkinGrid.rows - 1 {
      for j in 0..<SkinGrid.columns - 1 {
        for t in SkinGrid.triangles(ofCell: i, j) where max(inside[t.x], inside[t.y], inside[t.z]) > 0 {
          var corners = SIMD3<UInt32>.zero
          for k in 0..<3 {
            if vertices[t[k]] < 0 {
              vertices[t[k]] = Int32(nodes.count)
              nodes.append(t[k])
            }
            corners[k] = UInt32(vertices[t[k]])
          }
          triangles.append(corners)
          weights.append(reach.weight(t))
        }
      }
    }
    guard let flat = unrolled(nodes.map { grid.positions[$0] }, triangles, weights: weights, limit: limit) else {
      return nil
    }
    self.grid = grid
    self.cuts = cuts
    self.inside = inside
    self.vertices = vertices
    stretch = flat.stretches.max() ?? 0
    // Upright: the mean direction of the rows, of those beside the midline if there are any.
    func rows(_ nodes: [Int]) -> (sum: SIMD2<Double>, count: Int) {
      var sum = SIMD2<Double>.zero
      var count = 0
      for n in nodes where n + SkinGrid.columns < vertices.count && vertices[n + SkinGrid.columns] >= 0 {
        sum += flat.places[Int(vertices[n + SkinGrid.columns])] - flat.places[Int(vertices[n])]
        count += 1
      }
      return (sum, count)
    }
    let middle = rows(nodes.filter { abs(grid.positions[$0].x) < 10 })
    var up = middle.count > 20 ? middle.sum : rows(nodes).sum
    let meanRow = nodes.reduce(0) { $0 + $1 / SkinGrid.columns } / max(nodes.count, 1)
    isBack = Float(meanRow) > grid.place(of: grid.frame.head.landmarks.vertex).x
    if isBack { up = -up }
    let size = (up * up).sum().squareRoot()
    up = size > 0 ? up / size : SIMD2(0, 1)
    places = flat.places.map { SIMD2($0.x * up.y - $0.y * up.x, $0.x * up.x + $0.y * up.y) }
  }

  /// Where a place of the skin lies on the sheet, mm, and how far from its edge; `nil` off the sheet.
  public func point(at place: SIMD2<Float>) -> (point: SIMD2<Double>, inside: Float)? {
    let (t, w) = grid.triangle(at: place)
    guard vertices[t.x] >= 0, vertices[t.y] >= 0, vertices[t.z] >= 0 else { return nil }
    let point =
      places[Int(vertices[t.x])] * Double(w.x) + places[Int(vertices[t.y])] * Double(w.y)
      + places[Int(vertices[t.z])] * Double(w.z)
    return (point, inside[t.x] * w.x + inside[t.y] * w.y + inside[t.z] * w.z)
  }

  /// A line of the skin as far as it lies on the sheet, in pieces, mm.
  public func drawn(_ line: [SIMD2<Float>]) -> [[SIMD2<Double>]] {
    var pieces: [[SIMD2<Double>]] = []
    var piece: [SIMD2<Double>] = []
    var last: (point: SIMD2<Double>, inside: Float)?
    for place in line {
      let here = point(at: place)
      if let here, let last, (here.inside >= 0) != (last.inside >= 0) {
        let share = Double(last.inside / (last.inside - here.inside))
        piece.append(last.point + (here.point - last.point) * share)
      }
      if let here, here.inside >= 0 { piece.append(here.point) }
      if here == nil || here!.inside < 0 {
        if piece.count > 1 { pieces.append(piece) }
        piece = []
      }
      last = here
    }
    if piece.count > 1 { pieces.append(piece) }
    return pieces
  }

  /// How much a line of the skin is longer or shorter on the sheet, as a share, where it is most: over lengths of 20 mm and more.
  public func stretch(along line: [SIMD2<Float>]) -> Double {
    var greatest = 0.0
    var lengths = SIMD2<Double>.zero
    var last: (SIMD2<Float>, SIMD2<Double>)?
    for place in line {
      guard let here = point(at: place), here.inside >= 0 else {
        (last, lengths) = (nil, .zero)
        continue
      }
      if let last {
        let step = here.point - last.1
        let skin = length(grid.position(at: place) - grid.position(at: last.0))
        lengths += SIMD2(Double(skin), (step * step).sum().squareRoot())
      }
      if lengths.x >= 20 {
        greatest = max(greatest, abs(lengths.y / lengths.x - 1))
        lengths = .zero
      }
      last = (place, here.point)
    }
    return greatest
  }

  /// Its edge as closed lines, mm, each step with the number of the cut that it runs along, -1 for none.
  public var outline: [(points: [SIMD2<Double>], cuts: [Int])] {
    grid.contours(of: inside).compactMap { line in
      let points = line.places.compactMap { point(at: $0)?.point }
      guard points.count == line.places.count, points.count > 2 else { return nil }
      let sides = line.places.map { place in
        let (t, w) = grid.triangle(at: place)
        return cuts.map { $0.side[t.x] * w.x + $0.side[t.y] * w.y + $0.side[t.z] * w.z }
      }
      let steps = points.indices.map { i in
        let (a, b) = (sides[i], sides[(i + 1) % points.count])
        return cuts.indices.first { abs(a[$0]) < 0.15 && abs(b[$0]) < 0.15 }.map { cuts[$0].number } ?? -1
      }
      return (points, steps)
    }
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

/// Sheets that hold all of the lines, each stretched by less than `limit`; those with a tape first, then from front to back.
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
    // With its holes filled, if that will do: a disc is easier to lay than a ring.
    var sheet: ScalpSheet?
    for inside in [withoutHoles(piece.inside), piece.inside].compactMap(\.self) {
      sheet = ScalpSheet(grid, inside: inside, cuts: piece.cuts, reach: reach, limit: limit)
      if let sheet, sheet.stretch <= limit { break }
    }
    if let sheet, sheet.stretch <= limit {
      sheets.append(sheet)
      continue
    }
    guard piece.depth < 5 else {
      let nodes = piece.inside.indices.filter { piece.inside[$0] > 0 }
      let middle = nodes.reduce(SIMD3<Float>.zero) { $0 + grid.positions[$1] } / Float(max(nodes.count, 1))
      let place = grid.frame.coordinates(of: middle)
      throw UnrollingError(stretch: sheet?.stretch ?? .infinity, up: place.up, side: place.side)
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
  return sheets
}

/// A piece that may become a sheet.
private struct Piece {
  var inside: [Float]
  var cuts: [ScalpSheet.Cut]
  var depth: Int

  /// Per node its distance from a plane that halves the piece, mm.
  func cut(on grid: SkinGrid, reach: LineReach) -> [Float] {
    let nodes = inside.indices.filter { inside[$0] > 0 }
    let middle = nodes.reduce(SIMD3<Float>.zero) { $0 + grid.positions[$1] } / Float(max(nodes.count, 1))
    var normal: SIMD3<Float>
    if depth == 0, nodes.contains(where: { reach.isTape[$0] }) {
      let rows = nodes.map { $0 / SkinGrid.columns }.sorted()
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
    normal = SIMD3(1, 0.1, 0.01)
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

/// How far nodes are from the lines.
struct LineReach {
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
