// The outer skin of a head on a grid of directions, a node to a degree, as tape measures and paper lie on it.
//
// What is drawn on paper must not know the triangles of a scan, its holes or its grain. So the skin is sampled anew in the
// coordinates of the tape (planes through both tragions, angles inside them, as `ScalpFrame`), and noise finer than the paper
// follows is taken out: radii are averaged with their neighbours, which takes about 0.02 mm off a head.
//
//   row i: the plane at alpha = -80° + i, 0 forward, 90 up;  column j: the angle inside it, j - 83 degrees to the left
//   node = columns · i + j; each cell is cut from its first corner to the one across

import Arithmetic
import Meshes

/// The outer skin of a head on a grid of directions. Columns grow to the subject's left and rows from the face over the vertex to
/// the nape, so that seen from outside the grid has the hand of a sheet of paper.
public struct SkinGrid: Sendable {
  static let step: Float = .pi / 180
  static let halfWidth = 83
  static let columns = 2 * halfWidth + 1
  static let rows = 333

  public let frame: ScalpFrame
  /// Nodes, mm in the head frame; over holes of the mesh the bridge.
  public let positions: [SIMD3<Float>]
  /// Where each node lies on the mesh; `nil` over holes.
  public let points: [SurfacePoint?]

  /// Samples the skin of `frame`'s head. The result does not depend on the number of threads.
  public init(_ frame: ScalpFrame, threads: Int? = nil) {
    self.frame = frame
    let sampled = tabulate(Self.rows, initial: [(SurfacePoint?, Float)](), threads: threads) { i in
      (0..<Self.columns).map { j in
        let expected = frame.radius(row: Self.frameRow(Float(i)), column: Self.frameColumn(Float(j)))
        let hit = frame.bins.nearestHit(
          frame.head.mesh, towards: Self.direction(row: Float(i), column: Float(j)), expected: expected)
        // Skin that lies elsewhere is another's: an ear, an inner wall.
        guard let hit, abs(length(hit.position) - expected) < 6 else { return (nil, expected) }
        return (hit, length(hit.position))
      }
    }
    points = sampled.flatMap { $0.map(\.0) }
    var radii = sampled.flatMap { $0.map(\.1) }
    for _ in 0..<3 { radii = smoothed(radii) }
    positions = radii.indices.map { n in
      Self.direction(row: Float(n / Self.columns), column: Float(n % Self.columns)) * radii[n]
    }
  }

  /// Row and column of a position, which is taken along its direction from the middle between the tragions.
  public func place(of position: SIMD3<Float>) -> SIMD2<Float> {
    SIMD2(
      (ScalpFrame.alpha(position) - ScalpFrame.firstAlpha) / Self.step,
      ScalpFrame.theta(position) / Self.step + Float(Self.halfWidth))
  }

  /// The skin at a row and column, mm; beyond the grid its border.
  public func position(at place: SIMD2<Float>) -> SIMD3<Float> {
    let (t, weights) = triangle(at: place)
    return positions[t.x] * weights.x + positions[t.y] * weights.y + positions[t.z] * weights.z
  }

  /// A place on the midline `up` mm from the glabella.
  public func midline(up: Float) -> SIMD2<Float> { SIMD2(2 * frame.row(up: up), Float(Self.halfWidth)) }

  /// The nodes of the triangle that holds a place, and their weights.
  func triangle(at place: SIMD2<Float>) -> (nodes: SIMD3<Int>, weights: SIMD3<Float>) {
    let r = held(place.x, 0, Float(Self.rows - 1) - 0.001)
    let c = held(place.y, 0, Float(Self.columns - 1) - 0.001)
    let (i, j) = (Int(r), Int(c))
    let (u, v) = (r - Float(i), c - Float(j))
    let n = i * Self.columns + j
    return v >= u
      ? (SIMD3(n, n + 1, n + Self.columns + 1), SIMD3(1 - v, v - u, u))
      : (SIMD3(n, n + Self.columns + 1, n + Self.columns), SIMD3(1 - u, v, u - v))
  }

  /// The two triangles of each cell, counter-clockwise from outside.
  static func triangles(ofCell i: Int, _ j: Int) -> [SIMD3<Int>] {
    let n = i * columns + j
    return [SIMD3(n, n + 1, n + columns + 1), SIMD3(n, n + columns + 1, n + columns)]
  }

  /// Per node: whether paper could lie there. Where skin turns away from the direction in which it is seen by more than 45°, as it does
  /// behind an ear, none could.
  var canBePapered: [Bool] {
    var can = [Bool](repeating: true, count: positions.count)
    for i in 0..<Self.rows - 1 {
      for j in 0..<Self.columns - 1 {
        for t in Self.triangles(ofCell: i, j) {
          let normal = cross(positions[t.y] - positions[t.x], positions[t.z] - positions[t.x])
          let p = positions[t.x]
          if dot(normal, p) < 0.707 * length(normal) * length(p) { for k in 0..<3 { can[t[k]] = false } }
        }
      }
    }
    return can
  }

  private static func frameRow(_ row: Float) -> Float { 0.5 * row }
  private static func frameColumn(_ column: Float) -> Float {
    0.5 * (column - Float(halfWidth)) + Float(ScalpFrame.middle)
  }

  private static func direction(row: Float, column: Float) -> SIMD3<Float> {
    let alpha = Double(ScalpFrame.firstAlpha + row * step)
    let theta = Double((column - Float(halfWidth)) * step)
    return SIMD3(Float(sine(theta)), Float(cosine(theta) * sine(alpha)), Float(cosine(theta) * cosine(alpha)))
  }
}

/// Each radius averaged with its neighbours, (1 2 1)/4 along the rows and along the columns.
private func smoothed(_ radii: [Float]) -> [Float] {
  let (rows, columns) = (SkinGrid.rows, SkinGrid.columns)
  var across = radii
  for n in radii.indices where n % columns > 0 && n % columns < columns - 1 {
    across[n] = 0.25 * (radii[n - 1] + radii[n + 1]) + 0.5 * radii[n]
  }
  var result = across
  for n in columns..<(rows - 1) * columns {
    result[n] = 0.25 * (across[n - columns] + across[n + columns]) + 0.5 * across[n]
  }
  return result
}
