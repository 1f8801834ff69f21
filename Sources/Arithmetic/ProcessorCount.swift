#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

enum ProcessorCount {
  /// Processor cores that are online now, at least 1.
  static let value = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
}
