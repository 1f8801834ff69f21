import Dispatch
import Synchronization

/// Runs `body(i)` once for every `i` in `0..<count` on up to `threads` threads and returns when all are done.
///
/// Which thread runs which tile, and in what order, is not defined: a body writes only what belongs to its own
/// tile, and whoever combines the tiles does so in tile order. That is how every stage keeps its promise of the
/// same bytes for any number of threads.
///
/// - Parameter threads: worker threads; `nil` means one per processor core.
public func parallelTiles(_ count: Int, threads: Int? = nil, _ body: @Sendable (Int) -> Void) {
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
