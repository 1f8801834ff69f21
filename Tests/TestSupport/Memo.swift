import Synchronization

/// A value that is made when it is first asked for, and kept. Whoever asks meanwhile waits.
final class Memo<Value: Sendable>: Sendable {
  private let make: @Sendable () throws -> Value
  private let result = Mutex<Result<Value, any Error>?>(nil)

  init(_ make: @escaping @Sendable () throws -> Value) { self.make = make }

  func get() throws -> Value {
    try result.withLock { result in
      let known = result ?? Result(catching: make)
      result = known
      return known
    }.get()
  }
}
