// How much memory may still be taken: what the machine has free, what a container or a limit of the shell leaves, and what
// `--max-memory` allows; the least of them. A process that takes more is killed or cannot go on, so it is asked first.

import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

private let allowance = Atomic<Int>(.max)

/// Holds the process to so many bytes of memory in all, as far as `freeMemory` is asked.
package func limitMemory(to bytes: Int) { allowance.store(max(0, bytes), ordering: .relaxed) }

/// Why there is too little memory, in words; `nil` where there is enough or the machine does not say.
package func memoryProblem(need: Int, free: Int? = freeMemory()) -> String? {
  guard let free, need > free else { return nil }
  func text(_ bytes: Int) -> String {
    bytes < 1_000_000_000 ? "\(bytes / 1_000_000) MB" : "\(Double(bytes / 10_000_000) / 100) GB"
  }
  return "about \(text(need)) of memory are needed and \(text(free)) are free"
}

/// Memory that this process may still take without swapping, bytes; `nil` where nothing says.
package func freeMemory() -> Int? {
  let own = OwnMemory(root: "")
  var free = [MachineMemory.available(root: ""), MachineMemory.containerRoom(root: "")].compactMap(\.self)
  var limit = rlimit()
  #if canImport(Glibc)
    let addresses = getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
  #else
    let addresses = getrlimit(RLIMIT_AS, &limit)
  #endif
  if addresses == 0, let allowed = Int(exactly: limit.rlim_cur), let own {
    // Threads take addresses for their stacks, and the allocator in steps of 64 MB.
    let threads = sysconf(Int32(_SC_NPROCESSORS_ONLN)) + 3
    free.append(max(0, allowed - own.addresses - threads * 9_000_000 - 64_000_000))
  }
  let allowed = allowance.load(ordering: .relaxed)
  if allowed < .max { free.append(max(0, allowed - (own?.resident ?? 0))) }
  return free.min()
}

/// What this process has taken, bytes.
struct OwnMemory {
  let addresses: Int
  let resident: Int

  /// - Parameter root: in front of `/proc`, for tests.
  init?(root: String) {
    let words = smallFile(root + "/proc/self/statm").split(separator: " ").compactMap { Int($0) }
    guard words.count >= 2 else { return nil }
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    (addresses, resident) = (words[0] * page, words[1] * page)
  }
}

enum MachineMemory {
  /// `MemAvailable` of the machine.
  static func available(root: String) -> Int? {
    for line in smallFile(root + "/proc/meminfo").split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count >= 2, words[0] == "MemAvailable:", let kilobytes = Int(words[1]) { return kilobytes * 1024 }
    }
    return nil
  }

  /// What the control groups of this process leave, of either version: the least over the group and those above it, each
  /// its limit less what it holds, files in the cache aside.
  static func containerRoom(root: String) -> Int? {
    var least: Int?
    for line in smallFile(root + "/proc/self/cgroup").split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let isSecond = parts[0] == "0" && parts[1].isEmpty
      guard isSecond || parts[1].split(separator: ",").contains("memory") else { continue }
      let mount = root + (isSecond ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory")
      // Within a container the group's own path may not be there; its limit then stands at the mount.
      var group = parts[2].split(separator: "/")
      while true {
        let folder = mount + group.map { "/" + $0 }.joined()
        if let room = isSecond ? roomOfSecond(folder) : roomOfFirst(folder) { least = min(least ?? room, room) }
        if group.popLast() == nil { break }
      }
    }
    return least
  }

  private static func roomOfSecond(_ folder: String) -> Int? {
    guard let limit = number(folder + "/memory.max"), let used = number(folder + "/memory.current") else { return nil }
    return max(0, limit - max(0, used - cached(folder, "inactive_file")))
  }

  private static func roomOfFirst(_ folder: String) -> Int? {
    guard let limit = number(folder + "/memory.limit_in_bytes"), limit < 1 << 60,
      let used = number(folder + "/memory.usage_in_bytes")
    else { return nil }
    return max(0, limit - max(0, used - cached(folder, "total_inactive_file")))
  }

  private static func cached(_ folder: String, _ name: String) -> Int {
    for line in smallFile(folder + "/memory.stat").split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2, words[0] == name { return Int(words[1]) ?? 0 }
    }
    return 0
  }

  /// "max" is no number.
  private static func number(_ path: String) -> Int? { Int(smallFile(path).prefix { $0 != "\n" }) }
}

/// The first 16 kB of a file of the system as text; empty where there is none.
private func smallFile(_ path: String) -> String {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  if descriptor < 0 { return "" }
  defer { close(descriptor) }
  let bytes = [UInt8](unsafeUninitializedCapacity: 16384) { buffer, count in
    count = 0
    while count < buffer.count {
      let got = read(descriptor, buffer.baseAddress! + count, buffer.count - count)
      if got <= 0 { break }
      count += got
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
