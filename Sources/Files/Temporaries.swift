// Temporary files that must not outlive the process. Each is made under a lock and noted; a signal that ends the process
// takes the lock and removes them first.

import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

private let known = Mutex<Set<String>>([])
private let made = Atomic<UInt64>(0)

/// A temporary file, open for writing.
struct TemporaryFile {
  let path: String
  let descriptor: Int32

  /// Makes a new file in the folder of `target`, so that a rename stays on one volume; `nil` with `errno` set where that
  /// fails. A name that is taken, as a run that was killed may have left it, is passed over for another.
  init?(beside target: String, mode: mode_t) {
    var clock = timespec()
    clock_gettime(CLOCK_REALTIME, &clock)
    var seed = UInt64(bitPattern: Int64(clock.tv_nsec)) ^ UInt64(getpid()) << 32
    let folder = folder(of: target)
    var found: (path: String, descriptor: Int32)?
    for _ in 0..<100 {
      seed = (seed &+ made.add(1, ordering: .relaxed).newValue) &* 0x9E37_79B9_7F4A_7C15
      // Short, so that a target with the longest allowed name still works.
      let path = folder + ".stipple-" + String(seed ^ seed >> 29, radix: 36) + ".tmp"
      let descriptor = known.withLock { names in
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        if descriptor >= 0 { names.insert(path) }
        return descriptor
      }
      if descriptor >= 0 { found = (path, descriptor) }
      if descriptor >= 0 || errno != EEXIST { break }
    }
    guard let found else { return nil }
    (path, descriptor) = found
  }

  /// Removes the file.
  func remove() {
    known.withLock { names in
      _ = unlink(path)
      names.remove(path)
    }
  }
}

/// Puts temporary files in the place of their targets, all or none; 0 or the system's error number and the target that
/// failed. No signal ends the process in between.
///
/// What was there before is kept under a second name until all are in place. Where the volume has no second names a failure
/// in the middle, which no writing can cause any more, leaves the targets before it new.
func commit(_ files: [(temporary: String, target: String)]) -> (code: Int32, target: Int) {
  known.withLock { names in
    var done: [(target: String, kept: String?, isNew: Bool)] = []
    for (k, file) in files.enumerated() {
      let kept = file.temporary + "~"
      let isKept = files.count > 1 && link(file.target, kept) == 0
      let isNew = !isKept && access(file.target, F_OK) != 0
      if rename(file.temporary, file.target) != 0 {
        let code = errno
        if isKept { _ = unlink(kept) }
        for (target, kept, isNew) in done.reversed() {
          if let kept { _ = rename(kept, target) } else if isNew { _ = unlink(target) }
        }
        for rest in files[k...] { _ = unlink(rest.temporary) }
        for file in files { names.remove(file.temporary) }
        return (code, k)
      }
      names.remove(file.temporary)
      done.append((file.target, isKept ? kept : nil, isNew))
    }
    for (_, kept, _) in done { if let kept { _ = unlink(kept) } }
    return (0, 0)
  }
}

/// The path up to and including its last slash; empty for a bare name.
func folder(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
  return String(path[...slash])
}

/// Ends the process in an orderly way on an interrupt, a hang-up or a request to end: temporary files are removed, then the
/// signal takes its usual effect, so that callers see which it was. A second signal ends the process at once.
///
/// To be called before other threads are made. Also makes a broken pipe and a file beyond the allowed size errors of the
/// call that meets them.
package func endOrderlyOnSignals() {
  signal(SIGPIPE, SIG_IGN)
  signal(SIGXFSZ, SIG_IGN)
  let ending = [SIGINT, SIGTERM, SIGHUP]
  var wanted = sigset_t()
  sigemptyset(&wanted)
  for number in ending {
    // What was started to be deaf to it, as by nohup, stays so.
    var before = sigaction()
    sigaction(number, nil, &before)
    if !isIgnored(before) { sigaddset(&wanted, number) }
  }
  pthread_sigmask(SIG_BLOCK, &wanted, nil)
  let signals = wanted
  startThread {
    var wanted = signals
    var number: Int32 = 0
    while sigwait(&wanted, &number) != 0 {}
    // From here on the same signals end the process without asking this thread.
    for other in ending where sigismember(&wanted, other) == 1 { signal(other, SIG_DFL) }
    pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
    known.withLock { names in
      for path in names { _ = unlink(path) }
      kill(getpid(), number)
      // The signal is on its way to some thread of this process; nothing else may be written meanwhile.
      while true { pause() }
    }
  }
}

private func isIgnored(_ action: sigaction) -> Bool {
  #if canImport(Glibc)
    unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  #else
    unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  #endif
}

private final class Body: Sendable {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private func startThread(_ run: @escaping @Sendable () -> Void) {
  let body = Unmanaged.passRetained(Body(run)).toOpaque()
  #if canImport(Glibc)
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<Body>.fromOpaque(argument!).takeRetainedValue().run()
        return nil
      }, body)
    pthread_detach(thread)
  #else
    var thread: pthread_t?
    pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, body)
    if let thread { pthread_detach(thread) }
  #endif
}
