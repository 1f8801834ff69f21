// The skin as triangles: surface nets over the bricks that the surface passes through, each vertex moved onto
// the zero of the field.
//
// S. F. F. Gibson. Constrained elastic surface nets. 1998.
// J. Bloomenthal. An implicit surface polygonizer. 1994 (following the surface from cell to cell).
//
// Goals, in order:
// 1. Closed, also where bricks of different size meet: following the surface visits every brick it crosses.
// 2. The same bytes for any number of threads: bricks are independent and are joined in lattice order.
// 3. Well shaped triangles on the surface: vertices are the mean of the crossings of their cell, then take damped
//    Newton steps along the gradient; quads are split by the diagonal that leaves the better worst angle.

import Arithmetic

/// The skin in the template frame.
struct TemplateMesh: Sendable {
  var positions: [SIMD3<Float>]
  var normals: [SIMD3<Float>]
  var triangles: [SIMD3<UInt32>]
}

/// One brick with what the surface leaves in it.
struct SurfaceBrick: Sendable {
  static let side = SurfaceLattice.cells
  static let points = side + 1

  var slot: Int
  var low: SIMD3<Int>  // in units
  var level: Int
  /// Whether each of the 5 x 5 x 5 lattice points is inside.
  var inside: [Bool]
  /// First vertex of each cell, or -1; further sheets follow.
  var firstVertex: [Int16]
  /// Sign pattern of each cell.
  var pattern: [UInt8]
  var positions: [SIMD3<Float>]
  var normals: [SIMD3<Float>]
  /// Slots of the bricks across crossed edges on the border.
  var neighbours: [Int]

  @inline(__always)
  static func point(_ i: Int, _ j: Int, _ k: Int) -> Int { (k * points + j) * points + i }
  @inline(__always)
  static func cell(_ i: Int, _ j: Int, _ k: Int) -> Int { (k * side + j) * side + i }
}

/// Samples the field in one brick and places its vertices.
func surfaceBrick(slot: Int, in lattice: SurfaceLattice, of whole: MannequinField) -> SurfaceBrick {
  let corner = lattice.coordinates(slot)
  let level = Int(lattice.levels[slot])
  let step = SurfaceLattice.cellUnits(level)
  let low = corner &* 4
  let h = lattice.unit * Float(step)
  // A quarter of a cell around the brick, for vertices that leave it.
  let margin = h / 4
  let box = FieldBox(
    low: lattice.position(low.x, low.y, low.z) - SIMD3(0, margin, margin),
    high: lattice.position(low.x + 4 * step, low.y + 4 * step, low.z + 4 * step) + margin)
  let field = whole.reduced(to: box)

  // Sample the lattice points; below the cut is outside.
  var values = [Float](repeating: 0, count: 125)
  var inside = [Bool](repeating: false, count: 125)
  var insideCount = 0
  for k in 0..<5 {
    for j in 0..<5 {
      for i in 0..<5 {
        let p = lattice.position(low.x + i * step, low.y + j * step, low.z + k * step)
        let n = SurfaceBrick.point(i, j, k)
        values[n] = p.y < whole.cutHeight ? h : field.value(p.x, p.y, p.z)
        inside[n] = values[n] < 0
        if inside[n] { insideCount += 1 }
      }
    }
  }
  var brick = SurfaceBrick(
    slot: slot, low: low, level: level, inside: inside, firstVertex: [Int16](repeating: -1, count: 64),
    pattern: [UInt8](repeating: 0, count: 64), positions: [], normals: [], neighbours: [])
  // A brick that only finer neighbours see crossed stays: they need vertices in its cells.
  if insideCount == 0 || insideCount == 125 { return brick }
  brick.findNeighbours(lattice)

  // One vertex per sheet in each cell, at the mean of the crossings
  for k in 0..<4 {
    for j in 0..<4 {
      for i in 0..<4 {
        var pattern = 0
        for c in 0..<8 where inside[SurfaceBrick.point(i + (c & 1), j + (c >> 1 & 1), k + (c >> 2))] {
          pattern |= 1 << c
        }
        if pattern == 0 || pattern == 255 { continue }
        let cell = SurfaceBrick.cell(i, j, k)
        brick.pattern[cell] = UInt8(pattern)
        brick.firstVertex[cell] = Int16(brick.positions.count)
        let sheets = DualCells.sheets[pattern]
        let centre = lattice.position(low.x + i * step, low.y + j * step, low.z + k * step) + h / 2
        let isBase = centre.y - h / 2 < whole.cutHeight
        for sheet in 0..<DualCells.sheetCount[pattern] {
          var sum = SIMD3<Float>.zero
          var count: Float = 0
          for e in 0..<12 where sheets[e] == sheet && !(isBase && (4..<8).contains(e)) {
            let a = DualCells.edges[e].low
            let b = DualCells.edges[e].high
            let fa = values[SurfaceBrick.point(i + (a & 1), j + (a >> 1 & 1), k + (a >> 2))]
            let fb = values[SurfaceBrick.point(i + (b & 1), j + (b >> 1 & 1), k + (b >> 2))]
            let t = fa / (fa - fb)
            func along(_ bit: Int) -> Float {
              let from = Float(a >> bit & 1)
              return from + t * (Float(b >> bit & 1) - from) - 0.5
            }
            sum += SIMD3(along(0), along(1), along(2))
            count += 1
          }
          let start = count > 0 ? centre + sum * (h / count) : centre
          let vertex =
            isBase
            ? baseVertex(near: start, rim: count > 0, cell: h, of: field)
            : projectedVertex(near: start, cell: h, of: field)
          brick.positions.append(vertex.position)
          brick.normals.append(vertex.normal)
        }
      }
    }
  }
  return brick
}

