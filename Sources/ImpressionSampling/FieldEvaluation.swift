import HeadGeometry

/// The density at many points, in fixed tiles on several threads.
///
/// Throws `badDensity` for the first point (in the order given) whose value is NaN, infinite or negative.
func evaluate(
  _ density: some SurfaceDensity, at points: [SurfacePoint], threads: Int?
) throws(SamplingError) -> [Float] {
  let count = points.count
  guard count > 0 else { return [] }
  let tile = 4096
  let values = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
    // Tiles write disjoint parts of the buffer.
    nonisolated(unsafe) let target = buffer
    target.initialize(repeating: 0)
    parallelTiles((count + tile - 1) / tile, threads: threads) { t in
      let range = t * tile..<min(count, (t + 1) * tile)
      var out = UnsafeMutableBufferPointer(rebasing: target[range]).mutableSpan
      density.evaluate(points.span.extracting(range), into: &out)
    }
    initialized = count
  }
  let span = values.span
  for i in 0..<count where !(span[i] >= 0 && span[i] < .infinity) {
    throw .badDensity(value: span[i], triangle: Int(points[i].triangle), position: points[i].position)
  }
  return values
}
