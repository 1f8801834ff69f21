// The mean head laid into a scan: moved, turned and scaled by closest points.
//
// P. Besl, N. McKay. A method for registration of 3-D shapes. 1992, with the far fifth of the pairs left out each time
// (`TrimmedPairs`). At the end length, breadth and height are scaled apart: heads differ by a tenth in each.

import Arithmetic
import Meshes

/// A point of the mean head's skin.
struct TemplatePoint: Sendable {
  var index: Int
  var position: SIMD3<Float>
}

/// Where a head may lie: from the mean head's frame to the scan's coordinates.
struct HeadFit: Sendable {
  /// In the scan's units.
  var origin: SIMD3<Float>
  var left: SIMD3<Double>
  var up: SIMD3<Double>
  var forward: SIMD3<Double>
  /// The scan's units per mm of the mean head, and the three factors on its breadth, height and length.
  var scale: Float
  var stretch = SIMD3<Float>(repeating: 1)
  /// How far one must go from the mean head to the scan, mm of the mean head, without the far fifth.
  var gap = Float.infinity
  /// The same from the scan's skin around to the mean head, and the mean of both squared: what fits are compared by.
  var back = Float.infinity
  var score: Float { ((gap * gap + back * back) / 2).squareRoot() }

  static let none = HeadFit(origin: .zero, left: .zero, up: .zero, forward: .zero, scale: 1)

  init(origin: SIMD3<Float>, left: SIMD3<Double>, up: SIMD3<Double>, forward: SIMD3<Double>, scale: Float) {
    (self.origin, self.left, self.up, self.forward, self.scale) = (origin, left, up, forward, scale)
  }

  /// The mean head with its vertex at the highest of some points, over the middle of the 200 mm below that.
  init(left: SIMD3<Double>, up: SIMD3<Double>, scale: Float, over points: [SIMD3<Float>]) {
    let above = SIMD3<Float>(up)
    var top = -Float.infinity
    for p in points { top = max(top, dot(p, above)) }
    var low = SIMD3<Float>(repeating: .infinity)
    var high = -low
    for p in points where dot(p, above) > top - 200 * scale {
      low = low.replacing(with: p, where: p .< low)
      high = high.replacing(with: p, where: p .> high)
    }
    let middle = (low + high) * 0.5
    self.init(
      origin: middle + above * (top - dot(middle, above)) - above * 131 * scale, left: left, up: up,
      forward: crossProduct(left, up), scale: scale)
  }

  /// The scan's place of a place on the mean head.
  @inline(__always)
  func map(_ p: SIMD3<Float>) -> SIMD3<Float> {
    let q = SIMD3<Double>(p * stretch * scale)
    return origin + SIMD3<Float>(left * q.x + up * q.y + forward * q.z)
  }

  /// The mean head's place, mm, of a place in the scan.
  @inline(__always)
  func unmap(_ p: SIMD3<Float>) -> SIMD3<Float> {
    let d = SIMD3<Double>(p - origin)
    let q = SIMD3<Float>(Float((d * left).sum()), Float((d * up).sum()), Float((d * forward).sum()))
    return q / (stretch * scale)
  }

  /// Moves the mean head by closest points.
  ///
  /// - Parameters:
  ///   - skin: points of the mean head.
  ///   - limits: least and greatest `scale`.
  ///   - isStretched: whether breadth, height and length are scaled apart.
  ///   - nearest: the scan's point nearest to a place in it.
  mutating func refine(
    _ skin: [TemplatePoint], rounds: Int, limits: ClosedRange<Float>, isStretched: Bool = false,
    nearest: (SIMD3<Float>) -> SIMD3<Float>
  ) {
    for _ in 0..<rounds {
      guard let found = TrimmedPairs(skin, scale: scale, here: { self.map($0) }, nearest: nearest) else { return }
      let (pairs, fromMiddle, toMiddle) = (found.pairs, found.fromMiddle, found.toMiddle)
      gap = found.gap
      guard gap.isFinite else { return }
      // Columns of the rotation from the mean head to the scan are the scan's left, up and forward.
      let stretch = stretch
      let rotation = Rotation(
        taking: pairs.map {
          (
            from: SIMD3<Double>(($0.to - toMiddle) / scale), to: SIMD3<Double>(($0.from - fromMiddle) * stretch),
            weight: 1
          )
        })
      (left, up, forward) = (rotation.x, rotation.y, rotation.z)
      var along = SIMD3<Float>.zero
      var square = SIMD3<Float>.zero
      for p in pairs {
        let d = SIMD3<Double>(p.to - toMiddle)
        let q = SIMD3<Float>(Float((d * left).sum()), Float((d * up).sum()), Float((d * forward).sum()))
        let from = p.from - fromMiddle
        along += q * from
        square += from * from
      }
      let own = self.stretch
      scale = clamp((along * own).sum() / max((square * own * own).sum(), 1e-6), limits.lowerBound, limits.upperBound)
      if isStretched {
        self.stretch = (along / square / scale).clamped(
          lowerBound: SIMD3(repeating: 0.87), upperBound: SIMD3(repeating: 1.15))
      }
      origin = .zero
      origin = toMiddle - map(fromMiddle)
    }
  }

  /// Finds `back`: how far the scan's skin around the head lies from the mean head, without the far third: hair, clothes.
  mutating func lookBack(_ points: [SIMD3<Float>], at template: NearestGrid) {
    var gaps: [Float] = []
    for p in points {
      let q = unmap(p)
      // Around skull and face; neck and shoulders differ too much.
      guard abs(q.x) < 105, q.y > -70, q.y < 165, q.z > -135, q.z < 145 else { continue }
      gaps.append(length(template.nearest(to: q) - q))
    }
    guard gaps.count >= 40 else {
      back = .infinity
      return
    }
    gaps.sort()
    let kept = gaps.count - gaps.count / 3
    back = gaps[..<kept].reduce(0, +) / Float(kept)
  }
}

func crossProduct(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
  SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}
