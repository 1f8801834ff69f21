// A first guess at where the head is in a scan of unknown unit and axes, so that a person has something to correct.
//
// The mean head is laid into the scan from many starting directions and moved by closest points
// (P. Besl, N. McKay. A method for registration of 3-D shapes. 1992), with the far fifth of the pairs left out each
// time (D. Chetverikov, D. Stepanov, P. Krsek. Robust Euclidean alignment of 3D point sets: the trimmed iterative
// closest point algorithm. 2005). The start that ends closest wins.

import Arithmetic
import Meshes

/// Where a head seems to lie in a scan.
public struct FrameGuess: Sendable {
  /// Frame with the guessed unit; its lengths follow the scan, so `millimetresPerUnit` is a unit's exactly.
  public var frame: ScanFrame
  public var unit: ScanUnit
  /// The mean head's landmarks on the scan's skin, in the scan's coordinates, in the order of `ScanLandmarks.Name`.
  public var landmarks: ScanLandmarks
  /// Mean distance of the mean head's nearer skin from the scan, mm: 1 to 4 on heads, more if the guess is wrong.
  public var gap: Float
  /// How far other starting directions that end nearly as close put any landmark from where it is here, mm: a few tenths
  /// where the shape decides, more where it leaves a choice.
  public var spread: Float
}

extension FrameGuess {
  /// Guesses from the mesh alone; nil if it is empty or nothing in it looks like a head.
  ///
  /// - Parameter template: a mannequin of mean size in the head frame; 30,000 triangles are plenty.
  public init?(_ mesh: TriangleMesh, template: Head, threads: Int? = nil) {
    self.init(mesh, template: template, directions: Self.directions, threads: threads)
  }

  /// The same from some starting directions only.
  init?(
    _ mesh: TriangleMesh, template: Head, directions: [(left: SIMD3<Double>, up: SIMD3<Double>)], threads: Int? = nil
  ) {
    guard let box = BoundingBox(mesh) else { return nil }
    // Skin of skull and face, evenly thinned; the neck differs too much between scans.
    let skin = Self.samples(of: template, count: 240)
    let tree = BoundingVolumeHierarchy(mesh)
    var starts: [Start] = []
    for unit in ScanUnit.allCases {
      // From a mask to a standing person
      let size = box.diagonal * unit.millimetres
      if size < 200 || size > 2600 { continue }
      for (left, up) in directions {
        starts.append(Start(unit: unit, left: left, up: up))
      }
    }
    if starts.isEmpty { return nil }

    // A short run from every start, then the best few to the end
    let candidates = starts
    let coarse = tabulate(candidates.count, initial: Fit.none, threads: threads) { i in
      var fit = Fit(candidates[i], mesh: mesh)
      fit.refine(skin: skin.filter { $0.index % 3 == 0 }, tree: tree, rounds: 8)
      return fit
    }
    let best = coarse.indices.sorted { (coarse[$0].gap, $0) < (coarse[$1].gap, $1) }.prefix(8).map { $0 }
    let fits = tabulate(best.count, initial: Fit.none, threads: threads) { i in
      var fit = coarse[best[i]]
      fit.refine(skin: skin, tree: tree, rounds: 30)
      return fit
    }
    guard var fit = fits.min(by: { $0.gap < $1.gap }), fit.gap < 9 else { return nil }
    // Closest points creep along smooth skin, so the last millimetres take many rounds.
    fit.refine(skin: skin, tree: tree, rounds: 150)
    let near = fits.filter { $0.gap < 1.25 * fit.gap + 0.2 }
    let others = tabulate(near.count, initial: Fit.none, threads: threads) { i in
      var other = near[i]
      other.refine(skin: skin, tree: tree, rounds: 60)
      return other
    }
    spread = 0
    let probes = template.landmarks.all
    for i in others.indices {
      if others[i].gap > 1.1 * fit.gap + 0.1 { continue }
      for p in probes { spread = max(spread, length(others[i].map(p) - fit.map(p))) }
    }

    unit = fit.start.unit
    gap = fit.gap
    let scale = Double(unit.millimetres)
    // The mean head was stretched to the scan; the frame is not.
    frame = ScanFrame(
      origin: SIMD3<Double>(fit.origin) / scale, left: fit.left, up: fit.up, forward: fit.forward,
      millimetresPerUnit: scale)
    landmarks = ScanLandmarks()
    let marks = template.landmarks
    for name in ScanLandmarks.Name.allCases {
      let place: SIMD3<Float> =
        switch name {
        case .leftTragion: marks.leftTragion
        case .rightTragion: marks.rightTragion
        case .glabella: marks.glabella
        case .sellion: marks.sellion
        case .vertex: marks.vertex
        case .inion: marks.inion
        case .trichion: SIMD3<Float>(ScanLandmarks.Name.trichion.template)
        case .leftCanthus: marks.leftCanthus
        case .rightCanthus: marks.rightCanthus
        }
      landmarks[name] = SIMD3<Double>(tree.closestPoint(to: fit.map(place) / Float(scale)).position)
    }
  }

