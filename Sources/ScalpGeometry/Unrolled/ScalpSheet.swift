// A piece of unrolled skin, and where what is drawn on the skin lies on it.

import Arithmetic
import Meshes

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
  ///
  /// - Parameters:
  ///   - attention: how much more lines count than blank paper, 1 in full, 0 not at all.
  ///   - limit: a stretch that will do.
  init?(_ grid: SkinGrid, inside: [Float], cuts: [Cut], reach: LineReach, attention: Double, limit: Double) {
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
          weights.append(1 + attention * (reach.weight(t) - 1))
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
