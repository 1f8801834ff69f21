// Smooth lines on the skin.
//
// A line is told by a few places. Between them runs a centripetal Catmull-Rom spline, which passes through every
// place and forms no loops between neighbours (Yuksel, Schaefer, Keyser. Parameterization and applications of
// Catmull-Rom curves. 2011). The spline is taken to the skin and cut into steps of equal length.

import Arithmetic

/// A polyline on the skin with steps of about 1 mm.
public struct SurfaceCurve: Sendable, Equatable {
  /// Corners in order, on the skin, mm. A closed curve does not repeat its first corner.
  public let positions: [SIMD3<Float>]
  /// Unit normals of the skin at the corners.
  public let normals: [SIMD3<Float>]
  /// Length from the start at each corner, mm.
  public let arcs: [Float]
  public let isClosed: Bool
  /// Full length, with the closing step if there is one, mm.
  public let length: Float
  /// Length from the start at which the curve passes each of the places it was told by, mm.
  public let controlArcs: [Float]

  public enum Course: Sendable {
    /// A smooth spline through the places.
    case smooth
    /// Shortest arcs from place to place, with corners.
    case straight
  }

  /// The line through `places`, which lie on or near the skin of `frame`'s head.
  ///
  /// - Parameters:
  ///   - places: at least 2, or 3 for a closed line; successive equal places count once.
  ///   - spacing: length of a step, mm, 0.2 or more.
  public init(
    through places: [SIMD3<Float>], closed: Bool = false, course: Course = .smooth, spacing: Float = 1,
    on frame: ScalpFrame
  ) {
    precondition(!places.isEmpty, "a curve needs a place")
    let spacing = max(spacing, 0.2)
    // Sample every span finer than the spacing and take the samples to the skin.
    var samples = [SIMD3<Float>]()
    var controlSamples = [Int]()
    let spans = closed ? places.count : places.count - 1
    for span in 0..<max(spans, 0) {
      controlSamples.append(samples.count)
      let p = neighbours(of: span, in: places, closed: closed)
      let chord = Arithmetic.length(p.2 - p.1)
      let steps = max(1, Int(held(chord / (0.5 * spacing), 1, 4000)))
      for k in 0..<steps {
        let u = Float(k) / Float(steps)
        let q = course == .smooth ? catmullRom(p.0, p.1, p.2, p.3, u) : p.1 + (p.2 - p.1) * u
        samples.append(frame.skin(towards: q).position)
      }
    }
    if !closed {
      controlSamples.append(samples.count)
      samples.append(frame.skin(towards: places[places.count - 1]).position)
    }
    // Measure, then cut into equal steps.
    var along: [Float] = [0]
    for i in 1..<max(samples.count, 1) {
      along.append(along[i - 1] + Arithmetic.length(samples[i] - samples[i - 1]))
    }
    let closing = closed ? Arithmetic.length(samples[0] - samples[samples.count - 1]) : 0
    let total = along[along.count - 1] + closing
    let steps = max(1, Int(held((total / spacing).rounded(), 1, 100_000)))
    let corners = closed ? steps : steps + 1
    var positions = [SIMD3<Float>]()
    var normals = [SIMD3<Float>]()
    var arcs = [Float]()
    var i = 0
    for k in 0..<corners {
      let want = total * Float(k) / Float(steps)
      while i + 1 < samples.count, along[i + 1] < want { i += 1 }
      let next = i + 1 < samples.count ? i + 1 : (closed ? 0 : i)
      let span = (i + 1 < samples.count ? along[i + 1] : total) - along[i]
      let q = samples[i] + (samples[next] - samples[i]) * (span > 0 ? clamp((want - along[i]) / span, 0, 1) : 0)
      let skin = frame.skin(towards: q)
      positions.append(skin.position)
      normals.append(skin.normal)
      arcs.append(want)
    }
    self.positions = positions
    self.normals = normals
    self.arcs = arcs
    self.length = total
    isClosed = closed
    controlArcs = controlSamples.map { along[$0] }
  }

  /// Corner index of the step that holds `arc`, and the share of that step before it.
  public func step(at arc: Float) -> (corner: Int, share: Float) {
    let steps = isClosed ? positions.count : positions.count - 1
    guard steps > 0, length > 0 else { return (0, 0) }
    let f = held(arc / length, 0, 1) * Float(steps)
    let i = min(Int(f), steps - 1)
    return (i, f - Float(i))
  }

  /// The place at `arc` mm from the start.
  public func position(at arc: Float) -> SIMD3<Float> {
    let (i, share) = step(at: arc)
    return positions[i] + (positions[(i + 1) % positions.count] - positions[i]) * share
  }

  /// Unit tangent at corner `i`, from its neighbours.
  public func tangent(at i: Int) -> SIMD3<Float> {
    let n = positions.count
    let before = isClosed ? (i + n - 1) % n : max(i - 1, 0)
    let after = isClosed ? (i + 1) % n : min(i + 1, n - 1)
    return normalized(positions[after] - positions[before])
  }
}

private typealias Quad = (SIMD3<Float>, SIMD3<Float>, SIMD3<Float>, SIMD3<Float>)

/// The span's two ends with the places before and after; at an open end the neighbour is mirrored.
private func neighbours(of span: Int, in places: [SIMD3<Float>], closed: Bool) -> Quad {
  let n = places.count
  let b = places[span]
  let c = places[(span + 1) % n]
  if closed { return (places[(span + n - 1) % n], b, c, places[(span + 2) % n]) }
  let a = span > 0 ? places[span - 1] : b + (b - c)
  let d = span + 2 < n ? places[span + 2] : c + (c - b)
  return (a, b, c, d)
}

/// Centripetal Catmull-Rom between `b` and `c` at `u` in 0...1, by the pyramid of Barry and Goldman (1988).
private func catmullRom(
  _ a: SIMD3<Float>, _ b: SIMD3<Float>, _ c: SIMD3<Float>, _ d: SIMD3<Float>, _ u: Float
) -> SIMD3<Float> {
  let t1 = max(length(b - a).squareRoot(), 1e-3)
  let t2 = t1 + max(length(c - b).squareRoot(), 1e-3)
  let t3 = t2 + max(length(d - c).squareRoot(), 1e-3)
  let t = t1 + (t2 - t1) * u
  let a1 = a * ((t1 - t) / t1) + b * (t / t1)
  let a2 = b * ((t2 - t) / (t2 - t1)) + c * ((t - t1) / (t2 - t1))
  let a3 = c * ((t3 - t) / (t3 - t2)) + d * ((t - t2) / (t3 - t2))
  let b1 = a1 * ((t2 - t) / t2) + a2 * (t / t2)
  let b2 = a2 * ((t3 - t) / (t3 - t1)) + a3 * ((t - t1) / (t3 - t1))
  return b1 * ((t2 - t) / (t2 - t1)) + b2 * ((t - t1) / (t2 - t1))
}
