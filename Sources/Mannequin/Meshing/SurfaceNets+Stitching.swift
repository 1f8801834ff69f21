// Joins the vertices of the bricks into triangles: each lattice edge that the surface crosses becomes a quad
// between the (up to four) cells around it, of whatever size they are.

import Arithmetic

/// Stitches bricks of the left half and their mirror images into one mesh.
///
/// `bricks` are in lattice order.
func stitched(_ bricks: [SurfaceBrick], in lattice: SurfaceLattice, of field: MannequinField) -> TemplateMesh {
  var stitcher = Stitcher(bricks, in: lattice, of: field)
  for b in bricks.indices { stitcher.addQuads(of: b) }
  for _ in 0..<Stitcher.relaxations { stitcher.relaxSlivers() }
  var half = stitcher.halfMesh()
  half.refine(on: field, cell: lattice.unit)
  var mesh = half.whole()
  mesh.separateTouchingSheets()
  return mesh
}

private struct Stitcher {
  private let bricks: [SurfaceBrick]
  private let lattice: SurfaceLattice
  private let field: MannequinField
  /// Index of the brick at each slot of its low corner, or -1.
  private var brickAt: [Int32]
  private var base: [Int] = []
  private var positions: [SIMD3<Float>] = []
  private var normals: [SIMD3<Float>] = []
  /// Vertices of cells that only finer neighbours see crossed, by brick * 64 + cell.
  private var extra: [Int: Int] = [:]
  /// Corners of quads; -1 - v is the mirror image of vertex v. A triangle repeats its last corner.
  private var quads: [SIMD4<Int32>] = []

  init(_ bricks: [SurfaceBrick], in lattice: SurfaceLattice, of field: MannequinField) {
    self.bricks = bricks
    self.lattice = lattice
    self.field = field
    brickAt = [Int32](repeating: -1, count: lattice.levels.count)
    for (i, b) in bricks.enumerated() {
      brickAt[b.slot] = Int32(i)
      base.append(positions.count)
      positions += b.positions
      normals += b.normals
    }
  }

  private struct Place {
    var level: Int
    var brick: Int
    var cell: SIMD3<Int>
    var mirrored: Bool
  }

  /// The cell at a point given in half units.
  private func place(_ point: SIMD3<Int>) -> Place? {
    var q = point
    let mirrored = q.x < 0
    if mirrored { q.x = -q.x }
    if q.y < 0 || q.z < 0 { return nil }
    let (x, y, z) = (q.x / 8, q.y / 8, q.z / 8)
    if x >= lattice.slots.x || y >= lattice.slots.y || z >= lattice.slots.z { return nil }
    let brick = Int(brickAt[lattice.brickSlot(x, y, z)])
    if brick < 0 { return nil }
    let b = bricks[brick]
    let size = 2 * SurfaceLattice.cellUnits(b.level)
    let cell = SIMD3(
      (q.x - 2 * b.low.x) / size, (q.y - 2 * b.low.y) / size, (q.z - 2 * b.low.z) / size)
    return Place(level: b.level, brick: brick, cell: cell, mirrored: mirrored)
  }

  mutating func addQuads(of index: Int) {
    let brick = bricks[index]
    let step = SurfaceLattice.cellUnits(brick.level)
    for axis in 0..<3 {
      let (a1, a2) = ((axis + 1) % 3, (axis + 2) % 3)
      var c = SIMD3<Int>.zero
      for along in 0..<4 {
        for second in 0..<5 {
          for third in 0..<5 {
            c[axis] = along
            c[a1] = second
            c[a2] = third
            let starts = brick.inside[SurfaceBrick.point(c.x, c.y, c.z)]
            var end = c
            end[axis] += 1
            if starts == brick.inside[SurfaceBrick.point(end.x, end.y, end.z)] { continue }
            var middle = (brick.low &+ c &* step) &* 2
            middle[axis] += step
            addQuad(around: middle, axis: axis, a1: a1, a2: a2, startsInside: starts, from: index)
          }
        }
      }
    }
  }

