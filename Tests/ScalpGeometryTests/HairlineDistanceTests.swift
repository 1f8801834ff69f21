import Arithmetic
import Meshes
import TestSupport
import Testing

@testable import ScalpGeometry

@Suite("Distance to a hairline on a head")
struct HairlineDistanceTests {
  /// A hairline of about 200 mm: from one temple over the forehead to the other.
  static func hairline(_ frame: ScalpFrame) -> SurfaceCurve {
    let places = [(112, -90), (92, -72), (80, -50), (72, -28), (69, 0), (72, 28), (80, 50), (92, 72), (112, 90)]
      .compactMap {
        frame.place(up: $0.0, side: $0.1)?.position
      }
    return SurfaceCurve(through: places, on: frame)
  }

  @Test func theErrorStaysBelowATenthOfAMillimetre() throws {
    let head = try MannequinSamples.head(0)
    let scalp = try Scalp(head)
    let curve = Self.hairline(scalp.frame)
    #expect(abs(curve.length - 200) < 20, "\(curve.length)")
    let found = scalp.distance(to: curve, band: 60)
    // Points 0.5 mm apart stand for the line: a vertex 2 mm away is 0.02 mm nearer to the line than to them at most.
    let tree = BoundingVolumeHierarchy(head.mesh)
    let sources = (0...Int(curve.length * 2)).map { k in
      let hit = tree.closestPoint(to: curve.position(at: min(Float(k) / 2, curve.length)))
      return (triangle: Int(hit.triangle), point: hit.position)
    }
    let exact = ExactGeodesics(head.mesh, from: sources, band: 42)
    var sums = [Double](repeating: 0, count: 3)
    var counts = [Double](repeating: 0, count: 3)
    var worst = 0.0
    for (v, distance) in exact.distances.enumerated() where distance < 40 {
      let error = abs(Double(found.distances[v]) - distance)
      let ring = distance < 5 ? 0 : (distance < 15 ? 1 : 2)
      sums[ring] += error
      counts[ring] += 1
      worst = max(worst, error)
    }
    let total = sums.reduce(0, +) / counts.reduce(0, +)
    let rings = zip(sums, counts).map { $0 / max($1, 1) }
    #expect(counts.reduce(0, +) > 1000)
    #expect(total < 0.1, "mean \(total), by ring \(rings), worst \(worst), \(exact.windowCount) windows")
    // Feathers of hairlines are up to 15 mm wide: there the error must be a hair's breadth.
    #expect((sums[0] + sums[1]) / (counts[0] + counts[1]) < 0.03)
  }

  /// The electrode sites of the 10-20 system lie at shares of the way from nasion to inion.
  @Test(arguments: [("Fpz", 0.1, 30.5), ("Fz", 0.3, 66.3), ("Cz", 0.5, 100.1), ("Pz", 0.7, 132.3), ("Oz", 0.9, 166.7)])
  func sharesNameElectrodeSites(_ name: String, _ s: Float, _ degrees: Float) throws {
    let frame = try ScalpFrame(MannequinSamples.head(0))
    let tape = frame.tape(s: s, t: 0)
    let place = try #require(frame.place(up: tape.up, side: tape.side)).position
    #expect(abs(place.x) < 0.5)
    // Shares measured on the mesh itself, along its own section of the midline.
    let marks = frame.head.landmarks
    let way = try Self.midlineWay(frame.head.mesh, from: marks.sellion, to: marks.inion)
    let here = try #require(way.min { length($0.place - place) < length($1.place - place) })
    #expect(abs(here.share - s) < 0.006, "\(name): \(here.share)")
    // The recipe's head, before its skull moved forward by 8 mm, had them at these angles.
    let angle = ScalpFrame.alpha(place) * 180 / .pi
    #expect(abs(angle - degrees) < 6, "\(name): \(angle)")
  }

  @Test func sidewaysSharesEndAtTheTragions() throws {
    let frame = try ScalpFrame(MannequinSamples.head(0))
    for t: Float in [-0.4, -0.2, 0.2, 0.4] {
      // T3, C3, C4 and T4 lie at 40 % and 20 % of the arc over Cz: t = 0.8 and 0.4 of each half.
      let tape = frame.tape(s: 0.5, t: 2 * t)
      let place = try #require(frame.place(up: tape.up, side: tape.side)).position
      #expect((place.x > 0) == (t > 0))
      let back = frame.coordinates(of: place)
      let shares = frame.shares(up: back.up, side: back.side)
      #expect(abs(shares.s - 0.5) < 0.002 && abs(shares.t - 2 * t) < 0.004)
    }
  }

  /// Points of the midline from one place over the vertex to another, with their share of the way.
  private static func midlineWay(
    _ mesh: TriangleMesh, from: SIMD3<Float>, to: SIMD3<Float>
  ) throws -> [(place: SIMD3<Float>, share: Float)] {
    let tree = BoundingVolumeHierarchy(mesh)
    let start = ScalpFrame.alpha(from)
    let end = ScalpFrame.alpha(to)
    var way: [(place: SIMD3<Float>, share: Float)] = []
    var length: Float = 0
    for k in 0...600 {
      // A rational turn from the one direction to the other: fine steps need no library.
      let alpha = start + (end - start) * Float(k) / 600
      let (s, c) = sineCosine(alpha)
      let ray = SIMD3(0, s, c)
      guard let hit = tree.firstHit(origin: ray * 300, direction: -ray) else { continue }
      let p = hit.point.position
      if let last = way.last { length += Arithmetic.length(p - last.place) }
      way.append((p, length))
    }
    return way.map { ($0.place, $0.share / length) }
  }

  private static func sineCosine(_ angle: Float) -> (Float, Float) {
    let x = Double(angle) / 64
    var c = 1 - x * x / 2 + x * x * x * x / 24
    var s = x - x * x * x / 6 + x * x * x * x * x / 120
    for _ in 0..<6 { (s, c) = (2 * s * c, c * c - s * s) }
    return (Float(s), Float(c))
  }
}