/// Moves a point onto the surface by damped Newton steps; returns it with the unit normal there.
func projectedVertex(near start: SIMD3<Float>, cell h: Float, of field: MannequinField)
  -> (position: SIMD3<Float>, normal: SIMD3<Float>)
{
  var p = start
  var gradient = SIMD3<Float>.zero
  for _ in 0..<3 {
    let sample = field.valueAndGradient(p)
    gradient = sample.gradient
    var step = gradient * (-sample.value / max(dot(gradient, gradient), 0.15))
    let size = length(step)
    if size > h / 2 { step *= h / 2 / size }
    p += step
    // Nearly there: the gradient of a hundredth of a cell away is that of the vertex.
    if size < 0.01 * h { break }
  }
  // Stay near the own cell, so that neighbouring vertices do not pass each other.
  let moved = p - start
  let distance = length(moved)
  if distance > 0.7 * h { p = start + moved * (0.7 * h / distance) }
  p.x = max(p.x, 0.02 * h)
  return (p, normalized(gradient))
}

/// A vertex of the flat base: on the cut, and on its rim where the skin passes through the cell.
private func baseVertex(near start: SIMD3<Float>, rim: Bool, cell h: Float, of field: MannequinField)
  -> (position: SIMD3<Float>, normal: SIMD3<Float>)
{
  var p = start
  p.y = field.cutHeight
  if !rim { return (p, SIMD3(0, -1, 0)) }
  var gradient = SIMD3<Float>.zero
  for _ in 0..<4 {
    let sample = field.valueAndGradient(p)
    gradient = sample.gradient
    let flat = SIMD3(gradient.x, 0, gradient.z)
    var step = flat * (-sample.value / max(dot(flat, flat), 0.15))
    let size = length(step)
    if size > h { step *= h / size }
    p += step
  }
  p.x = max(p.x, 0.02 * h)
  return (p, normalized(gradient))
}

extension SurfaceBrick {
  /// Lists the bricks that share a crossed edge with this one.
  mutating func findNeighbours(_ lattice: SurfaceLattice) {
    let step = SurfaceLattice.cellUnits(level)
    for axis in 0..<3 {
      let (a1, a2) = ((axis + 1) % 3, (axis + 2) % 3)
      var c = SIMD3<Int>.zero
      for along in 0..<4 {
        for second in 0..<5 {
          for third in 0..<5 {
            if second % 4 != 0 && third % 4 != 0 { continue }
            c[axis] = along
            c[a1] = second
            c[a2] = third
            let here = inside[Self.point(c.x, c.y, c.z)]
            c[axis] += 1
            if here == inside[Self.point(c.x, c.y, c.z)] { continue }
            c[axis] -= 1
            // Twice the units: the middle of the edge, and a little to each of its four sides.
            var middle = (low &+ c &* step) &* 2
            middle[axis] += step
            for side in 0..<4 {
              var q = middle
              q[a1] += side & 1 == 0 ? -1 : 1
              q[a2] += side >> 1 == 0 ? -1 : 1
              if q.x < 0 || q.y < 0 || q.z < 0 { continue }
              let (x, y, z) = (q.x / 8, q.y / 8, q.z / 8)
              if x >= lattice.slots.x || y >= lattice.slots.y || z >= lattice.slots.z { continue }
              let other = lattice.brickSlot(x, y, z)
              if other != slot && !neighbours.contains(other) { neighbours.append(other) }
            }
          }
        }
      }
    }
  }
}

/// Bricks that the surface passes through, in lattice order, found by following it from `seeds`.
func surfaceBricks(
  from seeds: [Int], in lattice: SurfaceLattice, of field: MannequinField, threads: Int?
) -> [SurfaceBrick] {
  var seen = [Bool](repeating: false, count: lattice.levels.count)
  var front: [Int] = []
  for s in seeds where !seen[s] {
    seen[s] = true
    front.append(s)
  }
  var found: [SurfaceBrick] = []
  while !front.isEmpty {
    let wave = front
    let bricks = parallelMap(wave.count, perTile: 4, threads: threads) {
      surfaceBrick(slot: wave[$0], in: lattice, of: field)
    }
    front = []
    for brick in bricks {
      for n in brick.neighbours where !seen[n] {
        seen[n] = true
        front.append(n)
      }
      found.append(brick)
    }
  }
  return found.sorted { $0.slot < $1.slot }
}

/// `body(i)` for every `i` in `0..<count`, in order, computed in tiles on several threads.
func parallelMap<T: Sendable>(_ count: Int, perTile: Int, threads: Int?, _ body: @Sendable (Int) -> T) -> [T] {
  let tiles = (count + perTile - 1) / perTile
  var parts = [[T]](repeating: [], count: tiles)
  parts.withUnsafeMutableBufferPointer { buffer in
    nonisolated(unsafe) let slots = buffer
    parallelTiles(tiles, threads: threads) { tile in
      slots[tile] = (tile * perTile..<min(count, (tile + 1) * perTile)).map(body)
    }
  }
  return parts.flatMap { $0 }
}