  private mutating func addQuad(
    around middle: SIMD3<Int>, axis: Int, a1: Int, a2: Int, startsInside: Bool, from index: Int
  ) {
    // The cells around the edge, counter-clockwise seen from its high end
    var places: [Place] = []
    for (d1, d2) in [(-1, -1), (1, -1), (1, 1), (-1, 1)] {
      var q = middle
      q[a1] += d1
      q[a2] += d2
      guard let p = place(q) else { return }
      places.append(p)
    }
    // An edge belongs to the first of the smallest cells around it.
    var owner = 0
    for i in 1..<4 where places[i].level > places[owner].level { owner = i }
    if places[owner].mirrored {
      owner = places.indices.first { places[$0].level == places[owner].level && !places[$0].mirrored } ?? owner
    }
    if places[owner].brick != index || places[owner].level != bricks[index].level { return }
    var corners: [Int32] = []
    for p in places {
      let v = vertex(p, edgeMiddle: middle, axis: axis)
      let id = Int32(p.mirrored ? -1 - v : v)
      if !corners.contains(id) { corners.append(id) }
    }
    if corners.count < 3 { return }
    if !startsInside { corners.reverse() }
    quads.append(SIMD4(corners[0], corners[1], corners[2], corners[corners.count - 1]))
  }

  /// The vertex of the sheet that crosses an edge, in a cell beside it.
  private mutating func vertex(_ p: Place, edgeMiddle: SIMD3<Int>, axis: Int) -> Int {
    let b = bricks[p.brick]
    let cell = SurfaceBrick.cell(p.cell.x, p.cell.y, p.cell.z)
    let first = Int(b.firstVertex[cell])
    if first < 0 { return extraVertex(p, cell) }
    let sheetCount = DualCells.sheetCount[Int(b.pattern[cell])]
    if sheetCount == 1 { return base[p.brick] + first }
    // Which of the cell's edges is it?
    let size = 2 * SurfaceLattice.cellUnits(b.level)
    var middle = edgeMiddle
    if p.mirrored { middle.x = -middle.x }
    let low = (b.low &* 2) &+ p.cell &* size
    var corner = 0
    var matches = middle[axis] - low[axis] == size / 2
    for a in 0..<3 where a != axis {
      let offset = middle[a] - low[a]
      if offset == size { corner |= 1 << a } else if offset != 0 { matches = false }
    }
    if matches,
      let e = DualCells.edges.indices.first(where: {
        DualCells.edges[$0].low == corner && DualCells.edges[$0].high == corner | 1 << axis
      })
    {
      let sheet = Int(DualCells.sheets[Int(b.pattern[cell])][e])
      if sheet >= 0 { return base[p.brick] + first + sheet }
    }
    // A finer edge on the cell's border: the nearest sheet
    let at = lattice.origin + SIMD3(Float(middle.x), Float(middle.y), Float(middle.z)) * (lattice.unit / 2)
    var best = base[p.brick] + first
    for v in best..<best + sheetCount {
      let d = positions[v] - at
      let e = positions[best] - at
      if dot(d, d) < dot(e, e) { best = v }
    }
    return best
  }

  /// The vertex of a cell whose own corners are all on one side.
  private mutating func extraVertex(_ p: Place, _ cell: Int) -> Int {
    let key = p.brick * 64 + cell
    if let known = extra[key] { return known }
    let b = bricks[p.brick]
    let units = SurfaceLattice.cellUnits(b.level)
    let low = b.low &+ p.cell &* units
    let h = lattice.unit * Float(units)
    let vertex = projectedVertex(near: lattice.position(low.x, low.y, low.z) + h / 2, cell: h, of: field)
    positions.append(vertex.position)
    normals.append(vertex.normal)
    extra[key] = positions.count - 1
    return positions.count - 1
  }

