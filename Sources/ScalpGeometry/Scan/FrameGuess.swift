// A first guess at where the head is in a scan of unknown unit and axes, so that a person has something to correct.
//
// The mean head is laid into the scan from many starting directions and in all sizes that the scan's extent allows
// (`HeadFit`), first on a grid of nearest points, then on the skin itself. The fit wins under which mean head and scan lie
// closest to each other, both ways: a sphere fits into an eye, but then most of the scan lies far from it. Then the marks are
// moved to the scan's own nasal root and ears (`LandmarkSnap`).

import Arithmetic
import Meshes

/// Where a head seems to lie in a scan.
public struct FrameGuess: Sendable {
  /// Frame with the guessed unit; its lengths follow the scan, so `millimetresPerUnit` is a unit's exactly, where one fits.
  public var frame: ScanFrame
  /// The unit in which this head is an adult's; `nil` for a scan without a scale, whose `millimetresPerUnit` is that of a head
  /// of mean size.
  public var unit: ScanUnit?
  /// The landmarks on the scan's skin, in the scan's coordinates, in the order of `ScanLandmarks.Name`.
  public var landmarks: ScanLandmarks
  /// Mean distance of the mean head's nearer skin from the scan, mm: 1 to 4 on heads, more if the guess is wrong.
  public var gap: Float
  /// How far other starts that end nearly as close put any landmark from where it is here, mm: a few tenths where the shape
  /// decides, more where it leaves a choice.
  public var spread: Float
  /// Whether shape leaves no doubt: of guesses on mannequins and heads that were called sure, 19 in 20 are within 6 mm.
  public var isSure: Bool
}

extension FrameGuess {
  /// Guesses from the mesh alone; nil if it is empty or nothing in it looks like a head.
  ///
  /// - Parameter template: a mannequin of mean size in the head frame; 30,000 triangles are plenty.
  public init?(_ mesh: TriangleMesh, template: Head, threads: Int? = nil) {
    guard let box = BoundingBox(mesh), let grid = NearestGrid(mesh), let templateGrid = NearestGrid(template.mesh)
    else {
      return nil
    }
    let skin = Self.samples(of: template, count: 240)
    let few = skin.filter { $0.index % 3 == 0 }
    let probes = Self.thinned(grid.points, to: 1500)
    let tops = Self.thinned(grid.points, to: 3000)

    // From a mask of 220 mm to a standing person; a head is 0.85 to 1.18 times the mean one.
    var starts: [HeadFit] = []
    var size: Float = 240
    while size < 2800 {
      for (left, up) in Self.directions {
        starts.append(HeadFit(left: left, up: up, scale: box.diagonal / size, over: tops))
      }
      size *= 1.28
    }
    let candidates = starts
    let coarse = tabulate(candidates.count, initial: HeadFit.none, threads: threads) { i in
      var fit = candidates[i]
      fit.refine(few, rounds: 10, limits: fit.scale * 0.82...fit.scale * 1.2) { grid.nearest(to: $0) }
      fit.lookBack(probes, at: templateGrid)
      return fit
    }

    // The best few that differ, to the end, on the skin itself
    let order = coarse.indices.filter { coarse[$0].score.isFinite }.sorted {
      (coarse[$0].score, $0) < (coarse[$1].score, $1)
    }
    var chosen: [HeadFit] = []
    for i in order where !chosen.contains(where: { Self.apart($0, coarse[i]) < 12 }) {
      chosen.append(coarse[i])
      if chosen.count == 14 { break }
    }
    let tree = BoundingVolumeHierarchy(mesh)
    @Sendable func onSkin(_ p: SIMD3<Float>) -> SIMD3<Float> { tree.closestPoint(to: p, effort: Self.effort).position }
    let best = chosen
    let fits = tabulate(best.count, initial: HeadFit.none, threads: threads) { i in
      var fit = best[i]
      let limits = fit.scale * 0.9...fit.scale * 1.1
      fit.refine(skin, rounds: 25, limits: limits) { onSkin($0) }
      // Closest points creep along smooth skin, so the last millimetres take many rounds.
      fit.refine(skin, rounds: 25, limits: limits, isStretched: true) { onSkin($0) }
      fit.lookBack(probes, at: templateGrid)
      return fit
    }
    guard var fit = fits.min(by: { $0.score < $1.score }), fit.gap < 9, fit.score.isFinite else { return nil }
    // Those that end nearly as close go on as well: what is left between them is doubt.
    let near = fits.filter { $0.score < 1.3 * fit.score + 0.2 }
    let ends = tabulate(near.count, initial: HeadFit.none, threads: threads) { i in
      var fit = near[i]
      fit.refine(skin, rounds: 120, limits: fit.scale * 0.9...fit.scale * 1.1, isStretched: true) { onSkin($0) }
      fit.lookBack(probes, at: templateGrid)
      return fit
    }
    if let end = ends.min(by: { $0.score < $1.score }) { fit = end }
    gap = fit.gap
    spread = ends.filter { $0.score < 1.05 * fit.score + 0.04 }.reduce(0) { max($0, Self.apart(fit, $1)) }
    let rival = (ends + fits).filter { Self.apart(fit, $0) > 25 }.reduce(Float.infinity) { min($0, $1.score) }
    isSure = gap < 3 && fit.back < 5 && spread < 6 && rival > 1.3 * fit.score

    // A head of an adult's size in a known unit is in that unit: no other is nearer than 2.5 times.
    let perUnit = 1 / (fit.scale * fit.meanStretch)
    unit = ScanUnit.allCases.first { abs(logarithm(Double(perUnit / $0.millimetres))) < 0.2 }
    landmarks = snappedLandmarks(fit, template: template, tree: tree).places
    let scale = unit.map { Double($0.millimetres) } ?? Double(perUnit)
    frame = ScanFrame(
      origin: SIMD3<Double>(fit.origin), left: fit.left, up: fit.up, forward: fit.forward, millimetresPerUnit: scale)
    // The landmarks set the frame, as they will when they stand in a design.
    if let own = try? ScanFrame(landmarks, millimetresPerUnit: scale), (own.up * fit.up).sum() > 0.95 { frame = own }
  }

