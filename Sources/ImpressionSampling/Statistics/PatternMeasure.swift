import Arithmetic
import Meshes

/// The searches behind `PatternStatistics`.
struct PatternMeasure {
  let pattern: DotPattern
  let surface: PreparedSurface
  let cloud: SurfaceQuadrature
  /// Spacing at each dot and at each point of the cloud, mm; infinite where the density is zero.
  let dotSpacing: [Float]
  let cloudSpacing: [Float]
  /// Dots placed per dot wanted.
  let scale: Double
  let dots: SparseGrid

  init(
    _ pattern: DotPattern, _ surface: PreparedSurface, _ cloud: SurfaceQuadrature, _ density: some SurfaceDensity,
    wanted: Double, threads: Int?
  ) throws(SamplingError) {
    self.pattern = pattern
    self.surface = surface
    self.cloud = cloud
    let scale = Double(pattern.count) / wanted
    self.scale = scale
    func spacing(_ value: Float) -> Float {
      value > 0 ? (115.470_055 / (value * Float(scale))).squareRoot() : .infinity
    }
    dotSpacing = try evaluate(density, at: pattern.points, threads: threads).map(spacing)
    cloudSpacing = cloud.densities.map(spacing)
    var low = SIMD3<Float>(repeating: .infinity)
    var high = SIMD3<Float>(repeating: -.infinity)
    for point in pattern.points {
      low.replace(with: point.position, where: point.position .< low)
      high.replace(with: point.position, where: point.position .> high)
    }
    let finite = dotSpacing.filter { $0 < .infinity }.sorted()
    let cell = finite.isEmpty ? 1 : finite[finite.count / 2] * 1.5
    var grid = SparseGrid(low: low, high: high, cell: cell)
    for (i, point) in pattern.points.enumerated() {
      grid.insert(SIMD4(point.position, 0), label: Int32(i))
    }
    dots = grid
  }

  /// Distance and number of the dot nearest to a place on its sheet, other than `except`.
  private func nearest(to p: SIMD3<Float>, normal: SIMD3<Float>, except: Int, guess: Float) -> (Float, Int)? {
    var reach = min(guess, dots.cells.side * 4)
    for _ in 0..<24 {
      var best = Float.infinity
      var found = -1
      _ = dots.contains(near: p, within: reach) { entry, label in
        let d = SIMD3(entry.x, entry.y, entry.z) - p
        let squared = dot(d, d)
        if squared < best, Int(label) != except, dot(pattern.normals[Int(label)], normal) >= 0 {
          best = squared
          found = Int(label)
        }
        return false
      }
      if found >= 0 && best <= reach * reach { return (best.squareRoot(), found) }
      reach *= 2
    }
    return nil
  }

  /// Smallest distance, the same over radius and over spacing, and variation of the nearest distance.
  func neighbours() -> (Float, Float, Float, Float) {
    var smallest = Float.infinity
    var overRadius = Float.infinity
    var rho = Float.infinity
    var shares: [Float] = []
    let greatestRadius = pattern.radii.max() ?? 0
    for i in 0..<pattern.count {
      let p = pattern.points[i].position
      // The worst pair need not be a nearest one where radii differ
      _ = dots.contains(near: p, within: min(greatestRadius, 4 * pattern.radii[i])) { entry, label in
        let j = Int(label)
        if j <= i || dot(pattern.normals[i], pattern.normals[j]) < 0 { return false }
        let d = length(SIMD3(entry.x, entry.y, entry.z) - p)
        let pair = (pattern.radii[i] + pattern.radii[j]) * 0.5
        if pair > 0 { overRadius = min(overRadius, d / pair) }
        return false
      }
      guard let (d, j) = nearest(to: p, normal: pattern.normals[i], except: i, guess: dots.cells.side) else { continue }
      smallest = min(smallest, d)
      let h = (dotSpacing[i] + dotSpacing[j]) * 0.5
      if h < .infinity { rho = min(rho, d / h) }
      let pair = (pattern.radii[i] + pattern.radii[j]) * 0.5
      if pair > 0 { overRadius = min(overRadius, d / pair) }
      if dotSpacing[i] < .infinity { shares.append(d / dotSpacing[i]) }
    }
    guard !shares.isEmpty else { return (0, 0, 0, 0) }
    let mean = shares.reduce(0) { $0 + Double($1) } / Double(shares.count)
    let square = shares.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(shares.count)
    return (smallest, overRadius, rho, Float(square.squareRoot() / mean))
  }