  static let relaxations = 5
  /// Quality below which a triangle's corners are moved: a smallest angle of about 20 degrees.
  private static let poor: Float = 0.13

  /// Position of a corner, mirrored or not.
  private func position(_ id: Int32) -> SIMD3<Float> {
    if id >= 0 { return positions[Int(id)] }
    let p = positions[Int(-1 - id)]
    return SIMD3(-p.x, p.y, p.z)
  }

  /// Moves the corners of badly shaped quads along the skin towards the mean of their neighbours.
  ///
  /// A vertex at the mean of its cell's crossings can come close to the next one where the skin turns sharply.
  mutating func relaxSlivers() {
    var marked = [Bool](repeating: false, count: positions.count)
    func vertex(_ id: Int32) -> Int { id >= 0 ? Int(id) : Int(-1 - id) }
    var any = false
    for q in quads where splitQuality(q) < Self.poor {
      for k in 0..<4 { marked[vertex(q[k])] = true }
      any = true
    }
    if !any { return }
    var sums = [SIMD3<Float>](repeating: .zero, count: positions.count)
    var counts = [Float](repeating: 0, count: positions.count)
    for q in quads {
      let corners = q.z == q.w ? 3 : 4
      for k in 0..<corners where marked[vertex(q[k])] {
        // Seen from the vertex's own side of the midline
        for n in [q[(k + 1) % corners], q[(k + corners - 1) % corners]] {
          var p = position(n)
          if q[k] < 0 { p.x = -p.x }
          sums[vertex(q[k])] += p
          counts[vertex(q[k])] += 1
        }
      }
    }
    for v in positions.indices where marked[v] && counts[v] > 0 && positions[v].y > field.cutHeight {
      let towards = sums[v] / counts[v] - positions[v]
      let along = towards - normals[v] * dot(towards, normals[v])
      let moved = projectedVertex(near: positions[v] + along * 0.6, cell: lattice.unit, of: field)
      positions[v] = moved.position
      normals[v] = moved.normal
    }
  }

  /// Quality of the worse triangle of a quad's better split.
  private func splitQuality(_ q: SIMD4<Int32>) -> Float {
    let (a, b, c, d) = (position(q.x), position(q.y), position(q.z), position(q.w))
    if q.z == q.w { return quality(a, b, c) }
    return max(
      min(quality(a, b, c), quality(a, c, d)), min(quality(b, c, d), quality(b, d, a)))
  }

  /// Splits the quads.
  func halfMesh() -> HalfMesh {
    var half = HalfMesh(positions: positions, normals: normals, triangles: [], central: [])
    half.triangles.reserveCapacity(quads.count * 2)
    for q in quads {
      // A quad across the midline is its own mirror image.
      let isCentral = (q.x < 0) != (q.y < 0) || (q.y < 0) != (q.z < 0) || (q.z < 0) != (q.w < 0)
      func add(_ a: Int32, _ b: Int32, _ c: Int32) {
        if isCentral { half.central.append(SIMD3(a, b, c)) } else { half.triangles.append(SIMD3(a, b, c)) }
      }
      if q.z == q.w {
        add(q.x, q.y, q.z)
        continue
      }
      let (a, b, c, d) = (position(q.x), position(q.y), position(q.z), position(q.w))
      if min(quality(a, b, c), quality(a, c, d)) >= min(quality(b, c, d), quality(b, d, a)) {
        add(q.x, q.y, q.z)
        add(q.x, q.z, q.w)
      } else {
        add(q.y, q.z, q.w)
        add(q.y, q.w, q.x)
      }
    }
    return half
  }

  /// Area over the sum of squared sides: falls with the smallest angle.
  private func quality(_ a: SIMD3<Float>, _ b: SIMD3<Float>, _ c: SIMD3<Float>) -> Float {
    let (u, v, w) = (b - a, c - a, c - b)
    let area = length(cross(u, v))
    return area / max(dot(u, u) + dot(v, v) + dot(w, w), 1e-12)
  }
}
