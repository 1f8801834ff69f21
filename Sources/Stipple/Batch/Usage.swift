// What a job costs: the most memory that was held, and the clock.

import Files

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Begins to measure the most memory that the process holds. Where the system cannot begin anew, it goes on from the start
/// of the process.
func beginPeakMemory() {
  #if canImport(Glibc)
    let descriptor = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)
    if descriptor < 0 { return }
    // 5 sets the high-water mark to what is held now.
    _ = Glibc.write(descriptor, "5", 1)
    close(descriptor)
  #endif
}

/// Most memory that was held at a time since `beginPeakMemory`, MB of 10^6 bytes; 0 where the system does not say.
func peakMemory() -> Int {
  #if canImport(Glibc)
    let descriptor = open("/proc/self/status", O_RDONLY | O_CLOEXEC)
    if descriptor >= 0 {
      defer { close(descriptor) }
      let text = [UInt8](unsafeUninitializedCapacity: 8192) { buffer, count in
        count = max(0, read(descriptor, buffer.baseAddress!, buffer.count))
      }
      for line in String(decoding: text, as: UTF8.self).split(separator: "\n") where line.hasPrefix("VmHWM:") {
        let kilobytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int($0) }
        if let kilobytes { return kilobytes * 1024 / 1_000_000 }
      }
    }
  #endif
  var usage = rusage()
  #if canImport(Glibc)
    guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
    return usage.ru_maxrss * 1024 / 1_000_000
  #else
    guard getrusage(RUSAGE_SELF, &usage) == 0 else { return 0 }
    return usage.ru_maxrss / 1_000_000
  #endif
}

/// The time, UTC, as 2026-03-02T09:30:00.000Z. It goes into reports alone, never into what is made.
func now() -> String {
  var clock = timespec()
  clock_gettime(CLOCK_REALTIME, &clock)
  var seconds = clock.tv_sec
  var parts = tm()
  gmtime_r(&seconds, &parts)
  func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
  return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))T\(two(parts.tm_hour)):"
    + "\(two(parts.tm_min)):\(two(parts.tm_sec))." + String(1000 + clock.tv_nsec / 1_000_000).dropFirst() + "Z"
}

/// Seconds since a moment.
func seconds(since start: ContinuousClock.Instant) -> Double { (ContinuousClock.now - start) / .seconds(1) }
