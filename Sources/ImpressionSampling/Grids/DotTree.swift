// The dot nearest to a place, however unevenly dots lie: a tree of boxes over the dots in the order of a curve. A grid
// would walk all that is dense beside a place where it is sparse, and vast empty cells where a density fades to nothing.
//
// Based on: Morton. A computer oriented geodetic data base and a new technique in file sequencing. 1966 (the order).

import Arithmetic
import CLanes

/// Dots with normals, each sought on its own sheet only.
///
/// One tree per side that dots face, so that the boxes of one sheet do not hold dots of the sheet behind it. A tree is a
/// heap: node i has the children 2 i and 2 i + 1, the last row has two quads of dots per node.
struct DotTree: Sendable {
  private struct Box {
    var low = SIMD3<Float>(repeating: .infinity)
    var high = SIMD3<Float>(repeating: -.infinity)
    /// Bounds of the dots' normals, per component.
    var normalLow = SIMD3<Float>(repeating: .infinity)
    var normalHigh = SIMD3<Float>(repeating: -.infinity)
  }

  private struct Side {
    var boxes: [Box] = []
    /// Number of nodes in the last row.
    var leafCount = 1
    var quads: [DotQuad] = []
  }

  /// A dot and the square of its distance.
  typealias Found = (squared: Float, label: Int32)

  private var sides: [Side] = []
  private let normals: [SIMD3<Float>]
  private let positions: [SIMD3<Float>]

  /// Dots in a node of the last row: two quads.
  private static let leafSize = 8

  /// - Complexity: n log n.
  init(_ positions: [SIMD3<Float>], normals: [SIMD3<Float>]) {
    self.positions = positions
    self.normals = normals
    var low = SIMD3<Float>(repeating: .infinity)
    var high = SIMD3<Float>(repeating: -.infinity)
    for p in positions {
      low.replace(with: p, where: p .< low)
      high.replace(with: p, where: p .> high)
    }
    let extent = max(high.x - low.x, high.y - low.y, high.z - low.z)
    let scale = extent > 0 && extent < .infinity ? 2_097_151 / extent : 0
    var members = [[(key: UInt64, label: Int32)]](repeating: [], count: 6)
    for (i, p) in positions.enumerated() {
      members[DotTree.side(normals[i])].append((DotTree.key((p - low) * scale), Int32(i)))
    }
    for var list in members where !list.isEmpty {
      list.sort { ($0.key, $0.label) < ($1.key, $1.label) }
      sides.append(side(of: list.map(\.label)))
    }
  }

  /// Which of six sides a normal points to most.
  private static func side(_ n: SIMD3<Float>) -> Int {
    let x = abs(n.x)
    let y = abs(n.y)
    let z = abs(n.z)
    if x >= y && x >= z { return n.x < 0 ? 0 : 1 }
    if y >= z { return n.y < 0 ? 2 : 3 }
    return n.z < 0 ? 4 : 5
  }

  /// Bits of the three coordinates in turn; coordinates from 0 to 2^21 - 1.
  private static func key(_ p: SIMD3<Float>) -> UInt64 {
    func spread(_ value: Float) -> UInt64 {
      var bits = UInt64(held(value, 0, 2_097_151))
      bits = (bits | bits << 32) & 0x001F_0000_0000_FFFF
      bits = (bits | bits << 16) & 0x001F_0000_FF00_00FF
      bits = (bits | bits << 8) & 0x100F_00F0_0F00_F00F
      bits = (bits | bits << 4) & 0x10C3_0C30_C30C_30C3
      return (bits | bits << 2) & 0x1249_2492_4924_9249
    }
    return spread(p.x) | spread(p.y) << 1 | spread(p.z) << 2
  }