  /// Boxes that a search for a closest point may meet. On a head it meets some tens; hundreds of thousands of searches among
  /// slivers that all meet in one vertex would meet all of them each time.
  static let effort = 256

  /// How far two fits put the mean head's landmarks from each other, at most, mm of the mean head.
  private static func apart(_ a: HeadFit, _ b: HeadFit) -> Float {
    ScanLandmarks.Name.allCases.reduce(0) { most, name in
      let p = SIMD3<Float>(name.template)
      return max(most, length(a.map(p) - b.map(p)) / min(a.scale, b.scale))
    }
  }

  /// About `count` of some points, evenly in their order.
  static func thinned(_ points: [SIMD3<Float>], to count: Int) -> [SIMD3<Float>] {
    guard points.count > count else { return points }
    return (0..<count).map { points[$0 * points.count / count] }
  }

  /// About `count` vertices of skull and face that lie far from each other; the neck differs too much between scans.
  static func samples(of head: Head, count: Int) -> [TemplatePoint] {
    let skin = head.mesh.positions.filter { $0.y > -95 }
    // Cells of a size that gives about as many as wanted: the skin above the jaw is some 1100 cm². The middle of the face, which
    // alone tells how far the head nods, counts four times.
    let cell = (130_000 / Float(count)).squareRoot()
    var taken: Set<SIMD4<Int32>> = []
    var found: [TemplatePoint] = []
    for p in skin {
      let isFace = p.z > 60 && p.y < 50 && p.y > -70
      let key = SIMD3<Int32>((p / (isFace ? 0.5 * cell : cell)).rounded(.down))
      if taken.insert(SIMD4(key, isFace ? 1 : 0)).inserted {
        found.append(TemplatePoint(index: found.count, position: p))
      }
    }
    return found
  }

  /// Left and up: up along the faces, edges and corners of a cube, with eight turns about it. No head is farther
  /// than about 30 degrees from one of them.
  static let directions: [(left: SIMD3<Double>, up: SIMD3<Double>)] = {
    func unit(_ v: SIMD3<Double>) -> SIMD3<Double> { v / (v * v).sum().squareRoot() }
    var found: [(SIMD3<Double>, SIMD3<Double>)] = []
    for k in 0..<27 where k != 13 {
      let up = unit(SIMD3(Double(k % 3 - 1), Double(k / 3 % 3 - 1), Double(k / 9 - 1)))
      let aside = abs(up.x) < 0.9 ? SIMD3(1.0, 0, 0) : SIMD3(0, 1.0, 0)
      let a = unit(crossProduct(up, aside))
      let b = crossProduct(up, a)
      for left in [a, b, -a, -b, unit(a + b), unit(b - a), unit(-a - b), unit(a - b)] { found.append((left, up)) }
    }
    return found
  }()
}

/// The axis-aligned box around a mesh.
public struct BoundingBox: Sendable, Equatable {
  public var low: SIMD3<Float>
  public var high: SIMD3<Float>

  /// nil for a mesh without positions.
  public init?(_ mesh: TriangleMesh) {
    guard let first = mesh.positions.first else { return nil }
    low = first
    high = first
    for p in mesh.positions {
      low = low.replacing(with: p, where: p .< low)
      high = high.replacing(with: p, where: p .> high)
    }
  }

  public var diagonal: Float { length(high - low) }
}
