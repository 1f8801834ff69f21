#if canImport(Glibc)
  import Glibc

  /// Memory that this machine can still give without swapping, bytes; `nil` where it does not say.
  package func freeMemory() -> Int? {
    let descriptor = open("/proc/meminfo", O_RDONLY)
    if descriptor < 0 { return nil }
    defer { close(descriptor) }
    let text = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      count = max(0, read(descriptor, buffer.baseAddress!, buffer.count))
    }
    for line in text.split(separator: UInt8(ascii: "\n")) {
      let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      if words.count >= 2, words[0] == "MemAvailable:", let kilobytes = Int(words[1]) { return kilobytes * 1024 }
    }
    return nil
  }
#else
  /// Not known here.
  package func freeMemory() -> Int? { nil }
#endif
