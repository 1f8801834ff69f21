// Round scars of follicular unit extraction: scattered discs, found again through a grid of cubes.
import Arithmetic
import Meshes
import ScalpGeometry

/// Round scars scattered over an area.
public struct ExtractionScars: Sendable {
  /// Middle of each scar on the skin, mm.
  public let centres: [SIMD3<Float>]
  /// Radius of each, mm.
  public let radii: [Float]
  /// Of the punch, mm: the mean of what it leaves.
  public let diameter: Float
  /// Per vertex: distance inside the border of the area, mm.
  let area: [Float]
  /// A punch takes a whole follicular unit and cuts hairs beside it: around a scar no hair stands for so far, mm.
  static let bareMargin: Float = 0.2
  private let cells: PointCells
  private let reach: Float

  init(
    _ area: ZoneLayer.Area, count: Int, diameter: Float, ring: Float, index: Int, seed: UInt64, on scalp: Scalp,
    threads: Int?
  ) throws(CompileError) {
    let inside = try insideDistance(of: area, layer: index, "area", on: scalp, band: 20 + ring, threads: threads)
    let scalpInside = scalp.region.distances
    // Only where hair grew
    let donor = inside.indices.map { min(inside[$0], scalpInside[$0]) }
    self.area = donor

    self.diameter = diameter
    // Room: extraction takes at most about one unit in three, so scars keep 1.6 diameters between middles, as long as
    // they are few. Where a twentieth of the skin and more has gone, hands went over the same places again: scars crowd in
    // some parts, touch and run together, and leave others alone.
    let mesh = scalp.head.mesh
    let spacing = 1.6 * diameter
    let square = Double(scalp.area(above: donor))
    let room = Int(min(square * 100 / Double(spacing * spacing) * 0.6, 30_000))
    guard (1...max(room, 1)).contains(count), room > 0 else {
      throw CompileError(
        layer: index, field: "count", found: "\(count)",
        problem: "must be 1 to \(room) scars of \(shown(Double(diameter))) mm on \(shown(square)) cm²")
    }
    // Draw triangles by area inside the border, then places in them; keep those far enough from all before.
    var weights = [Float]()
    var members = [Int]()
    var total: Float = 0
    for (i, t) in mesh.triangles.enumerated() {
      let d = SIMD3(donor[Int(t.x)], donor[Int(t.y)], donor[Int(t.z)])
      if d.x <= 0, d.y <= 0, d.z <= 0 { continue }
      let p = mesh.positions[Int(t.x)]
      total += 0.5 * length(cross(mesh.positions[Int(t.y)] - p, mesh.positions[Int(t.z)] - p))
      weights.append(total)
      members.append(i)
    }
    let random = CounterRandom(seed: seed, stream: RandomStream.layer(index, 6))
    let taken = Float(count) * 0.25 * Float.pi * diameter * diameter / Float(square * 100)
    let crowding = smoothstep(0.045, 0.10, taken)
    let fade = min(12, 0.3 * (donor.max() ?? 0))
    let crowds = SpaceIrregularity(
      random: CounterRandom(seed: seed, stream: RandomStream.layer(index, 11)), spacing: 5)
    var cells = PointCells(size: max(spacing, 1))
    var centres = [SIMD3<Float>]()
    var radii = [Float]()
    var tries: UInt64 = 0
    while centres.count < count, tries < UInt64(count) * 200 {
      tries += 1
      let pick = random.uniform(tries * 5) * total
      let triangle = members[min(lowerBound(weights, pick), members.count - 1)]
      let pair = random.uniformPair(tries * 5 + 1)
      let root = pair.x.squareRoot()
      let t = mesh.triangles[triangle]
      let v = root * (1 - pair.y)
      let w = root * pair.y
      let point = SurfacePoint(position: .zero, triangle: UInt32(triangle), v: v, w: w)
      let corners = FieldCorners(point, mesh)
      let depth = corners.value(donor)
      guard depth > 0 else { continue }
      // No donor area ends at a line: towards its border fewer units were taken.
      if random.uniform(tries * 5 + 4) > 0.25 + 0.75 * smoothstep(0, fade, depth) { continue }
      let p =
        mesh.positions[Int(t.x)] * corners.u + mesh.positions[Int(t.y)] * v + mesh.positions[Int(t.z)] * w
      // Room asked for shrinks slowly when places become hard to find.
      let crowd = crowding * (0.5 + 0.9 * crowds(p))
      if random.uniform(tries * 5 + 3) < 0.75 * crowding * (1 - crowd) { continue }
      let patience = 1 - 0.3 * Float(tries) / Float(UInt64(count) * 200)
      let wanted = spacing * patience * (1 - 0.62 * clamp(crowd, 0, 1))
      if cells.nearest(to: p, centres, within: wanted) != nil { continue }
      cells.insert(centres.count, at: p)
      centres.append(p)
      // Most are as wide as the punch; some have spread, some have closed.
      let spread = random.uniform(tries * 5 + 2)
      radii.append(0.5 * diameter * (0.72 + 0.36 * spread + 0.42 * spread * spread * spread))
    }
    self.centres = centres
    self.radii = radii
    // A cube at least twice as wide as the farthest look, so that a look meets at most eight.
    reach = 0.5 * diameter * 1.5 + Self.bareMargin + 0.3
    var rebuilt = PointCells(size: 2.01 * reach)
    for (i, p) in centres.enumerated() { rebuilt.insert(i, at: p) }
    self.cells = rebuilt
  }

