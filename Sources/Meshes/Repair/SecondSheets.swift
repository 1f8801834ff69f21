// One skin: where sheets lie over one another, as inner walls of models hollowed for printing, copies of lesser detail,
// collision hulls, hair that stands on a skull and doubled passes of a scanner do, one of them is the skin and the others go.
//
// Between sheets that hang together each for itself the landmarks decide: they were read off the skin, so it is the sheet that
// passes nearest to them; of two that pass equally near, the larger. Within one piece it is what is seen from outside: a
// triangle is hidden if no ray of a fixed set around the way out of the head escapes (as ambient occlusion is found: S. Zhukov,
// A. Iones, G. Kronin. An ambient light illumination model. 1998, with a yes or no).

import Arithmetic

/// A sheet, or part of one, that lay over or under the skin and was left out.
public struct SecondSheet: Sendable, Equatable {
  public var triangles: Int
  /// Share of the scan's triangles, 0 to 1.
  public var share: Float
  /// How far over the skin, units of the scan; negative under it. The median.
  public var height: Float
  /// Whether it covered the scalp only, as hair does, and not the face.
  public var isCap: Bool
  /// Whether what was left out is what could not be seen: what was kept lies over it and may be hair.
  public var wasHidden: Bool
}

/// What finding second sheets needs to know of a head.
public struct SheetOptions: Sendable {
  /// A place in the middle of the skull, in the scan's coordinates.
  public var middle: SIMD3<Float>
  /// One mm in units of the scan.
  public var millimetre: Float

  public init(middle: SIMD3<Float>, millimetre: Float) {
    self.middle = middle
    self.millimetre = millimetre
  }
}

extension MeshUnderRepair {
  /// Farthest that another sheet is looked for, mm: under 20 for walls, more for hair.
  private static let sheetReach: Float = 60
  /// Triangles of a sheet that are looked at to judge it.
  private static let sheetSamples = 400

  /// Leaves out sheets that lie over or under the skin. Nearly free for a mesh of one sheet; else in proportion to
  /// n log n, and the same for any number of threads.
  ///
  /// - Parameter isOnePiece: whether everything is known to hang together.
  mutating func dropSecondSheets(
    _ options: SheetOptions, isOnePiece: Bool, landmarks: [SIMD3<Float>], isScalp: (SIMD3<Float>) -> Bool
  ) -> [SecondSheet] {
    var found = isOnePiece ? [] : dropDoubles(options, landmarks: landmarks, isScalp: isScalp)
    if coverage(options, isScalp: isScalp).isDoubled { found += dropHidden(options, isScalp: isScalp) }
    return found
  }

  // MARK: Sheets apart

  private mutating func dropDoubles(
    _ options: SheetOptions, landmarks: [SIMD3<Float>], isScalp: (SIMD3<Float>) -> Bool
  ) -> [SecondSheet] {
    let (part, count) = partsOfTriangles()
    if count < 2 { return [] }
    let (skin, farthest) = skinPart(part, count, options, landmarks: landmarks)
    let tree = BoundingVolumeHierarchy(
      TriangleMesh(
        positions: positions, triangles: triangles.indices.filter { part[$0] == skin }.map { triangles[$0] },
        normals: []))
    var members = [[Int]](repeating: [], count: count)
    for i in triangles.indices { members[Int(part[i])].append(i) }
    var isLost = [Bool](repeating: false, count: triangles.count)
    var found: [SecondSheet] = []
    let total = Float(triangles.count)
    for p in 0..<count where p != Int(skin) {
      let step = max(1, members[p].count / Self.sheetSamples)
      var heights: [Float] = []
      var looked = (scalp: 0, other: 0)
      var doubled = (scalp: 0, other: 0)
      for i in stride(from: 0, to: members[p].count, by: step).map({ members[p][$0] }) {
        let onScalp = isScalp(centre(i))
        if onScalp { looked.scalp += 1 } else { looked.other += 1 }
        guard let height = height(of: i, over: tree, options) else { continue }
        if onScalp { doubled.scalp += 1 } else { doubled.other += 1 }
        heights.append(height)
      }
      // A collar or an eyeball is no second skin; nor is the other half of a scan that came in pieces.
      if doubled.scalp * 4 < looked.scalp || doubled.scalp * 8 < looked.scalp + looked.other { continue }
      let goesWhole = (doubled.scalp + doubled.other) * 10 >= (looked.scalp + looked.other) * 6
      var lost = 0
      for i in members[p] where goesWhole || height(of: i, over: tree, options) != nil {
        isLost[i] = true
        lost += 1
      }
      heights.sort()
      let middle = heights.isEmpty ? 0 : heights[heights.count / 2]
      found.append(
        SecondSheet(
          triangles: lost, share: Float(lost) / total, height: middle,
          isCap: middle > 2 * options.millimetre && farthest[p] > 25 * options.millimetre, wasHidden: false))
    }
    if !found.isEmpty {
      filterTriangles { i, _ in !isLost[i] }
      dropUnusedVertices()
    }
    return found
  }

