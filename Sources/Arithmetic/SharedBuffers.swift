// Large arrays made by all threads at once: the system hands out memory when it is first touched, and that takes longer
// than filling it.

/// Entries that one thread fills at a time.
private let filledAtOnce = 1 << 16

/// An array of `count` equal values.
package func filled<Value: BitwiseCopyable & Sendable>(_ value: Value, count: Int, threads: Int?) -> [Value] {
  [Value](unsafeUninitializedCapacity: count) { buffer, initialised in
    nonisolated(unsafe) let out = buffer
    parallelTiles((count + filledAtOnce - 1) / filledAtOnce, threads: threads) { tile in
      out.extracting(tile * filledAtOnce..<min(count, (tile + 1) * filledAtOnce)).initialize(repeating: value)
    }
    initialised = count
  }
}