  /// Greatest distance to the nearest dot over spacing, and the share of area out of reach.
  func holes() -> (Float, Float) {
    var largest: Float = 0
    var area = 0.0
    var open = 0.0
    for k in cloud.points.indices where cloudSpacing[k] < .infinity {
      let point = cloud.points[k]
      let normal = surface.normal(point.triangle, point.v, point.w)
      area += Double(cloud.areas[k])
      guard let (d, j) = nearest(to: point.position, normal: normal, except: -1, guess: cloudSpacing[k]) else {
        open += Double(cloud.areas[k])
        continue
      }
      largest = max(largest, d / cloudSpacing[k])
      if d > pattern.radii[j] { open += Double(cloud.areas[k]) }
    }
    return (largest, area > 0 ? Float(open / area) : 0)
  }

  /// Mean squared deviation of the number of dots in balls of four spacings, over the mean expected number.
  func numberVariance() -> Float {
    let index = cloudIndex(stride: 1)
    let random = CounterRandom(seed: 1, stream: RandomStream.numberVariance)
    var deviation = 0.0
    var sum = 0.0
    var centres = 0
    var attempt: UInt64 = 0
    while centres < 1500 && attempt < 15_000 {
      let k = Int(random.bits(attempt) % UInt64(cloud.points.count))
      attempt += 1
      // Points of small triangles stand for less area
      if cloudSpacing[k] == .infinity { continue }
      let reach = 4 * cloudSpacing[k]
      if reach > 40 * dots.cells.side { continue }
      centres += 1
      let p = cloud.points[k].position
      var placed = 0
      var expected = 0.0
      _ = dots.contains(near: p, within: reach) { entry, _ in
        let d = SIMD3(entry.x, entry.y, entry.z) - p
        if dot(d, d) < reach * reach { placed += 1 }
        return false
      }
      _ = index.contains(near: p, within: reach) { entry, _ in
        let d = SIMD3(entry.x, entry.y, entry.z) - p
        if dot(d, d) < reach * reach { expected += Double(entry.w) }
        return false
      }
      deviation += (Double(placed) - expected) * (Double(placed) - expected)
      sum += expected
    }
    return sum > 0 ? Float(deviation / sum) : 0
  }

  /// Observed over expected pairs, in bins of 0.05 spacings of the first dot, up to 10.
  func pairCorrelation() -> [Float] {
    let index = cloudIndex(stride: max(1, cloud.points.count / max(1, 4 * pattern.count)))
    var observed = [Double](repeating: 0, count: 200)
    var expected = [Double](repeating: 0, count: 200)
    // At most some two thousand dots speak for all
    for i in stride(from: 0, to: pattern.count, by: max(1, pattern.count / 2000)) {
      let h = dotSpacing[i]
      if h > 10 * dots.cells.side { continue }
      let p = pattern.points[i].position
      // Only what lies nearer than 10 h is visited: bins of up to 200, by rounding.
      _ = dots.contains(near: p, within: 10 * h) { entry, label in
        let bin = Int(length(SIMD3(entry.x, entry.y, entry.z) - p) / h * 20)
        if bin < 200 && Int(label) != i { observed[bin] += 1 }
        return false
      }
      _ = index.contains(near: p, within: 10 * h) { entry, _ in
        let bin = Int(length(SIMD3(entry.x, entry.y, entry.z) - p) / h * 20)
        if bin < 200 { expected[bin] += Double(entry.w) }
        return false
      }
    }
    return zip(observed, expected).map { $1 > 0 ? Float($0 / $1) : 1 }
  }

  /// Every `stride`-th point of the cloud with the number of dots that it stands for.
  private func cloudIndex(stride step: Int) -> SparseGrid {
    let origin = dots.cells.origin
    let extent = SIMD3<Float>(
      Float(dots.cells.last.x + 1) * dots.cells.side, Float(dots.cells.last.y + 1) * dots.cells.side,
      Float(dots.cells.last.z + 1) * dots.cells.side)
    var grid = SparseGrid(low: origin, high: origin + extent, cell: dots.cells.side)
    var total = 0.0
    for k in stride(from: 0, to: cloud.points.count, by: step) {
      total += Double(cloud.densities[k]) * Double(cloud.areas[k])
    }
    let perDot = total > 0 ? Double(pattern.count) / total : 0
    for k in stride(from: 0, to: cloud.points.count, by: step) where cloud.densities[k] > 0 {
      let weight = Float(Double(cloud.densities[k]) * Double(cloud.areas[k]) * perDot)
      grid.insert(SIMD4(cloud.points[k].position, weight), label: Int32(k))
    }
    return grid
  }
}
