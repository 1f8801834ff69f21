// Vertices as a file holds them, in double precision while it is read, in single precision about an origin of the scan's own
// afterwards.
//
// Single precision has 24 bits. A scan in metres that lies 100 km from the origin of its coordinates, as surveys and some
// scanners' world frames put it, would be left with steps of 8 mm. The differences between its vertices are what counts, so
// the middle of the scan is taken off before anything is rounded. A scan near its origin stays as it is.

/// The positions of a mesh while its file is read.
struct ExactPositions: Sendable {
  /// Each position, rounded to single precision.
  private(set) var rounded: [SIMD3<Float>] = []
  /// What rounding left out; ends at the last position that was rounded.
  private var rest: [SIMD3<Float>] = []

  var count: Int { rounded.count }
  var isEmpty: Bool { rounded.isEmpty }

  mutating func reserveCapacity(_ count: Int) { rounded.reserveCapacity(count) }

  /// Adds a position that the file holds in single precision.
  @inline(__always)
  mutating func append(_ p: SIMD3<Float>) { rounded.append(p) }

  /// Adds a position that the file holds more finely.
  @inline(__always)
  mutating func append(_ p: SIMD3<Double>) {
    let near = SIMD3<Float>(p)
    while rest.count < rounded.count { rest.append(.zero) }
    rounded.append(near)
    rest.append(SIMD3<Float>(p - SIMD3<Double>(near)))
  }

  /// A position in double precision, units of the file.
  func exact(_ i: Int) -> SIMD3<Double> {
    SIMD3<Double>(rounded[i]) + (i < rest.count ? SIMD3<Double>(rest[i]) : .zero)
  }

  /// A scan this many times its own breadth from the origin of its coordinates gets an origin of its own.
  private static let far = 32.0
  /// Vertices that are looked at to find where the scan lies, and in which steps its coordinates come.
  private static let looked = 1024

  /// The positions about an origin, and that origin, units of the file; `step` is the distance between neighbouring
  /// numbers that the file's coordinates are multiples of, 0 if there is none.
  func placed() -> (positions: [SIMD3<Float>], origin: SIMD3<Double>, step: Double) {
    if isEmpty { return ([], .zero, 0) }
    // Evenly over the file; a few strays do not move a median.
    let stride = max(1, count / Self.looked)
    let sample = Swift.stride(from: 0, to: count, by: stride).map { exact($0) }
    var middle = SIMD3<Double>.zero
    var spread = SIMD3<Double>.zero
    var step = 0.0
    for axis in 0..<3 {
      let sorted = sample.map { $0[axis] }.sorted()
      middle[axis] = sorted[sorted.count / 2]
      spread[axis] = sorted[sorted.count * 3 / 4] - sorted[sorted.count / 4]
      step = max(step, commonStep(sorted, spread: spread[axis]))
    }
    let away = max(abs(middle.x), max(abs(middle.y), abs(middle.z)))
    if !(away > Self.far * spread.max()) { return (rounded, .zero, step) }
    return (rounded.indices.map { SIMD3<Float>(exact($0) - middle) }, middle, step)
  }

  /// The largest power of ten or two of which all values are multiples; 0 for none, or for values too few to tell.
  private func commonStep(_ values: [Double], spread: Double) -> Double {
    if !(spread > 0) || values.count < 64 { return 0 }
    var candidates = (-40...20).map { Double(sign: .plus, exponent: $0, significand: 1) }
    candidates += [1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 10, 100, 1000]
    for step in candidates.sorted(by: >) where step < spread / 2 {
      let fits = values.allSatisfy { value in
        let steps = value / step
        return abs(steps) < 0x1p50 && abs(steps - steps.rounded()) < 0.02
      }
      if fits { return step }
    }
    return 0
  }
}
