// The mean head laid to a scan that shows only part of a head.
//
// Where all of a head is there, closest points are sought from the mean head to the scan (`HeadFit.refine`). From a part that would pull
// what is missing to the rim, so here they are sought from the scan to the mean head, of which all is there. Steps are those of
// Y. Chen, G. Medioni (Object modelling by registration of multiple range images. 1992): distances count along the normal, so that
// skin may slide along skin; what lies far off counts little (J. W. Tukey's biweight). Length, breadth and height are scaled apart, and
// what the scan says nothing of is held near the mean by how much heads differ.

import Arithmetic
import Meshes

/// A place of a scan's skin, mm in the head frame.
struct SkinSample: Sendable {
  var position: SIMD3<Float>
  var normal: SIMD3<Float>
  /// How much it says about where the skull is, 0 to 1.
  var weight: Float
}

/// Places about 9 mm apart over a mesh, in the order of its triangles.
func skinSamples(of mesh: TriangleMesh) -> [SkinSample] {
  let cell: Float = 9
  var taken: Set<SIMD3<Int32>> = []
  var samples: [SkinSample] = []
  for t in mesh.triangles {
    let (a, b, c) = (mesh.positions[Int(t.x)], mesh.positions[Int(t.y)], mesh.positions[Int(t.z)])
    let p = (a + b + c) / 3
    guard abs(p.x) < 400, abs(p.y) < 400, abs(p.z) < 400 else { continue }
    let normal = normalized(cross(b - a, c - a))
    if normal == .zero { continue }
    if !taken.insert(SIMD3<Int32>((p / cell).rounded(.down))).inserted { continue }
    samples.append(SkinSample(position: p, normal: normal, weight: weight(at: p)))
  }
  return samples
}

/// Ears and necks differ too much between people to tell where the skull is.
private func weight(at p: SIMD3<Float>) -> Float {
  if p.y < -75 { return 0.1 }
  let isEar = abs(p.x) > 62 && p.y < 45 && p.y > -45 && p.z < 25 && p.z > -45
  return isEar ? 0.1 : 1
}

extension HeadFit {
  /// Moves the mean head, from a head frame that landmarks gave, so that the scan's skin lies on its own.
  ///
  /// - Parameters:
  ///   - template: the mean head, with a tree over it.
  ///   - marks: places of the mean head and where a person read them, with how well they are known, mm.
  ///   - rounds: steps; reach: how far skin may lie off in the first of them, mm: 8 in the last ones.
  mutating func refine(
    to samples: [SkinSample], template: TriangleMesh, tree: BoundingVolumeHierarchy,
    marks: [(from: SIMD3<Float>, to: SIMD3<Float>, error: Float)], rounds: Int = 14, reach widest: Float = 26,
    threads: Int? = nil
  ) {
    // Misses of one head hang together over centimetres: samples beside each other are one reading, not many.
    let total = samples.reduce(0) { $0 + $1.weight }
    let share = 40 / Double(max(total, 1)) / (Self.misfit * Self.misfit)
    for round in 0..<rounds {
      let reach = max(8, widest - 3 * Float(round))
      let fit = self
      let pairs = tabulate(samples.count, initial: Pair.none, threads: threads) { i in
        fit.pair(samples[i], template, tree, reach: reach)
      }
      var system = NormalEquations()
      for pair in pairs where pair.weight > 0 {
        system.add(
          row(pair.from, along: pair.normal), value: Double(dot(pair.to - map(pair.from), pair.normal)),
          weight: Double(pair.weight) * share)
      }
      for mark in marks {
        let miss = mark.to - map(mark.from)
        for k in 0..<3 {
          var axis = SIMD3<Float>.zero
          axis[k] = 1
          system.add(row(mark.from, along: axis), value: Double(miss[k]), weight: 1 / Double(mark.error * mark.error))
        }
      }
      // Each length of a head differs from the mean by some 4 %, and less from the others.
      for k in 0..<3 {
        let own = logarithm(Double(stretch[k]))
        var a = [Double](repeating: 0, count: 9)
        a[6 + k] = 1
        system.add(a, value: -own, weight: 1 / (0.05 * 0.05))
        a[6 + (k + 1) % 3] = -1
        system.add(a, value: logarithm(Double(stretch[(k + 1) % 3])) - own, weight: 1 / (0.05 * 0.05))
      }
      guard let step = system.solved() else { return }
      move(step)
    }
  }

