// Triangles sorted by the direction in which they lie from the origin, for fast rays from there.
//
// Directions are binned by (alpha, theta), the angle of the plane through the interaural axis and the angle inside
// it. A ray asks one bin; the test is by signs of three triple products, which neighbours share, so that no ray
// slips between two triangles (Woop, Benthin, Wald. Watertight ray/triangle intersection. 2013, the idea).

import Arithmetic
import Meshes

/// Bins of triangles by direction from the origin. About 8 bytes per triangle.
struct DirectionBins: Sendable {
  static let across = 90
  static let around = 180
  static let width: Float = 2 * .pi / 180

  /// Triangles of bin b: `members[starts[b]..<starts[b + 1]]`.
  private let starts: [UInt32]
  private let members: [UInt32]

  init(_ mesh: TriangleMesh) {
    let count = mesh.positions.count
    let angles = tabulate(count, initial: SIMD2<Float>.zero) { i in
      SIMD2(ScalpFrame.alpha(mesh.positions[i]) + .pi / 2, ScalpFrame.theta(mesh.positions[i]) + .pi / 2)
    }
    // The bins each triangle may be seen in: bounds of its corners' angles, padded because its edges are arcs of
    // great circles, which bulge over those bounds.
    let boxes = tabulate(mesh.triangles.count, initial: SIMD4<UInt8>(1, 0, 1, 0)) { i in
      let t = mesh.triangles[i]
      let a = angles[Int(t.x)]
      let b = angles[Int(t.y)]
      let c = angles[Int(t.z)]
      var low = SIMD2(min(a.x, min(b.x, c.x)), min(a.y, min(b.y, c.y)))
      var high = SIMD2(max(a.x, max(b.x, c.x)), max(a.y, max(b.y, c.y)))
      let extent = high - low
      // Skip what straddles the cut below the neck or the pole at a tragion, and what is not a number.
      guard extent.x <= 2.5, low.y >= 0.01, high.y <= .pi - 0.01 else { return SIMD4(1, 0, 1, 0) }
      let bulge = 0.001 + 0.5 * extent.x * extent.x
      low.y -= bulge
      high.y += bulge
      func bin(_ angle: Float, _ bins: Int) -> UInt8 {
        UInt8(held(angle / Self.width, 0, Float(bins - 1)))
      }
      return SIMD4(
        bin(low.x - 0.001, Self.around), bin(high.x + 0.001, Self.around), bin(low.y, Self.across),
        bin(high.y, Self.across))
    }
    // Counting sort
    var starts = [UInt32](repeating: 0, count: Self.around * Self.across + 1)
    for box in boxes where box.x <= box.y {
      for row in Int(box.x)...Int(box.y) {
        for column in Int(box.z)...Int(box.w) { starts[row * Self.across + column + 1] += 1 }
      }
    }
    for b in 1..<starts.count { starts[b] += starts[b - 1] }
    var members = [UInt32](repeating: 0, count: Int(starts[starts.count - 1]))
    var next = starts
    for (i, box) in boxes.enumerated() where box.x <= box.y {
      for row in Int(box.x)...Int(box.y) {
        for column in Int(box.z)...Int(box.w) {
          let b = row * Self.across + column
          members[Int(next[b])] = UInt32(i)
          next[b] += 1
        }
      }
    }
    self.starts = starts
    self.members = members
  }

  /// Where the ray from the origin along the unit vector `direction` leaves the head through skin that faces
  /// outwards: the crossing nearest to `expected` mm from the origin (`.infinity`: the outermost).
  func nearestHit(_ mesh: TriangleMesh, towards direction: SIMD3<Float>, expected: Float) -> SurfacePoint? {
    let alpha = ScalpFrame.alpha(direction) + .pi / 2
    let theta = ScalpFrame.theta(direction) + .pi / 2
    let row = Int(held(alpha / Self.width, 0, Float(Self.around - 1)))
    let column = Int(held(theta / Self.width, 0, Float(Self.across - 1)))
    let b = row * Self.across + column
    var best: SurfacePoint?
    var bestMiss = Float.infinity
    let wanted = min(expected, 10_000)
    for k in Int(starts[b])..<Int(starts[b + 1]) {
      let index = members[k]
      let t = mesh.triangles[Int(index)]
      let p = mesh.positions[Int(t.x)]
      let q = mesh.positions[Int(t.y)]
      let r = mesh.positions[Int(t.z)]
      let weightP = dot(direction, cross(q, r))
      let weightQ = dot(direction, cross(r, p))
      let weightR = dot(direction, cross(p, q))
      guard weightP >= 0, weightQ >= 0, weightR >= 0 else { continue }
      let sum = weightP + weightQ + weightR
      guard sum > 0 else { continue }
      let v = weightQ / sum
      let w = weightR / sum
      let position = p * (1 - v - w) + q * v + r * w
      let miss = abs(length(position) - wanted)
      if miss < bestMiss {
        bestMiss = miss
        best = SurfacePoint(position: position, triangle: index, v: v, w: w)
      }
    }
    return best
  }
}
