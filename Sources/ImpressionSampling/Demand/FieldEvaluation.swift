import Arithmetic
import Meshes

/// Points per call of a field: few enough to stay in the fastest memory.
private let pointsPerTile = 2048

/// What a field gave at many points.
struct FieldValues: Sendable {
  var values: [Float] = []
  /// Greatest value, 0 if there is none.
  var greatest: Float = 0
  /// Least value above zero.
  var least = Float.infinity
  /// Whether all values are the same.
  var isConstant = true
  /// Whether the field is known to be the same everywhere, also between these points.
  var isUniform = false
}

extension FieldValues {
  /// What a field gives anywhere that is the same everywhere: one value stands for all.
  init(uniform value: Float) {
    self.init(values: [value], greatest: value, least: value, isUniform: true)
  }
}

/// The value of a field that says itself that it need not be asked; `nil` for others, and for one that is not above
/// zero everywhere.
func uniformValue(of density: some SurfaceDensity) -> Float? {
  guard let value = (density as? UniformDensity)?.perSquareCentimetre, value > 0 && value < .infinity else {
    return nil
  }
  return value
}

/// The density at many points, in fixed tiles on several threads.
///
/// Throws `badDensity` for the first point (in the order given) whose value is NaN, infinite or negative.
func evaluate(
  _ density: some SurfaceDensity, at points: [SurfacePoint], threads: Int?
) throws(SamplingError) -> [Float] {
  let count = points.count
  guard count > 0 else { return [] }
  let values = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
    // Tiles write disjoint parts of the buffer.
    nonisolated(unsafe) let target = buffer
    target.initialize(repeating: 0)
    let tiles = (count + pointsPerTile - 1) / pointsPerTile
    parallelTiles(tiles, threads: tiles == 1 ? 1 : threads) { t in
      let range = t * pointsPerTile..<min(count, (t + 1) * pointsPerTile)
      var out = UnsafeMutableBufferPointer(rebasing: target[range]).mutableSpan
      density.evaluate(points.span.extracting(range), into: &out)
    }
    initialized = count
  }
  if let i = summary(of: values.span).firstBad {
    throw .badDensity(value: values[i], triangle: Int(points[i].triangle), position: points[i].position)
  }
  return values
}

/// The density at many points that are made when they are needed: written down, they would take eight times the
/// memory of the values.
///
/// - Parameter write: writes the points with the numbers of a range.
/// - Throws: `badDensity` for the first point whose value is NaN, infinite or negative.
func evaluate(
  _ density: some SurfaceDensity, count: Int, threads: Int?,
  points write: @Sendable (Range<Int>, UnsafeMutableBufferPointer<SurfacePoint>) -> Void
) throws(SamplingError) -> FieldValues {
  guard count > 0 else { return FieldValues() }
  let values = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
    // Tiles write disjoint parts of the buffer.
    nonisolated(unsafe) let target = buffer
    parallelTiles((count + pointsPerTile - 1) / pointsPerTile, threads: threads) { t in
      let range = t * pointsPerTile..<min(count, (t + 1) * pointsPerTile)
      let values = UnsafeMutableBufferPointer(rebasing: target[range])
      values.initialize(repeating: 0)
      withUnsafeTemporaryAllocation(of: SurfacePoint.self, capacity: range.count) { points in
        write(range, points)
        var out = values.mutableSpan
        density.evaluate(UnsafeBufferPointer(points).span, into: &out)
      }
    }
    initialized = count
  }
  let found = summary(of: values.span)
  if let i = found.firstBad {
    let point = withUnsafeTemporaryAllocation(of: SurfacePoint.self, capacity: 1) { points in
      write(i..<i + 1, points)
      return points[0]
    }
    throw .badDensity(value: values[i], triangle: Int(point.triangle), position: point.position)
  }
  return FieldValues(
    values: values, greatest: found.greatest, least: found.least, isConstant: found.isConstant)
}

/// Looks through values: the first that is NaN, infinite or negative, the greatest, the least above zero, and whether
/// all are the same.
private func summary(
  of values: Span<Float>
) -> (firstBad: Int?, greatest: Float, least: Float, isConstant: Bool) {
  // As whole numbers, and without branches, so that several are looked at together; floats that are not negative are
  // in the order of their bits
  let first = Int32(bitPattern: values[0].bitPattern)
  let finite = Int32.max &- Int32(bitPattern: Float.infinity.bitPattern) &+ 1
  var greatest: Int32 = 0
  // Int32.min - size: greatest for the least above zero, and least for zero
  var least = Int32.min
  var isOther: Int32 = 0
  var isBad: Int32 = 0
  for i in 0..<values.count {
    let bits = Int32(bitPattern: values[unchecked: i].bitPattern)
    let size = bits & Int32.max
    isOther |= bits ^ first
    // The sign bit: of NaN and infinity, or of what is negative and not zero
    isBad |= (size &+ finite) | (bits & (0 &- size))
    greatest = max(greatest, bits)
    least = max(least, Int32.min &- size)
  }
  if isBad >= 0 {
    let bits = least == Int32.min ? Float.infinity.bitPattern : UInt32(bitPattern: Int32.min &- least)
    return (nil, Float(bitPattern: UInt32(bitPattern: greatest)), Float(bitPattern: bits), isOther == 0)
  }
  for i in 0..<values.count where !(values[i] >= 0 && values[i] < .infinity) { return (i, 0, 0, false) }
  return (nil, 0, 0, false)
}
