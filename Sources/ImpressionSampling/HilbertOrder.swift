// Order of triangles along a Hilbert curve through their bounding box, so that neighbours in the list are
// neighbours on the head.
//
// Based on: Hamilton. Compact Hilbert Indices. 2006 (section 2: the transform of entry point and direction),
// with the 24 states of three dimensions laid out as a table; and a least-significant-digit radix sort.

import HeadGeometry

/// For each state and octant (x + 2y + 4z), the position along the curve and the next state.
private struct HilbertTable: Sendable {
  /// Index is state * 8 + octant; the value is next state * 8 + position.
  var steps = [UInt16](repeating: 0, count: 24 * 8)

  init() {
    func gray(_ i: Int) -> Int { i ^ (i >> 1) }
    func rotateLeft(_ b: Int, _ by: Int) -> Int { ((b << by) | (b >> (3 - by))) & 7 }
    func rotateRight(_ b: Int, _ by: Int) -> Int { ((b >> by) | (b << (3 - by))) & 7 }
    func entry(_ w: Int) -> Int { w == 0 ? 0 : gray(2 * ((w - 1) / 2)) }
    func direction(_ w: Int) -> Int {
      if w == 0 { return 0 }
      let i = w % 2 == 0 ? w - 1 : w
      return (~i).trailingZeroBitCount % 3
    }
    var grayInverse = [Int](repeating: 0, count: 8)
    for i in 0..<8 { grayInverse[gray(i)] = i }
    for e in 0..<8 {
      for d in 0..<3 {
        for octant in 0..<8 {
          let shift = (d + 1) % 3
          let w = grayInverse[rotateRight(octant ^ e, shift)]
          let nextEntry = e ^ rotateLeft(entry(w), shift)
          let nextDirection = (d + direction(w) + 1) % 3
          steps[(e * 3 + d) * 8 + octant] = UInt16((nextEntry * 3 + nextDirection) * 8 + w)
        }
      }
    }
  }

  static let shared = HilbertTable()

  /// Two levels at once, for an octant of each (x + 4y + 16z of the two bits): next state * 64 + position.
  static let pairs: [UInt16] = {
    let steps = shared.steps
    return (0..<24 * 64).map { index in
      let (x, y, z) = (index & 3, index >> 2 & 3, index >> 4 & 3)
      let first = steps[index / 64 * 8 + (x >> 1 | (y >> 1) << 1 | (z >> 1) << 2)]
      let second = steps[Int(first >> 3) * 8 + (x & 1 | (y & 1) << 1 | (z & 1) << 2)]
      return (second >> 3) * 64 + (first & 7) * 8 + (second & 7)
    }
  }()
}

/// Position of a cell along the Hilbert curve of a cube of 2^bits cells per side; an even number of bits, at most 10.
func hilbertKey(x: UInt32, y: UInt32, z: UInt32, bits: Int) -> UInt32 {
  hilbertKey(x: x, y: y, z: z, bits: UInt32(bits), pairs: HilbertTable.pairs.span)
}

@inline(__always)
private func hilbertKey(x: UInt32, y: UInt32, z: UInt32, bits: UInt32, pairs: Span<UInt16>) -> UInt32 {
  var key: UInt32 = 0
  var state: UInt32 = 0
  var bit = bits
  while bit > 1 {
    bit -= 2
    let cell = (x >> bit) & 3 | ((y >> bit) & 3) << 2 | ((z >> bit) & 3) << 4
    let step = UInt32(pairs[Int(state << 6 | cell)])
    key = key << 6 | step & 63
    state = step >> 6
  }
  return key
}

/// `labels` sorted so that the triangles they stand for follow a Hilbert curve of 1024 cells per side through their
/// common bounding box; equal keys keep their order. Returns the sorted labels with their keys,
/// and the box around the centroids.
func hilbertOrder(
  of labels: [UInt32], triangles: [UInt32], on mesh: TriangleMesh
) -> (order: [UInt32], keys: [UInt32], low: SIMD3<Float>, high: SIMD3<Float>) {
  guard !triangles.isEmpty else { return ([], [], .zero, .zero) }
  let positions = mesh.positions.span
  let corners = mesh.triangles.span
  let list = triangles.span

  // Sums of the three corners stand for the centroids: only their order matters.
  var centres = [SIMD3<Float>](repeating: .zero, count: triangles.count)
  var low = SIMD3<Float>(repeating: .infinity)
  var high = SIMD3<Float>(repeating: -.infinity)
  for i in 0..<list.count {
    let t = corners[Int(list[i])]
    let c = positions[Int(t.x)] + positions[Int(t.y)] + positions[Int(t.z)]
    centres[i] = c
    low.replace(with: c, where: c .< low)
    high.replace(with: c, where: c .> high)
  }
  let extent = high - low
  let side = max(extent.x, extent.y, extent.z)
  let scale: Float = side > 0 ? 1023.99 / side : 0

  let pairs = HilbertTable.pairs.span
  var keys = [UInt32](repeating: 0, count: triangles.count)
  for i in 0..<list.count {
    let c = (centres[i] - low) * scale
    keys[i] = hilbertKey(
      x: UInt32(min(max(c.x, 0), 1023)), y: UInt32(min(max(c.y, 0), 1023)), z: UInt32(min(max(c.z, 0), 1023)),
      bits: 10, pairs: pairs)
  }
  let sorted = radixSorted(keys: keys, values: labels, keyBits: 30)
  return (sorted.order, sorted.keys, low * (1 / 3), high * (1 / 3))
}

/// Values in ascending order of their keys; equal keys keep their order.
func radixSorted(keys: [UInt32], values: [UInt32], keyBits: Int) -> (order: [UInt32], keys: [UInt32]) {
  let n = keys.count
  var fromKeys = keys
  var fromValues = values
  var toKeys = [UInt32](repeating: 0, count: n)
  var toValues = [UInt32](repeating: 0, count: n)
  var shift: UInt32 = 0
  while shift < UInt32(keyBits) {
    var starts = [Int](repeating: 0, count: 1 << 10)
    scatter(fromKeys.span, fromValues.span, shift, &starts, &toKeys, &toValues)
    swap(&fromKeys, &toKeys)
    swap(&fromValues, &toValues)
    shift += 10
  }
  return (fromValues, fromKeys)
}

/// One pass: counts ten bits of every key, then moves keys and values to their places.
private func scatter(
  _ keys: Span<UInt32>, _ values: Span<UInt32>, _ shift: UInt32, _ starts: inout [Int], _ toKeys: inout [UInt32],
  _ toValues: inout [UInt32]
) {
  for i in 0..<keys.count { starts[Int((keys[i] >> shift) & 1023)] += 1 }
  var sum = 0
  for b in 0..<1024 {
    let c = starts[b]
    starts[b] = sum
    sum += c
  }
  for i in 0..<keys.count {
    let bucket = Int((keys[i] >> shift) & 1023)
    let place = starts[bucket]
    starts[bucket] = place + 1
    toKeys[place] = keys[i]
    toValues[place] = values[i]
  }
}
