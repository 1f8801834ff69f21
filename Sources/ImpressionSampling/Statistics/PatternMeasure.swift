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
  private let tree: DotTree
  private let threads: Int?

  init(
    _ pattern: DotPattern, _ surface: PreparedSurface, _ cloud: SurfaceQuadrature, _ density: some SurfaceDensity,
    wanted: Double, threads: Int?
  ) throws(SamplingError) {
    self.pattern = pattern
    self.surface = surface
    self.cloud = cloud
    self.threads = threads
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
    tree = DotTree(pattern.points.map(\.position), normals: pattern.normals)
  }

  /// Places whose nearest dots are sought one after the other, each with the last one's as a hint.
  private static let placesPerTile = 1024

  /// For each of `count` places the nearest dot on its sheet: squared distance and number, which is -1 where there is none.
  private func nearest(
    _ count: Int, place: @Sendable (Int) -> (position: SIMD3<Float>, normal: SIMD3<Float>, except: Int32)?
  ) -> [DotTree.Found] {
    [DotTree.Found](unsafeUninitializedCapacity: count) { buffer, initialized in
      // Tiles write disjoint parts of the buffer
      nonisolated(unsafe) let out = buffer
      out.initialize(repeating: (.infinity, -1))
      let tiles = (count + Self.placesPerTile - 1) / Self.placesPerTile
      parallelTiles(tiles, threads: threads) { t in
        var hint: Int32 = -1
        for i in t * Self.placesPerTile..<min(count, (t + 1) * Self.placesPerTile) {
          guard let (position, normal, except) = place(i),
            let found = tree.nearest(to: position, normal: normal, except: except, hint: hint)
          else { continue }
          out[i] = found
          hint = found.label
        }
      }
      initialized = count
    }
  }

  /// Smallest distance, the same over radius and over spacing, and variation of the nearest distance.
  func neighbours() -> (Float, Float, Float, Float) {
    let points = pattern.points
    let radii = pattern.radii
    let normals = pattern.normals
    let found = nearest(points.count) { (points[$0].position, normals[$0], Int32($0)) }
    var smallest = Float.infinity
    var overRadius = Float.infinity
    var rho = Float.infinity
    var shares: [Float] = []
    let greatestRadius = radii.max() ?? 0
    // The worst pair need not be a nearest one where radii differ
    let worst = tabulate(points.count, initial: Float.infinity, threads: threads) { i in
      var worst = Float.infinity
      let p = points[i].position
      _ = dots.contains(near: p, within: min(greatestRadius, 4 * radii[i])) { entry, label in
        let j = Int(label)
        if j <= i || dot(normals[i], normals[j]) < 0 { return false }
        let d = length(SIMD3(entry.x, entry.y, entry.z) - p)
        let pair = (radii[i] + radii[j]) * 0.5
        if pair > 0 { worst = min(worst, d / pair) }
        return false
      }
      return worst
    }
    for i in points.indices {
      overRadius = min(overRadius, worst[i])
      guard found[i].label >= 0 else { continue }
      let d = found[i].squared.squareRoot()
      let j = Int(found[i].label)
      smallest = min(smallest, d)
      let h = (dotSpacing[i] + dotSpacing[j]) * 0.5
      if h < .infinity { rho = min(rho, d / h) }
      let pair = (radii[i] + radii[j]) * 0.5
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
    let found = nearest(cloud.points.count) { k in
      guard cloudSpacing[k] < .infinity else { return nil }
      let point = cloud.points[k]
      return (point.position, surface.normal(point.triangle, point.v, point.w), -1)
    }
    var largest: Float = 0
    var area = 0.0
    var open = 0.0
    for k in cloud.points.indices where cloudSpacing[k] < .infinity {
      area += Double(cloud.areas[k])
      if found[k].label < 0 {
        open += Double(cloud.areas[k])
        continue
      }
      let d = found[k].squared.squareRoot()
      largest = max(largest, d / cloudSpacing[k])
      if d > pattern.radii[Int(found[k].label)] { open += Double(cloud.areas[k]) }
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