  /// What the mean head misses skin by after all has been fitted, mm: heads differ in more than three lengths.
  private static let misfit = 2.5

  private struct Pair: Sendable {
    var from: SIMD3<Float>
    var to: SIMD3<Float>
    var normal: SIMD3<Float>
    var weight: Float
    static let none = Pair(from: .zero, to: .zero, normal: .zero, weight: 0)
  }

  private func pair(
    _ sample: SkinSample, _ template: TriangleMesh, _ tree: BoundingVolumeHierarchy, reach: Float
  ) -> Pair {
    let point = tree.closestPoint(to: unmap(sample.position), effort: FrameGuess.effort)
    let normal = mappedNormal(point.mix(template.normals, template.triangles))
    let gap = length(map(point.position) - sample.position)
    // Skin that looks elsewhere is other skin.
    if !(gap < reach) || dot(normal, sample.normal) < 0.5 { return .none }
    let t = 1 - (gap / reach) * (gap / reach)
    return Pair(from: point.position, to: sample.position, normal: normal, weight: sample.weight * t * t)
  }

  /// The direction that a normal of the mean head has in the scan.
  func mappedNormal(_ n: SIMD3<Float>) -> SIMD3<Float> { normalized(direction(n / stretch)) }

  /// How a place moves along a direction with the nine numbers: turns about x, y and z, shifts, relative lengths.
  private func row(_ p: SIMD3<Float>, along n: SIMD3<Float>) -> [Double] {
    let d = cross(map(p) - origin, n)
    let q = p * stretch * scale
    return [
      Double(d.x), Double(d.y), Double(d.z), Double(n.x), Double(n.y), Double(n.z),
      Double(q.x) * (left * SIMD3<Double>(n)).sum(), Double(q.y) * (up * SIMD3<Double>(n)).sum(),
      Double(q.z) * (forward * SIMD3<Double>(n)).sum(),
    ]
  }

  private mutating func move(_ step: [Double]) {
    let turn = SIMD3(step[0], step[1], step[2])
    let angle = (turn * turn).sum().squareRoot()
    func turned(_ v: SIMD3<Double>) -> SIMD3<Double> {
      if angle < 1e-12 { return v }
      let axis = turn / angle
      let (s, c) = (sine(angle), cosine(angle))
      return v * c + crossProduct(axis, v) * s + axis * ((axis * v).sum() * (1 - c))
    }
    left = turned(left)
    left /= (left * left).sum().squareRoot()
    up = turned(up)
    up -= left * (left * up).sum()
    up /= (up * up).sum().squareRoot()
    forward = crossProduct(left, up)
    origin += SIMD3<Float>(SIMD3(step[3], step[4], step[5]))
    // No head is a quarter larger than the mean one in any length.
    stretch = (stretch * SIMD3<Float>(1 + SIMD3(step[6], step[7], step[8]))).clamped(
      lowerBound: SIMD3(repeating: 0.8), upperBound: SIMD3(repeating: 1.25))
  }
}

/// Weighted least squares in nine unknowns.
struct NormalEquations {
  static let count = 9
  private var matrix = [Double](repeating: 0, count: count * count)
  private var right = [Double](repeating: 0, count: count)

  mutating func add(_ row: [Double], value: Double, weight: Double) {
    for i in 0..<Self.count {
      right[i] += weight * row[i] * value
      for j in 0...i { matrix[i * Self.count + j] += weight * row[i] * row[j] }
    }
  }

  /// By A.-L. Cholesky's factors; `nil` where some unknown is not determined.
  func solved() -> [Double]? {
    let n = Self.count
    var l = matrix
    for i in 0..<n {
      for j in 0...i {
        var sum = matrix[i * n + j]
        for k in 0..<j { sum -= l[i * n + k] * l[j * n + k] }
        if i == j {
          if !(sum > 1e-12) { return nil }
          l[i * n + i] = sum.squareRoot()
        } else {
          l[i * n + j] = sum / l[j * n + j]
        }
      }
    }
    var x = right
    for i in 0..<n {
      for k in 0..<i { x[i] -= l[i * n + k] * x[k] }
      x[i] /= l[i * n + i]
    }
    for i in (0..<n).reversed() {
      for k in i + 1..<n { x[i] -= l[k * n + i] * x[k] }
      x[i] /= l[i * n + i]
    }
    return x
  }
}