  /// Distance inside the nearest scar's border, mm; negative outside; -1 far away.
  @inline(__always)
  func inside(_ position: SIMD3<Float>) -> Float {
    guard let i = cells.nearest(to: position, centres, within: reach) else { return -1 }
    return radii[i] - length(position - centres[i])
  }
}

/// First index whose value is not below `wanted`.
private func lowerBound(_ values: [Float], _ wanted: Float) -> Int {
  var low = 0
  var high = values.count
  while low < high {
    let middle = (low + high) / 2
    if values[middle] < wanted { low = middle + 1 } else { high = middle }
  }
  return low
}

/// Points in cubic cells, in chains: `first[cell]`, then `next[point]`.
struct PointCells: Sendable {
  let size: Float
  private static let buckets = 1 << 14
  private var first = [Int32](repeating: -1, count: buckets)
  private var next = [Int32]()

  init(size: Float) { self.size = size }

  /// Adds point number `index`; numbers come in order from 0.
  mutating func insert(_ index: Int, at p: SIMD3<Float>) {
    let b = bucket(cell(p))
    next.append(first[b])
    first[b] = Int32(index)
  }

  /// The point nearest to `p`, if one lies within `reach` mm; `reach` must not exceed the cell size.
  @inline(__always)
  func nearest(to p: SIMD3<Float>, _ points: [SIMD3<Float>], within reach: Float) -> Int? {
    var best: Int?
    var bestSquare = reach * reach
    let low = cell(p - SIMD3(repeating: reach))
    let high = cell(p + SIMD3(repeating: reach))
    for x in low.x...high.x {
      for y in low.y...high.y {
        for z in low.z...high.z {
          var i = first[bucket(SIMD3(x, y, z))]
          while i >= 0 {
            let d = points[Int(i)] - p
            let square = dot(d, d)
            if square < bestSquare || (square == bestSquare && best.map { Int(i) < $0 } ?? false) {
              bestSquare = square
              best = Int(i)
            }
            i = next[Int(i)]
          }
        }
      }
    }
    return best
  }

  @inline(__always)
  private func cell(_ p: SIMD3<Float>) -> SIMD3<Int32> {
    let q = p / size + SIMD3(repeating: 2048)
    return SIMD3(
      Int32(held(q.x, 0, 4095)), Int32(held(q.y, 0, 4095)), Int32(held(q.z, 0, 4095)))
  }

  @inline(__always)
  private func bucket(_ c: SIMD3<Int32>) -> Int {
    let key = UInt64(c.x) << 24 | UInt64(c.y) << 12 | UInt64(c.z)
    return Int(mix64(key) & UInt64(Self.buckets - 1))
  }
}