  /// Boxes that a search for a closest point may meet. On a head it meets some tens; hundreds of thousands of searches among
  /// slivers that all meet in one vertex would meet all of them each time.
  fileprivate static let effort = 1024

  fileprivate struct Sample: Sendable {
    var index: Int
    var position: SIMD3<Float>
  }

  /// About `count` vertices of skull and face that lie far from each other.
  private static func samples(of head: Head, count: Int) -> [Sample] {
    let skin = head.mesh.positions.filter { $0.y > -95 }
    // Cells of a size that gives about as many as wanted: the skin above the jaw is some 1100 cm².
    let cell = (110_000 / Float(count)).squareRoot()
    var taken: Set<SIMD3<Int32>> = []
    var found: [Sample] = []
    for p in skin {
      let key = SIMD3<Int32>((p / cell).rounded(.down))
      if taken.insert(key).inserted { found.append(Sample(index: found.count, position: p)) }
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

  struct Start: Sendable {
    var unit: ScanUnit
    var left: SIMD3<Double>
    var up: SIMD3<Double>
  }

  struct Fit: Sendable {
    var start: Start
    /// In mm along the scan's axes.
    var origin: SIMD3<Float>
    var left: SIMD3<Double>
    var up: SIMD3<Double>
    var forward: SIMD3<Double>
    var size: Float = 1
    var gap = Float.infinity

    static let none = Fit(
      start: Start(unit: .millimetre, left: .zero, up: .zero), origin: .zero, left: .zero, up: .zero, forward: .zero)

    fileprivate init(
      start: Start, origin: SIMD3<Float>, left: SIMD3<Double>, up: SIMD3<Double>, forward: SIMD3<Double>
    ) {
      (self.start, self.origin, self.left, self.up, self.forward) = (start, origin, left, up, forward)
    }

    /// The mean head with its vertex at the highest skin, over the middle of the 200 mm below that.
    init(_ start: Start, mesh: TriangleMesh) {
      let scale = start.unit.millimetres
      let up = SIMD3<Float>(start.up)
      var top = -Float.infinity
      for p in mesh.positions { top = max(top, dot(p, up)) }
      var low = SIMD3<Float>(repeating: .infinity)
      var high = -low
      for p in mesh.positions where dot(p, up) > top - 200 / scale {
        low = low.replacing(with: p, where: p .< low)
        high = high.replacing(with: p, where: p .> high)
      }
      let middle = (low + high) * 0.5
      let origin = (middle + up * (top - dot(middle, up))) * scale - up * 131
      self.init(
        start: start, origin: origin, left: start.left, up: start.up, forward: crossProduct(start.left, start.up))
    }

    /// The scan's place, mm, of a place on the mean head.
    func map(_ p: SIMD3<Float>) -> SIMD3<Float> {
      let q = SIMD3<Double>(p * size)
      return origin + SIMD3<Float>(left * q.x + up * q.y + forward * q.z)
    }

    fileprivate mutating func refine(skin: [Sample], tree: BoundingVolumeHierarchy, rounds: Int) {
      let scale = start.unit.millimetres
      for _ in 0..<rounds {
        var pairs = skin.map { sample in
          let here = map(sample.position)
          let there = tree.closestPoint(to: here / scale, effort: FrameGuess.effort).position * scale
          return (from: sample.position, to: there, gap: length(there - here), index: sample.index)
        }
        // The far fifth may be hair, clothes or a hole.
        pairs.sort { ($0.gap, $0.index) < ($1.gap, $1.index) }
        pairs.removeLast(pairs.count / 5)
        gap = pairs.reduce(0) { $0 + $1.gap } / Float(pairs.count)
        var fromMiddle = SIMD3<Float>.zero
        var toMiddle = SIMD3<Float>.zero
        for p in pairs {
          fromMiddle += p.from
          toMiddle += p.to
        }
        fromMiddle /= Float(pairs.count)
        toMiddle /= Float(pairs.count)
        // Columns of the rotation from the mean head to the scan are the scan's left, up and forward.
        let rotation = Rotation(
          taking: pairs.map {
            (from: SIMD3<Double>($0.to - toMiddle), to: SIMD3<Double>($0.from - fromMiddle), weight: 1)
          })
        left = rotation.x
        up = rotation.y
        forward = rotation.z
        var along: Float = 0
        var square: Float = 0
        for p in pairs {
          let q = SIMD3<Double>(p.from - fromMiddle)
          along += dot(SIMD3<Float>(left * q.x + up * q.y + forward * q.z), p.to - toMiddle)
          square += dot(p.from - fromMiddle, p.from - fromMiddle)
        }
        size = clamp(along / max(square, 1), 0.82, 1.18)
        origin = .zero
        origin = toMiddle - map(fromMiddle)
      }
    }
  }
}

private func crossProduct(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
  SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
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
