// A flat map of the head for questions of inside and outside.
//
// Stereographic projection from a point inside the head, with its pole at the middle of the scalp: one to one over
// the scalp, the temples and the nape, angles kept, no trigonometry. It is for topology; lengths are taken on the
// skin.

import Arithmetic

/// A flat map of a head: the middle of the scalp at (0, 0), forward is +y, the subject's left is +x.
public struct ScalpChart: Sendable {
  let centre: SIMD3<Float>
  // The pole leans 31° back from the vertical: towards the middle of the scalp.
  private let pole = SIMD3<Float>(0, 0.857_167, -0.515_038)
  private let ahead = SIMD3<Float>(0, 0.515_038, 0.857_167)

  public init(_ landmarks: HeadLandmarks) {
    // Centre of the sphere that fits the scalp of the mean man best, scaled with the head.
    centre = SIMD3(0, 0.33 * landmarks.vertex.y, 0.4 * landmarks.vertex.z)
  }

  /// Where `position` lies on the map. About 1 at a right angle from the middle of the scalp.
  @inline(__always)
  public func map(_ position: SIMD3<Float>) -> SIMD2<Float> {
    let q = position - centre
    let away = 1 / max(length(q) + dot(q, pole), 1e-3)
    return SIMD2(q.x * away, dot(q, ahead) * away)
  }
}

/// Inside and outside of a closed line on the map, by counting crossings in strips.
public struct ChartPolygon: Sendable {
  private let corners: [SIMD2<Float>]
  private let low: Float
  private let high: Float
  private let scale: Float
  private let starts: [Int]
  private let edges: [Int32]

  /// The polygon with these corners; it is closed from the last to the first.
  public init(_ corners: [SIMD2<Float>]) {
    self.corners = corners
    let low = corners.map(\.y).min() ?? 0
    let high = corners.map(\.y).max() ?? 0
    let strips = 256
    let scale = Float(strips) / max(high - low, 1e-6)
    // Sort the edges into the strips of y that they cross.
    var lists = [[Int32]](repeating: [], count: strips)
    for i in corners.indices {
      let a = corners[i].y
      let b = corners[(i + 1) % corners.count].y
      let first = Int(held((min(a, b) - low) * scale, 0, Float(strips - 1)))
      let last = Int(held((max(a, b) - low) * scale, 0, Float(strips - 1)))
      for s in first...last { lists[s].append(Int32(i)) }
    }
    var starts = [0]
    for list in lists { starts.append(starts[starts.count - 1] + list.count) }
    self.low = low
    self.high = high
    self.scale = scale
    self.starts = starts
    edges = lists.flatMap { $0 }
  }

  public func contains(_ p: SIMD2<Float>) -> Bool {
    guard p.y >= low, p.y <= high else { return false }
    let strip = Int(held((p.y - low) * scale, 0, Float(starts.count - 2)))
    var inside = false
    for k in starts[strip]..<starts[strip + 1] {
      let i = Int(edges[k])
      let a = corners[i]
      let b = corners[i + 1 < corners.count ? i + 1 : 0]
      if (a.y > p.y) != (b.y > p.y), p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y) { inside.toggle() }
    }
    return inside
  }
}

/// Whether two edges of a polyline on the map cross, other than neighbours.
public func crossesItself(_ corners: [SIMD2<Float>], closed: Bool) -> Bool {
  let n = corners.count
  let edges = closed ? n : n - 1
  func turn(_ a: SIMD2<Float>, _ b: SIMD2<Float>, _ c: SIMD2<Float>) -> Float {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
  }
  guard edges > 2 else { return false }
  for i in 0..<edges - 2 {
    let a = corners[i]
    let b = corners[i + 1]
    for j in i + 2..<edges where !(closed && i == 0 && j == edges - 1) {
      let c = corners[j]
      let d = corners[(j + 1) % n]
      if max(a.x, b.x) < min(c.x, d.x) || max(c.x, d.x) < min(a.x, b.x) { continue }
      if turn(a, b, c) * turn(a, b, d) < 0, turn(c, d, a) * turn(c, d, b) < 0 { return true }
    }
  }
  return false
}