  private func side(of labels: [Int32]) -> Side {
    var side = Side()
    let leaves = (labels.count + Self.leafSize - 1) / Self.leafSize
    while side.leafCount < leaves { side.leafCount *= 2 }
    side.boxes = [Box](repeating: Box(), count: 2 * side.leafCount)
    side.quads = [DotQuad](repeating: DotQuad(), count: 2 * leaves)
    for (k, label) in labels.enumerated() {
      let p = positions[Int(label)]
      let n = normals[Int(label)]
      side.quads[k / 4].set(k % 4, SIMD4(p, 0), label: label)
      let leaf = side.leafCount + k / Self.leafSize
      side.boxes[leaf].low.replace(with: p, where: p .< side.boxes[leaf].low)
      side.boxes[leaf].high.replace(with: p, where: p .> side.boxes[leaf].high)
      side.boxes[leaf].normalLow.replace(with: n, where: n .< side.boxes[leaf].normalLow)
      side.boxes[leaf].normalHigh.replace(with: n, where: n .> side.boxes[leaf].normalHigh)
    }
    for i in stride(from: side.leafCount - 1, to: 0, by: -1) {
      let a = side.boxes[2 * i]
      let b = side.boxes[2 * i + 1]
      side.boxes[i] = Box(
        low: a.low.replacing(with: b.low, where: b.low .< a.low),
        high: a.high.replacing(with: b.high, where: b.high .> a.high),
        normalLow: a.normalLow.replacing(with: b.normalLow, where: b.normalLow .< a.normalLow),
        normalHigh: a.normalHigh.replacing(with: b.normalHigh, where: b.normalHigh .> a.normalHigh))
    }
    return side
  }

  /// The dot nearest to a place on its sheet, other than `except`; the first in number of equally near ones, `nil` if there
  /// is none.
  ///
  /// - Parameter hint: a dot that is likely near; it makes the search faster and does not change what is found.
  func nearest(to p: SIMD3<Float>, normal: SIMD3<Float>, except: Int32 = -1, hint: Int32 = -1) -> Found? {
    var best: Found = (.infinity, -1)
    if hint >= 0 { consider(hint, p, normal, except, &best) }
    for side in sides { search(side, p, normal, except, &best) }
    return best.label >= 0 ? best : nil
  }

  @inline(__always)
  private func consider(
    _ label: Int32, _ p: SIMD3<Float>, _ normal: SIMD3<Float>, _ except: Int32, _ best: inout Found
  ) {
    if label == except { return }
    let d = positions[Int(label)] - p
    let squared = dot(d, d)
    if squared > best.squared || (squared == best.squared && best.label >= 0 && label >= best.label) { return }
    if dot(normals[Int(label)], normal) >= 0 { best = (squared, label) }
  }

  private func search(
    _ side: Side, _ p: SIMD3<Float>, _ normal: SIMD3<Float>, _ except: Int32, _ best: inout Found
  ) {
    let boxes = side.boxes.span
    let quads = side.quads.span
    let start = DotTree.squaredDistance(boxes[1], p, normal)
    if start > best.squared || start == .infinity { return }
    // A node and its squared distance. The tree has at most 2^31 / 8 leaves, and each row leaves one node behind.
    var nodes = [32 of Int32](repeating: 1)
    var distances = [32 of Float](repeating: 0)
    distances[0] = start
    var top = 1
    while top > 0 {
      top -= 1
      if !(distances[top] <= best.squared) || distances[top] == .infinity { continue }
      let node = Int(nodes[top])
      if node < side.leafCount {
        let a = DotTree.squaredDistance(boxes[2 * node], p, normal)
        let b = DotTree.squaredDistance(boxes[2 * node + 1], p, normal)
        // The nearer child is looked at first
        nodes[top] = Int32(a <= b ? 2 * node + 1 : 2 * node)
        distances[top] = max(a, b)
        nodes[top + 1] = Int32(a <= b ? 2 * node : 2 * node + 1)
        distances[top + 1] = min(a, b)
        top += 2
        continue
      }
      let first = 2 * (node - side.leafCount)
      for k in first..<min(first + 2, quads.count) {
        let quad = quads[k]
        let dx = quad.x - p.x
        let dy = quad.y - p.y
        let dz = quad.z - p.z
        // A little more, as the sum is rounded in another order here
        var near = lane_below4(dx * dx + dy * dy + dz * dz, SIMD4(repeating: best.squared * 1.000_01 + 1e-30))
        while near != 0 {
          consider(quad.labels[near.trailingZeroBitCount], p, normal, except, &best)
          near &= near &- 1
        }
      }
    }
  }

  /// Squared distance from a place to a box; infinity where no dot in it faces as the place does.
  ///
  /// Never above that of a dot in the box, to the last bit: each step is rounded as the dot's own.
  @inline(__always)
  private static func squaredDistance(_ box: Box, _ p: SIMD3<Float>, _ normal: SIMD3<Float>) -> Float {
    if box.low.x > box.high.x { return .infinity }
    let low = box.normalLow * normal
    let high = box.normalHigh * normal
    let most = low.replacing(with: high, where: high .> low)
    if most.x + most.y + most.z < 0 { return .infinity }
    let q = p.replacing(with: box.low, where: p .< box.low).replacing(with: box.high, where: p .> box.high) - p
    return dot(q, q)
  }
}
