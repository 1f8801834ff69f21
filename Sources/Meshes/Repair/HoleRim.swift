// The rim of a hole as filling sees it: its length without its teeth, and fewer points in even steps, so that a hole is filled
// the same however its rim was cut up.
//
// The smooth length is that of the rim's first harmonics (F. P. Kuhl, C. R. Giardina. Elliptic Fourier features of a closed
// contour. 1982, here in space): teeth of single triangles make a rim up to half as long again and say nothing of its size.

import Arithmetic

/// A closed line of border vertices, measured.
struct HoleRim {
  let corners: [SIMD3<Float>]
  /// Length from the first corner to each, and once around.
  private let along: [Float]

  init(_ corners: [SIMD3<Float>]) {
    self.corners = corners
    var along: [Float] = [0]
    along.reserveCapacity(corners.count + 1)
    for i in corners.indices {
      along.append(along[i] + length(corners[(i + 1) % corners.count] - corners[i]))
    }
    self.along = along
  }

  /// Length around, with all its teeth.
  var perimeter: Float { along.last ?? 0 }

  /// Harmonics that are kept: an oval with some dents.
  private static let harmonics = 4
  private static let steps = 128

  /// Length around without teeth; never more than `perimeter`.
  var smoothPerimeter: Float {
    let around = Double(perimeter)
    if !(around > 0) || !around.isFinite || corners.count < 2 * Self.harmonics { return perimeter }
    // Coefficients by the trapezoid rule, which is exact enough over this many steps.
    var cosines = [SIMD3<Double>](repeating: .zero, count: Self.harmonics + 1)
    var sines = cosines
    var segment = 0
    for step in 0..<Self.steps {
      let at = Float(around * Double(step) / Double(Self.steps))
      while segment + 1 < corners.count && along[segment + 1] <= at { segment += 1 }
      let span = along[segment + 1] - along[segment]
      let share = span > 0 ? (at - along[segment]) / span : 0
      let a = corners[segment]
      let p = SIMD3<Double>(a + (corners[(segment + 1) % corners.count] - a) * share)
      for k in 1...Self.harmonics {
        let (c, s) = Self.wave(k * step)
        cosines[k] += p * (2 / Double(Self.steps) * c)
        sines[k] += p * (2 / Double(Self.steps) * s)
      }
    }
    func point(_ step: Int) -> SIMD3<Double> {
      var p = SIMD3<Double>.zero
      for k in 1...Self.harmonics {
        let (c, s) = Self.wave(k * step)
        p += cosines[k] * c + sines[k] * s
      }
      return p
    }
    var total = 0.0
    var last = point(0)
    for step in 1...Self.steps {
      let p = point(step)
      total += ((p - last) * (p - last)).sum().squareRoot()
      last = p
    }
    return min(perimeter, Float(total))
  }

  /// Cosine and sine of a multiple of the step.
  private static func wave(_ step: Int) -> (Double, Double) {
    let turn = waves[step % steps]
    return (turn.x, turn.y)
  }
  private static let waves: [SIMD2<Double>] = (0..<steps).map { i in
    let angle = Double(i) / Double(steps) * 2 * Double.pi
    return SIMD2(cosine(angle), sine(angle))
  }

  /// Indices of corners that lie at least half of `spacing` apart, at least three, in order: teeth as large as triangles stay.
  func spaced(_ spacing: Float) -> [Int] {
    var kept = [0]
    for i in 1..<corners.count where length(corners[i] - corners[kept[kept.count - 1]]) >= 0.5 * spacing {
      kept.append(i)
    }
    // The last must not lie beside the first.
    while kept.count > 3 && length(corners[kept[kept.count - 1]] - corners[0]) < 0.5 * spacing { kept.removeLast() }
    if kept.count >= 3 { return kept }
    // Narrower than the spacing: thirds of the way around.
    let n = corners.count
    return n == 3 ? [0, 1, 2] : [0, n / 3, 2 * n / 3]
  }

  /// Length of the shortest edge.
  var shortestEdge: Float {
    var shortest = Float.infinity
    for i in corners.indices { shortest = min(shortest, along[i + 1] - along[i]) }
    return shortest
  }
}

extension MeshUnderRepair {
  /// The length of edges around a hole: the median of those within the mesh that end beside its rim. Edges that end on the rim
  /// itself are as long as whoever cut the hole made them.
  func edgeLength(around loop: [UInt32], _ rings: RingNeighbours, _ fans: VertexFans) -> Float {
    var lengths: [Float] = []
    var spokes: [Float] = []
    var met: Set<UInt32> = []
    for v in loop {
      for other in rings.neighbours(of: v) where !rings.isOnBorder(other) && met.insert(other).inserted {
        spokes.append(length(positions[Int(other)] - positions[Int(v)]))
        fans.forEachNeighbour(of: other, in: self) { next in
          if !rings.isOnBorder(next) { lengths.append(length(positions[Int(next)] - positions[Int(other)])) }
        }
      }
    }
    if lengths.isEmpty { lengths = spokes }
    if lengths.isEmpty { return HoleRim(loop.map { positions[Int($0)] }).perimeter / Float(loop.count) }
    lengths.sort()
    return lengths[lengths.count / 2]
  }

  /// For a corner of a rim, places within the mesh about `distance` from it; those beside it where none lies that far.
  func places(
    around vertex: UInt32, distance: Float, _ rings: RingNeighbours, _ fans: VertexFans
  ) -> [SIMD3<Float>] {
    let start = positions[Int(vertex)]
    var met: Set<UInt32> = [vertex]
    var front = [vertex]
    var found: [SIMD3<Float>] = []
    var nearest: [SIMD3<Float>] = []
    // Bounded work where many vertices lie within the distance.
    while !front.isEmpty && met.count < 1000 {
      var next: [UInt32] = []
      for v in front {
        fans.forEachNeighbour(of: v, in: self) { other in
          if !met.insert(other).inserted { return }
          let p = positions[Int(other)]
          let d = length(p - start)
          if d > 1.6 * distance { return }
          next.append(other)
          if rings.isOnBorder(other) { return }
          if d >= 0.6 * distance { found.append(p) } else { nearest.append(p) }
        }
      }
      front = next
    }
    return found.isEmpty ? nearest : found
  }
}

/// The triangles at each vertex.
struct VertexFans {
  private let start: [UInt32]
  private let members: [UInt32]

  init(_ mesh: MeshUnderRepair) {
    var start = [UInt32](repeating: 0, count: mesh.positions.count + 1)
    for t in mesh.triangles { for k in 0..<3 { start[Int(t[k]) + 1] += 1 } }
    for v in 0..<mesh.positions.count { start[v + 1] += start[v] }
    var next = start
    var members = [UInt32](repeating: 0, count: 3 * mesh.triangles.count)
    for (i, t) in mesh.triangles.enumerated() {
      for k in 0..<3 {
        members[Int(next[Int(t[k])])] = UInt32(i)
        next[Int(t[k])] += 1
      }
    }
    (self.start, self.members) = (start, members)
  }

  /// Calls `body` with the vertices that share a triangle with one, each once or twice.
  func forEachNeighbour(of v: UInt32, in mesh: MeshUnderRepair, _ body: (UInt32) -> Void) {
    if Int(v) + 1 >= start.count { return }
    for m in start[Int(v)]..<start[Int(v) + 1] {
      let t = mesh.triangles[Int(members[Int(m)])]
      for k in 0..<3 where t[k] != v { body(t[k]) }
    }
  }
}