  /// The part that the landmarks were read off, and for each part how far the landmark lies that is farthest from it.
  private func skinPart(
    _ part: [Int32], _ count: Int, _ options: SheetOptions, landmarks: [SIMD3<Float>]
  ) -> (part: Int32, farthest: [Float]) {
    var areas = [Float](repeating: 0, count: count)
    var volumes = [Double](repeating: 0, count: count)
    for i in triangles.indices {
      areas[Int(part[i])] += area(i)
      volumes[Int(part[i])] += Double(dot(centre(i) - options.middle, doubledNormal(i)))
    }
    var sum = [Float](repeating: 0, count: count)
    var farthest = sum
    for mark in landmarks {
      var nearest = [Float](repeating: .infinity, count: count)
      // Only near the mark is the distance to a triangle worth its arithmetic.
      for i in triangles.indices {
        let t = triangles[i]
        let a = positions[Int(t.x)]
        let (ab, ac) = (positions[Int(t.y)] - a, positions[Int(t.z)] - a)
        let size = max(dot(ab, ab), dot(ac, ac)).squareRoot()
        let p = Int(part[i])
        if length(a - mark) - size >= nearest[p] { continue }
        let (v, w) = closestWeights(a, ab, ac, mark)
        nearest[p] = min(nearest[p], length(a + ab * v + ac * w - mark))
      }
      // A part that ends before a mark says nothing more of it at 40 mm.
      for p in 0..<count {
        sum[p] += min(nearest[p], 40 * options.millimetre)
        farthest[p] = max(farthest[p], nearest[p])
      }
    }
    let least = sum.min() ?? 0
    let slack = 0.6 * options.millimetre * Float(max(landmarks.count, 1))
    let near = (0..<count).filter { sum[$0] <= least + slack }
    // The one that spans most; of copies the smoothest, whose area is least.
    let span = near.map { abs(volumes[$0]) }.max() ?? 0
    let best = near.filter { abs(volumes[$0]) >= 0.985 * span }.min { (areas[$0], $0) < (areas[$1], $1) }
    return (Int32(best ?? 0), farthest)
  }

  /// How far a triangle lies over another surface along the way out of the head, units of the scan; nil if there is none
  /// within reach.
  private func height(of triangle: Int, over tree: BoundingVolumeHierarchy, _ options: SheetOptions) -> Float? {
    let p = centre(triangle)
    let out = normalized(p - options.middle)
    let reach = Self.sheetReach * options.millimetre
    // Down the hit must be nearer than the middle of the head: beyond it lies the other side.
    // Both start a hair behind, so that a copy in the very same place is met.
    let hair = out * (0.05 * options.millimetre)
    let down = tree.firstHit(origin: p + hair, direction: -out, limit: min(reach, 0.9 * length(p - options.middle)))
    let up = tree.firstHit(origin: p - hair, direction: out, limit: reach)
    switch (down?.distance, up?.distance) {
    case (let d?, let u?): return d <= u ? d : -u
    case (let d?, nil): return d
    case (nil, let u?): return -u
    default: return nil
    }
  }

  // MARK: One piece

  /// Triangles whose solid angles are summed: enough to tell one sheet from two.
  private static let coverageSamples = 24_000

  /// How often the directions in which the scalp lies are covered.
  private func coverage(_ options: SheetOptions, isScalp: (SIMD3<Float>) -> Bool) -> SheetCoverage {
    let step = max(1, triangles.count / Self.coverageSamples)
    var coverage = SheetCoverage(triangles: triangles.count / step)
    for k in 0..<triangles.count / step {
      // One of each run, but not always the same one: subdivided meshes repeat every few triangles.
      let i = k * step + Int(mix64(UInt64(k)) % UInt64(step))
      let c = centre(i)
      if !isScalp(c) { continue }
      coverage.add(c - options.middle, doubledNormal(i) * (0.5 * Float(step)))
    }
    return coverage
  }

