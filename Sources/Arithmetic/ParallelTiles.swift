import Dispatch
import Synchronization

/// Runs `body(i)` once for every `i` in `0..<count` on up to `threads` threads and returns when all are done.
///
/// Which thread runs which tile, and in what order, is not defined: a body writes only what belongs to its own
/// tile, and whoever combines the tiles does so in tile order. That is how every stage keeps its promise of the
/// same bytes for any number of threads.
///
/// - Parameter threads: worker threads; `nil` means one per processor core.
package func parallelTiles(_ count: Int, threads: Int? = nil, _ body: @Sendable (Int) -> Void) {
  let workers = min(count, threads ?? ProcessorCount.value)
  if workers <= 1 {
    for i in 0..<count { body(i) }
    return
  }
  let next = Atomic<Int>(0)
  func drain(_ next: borrowing Atomic<Int>) {
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let i = next.add(1, ordering: .relaxed).oldValue
        if i >= count { break }
        body(i)
      }
    }
  }
  drain(next)
}

/// `body(i)` for each `i` in `0..<count`, computed in fixed tiles on several threads.
package func tabulate<Value: Sendable>(
  _ count: Int, initial: Value, threads: Int? = nil, _ body: @Sendable (Int) -> Value
) -> [Value] {
  var values = [Value](repeating: initial, count: count)
  let tile = max(1, (count + 63) / 64)
  values.withUnsafeMutableBufferPointer { buffer in
    nonisolated(unsafe) let out = buffer
    parallelTiles((count + tile - 1) / tile, threads: threads) { k in
      for i in k * tile..<min((k + 1) * tile, count) { out[i] = body(i) }
    }
  }
  return values
}