  private mutating func dropHidden(_ options: SheetOptions, isScalp: (SIMD3<Float>) -> Bool) -> [SecondSheet] {
    let tree = BoundingVolumeHierarchy(mesh)
    let still = self
    let start = 0.02 * options.millimetre
    let hidden = tabulate(triangles.count, initial: false) { i in
      let c = still.centre(i)
      let out = normalized(c - options.middle)
      let aside = normalized(cross(out, abs(out.y) < 0.9 ? SIMD3(0, 1, 0) : SIMD3(1, 0, 0)))
      let ahead = cross(out, aside)
      return !ViewDirections.around.contains { d in
        let ray = aside * d.x + ahead * d.y + out * d.z
        return tree.firstHit(origin: c + ray * start, direction: ray) == nil
      }
    }
    // Patches of hidden triangles that hang together: nostrils and ear canals are small, a second sheet is not.
    let neighbours = EdgeSurvey(triangles, vertexCount: positions.count).neighbours
    var patch = [Int32](repeating: -1, count: triangles.count)
    var isLost = [Bool](repeating: false, count: triangles.count)
    var (lost, lostOther) = (0, 0)
    var heights: [Float] = []
    for seed in triangles.indices where hidden[seed] && patch[seed] < 0 {
      patch[seed] = Int32(seed)
      var members = [seed]
      var next = 0
      var whole: Float = 0
      var onScalp: Float = 0
      while next < members.count {
        let i = members[next]
        next += 1
        let a = area(i)
        whole += a
        if isScalp(centre(i)) { onScalp += a }
        for k in 0..<3 {
          let j = Int(neighbours[i][k])
          if j < 0 || !hidden[j] || patch[j] >= 0 { continue }
          patch[j] = Int32(seed)
          members.append(j)
        }
      }
      let square = options.millimetre * options.millimetre
      if onScalp < 1500 * square || onScalp < 0.2 * whole { continue }
      let step = max(1, members.count / Self.sheetSamples)
      for i in stride(from: 0, to: members.count, by: step).map({ members[$0] }) {
        let c = centre(i)
        let out = normalized(c - options.middle)
        let limit = Self.sheetReach * options.millimetre
        if let hit = tree.firstHit(origin: c + out * start, direction: out, limit: limit) {
          heights.append(-hit.distance - start)
        }
      }
      for i in members { isLost[i] = true }
      lost += members.count
      if whole - onScalp > onScalp * 0.4 { lostOther += members.count }
    }
    if lost == 0 { return [] }
    let total = Float(triangles.count)
    filterTriangles { i, _ in !isLost[i] }
    dropUnusedVertices()
    heights.sort()
    return [
      SecondSheet(
        triangles: lost, share: Float(lost) / total, height: heights.isEmpty ? 0 : heights[heights.count / 2],
        isCap: lostOther * 2 < lost, wasHidden: true)
    ]
  }
}

/// Solid angles of triangles, summed by the direction in which they lie: one for skin, two where there are two sheets.
private struct SheetCoverage {
  /// Cells along the edge of each face of a cube around the head.
  private let cells: Int
  private var sums: [Float]

  /// Cells of a size that holds some tens of triangles.
  init(triangles: Int) {
    cells = min(max(Int((Float(triangles) / 170).squareRoot()), 3), 12)
    sums = [Float](repeating: 0, count: 6 * cells * cells)
  }

  /// - Parameters:
  ///   - place: of a triangle, from the middle of the head.
  ///   - area: its normal with its area as length.
  mutating func add(_ place: SIMD3<Float>, _ area: SIMD3<Float>) {
    let size = SIMD3(abs(place.x), abs(place.y), abs(place.z))
    let axis = size.x >= size.y && size.x >= size.z ? 0 : (size.y >= size.z ? 1 : 2)
    let far = size[axis]
    if !(far > 0) || !far.isFinite { return }
    let q = place / far
    let (u, v) = (q[(axis + 1) % 3], q[(axis + 2) % 3])
    let n = Float(cells)
    let i = Int(held((u + 1) * 0.5 * n, 0, n - 1))
    let j = Int(held((v + 1) * 0.5 * n, 0, n - 1))
    // Of a cell of the cube's face: 4 / n² times the cube of the cosine
    let squared = dot(place, place)
    let distance = squared.squareRoot()
    let cosine = far / distance
    let cell = 4 / (n * n) * cosine * cosine * cosine
    let angle = abs(dot(area, place)) / (squared * distance)
    let face = 2 * axis + (place[axis] < 0 ? 1 : 0)
    sums[(face * cells + i) * cells + j] += angle / cell
  }

  /// Whether a tenth of what is covered is covered more than once. Cells hold some tens of triangles or, of coarse meshes, a
  /// few, so that one skin reaches 1.5 here and there.
  var isDoubled: Bool {
    let covered = sums.count { $0 > 0.3 }
    let twice = sums.count { $0 > 1.55 }
    return twice * 10 > covered && twice > 4
  }
}

/// Directions in which a place may be seen from outside: within 70 degrees of the way out, that first.
private enum ViewDirections {
  static let around: [SIMD3<Float>] = {
    var found = [SIMD3<Float>(0, 0, 1)]
    // Two rings of four, the second turned by half a step.
    for (height, turned) in [(0.75 as Float, false), (0.4, true)] {
      let aside = (1 - height * height).squareRoot()
      for k in 0..<4 {
        let angle = (Double(k) + (turned ? 0.5 : 0)) / 4 * 2 * Double.pi
        found.append(SIMD3(aside * Float(cosine(angle)), aside * Float(sine(angle)), height))
      }
    }
    return found
  }()
}
